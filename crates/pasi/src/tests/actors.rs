//! PASI is told who made a change, from where: also when the change waited,
//! and the program was started again in between.

use super::both::{Both, person, played, wide};
use crate::{Choice, ItemState, decide, map};
use kernel::{Actor, StudentId};
use pasi_reference::{Outage, Trouble};
use pasi_wire::messages::CallerUser;
use pasi_wire::{Operation, soap};
use people::On;

/// Saves the one phone of a student as somebody at some machine.
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

/// Who sent each number, as the province has kept the calls.
fn senders(both: &Both<'_>, operation: Operation, said: &str) -> Vec<CallerUser> {
    let calls = both.server.calls();
    let sent = calls
        .iter()
        .filter(|call| call.operation == operation.name() && call.request().contains(said));
    sent.map(|call| {
        let request = soap::decode_request(call.request().as_bytes()).expect("it was a request");
        request.caller().user.clone()
    })
    .collect()
}

fn somebody(name: &str, ip: &str) -> Actor {
    Actor {
        ip: ip.to_owned(),
        ..person(name)
    }
}

fn is_of(user: &CallerUser, who: &Actor, name: &str) {
    assert_eq!(
        (user.name.as_str(), &user.local_id, &user.ip_address),
        (name, &who.local_id, &who.ip)
    );
    assert_eq!(
        user.organization_code.to_string(),
        "S.1256",
        "for the student's school"
    );
}

#[test]
fn each_change_goes_in_the_name_of_who_made_it_after_waiting_and_a_restart() {
    played(async |both| {
        let students = [both.settled("Aiyana").await.0, both.settled("Noor").await.0];
        let people = [
            (
                somebody("Marie-Ève Lavallée", "10.20.30.40"),
                "Marie-Ève Lavallée",
            ),
            (somebody("Carol  Nadeau", "2001:db8::7"), "Carol Nadeau"),
        ];
        both.server.trouble(Trouble {
            outage: Some(Outage::Fault),
            ..Trouble::default()
        });
        for (at, (student, (who, _))) in students.iter().zip(&people).enumerate() {
            dials(both, who, *student, &format!("780624000{at}"));
        }
        both.syncs().await;
        for student in students {
            assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Waiting)]);
        }
        both.server.trouble(Trouble::default());
        both.later(90);
        let restarted = both.restarted().expect("the credentials are good");
        restarted.send_due().await.expect("sent");
        for (at, (student, (who, name))) in students.iter().zip(&people).enumerate() {
            assert_eq!(both.states(*student), [], "it has gone");
            let sent = senders(both, Operation::SubmitStudentPhone, &format!("780624000{at}"));
            assert!(!sent.is_empty(), "it was kept with its call");
            for user in &sent {
                is_of(user, who, name);
            }
        }
    });
}

#[test]
fn what_a_person_decides_goes_in_that_person_s_name() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let outside = both.server.outside();
        let changed = outside.change(asn, |theirs| theirs.phones[0].number = "7805550000".into());
        changed.await.expect("changed");
        both.listens().await;
        let who = somebody("Jean Tremblay", "10.7.7.7");
        let decisions: Vec<_> = both
            .differences(student)
            .iter()
            .map(|open| super::exchange::decision(open, Choice::Ours))
            .collect();
        both.write_as(&who, |tx| decide(tx, &wide(&who), student, &decisions));
        both.syncs().await;
        let sent = senders(both, Operation::SubmitStudentPhone, "7806241234");
        is_of(sent.last().expect("it was sent"), &who, "Jean Tremblay");
        let heard = senders(both, Operation::IsDataAvailable, "");
        let by_itself = heard.last().expect("it was asked for");
        assert_eq!(
            (by_itself.name.as_str(), by_itself.local_id.as_str()),
            ("[System] Sync", "system")
        );
    });
}
