//! The persons around a student, on both engines: the calling order, taking a
//! save back, and the family of a brother or sister.

mod common;

use access::action::{CreateStudents, EditStudents, ViewCustody};
use common::*;
use kernel::{AddressId, ContactId, Failure, PersonName, PhoneId, SchoolId, StudentId};
use people::{
    Address, AddressKind, Contact, FamilyHints, FamilyReason, NewContact, On, Person, PersonOf, Phone, Undo,
};
use testkit::{World, date, each_engine};

fn placed(world: &World, student: StudentId, at: SchoolId) {
    write(world, |tx| {
        access::place_student(tx, student, at, date("2026-09-01"), date("2027-06-30"))
    })
    .expect("placed");
}

/// Nora with Dawn and Sam, called in that order.
fn nora(world: &World) -> StudentId {
    let mut nora = a_student("Nora", "Whitebear", "2014-01-02");
    let home = Address {
        kind: AddressKind::Physical,
        format: "Mail-CA".to_owned(),
        street: "12 Elm Street NW".to_owned(),
        city: "Peace River".to_owned(),
        province: "AB".to_owned(),
        postal_code: "T8S 1A1".to_owned(),
        country: "CA".to_owned(),
        effective_on: date("2026-09-01"),
        expires_on: None,
    };
    nora.addresses.push((AddressId::derived("home"), home));
    for (order, (first, phone)) in [("Dawn", "7805550147"), ("Sam", "7805550148")]
        .into_iter()
        .enumerate()
    {
        let (id, mut person) = a_guardian(first, "Whitebear", phone);
        person.email = format!("{}@example.ca", first.to_lowercase());
        person.other_email = format!("{}@work.example", first.to_lowercase());
        let order = i32::try_from(order + 1).expect("few");
        nora.contacts
            .push(parent_of(nora.id, PersonOf::New(id, Box::new(person)), order));
    }
    create(world, &nora)
}

fn contacts(world: &World, student: StudentId) -> Vec<(String, i32, ContactId, i64)> {
    let found = read(world, |at| people::student(at, &program(world), student)).expect("there");
    found
        .contacts
        .into_iter()
        .map(|one| {
            let tie = &one.contact;
            (
                one.person.value.name.first,
                tie.value.call_order,
                tie.id,
                tie.version,
            )
        })
        .collect()
}

#[test]
fn the_calling_order_is_numbered_anew_or_not_at_all() {
    each_engine(|world| {
        let nora = nora(world);
        let permit = program::<EditStudents>(world);
        let before = contacts(world, nora);
        let (dawn, sam) = ((before[0].2, before[0].3), (before[1].2, before[1].3));
        let reorder = |order: &[(ContactId, i64)]| {
            write(world, |tx| people::reorder_contacts(tx, &permit, nora, order, ""))
        };
        reorder(&[sam, dawn]).expect("turned round");
        let after: Vec<(String, i32)> = contacts(world, nora)
            .into_iter()
            .map(|(name, order, ..)| (name, order))
            .collect();
        assert_eq!(after, [("Sam".to_owned(), 1), ("Dawn".to_owned(), 2)]);
        assert_eq!(reorder(&[sam, dawn]).err(), Some(Failure::stale("contact", 1, 2)));
        assert_eq!(
            reorder(&[(sam.0, 2), (sam.0, 2)]).err(),
            Some(Failure::refuse("LP-0263", "call_order"))
        );
        let stranger = (ContactId::derived("nobody"), 1);
        assert_eq!(reorder(&[stranger]).err(), Some(Failure::NotFound));
        reorder(&[(sam.0, 2)]).expect("Dawn is not called");
        assert_eq!(contacts(world, nora)[1].1, 0);
    });
}

