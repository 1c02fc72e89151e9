//! An answer, or the copy read after it, is lost because the province or the
//! program was killed just then: what PASI took is never a conflict or a
//! refusal afterwards, also when the record was changed once more meanwhile.

use super::both::{Both, person, played, wide};
use crate::{ItemState, map};
use kernel::{Grade, PersonName, StudentId};
use pasi_reference::Trouble;

/// So many calls go well, then so many answers are lost.
fn lost(both: &Both<'_>, spared_calls: u32, lose_answers: u32) {
    both.server.trouble(Trouble {
        spared_calls,
        lose_answers,
        ..Trouble::default()
    });
}

/// The line is whole again, and what waits has its time.
async fn goes_on(both: &Both<'_>) {
    both.server.trouble(Trouble::default());
    both.later(61);
    both.syncs().await;
    both.later(61);
    both.syncs().await;
}

fn phone_there(both: &Both<'_>, student: StudentId) -> String {
    both.theirs(student).phones[0].number.clone()
}

async fn is_whole(both: &Both<'_>, student: StudentId, number: &str) {
    assert_eq!(both.states(student), [], "nothing is for a person");
    assert_eq!(phone_there(both, student), number);
    both.listens().await;
    assert_eq!(both.differences(student), [], "both sides say the same");
}

#[test]
fn a_change_made_before_the_copy_of_the_one_before_it_was_read_is_no_conflict() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        lost(both, 1, 1); // PASI's yes comes, its copy does not
        both.dials("Carol Nadeau", student, "7806240001");
        both.syncs().await;
        assert_eq!(both.states(student), [], "PASI said yes");
        both.dials("Carol Nadeau", student, "7806240002");
        both.later(61);
        both.syncs().await;
        is_whole(both, student, "7806240002").await;
    });
}

#[test]
fn an_answer_lost_after_a_copy_was_not_read_is_known_for_ours() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        lost(both, 1, 1);
        both.dials("Carol Nadeau", student, "7806240001");
        both.syncs().await;
        // The copy is read first, then the next one goes, and its answer is lost.
        lost(both, 1, 1);
        both.dials("Carol Nadeau", student, "7806240002");
        both.later(61);
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Waiting)]);
        both.listens().await;
        goes_on(both).await;
        is_whole(both, student, "7806240002").await;

        // The same, and this time somebody at the province changed something.
        lost(both, 1, 1);
        both.dials("Carol Nadeau", student, "7806240003");
        both.syncs().await;
        lost(both, 1, 1);
        both.dials("Carol Nadeau", student, "7806240004");
        both.later(61);
        both.syncs().await;
        let outside = both.server.outside();
        let changed = outside.change(asn, |theirs| theirs.phones[0].extension = Some("7".to_owned()));
        changed.await.expect("changed");
        goes_on(both).await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Conflict)]);
    });
}

#[test]
fn who_cannot_look_whether_the_first_try_arrived_tries_again_and_asks_nobody() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        lost(both, 0, 1);
        both.dials("Carol Nadeau", student, "7806240001");
        both.syncs().await;
        lost(both, 1, 1); // 3004 comes, PASI's copy does not
        both.later(61);
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Waiting)]);
        assert_eq!(both.link(), crate::LinkState::Down);
        goes_on(both).await;
        is_whole(both, student, "7806240001").await;
    });
}

#[test]
fn a_creation_whose_first_try_cannot_be_looked_for_is_tried_again() {
    played(async |both| {
        lost(both, 0, 1);
        let student = both.registers("Noor");
        both.syncs().await;
        for spared in 1..3 {
            lost(both, spared, 1); // 11404 comes, then the student's copy, or who it is, does not
            both.later(61);
            both.syncs().await;
            let creation = both.states(student).remove(0);
            assert_eq!(
                creation,
                ("student".to_owned(), ItemState::Waiting),
                "{spared} spared"
            );
        }
        goes_on(both).await;
        both.listens().await;
        both.syncs().await;
        assert_eq!((both.server.students(), both.states(student)), (1, Vec::new()));
    });
}

#[test]
fn a_record_changed_again_before_its_lost_answer_was_noticed_goes_on_top_of_what_arrived() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        lost(both, 0, 1);
        both.dials("Carol Nadeau", student, "7806240001");
        both.syncs().await;
        both.dials("Ivan Petrov", student, "7806240002");
        both.listens().await;
        goes_on(both).await;
        is_whole(both, student, "7806240002").await;

        lost(both, 0, 1);
        both.re_enrols(student, |change| change.grade = Grade::G5);
        both.syncs().await;
        assert_eq!(both.enrolment_there(student).grade, Some(Grade::G5), "it arrived");
        both.re_enrols(student, |change| change.grade = Grade::G7);
        goes_on(both).await;
        assert_eq!(both.states(student), []);
        assert_eq!(both.enrolment_there(student).grade, Some(Grade::G7));
    });
}

#[test]
fn a_program_killed_after_it_sent_knows_what_it_sent_though_the_record_was_changed_since() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.dials("Carol Nadeau", student, "7806240001");
        both.connector.intake().await.expect("taken");
        let map::Composed::Send(request) = both.leases_one().composed else {
            panic!("there is something to send")
        };
        both.connector
            .client
            .call(&request)
            .await
            .0
            .expect("PASI took it");
        both.dials("Ivan Petrov", student, "7806240002");
        both.later(61);
        both.syncs().await;
        is_whole(both, student, "7806240002").await;
    });
}

#[test]
fn a_child_renamed_before_the_lost_answer_to_its_creation_was_noticed_is_one_student() {
    played(async |both| {
        lost(both, 0, 1);
        let student = both.registers("Noor");
        both.syncs().await;
        assert_eq!((both.server.students(), both.asn(student)), (1, None));
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            let kept = map::load(tx, student)?.names[0].clone();
            let name = people::Name {
                name: PersonName::new("Nour", "Whitebear"),
                ..kept.value
            };
            let on = people::On::seen(student, kept.id, kept.version);
            people::change_name(
                tx,
                &wide(&carol),
                &on,
                (&name, people::NameChange::Correction),
                &people::rules::OursAlone,
            )
        });
        goes_on(both).await;
        both.listens().await;
        both.syncs().await;
        assert_eq!(both.server.students(), 1, "and no second one under the new name");
        assert_eq!(both.states(student), []);
        assert_eq!(both.theirs(student).identification.name.first, "Nour");
    });
}
