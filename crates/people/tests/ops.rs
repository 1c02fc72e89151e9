//! The verbs, on both engines: permit, version, history, audit, events.

mod common;

use common::*;
use db::Reading;
use db::schema::{audit, outbox};
use diesel::prelude::*;
use kernel::{
    AddressId, Failure, Finding, Findings, MedicalAlertId, NameId, PersonName, PhoneId, RestrictionId,
};
use people::rules::{Identified, Judge, OursAlone};
use people::{
    Address, AddressKind, AlertSeverity, ChangeIdentity, Consent, MedicalAlert, Name, NameChange, NameKind,
    On, PersonOf, Phone, Restriction, RestrictionCode,
};
use testkit::{World, date, each_engine};

fn address(street: &str, from: &str) -> Address {
    Address {
        kind: AddressKind::Mailing,
        format: "Mail-CA".to_owned(),
        street: street.to_owned(),
        city: "Peace River".to_owned(),
        province: "AB".to_owned(),
        postal_code: "t8s1a1".to_owned(),
        country: "CA".to_owned(),
        effective_on: date(from),
        expires_on: None,
    }
}

/// In alphabetical order: the clock stands, so that events have no order in time.
fn topics(world: &World) -> Vec<String> {
    read(world, |at| {
        Ok(outbox::table
            .order(outbox::topic)
            .select(outbox::topic)
            .load(at.conn())?)
    })
    .expect("outbox")
}

fn actions(world: &World) -> Vec<String> {
    read(world, |at| {
        Ok(audit::table
            .order(audit::seq)
            .select(audit::action)
            .load(at.conn())?)
    })
    .expect("audit")
}

fn details(world: &World) -> String {
    let all: Vec<String> = read(world, |at| {
        Ok(audit::table.select(audit::detail).load(at.conn())?)
    })
    .expect("audit");
    all.join("\n")
}

/// A province that wants first names and streets, and takes nobody twice.
struct Province;

fn wanted(field: &str, text: &str) -> Findings {
    let found = text.is_empty().then(|| Finding::refuse("3002", field));
    found.into_iter().collect()
}

impl Judge for Province {
    fn name(&self, name: &PersonName) -> Findings {
        wanted("first_name", &name.first)
    }
    fn address(&self, address: &Address, _: Option<kernel::Date>, _: kernel::Date) -> Findings {
        wanted("street", &address.street)
    }
    fn duplicate(&self, new: Identified, here: Identified) -> Option<Finding> {
        let is_same = new.name == here.name && new.born == here.born;
        is_same.then(|| Finding::refuse("11404", "names"))
    }
}

#[test]
fn a_new_student_is_there_with_audit_event_and_card() {
    each_engine(|world| {
        let mut new = a_student("Aiyana", "Whitebear", "2013-04-17");
        new.addresses
            .push((AddressId::derived("1"), address("Box 1", "2026-09-01")));
        let id = create(world, &new);
        let found = read(world, |at| people::student(at, &program(world), id)).expect("it is there");
        assert_eq!(found.legal().list(), "Whitebear, Aiyana");
        assert_eq!(found.local_number, "100001");
        assert_eq!(
            found.addresses[0].value.postal_code, "T8S 1A1",
            "a postal code is spaced"
        );
        let header = read(world, |at| people::header(at, &program(world), None, id)).expect("its head");
        assert_eq!(
            (header.age, header.card.list_name.as_str()),
            (13, "Whitebear, Aiyana")
        );
        assert_eq!(topics(world), ["student.created"]);
        assert_eq!(actions(world), ["student.create"]);
        let permit = program(world);
        let again = write(world, |tx| people::create_student(tx, &permit, &new, &OursAlone))
            .expect("the same form again");
        assert!(again.was_there, "a form sent twice is one student");
        let twin = people::NewStudent {
            id: student_id("other", "id"),
            ..new.clone()
        };
        let twin = people::NewStudent {
            names: vec![(NameId::derived("t"), twin.names[0].1.clone())],
            addresses: vec![],
            ..twin
        };
        let refused = write(world, |tx| people::create_student(tx, &permit, &twin, &Province));
        assert_eq!(
            refused.err(),
            Some(Failure::refuse("11404", "names")),
            "the same name and birth date"
        );
        let twin = people::NewStudent {
            is_another_person: true,
            ..twin
        };
        assert!(write(world, |tx| people::create_student(tx, &permit, &twin, &Province)).is_ok());
    });
}

