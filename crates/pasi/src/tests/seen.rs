//! A change is made on what its author saw: what PASI changed between the
//! opening of the form and the save is overwritten by nobody.

use super::both::{Both, person, played, wide};
use super::exchange::decision;
use crate::{Choice, ItemState, decide, map, resend, resend_all, seen};
use kernel::{Actor, Grade, StudentId};
use people::On;

/// Somebody at a page that shows these students.
fn at_a_page_of(both: &Both<'_>, students: &[StudentId]) -> Actor {
    Actor {
        seen: both.read(|at| seen(at, students)),
        ..person("Carol Nadeau")
    }
}

/// Saves another number, as the page showed things.
fn dials(both: &Both<'_>, who: &Actor, student: StudentId, number: &str) {
    both.write_as(who, |tx| {
        let kept = map::load(tx, student)?.phones[0].clone();
        let phone = people::Phone {
            number: number.to_owned(),
            ..kept.value
        };
        people::set_phone(
            tx,
            &wide(who),
            &On::seen(student, kept.id, kept.version),
            &phone,
            &people::rules::OursAlone,
        )
    });
}

async fn dialled_there(both: &Both<'_>, student: StudentId, number: &str) {
    let asn = both.asn(student).expect("an ASN");
    let outside = both.server.outside();
    let changed = outside.change(asn, |theirs| theirs.phones[0].number = number.to_owned());
    changed.await.expect("changed");
}

#[test]
fn what_pasi_changed_after_the_form_was_opened_is_a_conflict_and_not_overwritten() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let carol = at_a_page_of(both, &[student]);
        dialled_there(both, student, "7805550000").await;
        both.listens().await;
        dials(both, &carol, student, "7806249999");
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Conflict)]);
        assert_eq!(both.theirs(student).phones[0].number, "7805550000");
        let ours = both.read(|at| map::load(at, student));
        assert_eq!(ours.phones[0].value.number, "7806249999", "nothing typed is lost");

        // A person sees both sides and wants ours; meanwhile PASI changes once more.
        let item = both.open(student).remove(0);
        let viewer = wide(&carol);
        let both_sides = both.read(|at| crate::sides(at, &viewer, None, &item));
        assert!(
            both_sides
                .iter()
                .any(|side| side.ours.contains("7806249999") && side.theirs.contains("7805550000")),
            "{both_sides:?}"
        );
        let early = at_a_page_of(both, &[student]);
        dialled_there(both, student, "7805551111").await;
        both.listens().await;
        both.write_as(&early, |tx| resend(tx, &wide(&early), item.id));
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Conflict)]);
        assert_eq!(both.theirs(student).phones[0].number, "7805551111");
        let now = at_a_page_of(both, &[student]);
        both.write_as(&now, |tx| resend(tx, &wide(&now), item.id));
        both.syncs().await;
        assert_eq!(both.theirs(student).phones[0].number, "7806249999");
        assert_eq!(
            (both.states(student), both.differences(student)),
            (vec![], vec![])
        );
    });
}

#[test]
fn an_enrolment_goes_by_its_own_version() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let (carol, early) = (person("Carol Nadeau"), at_a_page_of(both, &[student]));
        // The student changed there too, which is no matter of the enrolment.
        dialled_there(both, student, "7805550000").await;
        both.listens().await;
        let grades = |who: &Actor, grade: Grade| {
            both.write_as(who, |tx| {
                let kept = enrolment::enrolment(tx, &wide(&carol), super::both::enrolment_of(student))?;
                let change = enrolment::Change {
                    grade,
                    homeroom: kept.homeroom.clone(),
                    start: kept.start,
                    exit: kept.state.exit(),
                    coding: kept.coding.clone(),
                };
                let on = On::seen(student, kept.id, kept.known.version);
                enrolment::change(tx, &wide(&carol), &on, change, &enrolment::rules::OursAlone)
            });
        };
        grades(&early, Grade::G5);
        both.syncs().await;
        assert_eq!(both.states(student), []);
        assert_eq!(both.enrolment_there(student).grade, Some(Grade::G5));

        let early = at_a_page_of(both, &[student]);
        both.re_enrolled_there(student, |theirs| theirs.grade = Some(Grade::G7))
            .await;
        both.listens().await;
        grades(&early, Grade::G6);
        both.syncs().await;
        assert_eq!(
            both.states(student),
            [("enrolment".to_owned(), ItemState::Conflict)]
        );
        assert_eq!(both.enrolment_there(student).grade, Some(Grade::G7));
    });
}

