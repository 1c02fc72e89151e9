pasi-page-title = PASI work queue
pasi-page-in-sync = { $n } of { $total } students fully in sync
pasi-page-last = last exchange { $time }
pasi-page-waiting = { $n ->
    [one] { $n } change waiting to send
   *[other] { $n } changes waiting to send
}
pasi-page-connection = Connection
pasi-page-policy = What is sent
pasi-page-tab-to-do = To do
pasi-page-tab-rejected = Rejected
pasi-page-tab-conflicts = Conflicts
pasi-page-tab-warnings = Warnings
pasi-page-tab-advice = Advice
pasi-page-tab-approval = To approve
pasi-page-tab-waiting = Waiting to send
pasi-page-tab-done = Done today
pasi-page-filter = Student, school or rule
pasi-page-all-schools = All schools
pasi-page-order = Most urgent first
pasi-page-column-state = State
pasi-page-column-finding = Student and finding
pasi-page-column-rule = Rule
pasi-page-column-school = School
pasi-page-column-age = Age
pasi-page-cleared = All done here. What PASI says next appears by itself.
pasi-page-no-match = Nothing matches this filter.
pasi-page-first = The first { $n } are shown; the next ones move up as you work.
pasi-page-line-differs = { $n ->
    [one] One field differs
   *[other] { $n } fields differ
}
pasi-page-line-approval = { $record } waits for approval
pasi-page-line-waiting = { $record } waits to be sent
pasi-page-line-sending = { $record } is being sent
pasi-page-line-done = { $record } accepted by PASI
pasi-page-line-rejected = { $record } not accepted by PASI
pasi-page-line-conflict = { $record } changed in PASI before ours arrived
pasi-page-line-alert = { $record } to be looked at
pasi-page-line-dropped = { $record } not sent
pasi-page-line-covered = A notice is read before any detail
pasi-page-age-minutes = { $n } min
pasi-page-age-hours = { $n } h
pasi-page-age-days = { $n } d
pasi-page-covered = This record has a notice that is read before any detail. Open the record to read it.
pasi-page-story-differs = { $n ->
    [one] Lodgepole and PASI hold different values in one field. Choose which one stands.
   *[other] Lodgepole and PASI hold different values in { $n } fields. Choose for each which one stands.
}
pasi-page-story-approval = { $who } made this change, { $when }. Changes of this kind wait until someone approves them.
pasi-page-story-waiting = { $who } made this change, { $when }. It goes to PASI by itself.
pasi-page-story-sending = { $who } made this change, { $when }. It is on its way to PASI now.
pasi-page-story-done = { $who } made this change, { $when }. PASI has it.
pasi-page-story-rejected = { $who } made this change, { $when }. PASI did not take it and kept what it had. Correct the record if PASI is right, then send it again.
pasi-page-story-conflict = PASI changed this record first. The change by { $who }, { $when }, was made from the version before that, so PASI kept its own.
pasi-page-story-alert = PASI stored the record and asks to look at it. The alert goes away by itself once PASI is content.
pasi-page-story-dropped = { $who } made this change, { $when }. It was decided not to send it.
pasi-page-said = What PASI said
pasi-page-rule = Rule { $code }
pasi-page-outcome-resend = Send ours again
pasi-page-outcome-drop = Accept PASI as it is
pasi-page-outcome-approve = Approve and send
pasi-page-rejected-resend-note = The record as it stands now goes to PASI
pasi-page-rejected-drop-note = Our change is not sent; what differs is then shown side by side
pasi-page-conflict-drop-note = Our change is not sent; what differs is then shown side by side
pasi-page-conflict-resend-note = PASI’s version is replaced by ours
pasi-page-approval-approve-note = The change goes to PASI now
pasi-page-approval-drop-note = The change stays here and is not sent
pasi-page-apply = Apply and send
pasi-page-approve = Apply
pasi-page-fix = Open where it is fixed
pasi-page-record = Open the record
pasi-page-version = PASI version { $version }
pasi-page-event-made = Changed here
pasi-page-event-approval = Waits for approval
pasi-page-event-waiting = Waits to be sent
pasi-page-event-sending = Being sent
pasi-page-event-done = Accepted by PASI
pasi-page-event-rejected = Not accepted by PASI
pasi-page-event-conflict = PASI changed first
pasi-page-event-alert = Alert from PASI
pasi-page-event-dropped = Not sent
pasi-page-tries = { $n ->
    [0] not tried yet
    [one] tried once
   *[other] tried { $n } times
}
pasi-page-choose = Choose an outcome, then apply it.
pasi-page-stale = This changed meanwhile: PASI or someone else came first. Below is how it stands now; nothing of yours was sent.
pasi-page-connection-title = Connection to PASI
pasi-page-certificate-over = The certificate has run out.
pasi-page-certificate-soon = { $n ->
    [0] The certificate runs out today.
    [one] The certificate runs out in { $n } day.
   *[other] The certificate runs out in { $n } days.
}
pasi-page-certificate-renew = Ask the ministry for a new one and install it before that day; without it nothing is exchanged with PASI.
pasi-page-state = State
pasi-page-refused = PASI refuses us
pasi-page-last-exchange = Last exchange
pasi-page-down-since = Away since
pasi-page-last-error = Last error
pasi-page-certificate = Certificate valid until
pasi-page-days-left = { $n ->
    [one] { $n } day left
   *[other] { $n } days left
}
pasi-page-calls = Last calls
pasi-page-sent-at = Sent
pasi-page-operation = Operation
pasi-page-result = Result
pasi-page-took = Took
pasi-page-in-name-of = In the name of
pasi-page-organization = Organization
pasi-page-message-id = ClientMessageID
pasi-page-milliseconds = { $n } ms
pasi-page-no-calls = No call has been made yet.
pasi-page-no-such-call = No call has an ID that begins like this.
pasi-page-policy-title = What is sent to PASI
pasi-page-policy-facts = Holds for changes made from now on. What waits already stays as it is.
pasi-page-record-kind = Kind of record
pasi-page-sends = Changes go to PASI
pasi-page-by-itself = By itself
pasi-page-after-approval = After approval
