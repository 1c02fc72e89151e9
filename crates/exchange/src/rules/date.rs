//! Dates as files write them.

use crate::model::DateForm;
use crate::read::day_of_serial;
use kernel::Date;

/// What a text says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// As the file's form says.
    Plain(Date),
    /// Written in another form that can mean one day alone.
    Other(Date),
    /// No day, or one of two.
    None,
}

/// Reads a day.
pub(crate) fn read(text: &str, form: DateForm) -> Read {
    let text = text.trim();
    // Databases add midnight.
    let text = match text.split_once([' ', 'T']) {
        Some((day, time))
            if time
                .chars()
                .all(|letter| letter.is_ascii_digit() || ":.Z+-AaPpMm ".contains(letter)) =>
        {
            day
        }
        _ => text,
    };
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [one] => alone(one),
        [a, b, c] => three(a, b, c, form),
        _ => Read::None,
    }
}

/// `20150417`, or a day as Excel counts it.
fn alone(text: &str) -> Read {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Read::None;
    }
    match text.len() {
        8 => day(&text[..4], &text[4..6], &text[6..]).map_or(Read::None, Read::Other),
        5 => text
            .parse()
            .ok()
            .and_then(day_of_serial)
            .map_or(Read::None, Read::Other),
        _ => Read::None,
    }
}

fn three(a: &str, b: &str, c: &str, form: DateForm) -> Read {
    if a.len() == 4 {
        let plain = day(a, b, c);
        return match (plain, form) {
            (None, _) => Read::None,
            (Some(day), DateForm::Iso) => Read::Plain(day),
            (Some(day), _) => Read::Other(day),
        };
    }
    // A year of two digits could be of two centuries.
    if c.len() != 4 {
        return Read::None;
    }
    if let Some(month) = month_named(b) {
        return day(c, month, a).map_or(Read::None, Read::Other);
    }
    if let Some(month) = month_named(a) {
        return day(c, month, b.trim_end_matches(',')).map_or(Read::None, Read::Other);
    }
    let (month_first, day_first) = (day(c, a, b), day(c, b, a));
    match (form, month_first, day_first) {
        (DateForm::MonthFirst, Some(day), _) | (DateForm::DayFirst, _, Some(day)) => Read::Plain(day),
        (_, Some(one), Some(other)) if one != other => Read::None,
        (_, Some(day), _) | (_, _, Some(day)) => Read::Other(day),
        (_, None, None) => Read::None,
    }
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

const MONTHS: [(&str, &str); 16] = [
    ("jan", "1"),
    ("feb", "2"),
    ("fév", "2"),
    ("mar", "3"),
    ("apr", "4"),
    ("avr", "4"),
    ("may", "5"),
    ("mai", "5"),
    ("jun", "6"),
    ("juin", "6"),
    ("jul", "7"),
    ("juil", "7"),
    ("sep", "9"),
    ("oct", "10"),
    ("nov", "11"),
    ("dec", "12"),
];

fn month_named(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    if text.starts_with("aug") || text.starts_with("aoû") {
        return Some("8");
    }
    if text.starts_with("déc") {
        return Some("12");
    }
    MONTHS
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map(|(_, month)| *month)
}

/// The form in which every one of these is a day, the likeliest first; none
/// when they can be read in two ways or not at all.
pub(crate) fn form_of(texts: &[&str]) -> Option<DateForm> {
    let all = |form: DateForm| {
        texts
            .iter()
            .all(|text| matches!(read(text, form), Read::Plain(_)))
    };
    let forms: Vec<DateForm> = DateForm::ALL.iter().copied().filter(|form| all(*form)).collect();
    match forms.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}
