//! What people say to alerts, and who looks after a row.

use super::both::{Both, person, played, wide};
use crate::{Acknowledgement, Item, ItemState, QueueFilter, RowId, acknowledge, alerts_of, may_be_said};
use db::Reading;
use kernel::{Failure, StudentId};
use pasi_wire::messages::{
    AcknowledgementStatus, GetStudentSchoolEnrolmentStatusRequest, StatusRefIdVersion,
};
use pasi_wire::{Request, Response};

/// A child of 11 in grade 9: PASI advises (10017).
async fn advised(both: &Both<'_>) -> (StudentId, Item) {
    let (student, _) = both.settled("Aiyana").await;
    both.enrols_too_high(student);
    both.syncs().await;
    both.server.settled().await;
    both.listens().await;
    let alerts = both.read(|at| alerts_of(at, student));
    let advice = alerts
        .into_iter()
        .find(|alert| alert.operation == "Advice")
        .expect("PASI advises on the age");
    (student, advice)
}

/// What PASI keeps as said to its first alert of the enrolment.
async fn said_there(both: &Both<'_>, student: StudentId) -> AcknowledgementStatus {
    let request = GetStudentSchoolEnrolmentStatusRequest {
        caller: both.connector.client.caller(&person("Carol Nadeau"), None),
        enrolments: vec![StatusRefIdVersion {
            ref_id: super::both::enrolment_of(student).uuid(),
            expected_version: 0,
            known_source_version: 0,
        }],
    };
    let (answer, _) = both
        .connector
        .client
        .call(&Request::GetStudentSchoolEnrolmentStatus(request))
        .await;
    let Ok(Response::GetStudentSchoolEnrolmentStatus(read)) = answer else {
        panic!("no status: {answer:?}");
    };
    let status = read.results[0].status.clone().expect("a status");
    status.alerts[0].acknowledgement_status
}

#[test]
fn advice_that_is_confirmed_is_confirmed_at_pasi_and_leaves_the_queue() {
    played(async |both| {
        let (student, advice) = advised(both).await;
        let carol = person("Carol Nadeau");
        assert_eq!(may_be_said(&advice)[0], Acknowledgement::Acknowledged);
        for _ in 0..2 {
            // A double click is one word.
            both.write_as(&carol, |tx| {
                acknowledge(tx, &wide(&carol), advice.id, Acknowledgement::Acknowledged)
            });
        }
        assert_eq!(both.open(student).len(), 1);
        let on_its_way = both.read(|at| crate::on_its_way(at, &advice));
        assert_eq!(on_its_way, Some(Acknowledgement::Acknowledged));
        both.syncs().await;
        assert_eq!(
            said_there(both, student).await,
            AcknowledgementStatus::Acknowledged
        );
        assert_eq!(both.read(|at| alerts_of(at, student)), [], "it is settled");
        let call = both.server.calls().into_iter().rev();
        let mut acknowledging = call.filter(|call| call.operation.contains("Acknowledgement"));
        assert!(acknowledging.next().is_some_and(|call| call.outcome == "ok"));
    });
}

#[test]
fn a_word_that_someone_is_on_it_stays_with_the_alert_and_can_be_taken_back() {
    played(async |both| {
        let (student, advice) = advised(both).await;
        let carol = person("Carol Nadeau");
        let say = |what| {
            both.write_as(&carol, |tx| acknowledge(tx, &wide(&carol), advice.id, what));
        };
        say(Acknowledgement::InProgress);
        both.syncs().await;
        let stands = both.read(|at| crate::item(at, advice.id));
        assert_eq!(stands.state, ItemState::Alert);
        assert_eq!(stands.answer().acknowledgement(), Acknowledgement::InProgress);
        assert_eq!(stands.created_at, advice.created_at, "it keeps its age");
        let same = both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
            acknowledge(tx, &wide(&carol), advice.id, Acknowledgement::InProgress)
        });
        assert!(refused_by(&same, "LP-0603"), "{same:?}");
        say(Acknowledgement::Unacknowledged);
        both.syncs().await;
        assert_eq!(
            said_there(both, student).await,
            AcknowledgementStatus::Unacknowledged
        );
    });
}

