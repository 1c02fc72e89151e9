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
    /// The connecting system alone: the tests and pages, by file and name,
    /// where this one shows it.
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
    1 Recommended ByBoth[
        "crates/pasi/src/tests/trouble.rs: a_running_connector_sends_hears_and_stops",
        "crates/pasi/src/tests/faults.rs: each_trouble_of_the_line_has_its_word_and_loses_nothing"
    ]
        "A lost connection is noticed on every call; a heartbeat finds it again; people are told.";
    2 Recommended ByTheSystem[
        "crates/pasi/src/tests/drift.rs: a_mirror_that_lost_or_aged_a_copy_is_put_right",
        "crates/pasi/src/tests/exchange.rs: a_seeded_division_has_nothing_to_send_to_read_or_to_decide"
    ]
        "A copy of one's own is kept, so that reading goes on.";
    3 Recommended ByTheSystem[
        "crates/pasi/src/tests/trouble.rs: twenty_changes_made_while_pasi_was_away_arrive_in_order_with_their_authors",
        "e2e/journeys/counter.test.mjs: PASI is away: children are registered, and PASI is told by itself when it is back"
    ]
        "Work goes on while the province is away; what waits is shown until it is done.";
    4 Recommended ByTheSystem[
        "crates/pasi/src/tests/faults.rs: a_certificate_grows_urgent_at_sixty_thirty_and_seven_days",
        "docs/operations/certificates.md: For PASI"
    ]
        "The certificate and its last day can be seen; a warning comes ahead, an alert at once when it is refused.";
    5 Must ByTheSystem[
        "docs/operations/certificates.md: For PASI",
        "SECURITY.md: What is protected, and how"
    ]
        "The certificate lies on a secured server; access is controlled and audited.";
    6 Must ByBoth[
        "crates/pasi/src/tests/trouble.rs: a_lost_answer_is_no_conflict_though_the_long_poll_told_of_our_own_change_first"
    ]
        "Every call has a fresh ClientMessageID, and a log of one's own.";
    7 Must ByBoth[
        "crates/pasi/src/tests/trouble.rs: twenty_changes_made_while_pasi_was_away_arrive_in_order_with_their_authors",
        "e2e/journeys/record.test.mjs: a new address goes to PASI with the secretary’s name"
    ]
        "A call names the person who acted, when it was queued too; a machine has a name of its own.";
    8 Must ByTheEndpoint
        "A call speaks for the organization that acts, and for no other.";
    9 Must ByBoth[
        "crates/pasi/src/tests/daily.rs: a_new_code_of_the_province_is_listed_and_may_be_chosen_as_of_its_year"
    ]
        "The code values are read daily; the school years are taken from them.";
    10 Must ByBoth[
        "crates/pasi/src/tests/drift.rs: a_change_that_pasi_never_told_is_found_by_the_hash_and_read",
        "crates/pasi/src/tests/exchange.rs: a_seeded_division_has_nothing_to_send_to_read_or_to_decide"
    ]
        "News is asked for by version; drift is found by the hash and put right.";
    11 Must ByTheSystem[
        "crates/pasi/src/tests/exchange.rs: a_change_from_outside_stands_beside_ours_until_a_person_accepts_it",
        "crates/pasi/src/tests/earlier.rs: a_year_before_the_window_is_read_when_asked_audited_and_not_kept"
    ]
        "What is not synchronized is shown on both sides and never overwritten blindly.";
    12 Must ByBoth[
        "crates/pasi/src/tests/exchange.rs: a_change_made_on_an_older_version_is_a_conflict_with_both_sides"
    ]
        "A change carries the version its person saw; one that came too late goes to a person.";
    13 Recommended ByBoth[
        "crates/pasi/src/tests/refusals.rs: after_9014_a_change_waits_for_the_node_and_goes_by_itself",
        "crates/pasi/src/tests/trouble.rs: a_fault_of_pasi_itself_is_an_absence"
    ]
        "What waited is sent when the province is back; every rejection is shown, in words.";
    14 Must ByBoth[
        "e2e/journeys/pasi.test.mjs: a coordinator confirms advice, and it leaves the queue"
    ]
        "People see the alerts of their organization.";
    15 Must ByBoth[
        "crates/pasi/src/tests/alerts.rs: advice_that_is_confirmed_is_confirmed_at_pasi_and_leaves_the_queue"
    ]
        "Alerts are synchronized, and answered.";
    16 Must ByBoth[
        "crates/pasi/src/tests/exchange.rs: a_secondary_asn_is_followed_to_the_primary_when_a_person_accepts_it",
        "crates/pasi/src/tests/exchange.rs: a_deactivated_asn_is_refused_and_shown"
    ]
        "A number that became secondary or deactivated is followed; a wrong one can be put right.";
    17 Must ByBoth[
        "e2e/journeys/counter.test.mjs: a secretary registers a child, and the child has an ASN"
    ]
        "The first search finds the best alone, and nobody with a restriction.";
    18 Must ByTheEndpoint
        "Several or too many found: more must be said.";
    19 Must ByBoth[
        "crates/pasi/src/tests/create.rs: a_child_the_province_knows_already_is_for_a_person_who_links_it",
        "e2e/journeys/pasi.test.mjs: PASI has the child already: the secretary links it"
    ]
        "Nobody is created without a search; a double is refused and linked; every rejection is shown.";
    20 Must ByTheEndpoint
        "A gender that is not known is sent as unknown.";
    21 Must ByBoth[
        "crates/pasi/src/tests/create.rs: a_registered_child_has_an_asn_an_enrolment_and_all_sub_records_in_pasi",
        "crates/pasi/src/tests/around.rs: a_phone_that_only_pasi_has_is_taken_out_there_when_ours_is_kept"
    ]
        "Every sub-record is added, changed and deleted; dates, corrections and the preferred name are told apart.";
    22 Must ByTheSystem[
        "crates/pasi/src/tests/around.rs: citizenship_and_restrictions_of_the_province_are_taken_over_or_kept",
        "e2e/journeys/console.test.mjs: the ministry changes a birth date, and the division takes it"
    ]
        "A change from outside is told to people, and taken or refused.";
    23 Must ByBoth[
        "e2e/journeys/record.test.mjs: a custody alert is read before any detail"
    ]
        "A restriction is read before the details.";
    24 Must ByTheSystem[
        "crates/pasi/src/tests/exchange.rs: an_enrolment_changed_outside_is_told_to_its_owner_who_accepts_or_resets_it"
    ]
        "The owner of an enrolment is told of a change from outside, and accepts or resets it.";
    25 Must ByBoth[
        "crates/enrolment/tests/ops.rs: a_withdrawal_is_the_last_day_attended_and_ends_access_a_year_later",
        "crates/enrolment/tests/ops.rs: never_attended_and_created_in_error_stay_readable_and_can_be_restored",
        "crates/enrolment/tests/ops.rs: several_at_once_and_again_in_the_same_year_are_lawful"
    ]
        "Withdrawn early: last day attended; never attended: deleted; back in the same year: a new record.";
    26 Recommended ByTheEndpoint
        "Past years, the same school again and several enrolments at once are told apart.";
    27 Must ByBoth[
        "e2e/journeys/pasi.test.mjs: another school answers for a student, and PASI is told",
        "crates/pasi/src/tests/around.rs: a_responsible_school_goes_to_pasi_and_what_the_province_says_of_it_comes_back"
    ]
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

    /// Does the file hold what is named? A test of Rust by its function, a
    /// journey by its title, a page by its heading.
    fn holds(file: &str, text: &str, name: &str) -> bool {
        let is_heading = |line: &str| line.trim_start_matches('#').trim() == name && line.starts_with('#');
        match file.rsplit('.').next() {
            Some("rs") => text.contains(&format!("#[test]\nfn {name}(")),
            Some("mjs") => ["'", "`"]
                .iter()
                .any(|quote| text.contains(&format!("test({quote}{name}"))),
            _ => text.lines().any(is_heading),
        }
    }

    #[test]
    fn every_test_and_page_that_shows_something_is_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for item in CHECKLIST {
            let (Shown::ByTheSystem(places) | Shown::ByBoth(places)) = item.shown else {
                continue;
            };
            for place in places {
                let (file, name) = place.split_once(": ").expect("a file and what stands in it");
                let text = std::fs::read_to_string(root.join(file))
                    .unwrap_or_else(|error| panic!("C{} names {file}: {error}", item.number));
                assert!(holds(file, &text, name), "C{} names {place}", item.number);
            }
        }
    }
}
