//! Asking home by e-mail, on both engines: whom, once, and whom not.

mod common;

use access::Permit;
use access::action::{EditStudents, ViewStudents};
use attendance::{Entry, HomeLine, Slot, Words, WriteHome};
use common::{
    audited, child, entry, furnish, office, read, refused, roll, school, secretary, taker, today, write,
};
use kernel::{ContactId, Failure, PersonId, PersonName, SubmissionId};
use people::{Addressee, Contact, Custody, NewContact, On, Person, PersonOf};
use testkit::{World, date};

fn words(line: &HomeLine, to: &Addressee) -> Words {
    Words {
        subject: "An absence".to_owned(),
        text: format!("{} to {}", line.first_name, to.name),
        language: "en-CA".to_owned(),
    }
}

fn person(name: &str) -> PersonId {
    PersonId::derived(name)
}

fn a_contact(world: &World, student: &str, name: &str, relationship: &str, custody: Custody) {
    write(world, |tx| {
        let permit = Permit::<EditStudents>::program(&tx.actor().clone())?;
        let value = Person {
            name: PersonName::new(name, "Family"),
            email: format!("{name}@example.org"),
            ..Person::default()
        };
        let contact = Contact {
            custody,
            ..Contact::new(relationship, date("2026-09-01"))
        };
        let on = On::new(child(student), ContactId::derived(&format!("{student} {name}")));
        let new = NewContact {
            id: ContactId::derived(&format!("{student} {name}")),
            person: PersonOf::New(person(name), Box::new(value)),
            contact,
        };
        people::add_contact(tx, &permit, &on, &new, &people::rules::OursAlone).map(|_| ())
    })
    .expect("the contact is added");
}

/// ada and ben are absent this morning, and nobody has said why.
fn absent(world: &World) {
    furnish(world);
    let who = secretary();
    let cmd = attendance::TakeRoll {
        key: SubmissionId::derived("one"),
        at: roll("2026-11-23", Slot::Morning),
        entries: vec![entry("ada", "A", 0), entry("ben", "A", 0)] as Vec<Entry>,
    };
    write(world, |tx| attendance::take(tx, &taker(&who), &cmd)).expect("taken");
    a_contact(world, "ada", "eve", "Parent", Custody::Joint);
    a_contact(world, "ada", "ivo", "Parent", Custody::NoContact);
    a_contact(world, "ada", "kim", "Neighbour", Custody::Unknown);
    a_contact(world, "ben", "lou", "Parent", Custody::Sole);
}

fn send(world: &World, to: &[(&str, &str)]) -> kernel::Outcome<usize> {
    let who = secretary();
    let view = Permit::<ViewStudents>::wide(&who).expect("the role may");
    let cmd = WriteHome {
        school: school(0),
        on: today(),
        to: to
            .iter()
            .map(|(student, name)| (child(student), person(name)))
            .collect(),
    };
    write(world, |tx| {
        attendance::write_home(tx, (&office(&who), &view), &cmd, &words)
    })
}

#[test]
fn guardians_are_asked_once_and_nobody_whom_custody_keeps_away() {
    testkit::each_engine(|world| {
        absent(world);
        assert_eq!(refused(send(world, &[])), ["LP-0770"], "{}", world.engine);
        assert_eq!(
            refused(send(world, &[("ada", "eve"), ("ada", "ivo")])),
            ["LP-0772"]
        );
        assert_eq!(refused(send(world, &[("ada", "kim")])), ["LP-0771"]);
        assert_eq!(
            send(world, &[("ada", "lou")]),
            Err(Failure::NotFound),
            "another child's parent"
        );
        let emails = |student: &str| {
            let who = secretary();
            let all = read(world, |at| {
                attendance::unexplained(at, &office(&who), school(0), today())
            });
            let all = all.expect("read");
            let line = all.into_iter().find(|line| line.student == child(student));
            line.map_or(0, |line| line.emails.len())
        };
        assert_eq!(
            emails("ada"),
            0,
            "{}: what was refused left nothing",
            world.engine
        );
        assert_eq!(send(world, &[("ada", "eve"), ("ben", "lou")]), Ok(2));
        assert_eq!(
            send(world, &[("ada", "eve"), ("ben", "lou")]),
            Ok(0),
            "pressed twice"
        );
        assert_eq!((emails("ada"), emails("ben")), (1, 1));
        let asked = audited(world)
            .iter()
            .filter(|action| *action == "attendance.ask-home")
            .count();
        assert_eq!(asked, 2, "{}", world.engine);
    });
}

#[test]
fn who_was_explained_meanwhile_is_left_out_and_another_school_is_not_there() {
    testkit::each_engine(|world| {
        absent(world);
        let who = secretary();
        let cmd = attendance::OfficeMark {
            school: school(0),
            student: child("ada"),
            on: today(),
            slot: Slot::Morning,
            letter: "E".to_owned(),
            minutes: None,
            comment: String::new(),
            seen: 0,
        };
        let explain = |tx: &mut db::Tx| {
            attendance::explain(
                tx,
                &office(&who),
                &cmd,
                &[(Slot::Morning, 1)],
                attendance::Source::Family,
            )
        };
        write(world, explain).expect("explained");
        assert_eq!(
            send(world, &[("ada", "eve"), ("ben", "lou")]),
            Ok(1),
            "{}",
            world.engine
        );
        let view = Permit::<ViewStudents>::wide(&who).expect("the role may");
        let elsewhere = read(world, |at| {
            attendance::to_write(at, (&office(&who), &view), school(1), today())
        });
        assert_eq!(elsewhere, Err(Failure::NotFound));
    });
}
