//! The enrolment of a practice student.

use super::organization::school_id;
use super::student::student_id;
use ::enrolment::bulk::BulkEnrol;
use ::enrolment::{Coding, Enrol, Exit, ExitKind};
use kernel::EnrolmentId;
use practice::model::{PracticeEnrolment, PracticeStudent};

/// Why the records are there.
pub(crate) const REASON: &str = "Practice division";

/// The enrolment of the school year.
pub(crate) fn of(child: &PracticeStudent) -> BulkEnrol {
    let made = &child.enrolment;
    BulkEnrol {
        id: EnrolmentId::derived(&format!("practice-{}-{}", child.key, made.year.number())),
        student: student_id(child),
        enrol: Enrol {
            school: school_id(made.school),
            year: made.year,
            grade: made.grade,
            homeroom: made.homeroom.clone(),
            start: made.start,
            exit: Some(Exit {
                on: made.exit,
                kind: made.exit_type.parse().unwrap_or(ExitKind::Completion),
            }),
            coding: coding(made, child.indigenous),
        },
        reason: REASON.to_owned(),
    }
}

fn coding(made: &PracticeEnrolment, indigenous: Option<&str>) -> Coding {
    let texts = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    Coding {
        programming_type: made.programming.to_owned(),
        programming_timeframe: made.timeframe.to_owned(),
        types: texts(&made.enrolment_types),
        exceptions: texts(&made.exceptions),
        grants: texts(&made.grants),
        resident_board: made.resident_board.map(|board| board.to_string()),
        francophone_board: None,
        indigenous_declaration: indigenous.map(str::to_owned),
        french_hours: made.french_hours.map(i32::from),
        program_percentage: made.program_percentage.map(i32::from),
        instruction_hours: Some(i32::from(made.hours)).filter(|hours| *hours > 0),
        operating_schedule: None,
        source_change: None,
    }
}
