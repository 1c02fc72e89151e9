//! Enrolments of students who are here.

use super::walk::{self, Draft, Read, walk};
use super::{Doing, Pass, key_of, same};
use crate::model::Touch;
use crate::rules::{EnrolDraft, enrolment as draft_of};
use crate::store::{Judged, StagedRow};
use db::{Reading, Tx};
use enrolment::rules::Judge;
use enrolment::{Change, Enrolment};
use kernel::{Asn, EnrolmentId, Finding, Outcome, Severity, StudentId};
use people::known::{Told, look_up};
use people::{On, Origin};

/// How a row names its student.
#[derive(Default)]
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
fn students(tx: &mut Tx, pass: &Pass, all: &[Named]) -> Outcome<Vec<Result<StudentId, Finding>>> {
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

impl Draft for (StudentId, EnrolDraft) {
    fn key(&self) -> Vec<u8> {
        let (student, draft) = self;
        let start = draft.start.map(|day| day.to_string()).unwrap_or_default();
        key_of(&[
            &student.to_string(),
            &draft.school.to_string(),
            &draft.year.to_string(),
            &start,
        ])
    }
    fn is_new(touch: &Touch) -> bool {
        matches!(touch, Touch::Enrolled(..))
    }
}

pub(super) fn apply(tx: &mut Tx, pass: &Pass, rows: &[&StagedRow]) -> Outcome<Vec<Judged>> {
    let (all, names): (Vec<Read<EnrolDraft>>, Vec<Named>) = rows
        .iter()
        .map(|row| {
            let mut who = Named::default();
            let read = walk::read(pass, row, |cells| {
                who = named(cells);
                draft_of(cells, &pass.ground)
            });
            (read, who)
        })
        .unzip();
    let all = of_students(tx, pass, all, &names)?;
    walk(tx, pass, all, |tx, (student, draft), doing| {
        put(tx, pass, (*student, draft), doing)
    })
}

/// Each row with the student it names; one that names nobody who is here says nothing.
pub(super) fn of_students<D>(
    tx: &mut Tx,
    pass: &Pass,
    all: Vec<Read<D>>,
    names: &[Named],
) -> Outcome<Vec<Read<(StudentId, D)>>> {
    let found = students(tx, pass, names)?;
    let one = |((mut judged, draft), student): (Read<D>, Result<StudentId, Finding>)| match student {
        Ok(student) => (judged, draft.map(|draft| (student, draft))),
        Err(finding) => {
            nobody(&mut judged, finding);
            (judged, None)
        }
    };
    Ok(all.into_iter().zip(found).map(one).collect())
}

/// The row names nobody who is here: a number that was repaired was not it.
fn nobody(judged: &mut Judged, finding: Finding) {
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
