//! Schools of the division, from the published files.

use super::{Doing, Pass, Twins, blank, in_savepoint, key_of, same};
use crate::model::{RowOutcome, Touch};
use crate::rules::{SchoolDraft, school};
use crate::store::{Judged, StagedRow};
use db::Tx;
use kernel::{Finding, Grade, Outcome, SchoolId};
use schools::{AddSchool, Authority, School, SchoolDetails};

pub(super) fn apply(tx: &mut Tx, pass: &Pass, rows: &[&StagedRow]) -> Outcome<Vec<Judged>> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let mut cells = pass.cells(row);
        match school(&mut cells, &pass.ground) {
            Err(other) => all.push((
                Judged {
                    outcome: RowOutcome::Skipped,
                    findings: other.into(),
                    ..blank(row)
                },
                None,
            )),
            Ok(draft) => all.push((
                Judged {
                    findings: cells.found,
                    ..blank(row)
                },
                draft,
            )),
        }
    }
    let key = |draft: &SchoolDraft| key_of(&["school", draft.code.as_str()]);
    let keys: Vec<Vec<u8>> = all
        .iter()
        .filter_map(|(_, draft)| draft.as_ref().map(key))
        .collect();
    let first = rows.first().map_or(0, |row| row.number);
    let mut twins = Twins::before(tx, pass, keys.into_iter(), first)?;
    for (judged, draft) in &mut all {
        let Some(draft) = draft else { continue };
        let key = key(draft);
        match twins.of(std::slice::from_ref(&key), judged.number) {
            Some(finding) => judged.findings.push(finding),
            None => judged.key = Some(key),
        }
        if judged.findings.refuse() {
            continue;
        }
        in_savepoint(tx, judged, |tx, doing| put(tx, pass, draft, doing))?;
        if judged
            .touched
            .iter()
            .any(|touch| matches!(touch, Touch::SchoolAdded(_)))
        {
            judged.outcome = RowOutcome::New;
        }
    }
    Ok(all.into_iter().map(|(judged, _)| judged).collect())
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
