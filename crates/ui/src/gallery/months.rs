//! A year at a glance.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use super::sample::say;
use super::{Cases, Empty};
use crate::Lang;
use crate::months::{DayTone, Month, MonthDay, legend, months as drawn};

/// The names of Sunday to Saturday.
fn weekdays(lang: Lang) -> [(String, String); 7] {
    [
        Weekday::Sunday,
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
    ]
    .map(|day| {
        let whole = lang.weekday(day);
        (whole.chars().take(2).collect(), whole)
    })
}

fn month(lang: Lang, first: Date, of: &dyn Fn(Date) -> MonthDay) -> Month {
    let days = first
        .series(1.day())
        .take_while(|day| day.month() == first.month());
    Month {
        name: lang.month_and_year(first),
        begins: usize::try_from(first.weekday().to_sunday_zero_offset()).unwrap_or(0),
        days: days.map(of).collect(),
    }
}

fn word(lang: Lang, tone: DayTone) -> &'static str {
    match tone {
        DayTone::Off => "",
        DayTone::Open => say(lang, "Instructional", "Enseignement"),
        DayTone::Early => say(lang, "Early dismissal", "Départ hâtif"),
        DayTone::Staff => say(lang, "Professional day", "Journée professionnelle"),
        DayTone::Holiday => say(lang, "Holiday", "Congé"),
        DayTone::Closed => say(lang, "Closed", "Fermé"),
    }
}

pub(super) fn months(lang: Lang) -> Cases {
    let number = |day: Date| u8::try_from(day.day()).unwrap_or(0);
    let is_weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let day = |day: Date| {
        let tone = match day.day() {
            _ if is_weekend(day) => DayTone::Off,
            7 => DayTone::Holiday,
            11 => DayTone::Staff,
            18 => DayTone::Early,
            24 => DayTone::Closed,
            _ => DayTone::Open,
        };
        MonthDay {
            number: number(day),
            tone,
            label: if tone == DayTone::Open {
                (day.day() % 4 + 1).to_string()
            } else {
                String::new()
            },
            words: word(lang, tone).to_owned(),
            is_today: day.day() == 14,
        }
    };
    let bare = |day: Date| MonthDay {
        number: number(day),
        ..MonthDay::default()
    };
    let full = |day: Date| MonthDay {
        number: number(day),
        tone: DayTone::Early,
        label: "10".to_owned(),
        words: say(
            lang,
            "Early dismissal: interviews of parents, guardians and teachers",
            "Départ hâtif : entretiens des parents, tuteurs et enseignants",
        )
        .to_owned(),
        is_today: false,
    };
    let counts: Vec<(DayTone, usize)> = DayTone::ALL.iter().map(|tone| (*tone, 184)).collect();
    let autumn = [date(2026, 9, 1), date(2026, 10, 1)];
    let year = (0..12).map(|at| date(2026, 8, 1).saturating_add(at.months()));
    Cases {
        sample: maud::html! {
            (drawn(&autumn.map(|first| month(lang, first, &day)), &weekdays(lang)))
            (legend(lang, &counts, |tone| word(lang, tone).to_owned()))
        },
        empty: Empty::Drawn(drawn(&[month(lang, date(2026, 2, 1), &bare)], &weekdays(lang))),
        longest: drawn(
            &year.map(|first| month(lang, first, &full)).collect::<Vec<_>>(),
            &weekdays(lang),
        ),
        more: Vec::new(),
    }
}