#[test]
fn every_wrong_field_is_found_at_once() {
    each_engine(|world| {
        let mut new = a_student("", "Whitebear", "2030-01-01");
        new.addresses
            .push((AddressId::derived("1"), address("", "2026-09-01")));
        let permit = program(world);
        let Err(Failure::Invalid(found)) =
            write(world, |tx| people::create_student(tx, &permit, &new, &Province))
        else {
            panic!("a student without a first name was made");
        };
        let said: Vec<(&str, &str)> = found
            .0
            .iter()
            .map(|one| (one.code.as_str(), one.field.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("LP-0205", "birth_date"),
                ("3002", "names.0.first_name"),
                ("3002", "addresses.0.street"),
            ]
        );
        assert!(
            actions(world).is_empty() && topics(world).is_empty(),
            "nothing was written"
        );
    });
}

#[test]
fn a_student_of_another_school_is_not_found() {
    each_engine(|world| {
        let id = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        write(world, |tx| {
            access::place_student(tx, id, school(1), date("2026-09-01"), date("2027-06-30"))
        })
        .expect("placed");
        let (own, other) = (secretary(school(1)), secretary(school(2)));
        assert!(read(world, |at| people::student(at, &wide(&own), id)).is_ok());
        assert_eq!(
            read(world, |at| people::student(at, &wide(&other), id)).err(),
            Some(Failure::NotFound)
        );
        assert_eq!(
            read(world, |at| people::header(at, &wide(&other), None, id)).err(),
            Some(Failure::NotFound)
        );
        assert_eq!(
            read(world, |at| people::history(at, &wide(&other), id)).err(),
            Some(Failure::NotFound)
        );
        let on = On::new(id, AddressId::derived("a"));
        let permit = wide(&other);
        let refused = write(world, |tx| {
            people::set_address(tx, &permit, &on, &address("Box 1", "2026-09-01"), &OursAlone)
        });
        assert_eq!(refused.err(), Some(Failure::NotFound));
        let nobody = student_id("no", "body");
        assert_eq!(
            read(world, |at| people::student(at, &program(world), nobody)).err(),
            Some(Failure::NotFound)
        );
    });
}

#[test]
fn a_save_that_saw_an_older_version_is_a_conflict() {
    each_engine(|world| {
        let id = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        let permit = program(world);
        let record = AddressId::derived("a");
        let set = |seen, street: &str| {
            let on = On::seen(id, record, seen);
            write(world, |tx| {
                people::set_address(tx, &permit, &on, &address(street, "2026-09-01"), &OursAlone)
            })
        };
        assert_eq!(set(0, "Box 1").expect("made").version, 1);
        assert_eq!(set(1, "Box 2").expect("changed").version, 2);
        assert_eq!(
            set(2, "Box 2").expect("unchanged").version,
            2,
            "the same again leaves no trace"
        );
        assert_eq!(
            set(1, "Box 3").err(),
            Some(Failure::stale("student_address", 1, 2))
        );
        assert_eq!(
            topics(world),
            ["student.address", "student.address", "student.created"]
        );
    });
}

#[test]
fn the_record_is_as_it_was_known_yesterday() {
    each_engine(|world| {
        let id = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        let permit = program(world);
        let record = AddressId::derived("a");
        write(world, |tx| {
            people::set_address(
                tx,
                &permit,
                &On::new(id, record),
                &address("Box 1", "2026-09-01"),
                &OursAlone,
            )
        })
        .expect("made");
        let yesterday = world.store.now();
        world.clock.set(yesterday.plus_seconds(86_400));
        let on = On::seen(id, record, 1).because("mover's card");
        write(world, |tx| {
            people::set_address(tx, &permit, &on, &address("Box 9", "2026-09-01"), &OursAlone)
        })
        .expect("changed");
        let day = date("2026-11-23");
        let street = |known| {
            read(world, |at| {
                people::student_as_of(at, &program(world), id, day, known)
            })
            .map(|then| {
                then.address_on(AddressKind::Mailing, day)
                    .map(|one| one.value.street.clone())
            })
        };
        assert_eq!(street(yesterday), Ok(Some("Box 1".to_owned())));
        assert_eq!(street(world.store.now()), Ok(Some("Box 9".to_owned())));
        assert_eq!(
            street(yesterday.plus_seconds(-1)),
            Err(Failure::NotFound),
            "the student was not known then"
        );
        let history = read(world, |at| people::history(at, &program(world), id)).expect("history");
        assert_eq!(
            (history[0].kind, history[0].reason.as_str()),
            ("address", "mover's card")
        );
        assert_eq!(
            (
                history[0].changes[0].old.as_str(),
                history[0].changes[0].new.as_str()
            ),
            ("Box 1", "Box 9")
        );
    });
}

