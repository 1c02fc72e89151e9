# Looking at a record as of another day.
as-of-today = As of today
as-of-day = As of { $day }
as-of-on = What held on
as-of-known = As known at the end of
as-of-known-hint = Empty: all that is known now, later corrections too
as-of-show = Show
as-of-shown = What held on { $day }.
as-of-known-now = With all that is known now, later corrections too. Nothing can be changed here.
as-of-known-on = As it was known at the end of { $day }. Nothing can be changed here.
as-of-back = Back to today
as-of-nothing = Nothing about this student was on record then.
