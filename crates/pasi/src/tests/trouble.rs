//! PASI away, garbage, refused credentials.

use super::both::played;
use crate::{ItemState, LinkState};
use pasi_reference::{Outage, Trouble};

fn away(outage: Outage) -> Trouble {
    Trouble {
        outage: Some(outage),
        ..Trouble::default()
    }
}

#[test]
fn twenty_changes_made_while_pasi_was_away_arrive_in_order_with_their_authors() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.server.trouble(away(Outage::Refuse));
        let authors = ["Carol Nadeau", "Ivan Petrov", "Marie-Ève Lavallée"];
        for number in 0..20 {
            both.dials(authors[number % 3], student, &format!("78062400{number:02}"));
            both.syncs().await;
        }
        assert_eq!(both.link(), LinkState::Down);
        assert_eq!(both.open(student).len(), 20);
        assert!(
            both.open(student)
                .iter()
                .all(|item| item.state == ItemState::Waiting)
        );
        let waiting = both.open(student);
        both.server.trouble(Trouble::default());
        both.listens().await;
        assert_eq!(both.link(), LinkState::Up);
        both.syncs().await;
        assert_eq!(both.states(student), [], "all went at once");
        assert_eq!(both.theirs(student).phones[0].number, "7806240019");
        let done: Vec<String> = waiting
            .iter()
            .map(|item| both.read(|at| crate::item(at, item.id)).message_id)
            .collect();
        let calls = both.server.calls();
        let arrived: Vec<String> = calls
            .into_iter()
            .filter(|call| done.contains(&call.message_id))
            .map(|call| call.message_id)
            .collect();
        assert_eq!(arrived, done, "in the order they were made");
        for (number, message) in done.iter().enumerate() {
            let user = both.read(|at| {
                use db::Reading;
                use db::schema::pasi_call;
                use diesel::prelude::*;
                let key = (at.division(), message.as_str());
                Ok(pasi_call::table
                    .find(key)
                    .select(pasi_call::user_name)
                    .first::<String>(at.conn())?)
            });
            assert_eq!(user, authors[number % 3]);
        }
    });
}

#[test]
fn an_answer_that_is_not_pasis_loses_nothing() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.server.trouble(Trouble {
            garbage_answers: 1,
            ..Trouble::default()
        });
        both.dials("Carol Nadeau", student, "7806249999");
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Waiting)]);
        assert_eq!(both.link(), LinkState::Down);
        both.later(30);
        both.syncs().await;
        assert_eq!((both.states(student), both.link()), (Vec::new(), LinkState::Up));
        assert_eq!(both.theirs(student).phones[0].number, "7806249999");
    });
}

#[test]
fn a_lost_answer_is_no_conflict_though_the_long_poll_told_of_our_own_change_first() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let lost = || Trouble {
            lose_answers: 1,
            ..Trouble::default()
        };
        both.server.trouble(lost());
        both.dials("Carol Nadeau", student, "7806249999");
        both.syncs().await;
        assert_eq!(both.listens().await, 1, "the change arrived, and is told");
        both.later(30);
        both.syncs().await;
        assert_eq!(both.states(student), [], "nobody else changed anything");
        assert_eq!(both.theirs(student).phones[0].number, "7806249999");

        both.server.trouble(lost());
        both.dials("Carol Nadeau", student, "7806240000");
        both.syncs().await;
        let outside = both.server.outside();
        outside
            .change(asn, |theirs| theirs.phones[0].extension = Some("7".to_owned()))
            .await
            .expect("changed");
        both.listens().await;
        both.later(30);
        both.syncs().await;
        assert_eq!(
            both.states(student),
            [("phone".to_owned(), ItemState::Conflict)],
            "somebody did, so a person decides"
        );
    });
}

#[test]
fn a_fault_of_pasi_itself_is_an_absence() {
    played(async |both| {
        both.server.trouble(away(Outage::Fault));
        let student = both.registers("Aiyana");
        both.syncs().await;
        assert_eq!(both.link(), LinkState::Down);
        assert_eq!(both.asn(student), None);
        both.server.trouble(Trouble::default());
        both.listens().await;
        both.syncs().await;
        assert!(both.asn(student).is_some());
    });
}

#[test]
fn credentials_that_are_not_ours_stop_the_sending_and_lose_nothing() {
    played(async |both| {
        let stranger = both.stranger();
        let student = both.registers("Aiyana");
        stranger.intake().await.expect("taken");
        stranger.send_due().await.expect("tried");
        assert_eq!(both.link(), LinkState::Refused);
        let tried = both.server.calls().len();
        both.later(30);
        stranger.send_due().await.expect("paused");
        assert_eq!(
            both.server.calls().len(),
            tried,
            "a refused client does not knock again at once"
        );
        both.later(60);
        both.syncs().await;
        assert_eq!((both.link(), both.states(student)), (LinkState::Up, Vec::new()));
    });
}

#[test]
fn an_expired_certificate_is_refused_before_anything_is_sent() {
    played(async |both| {
        let student = both.registers("Aiyana");
        both.later(500 * 86_400);
        both.syncs().await;
        assert_eq!(both.link(), LinkState::Refused);
        assert!(both.server.calls().is_empty());
        assert!(!both.open(student).is_empty());
        let told = both.restarted().err().expect("a new start sees it too");
        assert!(
            told.is_refusal() && told.line().contains("expired"),
            "{}",
            told.line()
        );
    });
}

#[test]
fn a_running_connector_sends_hears_and_stops() {
    played(async |both| {
        let running = both.connector.start();
        let student = both.registers("Aiyana");
        // The division's clock stands still: when something has to be tried again, its time must come.
        let patience = std::time::Duration::from_secs(2);
        let mut settled = false;
        for _ in 0..20 {
            settled = both
                .connector
                .settle_student(student, patience)
                .await
                .expect("asked");
            if settled {
                break;
            }
            both.later(61);
        }
        assert!(settled, "it settles by itself");
        assert!(both.asn(student).is_some());
        running.stop().await;
    });
}
