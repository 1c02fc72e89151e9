//! Diploma exams from registration on, and what counts in the end: official
//! marks, exemptions, profiles.

use super::academic::COURSE;
use super::shapes::absent;
use super::{answer, is_given, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use kernel::{Asn, SchoolCode};
use pasi_wire::Operation;
use pasi_wire::messages::*;
use pasi_wire::rules::diploma::{COMPONENT_REGISTERED, REGISTERED};

pub(super) const SITTING: &str = "sitting";
pub(super) const REGISTRATION: &str = "registration";
/// Lines of the checklist these cases show.
const ACADEMIC: &[u8] = &[28];
/// Why an exam is not asked about.
const NO_EXAM: &str = "no diploma exam that is still to be written is told";

/// A part of the exam written at the school.
fn sitting(
    scene: &mut Scene,
    word: &'static str,
    change: impl FnOnce(&mut DiplomaExamSitting),
) -> Option<Ask> {
    let held = scene.record(word);
    let Some((exam, part)) = scene
        .exam
        .as_ref()
        .and_then(|exam| Some((exam, exam.components.first()?)))
    else {
        return absent(NO_EXAM);
    };
    let mut sitting = DiplomaExamSitting {
        ref_id: held.ref_id,
        diploma_exam_ref_id: exam.ref_id,
        component_code: part.component_code.clone(),
        writing_centre: kernel::OrganizationCode::School(scene.school_code()?),
        is_deleted: false,
        pasi_core_version: held.version,
    };
    change(&mut sitting);
    let caller = scene.caller();
    Some(SubmitDiplomaExamSittingRequest { caller, sitting }.into())
}

/// The student registers for every part of the exam, the first at the school's sitting.
fn registration(
    scene: &mut Scene,
    word: &'static str,
    change: impl FnOnce(&mut DiplomaExamMark),
) -> Option<Ask> {
    let held = scene.record(word);
    let Some(exam) = scene.exam.clone() else {
        return absent(NO_EXAM);
    };
    let mut at = scene.standing(SITTING).map(|sitting| sitting.ref_id);
    let part = |part: &DiplomaExamComponent| DiplomaExamComponentMark {
        component_code: part.component_code.clone(),
        sitting_ref_id: at.take(),
        status: COMPONENT_REGISTERED.to_owned(),
        form: None,
        mark: None,
        maximum_mark: None,
    };
    let mut exam_mark = DiplomaExamMark {
        ref_id: held.ref_id,
        asn: scene.asn?,
        diploma_exam_ref_id: exam.ref_id,
        school_code: scene.school_code()?,
        status: REGISTERED.to_owned(),
        mark_value: None,
        achievement_date: None,
        components: exam.components.iter().map(part).collect(),
        is_deleted: false,
        pasi_core_version: held.version,
    };
    change(&mut exam_mark);
    let caller = scene.caller();
    Some(SubmitDiplomaExamMarkRequest { caller, exam_mark }.into())
}

fn transcript(scene: &Scene, asn: Asn) -> Option<Ask> {
    let students = vec![AsnVersion {
        asn,
        expected_version: 0,
    }];
    Some(
        GetStudentTranscriptDetailRequest {
            caller: scene.caller(),
            students,
        }
        .into(),
    )
}

/// A requirement the student need not meet.
fn exemption(scene: &Scene, asn: Asn) -> Option<Ask> {
    let exemption = CredentialRequirementExemption {
        requirement: scene.code("CredentialRequirement", "CodedWithExceptions"),
        reason: scene.code("ExemptionReason", "Other"),
        additional_details: Some("Conformance".to_owned()),
        is_deleted: false,
    };
    Some(
        SubmitCredentialRequirementExemptionRequest {
            caller: scene.caller(),
            asn,
            exemption,
        }
        .into(),
    )
}

fn academic_profile(scene: &Scene, asn: Asn, is_limited_profile_requested: bool) -> Option<Ask> {
    Some(
        GetStudentAcademicProfileRequest {
            caller: scene.caller(),
            asn,
            is_limited_profile_requested,
        }
        .into(),
    )
}

fn personal_profile(scene: &Scene, asn: Asn) -> Option<Ask> {
    let caller = scene.caller();
    Some(GetStudentPersonalProfileRequest { caller, asn }.into())
}

/// A row about exams and transcripts.
const fn row(of: Operation, what: &'static str, ask: fn(&mut Scene) -> Option<Ask>, expect: Expect) -> Case {
    Case::new(of, what, ACADEMIC, ask, expect)
}

pub(super) const REGISTERING: &[Case] = &[
    row(
        Operation::SubmitDiplomaExamSitting,
        "a part of an exam is written at the school",
        |scene| sitting(scene, SITTING, |_| {}),
        Expect::Kept(SITTING),
    ),
    row(
        Operation::SubmitDiplomaExamSitting,
        "a sitting that is so already",
        |scene| sitting(scene, SITTING, |_| {}),
        Expect::Rejected(&[9023]),
    ),
    row(
        Operation::SubmitDiplomaExamSitting,
        "a sitting at an older version",
        |scene| sitting(scene, SITTING, |it| it.pasi_core_version -= 1),
        Expect::Rejected(&[3004]),
    ),
    row(
        Operation::SubmitDiplomaExamSitting,
        "a writing centre there is not",
        |scene| {
            let nobody = "O.65000".parse().ok()?;
            sitting(scene, "nowhere", |it| it.writing_centre = nobody)
        },
        Expect::Rejected(&[9019]),
    ),
    row(
        Operation::SubmitDiplomaExamMark,
        "the student registers for an exam",
        |scene| registration(scene, REGISTRATION, |_| {}),
        Expect::Kept(REGISTRATION),
    ),
    row(
        Operation::SubmitDiplomaExamMark,
        "a registration at an older version",
        |scene| registration(scene, REGISTRATION, |it| it.pasi_core_version -= 1),
        Expect::Rejected(&[3004]),
    ),
    row(
        Operation::SubmitDiplomaExamMark,
        "a registration of a school there is not",
        |scene| {
            let nowhere: SchoolCode = "0000".parse().ok()?;
            registration(scene, "nowhere", |it| it.school_code = nowhere)
        },
        Expect::Rejected(&[9003]),
    ),
    row(
        Operation::SubmitDiplomaExamMark,
        "a school gives the result of an exam",
        |scene| registration(scene, "result", |it| it.mark_value = Some(72)),
        Expect::Rejected(&[40_590]),
    ),
    row(
        Operation::SubmitDiplomaExamMark,
        "the student registers for the exam once more",
        |scene| registration(scene, "once more", |_| {}),
        Expect::Rejected(&[40_594]),
    ),
];

pub(super) const IN_THE_END: &[Case] = &[
    row(
        Operation::GetStudentTranscriptDetail,
        "an approved mark becomes the official one",
        |scene| {
            scene.standing(COURSE)?;
            transcript(scene, scene.asn?)
        },
        Expect::Soon(|scene, response| {
            let answer = answer!(response, GetStudentTranscriptDetail);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)?;
            let mut marks = result.transcript.iter().flat_map(|held| &held.official_marks);
            let course = scene.courses.first().map(|course| course.course_code);
            must(
                marks.any(|mark| Some(mark.course_code) == course && mark.mark_value == "72"),
                "the mark is not among the official ones",
            )
        }),
    ),
    row(
        Operation::GetStudentTranscriptDetail,
        "the transcript of nobody is unknown",
        |scene| transcript(scene, scene.nobody()?),
        Expect::Withheld(|_, response| {
            let answer = answer!(response, GetStudentTranscriptDetail);
            let first = answer.results.first().map(|result| result.availability_status);
            super::shapes::available(first, AvailabilityStatus::Unknown)
        }),
    ),
    row(
        Operation::SubmitCredentialRequirementExemption,
        "a requirement the student need not meet",
        |scene| exemption(scene, scene.asn?),
        Expect::Stored(|_, _| {}),
    ),
    row(
        Operation::SubmitCredentialRequirementExemption,
        "an exemption that stands already",
        |scene| exemption(scene, scene.asn?),
        Expect::Rejected(&[9023]),
    ),
    row(
        Operation::SubmitCredentialRequirementExemption,
        "an exemption of nobody",
        |scene| exemption(scene, scene.nobody()?),
        Expect::Rejected(&[9002, 9058]),
    ),
    row(
        Operation::GetStudentAcademicProfile,
        "the whole profile of a student of the organization",
        |scene| academic_profile(scene, scene.asn?, false),
        Expect::Given(|scene, response| {
            let answer = answer!(response, GetStudentAcademicProfile);
            is_given(answer.availability_status)?;
            must(!answer.is_limited, "limited, although there is an association")?;
            let course = scene.standing(COURSE).map(|held| held.ref_id);
            let mut all = answer.course_enrolments.iter();
            must(
                course.is_none_or(|course| all.any(|one| one.ref_id == course)),
                "the course enrolment is not in it",
            )
        }),
    ),
    row(
        Operation::GetStudentAcademicProfile,
        "what counts in the end, and no more, for who asks for that",
        |scene| academic_profile(scene, scene.asn?, true),
        Expect::Given(|_, response| {
            let answer = answer!(response, GetStudentAcademicProfile);
            let is_empty = answer.course_enrolments.is_empty() && answer.enrolments.is_empty();
            must(answer.is_limited && is_empty, "more than was asked for")
        }),
    ),
    row(
        Operation::GetStudentAcademicProfile,
        "the profile of nobody is unknown",
        |scene| academic_profile(scene, scene.nobody()?, true),
        Expect::Withheld(|_, response| {
            let answer = answer!(response, GetStudentAcademicProfile);
            must(
                answer.availability_status == AvailabilityStatus::Unknown,
                "given though nobody has the number",
            )
        }),
    ),
    Case::new(
        Operation::GetStudentPersonalProfile,
        "the student's own data, and how the organization is associated",
        &[],
        |scene| personal_profile(scene, scene.asn?),
        Expect::Given(|_, response| {
            let answer = answer!(response, GetStudentPersonalProfile);
            is_given(answer.availability_status)?;
            must(answer.student.is_some(), "no student")
        }),
    ),
    Case::new(
        Operation::GetStudentPersonalProfile,
        "the data of nobody are unknown",
        &[],
        |scene| personal_profile(scene, scene.nobody()?),
        Expect::Withheld(|_, response| {
            let answer = answer!(response, GetStudentPersonalProfile);
            must(
                answer.availability_status == AvailabilityStatus::Unknown && answer.student.is_none(),
                "given though nobody has the number",
            )
        }),
    ),
    row(
        Operation::SubmitDiplomaExamMark,
        "the registration is taken back",
        |scene| registration(scene, REGISTRATION, |it| it.is_deleted = true),
        Expect::Kept(REGISTRATION),
    ),
];

