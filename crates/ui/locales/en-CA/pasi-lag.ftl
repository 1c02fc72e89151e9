# How long changes take on their way to PASI and from it; and how charts are shown.
chart-shown-as = Shown as
chart-as-chart = Chart
chart-as-table = Table
lag-title = How long changes take
lag-span = How far back
lag-day = Last day
lag-week = Last 7 days
lag-nothing = Nothing went either way in this time.
lag-sent-finding = { $n ->
    [one] One change typed here was with PASI within { $half }.
   *[other] { $n } changes typed here: half were with PASI within { $half }, 95 of 100 within { $most }.
}
lag-sent-none = Nothing typed here went to PASI.
lag-received-finding = { $n ->
    [one] One change made at PASI was here within { $half }.
   *[other] { $n } changes made at PASI: half were here within { $half }, 95 of 100 within { $most }.
}
lag-received-none = Nothing changed at PASI.
lag-hour = Hour from
lag-date = Day
lag-sent-half = To PASI, half within
lag-sent-most = To PASI, 95 of 100 within
lag-received-half = From PASI, half within
lag-received-most = From PASI, 95 of 100 within
lag-sent = To PASI
lag-received = From PASI
lag-how = From the save until PASI accepted it, and from PASI’s word of a change until it was here; when PASI was away, since its last answer. A change that waited for a person counts from that person’s decision.
job-pasi-lag = Remove old figures of how long changes took