#[test]
fn a_save_is_taken_back_unless_somebody_saved_since() {
    each_engine(|world| {
        let nora = nora(world);
        let permit = program::<EditStudents>(world);
        let undo = |what, seen| write(world, |tx| people::undo(tx, &permit, nora, (what, seen), "undo"));
        let phone = PhoneId::derived("p");
        let home = Phone {
            kind: "Home".to_owned(),
            number: "7805550000".to_owned(),
            extension: String::new(),
            is_preferred: true,
            is_listed: false,
        };
        let set = |seen, number: &str| {
            let value = Phone {
                number: number.to_owned(),
                ..home.clone()
            };
            write(world, |tx| {
                people::set_phone(
                    tx,
                    &permit,
                    &On::seen(nora, phone, seen),
                    &value,
                    &people::rules::OursAlone,
                )
            })
        };
        let number = || {
            let found = read(world, |at| people::student(at, &program(world), nora)).expect("there");
            found.phones.first().map(|phone| phone.value.number.clone())
        };
        set(0, "7805550000").expect("added");
        set(1, "7805551111").expect("changed");
        assert_eq!(
            undo(Undo::Phone(phone), 1).err(),
            Some(Failure::stale("phone", 1, 2))
        );
        undo(Undo::Phone(phone), 2).expect("taken back");
        assert_eq!(number().as_deref(), Some("7805550000"));
        write(world, |tx| {
            people::remove_phone(tx, &permit, &On::seen(nora, phone, 3))
        })
        .expect("removed");
        assert_eq!(number(), None);
        undo(Undo::Phone(phone), 4).expect("there again");
        assert_eq!(number().as_deref(), Some("7805550000"));

        let (_, _, dawn, version) = contacts(world, nora)[0].clone();
        let ended = write(world, |tx| {
            people::end_contact(tx, &permit, &On::seen(nora, dawn, version), date("2026-11-22"))
        })
        .expect("ended");
        undo(Undo::Contact(dawn), ended.version).expect("holds again");
        let found = read(world, |at| people::student(at, &program(world), nora)).expect("there");
        assert_eq!(found.contacts[0].contact.value.expires_on, None);

        let other = write(world, |tx| {
            people::undo(
                tx,
                &permit,
                StudentId::derived("nobody"),
                (Undo::Phone(phone), 5),
                "",
            )
        });
        assert_eq!(other.err(), Some(Failure::NotFound));
    });
}

#[test]
fn taking_a_change_of_a_person_back_reaches_every_child() {
    each_engine(|world| {
        let nora = nora(world);
        let permit = program::<EditStudents>(world);
        let found = read(world, |at| people::student(at, &program(world), nora)).expect("there");
        let dawn = found.contacts[0].person.clone();
        let moved = Person {
            mobile_phone: "7805559999".to_owned(),
            ..dawn.value.clone()
        };
        let origin = people::Origin::Here;
        write(world, |tx| {
            people::change_person(
                tx,
                &permit,
                (dawn.id, 1),
                (&moved, "", origin),
                &people::rules::OursAlone,
            )
        })
        .expect("changed");
        write(world, |tx| {
            people::undo(tx, &permit, nora, (Undo::Person(dawn.id), 2), "")
        })
        .expect("back");
        let header = read(world, |at| people::header(at, &program(world), None, nora)).expect("head");
        assert_eq!(
            header.first_contact.map(|one| one.phone),
            Some("7805550147".to_owned())
        );
    });
}

#[test]
fn a_note_is_kept_by_whoever_does_not_write_it_and_comes_back_with_a_step() {
    each_engine(|world| {
        let nora = nora(world);
        let permit = program::<EditStudents>(world);
        let id = contacts(world, nora)[0].2;
        let note = || {
            let permit = program::<ViewCustody>(world);
            let notes = read(world, |at| people::contact_notes(at, &permit, nora)).expect("read");
            notes.into_iter().find(|(of, _)| *of == id).map(|(_, text)| text)
        };
        let change = |seen: i64, change: &dyn Fn(&mut Contact)| {
            let found = read(world, |at| people::student(at, &program(world), nora)).expect("there");
            let one = found.contacts.into_iter().find(|one| one.contact.id == id);
            let mut tie = one.expect("she is").contact.value;
            change(&mut tie);
            let on = On::seen(nora, id, seen);
            write(world, |tx| people::change_contact(tx, &permit, &on, &tie)).expect("saved")
        };
        change(1, &|tie| tie.note = Some("Fridays only".to_owned()));
        change(2, &|tie| tie.lives_with = !tie.lives_with);
        assert_eq!(note().as_deref(), Some("Fridays only"), "{}", world.engine);
        let cleared = change(3, &|tie| tie.note = Some(String::new()));
        assert_eq!(note(), None);
        write(world, |tx| {
            people::undo(tx, &permit, nora, (Undo::Contact(id), cleared.version), "")
        })
        .expect("back");
        assert_eq!(note().as_deref(), Some("Fridays only"));
    });
}

