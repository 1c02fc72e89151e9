//! Responsible schools on both engines.

mod common;

use access::Permit;
use common::{
    audited, autumn, codes, enrolled, events, furnish, move_to, program, read, refused, school, secretary,
    viewer, write,
};
use enrolment::rules::OursAlone;
use enrolment::{On, Responsible, ResponsibleSchool, Saved, SetResponsible};
use kernel::{Failure, Outcome, ResponsibleSchoolId, StudentId};
use testkit::{World, date};

fn id(seed: &str) -> ResponsibleSchoolId {
    ResponsibleSchoolId::derived(seed)
}

fn at_school(code: &str, day: &str) -> SetResponsible {
    SetResponsible {
        effective_on: date(day),
        responsible: Responsible::Alberta {
            code: code.parse().expect("test code"),
        },
        transition_reason: "NewStudent".to_owned(),
    }
}

fn add(
    world: &World,
    student: StudentId,
    seed: &str,
    cmd: &SetResponsible,
) -> Outcome<Saved<ResponsibleSchool>> {
    write(world, |tx| {
        let on = On::new(student, id(seed));
        enrolment::add_responsible_school(tx, &program(world), &on, cmd.clone(), &OursAlone)
    })
}

#[test]
fn a_responsible_school_is_added_once_and_announced() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        let early = add(world, student, "early", &at_school("1765", "2026-08-31")).expect("saved");
        assert_eq!(
            codes(&early.findings),
            ["LP-0456"],
            "not enrolled at that school of ours"
        );
        enrolled(world, student, "a", &autumn(0));
        let saved = add(world, student, "a", &at_school("1256", "2026-09-01")).expect("saved");
        assert!(saved.findings.is_empty(), "{}", world.engine);
        assert_eq!(
            add(world, student, "a", &at_school("1256", "2026-09-01")),
            Ok(saved.clone())
        );
        let told: Vec<String> = events(world)
            .into_iter()
            .filter(|(topic, _)| topic == "responsible_school.changed")
            .map(|(_, payload)| payload)
            .collect();
        assert_eq!(told.len(), 2, "one for each record: {told:?}");
        let of_school = |place: usize| {
            told.iter()
                .any(|payload| payload.contains(&school(place).to_string()))
        };
        assert!(of_school(0) && of_school(1), "each names the school: {told:?}");
        let all = read(world, |at| {
            enrolment::responsible_schools(at, &viewer(world), student)
        });
        assert!(all.contains(&saved.record), "{all:?}");
        assert!(all.iter().any(|record| record.id == id("early")), "{all:?}");
    });
}

#[test]
fn one_a_day_and_never_the_same_school_twice_in_a_row() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        add(world, student, "a", &at_school("0001", "2026-09-01")).expect("saved");
        assert_eq!(
            refused(add(world, student, "b", &at_school("0002", "2026-09-01"))),
            ["LP-0451"]
        );
        assert_eq!(
            refused(add(world, student, "b", &at_school("0001", "2026-10-01"))),
            ["LP-0452"]
        );
        add(world, student, "b", &at_school("0002", "2026-10-01")).expect("saved");
        add(world, student, "c", &at_school("0001", "2026-11-01")).expect("saved");
        let delete = |seed: &str, seen: i64| {
            write(world, |tx| {
                let on = On::seen(student, id(seed), seen).because("Mistake");
                enrolment::delete_responsible_school(tx, &program(world), &on, &OursAlone)
            })
        };
        assert_eq!(
            refused(delete("b", 1)),
            ["LP-0452"],
            "its neighbours name the same school"
        );
        delete("c", 1).expect("deleted");
        delete("b", 1).expect("deleted");
        let restore = write(world, |tx| {
            let on = On::seen(student, id("c"), 2);
            enrolment::restore_responsible_school(tx, &program(world), &on, &OursAlone)
        });
        assert_eq!(refused(restore), ["LP-0452"]);
        let restored = write(world, |tx| {
            let on = On::seen(student, id("b"), 2);
            enrolment::restore_responsible_school(tx, &program(world), &on, &OursAlone)
        })
        .expect("restored");
        assert!(!restored.record.is_deleted);
        assert_eq!(
            audited(world).last().map(String::as_str),
            Some("responsible-school.restore")
        );
    });
}

#[test]
fn a_change_names_the_version_it_saw_and_the_student_it_is_of() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        add(world, student, "a", &at_school("0001", "2026-09-01")).expect("saved");
        let change = |permit: &Permit<access::action::ManageEnrolment>, student, code: &str| {
            write(world, |tx| {
                let on = On::seen(student, id("a"), 1);
                let cmd = at_school(code, "2026-09-01");
                enrolment::change_responsible_school(tx, permit, &on, cmd, &OursAlone)
            })
        };
        let own = program(world);
        assert_eq!(
            change(&own, student, "0002").map(|saved| saved.record.known.version),
            Ok(2)
        );
        assert_eq!(
            change(&own, student, "0003"),
            Err(Failure::stale("responsible_school", 1, 2))
        );
        assert_eq!(
            change(&own, StudentId::derived("other"), "0003"),
            Err(Failure::NotFound)
        );
        let stranger = Permit::wide(&secretary(&[school(1)])).expect("a secretary may");
        assert_eq!(change(&stranger, student, "0003"), Err(Failure::NotFound));
        move_to(world, "2026-11-24");
        let left = SetResponsible {
            effective_on: date("2026-11-24"),
            responsible: Responsible::Elsewhere {
                name: " École  du Lac ".to_owned(),
                city: String::new(),
                province: "SK".to_owned(),
                country: "CA".to_owned(),
            },
            transition_reason: "Moved".to_owned(),
        };
        let saved = add(world, student, "b", &left).expect("saved");
        let read_back = read(world, |at| {
            enrolment::responsible_school(at, &viewer(world), id("b"))
        });
        assert_eq!(saved.record, read_back);
        let Responsible::Elsewhere { name, .. } = read_back.responsible else {
            panic!("kept as elsewhere")
        };
        assert_eq!(name, "École du Lac");
    });
}
