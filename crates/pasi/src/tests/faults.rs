//! What can stand between us and PASI: each has its word for the connection page.

use super::both::played;
use crate::{Hindrance, ItemState, LinkState};
use pasi_reference::{Outage, Trouble};
use std::time::Duration;

/// Far below the slow PASI's five seconds.
const SHORT: Duration = Duration::from_millis(150);
const LONG: Duration = Duration::from_secs(30);

#[test]
fn each_trouble_of_the_line_has_its_word_and_loses_nothing() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let slow = Trouble {
            latency_ms: 5_000,
            ..Trouble::default()
        };
        let cut = Trouble {
            cut_answers: 1,
            ..Trouble::default()
        };
        let lost = Trouble {
            lose_answers: 1,
            ..Trouble::default()
        };
        let garbage = Trouble {
            garbage_answers: 1,
            ..Trouble::default()
        };
        let away = |outage| Trouble {
            outage: Some(outage),
            ..Trouble::default()
        };
        for (at, (trouble, word)) in [
            (slow, Hindrance::Slow),
            (cut, Hindrance::BrokenOff),
            (lost, Hindrance::BrokenOff),
            (garbage, Hindrance::Garbage),
            (away(Outage::Fault), Hindrance::Fault),
        ]
        .into_iter()
        .enumerate()
        {
            let number = format!("78062400{at:02}");
            both.server.trouble(trouble);
            both.dials("Carol Nadeau", student, &number);
            // Only who waits for a slow PASI is hasty: on a busy machine the others take their time.
            let patience = if word == Hindrance::Slow { SHORT } else { LONG };
            let connector = both.with_patience(patience);
            connector.intake().await.expect("taken");
            connector.send_due().await.expect("tried");
            let link = both.read(|at| crate::link(at));
            assert_eq!(
                (link.state, link.hindrance()),
                (LinkState::Down, Some(word)),
                "{link:?}"
            );
            assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Waiting)]);
            both.server.trouble(Trouble::default());
            both.later(90);
            both.syncs().await;
            let link = both.read(|at| crate::link(at));
            assert_eq!((link.state, link.hindrance()), (LinkState::Up, None));
            assert_eq!(
                both.theirs(student).phones[0].number,
                number,
                "it went once {word:?} was over"
            );
        }
    });
}

#[test]
fn a_connection_that_is_refused_is_told_from_a_certificate_that_is() {
    played(async |both| {
        both.server.trouble(Trouble {
            outage: Some(Outage::Refuse),
            ..Trouble::default()
        });
        assert!(both.connector.listen(false).await.is_err());
        let link = both.read(|at| crate::link(at));
        assert!(
            matches!(
                link.hindrance(),
                Some(Hindrance::Unreached | Hindrance::BrokenOff)
            ),
            "{link:?}"
        );
        both.server.trouble(Trouble::default());
        both.listens().await;
        for (connector, word) in [
            (both.stranger(), Hindrance::OurCertificate),
            (both.distrusting(), Hindrance::TheirCertificate),
        ] {
            assert!(connector.listen(false).await.is_err());
            let link = both.read(|at| crate::link(at));
            assert_eq!(
                (link.state, link.hindrance()),
                (LinkState::Refused, Some(word)),
                "{link:?}"
            );
        }
        both.later(500 * 86_400);
        assert!(both.connector.listen(false).await.is_err());
        let link = both.read(|at| crate::link(at));
        assert_eq!(link.hindrance(), Some(Hindrance::Expired));
    });
}

#[test]
fn clocks_that_differ_are_seen() {
    played(async |both| {
        both.listens().await;
        both.connector.check().await.expect("checked");
        let link = both.read(|at| crate::link(at));
        assert_eq!((link.clock_ahead, link.clock_skew()), (Some(0), None));
        let fast = both.with_clock_ahead(600);
        fast.check().await.expect("checked");
        let link = both.read(|at| crate::link(at));
        assert_eq!(link.clock_skew(), Some(600), "{link:?}");
    });
}

#[test]
fn a_certificate_grows_urgent_at_sixty_thirty_and_seven_days() {
    played(async |both| {
        both.listens().await;
        let link = both.read(|at| crate::link(at));
        let ends = link.certificate_expires_at.expect("it ends");
        for (days, urgency) in [
            (61, None),
            (60, Some(1)),
            (30, Some(2)),
            (7, Some(3)),
            (-1, Some(3)),
        ] {
            let now = ends.plus_seconds(-days * 86_400);
            assert_eq!(link.certificate_urgency(now), urgency, "{days} days");
        }
    });
}
