//! January 1: the window of four school years moves, on both sides of the line.

use super::both::{Both, autumn, enrolment_of, organization, person, played, wide};
use super::exchange::decision;
use crate::{Choice, ItemState, decide, mirror};
use db::Reading;
use enrolment::rules::OursAlone;
use kernel::{EnrolmentId, Grade, SchoolYear, StudentId};
use pasi_reference::{Outage, Trouble};
use pasi_wire::messages as wire;
use pasi_wire::window::{NotificationType, Topic};
use people::On;
use testkit::date;
use uuid::Uuid;

const OLD: Uuid = Uuid::from_u128(2024);

fn year(ending: i32) -> SchoolYear {
    SchoolYear::ending(ending).expect("a year")
}

fn topic(ending: i32) -> Topic {
    Topic::in_year(NotificationType::StudentSchoolEnrolment, year(ending))
}

/// The ministry stores the enrolment of 2023/2024 at our school.
async fn ministry_enrols(both: &Both<'_>, student: StudentId, grade: Grade) {
    let (_, held) = both.server.holdings();
    let known = held.iter().find(|one| one.ref_id == OLD);
    let enrolment = wire::StudentSchoolEnrolment {
        ref_id: OLD,
        school_year: year(2024),
        grade: Some(grade),
        registration_start_date: date("2023-09-01"),
        registration_exit_date: Some(date("2024-06-27")),
        pasi_core_version: known.map_or(0, |known| known.pasi_core_version),
        ..both.enrolment_there(student)
    };
    let ministry = organization("O.1");
    let caller = both
        .connector
        .client
        .caller(&person("Student Records"), Some(ministry));
    let request = wire::SubmitStudentSchoolEnrolmentRequest { caller, enrolment };
    match both
        .server
        .outside()
        .call(ministry, request)
        .await
        .expect("no fault")
    {
        pasi_wire::Response::SubmitStudentSchoolEnrolment(answer) => {
            assert_eq!(answer.rejections, [], "the ministry may");
        }
        other => panic!("{other:?}"),
    }
}

/// Versions held of a year, and whether it is listened for.
fn held(both: &Both<'_>, ending: i32) -> (usize, bool) {
    both.read(|at| {
        let held = mirror::held(at, topic(ending))?.len();
        let checked = crate::checked(at)?;
        let name = topic(ending).to_string();
        Ok((held, checked.iter().any(|one| one.notification == name)))
    })
}

fn old_grade(both: &Both<'_>) -> Grade {
    let carol = person("Carol Nadeau");
    both.read(|at| enrolment::enrolment(at, &wide(&carol), EnrolmentId::from_uuid(OLD)))
        .grade
}

fn goes_on_until(both: &Both<'_>, day: &str) {
    while both.world.store.now().date() < date(day) {
        both.later(86_400);
    }
}

#[test]
fn the_year_that_is_left_is_let_go_the_new_one_is_listened_for_and_ours_stays() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        ministry_enrols(both, student, Grade::G3).await;
        both.listens().await;
        let open = both.differences(student);
        let taken: Vec<_> = open.iter().map(|one| decision(one, Choice::Theirs)).collect();
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| decide(tx, &wide(&carol), student, &taken));
        ministry_enrols(both, student, Grade::G4).await;
        goes_on_until(both, "2026-12-31");
        both.connector.check().await.expect("checked");
        assert_eq!((held(both, 2024), held(both, 2028).1), ((1, true), false));
        assert_eq!(
            both.differences(student).len(),
            1,
            "it is compared on the last day"
        );

        both.later(86_400);
        assert_eq!(both.world.store.now().date(), date("2027-01-01"));
        // Enrolled for the next year there, which is told from this day on.
        both.listens().await;
        let check = both.connector.check().await.expect("checked");
        assert_eq!(check.put_right(), 0, "both sides hold the same: {check:?}");
        assert_eq!(held(both, 2024), (0, false), "its copy would age");
        assert_eq!(held(both, 2027), (1, true));
        assert_eq!(held(both, 2028), (0, true), "it is listened for");
        assert_eq!(old_grade(both), Grade::G3, "our record stays");
        assert_eq!(both.differences(student), [], "what nobody tells is not compared");
        let all = both.read(|at| crate::checked(at));
        assert!(all.iter().all(crate::Checked::agrees), "{all:?}");
        ministry_enrols(both, student, Grade::G5).await;
        assert_eq!(both.listens().await, 0, "nobody is told of it");

        let left = both.read(|at| {
            use db::schema::audit;
            use diesel::prelude::*;
            let left = audit::table.filter(audit::action.eq("pasi.leave-year"));
            Ok(left.count().get_result::<i64>(at.conn())?)
        });
        assert_eq!(left, 1, "it is on record that the year was left");
    });
}

#[test]
fn what_waits_over_new_year_goes_or_stands_before_a_person_and_is_kept_here() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        ministry_enrols(both, student, Grade::G3).await;
        both.listens().await;
        let taken: Vec<_> = both
            .differences(student)
            .iter()
            .map(|one| decision(one, Choice::Theirs))
            .collect();
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| decide(tx, &wide(&carol), student, &taken));
        goes_on_until(both, "2026-12-31");
        both.listens().await;
        both.server.trouble(Trouble {
            outage: Some(Outage::Fault),
            ..Trouble::default()
        });
        both.write_as(&carol, |tx| {
            let kept = enrolment::enrolment(tx, &wide(&carol), EnrolmentId::from_uuid(OLD))?;
            let change = enrolment::Change {
                grade: Grade::G4,
                homeroom: kept.homeroom.clone(),
                start: kept.start,
                exit: kept.state.exit(),
                coding: kept.coding.clone(),
            };
            let on = On::seen(student, kept.id, kept.known.version);
            enrolment::change(tx, &wide(&carol), &on, change, &OursAlone)
        });
        both.dials("Carol Nadeau", student, "7806249999");
        both.syncs().await;
        both.later(86_400);
        both.server.trouble(Trouble::default());
        both.listens().await;
        assert_eq!(held(both, 2024).0, 1, "its copy stays while ours is on its way");
        both.syncs().await;
        both.listens().await;
        assert_eq!(both.theirs(student).phones[0].number, "7806249999");
        assert_eq!(old_grade(both), Grade::G4);
        let states = both.states(student);
        let there = both.server.holdings().1.into_iter().find(|one| one.ref_id == OLD);
        let there = there.expect("PASI keeps it").grade;
        match states.as_slice() {
            [] => assert_eq!(there, Some(Grade::G4), "PASI took it"),
            [(kind, ItemState::Rejected)] => assert_eq!(kind, "enrolment", "a person is asked"),
            other => panic!("{other:?}"),
        }
        assert!(autumn().grade == Grade::G6 && enrolment_of(student).uuid() != OLD);
    });
}
