# Attendance: rolls, the office's work with them, the year.
attendance-own = My rolls
attendance-rolls = Rolls
attendance-roll = Roll
attendance-slot = Part of the day
attendance-teacher = Teacher
attendance-students = Students
attendance-state = State
attendance-open = Not taken yet
attendance-later = Later today
attendance-taken = Taken
attendance-not-taken = Not taken
attendance-figures = { $absent } absent · { $late } late
attendance-missing = { $n } of { $of } rolls not taken
attendance-slot-missing = { $slot }: { $n } of { $of } not taken
attendance-all-taken = { $n ->
    [one] The roll is taken.
   *[other] All { $n } rolls are taken.
}
attendance-no-school = No instruction on this day.
attendance-no-homeroom = There is no roll for you on this day: no homeroom is tied to you, and none of your classes meets.
attendance-no-homerooms = No student of this school stands in a homeroom on this day.
attendance-day-before = Day before
attendance-day-after = Day after
attendance-today = Today
attendance-homeroom = Homeroom { $name }
attendance-tab-board = Rolls
attendance-tab-unexplained = Unexplained absences
attendance-tab-desk = Sign in and out
attendance-tab-many = Many at once
attendance-tab-summary = Year summary
attendance-tab-chronic = Chronic absence
attendance-tab-codes = Codes
slot-am = Morning
slot-pm = Afternoon
slot-period = Period { $n }
source-teacher = Teacher
source-office = Office
source-family = Family
meaning-present = Present
meaning-unexplained = Absent, not explained
meaning-unauthorized = Absent, unauthorized
meaning-authorized = Absent, authorized
meaning-late = Late
meaning-activity = School activity

roll-present = present
roll-absent = absent
roll-late = late
roll-excused = excused
roll-photo = Photo of { $name }
roll-shield = Something must be read before any detail
roll-open = More for { $name }
roll-minutes = { $n } min
roll-minutes-late = Minutes late
roll-note = Note
roll-keys-move = move
roll-key-shift = Shift
roll-keys-note = with a note
roll-class = Class list
roll-view = View
roll-photos = Photos
roll-list = List
roll-last = Same as last time
roll-rest = Mark the rest present
roll-rest-short = Rest present
roll-submit = Submit roll
roll-taken = Roll taken.
roll-taken-by = Taken by { $who }, { $when }
roll-not-taken = no roll taken
roll-earlier = Last 5 classes
roll-strip = For this class
roll-keeping = Keep going: what you mark is kept on this device. Submit when you are done.
roll-kept = The roll is kept on this device and goes out when the connection returns.
roll-marks-kept = Marks kept: {"{"}n{"}"}.
roll-last-sent = Last sent {"{"}time{"}"}
roll-look-title = A roll kept on this device needs a look.
roll-look-text = Somebody else marked a student meanwhile, or the day was closed.
roll-look = Look at it
roll-mine = Mine
roll-clash = Marked by somebody else meanwhile
roll-clash-text = Everything else of your roll is saved. Choose for each student; until you do, the other mark stands.
roll-clash-apply = Apply
roll-refused-title = The roll is not saved yet.
roll-refused-text = See the opened students below.

unexplained-none = Every absence of the day is explained.
unexplained-contacts = Family and contacts
unexplained-by = Marked by { $who }
unexplained-call = Note a call
unexplained-note-call = Note call
unexplained-no-phone = No contact with a phone number.
unexplained-explain = Explain
field-letter = Code
field-source = Told by
field-spoke-with = Whom you called
field-call-outcome = Outcome
call-reached = reached
call-message = message left
call-no-answer = no answer
call-wrong-number = wrong number

pass-find = Name or number
pass-find-do = Find
pass-who = Who is at the desk?
pass-first = Find the student first.
pass-nobody = Nobody at this school has that name or number.
pass-entry = Sign in or out
pass-student = Student
pass-direction = Which way
pass-in = In
pass-out = Out
pass-time = Time
pass-time-hint = As 9:42
pass-code = Mark this part of the day
pass-reason = Reason
pass-note = Note it
pass-by = Noted by
pass-today = Today
pass-none = Nobody has signed in or out today.

