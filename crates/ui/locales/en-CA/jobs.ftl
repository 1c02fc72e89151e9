jobs-title = Background jobs
jobs-facts = What runs by itself, once a day for the division, however many machines serve it
jobs-card = By kind
jobs-none = Nothing has run yet. Jobs begin with the next start of the program.
jobs-kind = Job
jobs-state = State
jobs-last = Last run
jobs-result = What came of it
jobs-next = Next run
jobs-failures = Failures
jobs-run = Run now
jobs-run-kind = Run now: { $kind }
jobs-is-running = Running
jobs-is-dead = Given up
jobs-is-failing = Tried again
jobs-is-done = Done
jobs-is-waiting = Waiting
jobs-dead = { $n ->
    [one] { $n } job was given up.
   *[other] { $n } jobs were given up.
}
jobs-dead-text = The reason stands below. Mend it, then run the job again.
jobs-troubled = Needs a look
jobs-tried = Last tried
jobs-why = Why it failed
jobs-in-name-of = In the name of
jobs-again = Run again
jobs-again-kind = Run again: { $kind }
jobs-failed-times = { $n ->
    [one] failed once
   *[other] failed { $n } times
}
job-people-day = Restrictions that begin or end today
job-enrolment-day = Enrolments that begin or end today
job-access-ties = Ties to students that end today
job-access-sessions = Remove old sessions
job-access-throttle = Forget old failed sign-ins
job-jobs-old = Remove old job records
job-exchange-rows = Remove the rows of old imports
job-db-backup = Daily backup
job-pasi-codes = Read PASI’s code values
job-pasi-compare = Compare with PASI
job-pasi-calls = Remove old lines of the log of calls to PASI
job-count-students = { $n ->
    [one] { $n } student
   *[other] { $n } students
}
job-count-forgotten = { $n } removed
job-count-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
job-count-removed = { $n ->
    [one] { $n } old backup removed
   *[other] { $n } old backups removed
}
job-count-ended = { $n } ended
job-count-changed = { $n } changed
job-count-came = { $n ->
    [one] { $n } newer record
   *[other] { $n } newer records
}
job-count-put-right = { $n } put right

job-mail-send = Send e-mail
job-count-mail-sent = { $n } sent
job-count-mail-failed = { $n } not taken
job-count-mail-waiting = some wait
