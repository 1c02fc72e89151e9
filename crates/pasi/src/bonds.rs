//! Which differences PASI's contract decides together: a choice of a side in
//! one of them calls for a decision of the other.

use crate::decide::Choice;
use crate::difference::Difference;

/// The open differences that must be decided for `choice` too when that is
/// chosen for the one `at`; by their places in `open`.
///
/// - An enrolment, in a school or a course, that one side has deleted says nothing else: whether it is
///   deleted is one choice with all its other fields.
/// - A day of exit and its kind are one where a side has no exit: PASI takes
///   neither without the other.
/// - The name that a side goes by is one of its names: it cannot be gone by
///   when it is not kept.
pub fn bound(open: &[Difference], at: usize, choice: Choice) -> Vec<usize> {
    let Some(one) = open.get(at) else {
        return Vec::new();
    };
    (0..open.len())
        .filter(|other| *other != at && is_bound(open, one, &open[*other], choice))
        .collect()
}

/// Must `other` be decided for `choice` when `one` is?
fn is_bound(open: &[Difference], one: &Difference, other: &Difference, choice: Choice) -> bool {
    let is_same_record = (&one.record_kind, &one.record_key) == (&other.record_kind, &other.record_key);
    match one.record_kind.as_str() {
        "enrolment" | "course-enrolment" if is_same_record => {
            let is_deletion = |one: &Difference| one.field == "deleted";
            let of_record = |other: &&Difference| other.record_key == one.record_key;
            open.iter().filter(of_record).any(is_deletion) || is_one_exit(one, other)
        }
        "student" if one.field == "preferred-name" && other.field == "other-name" => match choice {
            Choice::Ours => is_name(&one.ours, &other.ours),
            Choice::Theirs => is_name(&one.theirs, &other.theirs),
        },
        // What is gone by on one side is taken out by the other's.
        "name" if one.field == "other-name" && other.field == "preferred-name" => match choice {
            Choice::Ours => is_name(&one.theirs, &other.theirs) && !is_name(&one.ours, &other.ours),
            Choice::Theirs => is_name(&one.ours, &other.ours),
        },
        _ => false,
    }
}

fn is_one_exit(one: &Difference, other: &Difference) -> bool {
    let is_of_exit = |one: &Difference| matches!(one.field.as_str(), "exit-date" | "exit-kind");
    let is_missing = one.ours.is_empty() || one.theirs.is_empty();
    is_of_exit(one) && is_of_exit(other) && is_missing
}

fn is_name(one: &str, other: &str) -> bool {
    !one.is_empty() && one == other
}

#[cfg(test)]
mod tests {
    use super::bound;
    use crate::decide::Choice::{self, Ours, Theirs};
    use crate::difference::Difference;
    use kernel::{DivisionId, Instant, StudentId};

    fn differs((kind, key, field): (&str, &str, &str), ours: &str, theirs: &str) -> Difference {
        Difference {
            division_id: DivisionId(3260),
            student_id: StudentId::derived("one"),
            record_kind: kind.to_owned(),
            record_key: key.to_owned(),
            field: field.to_owned(),
            about: String::new(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
            core_version: 1,
            cause: "changed-there".to_owned(),
            found_at: Instant::from_micros(0),
        }
    }

    /// What is open, and with which others each choice of the first is bound.
    type Case = (
        &'static str,
        Vec<Difference>,
        &'static [(Choice, &'static [usize])],
    );

    #[test]
    fn each_choice_calls_for_what_pasi_does_not_take_apart_and_for_nothing_else() {
        let enrolment = |field| ("enrolment", "a", field);
        let other = |field| ("enrolment", "b", field);
        let (preferred, name) = (("student", "1", "preferred-name"), ("name", "n", "other-name"));
        let cases: [Case; 9] = [
            (
                "grade and exit are apart",
                vec![
                    differs(enrolment("grade"), "6", "7"),
                    differs(enrolment("exit-date"), "2027-01-15", "2027-01-29"),
                    differs(enrolment("exit-kind"), "WithdrawalDate", "CompletionDate"),
                ],
                &[(Ours, &[]), (Theirs, &[])],
            ),
            (
                "two exits differ in day and in kind",
                vec![
                    differs(enrolment("exit-date"), "2027-01-15", "2027-01-29"),
                    differs(enrolment("exit-kind"), "WithdrawalDate", "CompletionDate"),
                ],
                &[(Ours, &[]), (Theirs, &[])],
            ),
            (
                "an exit that one side has not",
                vec![
                    differs(enrolment("exit-date"), "", "2027-01-29"),
                    differs(enrolment("exit-kind"), "", "CompletionDate"),
                    differs(enrolment("grade"), "6", "7"),
                ],
                &[(Ours, &[1]), (Theirs, &[1])],
            ),
            (
                "a deletion and what else its record says, not another's",
                vec![
                    differs(enrolment("grade"), "6", "7"),
                    differs(enrolment("deleted"), "no", "yes"),
                    differs(other("grade"), "6", "7"),
                ],
                &[(Ours, &[1]), (Theirs, &[1])],
            ),
            (
                "the name gone by, which only PASI has",
                vec![differs(preferred, "A", "B"), differs(name, "", "B")],
                &[(Ours, &[]), (Theirs, &[1])],
            ),
            (
                "a name that only PASI has and goes by",
                vec![differs(name, "", "B"), differs(preferred, "A", "B")],
                &[(Ours, &[1]), (Theirs, &[])],
            ),
            (
                "a name that only we have and go by",
                vec![differs(name, "B", ""), differs(preferred, "B", "A")],
                &[(Ours, &[]), (Theirs, &[1])],
            ),
            (
                "one name, spelled in two ways, gone by on both sides",
                vec![differs(preferred, "Al", "Alex"), differs(name, "Al", "Alex")],
                &[(Ours, &[1]), (Theirs, &[1])],
            ),
            (
                "another name than the one gone by",
                vec![differs(preferred, "A", "B"), differs(name, "", "C")],
                &[(Ours, &[]), (Theirs, &[])],
            ),
        ];
        for (case, open, want) in cases {
            for (choice, with) in want {
                assert_eq!(bound(&open, 0, *choice), *with, "{case}, {choice:?}");
            }
        }
    }
}