#[test]
fn a_guardian_is_shared_by_siblings() {
    each_engine(|world| {
        let (id, person) = a_guardian("Rose", "Whitebear", "7806240123");
        let mut first = a_student("Aiyana", "Whitebear", "2013-04-17");
        first.contacts.push(parent_of(
            first.id,
            PersonOf::New(id, Box::new(person.clone())),
            1,
        ));
        let mut second = a_student("Dakota", "Whitebear", "2015-02-01");
        second
            .contacts
            .push(parent_of(second.id, PersonOf::Existing(id), 1));
        let (first, second) = (create(world, &first), create(world, &second));
        let moved = people::Person {
            mobile_phone: "(780) 624-9999".to_owned(),
            ..person
        };
        let permit = program(world);
        let reason = ("called in", people::Origin::Here);
        let change = |seen| {
            write(world, |tx| {
                people::change_person(tx, &permit, (id, seen), (&moved, reason.0, reason.1), &OursAlone)
            })
        };
        assert_eq!(change(1).expect("changed").version, 2);
        let stale = write(world, |tx| {
            people::change_person(
                tx,
                &permit,
                (id, 1),
                (&a_guardian("X", "Y", "").1, "", people::Origin::Here),
                &OursAlone,
            )
        });
        assert_eq!(stale.err(), Some(Failure::stale("person_detail", 1, 2)));
        for student in [first, second] {
            let header = read(world, |at| people::header(at, &program(world), None, student)).expect("head");
            assert_eq!(
                header.first_contact.map(|one| one.phone),
                Some("7806249999".to_owned())
            );
            assert!(
                details(world).contains(&student.to_string()),
                "the audit names every sibling"
            );
        }
        assert_eq!(
            topics(world)
                .iter()
                .filter(|topic| *topic == "student.contact")
                .count(),
            2
        );
        let hits = read(world, |at| {
            people::search::find(at, &program(world), "780 624 9999", 12)
        })
        .expect("found");
        assert_eq!(hits.len(), 2, "both are found by the new phone");
        let typed = people::FamilyHints {
            last_name: "whitebear".to_owned(),
            ..people::FamilyHints::default()
        };
        let offered = read(world, |at| people::families_like(at, &program(world), &typed)).expect("offered");
        assert_eq!(
            offered.len(),
            1,
            "siblings who share their guardian are one family"
        );
        assert_eq!(offered[0].children.len(), 2);
    });
}

#[test]
fn sealed_words_are_in_no_audit_row_and_open_only_with_their_permit() {
    each_engine(|world| {
        let id = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        let from = date("2026-09-01");
        let court = Restriction {
            code: RestrictionCode::CourtOrdered,
            notice: "Only the mother may pick up".to_owned(),
            effective_on: from,
            expires_on: None,
        };
        let on = On::new(id, RestrictionId::derived("r"));
        let permit = program(world);
        write(world, |tx| {
            people::set_restriction(tx, &permit, &on, &court, &OursAlone)
        })
        .expect("set");
        let peanut = MedicalAlert {
            severity: AlertSeverity::LifeThreatening,
            alert: "Anaphylaxis".to_owned(),
            action: "EpiPen in office".to_owned(),
            plan: "Second pen with the teacher".to_owned(),
            effective_on: from,
            expires_on: None,
        };
        let on = On::new(id, MedicalAlertId::derived("m"));
        let permit = program(world);
        write(world, |tx| {
            people::set_medical_alert(tx, &permit, &on, &peanut, &OursAlone)
        })
        .expect("set");
        let plain = read(world, |at| people::header(at, &program(world), None, id)).expect("head");
        assert_eq!(plain.restrictions[0].notice, court.notice);
        assert!(plain.medical.is_empty(), "medical needs its permit");
        assert_eq!(
            plain.card.restriction,
            Some(RestrictionCode::CourtOrdered),
            "lists show the shield"
        );
        let medical = program(world);
        let open = read(world, |at| {
            people::header(at, &program(world), Some(&medical), id)
        })
        .expect("head");
        assert_eq!(open.medical, ["EpiPen in office"]);
        let written = details(world);
        assert!(
            ["mother", "EpiPen", "Second pen", "life-threatening"]
                .iter()
                .all(|word| !written.contains(word)),
            "the audit holds a sealed text"
        );
        let history = read(world, |at| people::history(at, &program(world), id)).expect("history");
        let shown = serde_json::to_string(&history).expect("text");
        assert!(
            ["mother", "Anaphylaxis", "Second pen", "life-threatening"]
                .iter()
                .all(|word| !shown.contains(word)),
            "the history shows a sealed text"
        );
        let on = On::seen(id, RestrictionId::derived("r"), 1);
        let permit = program(world);
        write(world, |tx| {
            people::end_restriction(tx, &permit, &on, date("2026-11-22"), &OursAlone)
        })
        .expect("ended");
        let ended = read(world, |at| people::header(at, &program(world), None, id)).expect("head");
        assert!(ended.restrictions.is_empty() && ended.card.restriction.is_none());
    });
}

