//! Guardians and contacts of students who are here.

use super::enrolments::{Named, named, nobody, students};
use super::persons::{self, Persons};
use super::{Pass, Twins, blank, in_savepoint, key_of};
use crate::model::{RowOutcome, Touch};
use crate::rules::{ContactDraft, contact, person_findings};
use crate::store::{Judged, StagedRow};
use db::Tx;
use kernel::Outcome;
use kernel::text::fold;

pub(super) fn apply(tx: &mut Tx, pass: &Pass, rows: &[&StagedRow]) -> Outcome<Vec<Judged>> {
    let mut all: Vec<(Judged, ContactDraft)> = Vec::with_capacity(rows.len());
    let mut names: Vec<Named> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut cells = pass.cells(row);
        names.push(named(&mut cells));
        let draft = contact(&mut cells, pass.ground.today);
        let mut findings = cells.found;
        let judged: Vec<_> = person_findings(&draft)
            .0
            .into_iter()
            .filter(|one| findings.of(&one.field).next().is_none())
            .collect();
        findings.extend(judged);
        all.push((
            Judged {
                findings,
                ..blank(row)
            },
            draft,
        ));
    }
    let students = students(tx, pass, &names)?;
    let last_names: Vec<String> = all
        .iter()
        .map(|(_, draft)| draft.person.name.last.clone())
        .collect();
    let mut persons = Persons::of(tx, pass, last_names.iter().map(String::as_str))?;
    let key = |student: &kernel::StudentId, draft: &ContactDraft| {
        key_of(&[
            &student.to_string(),
            &fold(&draft.person.name.first),
            &fold(&draft.person.name.last),
        ])
    };
    let keys: Vec<_> = (students.iter().zip(&all))
        .filter_map(|(id, (_, draft))| Some(key(id.as_ref().ok()?, draft)))
        .collect();
    let first = rows.first().map_or(0, |row| row.number);
    let mut twins = Twins::before(tx, pass, keys.into_iter(), first)?;
    for ((judged, draft), student) in all.iter_mut().zip(students) {
        let id = match student {
            Ok(id) => id,
            Err(finding) => {
                nobody(judged, finding);
                continue;
            }
        };
        let key = key(&id, draft);
        match twins.of(std::slice::from_ref(&key), judged.number) {
            Some(finding) => judged.findings.push(finding),
            None => judged.key = Some(key),
        }
        if judged.findings.refuse() {
            continue;
        }
        in_savepoint(tx, judged, |tx, doing| {
            let student = people::student(tx, pass.permits.view()?, id)?;
            persons::put(tx, pass, (&student, draft), &mut persons, doing)
        })?;
        if judged
            .touched
            .iter()
            .any(|touch| matches!(touch, Touch::Contact(..)))
        {
            judged.outcome = RowOutcome::New;
        }
    }
    Ok(all.into_iter().map(|(judged, _)| judged).collect())
}
