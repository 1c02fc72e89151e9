//! A year of one student in figures: by term, and by code.

use super::*;
use crate::model::{Mark, Meaning, Slot, Source, Tally};
use db::Known;
use kernel::{Date, Instant, SchoolId, StudentId};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn mark(on: &str, slot: Slot, letter: &str, meaning: Meaning, minutes: Option<i32>) -> Mark {
    Mark {
        school: SchoolId::derived("s"),
        student: StudentId::derived("a"),
        on: date(on),
        slot,
        letter: letter.to_owned(),
        meaning,
        minutes,
        comment: String::new(),
        source: Source::Teacher,
        range: None,
        known: Known {
            version: 1,
            from: Instant::from_micros(0),
            to: None,
            by: String::new(),
            reason: String::new(),
        },
    }
}

fn marks() -> Vec<Mark> {
    vec![
        mark("2026-09-10", Slot::Morning, "I", Meaning::Authorized, None),
        mark("2026-09-10", Slot::Afternoon, "I", Meaning::Authorized, None),
        mark("2026-10-05", Slot::Morning, "L", Meaning::Late, Some(12)),
        mark("2027-02-03", Slot::Period(2), "A", Meaning::Unexplained, None),
        mark("2027-02-03", Slot::Period(3), "L", Meaning::Late, Some(5)),
        mark("2027-02-04", Slot::Period(2), "L", Meaning::Late, None),
    ]
}

#[test]
fn a_term_counts_its_days_of_instruction_and_its_marks_alone() {
    let taught = [
        "2026-09-10",
        "2026-10-05",
        "2026-11-02",
        "2027-02-03",
        "2027-02-04",
    ]
    .map(date);
    let parts = |mark: &Mark| parts(mark.slot, false, 4);
    let whole = (date("2026-09-01"), date("2027-08-31"));
    let first = (date("2026-09-01"), date("2027-01-29"));
    let second = (date("2027-02-01"), date("2027-06-25"));
    let stays = [
        (date("2026-10-01"), Some(date("2026-10-30"))),
        (date("2027-01-04"), None),
    ];
    let always = [(date("2026-09-01"), None)];
    // The span, when the student was there, days of instruction, tally in parts of a day, times late, minutes late.
    for (case, days, stays, taught_then, absent, late, minutes) in [
        (
            "the whole year",
            whole,
            &always[..],
            5,
            Tally::DAY + Tally::DAY / 4,
            3,
            17,
        ),
        ("the first half", first, &always, 3, Tally::DAY, 1, 12),
        ("the second half", second, &always, 2, Tally::DAY / 4, 2, 5),
        (
            "left and came again",
            whole,
            &stays,
            3,
            Tally::DAY + Tally::DAY / 4,
            3,
            17,
        ),
    ] {
        let part = year_part(("", days), (&taught, stays), &marks(), parts);
        let told = (
            part.taught,
            part.tally.absent(),
            part.tally.late,
            part.late_minutes,
        );
        assert_eq!(told, (taught_then, absent, late, minutes), "{case}");
    }
    let by_day = year_part(("", second), (&taught, &always), &marks(), |mark| {
        super::parts(mark.slot, true, 4)
    });
    assert_eq!(
        (by_day.tally, by_day.late_minutes),
        (Tally::default(), 0),
        "a daily roll counts alone"
    );
}

#[test]
fn a_code_is_counted_in_half_days_and_in_periods() {
    let told: Vec<(String, u32, u32, u32)> = by_code(&marks())
        .into_iter()
        .map(|one| (one.letter, one.half_days, one.periods, one.minutes))
        .collect();
    let want = [("A", 0, 1, 0), ("I", 2, 0, 0), ("L", 1, 2, 17)]
        .map(|(letter, half, period, minutes)| (letter.to_owned(), half, period, minutes));
    assert_eq!(told, want);
    assert!(by_code(&[]).is_empty());
}
