//! An enrolment, as a row tells it.

use super::{Cells, Ground};
use codes::CodeSet;
use enrolment::{Coding, Enrol, ExitKind};
use kernel::text::fold;
use kernel::{Date, Grade, SchoolId, SchoolYear};

/// An enrolment of a row; the school is found, the rest may be missing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EnrolDraft {
    pub(crate) school: SchoolId,
    pub(crate) year: SchoolYear,
    pub(crate) grade: Grade,
    pub(crate) homeroom: Option<String>,
    pub(crate) start: Option<Date>,
    pub(crate) exit: Option<Date>,
    pub(crate) exit_kind: Option<ExitKind>,
    pub(crate) programming_type: Option<String>,
    pub(crate) programming_timeframe: Option<String>,
    pub(crate) types: Vec<String>,
    pub(crate) exceptions: Vec<String>,
    pub(crate) grants: Vec<String>,
    pub(crate) resident_board: Option<String>,
    pub(crate) percentage: Option<i32>,
    pub(crate) french_hours: Option<i32>,
    pub(crate) francophone_board: Option<String>,
    pub(crate) indigenous_declaration: Option<String>,
    pub(crate) instruction_hours: Option<i32>,
    pub(crate) operating_schedule: Option<String>,
    pub(crate) source_change: Option<String>,
}

impl EnrolDraft {
    /// As a new enrolment.
    pub(crate) fn enrol(&self) -> Enrol {
        let mut coding = Coding::default();
        self.code(&mut coding);
        Enrol {
            school: self.school,
            year: self.year,
            grade: self.grade,
            homeroom: self.homeroom.clone().unwrap_or_default(),
            start: self.start.unwrap_or_else(|| self.year.starts()),
            exit: self.exit(),
            coding,
        }
    }
    /// The end. When the row does not say how, an end in the last weeks of a
    /// school year is a completion, and any other a withdrawal.
    pub(crate) fn exit(&self) -> Option<enrolment::Exit> {
        let on = self.exit?;
        let is_late = (on.month() == 6 && on.day() >= 15) || matches!(on.month(), 7 | 8);
        let usual = if is_late {
            ExitKind::Completion
        } else {
            ExitKind::Withdrawal
        };
        Some(enrolment::Exit {
            on,
            kind: self.exit_kind.unwrap_or(usual),
        })
    }
    /// Puts what the row tells over a coding; what it does not tell stays.
    pub(crate) fn code(&self, coding: &mut Coding) {
        if let Some(text) = &self.programming_type {
            coding.programming_type.clone_from(text);
        }
        if let Some(text) = &self.programming_timeframe {
            coding.programming_timeframe.clone_from(text);
        }
        for (told, kept) in [
            (&self.types, &mut coding.types),
            (&self.exceptions, &mut coding.exceptions),
            (&self.grants, &mut coding.grants),
        ] {
            if !told.is_empty() {
                kept.clone_from(told);
            }
        }
        for (told, kept) in [
            (&self.resident_board, &mut coding.resident_board),
            (&self.francophone_board, &mut coding.francophone_board),
            (&self.indigenous_declaration, &mut coding.indigenous_declaration),
            (&self.operating_schedule, &mut coding.operating_schedule),
            (&self.source_change, &mut coding.source_change),
        ] {
            if told.is_some() {
                kept.clone_from(told);
            }
        }
        coding.program_percentage = self.percentage.or(coding.program_percentage);
        coding.french_hours = self.french_hours.or(coding.french_hours);
        coding.instruction_hours = self.instruction_hours.or(coding.instruction_hours);
    }
}

/// The enrolment of a student's row; none when no school is told.
pub(crate) fn of_student(cells: &mut Cells, ground: &Ground) -> Option<EnrolDraft> {
    cells.some("school")?;
    read(cells, ground)
}

/// Reads a row of enrolments.
pub(crate) fn enrolment(cells: &mut Cells, ground: &Ground) -> Option<EnrolDraft> {
    cells.needed("school");
    cells.needed("start");
    read(cells, ground)
}

fn read(cells: &mut Cells, ground: &Ground) -> Option<EnrolDraft> {
    cells.needed("grade");
    let school = cells.school("school", ground);
    let grade = cells.grade("grade");
    let (start, exit) = (cells.date("start"), cells.date("exit"));
    let exit = exit.map(|day| {
        if cells.bound.exit_is_day_after {
            day.plus_days(-1)
        } else {
            day
        }
    });
    let told = cells.year("school_year");
    let year = told.unwrap_or_else(|| SchoolYear::of(start.unwrap_or(ground.today)));
    let exit_kind = exit_kind(cells);
    // A spreadsheet eats the zeros that a board's number begins with.
    let board = |name: &str| cells.some(name).map(|text| format!("{text:0>4}"));
    let (resident_board, francophone_board) = (board("resident_board"), board("francophone_board"));
    let draft = EnrolDraft {
        school: school?,
        year,
        grade: grade?,
        homeroom: cells.some("homeroom"),
        start,
        exit,
        exit_kind,
        programming_type: cells.code("programming_type", CodeSet::ProgrammingType),
        programming_timeframe: cells.code("programming_timeframe", CodeSet::ProgrammingTimeframe),
        types: cells.list("enrolment_types"),
        exceptions: cells.list("exceptions"),
        grants: cells.list("grants"),
        resident_board,
        percentage: cells.number("percentage"),
        french_hours: cells.number("french_hours"),
        francophone_board,
        indigenous_declaration: cells.code("indigenous_declaration", CodeSet::FnmiDeclaration),
        instruction_hours: cells.number("instruction_hours"),
        operating_schedule: cells.some("operating_schedule"),
        source_change: cells.code("source_change", CodeSet::SourceChangeCode),
    };
    Some(draft)
}

fn exit_kind(cells: &mut Cells) -> Option<ExitKind> {
    let text = cells.some("exit_kind")?;
    match fold(&text).as_str() {
        "completion" | "completed" | "completiondate" | "fin" => Some(ExitKind::Completion),
        "withdrawal" | "withdrawn" | "withdrawaldate" | "retrait" => Some(ExitKind::Withdrawal),
        _ => {
            cells.refuse("LP-0828", "exit_kind");
            None
        }
    }
}