#[test]
fn a_photograph_is_one_and_goes_when_it_is_taken_out() {
    each_engine(|world| {
        let id = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        let permit = program(world);
        let picture = |light: u8| {
            let mut file = std::io::Cursor::new(Vec::new());
            image::GrayImage::from_pixel(8, 8, image::Luma([light]))
                .write_to(&mut file, image::ImageFormat::Png)
                .expect("it is encoded");
            people::picture::Picture::of(&file.into_inner()).expect("it is taken")
        };
        let set = |light| write(world, |tx| people::set_photo(tx, &permit, id, &picture(light)));
        for light in [10, 10, 200] {
            set(light).expect("it is saved");
        }
        let found = read(world, |at| people::photo(at, &program(world), id)).expect("read");
        assert_eq!(found, Some((picture(200).tag(), picture(200).bytes().to_vec())));
        let header = read(world, |at| people::header(at, &program(world), None, id)).expect("head");
        assert_eq!(header.photo, Some(picture(200).tag()));
        write(world, |tx| people::remove_photo(tx, &permit, id)).expect("it is taken out");
        let again = write(world, |tx| people::remove_photo(tx, &permit, id));
        assert_eq!(again.err(), Some(Failure::NotFound));
        assert_eq!(
            actions(world),
            [
                "student.create",
                "student.photo.set",
                "student.photo.set",
                "student.photo.remove"
            ],
            "the same picture again leaves no trace"
        );
        assert_eq!(
            topics(world)
                .iter()
                .filter(|topic| *topic == "student.photo")
                .count(),
            3
        );
        let elsewhere = secretary(school(9));
        let permit = wide::<access::action::ViewStudents>(&elsewhere);
        assert_eq!(
            read(world, |at| people::photo(at, &permit, id)),
            Err(Failure::NotFound)
        );
    });
}

#[test]
fn a_legal_change_keeps_the_former_name_and_a_correction_does_not() {
    each_engine(|world| {
        let new = a_student("Aiyana", "Whitebare", "2013-04-17");
        let (record, id) = (new.names[0].0, create(world, &new));
        let permit = program(world);
        let called = |last: &str| Name::legal(PersonName::new("Aiyana", last));
        let on = On::seen(id, record, 1);
        write(world, |tx| {
            people::change_name(
                tx,
                &permit,
                &on,
                (&called("Whitebear"), NameChange::Correction),
                &OursAlone,
            )
        })
        .expect("corrected");
        let on = On::seen(id, record, 2);
        let change = NameChange::Legal {
            former: NameId::derived("former"),
        };
        write(world, |tx| {
            people::change_name(tx, &permit, &on, (&called("Littlechild"), change), &OursAlone)
        })
        .expect("changed");
        let found = read(world, |at| people::student(at, &program(world), id)).expect("there");
        let names: Vec<(NameKind, String)> = found
            .names
            .iter()
            .map(|name| (name.value.kind, name.value.name.list()))
            .collect();
        assert_eq!(
            names,
            [
                (NameKind::Legal, "Littlechild, Aiyana".to_owned()),
                (NameKind::Other, "Whitebear, Aiyana".to_owned()),
            ]
        );
        let gone = On::seen(id, record, 3);
        assert!(
            write(world, |tx| people::remove_name(tx, &permit, &gone)).is_err(),
            "a legal name stays"
        );
    });
}

