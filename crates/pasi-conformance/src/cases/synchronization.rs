//! Code values and news.

use super::{answer, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::{Scene, pairs};
use pasi_wire::Operation;
use pasi_wire::hash::version_hash;
use pasi_wire::messages::{DataNotificationRequest, GetCodeValueRelationshipsRequest, GetCodeValuesRequest};

fn codes(scene: &Scene, last_known_source_version: i64) -> Option<Ask> {
    let caller = scene.caller();
    Some(
        GetCodeValuesRequest {
            caller,
            last_known_source_version,
        }
        .into(),
    )
}

/// News of a kind, asked without waiting.
fn news(scene: &Scene, kind: &str) -> Option<Ask> {
    Some(Ask::Request(Box::new(scene.news(kind, 0, None))))
}

/// News of authorities beyond those known, with a hash of them.
fn hashed(scene: &Scene, pairs: &[(String, i64)]) -> Option<Ask> {
    let known = scene.authorities.iter().map(|(_, version)| *version).max()?;
    let hash = version_hash(pairs.iter().map(|(id, version)| (id.as_str(), *version)));
    Some(Ask::Request(Box::new(scene.news(
        "SchoolAuthority",
        known,
        Some(hash),
    ))))
}

const fn news_case(what: &'static str, ask: fn(&mut Scene) -> Option<Ask>, expect: Expect) -> Case {
    Case {
        of: Operation::IsDataAvailable,
        what,
        shows: &[10],
        ask,
        expect,
    }
}

pub(super) const CASES: &[Case] = &[
    Case {
        of: Operation::GetCodeValues,
        what: "the whole list, with the school years, for who knows nothing",
        shows: &[9],
        ask: |scene| codes(scene, 0),
        expect: Expect::Given(|scene, response| {
            let answer = answer!(response, GetCodeValues);
            must(!answer.code_values.is_empty(), "no code value at all")?;
            let of_today = answer
                .school_years
                .iter()
                .find(|year| year.school_year == scene.year);
            must(
                of_today.is_some_and(|year| year.is_accepted),
                "the present school year is not open",
            )?;
            let versions = answer.code_values.iter().map(|value| value.pasi_core_version);
            scene.code_version = versions.max().unwrap_or_default();
            scene.codes.clone_from(&answer.code_values);
            Ok(())
        }),
    },
    Case {
        of: Operation::GetCodeValues,
        what: "nothing for who knows the newest",
        shows: &[9],
        ask: |scene| (scene.code_version > 0).then(|| codes(scene, scene.code_version))?,
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetCodeValues);
            must(answer.code_values.is_empty(), "values that are not newer")
        }),
    },
    Case {
        of: Operation::GetCodeValues,
        what: "a version below nothing",
        shows: &[],
        ask: |scene| codes(scene, -1),
        expect: Expect::Faulted(&[3002]),
    },
    Case {
        of: Operation::GetCodeValueRelationships,
        what: "which reason may follow which answer",
        shows: &[27],
        ask: |scene| {
            let caller = scene.caller();
            Some(GetCodeValueRelationshipsRequest { caller }.into())
        },
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetCodeValueRelationships);
            let mut all = answer.relationships.iter();
            must(
                all.any(|one| one.child.code_class_name == "TransitionReason"),
                "no reason for a transition",
            )
        }),
    },
    news_case(
        "everything of a kind from version 0, in ascending order",
        |scene| news(scene, "School"),
        Expect::Given(|_, response| {
            let told = pairs(answer!(response, IsDataAvailable));
            must(!told.is_empty(), "no school is told")?;
            must(
                told.is_sorted_by_key(|(_, version)| *version),
                "versions do not ascend",
            )
        }),
    ),
    news_case(
        "a kind in any case of letters",
        |scene| news(scene, "sCHOOL"),
        Expect::Given(|_, response| {
            must(
                !pairs(answer!(response, IsDataAvailable)).is_empty(),
                "the kind is not known",
            )
        }),
    ),
    news_case(
        "nothing newer, and the hash agrees",
        |scene| hashed(scene, &scene.authorities),
        Expect::Given(|_, response| {
            must(
                answer!(response, IsDataAvailable).results.is_empty(),
                "something is said to differ",
            )
        }),
    ),
    news_case(
        "a hash that does not agree is said",
        |scene| hashed(scene, &[]),
        Expect::Given(|_, response| {
            let answer = answer!(response, IsDataAvailable);
            must(
                answer.results.iter().any(|kind| kind.is_hash_mismatch),
                "the mismatch is not said",
            )
        }),
    ),
    news_case(
        "a kind there is not",
        |scene| news(scene, "Pupil"),
        Expect::Faulted(&[3005]),
    ),
    news_case(
        "a school year where none belongs",
        |scene| news(scene, "Student.2027"),
        Expect::Faulted(&[3006]),
    ),
    news_case(
        "no school year where one belongs",
        |scene| news(scene, "StudentSchoolEnrolment"),
        Expect::Faulted(&[3008]),
    ),
    news_case(
        "a wait of a hundred minutes",
        |scene| {
            let caller = scene.caller();
            Some(
                DataNotificationRequest {
                    caller,
                    wait_time_in_minutes: 100,
                    registered_types: Vec::new(),
                }
                .into(),
            )
        },
        Expect::Faulted(&[3007]),
    ),
];
