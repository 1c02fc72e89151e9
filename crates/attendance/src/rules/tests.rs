//! One row for each boundary, and for each way a roll may be wrong.

use super::*;
use crate::model::{Code, Entry, Mark, Meaning, Mode, RollAt, Source, Tally, default_codes};
use db::Known;
use kernel::{AttendanceRangeId, CalendarId, Instant, SchoolId, SchoolYear, StudentId};
use schools::Closure;
use std::collections::{BTreeMap, BTreeSet};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn school() -> SchoolId {
    SchoolId::derived("school")
}

fn child(name: &str) -> StudentId {
    StudentId::derived(name)
}

fn codes_found(findings: &Findings) -> Vec<&str> {
    findings.0.iter().map(|finding| finding.code.as_str()).collect()
}

fn calendar() -> Calendar {
    Calendar {
        id: CalendarId::derived("days"),
        school: school(),
        year: SchoolYear::ending(2027).expect("a year"),
        first_day: date("2026-09-08"),
        last_day: date("2027-06-25"),
        closures: vec![Closure {
            on: date("2026-11-11"),
            reason: "Remembrance Day".to_owned(),
            kind: schools::ClosureKind::Holiday,
        }],
        version: 1,
    }
}

#[test]
fn a_day_is_open_as_long_as_the_school_says() {
    let (days, codes) = (calendar(), default_codes());
    let closed = Setting {
        closed_until: Some(date("2026-10-31")),
        ..Setting::unset(school())
    };
    let open = Setting::unset(school());
    // The day, whether the office acts, whether it is a roll, the setting, what is found. Today is Monday 23 November.
    for (case, on, is_office, is_roll, setting, found) in [
        ("today", "2026-11-23", false, true, &open, vec![]),
        ("seven days back", "2026-11-16", false, true, &open, vec![]),
        ("ten days back", "2026-11-13", false, true, &open, vec!["LP-0704"]),
        (
            "ten days back, the office",
            "2026-11-13",
            true,
            true,
            &open,
            vec![],
        ),
        ("tomorrow", "2026-11-24", false, true, &open, vec!["LP-0705"]),
        (
            "tomorrow's roll, the office",
            "2026-11-24",
            true,
            true,
            &open,
            vec!["LP-0705"],
        ),
        (
            "tomorrow, a mark of the office",
            "2026-11-24",
            true,
            false,
            &open,
            vec![],
        ),
        ("a weekend", "2026-11-22", true, true, &open, vec!["LP-0702"]),
        ("a holiday", "2026-11-11", true, true, &open, vec!["LP-0702"]),
        (
            "before the year",
            "2026-09-07",
            true,
            true,
            &open,
            vec!["LP-0702"],
        ),
        ("closed", "2026-10-30", true, false, &closed, vec!["LP-0706"]),
        (
            "closed, a teacher is told that alone",
            "2026-10-30",
            false,
            true,
            &closed,
            vec!["LP-0706"],
        ),
        ("the day after", "2026-11-02", true, false, &closed, vec![]),
    ] {
        let facts = Facts {
            today: date("2026-11-23"),
            is_office,
            setting,
            calendar: Some(&days),
            codes: &codes,
        };
        assert_eq!(
            codes_found(&judge_day(&facts, date(on), is_roll)),
            found,
            "{case}"
        );
    }
    let none = Facts {
        today: date("2026-11-23"),
        is_office: true,
        setting: &open,
        calendar: None,
        codes: &codes,
    };
    assert_eq!(
        codes_found(&judge_day(&none, date("2026-11-23"), true)),
        ["LP-0702"]
    );
}

#[test]
fn a_slot_is_one_of_the_mode_and_fits_its_group() {
    let homeroom = Group::Homeroom("7A".to_owned());
    let section = Group::Section(kernel::SectionId::derived("science"));
    for (mode, slot, group, is_taken) in [
        (Mode::Daily, Slot::Morning, Some(&homeroom), true),
        (Mode::Daily, Slot::Afternoon, None, true),
        (Mode::Daily, Slot::Period(1), Some(&section), false),
        (Mode::Daily, Slot::Morning, Some(&section), false),
        (Mode::Period, Slot::Period(3), Some(&section), true),
        (Mode::Period, Slot::Morning, Some(&homeroom), false),
        (Mode::Both, Slot::Morning, Some(&homeroom), true),
        (Mode::Both, Slot::Period(3), Some(&section), true),
        (Mode::Both, Slot::Period(3), Some(&homeroom), false),
    ] {
        let setting = Setting {
            mode,
            ..Setting::unset(school())
        };
        let found = judge_slot(&setting, slot, group);
        let wanted: &[&str] = if is_taken { &[] } else { &["LP-0711"] };
        assert_eq!(codes_found(&found), wanted, "{mode} {slot}");
    }
}