#[test]
fn one_name_is_gone_by_and_a_waiting_one_is_not_shown() {
    each_engine(|world| {
        let id = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        let permit = program(world);
        let other = |first: &str, consent| Name {
            consent,
            ..Name::other(PersonName::new(first, "Whitebear"), true)
        };
        let add = |key: &str, name: &Name| {
            let on = On::new(id, NameId::derived(key));
            write(world, |tx| people::add_name(tx, &permit, &on, name, &OursAlone))
        };
        add("aya", &other("Aya", Consent::default())).expect("a nickname");
        let found = read(world, |at| people::student(at, &program(world), id)).expect("there");
        assert_eq!(
            found.names.iter().filter(|name| name.value.is_preferred).count(),
            1
        );
        let header = read(world, |at| people::header(at, &program(world), None, id)).expect("head");
        assert_eq!(header.goes_by.map(|name| name.first), Some("Aya".to_owned()));
        let waits = Consent {
            is_gender_related: true,
            told_on: None,
            consented_on: None,
        };
        let saved = add("kai", &other("Kai", waits)).expect("kept");
        assert_eq!(saved.findings.0[0].code, "LP-0216");
        let header = read(world, |at| people::header(at, &program(world), None, id)).expect("head");
        assert!(header.goes_by.is_none(), "not before the guardians consented");
        assert!(!header.card.preferred_name.contains("Kai"));
        let hits = read(world, |at| people::search::find(at, &program(world), "kai", 12)).expect("search");
        assert!(hits.is_empty(), "search must not give it away");
    });
}

#[test]
fn identity_tells_each_what_it_must_know_and_the_province_not_its_own_news() {
    each_engine(|world| {
        let id = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        let permit = program(world);
        let mut identity = people::Identity::new(date("2013-04-18"), "F");
        identity.section23 = "Y".to_owned();
        let change = ChangeIdentity {
            identity,
            document_last_four: Some("12A4".to_owned()),
        };
        write(world, |tx| {
            people::change_identity(tx, &permit, &On::seen(id, id, 1), &change)
        })
        .expect("changed");
        assert_eq!(
            topics(world),
            ["student.created", "student.identity", "student.section23"]
        );
        let last_four = read(world, |at| people::document_last_four(at, &program(world), id));
        assert_eq!(last_four, Ok("12A4".to_owned()));
        let asn = "999044182".parse().ok();
        let on = On::seen(id, id, 2).from_province();
        write(world, |tx| people::set_asn(tx, &permit, &on, asn)).expect("the number is kept");
        assert_eq!(topics(world).len(), 3, "the province is not told its own news");
        let other = create(world, &a_student("Dakota", "Whitebear", "2015-02-01"));
        let taken = write(world, |tx| {
            people::set_asn(tx, &permit, &On::seen(other, other, 1), asn)
        });
        assert_eq!(taken.err(), Some(Failure::refuse("LP-0217", "asn")));
        let dies_tomorrow = write(world, |tx| {
            people::mark_deceased(tx, &permit, &On::seen(id, id, 3), Some(date("2026-11-24")))
        });
        assert_eq!(
            dies_tomorrow.err(),
            Some(Failure::refuse("LP-0213", "deceased_on"))
        );
    });
}

#[test]
fn one_phone_is_called_first() {
    each_engine(|world| {
        let id = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        let permit = program(world);
        for number in ["780 624 0001", "780 624 0002"] {
            let phone = Phone {
                kind: "Home".to_owned(),
                number: number.to_owned(),
                extension: String::new(),
                is_preferred: true,
                is_listed: false,
            };
            let on = On::new(id, PhoneId::derived(number));
            write(world, |tx| {
                people::set_phone(tx, &permit, &on, &phone, &OursAlone)
            })
            .expect("set");
        }
        let found = read(world, |at| people::student(at, &program(world), id)).expect("there");
        let preferred: Vec<&str> = found
            .phones
            .iter()
            .filter(|one| one.value.is_preferred)
            .map(|one| one.value.number.as_str())
            .collect();
        assert_eq!(preferred, ["7806240002"]);
    });
}
