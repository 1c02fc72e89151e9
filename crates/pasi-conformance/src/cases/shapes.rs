//! Cases that are alike for every kind of record: reading one by its GUID, and
//! what is found about it.

use super::must;
use crate::case::Ask;
use crate::scene::Scene;
use pasi_wire::messages::{AcknowledgementStatus, AlertAcknowledgement, AvailabilityStatus, CoreAlert};

/// No rule has this number.
const NO_RULE: u32 = 99_999;

/// What it is about is the province's alone to make: nothing can be asked.
#[allow(clippy::unnecessary_wraps, reason = "it stands for what would be asked")]
pub(super) fn absent(why: &'static str) -> Option<Ask> {
    Some(Ask::Absent(why))
}

/// The first result is of this availability.
pub(super) fn available(first: Option<AvailabilityStatus>, want: AvailabilityStatus) -> Result<(), String> {
    let first = first.ok_or("no result")?;
    must(first == want, format!("{first}, where {want} must be said"))
}

/// Another answer than the alert has: somebody is on it, or nobody any more.
pub(super) fn other_answer(alert: &CoreAlert) -> AlertAcknowledgement {
    AlertAcknowledgement {
        alert_code: alert.alert_code,
        arguments: alert.arguments.clone(),
        status: match alert.acknowledgement_status {
            AcknowledgementStatus::InProgress => AcknowledgementStatus::Unacknowledged,
            _ => AcknowledgementStatus::InProgress,
        },
    }
}

/// An answer to an alert there is not.
pub(super) fn answer_to_nothing() -> AlertAcknowledgement {
    AlertAcknowledgement {
        alert_code: NO_RULE,
        arguments: Vec::new(),
        status: AcknowledgementStatus::InProgress,
    }
}

/// Keeps the first alert of a record under its word.
pub(super) fn keep_first<'a>(
    scene: &mut Scene,
    word: &'static str,
    mut alerts: impl Iterator<Item = &'a CoreAlert>,
) -> Result<(), String> {
    let alert = alerts.next().ok_or("no alert is raised")?;
    scene.alerts.insert(word, alert.clone());
    Ok(())
}

/// What is asked when an earlier case left nothing, or when the province tells of nothing.
macro_rules! lacking {
    () => {
        None
    };
    ($why:literal) => {
        $crate::cases::shapes::absent($why)
    };
}

/// Reading records by GUID, two cases for each kind: the one under a word at
/// the version it has, and one there is not. What the province alone makes
/// says what it tells nothing of.
macro_rules! reads {
    ($($operation:ident($request:ident { $keys:ident }) $what:literal at $word:expr $(, else $why:literal)?;)+) => {
        &[$(
            $crate::case::Case::new(
                Operation::$operation,
                concat!($what, " at the version told"),
                &[10],
                |scene| {
                    #[allow(clippy::question_mark, reason = "what the province alone makes is told otherwise")]
                    let Some(held) = scene.standing($word) else {
                        return $crate::cases::shapes::lacking!($($why)?);
                    };
                    let key = RefIdVersion { ref_id: held.ref_id, expected_version: held.version };
                    Some($request { caller: scene.caller(), $keys: vec![key] }.into())
                },
                $crate::case::Expect::Given(|_, response| {
                    let results = &$crate::cases::answer!(response, $operation).results;
                    let first = results.first().map(|result| result.availability_status);
                    $crate::cases::shapes::available(first, AvailabilityStatus::Normal)
                }),
            ),
            $crate::case::Case::new(
                Operation::$operation,
                concat!($what, " there is not is unknown"),
                &[],
                |scene| {
                    let key = RefIdVersion { ref_id: uuid::Uuid::new_v4(), expected_version: 0 };
                    Some($request { caller: scene.caller(), $keys: vec![key] }.into())
                },
                $crate::case::Expect::Withheld(|_, response| {
                    let results = &$crate::cases::answer!(response, $operation).results;
                    let first = results.first().map(|result| result.availability_status);
                    $crate::cases::shapes::available(first, AvailabilityStatus::Unknown)
                }),
            ),
        )+]
    };
}

/// What is found about records by itself, five cases for each kind: the alert
/// comes, of a record there is not nothing is known; it is answered, one that
/// does not stand is not, nor one of a record there is not.
macro_rules! judged {
    ($($get:ident($get_request:ident { $keys:ident }), $answer:ident($answer_request:ident) $what:literal at $word:expr;)+) => {
        &[$(
            $crate::case::Case::new(
                Operation::$get,
                concat!("what does not fit ", $what, " is found by itself"),
                &[14, 15],
                |scene| {
                    let key = StatusRefIdVersion {
                        ref_id: scene.standing($word)?.ref_id,
                        expected_version: 0,
                        known_source_version: 0,
                    };
                    Some($get_request { caller: scene.caller(), $keys: vec![key] }.into())
                },
                $crate::case::Expect::Soon(|scene, response| {
                    let answer = $crate::cases::answer!(response, $get);
                    let result = answer.results.first().ok_or("no result")?;
                    $crate::cases::is_given(result.availability_status)?;
                    let alerts = result.status.iter().flat_map(|status| &status.alerts);
                    $crate::cases::shapes::keep_first(scene, $word, alerts)
                }),
            ),
            $crate::case::Case::new(
                Operation::$get,
                concat!("of ", $what, " there is not nothing is known"),
                &[14],
                |scene| {
                    let key = StatusRefIdVersion {
                        ref_id: uuid::Uuid::new_v4(),
                        expected_version: 0,
                        known_source_version: 0,
                    };
                    Some($get_request { caller: scene.caller(), $keys: vec![key] }.into())
                },
                $crate::case::Expect::Withheld(|_, response| {
                    let results = &$crate::cases::answer!(response, $get).results;
                    let first = results.first().map(|result| result.availability_status);
                    $crate::cases::shapes::available(first, AvailabilityStatus::Unknown)
                }),
            ),
            $crate::case::Case::new(
                Operation::$answer,
                concat!("somebody is on an alert of ", $what),
                &[15],
                |scene| {
                    let acknowledgement = $crate::cases::shapes::other_answer(scene.alerts.get($word)?);
                    let (caller, ref_id) = (scene.caller(), scene.standing($word)?.ref_id);
                    Some($answer_request { caller, ref_id, acknowledgement }.into())
                },
                $crate::case::Expect::Stored(|_, _| {}),
            ),
            $crate::case::Case::new(
                Operation::$answer,
                concat!("an alert that does not stand on ", $what),
                &[15],
                |scene| {
                    let (caller, ref_id) = (scene.caller(), scene.standing($word)?.ref_id);
                    let acknowledgement = $crate::cases::shapes::answer_to_nothing();
                    Some($answer_request { caller, ref_id, acknowledgement }.into())
                },
                $crate::case::Expect::Rejected(&[12_000]),
            ),
            $crate::case::Case::new(
                Operation::$answer,
                concat!("an alert of ", $what, " there is not"),
                &[15],
                |scene| {
                    let (caller, ref_id) = (scene.caller(), uuid::Uuid::new_v4());
                    let acknowledgement = $crate::cases::shapes::answer_to_nothing();
                    Some($answer_request { caller, ref_id, acknowledgement }.into())
                },
                $crate::case::Expect::Rejected(&[12_005]),
            ),
        )+]
    };
}
pub(super) use {judged, lacking, reads};
