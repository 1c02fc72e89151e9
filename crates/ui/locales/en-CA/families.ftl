# Families: invitations, the way in, the home, absences told ahead, who looked.
invite-card = Accounts of the family
invite-school = All of the school
invite-mail = Invite by e-mail
invite-again = Invite anew by e-mail
invite-paper = Letter with a code
invite-revoke = Take back
invite-made = invited by { $who }, { $when }
invite-state = State
invite-state-none = Not invited
invite-state-sent = Invited
invite-state-opened = Opened
invite-state-expired = Too old
invite-state-revoked = Taken back
invite-state-account = Has an account
invite-state-failed = Message not delivered
invite-title = Family accounts
invite-preview = Who is invited next
invite-next = Would be invited by e-mail
invite-not = Not invited:
invite-no-mail = No mail server is set up. Print a letter with a code on the family page of a student.
invite-all = { $n ->
    [one] Invite { $n } person by e-mail
   *[other] Invite { $n } people by e-mail
}
invite-sent = { $n ->
    [0] Nobody was left to invite.
    [one] { $n } person is invited.
   *[other] { $n } people are invited.
}
invite-persons = Contact persons
invite-children = Students
invite-why = Why not
invite-nobody = The students of this school have no contact persons.
invite-more = And { $n } more.
invite-paper-title = Invitation on paper
invite-paper-once = The code is shown this once. Print the letter now.
invite-mail-subject = Your family account: { $division }
invite-mail-text = { $division } invites you to the pages for families. There you see your child’s attendance, timetable and school calendar, and you tell the school when your child will be away.
invite-mail-link = Open this address: { $link }

    Or open { $site } and type this code: { $code }
invite-mail-code = Open the pages for families of your school division and type this code: { $code }
invite-mail-until = The code serves once, until { $day }. Keep it to yourself.
invite-mail-unexpected = You did not expect this? Then do nothing, and call the school.
mail-kind-family-invite = Invitation of a family
mail-kind-family-password = Forgotten password
join-title = Your invitation
join-text = The school sent you a code by e-mail or on paper. Type it here.
join-code = Code
join-code-hint = Four times four letters and digits, such as 7KQ2-…
join-help = No code, or it does not work? Ask the school for a new one.
join-welcome = Welcome, { $name }
join-next = Next you set up a passkey or an authenticator app, so that a password alone opens nothing.
join-username-hint = What you will type to sign in. Your e-mail address is easy to remember.
join-known = You have an account already: your user name is { $username }. Choose a new password.
join-add = Add to this account
join-add-text = You are signed in as { $name }. You can see your children with this account too.
join-invited = Invited by the school? Type your code
forgot-title = Forgotten password
forgot-text = Type your user name. If it belongs to a family account, a link goes to the e-mail address of the account.
forgot-send = Send the link
forgot-sent = If this user name belongs to a family account, a link is on its way. It serves once, for an hour.
forgot-sent-not = No message after a few minutes? Look among unwanted mail, then ask the school for a new invitation.
forgot-factor = Lost your phone too? Ask the school for a new invitation.
forgot-mail-subject = A new password: { $division }
forgot-mail-text = Somebody asked for a new password for your account. Open this address within an hour: { $link }
forgot-mail-unexpected = Was it not you? Then do nothing: your password stays.
family-home = Your children
family-home-none = No child is open to this account today. Ask the school.
family-record = Record
family-no-school = Not enrolled at a school of this division today.
family-no-instruction = No school today.
family-no-classes = No classes today.
family-not-taken = Not taken yet
absence-title = Report an absence
absence-card = When and why
absence-first = First day
absence-last = Last day
absence-part = Part of the day
absence-part-day = Whole day
absence-part-morning = Morning
absence-part-afternoon = Afternoon
absence-reason = Reason
absence-reason-illness = Illness
absence-reason-appointment = Appointment
absence-reason-family = Family matter
absence-reason-observance = Observance or ceremony
absence-reason-other = Other reason
absence-note = Note to the office
absence-note-hint = Only the school office reads it.
absence-closed = Days without school
absence-send = Tell the school
absence-told = The school has been told.
absence-back = Taken back.
absence-told-line = Absence told:
absence-seen = The school has seen it.
absence-unseen = Not seen by the school yet.
absence-take-back = Take back
reported-title = Told by families
reported-later = later
reported-seen = Seen
reported-seen-by = Seen by { $who }
looks-title = Who looked
looks-text = When somebody of the school or the division opened sensitive parts of the record, and in which role. Names are not shown.
looks-when = When
looks-role = Role
looks-none = Nobody has opened sensitive parts of the record.
