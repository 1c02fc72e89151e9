requests = Course requests
requests-rank = Rank
requests-class = Class
requests-instead = instead
requests-no-class = none yet
requests-none = No course is asked for in this year.
requests-none-at-all = Nobody asks for a course that fits.
requests-credits = { $n ->
    [one] { $n } credit in { $year }
   *[other] { $n } credits in { $year }
}
requests-raise = Move up
requests-withdraw = Take back
requests-withdrawn = Taken back
requests-add = Add
requests-add-title = Ask for a course
requests-count = { $n ->
    [one] { $n } request
   *[other] { $n } requests
}
requests-filter = Course or student
requests-every-course = Every course
requests-asked = Ask for it
requests-seated = In a class
requests-as-instead = As a substitute
requests-sections = Classes
requests-seats = Seats
requests-room = Room
requests-enough = Enough
requests-needed = { $n ->
    [one] { $n } class more
   *[other] { $n } classes more
}
requests-many = Enter for many
requests-many-do = Enter
requests-many-told = Can be entered: { $in } · refused: { $refused } · lines that name nobody: { $unknown }
requests-numbers-hint = Local numbers or ASNs, one a line. Together with a grade or a homeroom, both count.
requests-unknown = not a student of the school

load-title = Loader
load-text = The loader places the students’ requests into classes and shows the result. Nobody moves before you apply it. Seats that students have stay as they are.
load-begin-title = Plan
load-begin = Make a plan
load-whole-year = Every class of the year
load-span = Classes from { $from } to { $until } ({ $n })
load-linked-hint = Numbers of two classes in a line: ELA2105-1 = SST2771-1. Who asks for the courses of both is in both or in neither.
load-together-hint = Two students and a course in a line: 100234 = 100235 : ELA2105. They are in the same class, or in none.
load-run = Made
load-runs = Last plans
load-none = No plan has been made for this school and year.
load-days = Classes
load-rate = Placed
load-percent = { $whole }.{ $tenth } %
load-seconds = { $whole }.{ $tenth }
load-apply = Apply the plan
load-again = Plan again
load-undo = Take everything back
load-go-on = Go on
load-new = New plan
load-orphaned = Whoever worked on this was stopped. What is done stays done; go on with the rest.
load-state-planning = Planning
load-state-planned = Planned
load-state-failed = No plan
load-state-applying = Applying
load-state-applied = Applied
load-state-undoing = Taking back
load-state-undone = Taken back
load-told-planning = The plan is being made. This takes some seconds for a large school; the page follows by itself.
load-told-planned = { $placed ->
    [one] One seat would be given. Nobody has moved yet.
   *[other] { $placed } seats would be given. Nobody has moved yet.
}
load-told-failed = No plan could be made. Try again; if it happens again, tell whoever looks after the program.
load-told-applying = { $done } of { $n } classes are filled; the page follows by itself.
load-told-applied = The students are in their classes. Everything can be taken back at once.
load-told-undoing = { $done } of { $n } classes are dealt with; the page follows by itself.
load-told-undone = { $kept ->
    [0] Every seat of this plan was taken back.
    [one] Every seat of this plan was taken back but one that somebody had changed since.
   *[other] Every seat of this plan was taken back but { $kept } that somebody had changed since.
}
load-figures = Result
load-figure-rate = of the requests
load-figure-placed = new seats
load-figure-instead = by a substitute
load-figure-settled = had a seat before
load-figure-unplaced = not placed
load-figure-seconds = seconds
load-unplaced = Not placed
load-unplaced-none = Every request is placed.
load-more = { $n } more stand in the exported report.
load-why = Why
load-why-not-offered = No class of the course is open for these days
load-why-full = Every class that fits is full
load-why-apart = No class fits both who, or what, belong together
load-why-away = Not at the school on these days
load-why-conflict = Every class meets at the same time as others of the student, such as { $section }
load-rule = Rule
load-refused = Not put in after all
load-by-course = By course
load-had = Placed
load-pair = Courses
load-ask-both = Ask for both
load-at-once = Pairs at once
load-met = Asked for together, taught at once
load-met-text = Courses of which half or more of the pairs of classes meet at the same time.
load-met-none = No two courses stand in each other’s way.
load-by-class = By class
load-before = Before
load-after = After

sections-field-instead-of = Instead of
sections-field-grade = Grade
sections-field-homeroom = Homeroom
sections-field-numbers = Students by number
sections-field-span = Which classes
sections-field-seed = Variant
sections-field-linked = Classes that belong together
sections-field-together = Students who must sit together
