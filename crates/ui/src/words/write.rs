//! Numbers, money, dates and clock times as each language writes them (hard and thin spaces included).

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::Lang;

/// U+202F, the thin space that does not break: between thousands in French.
const THIN: char = '\u{202f}';
/// U+00A0, the space that does not break: between a figure and its unit.
const HARD: char = '\u{a0}';

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SHORT_EN: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const SHORT_FR: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.",
];

impl Lang {
    /// A whole number: `8,143`, `8 143` (thin space in French).
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() + 4);
        if number < 0 {
            out.push('−');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(match self {
                    Lang::EnCa => ',',
                    Lang::FrCa => THIN,
                });
            }
            out.push(digit);
        }
        out
    }

    /// A number given in tenths: `91.3`, `91,3`.
    pub fn tenths(self, tenths: i64) -> String {
        let sign = if tenths < 0 && tenths > -10 { "−" } else { "" };
        format!(
            "{sign}{}{}{}",
            self.number(tenths / 10),
            self.decimal_mark(),
            tenths.unsigned_abs() % 10
        )
    }

    /// A percentage given in tenths of a percent: `91.3 %`, `91,3 %`.
    pub fn percent(self, tenths: i64) -> String {
        format!("{}{HARD}%", self.tenths(tenths))
    }

    /// Money given in cents: `$1,054.87`, `1 054,87 $`.
    pub fn money(self, cents: i64) -> String {
        let sign = if cents < 0 { "−" } else { "" };
        let dollars = self.number(i64::try_from(cents.unsigned_abs() / 100).unwrap_or(i64::MAX));
        let rest = cents.unsigned_abs() % 100;
        match self {
            Lang::EnCa => format!("{sign}${dollars}.{rest:02}"),
            Lang::FrCa => format!("{sign}{dollars},{rest:02}{HARD}$"),
        }
    }

    fn decimal_mark(self) -> char {
        match self {
            Lang::EnCa => '.',
            Lang::FrCa => ',',
        }
    }

    /// A date in data, the same in every language: `2026-11-23`.
    pub fn date(self, date: Date) -> String {
        date.to_string()
    }

    /// A date in a sentence: `November 23, 2026`, `23 novembre 2026`.
    pub fn date_in_words(self, date: Date) -> String {
        let month = month_at(date);
        match self {
            Lang::EnCa => format!("{} {}, {}", MONTHS_EN[month], date.day(), date.year()),
            Lang::FrCa => format!("{} {} {}", day_in_french(date), MONTHS_FR[month], date.year()),
        }
    }

    /// A day as a heading: `Monday, November 23`, `Lundi 23 novembre`.
    pub fn day_heading(self, date: Date) -> String {
        let month = month_at(date);
        match self {
            Lang::EnCa => format!(
                "{}, {} {}",
                weekday_en(date.weekday()),
                MONTHS_EN[month],
                date.day()
            ),
            Lang::FrCa => format!(
                "{} {} {}",
                weekday_fr(date.weekday()),
                day_in_french(date),
                MONTHS_FR[month]
            ),
        }
    }

    /// A deadline: `Fri Nov 27`, `ven. 27 nov.`
    pub fn deadline(self, date: Date) -> String {
        match self {
            Lang::EnCa => format!(
                "{} {} {}",
                &weekday_en(date.weekday())[..3],
                self.month_short(date),
                date.day()
            ),
            Lang::FrCa => {
                let day = weekday_fr(date.weekday())
                    .chars()
                    .take(3)
                    .collect::<String>()
                    .to_lowercase();
                format!("{day}. {} {}", day_in_french(date), self.month_short(date))
            }
        }
    }

    /// The month alone, short: `Nov`, `nov.`
    pub fn month_short(self, date: Date) -> &'static str {
        match self {
            Lang::EnCa => SHORT_EN[month_at(date)],
            Lang::FrCa => SHORT_FR[month_at(date)],
        }
    }

    /// A month with its year: `November 2026`, `novembre 2026`.
    pub fn month_and_year(self, date: Date) -> String {
        let month = month_at(date);
        let name = match self {
            Lang::EnCa => MONTHS_EN[month],
            Lang::FrCa => MONTHS_FR[month],
        };
        format!("{name} {}", date.year())
    }

    /// The name of a weekday, for a column or a choice: `Monday`, `lundi`.
    pub fn weekday(self, day: jiff::civil::Weekday) -> String {
        match self {
            Lang::EnCa => weekday_en(day).to_owned(),
            Lang::FrCa => weekday_fr(day).to_lowercase(),
        }
    }

    /// A clock time given in minutes after midnight: `8:30`, `8 h 30`.
    pub fn minutes(self, minutes: u16) -> String {
        let (hour, minute) = (minutes / 60, minutes % 60);
        match self {
            Lang::EnCa => format!("{hour}:{minute:02}"),
            Lang::FrCa => format!("{hour}{HARD}h{HARD}{minute:02}"),
        }
    }

    /// A clock time on the 24-hour clock: `9:42`, `9 h 42`.
    pub fn time(self, time: Time) -> String {
        match self {
            Lang::EnCa => format!("{}:{:02}", time.hour(), time.minute()),
            Lang::FrCa => format!("{}{HARD}h{HARD}{:02}", time.hour(), time.minute()),
        }
    }

    /// A clock time to the second: `9:42:18`, `9 h 42 min 18 s`.
    pub fn time_to_second(self, time: Time) -> String {
        match self {
            Lang::EnCa => format!("{}:{:02}", self.time(time), time.second()),
            Lang::FrCa => format!("{}{HARD}min{HARD}{:02}{HARD}s", self.time(time), time.second()),
        }
    }

    /// A moment seen from `today`: `9:42 today`, `Nov 18, 14:20`, with the year when it is another one.
    pub fn moment(self, at: DateTime, today: Date) -> String {
        let time = self.time(at.time());
        let date = at.date();
        if date == today {
            return self.tx("moment-today", &[("time", time.into())]).into_owned();
        }
        let day = match self {
            Lang::EnCa => format!("{} {}", self.month_short(date), date.day()),
            Lang::FrCa => format!("{} {}", day_in_french(date), self.month_short(date)),
        };
        match (date.year() == today.year(), self) {
            (true, Lang::EnCa) => format!("{day}, {time}"),
            (false, Lang::EnCa) => format!("{day}, {}, {time}", date.year()),
            (true, Lang::FrCa) => format!("{day} à {time}"),
            (false, Lang::FrCa) => format!("{day} {} à {time}", date.year()),
        }
    }

    /// Items joined as in a sentence: `a, b and c`, `a, b et c`.
    pub fn list(self, items: &[&str]) -> String {
        let and = match self {
            Lang::EnCa => "and",
            Lang::FrCa => "et",
        };
        match items {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
        }
    }
}

fn month_at(date: Date) -> usize {
    usize::try_from(date.month() - 1).expect("invariant: a month is 1 to 12")
}

fn day_in_french(date: Date) -> String {
    if date.day() == 1 {
        "1er".to_owned()
    } else {
        date.day().to_string()
    }
}

fn weekday_en(day: Weekday) -> &'static str {
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ][weekday_at(day)]
}

fn weekday_fr(day: Weekday) -> &'static str {
    [
        "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche",
    ][weekday_at(day)]
}

fn weekday_at(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).expect("invariant: a weekday is 0 to 6")
}
