//! Enrolments of students who are here.

use super::{Doing, Pass, Twins, blank, in_savepoint, key_of, same};
use crate::model::{RowOutcome, Touch};
use crate::rules::{EnrolDraft, enrolment as read};
use crate::store::{Judged, StagedRow};
use db::{Reading, Tx};
use enrolment::rules::Judge;
use enrolment::{Change, Enrolment};
use kernel::{Asn, EnrolmentId, Finding, Outcome, Severity, StudentId};
use people::known::{Told, look_up};
use people::{On, Origin};

/// How a row names its student.
pub(super) struct Named {
    pub(super) asn: Option<Asn>,
    pub(super) number: Option<String>,
}

/// Reads the student's numbers.
pub(super) fn named(cells: &mut crate::rules::Cells) -> Named {
    let (asn, is_guessed) = cells.asn("student_asn");
    if let (Some(asn), true) = (asn, is_guessed) {
        cells.repaired("LP-0823", "student_asn", asn.as_str());
    }
    let number = cells.local_number("student_number");
    if asn.is_none() && number.is_none() && !cells.found.refuse() {
        cells.refuse("LP-0846", "student_number");
    }
    Named { asn, number }
}

/// The students that rows name; a refusing finding for each that is not here.
pub(super) fn students(tx: &mut Tx, pass: &Pass, all: &[Named]) -> Outcome<Vec<Result<StudentId, Finding>>> {
    let told: Vec<Told> = all
        .iter()
        .map(|one| Told {
            asn: one.asn,
            local_number: one.number.clone(),
            born: None,
        })
        .collect();
    let found = look_up(tx, pass.permits.view()?, &told)?;
    let which = |(found, named): (people::known::Found, &Named)| match (found.by_asn, found.by_number) {
        (Some(one), Some(other)) if one != other => Err(Finding::refuse("LP-0832", "student_asn")),
        (Some(id), _) | (None, Some(id)) => Ok(id),
        (None, None) => Err(Finding::refuse(
            "LP-0847",
            if named.number.is_some() {
                "student_number"
            } else {
                "student_asn"
            },
        )),
    };
    Ok(found.into_iter().zip(all).map(which).collect())
}

pub(super) fn apply(tx: &mut Tx, pass: &Pass, rows: &[&StagedRow]) -> Outcome<Vec<Judged>> {
    let mut all: Vec<(Judged, Named, Option<EnrolDraft>)> = rows
        .iter()
        .map(|row| {
            let mut cells = pass.cells(row);
            let named = named(&mut cells);
            let draft = read(&mut cells, &pass.ground);
            (
                Judged {
                    findings: cells.found,
                    ..blank(row)
                },
                named,
                draft,
            )
        })
        .collect();
    let names: Vec<Named> = all
        .iter()
        .map(|(_, named, _)| Named {
            asn: named.asn,
            number: named.number.clone(),
        })
        .collect();
    let students = students(tx, pass, &names)?;
    let keys: Vec<Option<Vec<u8>>> = all
        .iter()
        .zip(&students)
        .map(|((_, _, draft), student)| {
            let (draft, student) = (draft.as_ref()?, student.as_ref().ok()?);
            let start = draft.start.map(|day| day.to_string()).unwrap_or_default();
            Some(key_of(&[
                &student.to_string(),
                &draft.school.to_string(),
                &draft.year.to_string(),
                &start,
            ]))
        })
        .collect();
    let first = rows.first().map_or(0, |row| row.number);
    let mut twins = Twins::before(tx, pass, keys.iter().flatten().cloned(), first)?;
    for (((judged, _, draft), student), key) in all.iter_mut().zip(students).zip(keys) {
        let student = match student {
            Ok(student) => student,
            Err(finding) => {
                nobody(judged, finding);
                continue;
            }
        };
        if let Some(key) = key {
            match twins.of(std::slice::from_ref(&key), judged.number) {
                Some(finding) => judged.findings.push(finding),
                None => judged.key = Some(key),
            }
        }
        let (Some(draft), false) = (draft, judged.findings.refuse()) else {
            continue;
        };
        in_savepoint(tx, judged, |tx, doing| put(tx, pass, (student, draft), doing))?;
        if judged
            .touched
            .iter()
            .any(|touch| matches!(touch, Touch::Enrolled(..)))
        {
            judged.outcome = RowOutcome::New;
        }
    }
    Ok(all.into_iter().map(|(judged, _, _)| judged).collect())
}

