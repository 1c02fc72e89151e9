//! Accounts of staff. A first password is made that nobody knows: the director
//! sets one when the account is handed over.

use super::{Pass, Twins, blank, in_savepoint, key_of, same};
use crate::model::{RowOutcome, Touch};
use crate::rules::{StaffDraft, staff};
use crate::store::{Judged, StagedRow};
use access::accounts::{self, FirstPassword, NewAccount};
use access::grants::{self, GiveRole};
use db::{Reading, Tx};
use kernel::{Failure, Outcome};

pub(super) fn apply(tx: &mut Tx, pass: &Pass, rows: &[&StagedRow]) -> Outcome<Vec<Judged>> {
    let mut all: Vec<(Judged, Option<StaffDraft>)> = rows
        .iter()
        .map(|row| {
            let mut cells = pass.cells(row);
            let draft = staff(&mut cells, &pass.ground);
            (
                Judged {
                    findings: cells.found,
                    ..blank(row)
                },
                draft,
            )
        })
        .collect();
    let key = |draft: &StaffDraft| {
        let school = draft.school.map(|school| school.to_string()).unwrap_or_default();
        key_of(&[
            "staff",
            &accounts::fold_username(&draft.username),
            draft.role.as_str(),
            &school,
        ])
    };
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
        in_savepoint(tx, judged, |tx, doing| {
            let permit = pass.permits.accounts()?;
            let there = match accounts::find(tx, permit, &draft.username) {
                Ok(id) => Some(id),
                Err(Failure::NotFound) => None,
                Err(failure) => return Err(failure),
            };
            let account = if let Some(id) = there {
                id
            } else {
                let Some(id) = doing.step(accounts::create(tx, permit, &new(draft)), same)? else {
                    return Ok(());
                };
                doing.touched.push(Touch::Account(id));
                id
            };
            let today = tx.today();
            let held = grants::of_account(tx, permit, account)?;
            let has = |grant: &grants::Grant| {
                grant.role == draft.role
                    && grant.school_id == draft.school
                    && grant.ended_at.is_none()
                    && grant.until_date.is_none_or(|last| last >= today)
            };
            if held.iter().any(has) {
                return Ok(());
            }
            let give = GiveRole {
                account,
                role: draft.role,
                school: draft.school,
                from: draft.from,
                until: None,
                reason: pass.reason(),
            };
            if let Some(id) = doing.step(grants::give(tx, permit, &give), same)? {
                doing.touched.push(Touch::Role(id));
            }
            Ok(())
        })?;
        if judged
            .touched
            .iter()
            .any(|touch| matches!(touch, Touch::Account(_)))
        {
            judged.outcome = RowOutcome::New;
        }
    }
    Ok(all.into_iter().map(|(judged, _)| judged).collect())
}

fn new(draft: &StaffDraft) -> NewAccount {
    // 244 random bits; nobody is told them.
    let secret = format!("{}-{}", uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
    NewAccount {
        username: draft.username.clone(),
        display_name: draft.display_name.clone(),
        email: draft.email.clone(),
        password: FirstPassword::ToChange(secret),
        language: "en-CA".to_owned(),
    }
}
