//! Changes from outside, differences, conflicts, and a division that begins synchronized.

use super::both::{organization, person, played, wide};
use crate::{Choice, Decision, ItemState, decide, map, resend, seed};
use db::Reading;
use kernel::{Failure, StudentId};
use pasi_wire::Response;
use pasi_wire::messages as wire;

pub(super) fn decision(open: &crate::Difference, choice: Choice) -> Decision {
    Decision {
        record_kind: open.record_kind.clone(),
        record_key: open.record_key.clone(),
        field: open.field.clone(),
        seen_version: open.core_version,
        seen_ours: open.ours.clone(),
        choice,
    }
}

fn street(both: &super::both::Both, student: StudentId) -> String {
    both.read(|at| map::load(at, student)).addresses[0]
        .value
        .street
        .clone()
}

#[test]
fn a_change_from_outside_stands_beside_ours_until_a_person_accepts_it() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let outside = both.server.outside();
        outside
            .change(asn, |theirs| theirs.addresses[0].street = Some("Box 77".into()))
            .await
            .expect("changed");
        both.listens().await;
        let open = both.differences(student);
        assert_eq!(open.len(), 1, "{open:?}");
        assert_eq!(open[0].field, "mailing-address");
        assert!(open[0].ours.contains("Box 12") && open[0].theirs.contains("Box 77"));
        assert_eq!(street(both, student), "Box 12", "nothing of ours is overwritten");
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            decide(tx, &wide(&carol), student, &[decision(&open[0], Choice::Theirs)])
        });
        assert_eq!(street(both, student), "Box 77");
        assert_eq!(both.differences(student), []);
        both.syncs().await;
        assert_eq!(both.states(student), [], "PASI is not told its own news");
    });
}

#[test]
fn ours_kept_goes_to_pasi_based_on_the_version_that_was_seen() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let outside = both.server.outside();
        outside
            .change(asn, |theirs| theirs.phones[0].number = "7805550000".into())
            .await
            .expect("changed");
        both.listens().await;
        let open = both.differences(student);
        let carol = person("Carol Nadeau");
        let mut stale = decision(&open[0], Choice::Ours);
        stale.seen_version -= 1;
        let refused = both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
            decide(tx, &wide(&carol), student, std::slice::from_ref(&stale))
        });
        assert!(
            matches!(refused, Err(Failure::Conflict(_))),
            "an older screen decides nothing: {refused:?}"
        );
        both.write_as(&carol, |tx| {
            decide(tx, &wide(&carol), student, &[decision(&open[0], Choice::Ours)])
        });
        both.syncs().await;
        assert_eq!(both.theirs(student).phones[0].number, "7806241234");
        assert_eq!(
            (both.states(student), both.differences(student)),
            (Vec::new(), Vec::new())
        );
    });
}

#[test]
fn a_change_made_on_an_older_version_is_a_conflict_with_both_sides() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let outside = both.server.outside();
        outside
            .change(asn, |theirs| theirs.addresses[0].street = Some("Box 77".into()))
            .await
            .expect("changed");
        both.dials("Carol Nadeau", student, "7806249999");
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Conflict)]);
        assert_eq!(
            both.theirs(student).phones[0].number,
            "7806241234",
            "nothing of theirs is overwritten"
        );
        let fields: Vec<String> = both
            .differences(student)
            .into_iter()
            .map(|one| one.field)
            .collect();
        assert_eq!(
            fields,
            ["mailing-address"],
            "what PASI changed is shown beside the item"
        );
        let (carol, item) = (person("Carol Nadeau"), both.open(student)[0].id);
        both.write_as(&carol, |tx| resend(tx, &wide(&carol), item));
        both.syncs().await;
        assert_eq!(both.theirs(student).phones[0].number, "7806249999");
        assert_eq!(both.states(student), []);
    });
}

#[test]
fn a_deactivated_asn_is_refused_and_shown() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        both.server
            .outside()
            .deactivate(asn, true)
            .await
            .expect("deactivated");
        both.listens().await;
        assert_eq!(both.differences(student)[0].field, "asn");
        both.dials("Carol Nadeau", student, "7806249999");
        both.syncs().await;
        let refused = both
            .open(student)
            .into_iter()
            .find(|item| item.state == ItemState::Rejected)
            .expect("refused");
        assert_eq!(refused.answer().rules[0].code, 9009);
    });
}