#[test]
fn a_family_is_offered_for_each_reason_and_only_to_its_own_school() {
    each_engine(|world| {
        let nora = nora(world);
        placed(world, nora, school(1));
        let offered = |standing: &access::Standing, hints: &FamilyHints| {
            read(world, |at| people::families_like(at, &wide(standing), hints)).expect("offered")
        };
        let (own, other) = (secretary(school(1)), secretary(school(2)));
        let hints = |set: &dyn Fn(&mut FamilyHints)| {
            let mut hints = FamilyHints::default();
            set(&mut hints);
            hints
        };
        for (why, hints) in [
            (
                FamilyReason::LastName,
                hints(&|hints| hints.last_name = "WhiteBear".to_owned()),
            ),
            (
                FamilyReason::Phone,
                hints(&|hints| hints.phones = vec!["780 555-0148".to_owned()]),
            ),
            (
                FamilyReason::Email,
                hints(&|hints| hints.email = "dawn@example.ca".to_owned()),
            ),
            (
                FamilyReason::Email,
                hints(&|hints| hints.email = "sam@work.example".to_owned()),
            ),
            (
                FamilyReason::GuardianName,
                hints(&|hints| hints.guardian = PersonName::new("Sam", "Whitebear")),
            ),
            (
                FamilyReason::Address,
                hints(&|hints| hints.street = "12 ELM ST. Northwest".to_owned()),
            ),
            (FamilyReason::Sibling, hints(&|hints| hints.siblings = vec![nora])),
        ] {
            let found = offered(&own, &hints);
            assert_eq!(found.len(), 1, "{why:?}");
            assert_eq!((found[0].children[0].student, found[0].contacts.len()), (nora, 2));
            assert!(found[0].reasons.contains(&why), "{why:?}: {:?}", found[0].reasons);
            assert!(offered(&other, &hints).is_empty(), "{why:?} tells another school");
        }
        assert!(offered(&own, &FamilyHints::default()).is_empty());
    });
}

#[test]
fn a_person_on_file_is_not_typed_again_and_another_schools_is_not_taken() {
    each_engine(|world| {
        let nora = nora(world);
        placed(world, nora, school(1));
        let (own, other) = (secretary(school(1)), secretary(school(2)));
        let dawn = a_guardian("Dawn", "Whitebear", "(780) 555-0147");
        let typed = |standing: &access::Standing, person: &Person| {
            read(world, |at| {
                people::refuse_known(at, &wide(standing), person, "phone")
            })
        };
        let Err(Failure::Invalid(found)) = typed(&own, &dawn.1) else {
            panic!("Dawn is on file");
        };
        assert_eq!(
            (found.0[0].code.as_str(), found.0[0].field.as_str()),
            ("LP-0267", "phone")
        );
        assert_eq!(
            typed(&other, &dawn.1),
            Ok(()),
            "another school does not learn of her"
        );
        let namesake = a_guardian("Dawn", "Whitebear", "7805550199").1;
        assert_eq!(typed(&own, &namesake), Ok(()), "the name alone is not the person");
        let at_work = Person {
            email: "Dawn@work.example".to_owned(),
            ..namesake
        };
        assert!(
            typed(&own, &at_work).is_err(),
            "either address tells that it is she"
        );

        let new = |seed: &str, standing: &access::Standing| {
            let mut child = a_student(seed, "Whitebear", "2016-05-05");
            child.school = standing.schools.first().copied();
            child.contacts.push(NewContact {
                id: ContactId::derived(seed),
                person: PersonOf::Existing(dawn.0),
                contact: Contact::new("Parent", date("2026-11-23")),
            });
            let permit = wide::<CreateStudents>(standing);
            write(world, |tx| {
                people::create_student(tx, &permit, &child, &people::rules::OursAlone)
            })
        };
        assert_eq!(new("Forged", &other).err(), Some(Failure::NotFound));
        assert!(
            new("Tess", &own).is_ok(),
            "a brother or sister shares the guardian"
        );
    });
}

#[test]
fn who_is_a_contact_already_is_not_added_again() {
    each_engine(|world| {
        let nora = nora(world);
        let (id, _) = a_guardian("Dawn", "Whitebear", "7805550147");
        let again = NewContact {
            id: ContactId::derived("again"),
            ..parent_of(nora, PersonOf::Existing(id), 5)
        };
        let tried = write(world, |tx| {
            people::add_contact(
                tx,
                &program::<EditStudents>(world),
                &On::new(nora, again.id),
                &again,
                &people::rules::OursAlone,
            )
        });
        let Err(Failure::Invalid(found)) = tried else {
            panic!("{}: {tried:?}", world.engine);
        };
        let found: Vec<_> = found
            .0
            .iter()
            .map(|one| (one.code.as_str(), one.field.as_str()))
            .collect();
        assert_eq!(found, [("LP-0266", "person")], "{}", world.engine);
        assert_eq!(contacts(world, nora).len(), 2, "{}", world.engine);
    });
}
