//! Accounts of staff. A first password is made that nobody knows: the director
//! sets one when the account is handed over.

use super::walk::{Draft, read, walk};
use super::{Doing, Pass, key_of, same};
use crate::model::Touch;
use crate::rules::{StaffDraft, staff};
use crate::store::{Judged, StagedRow};
use access::accounts::{self, FirstPassword, NewAccount};
use access::grants::{self, GiveRole};
use db::{Reading, Tx};
use kernel::{Failure, Outcome};

impl Draft for StaffDraft {
    fn key(&self) -> Vec<u8> {
        let school = self.school.map(|school| school.to_string()).unwrap_or_default();
        key_of(&[
            "staff",
            &accounts::fold_username(&self.username),
            self.role.as_str(),
            &school,
        ])
    }
    fn is_new(touch: &Touch) -> bool {
        matches!(touch, Touch::Account(_))
    }
}

pub(super) fn apply(tx: &mut Tx, pass: &Pass, rows: &[&StagedRow]) -> Outcome<Vec<Judged>> {
    let all = rows
        .iter()
        .map(|row| read(pass, row, |cells| staff(cells, &pass.ground)))
        .collect();
    walk(tx, pass, all, |tx, draft, doing| put(tx, pass, draft, doing))
}

/// Makes the account where there is none, and gives the role where it is not held.
fn put(tx: &mut Tx, pass: &Pass, draft: &StaffDraft, doing: &mut Doing) -> Outcome<()> {
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
