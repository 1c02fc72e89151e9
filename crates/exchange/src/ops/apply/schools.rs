//! Schools of the division, from the published files.

use super::walk::{Draft, read, walk};
use super::{Doing, Pass, blank, key_of, same};
use crate::model::{RowOutcome, Touch};
use crate::rules::{SchoolDraft, school};
use crate::store::{Judged, StagedRow};
use db::Tx;
use kernel::{Finding, Grade, Outcome, SchoolId};
use schools::{AddSchool, Authority, School, SchoolDetails};

impl Draft for SchoolDraft {
    fn key(&self) -> Vec<u8> {
        key_of(&["school", self.code.as_str()])
    }
    fn is_new(touch: &Touch) -> bool {
        matches!(touch, Touch::SchoolAdded(_))
    }
}

pub(super) fn apply(tx: &mut Tx, pass: &Pass, rows: &[&StagedRow]) -> Outcome<Vec<Judged>> {
    let all = rows.iter().map(|row| {
        let mut others = None;
        let (judged, draft) = read(pass, row, |cells| match school(cells, &pass.ground) {
            Ok(draft) => draft,
            Err(other) => {
                others = Some(other);
                None
            }
        });
        match others {
            None => (judged, draft),
            // A school of another authority is no problem of the file.
            Some(other) => (
                Judged {
                    outcome: RowOutcome::Skipped,
                    findings: other.into(),
                    ..blank(row)
                },
                None,
            ),
        }
    });
    let all = all.collect();
    walk(tx, pass, all, |tx, draft, doing| put(tx, pass, draft, doing))
}

fn put(tx: &mut Tx, pass: &Pass, draft: &SchoolDraft, doing: &mut Doing) -> Outcome<()> {
    let permit = pass.permits.schools()?;
    if let (Some(name), Some(kind)) = (&draft.authority_name, &draft.authority_kind)
        && schools::authorities(tx)?
            .iter()
            .all(|one| one.code != draft.authority)
    {
        let ours = Authority {
            code: draft.authority,
            name: name.clone(),
            kind: kind.clone(),
        };
        doing.step(schools::set_authority(tx, permit, ours), |field| {
            format!("authority_{field}")
        })?;
    }
    match pass.ground.directory.by_code(draft.code) {
        Some(there) => {
            let details = details(draft, Some(there));
            let saved = schools::change_school(tx, permit, there.id, there.version, details);
            if let Some(saved) = doing.step(saved, same)? {
                doing.keep(saved.findings, same);
                if saved.record.version != there.version {
                    doing
                        .touched
                        .push(Touch::School(Box::new(there.clone()), saved.record.version));
                }
            }
        }
        None if draft.grades.is_none() => doing.found.push(Finding::refuse("LP-0848", "ecs")),
        None => {
            let id = SchoolId::fresh(db::Reading::now(tx));
            let saved = schools::add_school(
                tx,
                permit,
                AddSchool {
                    id: Some(id),
                    details: details(draft, None),
                },
            );
            if let Some(saved) = doing.step(saved, same)? {
                doing.keep(saved.findings, same);
                doing.touched.push(Touch::SchoolAdded(id));
            }
        }
    }
    Ok(())
}

/// What the row tells over what is there; an empty cell takes nothing away.
fn details(draft: &SchoolDraft, there: Option<&School>) -> SchoolDetails {
    let over = |told: &Option<String>, kept: fn(&School) -> &String| {
        told.clone()
            .or_else(|| there.map(|school| kept(school).clone()))
            .unwrap_or_default()
    };
    let taught = there.map_or((Grade::Ecs, Grade::G12), |school| {
        (school.lowest_grade, school.highest_grade)
    });
    let (lowest_grade, highest_grade) = draft.grades.unwrap_or(taught);
    SchoolDetails {
        code: draft.code,
        name: draft.name.clone(),
        authority: draft.authority,
        street: over(&draft.street, |school| &school.street),
        city: over(&draft.city, |school| &school.city),
        postal_code: over(&draft.postal_code, |school| &school.postal_code),
        phone: over(&draft.phone, |school| &school.phone),
        lowest_grade,
        highest_grade,
    }
}
