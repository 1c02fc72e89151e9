//! Guardians and contacts of students who are here.

use super::enrolments::{Named, named, of_students};
use super::persons::{self, Persons};
use super::walk::{self, Draft, Read, walk};
use super::{Pass, key_of};
use crate::model::Touch;
use crate::rules::{ContactDraft, contact, person_findings};
use crate::store::{Judged, StagedRow};
use db::Tx;
use kernel::text::fold;
use kernel::{Outcome, StudentId};

impl Draft for (StudentId, ContactDraft) {
    fn key(&self) -> Vec<u8> {
        let (student, draft) = self;
        key_of(&[
            &student.to_string(),
            &fold(&draft.person.name.first),
            &fold(&draft.person.name.last),
        ])
    }
    fn is_new(touch: &Touch) -> bool {
        matches!(touch, Touch::Contact(..))
    }
}

/// Reads a row; what the fields themselves say is not said twice.
fn read(pass: &Pass, row: &StagedRow) -> (Read<ContactDraft>, Named) {
    let mut who = Named::default();
    let (mut judged, draft) = walk::read(pass, row, |cells| {
        who = named(cells);
        Some(contact(cells, pass.ground.today))
    });
    if let Some(draft) = &draft {
        let mut more = person_findings(draft).0;
        more.retain(|one| judged.findings.of(&one.field).next().is_none());
        judged.findings.extend(more);
    }
    ((judged, draft), who)
}

pub(super) fn apply(tx: &mut Tx, pass: &Pass, rows: &[&StagedRow]) -> Outcome<Vec<Judged>> {
    let (all, names): (Vec<Read<ContactDraft>>, Vec<Named>) = rows.iter().map(|row| read(pass, row)).unzip();
    let all = of_students(tx, pass, all, &names)?;
    let last_names: Vec<String> = all
        .iter()
        .filter_map(|(_, said)| said.as_ref())
        .map(|(_, draft)| draft.person.name.last.clone())
        .collect();
    let mut persons = Persons::of(tx, pass, last_names.iter().map(String::as_str))?;
    walk(tx, pass, all, |tx, (student, draft), doing| {
        let student = people::student(tx, pass.permits.view()?, *student)?;
        persons::put(tx, pass, (&student, draft), &mut persons, doing)
    })
}
