use super::{away_slots, is_told, judge_report, judge_take_back};
use crate::model::{AwayReason, DayPart, Mark, Meaning, Mode, NewReport, Report, Slot, Source};
use db::Known;
use kernel::{AbsenceReportId, AccountId, Date, Instant, SchoolId, StudentId};
use schools::SchoolDay;

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn told(first: &str, last: &str, note: &str) -> NewReport {
    NewReport {
        id: AbsenceReportId::derived("r"),
        student: StudentId::derived("s"),
        days: (day(first), day(last)),
        part: DayPart::Day,
        reason: AwayReason::Illness,
        note: note.to_owned(),
    }
}

#[test]
fn today_and_days_to_come_are_told_and_nothing_longer_than_two_months() {
    let today = day("2026-11-23");
    let long = "x".repeat(201);
    for (first, last, note, codes) in [
        ("2026-11-23", "2026-11-23", "", vec![]),
        ("2026-12-01", "2026-12-04", "to Calgary", vec![]),
        ("2026-11-22", "2026-11-23", "", vec!["LP-0760"]),
        ("2026-11-24", "2026-11-23", "", vec!["LP-0761"]),
        ("2026-11-23", "2027-01-21", "", vec![]),
        ("2026-11-23", "2027-01-22", "", vec!["LP-0761"]),
        ("2026-11-23", "2026-11-23", long.as_str(), vec!["LP-0709"]),
    ] {
        let found = judge_report(&told(first, last, note), today);
        let found: Vec<&str> = found.0.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(found, codes, "{first} {last}");
    }
}

#[test]
fn a_part_of_a_day_is_its_half_and_the_periods_that_begin_in_it() {
    let taught = SchoolDay {
        date: day("2026-11-23"),
        cycle_day: Some(1),
        label: String::new(),
        bell: None,
        is_early_dismissal: false,
        reason: String::new(),
    };
    let (am, pm, p) = (Slot::Morning, Slot::Afternoon, Slot::Period);
    for (part, mode, want) in [
        (DayPart::Day, Mode::Daily, vec![am, pm]),
        (DayPart::Morning, Mode::Daily, vec![am]),
        (DayPart::Afternoon, Mode::Daily, vec![pm]),
        (DayPart::Day, Mode::Period, vec![p(1), p(2), p(4)]),
        (DayPart::Morning, Mode::Period, vec![p(1), p(2)]),
        (DayPart::Afternoon, Mode::Both, vec![pm, p(4)]),
    ] {
        assert_eq!(
            away_slots(part, mode, (Some(&taught), [1, 2, 4])),
            want,
            "{part} {mode}"
        );
    }
    let none = away_slots(DayPart::Day, Mode::Period, (None, [1]));
    assert_eq!(none, vec![], "no period on a day that nobody is taught");
}

#[test]
fn what_a_roll_or_the_office_said_stays() {
    let mark = |meaning| Mark {
        school: SchoolId::derived("s"),
        student: StudentId::derived("s"),
        on: day("2026-11-23"),
        slot: Slot::Morning,
        letter: "A".to_owned(),
        meaning,
        minutes: None,
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
    };
    for (before, is_taken, want) in [
        (None, false, true),
        (None, true, false),
        (Some(Meaning::Present), false, true),
        (Some(Meaning::Present), true, false),
        (Some(Meaning::Unexplained), true, true),
        (Some(Meaning::Unexplained), false, true),
        (Some(Meaning::Unauthorized), false, false),
        (Some(Meaning::Authorized), false, false),
        (Some(Meaning::Late), true, false),
        (Some(Meaning::Activity), false, false),
    ] {
        let before = before.map(mark);
        assert_eq!(is_told(before.as_ref(), is_taken), want, "{before:?} {is_taken}");
    }
}

#[test]
fn a_report_is_taken_back_until_the_office_has_seen_it_and_while_its_days_last() {
    let report = Report {
        id: AbsenceReportId::derived("r"),
        school: SchoolId::derived("s"),
        student: StudentId::derived("s"),
        days: (day("2026-11-23"), day("2026-11-24")),
        part: DayPart::Day,
        reason: AwayReason::Illness,
        note: String::new(),
        account: AccountId::derived("a"),
        told_by: String::new(),
        told_at: Instant::from_micros(0),
        marks: 4,
        seen: None,
        taken_back_at: None,
    };
    let seen = Report {
        seen: Some((Instant::from_micros(1), "Marie".to_owned())),
        ..report.clone()
    };
    assert!(judge_take_back(&report, day("2026-11-24")).is_empty());
    for (report, today) in [(&report, "2026-11-25"), (&seen, "2026-11-23")] {
        assert_eq!(judge_take_back(report, day(today)).0[0].code, "LP-0763");
    }
}
