//! From the forms of enrolments to commands: parsed once, every finding at once.

use crate::posted::{Fields, all_read};
use enrolment::{Change, Coding, Enrol, Enrolment, Exit, Transfer};
use kernel::{Date, EnrolmentId, Findings, Outcome, SchoolYear};

/// The one date of a form that asks for no more.
pub(super) fn day(fields: &Fields, name: &str) -> Outcome<Date> {
    all_read(|found| fields.day(name, found))
}

/// From one school to another.
pub(super) fn transfer(before: &Enrolment, fields: &Fields) -> Outcome<Transfer> {
    all_read(|found| {
        let (to, grade) = (
            fields.chosen("to", "LP-0005", found),
            fields.chosen("grade", "LP-0004", found),
        );
        let (last_day, first_day) = (fields.day("last_day", found), fields.day("first_day", found)?);
        let seed = format!("{}/{}/{}", before.id, before.known.version, first_day);
        Some(Transfer {
            new: EnrolmentId::derived(&seed),
            to: to?,
            last_day: last_day?,
            first_day,
            grade: grade?,
            homeroom: fields.get("homeroom").to_owned(),
            coding: None,
        })
    })
}

/// What is said of an enrolment, as it shall be.
pub(super) fn change(fields: &Fields) -> Outcome<Change> {
    all_read(|found| {
        let (grade, start) = (
            fields.chosen("grade", "LP-0004", found),
            fields.day("start", found),
        );
        let (exit, coding) = (exit(fields, found), coding(fields, found));
        Some(Change {
            grade: grade?,
            homeroom: fields.get("homeroom").to_owned(),
            start: start?,
            exit,
            coding,
        })
    })
}

/// A new enrolment; its first day says the school year.
pub(in crate::students) fn enrol(fields: &Fields) -> Outcome<Enrol> {
    all_read(|found| {
        let (school, grade) = (
            fields.chosen("school", "LP-0005", found),
            fields.chosen("grade", "LP-0004", found),
        );
        let (start, exit) = (fields.day("start", found), exit(fields, found));
        let coding = coding(fields, found);
        let start = start?;
        Some(Enrol {
            school: school?,
            year: SchoolYear::of(start),
            grade: grade?,
            homeroom: fields.get("homeroom").to_owned(),
            start,
            exit,
            coding,
        })
    })
}

/// The last day, and how it ends: a day without a kind is not guessed at.
fn exit(fields: &Fields, found: &mut Findings) -> Option<Exit> {
    let on = fields.date("exit", found);
    let kind = if fields.get("exit").is_empty() {
        fields.parsed("exit_kind", "LP-0008", found)
    } else {
        fields.chosen("exit_kind", "LP-0008", found)
    };
    let (on, kind) = (on?, kind?);
    Some(Exit { on, kind })
}

fn coding(fields: &Fields, found: &mut Findings) -> Coding {
    let mut number = |name: &str| fields.parsed::<i32>(name, "LP-0006", found);
    let (french_hours, program_percentage, instruction_hours) = (
        number("french_hours"),
        number("program_percentage"),
        number("instruction_hours"),
    );
    Coding {
        programming_type: fields.get("programming_type").to_owned(),
        programming_timeframe: fields.get("programming_timeframe").to_owned(),
        types: fields.all("types"),
        exceptions: fields.all("exceptions"),
        grants: fields.all("grants"),
        resident_board: fields.some("resident_board"),
        francophone_board: fields.some("francophone_board"),
        indigenous_declaration: fields.some("indigenous_declaration"),
        french_hours,
        program_percentage,
        instruction_hours,
        operating_schedule: fields.some("operating_schedule"),
        source_change: fields.some("source_change"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use enrolment::ExitKind;
    use kernel::Failure;

    const GOOD: &[(&str, &str)] = &[
        ("school", "018f0000-0000-7000-8000-000000000001"),
        ("grade", "06"),
        ("start", "2026-09-01"),
    ];

    /// Code and field of what is found in the good form with these answers instead.
    fn found<T: std::fmt::Debug>(
        read: impl Fn(&Fields) -> Outcome<T>,
        instead: &[(&str, &str)],
    ) -> Vec<(String, String)> {
        let good = GOOD
            .iter()
            .filter(|(name, _)| instead.iter().all(|(other, _)| other != name));
        let fields: Vec<(&str, &str)> = good.chain(instead).copied().collect();
        match read(&Fields::of(&fields)) {
            Ok(_) => Vec::new(),
            Err(Failure::Invalid(findings)) => {
                findings.0.into_iter().map(|one| (one.code, one.field)).collect()
            }
            Err(other) => panic!("a finding was expected, not {other:?}"),
        }
    }

    #[test]
    fn every_wrong_answer_is_found_at_once() {
        let wrong = [
            ("school", "no school"),
            ("grade", "13"),
            ("start", "soon"),
            ("exit", "2027-02-30"),
            ("exit_kind", "Expelled"),
            ("french_hours", "many"),
            ("program_percentage", "1/2"),
        ];
        let pair = |code: &str, field: &str| (code.to_owned(), field.to_owned());
        assert_eq!(
            found(enrol, &wrong),
            [
                pair("LP-0005", "school"),
                pair("LP-0004", "grade"),
                pair("LP-0001", "start"),
                pair("LP-0001", "exit"),
                pair("LP-0008", "exit_kind"),
                pair("LP-0006", "french_hours"),
                pair("LP-0006", "program_percentage"),
            ]
        );
        assert_eq!(
            found(change, &wrong).len(),
            6,
            "all but the school, which a change does not ask for"
        );
    }

    #[test]
    fn the_end_is_not_guessed_at() {
        for (case, answers, want) in [
            ("no end", &[("exit", ""), ("exit_kind", "")][..], None),
            (
                "a kind alone ends nothing",
                &[("exit_kind", "WithdrawalDate")],
                None,
            ),
            (
                "a day without its kind",
                &[("exit", "2027-06-25")],
                Some("LP-0008"),
            ),
            (
                "an unknown kind",
                &[("exit", "2027-06-25"), ("exit_kind", "x")],
                Some("LP-0008"),
            ),
            ("an unknown kind alone", &[("exit_kind", "x")], Some("LP-0008")),
        ] {
            let codes: Vec<String> = found(enrol, answers).into_iter().map(|(code, _)| code).collect();
            assert_eq!(codes, want.into_iter().collect::<Vec<_>>(), "{case}");
        }
        let known = [GOOD, &[("exit", "2027-06-25"), ("exit_kind", "CompletionDate")]].concat();
        let exit = enrol(&Fields::of(&known)).expect("a good form").exit;
        assert_eq!(exit.map(|exit| exit.kind), Some(ExitKind::Completion));
    }

    #[test]
    fn the_first_day_says_the_school_year() {
        for (start, year) in [("2026-08-31", 2026), ("2026-09-01", 2027)] {
            let fields = [GOOD[0], GOOD[1], ("start", start)];
            let read = enrol(&Fields::of(&fields)).expect("a good form");
            assert_eq!(read.year.number(), year, "{start}");
        }
    }
}