/// The catalogue, by a course's code.
pub(super) const CATALOGUE: &[Case] = &[
    row(
        Operation::GetCourse,
        "a course of the catalogue",
        |scene| {
            let course_code = scene.courses.first()?.course_code;
            courses(scene, course_code)
        },
        Expect::Given(|_, response| {
            let answer = answer!(response, GetCourse);
            is_given(answer.results.first().ok_or("no result")?.availability_status)
        }),
    ),
    row(
        Operation::GetCourse,
        "a course there is not is unknown",
        |scene| courses(scene, super::academic::no_course()?),
        Expect::Withheld(|_, response| {
            let answer = answer!(response, GetCourse);
            let first = answer.results.first().map(|result| result.availability_status);
            super::shapes::available(first, AvailabilityStatus::Unknown)
        }),
    ),
];

fn courses(scene: &Scene, course_code: kernel::CourseCode) -> Option<Ask> {
    let courses = vec![CourseVersion {
        course_code,
        expected_version: 0,
    }];
    let caller = scene.caller();
    Some(GetCourseRequest { caller, courses }.into())
}

/// A course enrolment is told.
pub(super) const NEWS: &[Case] = &[row(
    Operation::IsDataAvailable,
    "the course enrolment is told as news of its school year",
    |scene| {
        let topic = format!("CourseEnrolment.{}", scene.year.number());
        let before = scene.standing(COURSE)?.version - 1;
        Some(Ask::Request(Box::new(scene.news(&topic, before, None))))
    },
    Expect::Given(|scene, response| {
        let told = crate::scene::pairs(answer!(response, IsDataAvailable));
        let is_told = scene
            .standing(COURSE)
            .is_some_and(|held| told.contains(&(held.ref_id.to_string(), held.version)));
        must(is_told, "it is not told")
    }),
)];
