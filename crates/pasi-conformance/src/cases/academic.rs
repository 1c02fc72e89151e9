//! High school records: sections, course enrolments and evaluated marks, each
//! record of a list judged alone, and the approval from which on marks count.

use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use kernel::{Asn, CourseCode, SchoolCode, SchoolYear};
use pasi_wire::Operation::{SubmitCourseEnrolment, SubmitEvaluatedMark, SubmitMarkApproval, SubmitSection};
use pasi_wire::messages::*;
use pasi_wire::rules::mark::{COMPLETED, CONTINUING, PERCENT};
use pasi_wire::rules::official::MarkOf;
use pasi_wire::rules::section::CONTINUOUS;
use uuid::Uuid;

pub(super) const SECTION: &str = "section";
/// One that is offered for more credits than its course has: stored, and an alert (40126).
pub(super) const ODD_SECTION: &str = "section of too many credits";
const CONTINUOUS_SECTION: &str = "section over two school years";
pub(super) const COURSE: &str = "course enrolment";
/// Of somebody without an enrolment in the school: stored, and an alert (40214).
pub(super) const OF_THE_TWIN: &str = "course enrolment of the twin";
const CONTINUED: &str = "course that goes on";
pub(super) const EVALUATED: &str = "evaluated mark";
/// One for more credits than its course has: stored, and an alert.
pub(super) const ODD_EVALUATED: &str = "evaluated mark of too many credits";

/// Nobody teaches that.
const NO_COURSE: &str = "XXX0000";
/// No course is offered for so many credits.
const TOO_MANY: u8 = 99;
/// Lines of the checklist these cases show.
const ACADEMIC: &[u8] = &[28];

/// A section of this year in which the first course is taught, with something changed.
fn section(scene: &mut Scene, word: &'static str, change: impl FnOnce(&mut Section)) -> Option<Ask> {
    let held = scene.record(word);
    let course = scene.courses.first()?;
    let (start_date, end_date) = scene.instruction();
    let mut section = Section {
        ref_id: held.ref_id,
        school_code: scene.school_code()?,
        school_year: scene.year,
        description: Some("Conformance".to_owned()),
        course_codes: vec![course.course_code],
        section_term: scene.code("SectionTerm", "FullYear"),
        start_date,
        end_date,
        credits_offered: credits(course),
        delivery_schedule: scene.code("DeliverySchedule", "REG"),
        primary_delivery_method: scene.code("DeliveryMethod", "InPerson"),
        instructional_language: scene.code("CourseLanguage", "English"),
        instructional_minutes_offered: None,
        local_section_id: Some(held.ref_id.simple().to_string()),
        is_deleted: false,
        pasi_core_version: held.version,
    };
    change(&mut section);
    let caller = scene.caller();
    Some(SubmitSectionRequest { caller, section }.into())
}

/// The highest number of credits a course is offered for.
fn credits(course: &Course) -> u8 {
    course.credit_levels.iter().copied().max().unwrap_or(5)
}

fn mark(scene: &Scene, value: &str) -> SchoolMark {
    SchoolMark {
        mark_format: PERCENT.to_owned(),
        mark_value: value.to_owned(),
        assignment_date: scene.today,
        is_mark_approved: false,
    }
}

/// The student in the first course, completed.
fn course_enrolment(scene: &mut Scene, word: &'static str) -> Option<CourseEnrolment> {
    let held = scene.record(word);
    let course = scene.courses.first()?;
    Some(CourseEnrolment {
        ref_id: held.ref_id,
        asn: scene.asn?,
        course_code: course.course_code,
        section_ref_id: scene.standing(SECTION)?.ref_id,
        student_school_enrolment_ref_id: None,
        status: COMPLETED.to_owned(),
        credits_attempted: credits(course),
        entry_date: None,
        exit_date: None,
        is_funding_requested: true,
        are_prerequisites_waived: true,
        is_dual_enrolment: false,
        partner_post_secondary_number: None,
        instructional_minutes_received: None,
        mark: Some(mark(scene, "72")),
        is_deleted: false,
        pasi_core_version: held.version,
    })
}

/// A list of course enrolments of one student.
fn list(scene: &Scene, asn: Asn, course_enrolments: Vec<CourseEnrolment>) -> Option<Ask> {
    Some(
        SubmitCourseEnrolmentRequest {
            caller: scene.caller(),
            asn,
            school_code: scene.school_code()?,
            school_year: scene.year,
            course_enrolments,
        }
        .into(),
    )
}

/// A list of one course enrolment, with something changed.
fn one(scene: &mut Scene, word: &'static str, change: impl FnOnce(&mut CourseEnrolment)) -> Option<Ask> {
    let mut sent = course_enrolment(scene, word)?;
    change(&mut sent);
    list(scene, sent.asn, vec![sent])
}

