//! The trail: who did, read and was refused what, and who may ask.

use crate::{a_school, person, read, write};
use access::action::{ReadAudit, ViewMedical};
use access::trail::{self, TrailFilter};
use access::watch::{self, BulkReader};
use access::{Permit, Standing, place_student};
use db::Subject;
use kernel::{Actor, Clock, Failure, Instant, Role, StudentId};
use testkit::{World, date, each_engine};

fn standing(
    world: &World,
    account: kernel::AccountId,
    role: Role,
    schools: Vec<kernel::SchoolId>,
) -> Standing {
    let actor = Actor {
        account: Some(account),
        role: Some(role),
        ..world.actor.clone()
    };
    Standing { actor, role, schools }
}

#[test]
fn reads_and_refusals_stand_on_the_trail_of_the_student() {
    each_engine(|world| {
        let (school, other) = (a_school(world, "1001"), a_school(world, "1002"));
        let student = StudentId::derived("a student");
        write(world, &world.actor, |tx| {
            place_student(tx, student, school, date("2026-09-01"), date("2027-08-31"))
        })
        .expect("placed");
        let id = person(world, "principal", Role::Principal, school);
        let (here, away) = (
            standing(world, id, Role::Principal, vec![school]),
            standing(world, id, Role::Principal, vec![other]),
        );
        let permit =
            read(world, |at| Permit::<ViewMedical>::student(at, &here, student)).expect("own school");
        write(world, &here.actor, |tx| {
            trail::read_sensitive(tx, &permit, student, "medical");
            Ok(())
        })
        .expect("noted");
        write(world, &away.actor, |tx| {
            trail::refused(tx, "medical.view", Subject::new("student", student));
            Ok(())
        })
        .expect("noted");

        let audit = Permit::<ReadAudit>::program(&world.actor).expect("the program reads the audit");
        let of_student = TrailFilter {
            subject_kind: Some("student".to_owned()),
            subject_id: Some(student.to_string()),
            ..TrailFilter::default()
        };
        let page = read(world, |at| trail::page(at, &audit, &of_student, None, 10)).expect("read");
        let seen: Vec<(&str, &str)> = page
            .rows
            .iter()
            .map(|row| (row.action.as_str(), row.detail.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                ("refused", r#"{"action":"medical.view"}"#),
                (
                    "student.read",
                    r#"{"action":"medical.view","because":"own-school","what":"medical"}"#
                ),
            ]
        );
    });
}

#[test]
fn who_reads_of_more_students_than_is_usual_in_a_day_is_named() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let id = person(world, "principal", Role::Principal, school);
        let here = standing(world, id, Role::Principal, vec![school]);
        let audit = Permit::<ReadAudit>::program(&world.actor).expect("the program reads the audit");
        let students: Vec<StudentId> = (0..6).map(|n| StudentId::derived(&n.to_string())).collect();
        write(world, &here.actor, |tx| {
            let permit = Permit::<ViewMedical>::wide(&here)?;
            for student in students.iter().chain(&students) {
                trail::read_sensitive(tx, &permit, *student, "medical");
            }
            Ok(())
        })
        .expect("noted");
        let named = || read(world, |at| watch::bulk_readers(at, &audit)).expect("read");
        let set = |students| {
            write(world, &world.actor, |tx| {
                watch::set_threshold(tx, &audit, students)
            })
        };
        assert_eq!(named(), [], "six are nothing unusual");
        assert_eq!(set(4), Err(Failure::refuse("LP-0160", "students")));
        set(6).expect("set");
        assert_eq!(named(), [], "just as many as are usual");
        set(5).expect("set");
        let reader = BulkReader {
            account: id,
            name: "Person principal".to_owned(),
            students: 6,
        };
        assert_eq!(named(), [reader], "one more, and each student once");
        world.clock.set(world.clock.now().plus_seconds(24 * 3600 + 1));
        assert_eq!(named(), [], "a day later");
    });
}

#[test]
fn the_audit_is_read_newest_first_page_by_page_and_filtered() {
    each_engine(|world| {
        let audit = Permit::<ReadAudit>::program(&world.actor).expect("the program reads the audit");
        let someone = kernel::AccountId::derived("someone");
        let person = Actor {
            account: Some(someone),
            ..world.actor.clone()
        };
        // 23:30 on 23 November and 0:30 on 24 November in Alberta.
        for (at, who, action, kind) in [
            ("2026-11-24T06:30:00Z", &world.actor, "account.create", "account"),
            ("2026-11-24T06:30:00Z", &person, "account.close", "account"),
            ("2026-11-24T07:30:00Z", &person, "student.read", "student"),
            ("2026-11-24T07:30:00Z", &world.actor, "accounting", "other"),
        ] {
            world.clock.set(Instant::from_rfc3339(at).expect("rfc 3339"));
            write(world, who, |tx| {
                tx.record(action, Subject::new(kind, "1"), &());
                Ok(())
            })
            .expect("noted");
        }
        let page = |filter: &TrailFilter, before, limit| {
            let page = read(world, |at| trail::page(at, &audit, filter, before, limit)).expect("read");
            (
                page.rows.iter().map(|row| row.action.clone()).collect::<Vec<_>>(),
                page.next,
            )
        };
        let all = TrailFilter::default();
        let (first, next) = page(&all, None, 3);
        assert_eq!(first, ["accounting", "student.read", "account.close"]);
        let (second, end) = page(&all, next, 3);
        assert_eq!((second, end), (vec!["account.create".to_owned()], None));
        assert_eq!(page(&all, None, 4).1, None, "exactly a page has no next");
        let day = |text| Some(date(text));
        for (case, filter, actions) in [
            (
                "person",
                TrailFilter {
                    person: Some(someone),
                    ..all.clone()
                },
                vec!["student.read", "account.close"],
            ),
            (
                "kind",
                TrailFilter {
                    subject_kind: Some("student".to_owned()),
                    ..all.clone()
                },
                vec!["student.read"],
            ),
            (
                "group",
                TrailFilter {
                    action: Some("account.".to_owned()),
                    ..all.clone()
                },
                vec!["account.close", "account.create"],
            ),
            (
                "action",
                TrailFilter {
                    action: Some("account.close".to_owned()),
                    ..all.clone()
                },
                vec!["account.close"],
            ),
            (
                "no such action",
                TrailFilter {
                    action: Some("account".to_owned()),
                    ..all.clone()
                },
                vec![],
            ),
            (
                "from",
                TrailFilter {
                    from: day("2026-11-24"),
                    ..all.clone()
                },
                vec!["accounting", "student.read"],
            ),
            (
                "until",
                TrailFilter {
                    until: day("2026-11-23"),
                    ..all.clone()
                },
                vec!["account.close", "account.create"],
            ),
        ] {
            assert_eq!(page(&filter, None, 10).0, actions, "{case}");
        }
    });
}
