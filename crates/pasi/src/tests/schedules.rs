//! Operating schedules and the reason of a change travel with the enrolment and come back.

use super::both::{Both, person, played, school, wide};
use super::exchange::decision;
use crate::{Choice, ProvinceRules, decide};
use enrolment::{Change, On};
use kernel::{Failure, Grade, Outcome, StudentId};
use pasi_wire::messages as wire;
use testkit::date;
use uuid::Uuid;

/// PASI has these operating schedules of our school's year.
async fn schedules(both: &Both<'_>, all: &[(u128, &str, &str, &str)]) {
    let schedule = |(id, name, first, last): &(u128, &str, &str, &str)| wire::OperatingSchedule {
        ref_id: Uuid::from_u128(*id),
        name: (*name).to_owned(),
        start_date: date(first),
        end_date: date(last),
        instructional_days: 180,
    };
    let there = wire::SchoolCalendarYear {
        school_code: both.read(|at| schools::school(at, school())).code,
        school_year: kernel::SchoolYear::ending(2027).expect("a year"),
        grades_offered: vec![wire::GradeOffered { grade: Grade::G6 }],
        programs_offered: Vec::new(),
        calendars: all.iter().map(schedule).collect(),
        pasi_core_version: 0,
    };
    let put = both.server.ministry().put_calendar_year(there).await;
    put.expect("the ministry may");
    both.listens().await;
}

const YEAR: (u128, &str, &str, &str) = (5, "Regular", "2026-09-01", "2027-06-28");
const SPRING: (u128, &str, &str, &str) = (6, "Spring intake", "2027-02-01", "2027-06-28");
const WHOLE: (u128, &str, &str, &str) = (7, "Balanced", "2026-08-17", "2027-06-30");

#[test]
fn the_only_schedule_goes_along_by_itself_and_of_several_the_one_that_was_chosen() {
    played(async |both| {
        schedules(both, &[YEAR]).await;
        let (student, _) = both.settled("Aiyana").await;
        let there = |id: u128| {
            let found = both.enrolment_there(student).calendar_ref_id;
            assert_eq!(found, Some(Uuid::from_u128(id)));
        };
        there(5);
        assert_eq!(both.enrolment_here(student).coding.operating_schedule, None);
        assert_eq!(both.differences(student), []);
        schedules(both, &[YEAR, WHOLE, SPRING]).await;
        both.re_enrols(student, |change| {
            change.coding.operating_schedule = Some(Uuid::from_u128(7).to_string());
        });
        both.syncs().await;
        assert_eq!(both.states(student), []);
        there(7);
    });
}

#[test]
fn a_schedule_and_a_reason_that_pasi_has_are_shown_and_taken() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        schedules(both, &[YEAR, SPRING]).await;
        both.re_enrolled_there(student, |theirs| {
            theirs.calendar_ref_id = Some(Uuid::from_u128(6));
            theirs.source_change_code = Some("LateInformation".to_owned());
        })
        .await;
        both.listens().await;
        let mut open = both.differences(student);
        open.sort_by(|one, other| one.field.cmp(&other.field));
        let told: Vec<_> = open
            .iter()
            .map(|one| (one.field.as_str(), one.ours.as_str(), one.theirs.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("operating-schedule", "Regular", "Spring intake"),
                ("source-change", "", "LateInformation")
            ]
        );
        let decisions: Vec<_> = open.iter().map(|one| decision(one, Choice::Theirs)).collect();
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| decide(tx, &wide(&carol), student, &decisions));
        let ours = both.enrolment_here(student).coding;
        assert_eq!(ours.operating_schedule, Some(Uuid::from_u128(6).to_string()));
        assert_eq!(ours.source_change.as_deref(), Some("LateInformation"));
        both.syncs().await;
        assert_eq!(
            (both.states(student), both.differences(student)),
            (vec![], vec![])
        );
    });
}

/// Names a schedule, by the rules of the province as they are known here.
fn names(both: &Both<'_>, student: StudentId, id: u128) -> Outcome<()> {
    let (carol, kept) = (person("Carol Nadeau"), both.enrolment_here(student));
    both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
        let rules = ProvinceRules::of(tx, Some(student))?;
        let on = On::seen(student, kept.id, kept.known.version);
        let mut change = Change::of(&kept);
        change.coding.operating_schedule = Some(Uuid::from_u128(id).to_string());
        enrolment::change(tx, &wide(&carol), &on, change, &rules).map(|_| ())
    })
}

#[test]
fn a_schedule_of_another_school_is_refused_on_both_sides_by_9006() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        schedules(both, &[YEAR, SPRING]).await;
        let found = names(both, student, 99);
        let is_refused = matches!(&found, Err(Failure::Invalid(found)) if found.of("operating_schedule").any(|one| one.code == "9006"));
        assert!(is_refused, "{found:?}");
        names(both, student, 6).expect("one of the school's");
        both.syncs().await;
        // Whoever asks no rule of PASI's hears it from PASI.
        both.re_enrols(student, |change| {
            change.coding.operating_schedule = Some(Uuid::from_u128(98).to_string());
        });
        both.syncs().await;
        let answers: Vec<_> = both.open(student).iter().map(crate::Item::answer).collect();
        let said: Vec<u32> = answers
            .iter()
            .flat_map(|answer| &answer.rules)
            .map(|rule| rule.code)
            .collect();
        assert_eq!(said, [9006]);
    });
}
