timetable-period = Period
timetable-period-n = Period { $n }
timetable-day = Day { $n }
timetable-free = Nothing
timetable-none = There is nothing in this timetable.

sections-count = { $n ->
    [one] { $n } class
   *[other] { $n } classes
}
sections-section = Class
sections-new = New class
sections-change = Change
sections-change-student = Change { $name }
sections-change-title = Change the class
sections-timetables = Timetables
sections-courses = Courses
sections-course = Course
sections-number = Number
sections-teacher = Teacher
sections-room = Room
sections-room-n = Room { $room }
sections-when = Meets
sections-meets-days = days { $days }
sections-meets-periods = period { $periods }
sections-students = Students
sections-capacity = Most students
sections-school = School
sections-any-course = Any course
sections-any-grade = Any grade
sections-any-homeroom = Any homeroom
sections-open-only = Open classes
sections-with-closed = Closed classes too
sections-filter = Number, course, teacher, room
sections-open = Open
sections-closed = Closed
sections-waiting = { $n ->
    [one] { $n } waits
   *[other] { $n } wait
}
sections-none = No class has been made for this school year.
sections-none-own = You teach no class in this school year.
sections-none-fit = No class fits these filters.
sections-print = Print
sections-no-meeting = No meeting is set.

sections-class-list = Class list
sections-class-none = Nobody is in this class.
sections-class-not-yours = You see the students of this class on the days you teach it.
sections-waiting-list = Waiting list
sections-place = No.
sections-student = Student
sections-grade = Grade
sections-homeroom = Homeroom
sections-from = From
sections-until = Until
sections-left-school = not at the school
sections-in-error = Said in error

sections-staff = Teachers
sections-staff-none = Nobody teaches this class yet.
sections-staff-add = Add
sections-staff-end = Save last day
sections-staff-end-text = After the last day this person no longer sees the students of the class.
sections-staff-remove = Remove
sections-staff-remove-text = This person was never to teach the class. It stays in the audit.
sections-role-lead = Lead teacher
sections-role-co = Co-teacher
sections-role-substitute = Substitute

sections-close = Close the class
sections-close-title = Close the class
sections-close-text = { $n ->
    [0] Nobody is in the class. It meets for the last time on this day.
    [one] One student is in the class or waits. Who is in it leaves on this day; who waits no longer does.
   *[other] { $n } students are in the class or wait. Who is in it leaves on this day; who waits no longer does.
}

sections-put-in = Put students in
sections-put-in-text = Choose students, then check: nothing is saved before you have seen what becomes of each.
sections-put-in-check = Check
sections-put-in-do = Put them in
sections-put-in-nobody = No student of the school fits these filters, or all of them are in the class.
sections-put-in-most = { $n } students fit; the first 200 are shown.
sections-put-in-told = In: { $in } · waiting: { $waits } · refused: { $refused }
sections-choose = Choose
sections-result = Result
sections-student-filter = Student’s name
sections-went-in = In
sections-went-waits = Waits, no. { $place }
sections-went-refused = Refused

sections-seat-out-title = Leaves
sections-seat-out-text = The last day is the last one in the class.
sections-seat-out-do = Take out
sections-seat-error-title = Put in by mistake
sections-seat-error-text = As if the student had never been in the class. It stays in the history.
sections-seat-error-do = Take back
sections-seat-in-title = Let in
sections-seat-in-text = The student is in the class from this day on.
sections-seat-in-do = Let in
sections-seat-up-title = Move up
sections-seat-up-text = The student waits before the one who now waits just before.
sections-seat-up-do = Move up
sections-seat-in-error = This was taken back and does not count.

sections-timetable-choose = Choose a teacher or a room.
sections-timetable-show = Show
sections-timetable-of = Timetable · { $name }
sections-timetable-from = From { $day }

sections-courses-count = { $n ->
    [one] { $n } course
   *[other] { $n } courses
}
sections-courses-filter = Code or name
sections-courses-none = No course fits, or the catalogue is empty.
sections-courses-file = Courses of the file
sections-courses-missing = { $n ->
    [one] The file of Alberta courses has one course that is not in the catalogue.
   *[other] The file of Alberta courses has { $n } courses that are not in the catalogue.
}
sections-courses-take = Add them
sections-code = Code
sections-grades = Grades
sections-credits = Credits
sections-after = Prerequisites
sections-life = Offered
sections-local = local
sections-until-year = until { $year }

sections-field-school = School
sections-field-number = Number
sections-field-room = Room
sections-field-capacity = Most students
sections-field-courses = Courses
sections-field-term = Term
sections-term-hint = Its days are taken instead of the two days
sections-field-first-day = First day
sections-field-last-day = Last day
sections-field-meetings = Meets
sections-field-account = Teacher
sections-field-role = Role
sections-field-from = From
sections-field-until = Last day
sections-field-reason = Reason
