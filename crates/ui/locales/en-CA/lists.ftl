students-all-homerooms = All homerooms
students-missing = Missing data
students-more = More filters
students-columns = Columns
students-print = Print
students-print-part = Only the first { $n } students are printed. Narrow the list for the rest.
students-tick = Ticked
students-tick-one = Tick { $name }
students-tick-page = Tick this page
students-ticked = 0 ticked
students-untick = Untick all
students-change-most = To change all: narrow to { $n } students at most, by school or by grade
students-change-ticked = Change the ticked
students-change-all = { $n ->
    [one] Change this { $n } student
   *[other] Change all { $n } of this list
}
print-protected-b = Protected B
column-number = Local number
column-state = State
missing-guardian-phone = No guardian with a phone
missing-guardian-email = No guardian with an e-mail
missing-guardian = No guardian or contact
missing-address = No address
missing-asn = No ASN
missing-homeroom = No homeroom
missing-document = No identity document seen
missing-citizenship = No citizenship
missing-language = Language at home not told
lists-title = My lists
lists-usual = Students
lists-facts = A list keeps a filter, its order and its columns. Who opens it sees only students they may see.
lists-keep = Keep this list
lists-keep-changes = Keep the changes
lists-keep-facts = The filter, the order and the columns on screen are kept under a name.
lists-manage = All lists
lists-seen-by = Seen by
lists-opens = Opens the page
lists-opens-here = Opens with it
lists-do = Actions
lists-none = No list is kept yet.
lists-none-do = Filter students, then keep the list
lists-removed = The list is deleted.
lists-default = Open Students with this list
lists-not-default = Do not open with it
lists-change = Change
lists-change-one = Change { $name }
lists-change-title = Change the list
lists-remove = Delete
lists-remove-one = Delete { $name }
lists-save = Keep the list
lists-label = Name of the list
lists-share-school = School
lists-sharing-own = Only me
lists-sharing-own-note = Nobody else sees it.
lists-sharing-school = One school
lists-sharing-school-note = Staff of that school see it and may open it.
lists-sharing-division = Whole division
lists-sharing-division-note = Staff of every school see it and may open it.
mass-title = Change several students
mass-facts = What you changed for several students at once, newest first. Each can be taken back where nobody has changed the student since.
mass-none = Nothing was changed for several students yet.
mass-begin = Choose students in the list
mass-refresh = Look again
mass-when = Begun
mass-back-to-list = Back to the students
mass-students = { $n ->
    [one] { $n } student
   *[other] { $n } students
}
mass-what = What shall change?
mass-other = Change something else
mass-look = Show what would change
mass-homeroom = Homeroom
mass-homeroom-note = Empty takes the homeroom away. PASI does not keep it.
mass-homeroom-to = New homeroom
mass-grade = Grade
mass-grade-note = The grade of this year’s enrolment.
mass-grade-to = New grade
mass-start = First day
mass-start-note = The first day of this year’s enrolment.
mass-start-to = New first day
mass-end = Last day expected
mass-end-note = The last normal day of class, a completion. Students who left are withdrawn instead.
mass-end-to = New last day
mass-programming = Programming
mass-programming-note = Kind of programming and when it is taught.
mass-programming-to = Kind of programming
mass-add-grant = Add a grants code
mass-add-grant-note = Each student keeps the codes there are; at most three.
mass-add-grant-to = Grants code to add
mass-remove-grant = Take a grants code away
mass-remove-grant-note = Students without it stay as they are.
mass-remove-grant-to = Grants code to take away
mass-resident-board = Resident board
mass-resident-board-note = Four digits; empty takes it away.
mass-resident-board-to = Resident board
mass-withdraw = Withdraw
mass-withdraw-note = The students attended and left. The last day attended goes to PASI as the exit date.
mass-withdraw-to = Last day attended
mass-state = Where it stands
mass-told-ready = { $n ->
    [one] { $n } student will change.
   *[other] { $n } students will change.
}
mass-told-nothing = Nothing would change.
mass-told-nothing-yet = Nothing is changed yet. Each change will be made in your name and can be taken back.
mass-told-stopped = { $n ->
    [one] Stopped. { $n } student is left.
   *[other] Stopped. { $n } students are left.
}
mass-told-done = { $n ->
    [one] { $n } student was changed.
   *[other] { $n } students were changed.
}
mass-told-undone = { $n ->
    [one] { $n } change was taken back.
   *[other] { $n } changes were taken back.
}
mass-told-kept = { $n ->
    [one] { $n } student could not be taken back: see below why.
   *[other] { $n } students could not be taken back: see below why.
}
mass-apply = { $n ->
    [one] Change { $n } student
   *[other] Change { $n } students
}
mass-change-value = Another value
mass-go-on = { $n ->
    [one] Go on with { $n } student
   *[other] Go on with { $n } students
}
mass-undo = { $n ->
    [one] Take { $n } change back
   *[other] Take { $n } changes back
}
mass-running-preparing = Looked at { $n } of { $all }
mass-running-applying = { $n } of { $all } are through
mass-running-undoing = { $n } of { $all } are through
mass-running-note = This goes on by itself, even when you leave the page.
mass-orphaned = The work was interrupted.
mass-orphaned-text = What was done stands. The rest can go on where it stopped.
mass-take-up = Go on
mass-stop = Stop
mass-rows = Students
mass-rows-none = No student here.
mass-rows-will = Will change
mass-rows-done = Changed
mass-rows-undone = Taken back
mass-rows-kept = Not taken back
mass-rows-stale = Changed meanwhile
mass-rows-refused = Cannot change
mass-rows-same = Are so already
mass-rows-waiting = Not looked at yet
mass-row-will = Will change
mass-row-done = Changed
mass-row-undone = Taken back
mass-row-kept = Not taken back
mass-row-stale = Left as it is
mass-row-refused = Not changed
mass-row-same = Is so already
mass-row-waiting = Waits
mass-old = Before
mass-new = After
mass-says = What comes of it
mass-not-yours = No longer your student
mass-state-chosen = Begun
mass-state-preparing = Being looked at
mass-state-ready = Not applied
mass-state-applying = Being applied
mass-state-stopped = Stopped
mass-state-done = Applied
mass-state-undoing = Being taken back
mass-state-undone = Taken back
finding-LP-0440 = Tick at least one student you may change.
finding-LP-0441 = At most { $most } students at once. Narrow the list, by school or by grade, and change one part after the other.
finding-LP-0442 = This has been applied already, or is not ready yet.
finding-LP-0443 = Choose a value of the list.
finding-LP-0444 = No enrolment at your school that is not over.
finding-LP-0445 = Somebody changed this enrolment after you looked. It is left as it is.
finding-LP-0446 = Somebody changed this enrolment since. It is left as it is.
finding-LP-0447 = You may no longer change this student.
