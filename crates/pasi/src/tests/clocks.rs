//! The machine's clock jumps, back a day or ahead a year: nothing is lost,
//! nothing is stored twice, and nothing waits for the clock.

use super::both::{Both, person, played, wide};
use crate::{ItemState, map};
use db::Reading;
use kernel::{Clock, Instant, StudentId};
use pasi_reference::{Outage, Trouble};
use testkit::{DIVISION, date};

const DAY: i64 = 86_400;
const YEAR: i64 = 365 * DAY;
/// What a machine's clock does.
const JUMPS: [i64; 2] = [-DAY, YEAR];

fn away() -> Trouble {
    Trouble {
        outage: Some(Outage::Refuse),
        ..Trouble::default()
    }
}

/// How often PASI was told of a phone.
fn phones_told(both: &Both<'_>) -> usize {
    let calls = both.server.calls();
    calls
        .iter()
        .filter(|call| call.operation == "SubmitStudentPhone")
        .count()
}

/// The province's copy of the student's one phone, and its version.
fn phone_there(both: &Both<'_>, student: StudentId) -> (String, i64) {
    let theirs = both.theirs(student);
    (theirs.phones[0].number.clone(), theirs.pasi_core_version)
}

#[test]
fn what_waits_goes_once_however_the_clock_jumped_before_or_after_a_try() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        for (at, (case, before, after)) in [
            ("set back a day while it waits", 0, -DAY),
            ("a year ahead while it waits", 0, YEAR),
            ("tried a year ahead, then set right", YEAR, -YEAR),
            ("tried a day behind, then set right", -DAY, DAY),
        ]
        .into_iter()
        .enumerate()
        {
            let (number, told) = (format!("78062400{at:02}"), phones_told(both));
            both.server.trouble(away());
            both.jumps(before);
            both.dials("Carol Nadeau", student, &number);
            both.syncs().await;
            assert_eq!(
                both.states(student),
                [("phone".to_owned(), ItemState::Waiting)],
                "{case}"
            );
            both.server.trouble(Trouble::default());
            both.jumps(after);
            // Nobody wakes it: neither its time nor the sender's rest may lie a year ahead.
            both.later(90);
            both.syncs().await;
            assert_eq!(both.states(student), [], "{case}");
            assert_eq!(phone_there(both, student).0, number, "{case}");
            assert_eq!(phones_told(both), told + 1, "{case}: told once");
            both.jumps(-before - after);
        }
    });
}

#[test]
fn an_item_that_another_program_takes_over_after_a_jump_is_stored_once() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        for (at, jump) in JUMPS.into_iter().enumerate() {
            let number = format!("78062400{at:02}");
            both.dials("Carol Nadeau", student, &number);
            both.connector.intake().await.expect("taken");
            let held = both.leases_one();
            both.jumps(jump);
            let other = both.restarted().expect("a second program");
            assert_eq!(other.send_due().await.expect("sent"), 1, "{jump}: taken over");
            let stored = phone_there(both, student);
            assert_eq!(stored.0, number);
            // The first, which knows nothing of it, sends as well.
            let late = both.connector.send(held).await;
            late.expect("sent in vain");
            assert_eq!(phone_there(both, student), stored, "{jump}: not stored again");
            assert_eq!(both.states(student), [], "{jump}: and it is no conflict");
            assert_eq!(both.differences(student), []);
            both.jumps(-jump);
        }
    });
}

#[test]
fn the_long_poll_tells_each_change_once_and_the_jump_is_known() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        for (at, jump) in JUMPS.into_iter().enumerate() {
            let number = format!("78062400{at:02}");
            let connector = both.connector.clone();
            let poll = tokio::spawn(async move { connector.listen(true).await });
            while both.server.polls() == 0 {
                tokio::task::yield_now().await;
            }
            both.jumps(jump);
            let there = number.clone();
            let changed = both
                .server
                .outside()
                .change(asn, |theirs| theirs.phones[0].number = there)
                .await;
            changed.expect("changed");
            let came = poll.await.expect("it does not stop").expect("PASI answers");
            assert!(came > 0, "{jump}");
            both.server.settled().await;
            both.listens().await; // what its processors found
            let open = both.differences(student);
            assert_eq!(open[0].theirs, number, "{jump}");
            assert_eq!(both.listens().await, 0, "{jump}: told once");
            let link = both.read(|at| crate::link(at));
            assert_eq!(link.clock_skew(), Some(jump), "the page says so");
            both.jumps(-jump);
            assert_eq!(both.listens().await, 0);
            let link = both.read(|at| crate::link(at));
            assert_eq!(link.clock_skew(), None, "set right, it says nothing more");
        }
    });
}

#[test]
fn a_clock_set_back_is_seen_while_pasi_is_away_and_nothing_is_away_since_tomorrow() {
    played(async |both| {
        both.listens().await;
        both.server.trouble(away());
        assert!(both.connector.listen(false).await.is_err());
        both.jumps(-DAY);
        let link = both.read(|at| crate::link(at));
        assert_eq!(link.set_back(both.world.clock.now()), Some(DAY));
        assert!(both.connector.listen(false).await.is_err());
        let link = both.read(|at| crate::link(at));
        assert_eq!(link.down_since, Some(both.world.clock.now()));
        both.jumps(DAY);
        let link = both.read(|at| crate::link(at));
        assert_eq!(link.set_back(both.world.clock.now()), None);
    });
}

#[test]
fn changes_made_around_a_jump_are_queued_in_the_order_they_were_made() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let authors = ["Carol Nadeau", "Ivan Petrov", "Marie Roy"];
        for (author, jump) in authors.into_iter().zip([-DAY, YEAR, -YEAR]) {
            both.dials(author, student, &format!("780624{}", 1000 + author.len()));
            both.jumps(jump);
        }
        both.connector.intake().await.expect("taken");
        let queued: Vec<String> = both
            .open(student)
            .iter()
            .map(|item| item.actor().expect("readable").name)
            .collect();
        assert_eq!(queued, authors);
    });
}

#[test]
fn what_was_known_when_never_hides_a_change_and_the_audit_stays_whole() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let numbers = ["7806240001", "7806240002", "7806240003", "7806240004"];
        let began = both.world.clock.now();
        for (number, jump) in numbers.into_iter().zip([-DAY, YEAR, -YEAR, DAY]) {
            both.dials("Carol Nadeau", student, number);
            both.jumps(jump);
        }
        let known_at = |when: Instant| -> Vec<String> {
            let view = wide(&person("Carol Nadeau"));
            let then = both.read(|at| people::student_as_of(at, &view, student, date("2026-11-23"), when));
            then.phones.into_iter().map(|phone| phone.value.number).collect()
        };
        assert_eq!(known_at(Instant::from_micros(i64::MAX)), [numbers[3]]);
        for seconds in [0, 1, DAY, YEAR - DAY, YEAR, 2 * YEAR] {
            let known = known_at(began.plus_seconds(seconds));
            assert_eq!(
                known.len(),
                1,
                "one number at each moment, after {seconds} s: {known:?}"
            );
        }
        let ours = both.read(|at| map::load(at, student));
        assert_eq!(ours.phones[0].value.number, numbers[3], "the last save stands");
        let chain = both.read(|at| db::verify_chain(at.conn(), DIVISION));
        assert_eq!(chain.breaks, Vec::<String>::new());
    });
}
