//! A person who changes many students, and the work that follows.

use super::{read, write};
use access::action::{EditStudents, ManageEnrolment, MassUpdate, ViewStudents};
use access::{Permit, Standing};
use enrolment::mass::{self, Batch, Row, RowState, Runner};
use enrolment::rules::OursAlone;
use kernel::{Actor, MassUpdateId, Outcome, Role, SchoolId};
use testkit::{DIVISION, World};

pub(crate) fn someone(world: &World, username: &str, schools: &[SchoolId]) -> Standing {
    let account = write(world, |tx| {
        let new = access::accounts::NewAccount {
            username: username.to_owned(),
            display_name: username.to_owned(),
            email: String::new(),
            password: access::accounts::FirstPassword::ToKeep("granite ladder violet moss".to_owned()),
            language: "en-CA".to_owned(),
        };
        access::accounts::create(tx, &Permit::program(&tx.actor().clone())?, &new)
    })
    .expect("the account is made");
    Standing {
        actor: Actor {
            account: Some(account),
            role: Some(Role::Secretary),
            name: username.to_owned(),
            ..Actor::system(DIVISION, username)
        },
        role: Role::Secretary,
        schools: schools.to_vec(),
    }
}

pub(crate) fn mass_permit(who: &Standing) -> Permit<MassUpdate> {
    Permit::wide(who).expect("a secretary may")
}

/// Works until nothing is left; how many transactions that took.
pub(crate) fn work(world: &World, who: &Standing, batch: MassUpdateId) -> usize {
    let mut chunks = 1;
    while chunk(world, who, batch, "one").expect("a chunk") {
        chunks += 1;
    }
    chunks
}

pub(crate) fn chunk(world: &World, who: &Standing, batch: MassUpdateId, name: &str) -> Outcome<bool> {
    world.store.write_now(db::Lane::Batch, &who.actor, |tx| {
        let runner = Runner {
            name,
            mass: &mass_permit(who),
            manage: &Permit::<ManageEnrolment>::wide(who)?,
            view: &Permit::<ViewStudents>::wide(who)?,
            edit: &Permit::<EditStudents>::wide(who)?,
        };
        mass::work(tx, &runner, batch, |_, _| Ok(OursAlone))
    })
}

pub(crate) fn step(
    world: &World,
    who: &Standing,
    batch: MassUpdateId,
    verb: fn(&mut db::Tx, &Permit<MassUpdate>, MassUpdateId) -> Outcome<()>,
) -> Outcome<()> {
    write(world, |tx| verb(tx, &mass_permit(who), batch))
}

pub(crate) fn look(world: &World, who: &Standing, batch: MassUpdateId) -> (Batch, Vec<Row>) {
    read(world, |at| {
        let permit = mass_permit(who);
        let all = mass::Wanted {
            states: &[],
            school: None,
            after: 0,
            limit: 500,
        };
        Ok((
            mass::batch(at, &permit, batch)?,
            mass::rows(at, &permit, batch, all)?,
        ))
    })
}

pub(crate) fn states(rows: &[Row]) -> Vec<RowState> {
    rows.iter().map(|row| row.state).collect()
}

pub(crate) fn codes(row: &Row) -> Vec<&str> {
    row.findings
        .0
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}
