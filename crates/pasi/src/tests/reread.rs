//! Everything of a kind read again because a person wants to be sure.

use super::both::{Both, person, played, wide};
use super::exchange::decision;
use crate::{Choice, mirror};
use db::Reading;
use kernel::{Failure, Outcome};
use pasi_reference::{Outage, Trouble};
use pasi_wire::window::NotificationType;

async fn again(both: &Both<'_>, kind: &str) -> Outcome<usize> {
    let carol = person("Carol Nadeau");
    both.connector.read_again(&carol, &wide(&carol), kind).await
}

/// How far the last run of a kind came, and of how many.
fn progress(both: &Both<'_>, kind: &str) -> (i32, i32) {
    let checked = both.read(|at| crate::checked(at));
    let of_kind = checked.iter().find(|one| one.notification == kind);
    of_kind.map_or((0, 0), |one| (one.again_done, one.again_total))
}

#[test]
fn a_copy_that_is_wrong_under_the_right_version_is_put_right_and_decided_like_any_difference() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        both.settled("Noor").await;
        let key = asn.as_str();
        // The hash knows of versions alone: it agrees over a copy that was damaged.
        both.write(|tx| {
            use db::schema::pasi_mirror as m;
            use diesel::prelude::*;
            let row = m::table.find((tx.division(), "Student", key.to_owned()));
            let body: String = row.clone().select(m::body).first(tx.conn())?;
            let damaged = body.replace("7806241234", "7800000000");
            assert_ne!(body, damaged, "the phone is in the copy");
            diesel::update(row).set(m::body.eq(damaged)).execute(tx.conn())?;
            crate::difference::judge(tx, student)
        })
        .expect("damaged");
        assert_eq!(both.differences(student).len(), 1, "a difference that is none");
        assert_eq!(both.connector.check().await.expect("checked").put_right(), 0);
        assert_eq!(again(both, "Student").await, Ok(2));
        assert_eq!(progress(both, "Student"), (2, 2));
        assert_eq!(both.differences(student), [], "PASI's words of today are ours");
        let version = both.read(|at| mirror::version(at, NotificationType::Student, key));
        assert_eq!(version, both.theirs(student).pasi_core_version);
    });
}

#[test]
fn what_changed_unannounced_comes_and_each_difference_is_decided() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        both.settled("Noor").await;
        let outside = both.server.outside();
        outside
            .change_unannounced(asn, |theirs| theirs.phones[0].number = "7805550000".into())
            .await
            .expect("changed in silence");
        again(both, "Student").await.expect("read");
        let found = both.differences(student).remove(0);
        let decision = decision(&found, Choice::Theirs);
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            crate::decide(tx, &wide(&carol), student, std::slice::from_ref(&decision))
        });
        assert_eq!(both.differences(student), []);
        assert_eq!(
            both.connector.check().await.expect("checked").put_right(),
            0,
            "the hashes agree"
        );
    });
}

#[test]
fn a_kind_nobody_synchronizes_and_an_absent_pasi_are_refused_in_words() {
    played(async |both| {
        both.settled("Aiyana").await;
        assert_eq!(again(both, "EvaluatedMark.2027").await, Err(Failure::NotFound));
        assert_eq!(
            again(both, "StudentSchoolEnrolment.1999").await,
            Err(Failure::NotFound)
        );
        both.server.trouble(Trouble {
            outage: Some(Outage::Refuse),
            ..Trouble::default()
        });
        let away = again(both, "Student").await;
        assert!(matches!(away, Err(Failure::Unavailable(_))), "{away:?}");
    });
}
