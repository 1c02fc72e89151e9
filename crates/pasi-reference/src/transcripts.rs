//! Official marks, calculated anew when a mark that may count has changed.

use crate::ops::empty_transcript;
use crate::store::World;
use kernel::{Asn, Instant};
use pasi_wire::messages::{
    Course, CourseEnrolment, DiplomaExam, DiplomaExamMark, EvaluatedMark, Section, StudentTranscriptDetail,
};
use pasi_wire::rules::diploma::REGISTERED;
use pasi_wire::rules::official::{ApprovedMark, ExamResult, MarkOf, Marks, is_final, official};

/// The transcript of a student as it is now, when it is not what is held.
pub(crate) fn changed(world: &World, asn: Asn, now: Instant) -> Option<StudentTranscriptDetail> {
    let held = world.get::<StudentTranscriptDetail>(asn);
    let official_marks = official(&marks_of(world, asn), |code| world.get::<Course>(code));
    if held.map_or(&[][..], |held| &held.official_marks) == official_marks {
        return None;
    }
    let total_credits = official_marks.iter().map(|mark| mark.credits_awarded).sum();
    Some(StudentTranscriptDetail {
        official_marks,
        total_credits,
        last_calculation_utc_time: Some(now),
        ..held.cloned().unwrap_or_else(|| empty_transcript(asn))
    })
}

fn marks_of(world: &World, asn: Asn) -> Marks {
    let courses = world.of_student::<CourseEnrolment>(asn);
    let evaluated = world.of_student::<EvaluatedMark>(asn);
    let exams = world.of_student::<DiplomaExamMark>(asn);
    Marks {
        schools: courses
            .filter_map(|record| of_course(world, &record))
            .chain(evaluated.filter_map(|record| of_evaluation(&record)))
            .collect(),
        exams: exams.filter_map(|record| of_exam(world, record)).collect(),
        maturity: world.student(asn).and_then(|record| record.student.maturity_date),
    }
}

fn of_course(world: &World, record: &CourseEnrolment) -> Option<ApprovedMark> {
    let mark = record.mark.as_ref().filter(|mark| mark.is_mark_approved)?;
    let section = world.get::<Section>(record.section_ref_id)?;
    (!record.is_deleted && is_final(&record.status)).then(|| ApprovedMark {
        ref_id: record.ref_id,
        version: record.pasi_core_version,
        of: MarkOf::CourseEnrolment,
        course: record.course_code,
        year: section.school_year,
        mark: mark.clone(),
        credits: record.credits_attempted,
        is_waived: record.are_prerequisites_waived,
    })
}

fn of_evaluation(record: &EvaluatedMark) -> Option<ApprovedMark> {
    (!record.is_deleted && record.mark.is_mark_approved).then(|| ApprovedMark {
        ref_id: record.ref_id,
        version: record.pasi_core_version,
        of: MarkOf::Evaluation,
        course: record.course_code,
        year: record.school_year,
        mark: record.mark.clone(),
        credits: record.credits_attempted,
        is_waived: record.are_prerequisites_waived,
    })
}

fn of_exam(world: &World, record: &DiplomaExamMark) -> Option<ExamResult> {
    let exam = world.get::<DiplomaExam>(record.diploma_exam_ref_id)?;
    let written = exam.components.iter().map(|part| part.starts_at.date()).max();
    (!record.is_deleted && record.status != REGISTERED).then_some(ExamResult {
        ref_id: record.ref_id,
        version: record.pasi_core_version,
        course: exam.course_code,
        year: exam.school_year,
        status: record.status.clone(),
        percent: record.mark_value.map(u16::from),
        date: record.achievement_date.or(written)?,
    })
}
