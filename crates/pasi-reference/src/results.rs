//! What came of examinations, posted at the ministry's desk: judged, stored in
//! place of the registration where there is one, and told to clients.

use crate::ministry::Ministry;
use crate::ops;
use crate::outside::{Outside, OutsideError};
use crate::store::{Draft, World};
use kernel::{Asn, CourseCode, Date, Findings, SchoolCode};
use pasi_wire::messages::{
    Course, DiplomaExam, DiplomaExamComponentMark, DiplomaExamMark, DiplomaExamRescoreRequest,
    ProvincialAchievementTest, ProvincialAchievementTestResult, School, StudentTranscriptDetail,
};
use pasi_wire::rules::submit::writable;
use pasi_wire::rules::{achievement_test, diploma, finding};
use uuid::Uuid;

/// What came of a diploma exam for a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamResult {
    /// Whose.
    pub asn: Asn,
    /// Of which exam.
    pub exam: Uuid,
    /// The student's school.
    pub school: SchoolCode,
    /// A value of the class of exam mark statuses.
    pub status: String,
    /// Percent.
    pub mark: Option<u8>,
    /// The day it was reached.
    pub achieved: Option<Date>,
}

/// What came of a provincial achievement test for a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// Whose.
    pub asn: Asn,
    /// Of which test.
    pub test: Uuid,
    /// Where it was written.
    pub school: SchoolCode,
    /// One of [`achievement_test::PARTICIPATION`].
    pub participation: String,
    /// Points.
    pub score: Option<u16>,
    /// What it comes to.
    pub level: Option<String>,
}

/// A student's examinations, the latest first, and what counts in the end.
#[derive(Debug, Clone, Default)]
pub struct Examinations {
    /// Registrations and results with their exams.
    pub exam_marks: Vec<(DiplomaExamMark, Option<DiplomaExam>)>,
    /// Results of achievement tests with their tests.
    pub test_results: Vec<(ProvincialAchievementTestResult, Option<ProvincialAchievementTest>)>,
    /// Official marks and credentials.
    pub transcript: Option<StudentTranscriptDetail>,
}

impl Outside {
    /// Posts what came of an exam, in place of the student's registration for
    /// it or of the result that stands; gives the version. `Judged` when a rule
    /// refuses it.
    pub async fn post_exam_result(&self, result: ExamResult) -> Result<i64, OutsideError> {
        let now = self.0.config.clock.now();
        self.act(|draft| {
            let world = draft.world;
            may_post(draft, result.asn, result.school)?;
            let mut held = world.of_student::<DiplomaExamMark>(result.asn);
            let held = held.find(|one| !one.is_deleted && one.diploma_exam_ref_id == result.exam);
            let exam = world.get::<DiplomaExam>(result.exam);
            let sent = exam_mark(result, held, exam);
            let facts = diploma::Posted {
                sent: &sent,
                exam,
                now,
            };
            judged(diploma::result(&facts))?;
            if held == Some(&sent) {
                return Err(OutsideError::NothingChanged);
            }
            Ok(draft.put(sent.into()))
        })
        .await
    }

    /// Puts the mark of an exam that was marked again in place of the one that
    /// stands, and closes the request to do so; gives whose it is and its version.
    pub(crate) async fn rescore(&self, mark: Uuid, percent: u8) -> Result<(Asn, i64), OutsideError> {
        let today = self.0.config.clock.now().date();
        self.act(|draft| {
            let world = draft.world;
            let held = world.get::<DiplomaExamMark>(mark);
            let held = held
                .filter(|held| !held.is_deleted)
                .ok_or(OutsideError::Unknown)?;
            judged(writable(ops::asn_state(world, held.asn)).into_iter().collect())?;
            judged(diploma::rescored(held, percent))?;
            let mut requests = world.of_student::<DiplomaExamRescoreRequest>(held.asn);
            let asked = requests.find(|one| one.diploma_exam_mark_ref_id == mark && !one.is_deleted);
            let request = DiplomaExamRescoreRequest {
                ref_id: asked.map_or_else(Uuid::new_v4, |asked| asked.ref_id),
                asn: held.asn,
                diploma_exam_mark_ref_id: mark,
                request_date: asked.map_or(today, |asked| asked.request_date),
                is_complete: true,
                is_deleted: false,
                pasi_core_version: asked.map_or(0, |asked| asked.pasi_core_version),
            };
            let changed = DiplomaExamMark {
                mark_value: Some(percent),
                ..held.clone()
            };
            if asked != Some(&request) {
                draft.put(request.into());
            }
            Ok((held.asn, draft.put(changed.into())))
        })
        .await
    }

    /// Posts what came of an achievement test, in place of the result that
    /// stands; gives the version. `Judged` when a rule refuses it.
    pub async fn post_test_result(&self, result: TestResult) -> Result<i64, OutsideError> {
        self.act(|draft| {
            let world = draft.world;
            may_post(draft, result.asn, result.school)?;
            let mut held = world.of_student::<ProvincialAchievementTestResult>(result.asn);
            let held = held.find(|one| !one.is_deleted && one.test_ref_id == result.test);
            let sent = ProvincialAchievementTestResult {
                ref_id: held.map_or_else(Uuid::new_v4, |held| held.ref_id),
                asn: result.asn,
                test_ref_id: result.test,
                school_code: result.school,
                participation: result.participation,
                score: result.score,
                achievement_level: result.level,
                is_deleted: false,
                pasi_core_version: held.map_or(0, |held| held.pasi_core_version),
            };
            judged(achievement_test::result(
                &sent,
                world.get::<ProvincialAchievementTest>(result.test),
            ))?;
            if held == Some(&sent) {
                return Err(OutsideError::NothingChanged);
            }
            Ok(draft.put(sent.into()))
        })
        .await
    }
}

