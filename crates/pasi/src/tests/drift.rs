//! Both sides compared by hash; what drifted is found and put right.

use super::both::{Both, played};
use crate::mirror;
use db::Reading;
use pasi_wire::window::{NotificationType, Topic};

fn students() -> Topic {
    Topic::of(NotificationType::Student)
}

async fn checks(both: &Both<'_>) -> crate::Check {
    both.connector.check().await.expect("PASI answers")
}

#[test]
fn a_change_that_pasi_never_told_is_found_by_the_hash_and_read() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        both.settled("Noor").await;
        let agreed = checks(both).await;
        assert_eq!(agreed.repaired, [], "both sides hold the same: {agreed:?}");
        both.server
            .outside()
            .change_unannounced(asn, |theirs| theirs.phones[0].number = "7805550000".into())
            .await
            .expect("changed in silence");
        assert_eq!(both.listens().await, 0, "nothing is told of it");
        assert_eq!(both.differences(student), []);
        let found = checks(both).await;
        assert_eq!(found.repaired, [(students(), 1)]);
        let open = both.differences(student);
        assert_eq!(
            (open[0].field.as_str(), open[0].theirs.as_str()),
            ("phone", "7805550000")
        );
        assert_eq!(checks(both).await.put_right(), 0, "nothing is left to put right");
    });
}

#[test]
fn a_mirror_that_lost_or_aged_a_copy_is_put_right() {
    played(async |both| {
        let ids = [both.settled("Aiyana").await, both.settled("Noor").await];
        both.write(|tx| {
            use db::schema::pasi_mirror as m;
            use diesel::prelude::*;
            let of = |asn: kernel::Asn| m::table.filter(m::record_key.eq(asn.as_str().to_owned()));
            diesel::delete(of(ids[0].1).filter(m::record_kind.eq("Student"))).execute(tx.conn())?;
            // As after the province was put back to an older copy of its own: ours is the newer one.
            diesel::update(of(ids[1].1).filter(m::record_kind.eq("Student")))
                .set(m::core_version.eq(9_999_999))
                .execute(tx.conn())?;
            Ok(())
        })
        .expect("drifted");
        let found = checks(both).await;
        assert_eq!(found.repaired, [(students(), 2)]);
        for (student, asn) in ids {
            let version = both.read(|at| mirror::version(at, NotificationType::Student, asn.as_str()));
            assert_eq!(version, both.theirs(student).pasi_core_version);
        }
        let checked = both.read(|at| crate::checked(at));
        let of_students = checked
            .iter()
            .find(|topic| topic.notification == "Student")
            .expect("it was compared");
        assert_eq!(of_students.repaired, 2);
        assert!(
            checked.iter().all(|topic| topic.checked_at.is_some()),
            "{checked:?}"
        );
    });
}

#[test]
fn what_pasi_tells_no_more_is_kept_and_not_compared_again() {
    played(async |both| {
        both.settled("Aiyana").await;
        both.write(|tx| mirror::keep(tx, (students(), "999999999"), 1, &serde_json::json!({}), None))
            .expect("a copy of another's");
        assert_eq!(checks(both).await.repaired, [(students(), 1)]);
        assert_eq!(checks(both).await.repaired, []);
        let kept = both.read(|at| mirror::version(at, NotificationType::Student, "999999999"));
        assert_eq!(kept, 1);
    });
}

#[test]
fn one_check_runs_at_a_time_and_an_absent_pasi_says_so() {
    played(async |both| {
        both.settled("Aiyana").await;
        let (one, other) = tokio::join!(both.connector.check(), both.connector.check());
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        both.server.trouble(pasi_reference::Trouble {
            outage: Some(pasi_reference::Outage::Refuse),
            ..pasi_reference::Trouble::default()
        });
        let away = both.connector.check().await;
        assert!(matches!(away, Err(kernel::Failure::Unavailable(_))), "{away:?}");
        both.server.trouble(pasi_reference::Trouble::default());
        checks(both).await;
    });
}