#[test]
fn what_is_said_of_a_student_has_a_code_of_the_day_and_fits_it() {
    let codes = default_codes();
    let long = "x".repeat(LONGEST_COMMENT + 1);
    for (letter, minutes, comment, found) in [
        ("A", None, "", vec![]),
        ("L", Some(1), "", vec![]),
        ("L", Some(MOST_MINUTES), "bus", vec![]),
        ("L", Some(0), "", vec!["LP-0707"]),
        ("L", Some(MOST_MINUTES + 1), "", vec!["LP-0707"]),
        ("A", Some(5), "", vec!["LP-0708"]),
        ("Z", None, "", vec!["LP-0701"]),
        ("a", None, "", vec!["LP-0701"]),
        ("E", None, long.as_str(), vec!["LP-0709"]),
    ] {
        let said = judge_saying(
            &codes,
            date("2026-11-23"),
            (letter, minutes, comment),
            str::to_owned,
        );
        assert_eq!(codes_found(&said), found, "{letter} {minutes:?}");
    }
    let ended = Codes(vec![Code {
        valid_until: Some(date("2026-11-22")),
        ..codes.0[0].clone()
    }]);
    let late = judge_saying(&ended, date("2026-11-23"), ("P", None, ""), str::to_owned);
    assert_eq!(codes_found(&late), ["LP-0701"], "codes are dated");
}

fn at() -> RollAt {
    RollAt {
        school: school(),
        on: date("2026-11-23"),
        slot: Slot::Morning,
        group: Group::Homeroom("7A".to_owned()),
    }
}

fn entry(name: &str, letter: &str, seen: i64) -> Entry {
    Entry {
        student: child(name),
        letter: letter.to_owned(),
        minutes: None,
        comment: String::new(),
        seen,
    }
}

fn standing(name: &str, letter: &str, version: i64) -> (StudentId, Mark) {
    let mark = Mark {
        school: school(),
        student: child(name),
        on: date("2026-11-23"),
        slot: Slot::Morning,
        letter: letter.to_owned(),
        meaning: default_codes()
            .find(letter, date("2026-11-23"))
            .expect("a default code")
            .meaning,
        minutes: None,
        comment: String::new(),
        source: Source::Office,
        range: None,
        known: Known {
            version,
            from: Instant::from_micros(0),
            to: None,
            by: "Office".to_owned(),
            reason: String::new(),
        },
    };
    (child(name), mark)
}

#[test]
fn a_roll_changes_what_its_page_saw_and_nothing_else() {
    let students = BTreeSet::from([child("ada"), child("ben")]);
    let codes = default_codes();
    // What stands of Ada, what is sent of her, letters written, letters that clash.
    for (case, stands, sent, written, clashing) in [
        ("nothing, present", None, entry("ada", "P", 0), vec![], vec![]),
        ("nothing, absent", None, entry("ada", "A", 0), vec!["A"], vec![]),
        ("nothing, nothing", None, entry("ada", "", 0), vec![], vec![]),
        (
            "absent, nothing said",
            Some(("A", 1)),
            entry("ada", "", 0),
            vec![],
            vec![],
        ),
        (
            "absent and seen, present now",
            Some(("A", 1)),
            entry("ada", "P", 1),
            vec!["P"],
            vec![],
        ),
        (
            "absent and seen, late now",
            Some(("A", 2)),
            entry("ada", "L", 2),
            vec!["L"],
            vec![],
        ),
        (
            "excused meanwhile, presumed present",
            Some(("E", 1)),
            entry("ada", "P", 0),
            vec![],
            vec![],
        ),
        (
            "excused meanwhile, absent",
            Some(("E", 1)),
            entry("ada", "A", 0),
            vec![],
            vec!["A"],
        ),
        (
            "excused after it was seen absent",
            Some(("E", 2)),
            entry("ada", "A", 1),
            vec![],
            vec!["A"],
        ),
        (
            "excused after it was seen absent, present",
            Some(("E", 2)),
            entry("ada", "P", 1),
            vec![],
            vec!["P"],
        ),
        (
            "both say excused",
            Some(("E", 2)),
            entry("ada", "E", 0),
            vec![],
            vec![],
        ),
    ] {
        let marks: BTreeMap<_, _> = stands
            .map(|(letter, version)| standing("ada", letter, version))
            .into_iter()
            .collect();
        let decision = decide(&at(), &codes, &students, &marks, &[sent]).expect("nothing is refused");
        let letters: Vec<&str> = decision
            .changes
            .iter()
            .map(|one| one.entry.letter.as_str())
            .collect();
        assert_eq!(letters, written, "{case}");
        let clashes: Vec<&str> = decision
            .clashes
            .iter()
            .map(|one| one.ours.letter.as_str())
            .collect();
        assert_eq!(clashes, clashing, "{case}");
    }
}

