//! Which school is responsible, from when and why.

use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use pasi_wire::Operation;
use pasi_wire::messages::*;

pub(super) const WORD: &str = "responsible school";

/// The school is responsible from today on.
fn submit(scene: &mut Scene, word: &'static str, change: impl FnOnce(&mut ResponsibleSchool)) -> Option<Ask> {
    let held = scene.record(word);
    let mut responsible_school = ResponsibleSchool {
        ref_id: held.ref_id,
        asn: scene.asn?,
        effective_date: scene.today,
        has_responsible_school: HasResponsibleSchool::Yes,
        school_code: Some(scene.school.as_ref()?.school_code),
        school_name: None,
        city: None,
        state_province: None,
        country: None,
        transition_reason: "NewStudent".to_owned(),
        is_deleted: false,
        pasi_core_version: held.version,
    };
    change(&mut responsible_school);
    Some(
        SubmitResponsibleSchoolRequest {
            caller: scene.caller(),
            responsible_school,
        }
        .into(),
    )
}

const fn stored(what: &'static str, ask: fn(&mut Scene) -> Option<Ask>) -> Case {
    Case {
        of: Operation::SubmitResponsibleSchool,
        what,
        shows: &[27],
        ask,
        expect: Expect::Kept(WORD),
    }
}

const fn rejected(what: &'static str, ask: fn(&mut Scene) -> Option<Ask>, codes: &'static [u32]) -> Case {
    Case {
        of: Operation::SubmitResponsibleSchool,
        what,
        shows: &[27],
        ask,
        expect: Expect::Rejected(codes),
    }
}

pub(super) const CASES: &[Case] = &[
    stored("a responsible school from today on", |scene| {
        submit(scene, WORD, |_| {})
    }),
    rejected(
        "two on one day",
        |scene| {
            submit(scene, "on one day", |record| {
                record.has_responsible_school = HasResponsibleSchool::Yes;
            })
        },
        &[11_690],
    ),
    rejected(
        "a reason that does not follow from the answer",
        |scene| {
            let later = scene.today.plus_days(3);
            submit(scene, "unlawful", |record| {
                record.effective_date = later;
                "Deceased".clone_into(&mut record.transition_reason);
            })
        },
        &[11_692],
    ),
    rejected(
        "a school whose name is not told",
        |scene| {
            let later = scene.today.plus_days(3);
            submit(scene, "unnamed", |record| {
                record.effective_date = later;
                record.school_code = None;
            })
        },
        &[11_693],
    ),
    stored("another reason", |scene| {
        submit(scene, WORD, |record| {
            "Moved".clone_into(&mut record.transition_reason);
        })
    }),
    stored("deleted", |scene| {
        submit(scene, WORD, |record| record.is_deleted = true)
    }),
    stored("put back", |scene| submit(scene, WORD, |_| {})),
];
