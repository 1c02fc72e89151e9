//! Rows, and what they mean.

use crate::model::{
    Course, CourseEnrolment, CourseRequest, RequestState, SeatState, Section, SectionState, Staff, StaffRole,
};
use db::schema::{course, section, section_staff};
use diesel::prelude::*;
use kernel::{
    AccountId, CourseEnrolmentId, CourseId, CourseRequestId, Date, DivisionId, Grade, Instant, SchoolId,
    SchoolYear, SectionId, SectionStaffId, StudentId, TermId,
};

/// A row of `course`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = course)]
pub(crate) struct CourseRow {
    pub(crate) division_id: DivisionId,
    pub(crate) id: CourseId,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) is_provincial: bool,
    pub(crate) credits: String,
    pub(crate) lowest_grade: Grade,
    pub(crate) highest_grade: Grade,
    pub(crate) first_year: Option<SchoolYear>,
    pub(crate) last_year: Option<SchoolYear>,
    pub(crate) prerequisites: String,
    pub(crate) delivery: String,
    pub(crate) version: i64,
}

fn joined<T: ToString>(all: &[T]) -> String {
    let texts: Vec<String> = all.iter().map(ToString::to_string).collect();
    texts.join(",")
}

fn parted(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|part| !part.is_empty())
}

impl CourseRow {
    pub(crate) fn of(division: DivisionId, said: &Course) -> Self {
        Self {
            division_id: division,
            id: said.id,
            code: said.code.clone(),
            name: said.name.clone(),
            is_provincial: said.is_provincial,
            credits: joined(&said.credits),
            lowest_grade: said.lowest_grade,
            highest_grade: said.highest_grade,
            first_year: said.first_year,
            last_year: said.last_year,
            prerequisites: joined(&said.prerequisites),
            delivery: said.delivery.clone(),
            version: said.version,
        }
    }
    pub(crate) fn course(self) -> Course {
        Course {
            id: self.id,
            code: self.code,
            name: self.name,
            is_provincial: self.is_provincial,
            credits: parted(&self.credits)
                .filter_map(|part| part.parse().ok())
                .collect(),
            lowest_grade: self.lowest_grade,
            highest_grade: self.highest_grade,
            first_year: self.first_year,
            last_year: self.last_year,
            prerequisites: parted(&self.prerequisites).map(str::to_owned).collect(),
            delivery: self.delivery,
            version: self.version,
        }
    }
}

/// A row of `section`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = section)]
pub(crate) struct SectionRow {
    pub(crate) division_id: DivisionId,
    pub(crate) id: SectionId,
    pub(crate) school_id: SchoolId,
    pub(crate) school_year: SchoolYear,
    pub(crate) number: String,
    pub(crate) term_id: Option<TermId>,
    pub(crate) first_day: Date,
    pub(crate) last_day: Date,
    pub(crate) room: String,
    pub(crate) capacity: Option<i32>,
    pub(crate) state: SectionState,
    pub(crate) version: i64,
}

impl SectionRow {
    pub(crate) fn of(division: DivisionId, said: &Section) -> Self {
        Self {
            division_id: division,
            id: said.id,
            school_id: said.school,
            school_year: said.year,
            number: said.number.clone(),
            term_id: said.term,
            first_day: said.first_day,
            last_day: said.last_day,
            room: said.room.clone(),
            capacity: said.capacity,
            state: said.state,
            version: said.version,
        }
    }
    /// The section without its courses, meetings and staff.
    pub(crate) fn bare(self) -> Section {
        Section {
            id: self.id,
            school: self.school_id,
            year: self.school_year,
            number: self.number,
            courses: Vec::new(),
            term: self.term_id,
            first_day: self.first_day,
            last_day: self.last_day,
            room: self.room,
            capacity: self.capacity,
            state: self.state,
            meetings: Vec::new(),
            staff: Vec::new(),
            version: self.version,
        }
    }
}

/// A row of `section_staff`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = section_staff)]
pub(crate) struct StaffRow {
    pub(crate) division_id: DivisionId,
    pub(crate) id: SectionStaffId,
    pub(crate) section_id: SectionId,
    pub(crate) account_id: AccountId,
    pub(crate) role: StaffRole,
    pub(crate) from_date: Date,
    pub(crate) until_date: Option<Date>,
    pub(crate) removed_at: Option<Instant>,
    pub(crate) version: i64,
}

impl StaffRow {
    /// `removed_at` is the moment of the change when it is said in error.
    pub(crate) fn of(division: DivisionId, said: &Staff, now: Instant) -> Self {
        Self {
            division_id: division,
            id: said.id,
            section_id: said.section,
            account_id: said.account,
            role: said.role,
            from_date: said.from,
            until_date: said.until,
            removed_at: said.is_removed.then_some(now),
            version: said.version,
        }
    }
    pub(crate) fn staff(self) -> Staff {
        Staff {
            id: self.id,
            section: self.section_id,
            account: self.account_id,
            role: self.role,
            from: self.from_date,
            until: self.until_date,
            is_removed: self.removed_at.is_some(),
            version: self.version,
        }
    }
}

db::temporal!(
    /// A version of a course enrolment.
    course_enrolment: SeatRow { id: CourseEnrolmentId, student_id: StudentId } {
        /// Where.
        section_id: SectionId,
        /// First day.
        from_date: Date,
        /// Last day.
        until_date: Option<Date>,
        /// Enrolled, waiting, or in error.
        state: SeatState,
        /// Place in the queue.
        place: i32,
    }
);

impl SeatRow {
    /// The row of a course enrolment; division, version, time and person are stamped when it is written.
    pub(crate) fn of_seat(said: &CourseEnrolment) -> Self {
        Self {
            division_id: DivisionId(0),
            id: said.id,
            version: said.known.version,
            known_from: said.known.from,
            known_to: None,
            known_by: said.known.by.clone(),
            reason: said.known.reason.clone(),
            student_id: said.student,
            section_id: said.section,
            from_date: said.from,
            until_date: said.until,
            state: said.state,
            place: said.place,
        }
    }
    pub(crate) fn seat(self) -> CourseEnrolment {
        let known = self.known();
        CourseEnrolment {
            id: self.id,
            student: self.student_id,
            section: self.section_id,
            from: self.from_date,
            until: self.until_date,
            state: self.state,
            place: self.place,
            known,
        }
    }
}

db::temporal!(
    /// A version of a course request.
    course_request: RequestRow { id: CourseRequestId, student_id: StudentId } {
        /// At which school.
        school_id: SchoolId,
        /// For which school year.
        school_year: SchoolYear,
        /// What.
        course_id: CourseId,
        /// 1 for what is wanted most.
        rank: i32,
        /// The request that it stands in for.
        instead_of: Option<CourseRequestId>,
        /// Asked or withdrawn.
        state: RequestState,
    }
);

impl RequestRow {
    /// The row of a request; division, version, time and person are stamped when it is written.
    pub(crate) fn of_request(said: &CourseRequest) -> Self {
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
            course_id: said.course,
            rank: said.rank,
            instead_of: said.instead_of,
            state: said.state,
        }
    }
    pub(crate) fn request(self) -> CourseRequest {
        let known = self.known();
        CourseRequest {
            id: self.id,
            student: self.student_id,
            school: self.school_id,
            year: self.school_year,
            course: self.course_id,
            rank: self.rank,
            instead_of: self.instead_of,
            state: self.state,
            known,
        }
    }
}
