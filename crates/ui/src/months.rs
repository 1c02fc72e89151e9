//! A year at a glance: a table of weeks for each month; what a day is stands in it as a sign and as words, not as
//! a colour alone.

use maud::{Markup, html};

use crate::{Icon, Lang, icon};

/// What a day is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayTone {
    /// A weekend, or a day before or after the school year.
    #[default]
    Off,
    /// Students are taught.
    Open,
    /// Students are taught and leave early.
    Early,
    /// A day for staff.
    Staff,
    /// A holiday or a break.
    Holiday,
    /// Closed for another reason.
    Closed,
}

impl DayTone {
    /// The kinds that a legend names, in its order.
    pub const ALL: [DayTone; 5] = [
        DayTone::Open,
        DayTone::Early,
        DayTone::Staff,
        DayTone::Holiday,
        DayTone::Closed,
    ];

    fn class(self) -> &'static str {
        match self {
            DayTone::Off => "md",
            DayTone::Open => "md md-open",
            DayTone::Early => "md md-early",
            DayTone::Staff => "md md-staff",
            DayTone::Holiday => "md md-hol",
            DayTone::Closed => "md md-closed",
        }
    }

    fn icon(self) -> Option<Icon> {
        match self {
            DayTone::Off | DayTone::Open => None,
            DayTone::Early => Some(Icon::Clock),
            DayTone::Staff => Some(Icon::Users),
            DayTone::Holiday => Some(Icon::Sun),
            DayTone::Closed => Some(Icon::Ban),
        }
    }
}

/// One day.
#[derive(Clone, Debug, Default)]
pub struct MonthDay {
    /// Its number.
    pub number: u8,
    /// What it is.
    pub tone: DayTone,
    /// A short sign below the number, such as the day of a cycle; may be empty.
    pub label: String,
    /// What it is, in words that are read and shown when pointed at; may be empty.
    pub words: String,
    /// Is it today?
    pub is_today: bool,
}

/// One month.
#[derive(Clone, Debug)]
pub struct Month {
    /// Its name and year.
    pub name: String,
    /// The weekday of its first day: 0 for Sunday to 6 for Saturday.
    pub begins: usize,
    /// Its days, from the first.
    pub days: Vec<MonthDay>,
}

/// The months, as many beside each other as there is room for. `weekdays` are the names of Sunday to Saturday:
/// short as drawn, and whole as read.
pub fn months(all: &[Month], weekdays: &[(String, String); 7]) -> Markup {
    html! { div class="months" { @for month in all { (one(month, weekdays)) } } }
}

fn one(month: &Month, weekdays: &[(String, String); 7]) -> Markup {
    let cells: Vec<Option<&MonthDay>> = std::iter::repeat_n(None, month.begins)
        .chain(month.days.iter().map(Some))
        .collect();
    html! {
        table class="month" {
            caption { (month.name) }
            thead { tr { @for (short, whole) in weekdays { th scope="col" abbr=(whole) { span aria-hidden="true" { (short) } span class="visually-hidden" { (whole) } } } } }
            tbody {
                @for week in cells.chunks(7) {
                    tr {
                        @for cell in week { (drawn(*cell)) }
                        @for _ in week.len()..7 { td {} }
                    }
                }
            }
        }
    }
}

fn drawn(day: Option<&MonthDay>) -> Markup {
    let Some(day) = day else {
        return html! { td {} };
    };
    html! {
        td class=(day.tone.class()) title=[(!day.words.is_empty()).then_some(&day.words)] aria-current=[day.is_today.then_some("date")] {
            span class="num" { (day.number) }
            span class="ml" aria-hidden="true" {
                @if let Some(glyph) = day.tone.icon() { (icon(glyph)) }
                (day.label)
            }
            @if !day.words.is_empty() { span class="visually-hidden" { (day.words) } }
        }
    }
}

/// What the signs mean, each with its count; `words` names a kind.
pub fn legend(lang: Lang, counts: &[(DayTone, usize)], words: impl Fn(DayTone) -> String) -> Markup {
    html! {
        ul class="legend-m" {
            @for (tone, count) in counts {
                li {
                    span class=(tone.class()) aria-hidden="true" { @if let Some(glyph) = tone.icon() { (icon(glyph)) } }
                    span { (words(*tone)) " " b class="num" { (lang.number(i64::try_from(*count).unwrap_or(i64::MAX))) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weekdays() -> [(String, String); 7] {
        [
            "Sunday",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
        ]
        .map(|whole| (whole[..2].to_owned(), whole.to_owned()))
    }

    #[test]
    fn a_month_begins_on_its_weekday_and_says_what_its_days_are() {
        let day = |number, tone, words: &str| MonthDay {
            number,
            tone,
            words: words.to_owned(),
            ..MonthDay::default()
        };
        let month = Month {
            name: "September 2026".to_owned(),
            begins: 2,
            days: vec![
                day(1, DayTone::Open, "Day 1"),
                day(2, DayTone::Holiday, "Holiday: test"),
            ],
        };
        let drawn = months(&[month], &weekdays()).into_string();
        assert!(drawn.contains("<caption>September 2026</caption>"));
        assert!(
            drawn.contains("<tr><td></td><td></td><td class=\"md md-open\""),
            "{drawn}"
        );
        assert!(drawn.contains("Holiday: test</span>"), "a colour is never alone");
        assert_eq!(drawn.matches("<td").count(), 7);
    }
}
