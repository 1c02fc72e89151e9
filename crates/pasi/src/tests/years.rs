//! Registered before PASI takes the school year: it waits, and goes when the year opens.

use super::both::{autumn, enrolment_of, played};
use crate::{ItemState, ProvinceRules};
use access::Permit;
use enrolment::{Enrol, On};
use kernel::{EnrolmentId, Grade, SchoolYear, StudentId};
use testkit::date;

fn next_year() -> SchoolYear {
    SchoolYear::ending(2028).expect("a year")
}

fn next_of(student: StudentId) -> EnrolmentId {
    EnrolmentId::derived(&format!("next {student}"))
}

#[test]
fn a_registration_waits_until_pasi_takes_its_year_and_nothing_else_does() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.connector.read_codes().await.expect("the years are read");
        let saved = both
            .write(|tx| {
                let permit = Permit::program(&tx.actor().clone())?;
                let rules = ProvinceRules::of(tx, Some(student))?;
                let cmd = Enrol {
                    year: next_year(),
                    grade: Grade::G7,
                    start: date("2027-09-01"),
                    ..autumn()
                };
                enrolment::enrol(tx, &permit, &On::new(student, next_of(student)), cmd, &rules)
            })
            .expect("it may be registered here");
        let said = saved.findings.0.iter().find(|finding| finding.code == "LP-0473");
        assert!(
            said.is_some_and(|said| said.args.iter().any(|(_, value)| value == "2027-02-01")),
            "the day is told: {:?}",
            saved.findings
        );
        both.dials("Carol", student, "780-555-0199");
        both.syncs().await;
        assert_eq!(
            both.states(student),
            [("enrolment".to_owned(), ItemState::Early)],
            "the phone has gone, the registration waits"
        );
        assert_eq!(both.server.holdings().1.len(), 1);
        both.connector.read_codes().await.expect("read again");
        both.syncs().await;
        assert_eq!(both.states(student).len(), 1, "its day has not come");

        both.later(seconds_until(both.read(|at| Ok(db::Reading::today(at)))));
        both.connector.read_codes().await.expect("the day has come");
        both.syncs().await;
        assert!(both.states(student).is_empty(), "{:?}", both.states(student));
        let there = both.server.holdings().1;
        let ids: Vec<_> = there.iter().map(|one| one.ref_id).collect();
        assert!(ids.contains(&next_of(student).uuid()), "{ids:?}");
        assert!(ids.contains(&enrolment_of(student).uuid()));
    });
}

/// From noon of a day past the first of February 2027.
fn seconds_until(today: kernel::Date) -> i64 {
    let mut days = 0;
    while today.plus_days(days) < date("2027-02-02") {
        days += 1;
    }
    days * 86_400
}
