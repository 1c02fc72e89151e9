//! The lines of a bell schedule's form: a period each.

use super::pair;
use crate::posted::Fields;
use kernel::{Finding, Findings, Outcome};
use schools::{BellSchedule, Period, PeriodKind};

/// Most periods of a form.
pub(super) const MOST: usize = 20;
/// Empty lines below the periods there are.
const MORE: usize = 3;
/// Lines of a form that has none yet.
const FIRST: usize = 8;

/// A bell schedule as the form fills it.
pub(super) fn said(bell: &BellSchedule) -> Fields {
    let mut pairs = vec![
        pair("name", &bell.name),
        pair("is_usual", if bell.is_usual { "yes" } else { "" }),
    ];
    for (at, period) in bell.periods.iter().enumerate() {
        let name = |what: &str| format!("{what}-{}", at + 1);
        pairs.push(pair(&name("number"), period.number));
        pairs.push(pair(&name("name"), &period.name));
        pairs.push(pair(&name("starts"), clock(period.starts)));
        pairs.push(pair(&name("ends"), clock(period.ends)));
        pairs.push(pair(&name("kind"), period.kind));
    }
    Fields::from(pairs)
}

/// How many lines the form shows.
pub(super) fn lines(bell: Option<&BellSchedule>, typed: &Fields) -> usize {
    let sent = typed
        .pairs()
        .filter(|(name, _)| name.starts_with("starts-"))
        .count();
    let there = bell.map_or(FIRST, |bell| bell.periods.len() + MORE);
    sent.max(there).min(MOST)
}

/// Minutes after midnight as a browser writes a time: `08:30`.
pub(super) fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A time as it is typed, `8:30` or `08:30`, in minutes after midnight.
fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// The periods that were typed, each with its line: a line without name and times is none.
pub(super) fn typed(fields: &Fields) -> Outcome<(Vec<Period>, Vec<usize>)> {
    let mut found = Findings::default();
    let (mut periods, mut lines) = (Vec::new(), Vec::new());
    for at in 1..=MOST {
        let name = |what: &str| format!("{what}-{at}");
        let is_blank = ["name", "starts", "ends"]
            .iter()
            .all(|what| fields.get(&name(what)).is_empty());
        let number: Option<u8> = fields.parsed(&name("number"), "LP-0006", &mut found);
        let kind: Option<PeriodKind> = fields.parsed(&name("kind"), "LP-0008", &mut found);
        let starts = time(fields, &name("starts"), !is_blank, &mut found);
        let ends = time(fields, &name("ends"), !is_blank, &mut found);
        if is_blank {
            continue;
        }
        for (what, code) in [("number", "LP-0006"), ("kind", "LP-0008")] {
            if fields.get(&name(what)).is_empty() {
                found.push(Finding::refuse(code, name(what)));
            }
        }
        if let (Some(number), Some(kind), Some(starts), Some(ends)) = (number, kind, starts, ends) {
            lines.push(at);
            periods.push(Period {
                number,
                name: fields.get(&name("name")).to_owned(),
                starts,
                ends,
                kind,
            });
        }
    }
    found.or_refuse().map(|_| (periods, lines))
}

/// A time of day; a refusing finding when what was typed is none, or nothing was where it must be.
fn time(fields: &Fields, name: &str, is_wanted: bool, found: &mut Findings) -> Option<u16> {
    let text = fields.get(name);
    let read = minutes(text);
    if read.is_none() && (is_wanted || !text.is_empty()) {
        found.push(Finding::refuse("LP-0015", name));
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{BellScheduleId, Failure};

    #[test]
    fn a_time_is_read_and_written() {
        for (text, want) in [
            ("8:30", Some(510)),
            ("08:30", Some(510)),
            ("15:05:00", Some(905)),
            ("24:00", None),
            ("8:60", None),
            ("8", None),
            ("half past", None),
        ] {
            assert_eq!(minutes(text), want, "{text}");
        }
        assert_eq!(clock(510), "08:30");
    }

    #[test]
    fn a_form_that_is_not_touched_says_the_same_again() {
        let bell = BellSchedule {
            id: BellScheduleId::derived("bell"),
            name: "Usual".to_owned(),
            is_usual: true,
            periods: vec![Period {
                number: 3,
                name: "Block C".to_owned(),
                starts: 510,
                ends: 590,
                kind: PeriodKind::Instruction,
            }],
            version: 4,
        };
        assert_eq!(typed(&said(&bell)), Ok((bell.periods.clone(), vec![1])));
        assert_eq!(lines(Some(&bell), &Fields::default()), 4);
        assert_eq!(lines(None, &Fields::default()), 8);
    }

    #[test]
    fn a_line_that_is_half_typed_is_told_beside_each_part() {
        let Err(Failure::Invalid(found)) = typed(&Fields::of(&[("name-2", "Block A"), ("starts-2", "soon")]))
        else {
            panic!("half a period was taken");
        };
        let told: Vec<(&str, &str)> = found
            .0
            .iter()
            .map(|finding| (finding.code.as_str(), finding.field.as_str()))
            .collect();
        let wanted = [
            ("LP-0015", "starts-2"),
            ("LP-0015", "ends-2"),
            ("LP-0006", "number-2"),
            ("LP-0008", "kind-2"),
        ];
        assert_eq!(told, wanted);
        // A line that is empty but for what the form put there is none.
        assert_eq!(
            typed(&Fields::of(&[("number-1", "1"), ("kind-1", "instruction")])),
            Ok((vec![], vec![]))
        );
    }
}