#[test]
fn a_roll_with_a_stranger_a_twin_or_an_unknown_code_is_refused_whole() {
    let students = BTreeSet::from([child("ada"), child("ben")]);
    for (case, entries, found) in [
        (
            "a stranger",
            vec![entry("ada", "A", 0), entry("zoe", "A", 0)],
            vec!["LP-0703"],
        ),
        (
            "named twice",
            vec![entry("ada", "A", 0), entry("ada", "L", 0)],
            vec!["LP-0710"],
        ),
        ("an unknown code", vec![entry("ada", "Q", 0)], vec!["LP-0701"]),
        (
            "all at once",
            vec![entry("zoe", "A", 0), entry("ada", "Q", 0), entry("ada", "A", 0)],
            vec!["LP-0703", "LP-0701", "LP-0710"],
        ),
    ] {
        let refused = decide(&at(), &default_codes(), &students, &BTreeMap::new(), &entries);
        assert_eq!(codes_found(&refused.expect_err(case)), found, "{case}");
    }
}

#[test]
fn an_entry_for_many_names_somebody_some_slots_and_days_in_order() {
    let cmd = |students: Vec<StudentId>, days: (&str, &str), slots: Vec<Slot>| MarkRange {
        id: AttendanceRangeId::derived("range"),
        school: school(),
        students,
        days: (date(days.0), date(days.1)),
        slots,
        letter: "T".to_owned(),
        comment: String::new(),
    };
    let whole = Slot::DAILY.to_vec();
    for (case, cmd, found) in [
        (
            "one day",
            cmd(vec![child("ada")], ("2026-11-23", "2026-11-23"), whole.clone()),
            vec![],
        ),
        (
            "nobody",
            cmd(vec![], ("2026-11-23", "2026-11-23"), whole.clone()),
            vec!["LP-0714"],
        ),
        (
            "no slot",
            cmd(vec![child("ada")], ("2026-11-23", "2026-11-23"), vec![]),
            vec!["LP-0714"],
        ),
        (
            "backwards",
            cmd(vec![child("ada")], ("2026-11-23", "2026-11-22"), whole.clone()),
            vec!["LP-0712"],
        ),
        (
            "200 days",
            cmd(vec![child("ada")], ("2026-09-01", "2027-03-19"), whole.clone()),
            vec![],
        ),
        (
            "201 days",
            cmd(vec![child("ada")], ("2026-09-01", "2027-03-20"), whole),
            vec!["LP-0712"],
        ),
    ] {
        assert_eq!(codes_found(&judge_range(&cmd)), found, "{case}");
    }
}

#[test]
fn an_explanation_explains() {
    let (codes, on) = (default_codes(), date("2026-11-23"));
    for (letter, found) in [
        ("E", vec![]),
        ("U", vec![]),
        ("P", vec![]),
        ("A", vec!["LP-0715"]),
    ] {
        assert_eq!(
            codes_found(&judge_explanation(&codes, letter, on)),
            found,
            "{letter}"
        );
    }
}

#[test]
fn the_desk_notes_times_of_today_that_have_come() {
    for (minute, found) in [
        (0, vec![]),
        (582, vec![]),
        (583, vec!["LP-0716"]),
        (-1, vec!["LP-0716"]),
        (24 * 60, vec!["LP-0716"]),
    ] {
        assert_eq!(codes_found(&judge_time(minute, 582)), found, "{minute}");
    }
    assert_eq!(slot_at(719), Slot::Morning);
    assert_eq!(slot_at(720), Slot::Afternoon);
}

#[test]
fn a_call_says_who_was_called() {
    let long = "x".repeat(LONGEST_NAME + 1);
    let note = "x".repeat(LONGEST_COMMENT + 1);
    for (who, note, found) in [
        ("Rose Cardinal", "", vec![]),
        ("", "", vec!["LP-0717"]),
        (long.as_str(), "", vec!["LP-0717"]),
        ("Rose Cardinal", note.as_str(), vec!["LP-0709"]),
    ] {
        assert_eq!(codes_found(&judge_call(who, note)), found);
    }
}