/// The row names nobody who is here: a number that was repaired was not it.
pub(super) fn nobody(judged: &mut Judged, finding: Finding) {
    judged
        .findings
        .0
        .retain(|one| one.field != finding.field || one.severity == Severity::Refuse);
    if judged.findings.of(&finding.field).next().is_none() {
        judged.findings.push(finding);
    }
}

/// Enrols, or changes the enrolment of that school and year.
pub(super) fn put(
    tx: &mut Tx,
    pass: &Pass,
    (student, told): (StudentId, &EnrolDraft),
    doing: &mut Doing,
) -> Outcome<()> {
    let judge = pass.province.judge(tx, Some(student), None)?;
    let there = enrolment::enrolments(tx, pass.permits.view()?, student)?;
    let mut same_stay: Vec<&Enrolment> = there
        .iter()
        .filter(|one| !one.is_deleted() && one.school == told.school && one.year == told.year)
        .collect();
    // Of several in one year, the one that begins on the day told.
    if same_stay.iter().any(|one| Some(one.start) == told.start) {
        same_stay.retain(|one| Some(one.start) == told.start);
    } else if told
        .start
        .is_some_and(|start| same_stay.iter().any(|one| one.last_day() < start))
    {
        // It ended before: this is another stay.
        same_stay.clear();
    }
    match same_stay.first() {
        None => enrol(tx, pass, (student, told, judge.as_ref()), doing),
        Some(one) => change(tx, pass, (one, told, judge.as_ref()), doing),
    }
}

fn enrol(
    tx: &mut Tx,
    pass: &Pass,
    (student, told, judge): (StudentId, &EnrolDraft, &dyn Judge),
    doing: &mut Doing,
) -> Outcome<()> {
    let permit = pass.permits.enrol()?;
    let id = EnrolmentId::fresh(tx.now());
    let saved = with_origin(tx, pass.origin(), |tx, origin| {
        let on = On {
            origin,
            ..On::new(student, id)
        }
        .because(&pass.reason());
        enrolment::enrol(tx, permit, &on, told.enrol(), judge)
    });
    if let Some(saved) = doing.step(saved, same)? {
        doing.keep(saved.findings, same);
        doing.touched.push(Touch::Enrolled(student, id));
    }
    Ok(())
}

fn change(
    tx: &mut Tx,
    pass: &Pass,
    (there, told, judge): (&Enrolment, &EnrolDraft, &dyn Judge),
    doing: &mut Doing,
) -> Outcome<()> {
    let mut change = Change::of(there);
    change.grade = told.grade;
    if let Some(homeroom) = &told.homeroom {
        change.homeroom.clone_from(homeroom);
    }
    change.start = told.start.unwrap_or(change.start);
    change.exit = told.exit().or(change.exit);
    told.code(&mut change.coding);
    if change == Change::of(there) {
        return Ok(());
    }
    let permit = pass.permits.enrol()?;
    let saved = with_origin(tx, pass.origin(), |tx, origin| {
        let on = On {
            origin,
            ..On::seen(there.student, there.id, there.known.version)
        }
        .because(&pass.reason());
        enrolment::change(tx, permit, &on, change.clone(), judge)
    });
    if let Some(saved) = doing.step(saved, same)? {
        doing.keep(saved.findings, same);
        doing.touched.push(Touch::Enrolment(
            Box::new(there.clone()),
            saved.record.known.version,
        ));
    }
    Ok(())
}

/// What the province said is not ours to refuse; what a file says is. A run
/// that tells nobody is judged as one that does, first.
fn with_origin<T>(
    tx: &mut Tx,
    origin: Origin,
    mut work: impl FnMut(&mut Tx, Origin) -> Outcome<T>,
) -> Outcome<T> {
    if origin == Origin::Province {
        tx.rehearse(|tx| work(tx, Origin::Here))?;
    }
    work(tx, origin)
}