/// The record as it shall be.
fn exam_mark(
    result: ExamResult,
    held: Option<&DiplomaExamMark>,
    exam: Option<&DiplomaExam>,
) -> DiplomaExamMark {
    let part_status = match result.status.as_str() {
        "NotWritten" => "NW",
        "Withheld" => "WH",
        _ => "RG",
    };
    let sitting = |code: &str| {
        let parts = held.iter().flat_map(|held| &held.components);
        let mut of = parts.filter(|part| part.component_code == code);
        of.find_map(|part| part.sitting_ref_id)
    };
    let parts = exam.iter().flat_map(|exam| &exam.components);
    DiplomaExamMark {
        ref_id: held.map_or_else(Uuid::new_v4, |held| held.ref_id),
        asn: result.asn,
        diploma_exam_ref_id: result.exam,
        school_code: result.school,
        status: result.status,
        mark_value: result.mark,
        achievement_date: result.achieved,
        components: parts
            .map(|part| DiplomaExamComponentMark {
                component_code: part.component_code.clone(),
                sitting_ref_id: sitting(&part.component_code),
                status: part_status.to_owned(),
                form: None,
                mark: None,
                maximum_mark: Some(part.maximum_mark),
            })
            .collect(),
        is_deleted: false,
        pasi_core_version: held.map_or(0, |held| held.pasi_core_version),
    }
}

/// The student may be written, and the school is one: 9002, 9003, 9009, 9011.
fn may_post(draft: &Draft<'_>, asn: Asn, school: SchoolCode) -> Result<(), OutsideError> {
    let state = ops::asn_state(draft.world, asn);
    let mut found: Findings = writable(state).into_iter().collect();
    if draft.world.get::<School>(school).is_none() {
        found.push(finding(9003).with("code", school));
    }
    judged(found)
}

fn judged(found: Findings) -> Result<(), OutsideError> {
    if found.is_empty() {
        Ok(())
    } else {
        Err(OutsideError::Judged(found))
    }
}

impl Ministry {
    /// Every diploma exam, the latest first.
    pub fn diploma_exams(&self) -> Vec<DiplomaExam> {
        let mut all: Vec<DiplomaExam> = self
            .0
            .store
            .read(|world| world.all::<DiplomaExam>().cloned().collect());
        all.sort_by_key(|exam| {
            let first = exam.components.iter().map(|part| part.starts_at).min();
            (std::cmp::Reverse(first), exam.course_code)
        });
        all
    }
    /// Every achievement test, the latest first.
    pub fn achievement_tests(&self) -> Vec<ProvincialAchievementTest> {
        let mut all: Vec<ProvincialAchievementTest> = self
            .0
            .store
            .read(|world| world.all::<ProvincialAchievementTest>().cloned().collect());
        all.sort_by_key(|test| {
            let year = std::cmp::Reverse(test.school_year);
            (year, test.grade, test.subject.clone(), test.language.clone())
        });
        all
    }
    /// A course of the catalogue.
    pub fn course(&self, code: CourseCode) -> Option<Course> {
        self.0.store.read(|world| world.get::<Course>(code).cloned())
    }
    /// A student's examinations; nothing when no student has the ASN.
    pub fn examinations(&self, asn: Asn) -> Examinations {
        self.0.store.read(|world| Examinations {
            exam_marks: exam_marks(world, asn),
            test_results: test_results(world, asn),
            transcript: world.get::<StudentTranscriptDetail>(asn).cloned(),
        })
    }
}

fn exam_of(world: &World, mark: &DiplomaExamMark) -> Option<DiplomaExam> {
    world.get::<DiplomaExam>(mark.diploma_exam_ref_id).cloned()
}

fn test_of(world: &World, result: &ProvincialAchievementTestResult) -> Option<ProvincialAchievementTest> {
    world
        .get::<ProvincialAchievementTest>(result.test_ref_id)
        .cloned()
}

fn exam_marks(world: &World, asn: Asn) -> Vec<(DiplomaExamMark, Option<DiplomaExam>)> {
    let held = world.of_student::<DiplomaExamMark>(asn);
    let mut all: Vec<(DiplomaExamMark, Option<DiplomaExam>)> = held
        .filter(|mark| !mark.is_deleted)
        .map(|mark| (mark.clone(), exam_of(world, mark)))
        .collect();
    all.sort_by_key(|(mark, exam)| {
        let year = exam.as_ref().map(|exam| exam.school_year);
        (std::cmp::Reverse(year), mark.ref_id)
    });
    all
}

fn test_results(
    world: &World,
    asn: Asn,
) -> Vec<(ProvincialAchievementTestResult, Option<ProvincialAchievementTest>)> {
    let held = world.of_student::<ProvincialAchievementTestResult>(asn);
    let mut all: Vec<(ProvincialAchievementTestResult, Option<ProvincialAchievementTest>)> = held
        .filter(|result| !result.is_deleted)
        .map(|result| (result.clone(), test_of(world, result)))
        .collect();
    all.sort_by_key(|(result, test)| {
        let year = test.as_ref().map(|test| test.school_year);
        (std::cmp::Reverse(year), result.ref_id)
    });
    all
}
