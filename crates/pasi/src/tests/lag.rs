//! How long changes take, as the connection page shows it.

use super::both::{Both, played, wide};
use crate::{LAGS_KEPT_DAYS, Sends, Span, Took, While};
use db::Reading;
use kernel::Outcome;

const SECOND: i64 = 1_000_000;

fn all(both: &Both<'_>, span: Span) -> While {
    both.read(|at| crate::lags(at, span)).all
}

/// So many changes, each of which took so many seconds.
fn took(changes: i64, seconds: i64) -> Took {
    Took {
        changes,
        half: Some(seconds * SECOND),
        most: Some(seconds * SECOND),
    }
}

#[test]
fn a_change_is_timed_from_the_save_until_pasi_has_it() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.later(86_400);
        assert_eq!(
            all(both, Span::Day).sent,
            Took::default(),
            "yesterday's are not today's"
        );
        both.dials("Carol Nadeau", student, "7806240001");
        both.later(30);
        both.syncs().await;
        assert_eq!(all(both, Span::Day).sent, took(1, 30));
        let week = both.read(|at| crate::lags(at, Span::Week));
        assert_eq!(week.whiles.len(), 7);
        assert_eq!(
            week.whiles[6].sent,
            took(1, 30),
            "today is the last of seven days"
        );
        assert!(week.all.sent.changes > 1, "a week holds yesterday too");
    });
}

#[test]
fn what_waited_for_a_person_counts_from_the_decision() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.later(86_400);
        let carol = super::both::person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            crate::set_policy(tx, &wide(&carol), "phone", Sends::AfterApproval)
        });
        both.dials("Carol Nadeau", student, "7806240001");
        both.syncs().await;
        both.later(3_600);
        let item = both.open(student).remove(0).id;
        both.write_as(&carol, |tx| crate::approve(tx, &wide(&carol), item));
        both.later(2);
        both.syncs().await;
        assert_eq!(all(both, Span::Day).sent, took(1, 2));
    });
}

#[test]
fn what_pasi_changed_is_timed_from_its_word_or_from_its_last_answer_before_a_silence() {
    played(async |both| {
        let (_, asn) = both.settled("Aiyana").await;
        assert_eq!(
            all(both, Span::Day).received,
            Took::default(),
            "a first reading is not late"
        );
        let outside = both.server.outside();
        let dial = async |number: &str| {
            let changed = outside.change(asn, |theirs| number.clone_into(&mut theirs.phones[0].number));
            changed.await.expect("changed");
        };
        dial("7805550001").await;
        both.listens().await;
        assert_eq!(all(both, Span::Day).received, took(1, 0));
        both.later(2 * 86_400);
        dial("7805550002").await;
        both.listens().await;
        assert_eq!(
            all(both, Span::Day).received,
            took(1, 2 * 86_400),
            "it may have waited all the time"
        );
    });
}

#[test]
fn figures_that_no_page_shows_are_let_go() {
    played(async |both| {
        both.settled("Aiyana").await;
        let kept = |both: &Both<'_>| {
            both.read(|at| -> Outcome<i64> {
                use db::schema::pasi_lag;
                use diesel::prelude::*;
                Ok(pasi_lag::table.count().get_result(at.conn())?)
            })
        };
        assert!(kept(both) > 0);
        both.later((LAGS_KEPT_DAYS - 1) * 86_400);
        assert_eq!(both.write(crate::prune_lags), Ok(0), "a week is shown whole");
        both.later(2 * 86_400);
        assert!(both.write(crate::prune_lags).is_ok_and(|gone| gone > 0));
        assert_eq!(kept(both), 0);
    });
}
