//! Enrolments: made, withdrawn, deleted, put back; several at once.

use super::{answer, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use kernel::{Grade, SchoolCode, SchoolYear};
use pasi_wire::Operation;
use pasi_wire::messages::*;

/// An enrolment of this year under a word of its own. A ten-year-old in grade
/// 12 is stored, and an alert (10017).
fn enrolment(scene: &mut Scene, word: &'static str) -> Option<StudentSchoolEnrolment> {
    let held = scene.record(word);
    let calendar = scene.calendar.as_ref();
    Some(StudentSchoolEnrolment {
        ref_id: held.ref_id,
        asn: scene.asn?,
        school_code: scene.school.as_ref()?.school_code,
        school_year: scene.year,
        grade: Some(Grade::G12),
        registration_start_date: calendar.map_or(scene.year.starts(), |calendar| calendar.start_date),
        registration_exit_date: calendar.map(|calendar| calendar.end_date),
        exit_date_type: ExitDateType::CompletionDate,
        programming_type: "Regular".to_owned(),
        programming_timeframe: "Day".to_owned(),
        calendar_ref_id: calendar.map(|calendar| calendar.ref_id),
        school_provided_program_percentage: None,
        hours_of_instruction: None,
        is_deleted: false,
        source_change_code: None,
        extended: EnrolmentExtras::default(),
        pasi_core_version: held.version,
    })
}

/// Submits it with something changed.
fn submit(
    scene: &mut Scene,
    word: &'static str,
    change: impl FnOnce(&mut StudentSchoolEnrolment),
) -> Option<Ask> {
    let mut enrolment = enrolment(scene, word)?;
    change(&mut enrolment);
    let caller = scene.caller();
    Some(SubmitStudentSchoolEnrolmentRequest { caller, enrolment }.into())
}

pub(super) const FIRST: &str = "enrolment";
pub(super) const SECOND: &str = "second enrolment";

const OF: Operation = Operation::SubmitStudentSchoolEnrolment;

pub(super) const CASES: &[Case] = &[
    Case::new(
        OF,
        "the student is enrolled",
        &[19],
        |scene| submit(scene, FIRST, |_| {}),
        Expect::Kept(FIRST),
    ),
    Case::new(
        OF,
        "a school there is not",
        &[13],
        |scene| {
            let nowhere: SchoolCode = "0000".parse().ok()?;
            submit(scene, "nowhere", |enrolment| enrolment.school_code = nowhere)
        },
        Expect::Rejected(&[9003]),
    ),
    Case::new(
        OF,
        "a school year of long ago",
        &[26],
        |scene| {
            let long_ago = SchoolYear::ending(1995)?;
            submit(scene, "long ago", |enrolment| enrolment.school_year = long_ago)
        },
        Expect::Rejected(&[9030]),
    ),
    Case::new(
        OF,
        "a new enrolment that claims a version",
        &[12],
        |scene| submit(scene, "claims", |enrolment| enrolment.pasi_core_version = 1),
        Expect::Rejected(&[3004]),
    ),
    Case {
        of: Operation::IsDataAvailable,
        what: "the enrolment is told as news of its school year",
        shows: &[10],
        ask: |scene| {
            let topic = format!("StudentSchoolEnrolment.{}", scene.year.number());
            let before = scene.record(FIRST).version - 1;
            Some(Ask::Request(Box::new(scene.news(&topic, before, None))))
        },
        expect: Expect::Given(|scene, response| {
            let told = crate::scene::pairs(answer!(response, IsDataAvailable));
            let held = scene.record(FIRST);
            must(
                told.contains(&(held.ref_id.to_string(), held.version)),
                "it is not told",
            )
        }),
    },
    Case::new(
        OF,
        "withdrawn early, with the last day attended",
        &[25],
        |scene| {
            let day = scene.year.starts().plus_days(30);
            submit(scene, FIRST, |enrolment| {
                enrolment.registration_exit_date = Some(day);
                enrolment.exit_date_type = ExitDateType::WithdrawalDate;
            })
        },
        Expect::Kept(FIRST),
    ),
    Case::new(
        OF,
        "the withdrawal once more: nothing would change",
        &[13],
        |scene| {
            let day = scene.year.starts().plus_days(30);
            submit(scene, FIRST, |enrolment| {
                enrolment.registration_exit_date = Some(day);
                enrolment.exit_date_type = ExitDateType::WithdrawalDate;
            })
        },
        Expect::Rejected(&[9023]),
    ),
    Case::new(
        OF,
        "back in the same year: a new record",
        &[25, 26],
        |scene| submit(scene, SECOND, |_| {}),
        Expect::Kept(SECOND),
    ),
    Case::new(
        OF,
        "never attended: the record is deleted",
        &[25],
        |scene| submit(scene, SECOND, |enrolment| enrolment.is_deleted = true),
        Expect::Kept(SECOND),
    ),
    Case::new(
        OF,
        "a deleted record is put back",
        &[25],
        |scene| submit(scene, SECOND, |_| {}),
        Expect::Kept(SECOND),
    ),
];