#[test]
fn a_secondary_asn_is_followed_to_the_primary_when_a_person_accepts_it() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let (_, primary) = both.settled("Other").await;
        let other = both.read(|at| map::by_asn(at, primary)).expect("ours");
        // The double is a mistake of our own: its record gives the number back first.
        both.write(|tx| map::take_asn(tx, other, None))
            .expect("given back");
        both.server.outside().link(asn, primary).await.expect("linked");
        both.listens().await;
        let open = both.differences(student);
        let of_asn = open
            .iter()
            .find(|one| one.field == "asn")
            .expect("the ASN differs");
        let carol = person("Carol Nadeau");
        let others = open.iter().filter(|one| one.field != "asn");
        let kept: Vec<Decision> = std::iter::once(of_asn)
            .chain(others)
            .map(|one| decision(one, Choice::Ours))
            .collect();
        let tried = both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
            decide(tx, &wide(&carol), student, &kept)
        });
        assert_eq!(tried, Err(Failure::refuse("LP-0601", "asn")), "it cannot be kept");
        both.write_as(&carol, |tx| {
            decide(tx, &wide(&carol), student, &[decision(of_asn, Choice::Theirs)])
        });
        assert_eq!(both.asn(student), Some(primary));
    });
}

#[test]
fn a_seeded_division_has_nothing_to_send_to_read_or_to_decide() {
    played(async |both| {
        let ids = [both.settled("Aiyana").await, both.settled("Noor").await];
        let seeded = both.holdings(&ids);
        both.write(|tx| {
            use diesel::prelude::*;
            diesel::delete(db::schema::pasi_mirror::table).execute(tx.conn())?;
            diesel::delete(db::schema::pasi_cursor::table).execute(tx.conn())?;
            seed(tx, &seeded)
        })
        .expect("seeded");
        assert_eq!(
            both.listens().await,
            4 + pasi_reference::catalogue().len(),
            "two schools, two authorities, the catalogue, and nothing else"
        );
        assert_eq!(both.listens().await, 0);
        both.server
            .outside()
            .change(ids[0].1, |theirs| theirs.identification.gender = "X".into())
            .await
            .expect("changed");
        assert!(both.listens().await > 0);
        assert_eq!(both.differences(ids[0].0)[0].field, "gender");
        assert_eq!(both.differences(ids[1].0), []);
    });
}

/// The ministry corrects the first day of the student's enrolment.
async fn starts_there(both: &super::both::Both<'_>, asn: kernel::Asn, day: &str) {
    let (_, enrolments) = both.server.holdings();
    let held = enrolments.into_iter().find(|one| one.asn == asn);
    let enrolment = wire::StudentSchoolEnrolment {
        registration_start_date: day.parse().expect("a date"),
        ..held.expect("it is enrolled")
    };
    let ministry = organization("O.1");
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

#[test]
fn an_enrolment_changed_outside_is_told_to_its_owner_who_accepts_or_resets_it() {
    played(async |both| {
        let carol = person("Carol Nadeau");
        let (student, asn) = both.settled("Aiyana").await;
        let start = |both: &super::both::Both<'_>| {
            let id = super::both::enrolment_of(student);
            let ours = both.read(|at| enrolment::enrolment(at, &map::program(at)?, id));
            ours.start.to_string()
        };
        let before = start(both);
        for (day, choice, kept) in [
            ("2026-09-08", Choice::Theirs, "2026-09-08"),
            ("2026-09-15", Choice::Ours, "2026-09-08"),
        ] {
            starts_there(both, asn, day).await;
            both.listens().await;
            let open = both.differences(student);
            assert_eq!(open.len(), 1, "{open:?}");
            assert_eq!(
                (open[0].field.as_str(), open[0].theirs.as_str()),
                ("start-date", day)
            );
            assert_ne!(
                start(both),
                day,
                "nothing of ours is overwritten; it was {before}"
            );
            both.write_as(&carol, |tx| {
                decide(tx, &wide(&carol), student, &[decision(&open[0], choice)])
            });
            both.syncs().await;
            both.listens().await;
            assert_eq!(start(both), kept);
            let (_, enrolments) = both.server.holdings();
            let there = enrolments.into_iter().find(|one| one.asn == asn);
            let there = there.expect("it is enrolled").registration_start_date.to_string();
            assert_eq!(there, kept, "both sides say the same");
            assert_eq!(
                (both.states(student), both.differences(student)),
                (Vec::new(), Vec::new())
            );
        }
    });
}