#[test]
fn our_own_changes_since_the_form_was_opened_are_no_conflict() {
    played(async |both| {
        let student = both.registers("Aiyana");
        let before_pasi_knew = at_a_page_of(both, &[student]);
        both.syncs().await;
        both.server.settled().await;
        both.listens().await;
        dials(both, &before_pasi_knew, student, "7806240001");
        both.syncs().await;
        assert_eq!(both.states(student), [], "PASI made the student for us");
        let carol = at_a_page_of(both, &[student]);
        for number in ["7806240002", "7806240003"] {
            dials(both, &carol, student, number);
            both.syncs().await;
        }
        // Still open: the next goes after it was accepted.
        both.connector.intake().await.expect("taken");
        dials(both, &carol, student, "7806240004");
        both.syncs().await;
        both.listens().await;
        assert_eq!(both.states(student), []);
        assert_eq!(both.theirs(student).phones[0].number, "7806240004");
    });
}

#[test]
fn what_was_saved_before_pasi_s_news_came_was_made_without_them_form_or_not() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        // An import, a mass change, a job: no page, and its event not taken yet.
        dials(both, &person("Carol Nadeau"), student, "7806249999");
        dialled_there(both, student, "7805550000").await;
        both.listens().await;
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Conflict)]);
        assert_eq!(both.theirs(student).phones[0].number, "7805550000");
    });
}

#[test]
fn a_refused_change_sent_again_with_many_is_still_made_on_what_its_author_saw() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        both.server
            .outside()
            .deactivate(asn, true)
            .await
            .expect("deactivated");
        both.listens().await;
        let carol = at_a_page_of(both, &[student]);
        dials(both, &carol, student, "7806249999");
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Rejected)]);
        both.server
            .outside()
            .deactivate(asn, false)
            .await
            .expect("active again");
        dialled_there(both, student, "7805550000").await;
        both.listens().await;
        let items = [both.open(student)[0].id];
        let sent = both.write_as(&carol, |tx| resend_all(tx, &wide(&carol), &items));
        assert_eq!(sent, 1);
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Conflict)]);
        assert_eq!(both.theirs(student).phones[0].number, "7805550000");
    });
}

#[test]
fn a_difference_settled_by_hand_is_settled_on_what_was_on_the_page() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        dialled_there(both, student, "7805550000").await;
        both.listens().await;
        // The third answer: our form, opened from the difference, and a third number.
        let carol = at_a_page_of(both, &[student]);
        let seen = decision(&both.differences(student)[0], Choice::Theirs);
        dials(both, &carol, student, "7805559999");
        both.connector.intake().await.expect("taken");
        assert_eq!(both.differences(student), [], "it is on its way");
        both.write_as(&carol, |tx| {
            decide(tx, &wide(&carol), student, std::slice::from_ref(&seen))
        });
        both.syncs().await;
        both.listens().await;
        assert_eq!(both.theirs(student).phones[0].number, "7805559999");
        assert_eq!(
            (both.states(student), both.differences(student)),
            (vec![], vec![])
        );
    });
}

#[test]
fn a_guardian_s_new_number_goes_for_each_child_by_the_version_the_page_had_of_it() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let (sibling, _) = both.settled("Noor").await;
        let carol = at_a_page_of(both, &[student, sibling]);
        dialled_there(both, sibling, "7805550000").await;
        both.listens().await;
        for child in [student, sibling] {
            dials(both, &carol, child, "7806249999");
        }
        both.syncs().await;
        assert_eq!(both.states(student), []);
        assert_eq!(both.states(sibling), [("phone".to_owned(), ItemState::Conflict)]);
    });
}
