//! Students for tests: dull and valid.
#![allow(dead_code, reason = "each test file uses what it needs")]

use access::{Action, Permit, Standing};
use db::{Lane, Reader, Tx};
use kernel::{AccountId, Actor, ContactId, NameId, Outcome, PersonId, PersonName, Role, SchoolId, StudentId};
use people::{Contact, Identity, Name, NewContact, NewStudent, Person, PersonOf};
use testkit::{DIVISION, World, date};

pub(crate) fn school(number: u32) -> SchoolId {
    SchoolId::derived(&number.to_string())
}

pub(crate) fn student_id(first: &str, last: &str) -> StudentId {
    StudentId::derived(&format!("{first} {last}"))
}

pub(crate) fn a_student(first: &str, last: &str, born: &str) -> NewStudent {
    let name = Name::legal(PersonName::new(first, last));
    let id = student_id(first, last);
    NewStudent::new(
        id,
        Identity::new(date(born), "F"),
        (NameId::derived(&id.to_string()), name),
    )
}

pub(crate) fn a_guardian(first: &str, last: &str, mobile: &str) -> (PersonId, Person) {
    let person = Person {
        name: PersonName::new(first, last),
        mobile_phone: mobile.to_owned(),
        ..Person::default()
    };
    (PersonId::derived(&format!("{first} {last}")), person)
}

pub(crate) fn parent_of(student: StudentId, person: PersonOf, call_order: i32) -> NewContact {
    NewContact {
        id: ContactId::derived(&format!("{student} {}", person.id())),
        contact: Contact {
            call_order,
            ..Contact::new("Parent", date("2026-09-01"))
        },
        person,
    }
}

/// A secretary of one school.
pub(crate) fn secretary(at: SchoolId) -> Standing {
    let actor = Actor {
        account: Some(AccountId::derived(&at.to_string())),
        role: Some(Role::Secretary),
        ..Actor::system(DIVISION, "x")
    };
    Standing {
        actor: Actor {
            name: "Carol Nadeau".to_owned(),
            ..actor
        },
        role: Role::Secretary,
        schools: vec![at],
    }
}

pub(crate) fn program<A: Action>(world: &World) -> Permit<A> {
    Permit::program(&world.actor).expect("the program may")
}

pub(crate) fn wide<A: Action>(standing: &Standing) -> Permit<A> {
    Permit::wide(standing).expect("the role may")
}

pub(crate) fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, &world.actor, work)
}

pub(crate) fn read<T>(world: &World, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> Outcome<T> {
    world.store.read_now(DIVISION, work)
}

pub(crate) fn create(world: &World, new: &NewStudent) -> StudentId {
    let permit = program(world);
    write(world, |tx| {
        people::create_student(tx, &permit, new, &people::rules::OursAlone)
    })
    .expect("the student is made")
    .student
}

/// Someone with an account, acting in a role; lists are kept by account.
pub(crate) fn someone(world: &World, username: &str, role: Role, schools: &[SchoolId]) -> Standing {
    let account = write(world, |tx| {
        let new = access::accounts::NewAccount {
            username: username.to_owned(),
            display_name: username.to_owned(),
            email: String::new(),
            password: access::accounts::FirstPassword::ToKeep("granite ladder violet moss".to_owned()),
            language: "en-CA".to_owned(),
        };
        let permit = Permit::program(&tx.actor().clone())?;
        access::accounts::create(tx, &permit, &new)
    })
    .expect("the account is made");
    Standing {
        actor: Actor {
            account: Some(account),
            role: Some(role),
            ..Actor::system(DIVISION, username)
        },
        role,
        schools: schools.to_vec(),
    }
}

/// The row of a school, for roles that are given for one.
pub(crate) fn a_school(world: &World, id: SchoolId) {
    use db::Reading;
    use db::schema::{authority, school};
    use diesel::prelude::*;
    write(world, |tx| {
        let ours = (
            authority::division_id.eq(DIVISION),
            authority::code.eq("3260"),
            authority::name.eq("An authority"),
            authority::kind.eq(""),
        );
        db::insert_ignore!(tx.conn(), authority::table, [ours])?;
        let row = (
            school::division_id.eq(DIVISION),
            school::id.eq(id),
            school::code.eq("1001"),
            school::name.eq("A school"),
            school::authority_code.eq("3260"),
            school::street.eq(""),
            school::city.eq(""),
            school::postal_code.eq(""),
            (
                school::phone.eq(""),
                school::lowest_grade.eq("01"),
                school::highest_grade.eq("12"),
                school::version.eq(1_i64),
            ),
        );
        db::insert_ignore!(tx.conn(), school::table, [row])?;
        Ok(())
    })
    .expect("the school is there");
}
