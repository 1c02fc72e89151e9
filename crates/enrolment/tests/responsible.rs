//! Responsible schools on both engines.

mod common;

use access::Permit;
use common::{
    audited, autumn, codes, enrolled, events, furnish, move_to, program, read, refused, school, secretary,
    viewer, write,
};
use enrolment::rules::{Judge, OursAlone, ProposedResponsible};
use enrolment::{On, Responsible, ResponsibleSchool, Saved, SetResponsible};
use kernel::{Failure, Finding, Findings, Outcome, ResponsibleSchoolId, StudentId};
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

/// A province that takes one record a day, and lets none of the school 0002 go.
struct Strict;

impl Judge for Strict {
    fn responsible_school(&self, proposed: &ProposedResponsible) -> Findings {
        let after = proposed.after;
        let names = |code: &str| after.responsible == at_school(code, "2026-09-01").responsible;
        let is_taken = proposed
            .others
            .iter()
            .any(|other| other.effective_on == after.effective_on);
        let is_kept = after.is_deleted && names("0002");
        let found = (is_taken || is_kept).then(|| Finding::refuse("11690", "effective_on"));
        found.into_iter().collect()
    }
}

#[test]
fn what_the_province_refuses_is_neither_added_nor_deleted_nor_restored() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        let add = |seed: &str, cmd: SetResponsible| {
            write(world, |tx| {
                let on = On::new(student, id(seed));
                enrolment::add_responsible_school(tx, &program(world), &on, cmd.clone(), &Strict)
            })
        };
        add("a", at_school("0001", "2026-09-01")).expect("saved");
        assert_eq!(refused(add("b", at_school("0002", "2026-09-01"))), ["11690"]);
        add("b", at_school("0002", "2026-10-01")).expect("saved");
        add("c", at_school("0001", "2026-11-01")).expect("saved");
        let delete = |seed: &str, seen: i64, judge: &dyn Judge| {
            write(world, |tx| {
                let on = On::seen(student, id(seed), seen).because("Mistake");
                enrolment::delete_responsible_school(tx, &program(world), &on, judge)
            })
        };
        assert_eq!(refused(delete("b", 1, &Strict)), ["11690"]);
        delete("c", 1, &Strict).expect("deleted");
        delete("b", 1, &OursAlone).expect("deleted");
        add("d", at_school("0003", "2026-11-01")).expect("saved");
        let restore = |seed: &str| {
            write(world, |tx| {
                let on = On::seen(student, id(seed), 2);
                enrolment::restore_responsible_school(tx, &program(world), &on, &Strict)
            })
        };
        assert_eq!(refused(restore("c")), ["11690"]);
        assert!(!restore("b").expect("restored").record.is_deleted);
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
