//! Rows, and what they mean.

use crate::model::{Coding, Deletion, Enrolment, Exit, ExitKind, Responsible, ResponsibleSchool, State};
use kernel::{
    Date, DivisionId, EnrolmentId, Failure, Grade, Outcome, ResponsibleSchoolId, SchoolId, SchoolYear,
    StudentId,
};

db::temporal!(
    /// A version of an enrolment.
    enrolment: EnrolmentRow { id: EnrolmentId, student_id: StudentId } {
        /// Where.
        school_id: SchoolId,
        /// School year.
        school_year: SchoolYear,
        /// Grade.
        grade: Grade,
        /// Homeroom.
        homeroom: String,
        /// First day.
        start_on: Date,
        /// Last day.
        exit_on: Option<Date>,
        /// How it ended.
        exit_kind: Option<ExitKind>,
        /// Coding.
        programming_type: String,
        /// Coding.
        programming_timeframe: String,
        /// Coding.
        program_percentage: Option<i32>,
        /// Coding.
        instruction_hours: Option<i32>,
        /// Coding.
        operating_schedule: Option<String>,
        /// Coding.
        source_change: Option<String>,
        /// Coding.
        resident_board: Option<String>,
        /// Coding.
        francophone_board: Option<String>,
        /// Coding.
        indigenous_declaration: Option<String>,
        /// Coding.
        french_hours: Option<i32>,
        /// Codes, with commas between.
        type_codes: String,
        /// Codes, with commas between.
        exception_codes: String,
        /// Codes, with commas between.
        grants_codes: String,
        /// Why it does not count.
        deletion: Option<Deletion>,
    }
);

db::temporal!(
    /// A version of a responsible school.
    responsible_school: ResponsibleRow { id: ResponsibleSchoolId, student_id: StudentId } {
        /// From which day on.
        effective_on: Date,
        /// Yes, No, Unknown.
        has_school: String,
        /// An Alberta school; empty when it is none.
        school_code: String,
        /// A school outside Alberta.
        school_name: String,
        /// A school outside Alberta.
        city: String,
        /// A school outside Alberta.
        province: String,
        /// A school outside Alberta.
        country: String,
        /// Why.
        transition_reason: String,
        /// Does not count.
        is_deleted: bool,
    }
);

fn split(codes: &str) -> Vec<String> {
    codes
        .split(',')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

impl EnrolmentRow {
    /// The row of an enrolment; division, version, time and person are stamped when it is written.
    pub(crate) fn of_enrolment(said: &Enrolment) -> Self {
        let (exit, coding) = (said.state.exit(), said.coding.clone());
        Self {
            division_id: DivisionId(0),
            id: said.id,
            version: said.known.version,
            known_from: said.known.from,
            known_to: None,
            known_by: said.known.by.clone(),
            reason: said.known.reason.clone(),
            student_id: said.student,
            school_id: said.school,
            school_year: said.year,
            grade: said.grade,
            homeroom: said.homeroom.clone(),
            start_on: said.start,
            exit_on: exit.map(|exit| exit.on),
            exit_kind: exit.map(|exit| exit.kind),
            programming_type: coding.programming_type,
            programming_timeframe: coding.programming_timeframe,
            program_percentage: coding.program_percentage,
            instruction_hours: coding.instruction_hours,
            operating_schedule: coding.operating_schedule,
            source_change: coding.source_change,
            resident_board: coding.resident_board,
            francophone_board: coding.francophone_board,
            indigenous_declaration: coding.indigenous_declaration,
            french_hours: coding.french_hours,
            type_codes: coding.types.join(","),
            exception_codes: coding.exceptions.join(","),
            grants_codes: coding.grants.join(","),
            deletion: match said.state {
                State::Deleted { why, .. } => Some(why),
                State::Open | State::Ended(_) => None,
            },
        }
    }

    /// What the row says.
    pub(crate) fn enrolment(self) -> Enrolment {
        let known = self.known();
        let exit = self.exit_on.map(|on| Exit {
            on,
            kind: self.exit_kind.unwrap_or(ExitKind::Completion),
        });
        Enrolment {
            id: self.id,
            student: self.student_id,
            school: self.school_id,
            year: self.school_year,
            grade: self.grade,
            homeroom: self.homeroom,
            start: self.start_on,
            state: match self.deletion {
                Some(why) => State::Deleted { why, exit },
                None => State::live(exit),
            },
            coding: Coding {
                programming_type: self.programming_type,
                programming_timeframe: self.programming_timeframe,
                types: split(&self.type_codes),
                exceptions: split(&self.exception_codes),
                grants: split(&self.grants_codes),
                resident_board: self.resident_board,
                francophone_board: self.francophone_board,
                indigenous_declaration: self.indigenous_declaration,
                french_hours: self.french_hours,
                program_percentage: self.program_percentage,
                instruction_hours: self.instruction_hours,
                operating_schedule: self.operating_schedule,
                source_change: self.source_change,
            },
            known,
        }
    }
}

impl ResponsibleRow {
    /// The row of a record; division, version, time and person are stamped when it is written.
    pub(crate) fn of_record(said: &ResponsibleSchool) -> Self {
        let mut row = Self {
            division_id: DivisionId(0),
            id: said.id,
            version: said.known.version,
            known_from: said.known.from,
            known_to: None,
            known_by: said.known.by.clone(),
            reason: said.known.reason.clone(),
            student_id: said.student,
            effective_on: said.effective_on,
            has_school: said.responsible.has().to_owned(),
            school_code: String::new(),
            school_name: String::new(),
            city: String::new(),
            province: String::new(),
            country: String::new(),
            transition_reason: said.transition_reason.clone(),
            is_deleted: said.is_deleted,
        };
        match &said.responsible {
            Responsible::Alberta { code } => code.as_str().clone_into(&mut row.school_code),
            Responsible::Elsewhere {
                name,
                city,
                province,
                country,
            } => {
                row.school_name.clone_from(name);
                row.city.clone_from(city);
                row.province.clone_from(province);
                row.country.clone_from(country);
            }
            Responsible::Nobody | Responsible::Unknown => {}
        }
        row
    }

    /// What the row says; a fault when it cannot be read.
    pub(crate) fn record(self) -> Outcome<ResponsibleSchool> {
        let known = self.known();
        let responsible = match self.has_school.as_str() {
            "Yes" if !self.school_code.is_empty() => Responsible::Alberta {
                code: self
                    .school_code
                    .parse()
                    .map_err(|_| unreadable("school_code", self.id))?,
            },
            "Yes" => Responsible::Elsewhere {
                name: self.school_name,
                city: self.city,
                province: self.province,
                country: self.country,
            },
            "No" => Responsible::Nobody,
            "Unknown" => Responsible::Unknown,
            _ => return Err(unreadable("has_school", self.id)),
        };
        Ok(ResponsibleSchool {
            id: self.id,
            student: self.student_id,
            effective_on: self.effective_on,
            responsible,
            transition_reason: self.transition_reason,
            is_deleted: self.is_deleted,
            known,
        })
    }
}

fn unreadable(column: &str, id: ResponsibleSchoolId) -> Failure {
    Failure::Fault(format!("responsible_school.{column} of {id} cannot be read"))
}
