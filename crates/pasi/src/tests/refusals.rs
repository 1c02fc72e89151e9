//! What becomes of a change by the number PASI answers with.

use super::both::played;
use crate::{CallError, Hindrance, ItemState};
use pasi_reference::Trouble;
use pasi_wire::Fault;

#[test]
fn a_fault_s_number_says_whether_to_wait_to_call_a_person_or_to_mend_the_message() {
    for (code, passes, refuses, hindrance) in [
        (1001, false, true, Some(Hindrance::OurCertificate)),
        (1002, false, true, Some(Hindrance::OurCertificate)),
        (1003, false, true, Some(Hindrance::OurCertificate)),
        (1004, false, true, Some(Hindrance::OurCertificate)),
        (1006, false, true, Some(Hindrance::Refused)),
        (1007, false, true, Some(Hindrance::Refused)),
        (1008, false, true, Some(Hindrance::Refused)),
        (2001, true, false, Some(Hindrance::Fault)),
        (4001, true, false, Some(Hindrance::Fault)),
        (4002, true, false, Some(Hindrance::Fault)),
        (9001, true, false, Some(Hindrance::Fault)),
        (3001, false, false, None),
        (3002, false, false, None),
    ] {
        let error = CallError::Fault(Fault::new(code, "told"));
        assert_eq!(
            (error.is_passing(), error.is_refusal(), error.hindrance()),
            (passes, refuses, hindrance),
            "{code}"
        );
    }
}

#[test]
fn after_9014_a_change_waits_for_the_node_and_goes_by_itself() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.server.trouble(Trouble {
            is_lagging: true,
            ..Trouble::default()
        });
        both.dials("Carol Nadeau", student, "7806240001");
        both.syncs().await;
        both.dials("Carol Nadeau", student, "7806240002");
        both.syncs().await;
        assert_eq!(both.states(student), [("phone".to_owned(), ItemState::Waiting)]);
        let refused = both.server.calls().pop().expect("it was called");
        assert!(refused.outcome.contains("9014"), "{refused:?}");
        both.server.trouble(Trouble::default());
        both.later(90);
        both.syncs().await;
        assert_eq!(both.states(student), []);
        assert_eq!(both.theirs(student).phones[0].number, "7806240002");
    });
}
