//! A new student: created once, linked where the province has one already.

use super::both::{Both, a_student, address, autumn, enrolment_of, organization, person, played, wide};
use crate::queue::ItemState;
use crate::{ProvinceOnPeople, ProvinceRules, Sends, approve, link_asn, map, set_policy};
use kernel::Asn;
use pasi_reference::Trouble;
use testkit::date;

#[test]
fn a_registered_child_has_an_asn_an_enrolment_and_all_sub_records_in_pasi() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        assert_eq!(
            both.states(student),
            [],
            "nothing is left to send on {}",
            both.world.engine
        );
        assert_eq!(both.differences(student), [], "both sides say the same");
        let theirs = both.theirs(student);
        let counts = (
            theirs.addresses.len(),
            theirs.phones.len(),
            theirs.citizenship.len(),
            theirs.guardians.len(),
        );
        assert_eq!(counts, (1, 1, 1, 1));
        assert_eq!(
            (
                theirs.language_at_home.as_deref(),
                theirs.section23_eligibility.as_deref()
            ),
            (Some("FRA"), Some("Y"))
        );
        let (_, enrolments) = both.server.holdings();
        assert_eq!(enrolments.len(), 1);
        assert_eq!(enrolments[0].ref_id, super::both::enrolment_of(student).uuid());
    });
}

#[test]
fn the_asn_is_given_once_though_the_answer_to_the_creation_was_lost() {
    played(async |both| {
        both.server.trouble(Trouble {
            lose_answers: 1,
            ..Trouble::default()
        });
        let student = both.registers("Noor");
        both.syncs().await;
        assert_eq!(both.asn(student), None);
        assert_eq!(both.server.students(), 1, "the first try arrived");
        both.later(30);
        both.syncs().await;
        assert!(both.asn(student).is_some(), "{:?}", both.states(student));
        assert_eq!(both.server.students(), 1);
        assert_eq!(both.states(student), []);
    });
}

/// What a killed program leaves: the call was made, nothing was written down.
async fn dies_between_call_and_settle(both: &Both<'_>) {
    both.connector.intake().await.expect("taken");
    let ready = both.leases_one();
    let map::Composed::Send(request) = ready.composed else {
        panic!("there is something to send")
    };
    both.connector
        .client
        .call(&request)
        .await
        .0
        .expect("PASI took it");
}

#[test]
fn what_was_under_way_when_the_program_was_killed_is_sent_again_and_is_there_once() {
    played(async |both| {
        let student = both.registers("Sam");
        dies_between_call_and_settle(both).await;
        both.syncs().await;
        assert_eq!(
            both.asn(student),
            None,
            "the lease of the dead sender still holds"
        );
        both.later(61);
        both.syncs().await;
        assert_eq!((both.server.students(), both.states(student)), (1, Vec::new()));
        both.listens().await;
        both.dials("Carol Nadeau", student, "7806249999");
        dies_between_call_and_settle(both).await;
        both.later(61);
        both.syncs().await;
        assert_eq!(both.states(student), [], "our own first try is no conflict");
        assert_eq!(both.theirs(student).phones[0].number, "7806249999");
    });
}

async fn created_elsewhere(both: &Both<'_>, first: &str) -> Asn {
    let elsewhere = organization("A.3020");
    let name = kernel::PersonName::new(first, "Whitebear");
    let outside = both.server.outside();
    let made = outside.create(elsewhere, name, date("2015-04-17"), "F".to_owned());
    made.await.expect("it is new there")
}

#[test]
fn a_child_the_province_knows_already_is_for_a_person_who_links_it() {
    played(async |both| {
        let asn = created_elsewhere(both, "Léa").await;
        let student = both.registers("Léa");
        both.syncs().await;
        let refused = both
            .open(student)
            .into_iter()
            .find(|item| item.state == ItemState::Rejected)
            .expect("refused");
        assert_eq!(refused.answer().rules[0].code, 11_404);
        assert!(
            both.server.holdings().1.is_empty(),
            "nothing of the child goes before the ASN is known"
        );
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| link_asn(tx, &wide(&carol), student, asn));
        both.syncs().await;
        assert_eq!(
            both.server.holdings().1.len(),
            1,
            "the enrolment went: {:?}",
            both.states(student)
        );
        both.listens().await;
        both.syncs().await;
        let theirs = both.theirs(student);
        assert_eq!((theirs.guardians.len(), theirs.addresses.len()), (1, 0));
        let fields: Vec<String> = both
            .differences(student)
            .into_iter()
            .map(|one| one.field)
            .collect();
        assert!(
            fields.contains(&"mailing-address".to_owned()),
            "what both sides say is shown: {fields:?}"
        );
    });
}

#[test]
fn a_kind_that_waits_for_approval_goes_when_someone_approved_it() {
    played(async |both| {
        let (student, _) = both.settled("Ines").await;
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            set_policy(tx, &wide(&carol), "address", Sends::AfterApproval)
        });
        both.write_as(&carol, |tx| {
            let kept = map::load(tx, student)?.addresses[0].clone();
            people::set_address(
                tx,
                &wide(&carol),
                &people::On::seen(student, kept.id, kept.version),
                &address("Box 99"),
                &people::rules::OursAlone,
            )
        });
        both.syncs().await;
        assert_eq!(
            both.states(student),
            [("address".to_owned(), ItemState::Approval)]
        );
        assert_eq!(
            both.theirs(student).addresses[0].street.as_deref(),
            Some("Box 12")
        );
        let item = both.open(student)[0].id;
        both.write_as(&carol, |tx| approve(tx, &wide(&carol), item));
        both.syncs().await;
        assert_eq!(
            both.theirs(student).addresses[0].street.as_deref(),
            Some("Box 99")
        );
        assert_eq!(both.states(student), []);
    });
}

#[test]
fn the_new_student_of_a_test_is_lawful() {
    let found = people::rules::new_student(&a_student("Aiyana"), date("2026-11-23"), &ProvinceOnPeople);
    assert!(!found.refuse(), "{found:?}");
}

#[test]
fn pasis_findings_stand_beside_the_field_before_anything_is_sent() {
    played(async |both| {
        let (carol, new) = (person("Carol Nadeau"), a_student("Aiyana"));
        let saved = both.write_as(&carol, |tx| {
            people::create_student(tx, &wide(&carol), &new, &people::rules::OursAlone)?;
            let rules = ProvinceRules::of(tx, Some(new.id))?;
            let mut cmd = autumn();
            cmd.coding.grants = vec!["500".to_owned()];
            let on = people::On::new(new.id, enrolment_of(new.id));
            enrolment::enrol(tx, &wide(&carol), &on, cmd, &rules)
        });
        let codes: Vec<String> = saved.findings.0.into_iter().map(|finding| finding.code).collect();
        assert!(
            codes.contains(&"10054".to_owned()),
            "500 needs an exception code: {codes:?}"
        );
        assert!(both.server.calls().is_empty());
    });
}