/// The student's mark from elsewhere in the second course.
fn evaluated(scene: &mut Scene, word: &'static str) -> Option<EvaluatedMark> {
    let held = scene.record(word);
    let course = scene.courses.get(1)?;
    Some(EvaluatedMark {
        ref_id: held.ref_id,
        asn: scene.asn?,
        school_code: scene.school_code()?,
        school_year: scene.year,
        course_code: course.course_code,
        evaluation_method: scene.code("EvaluatedMarkMethod", "OutOfProvince"),
        credits_attempted: credits(course),
        are_prerequisites_waived: true,
        mark: mark(scene, "80"),
        is_deleted: false,
        pasi_core_version: held.version,
    })
}

/// A list of evaluated marks.
fn marks(scene: &Scene, school_year: SchoolYear, evaluated_marks: Vec<EvaluatedMark>) -> Option<Ask> {
    Some(
        SubmitEvaluatedMarkRequest {
            caller: scene.caller(),
            asn: scene.asn?,
            school_code: scene.school_code()?,
            school_year,
            evaluated_marks,
        }
        .into(),
    )
}

/// Approves a course enrolment's mark at a version.
fn approve(scene: &Scene, ref_id: Uuid, pasi_core_version: i64) -> Option<Ask> {
    let mark = MarkKey {
        ref_id,
        pasi_core_version,
    };
    Some(
        SubmitMarkApprovalRequest {
            caller: scene.caller(),
            mark_type: MarkOf::CourseEnrolment.mark_type().to_owned(),
            is_mark_approved: true,
            marks: vec![mark],
        }
        .into(),
    )
}

pub(super) fn no_course() -> Option<CourseCode> {
    NO_COURSE.parse().ok()
}

/// A row about sections and marks.
const fn row(
    of: pasi_wire::Operation,
    what: &'static str,
    ask: fn(&mut Scene) -> Option<Ask>,
    expect: Expect,
) -> Case {
    Case::new(of, what, ACADEMIC, ask, expect)
}

const fn refused(
    of: pasi_wire::Operation,
    what: &'static str,
    ask: fn(&mut Scene) -> Option<Ask>,
    rule: &'static [u32],
) -> Case {
    row(of, what, ask, Expect::Rejected(rule))
}

pub(super) const SECTIONS: &[Case] = &[
    row(
        SubmitSection,
        "a class of the school",
        |scene| section(scene, SECTION, |_| {}),
        Expect::Kept(SECTION),
    ),
    refused(
        SubmitSection,
        "a class that is so already",
        |scene| section(scene, SECTION, |_| {}),
        &[9023],
    ),
    refused(
        SubmitSection,
        "a class at an older version",
        |scene| section(scene, SECTION, |it| it.pasi_core_version -= 1),
        &[3004],
    ),
    row(
        SubmitSection,
        "a class gets another name",
        |scene| section(scene, SECTION, |it| it.description = Some("Block 1".to_owned())),
        Expect::Kept(SECTION),
    ),
    refused(
        SubmitSection,
        "the class entered twice",
        |scene| {
            let first = scene.standing(SECTION)?.ref_id.simple().to_string();
            section(scene, "double section", |it| it.local_section_id = Some(first))
        },
        &[40_104],
    ),
    refused(
        SubmitSection,
        "a class that ends before it starts",
        |scene| section(scene, "backwards", |it| it.end_date = it.start_date.plus_days(-1)),
        &[40_108],
    ),
    refused(
        SubmitSection,
        "a class in which nothing is taught",
        |scene| section(scene, "empty", |it| it.course_codes.clear()),
        &[40_117],
    ),
    refused(
        SubmitSection,
        "one course twice in a class",
        |scene| section(scene, "twice", |it| it.course_codes.extend_from_within(..)),
        &[40_135],
    ),
    refused(
        SubmitSection,
        "a course there is not",
        |scene| {
            let nothing = no_course()?;
            section(scene, "of nothing", |it| it.course_codes = vec![nothing])
        },
        &[9015],
    ),
    refused(
        SubmitSection,
        "a class of a school there is not",
        |scene| {
            let nowhere: SchoolCode = "0000".parse().ok()?;
            section(scene, "nowhere", |it| it.school_code = nowhere)
        },
        &[9003],
    ),
    refused(
        SubmitSection,
        "a class of a school year of long ago",
        |scene| {
            let long_ago = SchoolYear::ending(1995)?;
            section(scene, "long ago", |it| it.school_year = long_ago)
        },
        &[9030],
    ),
    row(
        SubmitSection,
        "a class for more credits than its course has",
        |scene| section(scene, ODD_SECTION, |it| it.credits_offered = TOO_MANY),
        Expect::Kept(ODD_SECTION),
    ),
    row(
        SubmitSection,
        "a class that goes on in the next school year",
        |scene| {
            section(scene, CONTINUOUS_SECTION, |it| {
                CONTINUOUS.clone_into(&mut it.section_term);
            })
        },
        Expect::Kept(CONTINUOUS_SECTION),
    ),
];

