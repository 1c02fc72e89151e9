product = Lodgepole
title-of-page = { $title } · Lodgepole
skip-to-content = Skip to content
brand-label = Lodgepole, Today
switch-school = School
switch-school-label = School: { $name }
switch-year = School year
switch-year-label = School year: { $name }
find = Find
find-label = Find a student, page or action
find-placeholder = Name, ASN, or what you want to do
find-results = Results
find-start = Type a name, an ASN, a phone number, or a job such as “new student”.
find-none = Nothing found. Check the spelling, or try part of the name.
find-failed = The search did not answer. Try again in a moment.
find-count = { $n ->
    [one] { $n } result
   *[other] { $n } results
}
theme-to-dark = Switch to dark
theme-to-light = Switch to light
theme-by-device = Follow this device
language-switch = Passer au français
notices-label = { $n ->
    [0] Notices, none new
    [one] Notices, { $n } new
   *[other] Notices, { $n } new
}
acting-as = Acting as { $role }
acting-for = Acting for { $name }
note-demo = Practice division
note-year = School year on screen
toasts-label = Finished actions
family-bar = Back and on
change-role = Act as
my-account = My account
keys-open = Keys of this page
help = Help
sign-out = Sign out
nav-main = Main
nav-phone = Main, phone
nav-more = More
nav-open-items = open items:{" "}
nav-today = Today
nav-students = Students
nav-attendance = Attendance
nav-assessment = Assessment
nav-learner-support = Learner support
nav-registration = Registration
nav-records = Records
nav-pasi = PASI
nav-funding = Funding & returns
nav-division = Division office
nav-settings = Settings
pasi-connected = PASI connected
pasi-slow = PASI answers slowly
pasi-away = PASI is away
pasi-off = PASI not set up
pasi-foot-last = Last exchange { $time }
pasi-foot-none = No exchange yet
pasi-foot-waiting = { $n ->
    [one] { $n } change waiting
   *[other] { $n } changes waiting
}
demo-banner = Practice division. Every student and every number is invented.
past-year = You are viewing { $year }: lists, enrolments and calendars are of that year, people and search are of today. Past years can be read, not changed.
past-year-correct = An enrolment of { $shown } can be corrected from { $year }, where every year of the student stands on this page.
other-year = You are viewing { $year }: lists, enrolments and calendars are of that year, people and search are of today.
go-to-year = Go to { $year } to change this
back-to-year = Back to { $year }
offline-title = You are offline.
offline-text = You can read this page. What you type stays here until the connection returns.
server-away-title = Lodgepole does not answer.
server-away-text = What you typed is still here. We try again by ourselves.
online-again = Connected again.
idle-title = You will be signed out in 2 minutes.
idle-text = Nothing has been typed or clicked for a while. What you typed is kept on this device until you close the browser.
idle-stay = Stay signed in
moment-today = { $time } today
request-failed = That did not work. What you typed is still here. Try again.
draft-found = We kept what you had typed here.
draft-discard = Start over
undo = Undo
close = Close
