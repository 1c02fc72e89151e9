//! Years that are not synchronized any more, read from PASI when a person asks.

use super::both::{Both, organization, person, played, wide};
use crate::{Earlier, EarlierAnswer};
use db::Reading;
use kernel::{Date, OrganizationCode, SchoolYear, StudentId};
use pasi_reference::{Outage, Trouble};
use pasi_wire::Response;
use pasi_wire::messages as wire;
use uuid::Uuid;

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// The ministry enters an enrolment of an earlier year at our school.
async fn was_enrolled(both: &Both<'_>, student: StudentId, ending: i32) {
    let (_, enrolments) = both.server.holdings();
    let asn = both.asn(student).expect("it has an ASN");
    let now = enrolments.into_iter().find(|one| one.asn == asn);
    let enrolment = wire::StudentSchoolEnrolment {
        ref_id: Uuid::from_u128(u128::from(ending.unsigned_abs())),
        school_year: SchoolYear::ending(ending).expect("a year"),
        registration_start_date: day(&format!("{}-09-01", ending - 1)),
        registration_exit_date: Some(day(&format!("{ending}-06-28"))),
        pasi_core_version: 0,
        ..now.expect("it is enrolled")
    };
    let ministry: OrganizationCode = organization("O.1");
    let caller = both
        .connector
        .client
        .caller(&person("Student Records"), Some(ministry));
    let request = wire::SubmitStudentSchoolEnrolmentRequest { caller, enrolment };
    match both.server.outside().call(ministry, request).await {
        Ok(Response::SubmitStudentSchoolEnrolment(answer)) => assert_eq!(answer.rejections, []),
        other => panic!("{other:?}"),
    }
}

async fn asks(both: &Both<'_>, student: StudentId) -> EarlierAnswer {
    let carol = person("Carol Nadeau");
    let asked = both.connector.earlier_years(&carol, wide(&carol), student);
    asked.await.expect("no fault")
}

/// The years found, and whether each is at PASI alone.
fn years(answer: &EarlierAnswer) -> Vec<(i32, bool)> {
    let EarlierAnswer::Read(read) = answer else {
        panic!("{answer:?}");
    };
    let only_there = |one: &Earlier| one.ours.is_none() && one.theirs.is_some();
    let line = |one: &Earlier| (one.year.number(), only_there(one));
    read.enrolments.iter().map(line).collect()
}

/// How often earlier years were read, by the audit, and the copies kept of them.
fn read_and_kept(both: &Both<'_>) -> (i64, i64) {
    both.read(|at| {
        use db::schema::{audit, pasi_mirror};
        use diesel::prelude::*;
        let read = audit::table.filter(audit::action.eq("pasi.read-earlier"));
        let kept = pasi_mirror::table.filter(pasi_mirror::school_year.between(1900, 2023));
        Ok((
            read.count().get_result(at.conn())?,
            kept.count().get_result(at.conn())?,
        ))
    })
}

#[test]
fn a_year_before_the_window_is_read_when_asked_audited_and_not_kept() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        was_enrolled(both, student, 2023).await;
        both.listens().await;
        assert_eq!(both.differences(student), [], "nobody is told of it");
        assert_eq!(years(&asks(both, student).await), [(2023, true)]);
        assert_eq!(read_and_kept(both), (1, 0));
        let asked = both.read(|at| {
            use db::schema::pasi_call;
            use diesel::prelude::*;
            Ok(pasi_call::table
                .filter(pasi_call::operation.eq("GetStudentAcademicProfile"))
                .select(pasi_call::user_name)
                .load::<String>(at.conn())?)
        });
        assert_eq!(asked, ["Carol Nadeau"], "PASI knows who asked");
    });
}

#[test]
fn the_window_moves_on_january_1() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        was_enrolled(both, student, 2024).await;
        let day_of = |both: &Both<'_>| both.world.store.now().date();
        while day_of(both) < day("2026-12-31") {
            both.later(86_400);
        }
        assert_eq!(years(&asks(both, student).await), [], "2023/2024 is synchronized");
        both.later(86_400);
        assert_eq!(day_of(both), day("2027-01-01"));
        assert_eq!(years(&asks(both, student).await), [(2024, true)]);
    });
}

#[test]
fn an_absent_pasi_and_a_student_without_a_number_are_states_and_not_errors() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.server.trouble(Trouble {
            outage: Some(Outage::Refuse),
            ..Trouble::default()
        });
        assert_eq!(asks(both, student).await, EarlierAnswer::Away);
        let unknown = both.registers("Noor");
        assert_eq!(asks(both, unknown).await, EarlierAnswer::NoAsn);
        assert_eq!(read_and_kept(both), (0, 0), "nothing was read");
    });
}