pub(super) const MARKS: &[Case] = &[
    row(
        SubmitCourseEnrolment,
        "of a list one is stored, and one in a course the class has not is refused",
        |scene| {
            let good = course_enrolment(scene, COURSE)?;
            let mut elsewhere = course_enrolment(scene, "elsewhere")?;
            elsewhere.course_code = scene.courses.get(1)?.course_code;
            list(scene, good.asn, vec![good, elsewhere])
        },
        Expect::Each(&[(COURSE, None), ("elsewhere", Some(40_291))]),
    ),
    row(
        SubmitCourseEnrolment,
        "a course at an older version",
        |scene| one(scene, COURSE, |it| it.pasi_core_version -= 1),
        Expect::Each(&[(COURSE, Some(3004))]),
    ),
    row(
        SubmitCourseEnrolment,
        "a course in a class there is not",
        |scene| one(scene, "no class", |it| it.section_ref_id = Uuid::new_v4()),
        Expect::Each(&[("no class", Some(9035))]),
    ),
    row(
        SubmitCourseEnrolment,
        "a mark of more than a hundred percent",
        |scene| {
            let mark = mark(scene, "101");
            one(scene, "101", |it| it.mark = Some(mark))
        },
        Expect::Each(&[("101", Some(9013))]),
    ),
    row(
        SubmitCourseEnrolment,
        "a mark with a zero in front",
        |scene| {
            let mark = mark(scene, "072");
            one(scene, "072", |it| it.mark = Some(mark))
        },
        Expect::Each(&[("072", Some(9024))]),
    ),
    refused(
        SubmitCourseEnrolment,
        "courses of a school year of long ago",
        |scene| {
            let sent = course_enrolment(scene, "long ago")?;
            let long_ago = SchoolYear::ending(1995)?;
            Some(
                SubmitCourseEnrolmentRequest {
                    caller: scene.caller(),
                    asn: sent.asn,
                    school_code: scene.school_code()?,
                    school_year: long_ago,
                    course_enrolments: vec![sent],
                }
                .into(),
            )
        },
        &[9030],
    ),
    row(
        SubmitCourseEnrolment,
        "a course that goes on in the next school year has no mark yet",
        |scene| {
            let class = scene.standing(CONTINUOUS_SECTION)?.ref_id;
            one(scene, CONTINUED, |it| {
                it.section_ref_id = class;
                CONTINUING.clone_into(&mut it.status);
                it.mark = None;
            })
        },
        Expect::Each(&[(CONTINUED, None)]),
    ),
    row(
        SubmitCourseEnrolment,
        "a course of somebody who is not enrolled in the school",
        |scene| {
            let twin = scene.twin?;
            one(scene, OF_THE_TWIN, |it| it.asn = twin)
        },
        Expect::Each(&[(OF_THE_TWIN, None)]),
    ),
    refused(
        SubmitSection,
        "a class in use is not deleted",
        |scene| {
            section(scene, SECTION, |it| {
                it.description = Some("Block 1".to_owned());
                it.is_deleted = true;
            })
        },
        &[40_125],
    ),
    row(
        SubmitEvaluatedMark,
        "of a list one is stored, and one with a mark that is none is refused",
        |scene| {
            let good = evaluated(scene, EVALUATED)?;
            let mut wrong = evaluated(scene, "worded")?;
            "eighty".clone_into(&mut wrong.mark.mark_value);
            let mut odd = evaluated(scene, ODD_EVALUATED)?;
            odd.credits_attempted = TOO_MANY;
            marks(scene, scene.year, vec![good, wrong, odd])
        },
        Expect::Each(&[(EVALUATED, None), ("worded", Some(9016)), (ODD_EVALUATED, None)]),
    ),
    refused(
        SubmitEvaluatedMark,
        "a mark of another school year than the list is for",
        |scene| {
            let mut other = evaluated(scene, "other year")?;
            other.school_year = scene.year.previous();
            marks(scene, scene.year, vec![other])
        },
        &[40_379],
    ),
    row(
        SubmitMarkApproval,
        "the school approves a mark",
        |scene| {
            let held = scene.standing(COURSE)?;
            approve(scene, held.ref_id, held.version)
        },
        Expect::Each(&[(COURSE, None)]),
    ),
    row(
        SubmitMarkApproval,
        "a mark that is approved already",
        |scene| {
            let held = scene.standing(COURSE)?;
            approve(scene, held.ref_id, held.version)
        },
        Expect::Each(&[(COURSE, Some(9023))]),
    ),
    row(
        SubmitMarkApproval,
        "a mark at an older version",
        |scene| {
            let held = scene.standing(COURSE)?;
            approve(scene, held.ref_id, held.version - 1)
        },
        Expect::Each(&[(COURSE, Some(3004))]),
    ),
    row(
        SubmitMarkApproval,
        "a mark of a course enrolment there is not",
        |scene| approve(scene, Uuid::new_v4(), 0),
        Expect::Each(&[("nothing", Some(9033))]),
    ),
];
