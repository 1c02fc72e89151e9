//! How long the rows of a file stay after the last work on it.
//!
//! They hold what the file held: names, birth dates, addresses, and what the
//! records said before. As long as they stay a run can be corrected, run again
//! and undone; afterwards its line, its figures and the audit remain.

use kernel::Date;

/// A span, from a day on.
struct Kept {
    from: &'static str,
    days: i64,
}

/// In their order; a new span is a new row, with its source.
const KEPT: &[Kept] = &[
    // Lodgepole. Protection of Privacy Act (Alberta): kept no longer than its
    // purpose needs; a month is time enough to see that an import was wrong.
    Kept {
        from: "2026-09-01",
        days: 30,
    },
];

/// Days that rows stay, by what holds on `day`; the first span before any begins.
pub fn days_kept(day: Date) -> i64 {
    let begun = |one: &&Kept| one.from <= day.as_str();
    KEPT.iter().rfind(begun).unwrap_or(&KEPT[0]).days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_span_has_a_day_and_a_length_and_they_follow_one_another() {
        assert!(KEPT.windows(2).all(|pair| pair[0].from < pair[1].from));
        for one in KEPT {
            assert!(one.from.parse::<Date>().is_ok() && one.days > 0);
        }
        for (day, want) in [("2026-08-31", 30), ("2026-09-01", 30), ("2030-01-01", 30)] {
            assert_eq!(days_kept(day.parse().expect("a day")), want, "{day}");
        }
    }
}