#[test]
fn the_codes_of_a_school_are_short_labelled_and_enough() {
    let today = date("2026-11-23");
    let with = |place: usize, change: &dyn Fn(&mut Code)| {
        let mut codes = default_codes();
        change(&mut codes.0[place]);
        codes
    };
    for (case, codes, found) in [
        ("the default ones", default_codes(), vec![]),
        (
            "a small letter",
            with(3, &|code| code.letter = "e".to_owned()),
            vec!["LP-0718"],
        ),
        (
            "three letters",
            with(3, &|code| code.letter = "EXC".to_owned()),
            vec!["LP-0718"],
        ),
        ("no letter", with(3, &|code| code.letter.clear()), vec!["LP-0718"]),
        (
            "no label",
            with(3, &|code| code.label_fr.clear()),
            vec!["LP-0719"],
        ),
        (
            "a long label",
            with(3, &|code| code.label_en = "x".repeat(41)),
            vec!["LP-0719"],
        ),
        (
            "a letter twice",
            with(3, &|code| code.letter = "L".to_owned()),
            vec!["LP-0720"],
        ),
        (
            "none is late",
            with(2, &|code| code.meaning = Meaning::Authorized),
            vec!["LP-0721"],
        ),
        (
            "what is over counts for nothing",
            with(2, &|code| code.valid_until = Some(date("2026-11-22"))),
            vec!["LP-0721"],
        ),
    ] {
        assert_eq!(codes_found(&judge_codes(&codes, today)), found, "{case}");
    }
}

#[test]
fn teachers_have_up_to_sixty_days() {
    for (teacher_days, found) in [
        (0, vec![]),
        (60, vec![]),
        (61, vec!["LP-0722"]),
        (-1, vec!["LP-0722"]),
    ] {
        let setting = Setting {
            teacher_days,
            ..Setting::unset(school())
        };
        assert_eq!(codes_found(&judge_setting(&setting)), found, "{teacher_days}");
    }
}

#[test]
fn a_tenth_of_the_half_days_missed_is_chronic_whatever_the_reason() {
    const HALF: u32 = Tally::DAY / 2;
    let year = SchoolYear::ending(2027).expect("a year");
    let missed = |authorized, unauthorized, unexplained, late, activity| Tally {
        authorized,
        unauthorized,
        unexplained,
        late,
        activity,
    };
    for (tally, possible, is) in [
        (missed(9 * HALF, 0, 0, 0, 0), 100, false),
        (missed(10 * HALF, 0, 0, 0, 0), 100, true),
        (missed(10 * HALF - 1, 0, 0, 0, 0), 100, false),
        (missed(4 * HALF, 3 * HALF, 3 * HALF, 0, 0), 100, true),
        (missed(0, 0, 0, 50, 50 * HALF), 100, false),
        (missed(0, 0, 0, 0, 0), 0, false),
    ] {
        assert_eq!(
            is_chronic(tally.absent(), possible, year),
            is,
            "{tally:?} of {possible}"
        );
    }
    assert!((days_missed(missed(HALF, HALF, HALF, 9, 9)) - 1.5).abs() < f64::EPSILON);
}

#[test]
fn marks_are_counted_by_meaning_and_month() {
    let marks: Vec<Mark> = [
        ("2026-09-30", "A"),
        ("2026-10-01", "E"),
        ("2026-10-02", "L"),
        ("2026-10-02", "P"),
    ]
    .into_iter()
    .map(|(on, letter)| Mark {
        on: date(on),
        ..standing("ada", letter, 1).1
    })
    .collect();
    let all = tally(&marks, |_| 1);
    assert_eq!(
        (all.unexplained, all.authorized, all.late, all.absent()),
        (1, 1, 1, 2)
    );
    let by_month: Vec<(String, u32)> = months(&marks, |_| 1)
        .into_iter()
        .map(|(month, tally)| (month, tally.absent()))
        .collect();
    assert_eq!(by_month, [("2026-09".to_owned(), 1), ("2026-10".to_owned(), 1)]);
}

#[test]
fn every_rule_is_in_the_register_once() {
    let mut codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.iter().all(|code| code.starts_with("LP-07")));
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), RULES.len());
    assert!(
        codes.contains(&"LP-0713"),
        "asked with a calendar, in tests/office.rs"
    );
}

#[test]
fn slots_and_groups_are_read_as_they_are_written() {
    for slot in [Slot::Morning, Slot::Afternoon, Slot::Period(1), Slot::Period(20)] {
        assert_eq!(slot.as_str().parse::<Slot>(), Ok(slot));
    }
    for text in ["", "P0", "P21", "am", "1"] {
        assert!(text.parse::<Slot>().is_err(), "{text}");
    }
    let section = Group::Section(kernel::SectionId::derived("science"));
    for group in [Group::Homeroom("7:A".to_owned()), section] {
        assert_eq!(group.key().parse::<Group>(), Ok(group));
    }
    for text in ["", "homeroom:", "section:x", "7A"] {
        assert!(text.parse::<Group>().is_err(), "{text}");
    }
}
