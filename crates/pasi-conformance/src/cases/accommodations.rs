//! Accommodations.

use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use pasi_wire::Operation::SubmitClassroomAccommodation;
use pasi_wire::messages::*;

pub(super) const WORD: &str = "accommodation";
/// One from before the student came: stored, and an alert.
pub(super) const EARLY: &str = "accommodation from before";

/// Extra time in the classroom from today on, with something changed.
fn accommodation(
    scene: &mut Scene,
    word: &'static str,
    change: impl FnOnce(&mut ClassroomAccommodation),
) -> Option<Ask> {
    let held = scene.record(word);
    let mut accommodation = ClassroomAccommodation {
        ref_id: held.ref_id,
        asn: scene.asn?,
        school_code: scene.school_code()?,
        accommodation_type: scene.code("AccommodationType", "ExtraTime"),
        accommodation_format: None,
        accommodation_detail: Some("One half more".to_owned()),
        start_date: scene.today,
        end_date: None,
        end_date_override: None,
        is_deleted: false,
        last_update_utc_time: None,
        pasi_core_version: held.version,
    };
    change(&mut accommodation);
    let caller = scene.caller();
    Some(
        SubmitClassroomAccommodationRequest {
            caller,
            accommodation,
        }
        .into(),
    )
}

const fn row(
    what: &'static str,
    shows: &'static [u8],
    ask: fn(&mut Scene) -> Option<Ask>,
    expect: Expect,
) -> Case {
    Case::new(SubmitClassroomAccommodation, what, shows, ask, expect)
}

pub(super) const CASES: &[Case] = &[
    row(
        "an accommodation is stored",
        &[],
        |scene| accommodation(scene, WORD, |_| {}),
        Expect::Kept(WORD),
    ),
    row(
        "an accommodation that is so already",
        &[13],
        |scene| accommodation(scene, WORD, |_| {}),
        Expect::Rejected(&[9023]),
    ),
    row(
        "an accommodation at an older version",
        &[12],
        |scene| accommodation(scene, WORD, |it| it.pasi_core_version -= 1),
        Expect::Rejected(&[3004]),
    ),
    row(
        "an accommodation from before the student came to the school",
        &[],
        |scene| {
            let (first, _) = scene.instruction();
            let (before, until) = (first.plus_days(-60), first.plus_days(-30));
            accommodation(scene, EARLY, |it| {
                it.start_date = before;
                it.end_date_override = Some(until);
            })
        },
        Expect::Kept(EARLY),
    ),
];
