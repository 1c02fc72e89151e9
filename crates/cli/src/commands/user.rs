//! `user`: accounts from the command line, for the first director and for lost passwords.

use super::division::id_of;
use super::place::{self, Place};
use crate::ending::{Ended, Stop};
use access::Permit;
use access::accounts::{self, AccountFilter, FirstPassword, NewAccount};
use access::action::ManageAccounts;
use access::grants::{self, GiveRole};
use clap::Subcommand;
use db::{Lane, Store, Tx};
use kernel::{Actor, AuthorityCode, DivisionId, Outcome, Role, SchoolCode};
use ring::rand::SecureRandom;

/// Accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Make an account with a role; prints its first password.
    Add {
        #[command(flatten)]
        at: At,
        /// What is typed to sign in.
        #[arg(long)]
        username: String,
        /// Name as shown.
        #[arg(long)]
        name: String,
        /// E-mail address.
        #[arg(long, default_value = "")]
        email: String,
        /// Role.
        #[arg(long, default_value = "director")]
        role: Role,
        /// Provincial code of the school, for a role of a school.
        #[arg(long)]
        school: Option<SchoolCode>,
    },
    /// List the accounts.
    List {
        #[command(flatten)]
        at: At,
    },
    /// Set a first password anew; prints it.
    ResetPassword {
        #[command(flatten)]
        on: On,
    },
    /// Take lost second factors away.
    ResetFactors {
        #[command(flatten)]
        on: On,
    },
    /// Close an account.
    Close {
        #[command(flatten)]
        on: On,
    },
}

/// Which database and division.
#[derive(Debug, clap::Args)]
pub(crate) struct At {
    #[command(flatten)]
    place: Place,
    /// Number of the division, where there are several.
    #[arg(long)]
    division: Option<AuthorityCode>,
}

/// Which account, and why.
#[derive(Debug, clap::Args)]
pub(crate) struct On {
    #[command(flatten)]
    at: At,
    /// What is typed to sign in.
    #[arg(long)]
    username: String,
    /// Why; kept in the audit.
    #[arg(long)]
    reason: String,
}

impl At {
    fn desk(&self) -> Result<Desk, Stop> {
        let location = self.place.existing()?;
        let division = place::division(&location, self.division.map(id_of))?.division_id;
        let store = place::open(&location, &self.place.config()?)?;
        Ok(Desk {
            store,
            division,
            actor: Actor::system(division, "Command line"),
        })
    }
}

/// An open database and who acts on it.
struct Desk {
    store: Store,
    division: DivisionId,
    actor: Actor,
}

impl Desk {
    fn write<T>(
        &self,
        mut work: impl FnMut(&mut Tx, &Permit<ManageAccounts>) -> Outcome<T>,
    ) -> Result<T, Stop> {
        let permit = Permit::program(&self.actor)?;
        Ok(self
            .store
            .write_now(Lane::Interactive, &self.actor, |tx| work(tx, &permit))?)
    }
}

/// Does what was asked of the accounts.
pub(crate) fn run(call: User) -> Ended {
    match call {
        User::Add {
            at,
            username,
            name,
            email,
            role,
            school,
        } => {
            let new = NewAccount {
                username,
                display_name: name,
                email,
                password: FirstPassword::ToChange(first_password()?),
                language: "en-CA".to_owned(),
            };
            add(&at.desk()?, &new, role, school)
        }
        User::List { at } => list(&at.desk()?),
        User::ResetPassword { on } => {
            let password = first_password()?;
            on.at.desk()?.write(|tx, permit| {
                let id = accounts::find(tx, permit, &on.username)?;
                accounts::reset_password(tx, permit, id, &password, &on.reason)
            })?;
            println!("first password: {password}");
            Ok(())
        }
        User::ResetFactors { on } => on.at.desk()?.write(|tx, permit| {
            let id = accounts::find(tx, permit, &on.username)?;
            accounts::reset_factors(tx, permit, id, &on.reason)
        }),
        User::Close { on } => on.at.desk()?.write(|tx, permit| {
            let id = accounts::find(tx, permit, &on.username)?;
            accounts::close(tx, permit, id, &on.reason)
        }),
    }
}

fn add(desk: &Desk, new: &NewAccount, role: Role, school: Option<SchoolCode>) -> Ended {
    desk.write(|tx, permit| {
        let school = school.map(|code| schools::by_code(tx, code)).transpose()?;
        let account = accounts::create(tx, permit, new)?;
        let give = GiveRole {
            account,
            role,
            school: school.map(|school| school.id),
            from: db::Reading::today(tx),
            until: None,
            reason: "Made on the command line".to_owned(),
        };
        grants::give(tx, permit, &give)
    })?;
    if let FirstPassword::ToChange(password) = &new.password {
        println!("first password: {password}");
        println!("It is changed at the first sign-in, when a second factor is set up as well.");
    }
    Ok(())
}

fn list(desk: &Desk) -> Ended {
    let permit = Permit::<ManageAccounts>::program(&desk.actor)?;
    let mut after: Option<String> = None;
    loop {
        let from = after.take();
        let page = desk.store.read_now(desk.division, |at| {
            accounts::list(at, &permit, &AccountFilter::default(), from.as_deref(), 200)
        })?;
        for line in &page {
            let roles: Vec<&str> = line.roles.iter().map(|role| role.as_str()).collect();
            let factor = if line.has_totp || line.passkeys > 0 {
                "second factor"
            } else {
                "no second factor"
            };
            println!(
                "{}\t{}\t{}\t{}\t{factor}",
                line.username,
                line.display_name,
                line.state,
                roles.join(",")
            );
        }
        match page.last() {
            Some(last) => after = Some(last.username.clone()),
            None => return Ok(()),
        }
    }
}

/// 80 random bits in groups that can be read aloud.
#[expect(
    clippy::disallowed_methods,
    reason = "the first password is made before there is a database"
)]
fn first_password() -> Result<String, Stop> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 16];
    ring::rand::SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Stop::Away("the machine gives no randomness".to_owned()))?;
    let letters: String = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect();
    Ok([&letters[..4], &letters[4..8], &letters[8..12], &letters[12..]].join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_passwords_are_taken_and_never_the_same() {
        let (one, other) = (
            first_password().expect("randomness"),
            first_password().expect("randomness"),
        );
        assert_ne!(one, other);
        assert!(access::judge_password("director", &one).is_empty(), "{one}");
    }
}
