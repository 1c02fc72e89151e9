pasi-page-check = Check PASI now
pasi-page-mine = Mine
pasi-page-shown = { $n ->
    [one] { $n } row shown
   *[other] { $n } rows shown
}
pasi-keys-move = next, previous
pasi-keys-open = open
pasi-keys-act = act
pasi-said-checked = { $n ->
    [0] PASI was asked: nothing is newer.
    [one] PASI was asked: { $n } record was newer and is here now.
   *[other] PASI was asked: { $n } records were newer and are here now.
} { $m ->
    [0] Both sides hold the same versions.
    [one] { $m } copy had drifted and was read again.
   *[other] { $m } copies had drifted and were read again.
}
pasi-said-checking = PASI is being asked. What is newer appears by itself.
pasi-said-away = PASI does not answer now. Work goes on; what waits goes by itself when it is back.
pasi-said-off = PASI is not set up here.
pasi-said-sent = { $n ->
    [0] Nothing was sent.
    [one] { $n } change goes to PASI.
   *[other] { $n } changes go to PASI.
} { $m ->
    [0] None was left out.
    [one] { $m } was left out: someone decided it meanwhile.
   *[other] { $m } were left out: someone decided them meanwhile.
}
pasi-bulk-approve = Approve all { $n }
pasi-bulk-approve-note = Every row shown here goes to PASI.
pasi-bulk-resend = Send all { $n } again
pasi-bulk-resend-note = The records as they stand now go to PASI once more.
pasi-care-assign = Assign
pasi-care-note = Note
pasi-care-notes = Notes
pasi-care-note-hint = What the next person should know. No health or custody details.
pasi-care-note-send = Keep the note
pasi-care-to = Who looks after it
pasi-care-nobody = Nobody
pasi-care-assign-send = Assign
pasi-care-has = { $who } looks after it
pasi-ack-acknowledged = right as it stands
pasi-ack-acknowledged-do = It is right as it stands
pasi-ack-acknowledged-note = PASI is told so, and the advice leaves the list
pasi-ack-in-progress = in progress
pasi-ack-in-progress-do = We are on it
pasi-ack-in-progress-note = PASI shows it as in progress; it stays here until it is put right
pasi-ack-unacknowledged = taken back
pasi-ack-unacknowledged-do = Take “in progress” back
pasi-ack-unacknowledged-note = PASI shows it as open again
pasi-page-story-saying = “{ $said }” is on its way to PASI.
pasi-link-title = Whom PASI has
pasi-link-look = Show whom PASI has
pasi-link-which = Is it one of these?
pasi-link-note = Linking keeps this record and takes the number. What PASI says otherwise is then shown side by side; nothing is overwritten. If it is none of these, only the ministry’s Student Records can make the second number.
pasi-link-send = Link to this number
pasi-link-nobody = PASI names nobody of exactly this name and birth date.
pasi-link-wider = Search wider
pasi-link-restricted = PASI knows a student of this name whose information is restricted.
pasi-link-ask-restricted = Show restricted students too
pasi-link-away = PASI does not answer now; link the student when it is back.
pasi-link-not-offered = PASI does not name this student any more. Look again, then choose.
pasi-link-last = last name
pasi-link-first = first name
pasi-link-middle = middle name
pasi-link-born = birth date
pasi-link-gender = gender
pasi-page-export-student = Student
pasi-page-export-record = Record
pasi-page-export-finding = Finding
pasi-page-export-since = Since
pasi-page-export-assigned = Looked after by
pasi-hindrance-slow = PASI takes too long to answer.
pasi-hindrance-slow-do = Work goes on here. What waits is tried again by itself.
pasi-hindrance-unreached = PASI cannot be reached.
pasi-hindrance-unreached-do = Work goes on here. If other sites open, PASI itself is away; if not, look at this network.
pasi-hindrance-broken-off = The connection breaks off before PASI’s answer is complete.
pasi-hindrance-broken-off-do = Nothing is lost: each change is looked for at PASI before it is sent again.
pasi-hindrance-garbage = Something answers that is not PASI.
pasi-hindrance-garbage-do = Mostly a proxy or firewall between us and PASI. What waits is tried again by itself.
pasi-hindrance-fault = PASI answers that it cannot work now.
pasi-hindrance-fault-do = The trouble is on its side. What waits goes by itself when it is over.
pasi-hindrance-our-certificate = PASI does not accept our certificate.
pasi-hindrance-our-certificate-do = Ask the PASI team whether the certificate is registered to this client and active. Nothing is sent until then, and nothing is lost.
pasi-hindrance-their-certificate = We do not accept PASI’s certificate.
pasi-hindrance-their-certificate-do = Check the address, and the authority’s certificate in ca.pem. Nothing is sent until it fits: it might not be PASI that answers.
pasi-hindrance-expired = Our certificate has run out.
pasi-hindrance-expired-do = Install the new one; what waits then goes by itself.
pasi-hindrance-credentials = Our certificate’s files cannot be used.
pasi-hindrance-credentials-do = Look at ca.pem, cert.pem and key.pem in the configured folder; the last error below names the file.
pasi-hindrance-refused = PASI knows us and refuses us.
pasi-hindrance-refused-do = Ask the PASI team about the client, its roles and its organizations; the last error below has the rule’s number.
pasi-page-clock-ahead = This machine’s clock is { $much } ahead of PASI’s.
pasi-page-clock-behind = This machine’s clock is { $much } behind PASI’s.
pasi-page-clock-back = This machine’s clock was set back by { $much } since PASI last answered.
pasi-page-clock-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
pasi-page-clock-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
pasi-page-clock-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
pasi-page-clock-do = Set it by a time server: certificates and times in both logs depend on it.
pasi-page-daily = Each day
pasi-page-daily-text = Both sides are compared by their versions and the code values are read once a day, and by “Check PASI now”. What drifted is read again by itself.
pasi-page-compared = Both sides compared
pasi-page-codes-read = Code values read
pasi-page-repaired = Last put right
pasi-page-repaired-never = Nothing had to be
pasi-page-repaired-records = { $n ->
    [one] { $n } record
   *[other] { $n } records
}
pasi-page-never = Not yet
pasi-page-codes = PASI’s code values
pasi-page-codes-count = { $n } values
pasi-page-codes-same = No value has changed since the program was built.
pasi-page-code = Code
pasi-page-code-change = Change
pasi-page-code-before = Before
pasi-page-code-after = Now
pasi-page-code-found = Found
pasi-page-code-added = New
pasi-page-code-changed = Changed
pasi-page-code-gone = Gone
pasi-field-deceased = Died on
pasi-field-guardian = Guardian
pasi-field-guardian-name = Guardian’s name
pasi-field-guardian-same-name = Guardian of the same name as another
pasi-field-other-name = Other name
pasi-field-guardian-relationship = Guardian’s relationship
pasi-field-guardian-lives-with = Student lives with the guardian
pasi-field-guardian-home-phone = Guardian’s home phone
pasi-field-guardian-mobile-phone = Guardian’s mobile phone
pasi-field-guardian-work-phone = Guardian’s work phone
pasi-field-guardian-email = Guardian’s e-mail
pasi-field-guardian-address = Guardian’s own address
pasi-field-responsible-school = Responsible school
pasi-field-program-percentage = Program percentage
pasi-field-instruction-hours = Hours of instruction
pasi-field-operating-schedule = Operating schedule
pasi-field-source-change = Reason for the change
record-acknowledgement = Answer to an alert
record-responsible-school-status = Responsible school
finding-LP-0602 = A warning must be put right; PASI takes no acknowledgement of it.
finding-LP-0603 = PASI has this answer already.
finding-LP-0604 = This person may not decide this row. Choose someone of the list.
finding-LP-0605 = Type a note of at most { $most } characters.
finding-LP-0606 = PASI has the date of death; no operation tells it otherwise. Accept it, or phone Student Records.
finding-LP-0607 = PASI does not take these fields apart: choose the same side for each.
finding-LP-0608 = The record goes to PASI whole: decide each of its fields, so that nothing of PASI’s is overwritten unseen.
diff-edit = Edit
diff-edit-of = Edit { $field }
pasi-offer-title = Neither side as it is
pasi-offer-line = { $field }: here { $ours }, in PASI { $theirs }.
pasi-offer-text = The form begins with PASI’s value. Make it what it should be and save: it goes to PASI with everything else of this record.
pasi-decide-with = Decide together with: { $fields }
responsible-add = Add
responsible-decide = Decide on the summary
responsible-only-there = Only in PASI
responsible-differs = Differs from PASI
responsible-since = from { $day }
responsible-add-title = Another school answers for the student
responsible-add-text = From the day given on. PASI is told at once.
responsible-add-send = Save and send
responsible-change-title = Change the responsible school
responsible-change-text = The record says this instead. PASI is told at once.
responsible-change-send = Save and send
responsible-change-do = Change
responsible-delete-title = Delete the responsible school
responsible-delete-text = The record does not count any more and stays readable. PASI is told at once.
responsible-delete-send = Delete record
responsible-delete-do = Delete
responsible-restore-title = Restore the responsible school
responsible-restore-text = The record counts again. PASI is told at once.
responsible-restore-send = Restore record
responsible-restore-do = Restore
responsible-field-is = Who answers for the student
responsible-field-school = School of this division
responsible-field-code = Or Alberta school code
responsible-field-code-hint = Four digits, for a school of another authority
responsible-field-name = School outside Alberta
responsible-field-city = City
responsible-field-province = Province or state
responsible-field-country = Country
responsible-field-effective-on = From
responsible-field-transition-reason = Reason
responsible-is-alberta = An Alberta school
responsible-is-alberta-note = Choose it, or type its code
responsible-is-elsewhere = A school outside Alberta
responsible-is-elsewhere-note = Its name and country are needed
responsible-is-nobody = No school
responsible-is-nobody-note = The student graduated or left school
responsible-is-unknown = Not known
responsible-is-unknown-note = The student left and the next school is not known
