//! Who else may do something to a student, or at a school: to whom work can be given.

use crate::accounts::AccountState;
use crate::grants::holds_on;
use crate::matrix::{Action, Reach};
use crate::relations;
use db::Reading;
use db::schema::{account, role_grant};
use diesel::prelude::*;
use kernel::{AccountId, Outcome, Role, SchoolId, StudentId};
use std::collections::HashMap;

/// Someone who may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reacher {
    /// The account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
}

/// The active accounts that hold a role today which may do `A` to this
/// student, each once, by name. Roles that see by ties alone are left out:
/// work is not given over a tie.
pub fn who_may<A: Action>(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<Reacher>> {
    let mut placed: HashMap<SchoolId, bool> = HashMap::new();
    reaching::<A, _>(at, |at, school| {
        if let Some(is_placed) = placed.get(&school) {
            return Ok(*is_placed);
        }
        let is_placed = relations::is_placed(at, student, &[school])?;
        placed.insert(school, is_placed);
        Ok(is_placed)
    })
}

/// [`who_may`], to what is of a school and no student's.
pub fn who_may_at<A: Action>(at: &mut impl Reading, school: SchoolId) -> Outcome<Vec<Reacher>> {
    reaching::<A, _>(at, |_, own| Ok(own == school))
}

/// The accounts that may do `A`, those of schools where theirs counts.
fn reaching<A: Action, R: Reading>(
    at: &mut R,
    mut counts: impl FnMut(&mut R, SchoolId) -> Outcome<bool>,
) -> Outcome<Vec<Reacher>> {
    let (division, today) = (at.division(), at.today());
    let held: Vec<(AccountId, String, Role, Option<SchoolId>)> = role_grant::table
        .inner_join(
            account::table.on(account::division_id
                .eq(role_grant::division_id)
                .and(account::id.eq(role_grant::account_id))),
        )
        .filter(
            role_grant::division_id
                .eq(division)
                .and(account::state.eq(AccountState::Active)),
        )
        .filter(holds_on(today))
        .order((account::display_name, account::id))
        .select((
            account::id,
            account::display_name,
            role_grant::role,
            role_grant::school_id,
        ))
        .load(at.conn())?;
    let mut found: Vec<Reacher> = Vec::new();
    for (account, name, role, school) in held {
        let reach = A::WHO
            .iter()
            .find(|(may, _)| *may == role)
            .map(|(_, reach)| *reach);
        let reaches = match (reach, school) {
            (Some(Reach::Division), _) => true,
            (Some(Reach::Schools), Some(school)) => counts(at, school)?,
            _ => false,
        };
        if reaches && found.iter().all(|known| known.account != account) {
            found.push(Reacher { account, name });
        }
    }
    Ok(found)
}
