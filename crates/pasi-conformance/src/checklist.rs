//! The province's checklist of an integration, C1 to C29, in our words.

use serde::Serialize;

/// How much a line weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// The province says must.
    Must,
    /// It recommends.
    Recommended,
}

impl Strength {
    /// One letter: M or R.
    pub const fn letter(self) -> char {
        match self {
            Self::Must => 'M',
            Self::Recommended => 'R',
        }
    }
}

/// Who can show that a line is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Cases against an endpoint.
    ByTheEndpoint,
    /// The connecting system alone: the places where this one shows it.
    ByTheSystem(&'static [&'static str]),
    /// Cases show the endpoint's part; these places that of this system.
    ByBoth(&'static [&'static str]),
}

/// A line of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its number: 1 for C1.
    pub number: u8,
    /// How much it weighs.
    pub strength: Strength,
    /// What it asks for.
    pub text: &'static str,
    /// Who can show it.
    pub shown: Shown,
}

macro_rules! checklist {
    ($($number:literal $strength:ident $shown:ident $([$($place:literal),+])? $text:literal;)+) => {
        /// Every line, in order.
        pub const CHECKLIST: &[Item] = &[$(Item {
            number: $number,
            strength: Strength::$strength,
            text: $text,
            shown: Shown::$shown$((&[$($place),+]))?,
        }),+];
    };
}

checklist! {
    1 Recommended ByBoth["crates/pasi/src/tests/trouble.rs", "crates/pasi/src/tests/faults.rs"]
        "A lost connection is noticed on every call; a heartbeat finds it again; people are told.";
    2 Recommended ByTheSystem["crates/pasi/src/tests/drift.rs", "crates/pasi/src/tests/exchange.rs"]
        "A copy of one's own is kept, so that reading goes on.";
    3 Recommended ByTheSystem["crates/pasi/src/tests/trouble.rs", "e2e/journeys/counter.test.mjs"]
        "Work goes on while the province is away; what waits is shown until it is done.";
    4 Recommended ByTheSystem["crates/pasi/src/tests/faults.rs", "docs/operations/certificates.md"]
        "The certificate and its last day can be seen; a warning comes ahead, an alert at once when it is refused.";
    5 Must ByTheSystem["docs/operations/certificates.md", "SECURITY.md"]
        "The certificate lies on a secured server; access is controlled and audited.";
    6 Must ByBoth["crates/pasi/src/tests/trouble.rs"]
        "Every call has a fresh ClientMessageID, and a log of one's own.";
    7 Must ByBoth["crates/pasi/src/tests/trouble.rs", "e2e/journeys/record.test.mjs"]
        "A call names the person who acted, when it was queued too; a machine has a name of its own.";
    8 Must ByTheEndpoint
        "A call speaks for the organization that acts, and for no other.";
    9 Must ByBoth["crates/pasi/src/tests/daily.rs"]
        "The code values are read daily; the school years are taken from them.";
    10 Must ByBoth["crates/pasi/src/tests/drift.rs", "crates/pasi/src/tests/exchange.rs"]
        "News is asked for by version; drift is found by the hash and put right.";
    11 Must ByTheSystem["crates/pasi/src/tests/exchange.rs"]
        "What is not synchronized is shown on both sides and never overwritten blindly.";
    12 Must ByBoth["crates/pasi/src/tests/exchange.rs"]
        "A change carries the version its person saw; one that came too late goes to a person.";
    13 Recommended ByBoth["crates/pasi/src/tests/refusals.rs", "crates/pasi/src/tests/trouble.rs"]
        "What waited is sent when the province is back; every rejection is shown, in words.";
    14 Must ByBoth["e2e/journeys/pasi.test.mjs"]
        "People see the alerts of their organization.";
    15 Must ByBoth["crates/pasi/src/tests/alerts.rs"]
        "Alerts are synchronized, and answered.";
    16 Must ByBoth["crates/pasi/src/tests/exchange.rs"]
        "A number that became secondary or deactivated is followed; a wrong one can be put right.";
    17 Must ByBoth["e2e/journeys/counter.test.mjs"]
        "The first search finds the best alone, and nobody with a restriction.";
    18 Must ByTheEndpoint
        "Several or too many found: more must be said.";
    19 Must ByBoth["crates/pasi/src/tests/create.rs", "e2e/journeys/pasi.test.mjs"]
        "Nobody is created without a search; a double is refused and linked; every rejection is shown.";
    20 Must ByTheEndpoint
        "A gender that is not known is sent as unknown.";
    21 Must ByBoth["crates/pasi/src/tests/create.rs", "crates/pasi/src/tests/around.rs"]
        "Every sub-record is added, changed and deleted; dates, corrections and the preferred name are told apart.";
    22 Must ByTheSystem["crates/pasi/src/tests/around.rs", "e2e/journeys/console.test.mjs"]
        "A change from outside is told to people, and taken or refused.";
    23 Must ByBoth["e2e/journeys/record.test.mjs"]
        "A restriction is read before the details.";
    24 Must ByTheSystem["crates/pasi/src/tests/exchange.rs"]
        "The owner of an enrolment is told of a change from outside, and accepts or resets it.";
    25 Must ByBoth["crates/enrolment/src/rules/tests.rs"]
        "Withdrawn early: last day attended; never attended: deleted; back in the same year: a new record.";
    26 Recommended ByTheEndpoint
        "Past years, the same school again and several enrolments at once are told apart.";
    27 Must ByBoth["e2e/journeys/pasi.test.mjs"]
        "A responsible school is added, changed, deleted and put back; its reason and date are lawful.";
    28 Must ByTheEndpoint
        "Sections, course enrolments and marks in bulk, each record judged alone; approval; examinations.";
    29 Must ByTheEndpoint
        "Documents are sent, tracked, put right and linked to an identity.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_line_is_there_once_and_in_order() {
        let numbers: Vec<u8> = CHECKLIST.iter().map(|item| item.number).collect();
        assert_eq!(numbers, (1..=29).collect::<Vec<u8>>());
    }

    #[test]
    fn every_place_that_shows_something_is_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for item in CHECKLIST {
            if let Shown::ByTheSystem(places) | Shown::ByBoth(places) = item.shown {
                for place in places {
                    assert!(root.join(place).is_file(), "C{} names {place}", item.number);
                }
            }
        }
    }
}