#[test]
fn a_warning_is_put_right_and_never_acknowledged() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.codes_wrongly(student);
        both.syncs().await;
        both.server.settled().await;
        both.listens().await;
        let alerts = both.read(|at| alerts_of(at, student));
        let warning = alerts
            .iter()
            .find(|alert| alert.operation == "Warning")
            .expect("PASI warns of grants code 500 without an exception");
        let carol = person("Carol Nadeau");
        let tried = both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
            acknowledge(tx, &wide(&carol), warning.id, Acknowledgement::Acknowledged)
        });
        assert!(refused_by(&tried, "LP-0602"), "{tried:?}");
        assert_eq!(may_be_said(warning), [Acknowledgement::InProgress]);
    });
}

#[test]
fn a_word_to_an_alert_that_changed_is_rejected_and_stays_visible() {
    played(async |both| {
        let (student, advice) = advised(both).await;
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            acknowledge(tx, &wide(&carol), advice.id, Acknowledgement::Acknowledged)
        });
        // The province's own staff corrects the birth date before ours arrives: the alert is another one.
        let asn = both.asn(student).expect("an ASN");
        both.server
            .outside()
            .correct_birth_date(asn, testkit::date("2012-04-17"))
            .await
            .expect("corrected");
        both.server.settled().await;
        both.syncs().await;
        let refused = both.open(student);
        assert_eq!(refused[0].state, ItemState::Rejected, "{refused:?}");
        assert!(matches!(refused[0].answer().rules[0].code, 12_000 | 12_001));
    });
}

#[test]
fn a_row_is_given_to_someone_who_may_decide_it_and_carries_notes() {
    played(async |both| {
        let (_, advice) = advised(both).await;
        let carol = person("Carol Nadeau");
        let (row, stranger) = (RowId::Item(advice.id), kernel::AccountId::derived("nobody"));
        let to = both.an_account("ivan", kernel::Role::Coordinator);
        let teacher = both.an_account("tess", kernel::Role::Teacher);
        let may: Vec<_> = both.read(|at| {
            Ok(crate::carers(at, &wide(&carol), row)?
                .into_iter()
                .map(|one| one.account)
                .collect())
        });
        assert_eq!(may, [to], "a teacher decides nothing here");
        for wrong in [stranger, teacher] {
            let tried = both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
                crate::assign(tx, &wide(&carol), row, Some(wrong))
            });
            assert!(refused_by(&tried, "LP-0604"), "{tried:?}");
        }
        both.write_as(&carol, |tx| crate::assign(tx, &wide(&carol), row, Some(to)));
        let of = |person| {
            both.read(|at| {
                let asked = crate::Asked {
                    filter: QueueFilter::ToDo,
                    school: None,
                    of: person,
                    limit: 10,
                };
                crate::queue(at, &wide(&carol), asked)
            })
        };
        assert_eq!(of(Some(to))[0].assigned.as_ref().map(|who| who.account), Some(to));
        assert_eq!(of(Some(teacher)), []);
        assert_eq!(of(None).len(), 1);
        let note = |text: &str| {
            both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
                crate::note(tx, &wide(&carol), row, text)
            })
        };
        for wrong in ["", "   ", &"x".repeat(501)] {
            assert!(refused_by(&note(wrong), "LP-0605"), "{wrong}");
        }
        note("Called home,  waiting").expect("written");
        note("Called home, waiting").expect("the same again is one note");
        let notes = both.read(|at| crate::notes(at, &wide(&carol), row));
        assert_eq!(notes.len(), 1);
        assert_eq!(
            (notes[0].body.as_str(), notes[0].written_by.as_str()),
            ("Called home, waiting", "Carol Nadeau")
        );
        both.write_as(&carol, |tx| crate::assign(tx, &wide(&carol), row, None));
        assert_eq!(of(Some(to)), []);
        let kept = both.read(|at| {
            use diesel::prelude::*;
            let all = db::schema::audit::table.filter(db::schema::audit::action.like("pasi.note%"));
            Ok(all.select(db::schema::audit::detail).load::<String>(at.conn())?)
        });
        assert!(kept.iter().all(|detail| !detail.contains("Called")), "{kept:?}");
    });
}

/// Was it refused with this code?
pub(super) fn refused_by<T>(outcome: &Result<T, Failure>, code: &str) -> bool {
    matches!(outcome, Err(Failure::Invalid(findings)) if findings.0.iter().any(|found| found.code == code))
}
