//! Periods: one row for each boundary.

use super::*;
use crate::model::{Differs, Direction, Half, Keep, Meaning, Slot, Tally, Word};
use courses::{Meeting, Section, SectionState};
use kernel::{BellScheduleId, Date, Findings, SchoolId, SchoolYear, SectionId};
use schools::{BellSchedule, Period, PeriodKind, SchoolDay};

fn codes_found(findings: &Findings) -> Vec<&str> {
    findings.0.iter().map(|finding| finding.code.as_str()).collect()
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Day 2 of the cycle, with blocks at 8:40, 10:10, 12:20 and 13:50 of 85 minutes.
fn day() -> SchoolDay {
    let block = |(number, starts): (u8, u16)| Period {
        number,
        name: format!("Block {number}"),
        starts,
        ends: starts + 85,
        kind: PeriodKind::Instruction,
    };
    let blocks = [(1, 520), (2, 610), (3, 740), (4, 830)];
    SchoolDay {
        date: date("2026-11-23"),
        cycle_day: Some(2),
        label: "2".to_owned(),
        bell: Some(BellSchedule {
            id: BellScheduleId::derived("b"),
            name: "Regular".to_owned(),
            is_usual: true,
            periods: blocks.into_iter().map(block).collect(),
            version: 1,
        }),
        is_early_dismissal: false,
        reason: String::new(),
    }
}

fn section() -> Section {
    Section {
        id: SectionId::derived("s"),
        school: SchoolId::derived("school"),
        year: SchoolYear::ending(2027).expect("a year"),
        number: "ELA3105-1".to_owned(),
        courses: Vec::new(),
        term: None,
        first_day: date("2026-09-01"),
        last_day: date("2027-01-29"),
        room: String::new(),
        capacity: None,
        state: SectionState::Open,
        meetings: vec![Meeting::new(2, 1), Meeting::new(3, 2)],
        staff: Vec::new(),
        version: 1,
    }
}

#[test]
fn a_roll_is_of_a_period_in_which_the_section_meets() {
    let over = Section {
        last_day: date("2026-11-20"),
        ..section()
    };
    for (case, section, on, slot, found) in [
        ("it meets", section(), Some(day()), Slot::Period(1), vec![]),
        (
            "another period",
            section(),
            Some(day()),
            Slot::Period(2),
            vec!["LP-0723"],
        ),
        (
            "no period",
            section(),
            Some(day()),
            Slot::Morning,
            vec!["LP-0723"],
        ),
        (
            "nobody is taught",
            section(),
            None,
            Slot::Period(1),
            vec!["LP-0723"],
        ),
        ("it is over", over, Some(day()), Slot::Period(1), vec!["LP-0723"]),
    ] {
        assert_eq!(
            codes_found(&judge_meeting(&section, on.as_ref(), slot)),
            found,
            "{case}"
        );
    }
}

#[test]
fn the_desk_touches_the_periods_that_are_missed() {
    let all = |there: &[u8]| -> Vec<Passing> {
        let blocks = [(1, (520, 605)), (2, (610, 695)), (3, (740, 825)), (4, (830, 915))];
        blocks
            .into_iter()
            .map(|(number, minutes)| Passing {
                number,
                minutes,
                was_there: there.contains(&number),
            })
            .collect()
    };
    let (way_in, way_out) = (Direction::In, Direction::Out);
    for (case, way, minute, meaning, there, touched_are) in [
        (
            "late in the second",
            way_in,
            622,
            Meaning::Late,
            vec![],
            vec![(2, Some(12))],
        ),
        ("late between two", way_in, 607, Meaning::Late, vec![], vec![]),
        (
            "from the dentist",
            way_in,
            622,
            Meaning::Authorized,
            vec![],
            vec![(1, None), (2, None)],
        ),
        (
            "back again",
            way_in,
            622,
            Meaning::Authorized,
            vec![1],
            vec![(2, None)],
        ),
        (
            "as the bell rings",
            way_in,
            520,
            Meaning::Authorized,
            vec![],
            vec![],
        ),
        (
            "to the dentist",
            way_out,
            700,
            Meaning::Authorized,
            vec![1, 2],
            vec![(3, None), (4, None)],
        ),
        (
            "out of a lesson",
            way_out,
            650,
            Meaning::Authorized,
            vec![2],
            vec![(2, None), (3, None), (4, None)],
        ),
        ("nobody leaves late", way_out, 650, Meaning::Late, vec![], vec![]),
        (
            "after the last",
            way_out,
            915,
            Meaning::Authorized,
            vec![],
            vec![],
        ),
    ] {
        assert_eq!(
            touched((way, minute), meaning, &all(&there)),
            touched_are,
            "{case}"
        );
    }
}

#[test]
fn a_period_counts_as_its_share_of_a_day() {
    // LP-0726: the slot, whether a daily roll was taken that day, the periods of a day, and what the mark counts.
    for (case, slot, has_daily_roll, periods, of_day) in [
        ("a half", Slot::Morning, true, 4, Tally::DAY / 2),
        ("a half beside periods", Slot::Afternoon, false, 4, Tally::DAY / 2),
        ("one of four", Slot::Period(1), false, 4, Tally::DAY / 4),
        ("one of eight", Slot::Period(8), false, 8, Tally::DAY / 8),
        ("one of eleven, to the nearest", Slot::Period(1), false, 11, 229),
        ("the day counts", Slot::Period(1), true, 4, 0),
        ("no periods", Slot::Period(1), false, 0, 0),
    ] {
        assert_eq!(parts(slot, has_daily_roll, periods), of_day, "{case}");
    }
    assert_eq!(periods_of_day(None), 4, "no bell schedule");
    let mut late = Tally::default();
    late.add(Meaning::Late, 3, 630);
    assert_eq!((late.late, late.absent()), (3, 0), "late is counted in times");
    assert_eq!(codes_found(&how_counted()), ["LP-0726"]);
}

#[test]
fn a_period_belongs_to_the_half_in_which_it_begins() {
    let bells = day();
    let none = SchoolDay { bell: None, ..day() };
    for (on, number, half) in [
        (&bells, 2, Slot::Morning),
        (&bells, 3, Slot::Afternoon),
        (&none, 2, Slot::Morning),
        (&none, 3, Slot::Afternoon),
    ] {
        assert_eq!(half_of(on, number), half, "{number}");
    }
}

fn half(daily: Meaning, periods: &[Meaning]) -> Half {
    let word = |slot: Slot, meaning: Meaning| Word {
        slot,
        letter: match meaning {
            Meaning::Present => "P",
            Meaning::Unexplained => "A",
            Meaning::Unauthorized => "U",
            Meaning::Authorized => "E",
            Meaning::Late => "L",
            Meaning::Activity => "T",
        }
        .to_owned(),
        meaning,
        version: 1,
    };
    Half {
        daily: word(Slot::Morning, daily),
        periods: periods
            .iter()
            .zip(1..)
            .map(|(meaning, number)| word(Slot::Period(number), *meaning))
            .collect(),
    }
}

#[test]
fn periods_and_day_disagree_where_both_cannot_be_true() {
    use Meaning::{Activity, Authorized, Late, Present, Unexplained};
    for (case, daily, periods, how) in [
        ("both there", Present, vec![Present, Present], None),
        ("both absent", Unexplained, vec![Unexplained, Unexplained], None),
        ("one lesson missed", Present, vec![Present, Unexplained], None),
        ("came late", Late, vec![Unexplained, Present], None),
        (
            "seen in a lesson",
            Authorized,
            vec![Authorized, Present],
            Some(Differs::There),
        ),
        (
            "seen late in a lesson",
            Unexplained,
            vec![Unexplained, Late],
            Some(Differs::There),
        ),
        (
            "in no lesson",
            Present,
            vec![Unexplained, Unexplained],
            Some(Differs::Absent),
        ),
        (
            "late for the day, in no lesson",
            Late,
            vec![Unexplained],
            Some(Differs::Absent),
        ),
        (
            "explained for the day alone",
            Authorized,
            vec![Unexplained, Authorized],
            Some(Differs::Explained),
        ),
        ("a trip", Activity, vec![Unexplained], Some(Differs::Explained)),
        (
            "explained for a lesson alone",
            Unexplained,
            vec![Authorized],
            Some(Differs::Explained),
        ),
        (
            "open in a lesson too",
            Unexplained,
            vec![Authorized, Unexplained],
            None,
        ),
        ("on a trip by both", Activity, vec![Activity], None),
    ] {
        assert_eq!(differ(&half(daily, &periods)), how, "{case}");
    }
}

#[test]
fn what_settles_a_disagreement_leaves_none() {
    use Meaning::{Activity, Authorized, Late, Present, Unexplained};
    let meaning = |letter: &str| match letter {
        "P" => Present,
        "A" => Unexplained,
        "E" => Authorized,
        "L" => Late,
        _ => Activity,
    };
    for (daily, periods) in [
        (Authorized, vec![Authorized, Present]),
        (Unexplained, vec![Unexplained, Late]),
        (Present, vec![Unexplained, Authorized]),
        (Authorized, vec![Unexplained, Authorized]),
        (Activity, vec![Unexplained]),
        (Authorized, vec![Unexplained, Present]),
        (Unexplained, vec![Authorized, Present]),
        (Unexplained, vec![Authorized, Activity]),
    ] {
        let before = half(daily, &periods);
        let how = differ(&before).expect("they disagree");
        for keep in Keep::ALL {
            let mut after = before.clone();
            let written = settled(&before, how, *keep, "P");
            assert!(!written.is_empty(), "{daily} {periods:?} {keep}");
            for (slot, letter) in written {
                let words = std::iter::once(&mut after.daily).chain(&mut after.periods);
                for word in words.filter(|word| word.slot == slot) {
                    assert_ne!(word.letter, letter, "nothing is written that stands");
                    word.meaning = meaning(&letter);
                    word.letter.clone_from(&letter);
                }
            }
            assert_eq!(differ(&after), None, "{daily} {periods:?} {keep}: {after:?}");
        }
    }
}
