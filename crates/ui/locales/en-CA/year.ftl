year-title = Year end
year-facts = For whole schools. Nothing is written before you have seen what would be, and all of it can be taken back.
year-lately = Changed lately
year-what = What shall be done?
division-part-year = Year end
division-part-year-text = Close a school year, register students for the next

mass-close = Close the school year
mass-register = Register for
mass-rows-left-out = Left out
mass-row-left-out = Left out

year-close = Close a school year
year-close-note = Enrolments without an end get one; those that end later are brought forward.
year-close-year = School year
year-close-on = Last day
year-close-on-hint = Empty: each school’s own last instructional day
year-close-schools = Schools to close
year-close-day = last instructional day { $day }
year-kind = How they end
year-kind-CompletionDate = Completion: stayed until the end
year-kind-WithdrawalDate = Withdrawal: attended and left
year-close-students = { $n ->
    [one] { $n } enrolment
   *[other] { $n } enrolments
}
year-close-seats = By school and grade
year-close-seats-all = To close
year-close-told-ready = { $n ->
    [one] { $n } enrolment will be closed.
   *[other] { $n } enrolments will be closed.
}
year-close-told-nothing = Nothing would be closed.
year-close-told-stopped = { $n ->
    [one] Stopped; { $n } enrolment is left.
   *[other] Stopped; { $n } enrolments are left.
}
year-close-told-done = { $n ->
    [one] { $n } enrolment was closed.
   *[other] { $n } enrolments were closed.
}
year-close-told-undone = { $n ->
    [one] { $n } enrolment stands as before.
   *[other] { $n } enrolments stand as before.
}
year-close-apply = { $n ->
    [one] Close { $n } enrolment
   *[other] Close { $n } enrolments
}
year-close-go-on = { $n ->
    [one] Close the { $n } that is left
   *[other] Close the { $n } that are left
}
year-close-back-to-list = Back to the year end

year-register = Register for the next school year
year-register-note = One grade up, at the same school or where its students go on. Hours and grants codes are said anew.
year-register-year = For the school year
year-register-on = First day
year-register-on-hint = Empty: each school’s own first instructional day
year-register-schools = Schools where the students are now
year-register-day = first instructional day { $day }
year-onward = For grade { $grade }, on to
year-onward-none = No school chosen
year-register-students = { $n ->
    [one] { $n } student
   *[other] { $n } students
}
year-register-seats = By school and grade now
year-register-seats-all = To register
year-register-told-ready = { $n ->
    [one] { $n } student will be registered.
   *[other] { $n } students will be registered.
}
year-register-told-nothing = Nobody would be registered.
year-register-told-stopped = { $n ->
    [one] Stopped; { $n } student is left.
   *[other] Stopped; { $n } students are left.
}
year-register-told-done = { $n ->
    [one] { $n } student was registered.
   *[other] { $n } students were registered.
}
year-register-told-undone = { $n ->
    [one] { $n } registration was taken back.
   *[other] { $n } registrations were taken back.
}
year-register-apply = { $n ->
    [one] Register { $n } student
   *[other] Register { $n } students
}
year-register-go-on = { $n ->
    [one] Register the { $n } that is left
   *[other] Register the { $n } that are left
}
year-register-back-to-list = Back to the year end

year-early = PASI does not take this school year yet.
year-seats-same = So already
year-seats-not = Not
year-place = Grade { $grade }, from { $start }
year-rules = Rules
year-except = Decide otherwise
year-decision = What shall become of this student?
year-decision-proposed = As the rules say
year-decision-leave-out = Left out
year-decision-seat = At this school, in this grade

finding-LP-0460 = Choose at least one of your schools.
finding-LP-0461 = Choose a school year of the list.
finding-LP-0462 = Stays at another school until { $day }.
finding-LP-0463 = Nobody is enrolled at these schools in that school year.
finding-LP-0464 = Finishes grade 12 and does not go on.
finding-LP-0465 = Goes to school at { $school }; registered there.
finding-LP-0466 = Grade { $grade } is not taught here. Say where its students go on.
finding-LP-0467 = Grants codes { $codes } are not taken along. Confirm them for the new year.
finding-LP-0468 = Goes on at { $school }, which is not one of your schools.
finding-LP-0469 = The school has no calendar for { $year }. Set one, or name a day.
finding-LP-0470 = Does not stay until the end of the school year.
finding-LP-0471 = Registered for that school year already.
finding-LP-0472 = Somebody registered the student after you looked. Left as it is.
finding-LP-0473 = PASI takes enrolments of { $year } from { $day } on. Until then they wait in the queue.
finding-LP-0474 = PASI does not take enrolments of { $year } now. They wait in the queue until it does.
