//! Whom a newcomer may enter the practice division as.

use super::AccountState;
use crate::{grants, totp};
use db::Reading;
use db::schema::{account, role_grant};
use diesel::prelude::*;
use kernel::{Failure, Outcome, Role};

/// Someone of the practice division, for entering in one click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticePerson {
    /// What is typed to sign in.
    pub username: String,
    /// As shown.
    pub display_name: String,
    /// The first role held today, in the order of [`Role::ALL`].
    pub role: Role,
}

/// People of a role that the practice division shows.
const PRACTICE_PEOPLE_OF_ROLE: usize = 2;

/// The people of the practice division whom a newcomer may enter as, in the
/// order of the roles, two of a role at most; of those with an authenticator,
/// which one click answers for. `NotFound` in any other division.
pub fn practice_people(at: &mut impl Reading) -> Outcome<Vec<PracticePerson>> {
    let (division, today) = (at.division(), at.today());
    totp::refuse_unless_practice(at).map_err(|_| Failure::NotFound)?;
    let all: Vec<(String, String, Role)> = account::table
        .inner_join(
            role_grant::table.on(role_grant::division_id
                .eq(account::division_id)
                .and(role_grant::account_id.eq(account::id))),
        )
        .filter(
            account::division_id
                .eq(division)
                .and(account::state.eq(AccountState::Active)),
        )
        .filter(grants::holds_on(today).and(account::totp_secret.is_not_null()))
        .order(account::username)
        .select((account::username, account::display_name, role_grant::role))
        .load(at.conn())?;
    let person = |(username, display_name, role): (String, String, Role)| PracticePerson {
        username,
        display_name,
        role,
    };
    let mut people: Vec<PracticePerson> = Vec::new();
    for role in Role::ALL {
        let of_role = all.iter().filter(|(_, _, held)| held == role);
        let new = of_role.filter(|(name, ..)| people.iter().all(|known| known.username != *name));
        let some: Vec<PracticePerson> = new.take(PRACTICE_PEOPLE_OF_ROLE).cloned().map(person).collect();
        people.extend(some);
    }
    Ok(people)
}