many-choose = Which students?
many-show = Show
many-entry = One code for many
many-students = Students
many-first-day = First day
many-last-day = Last day
many-slots = Parts of the day
many-preview = Preview
many-enter = Enter
many-plan = What it would do
many-will = { $n } marks will be written, { $stays } stay as they are.
many-will-text = What somebody has explained, and who came late, stays.
many-more = And { $n } more.
many-day = Day
many-before = Now
many-after = Then
many-written = written
many-stays = stays
many-made = Entered before
many-marks = Marks
many-by = By
many-undone = Taken back
many-none = Nothing has been entered for many yet.

codes-title = Codes and open days
codes-teacher-days = Days for which teachers may change a roll
codes-closed-until = Closed up to and including
codes-closed-hint = Nobody changes attendance of these days
codes-letter = Letter { $n }
codes-label-en = English label { $n }
codes-label-fr = French label { $n }
codes-meaning = Meaning { $n }

summary-title = Days missed
summary-said = { $n } of { $of } students missed a tenth of their days or more
summary-chronic = A tenth or more
summary-all = Everyone
summary-missed = Days missed
summary-percent = Share
summary-unauthorized = Absent, unauthorized or not explained
summary-shares = Drawn
summary-bar = { $authorized } days authorized, { $unauthorized } not, of { $of }
summary-none = Nobody missed a tenth of the days.
summary-note = Counted in days of instruction until today; a half missed is half a day. Late and school activity are no absence.
student-tab-attendance = Attendance
student-attendance-year = Attendance { $year }
student-attendance-months = By month
student-attendance-days = Days
student-attendance-all = All { $n } of the year
student-attendance-none = Present every day so far.

differences-open = Where periods and day disagree
differences-title = Periods and day disagree
differences-none = Periods and daily rolls of this day say the same.
differences-day = By the day
differences-periods = By the periods
differences-how = Disagreement
differences-settle = Settle
differences-settled = { $n ->
    [one] Settled: one mark was written.
   *[other] Settled: { $n } marks were written.
}
differs-there = Absent by the day, there in a period
differs-absent = There by the day, absent in every period
differs-explained = Explained in one of them alone
keep-day = Keep the day
keep-periods = Keep the periods
mode-daily = Morning and afternoon, by homeroom
mode-period = Each period, by class
mode-both = Both
codes-mode = Rolls are taken
codes-mode-hint = Holds from now on. What was marked before stays as it was.
many-class = Class

chronic-every-school = All schools
chronic-every-grade = All grades
chronic-grade = Grade { $grade }
chronic-by-month = By month
chronic-by-school = By school
chronic-by-grade = By grade
chronic-title-month = A tenth or more missed, by month
chronic-title-school = A tenth or more missed, by school
chronic-title-grade = A tenth or more missed, by grade
chronic-said = { $n } of { $of } students, { $share }, missed a tenth or more of their instruction in the year until today.
chronic-who = Show the students
chronic-students = Students
chronic-missing = Missed a tenth or more
chronic-share-month = Share of the month
chronic-share-year = Share of the year so far
chronic-how = Each student counts with the days while enrolled. A month without any roll has no figure.
chronic-nothing = Nobody has had instruction in this year yet.
chronic-list-title = Students who missed a tenth or more
chronic-listed = { $n ->
    [one] { $n } student
   *[other] { $n } students
}
chronic-first = The first { $n } are shown; the file has all.
chronic-possible = Days of instruction
chronic-file = These students as a file

home-title = Ask home by e-mail
home-text = Each person chosen gets one message of their own. Who was written to about this day stands in the log of calls, with how the message went.
home-whom = Who is written to
home-send = Send the messages
home-nobody = No contact person is recorded.
home-written = Written to already
home-preview = What is written ({ $language })
home-sent = { $n ->
    [0] Nothing new was to be sent.
    [one] { $n } message is on its way.
   *[other] { $n } messages are on their way.
}
home-mail-subject = Please tell us about an absence: { $school }
home-mail-text =
    Hello,

    { $child } was marked absent at { $school } on { $day } ({ $slots }), and nobody has told us why yet.
home-mail-call = Please call the school office at { $phone } and tell us the reason. If you have done so already, thank you.
home-mail-ask = Please tell the school office the reason. If you have done so already, thank you.

mark-history = Every mark of { $day }
mark-earlier = { $n ->
    [one] { $n } earlier value
   *[other] { $n } earlier values
}
mark-taken-back = Marked, and present after a correction:
