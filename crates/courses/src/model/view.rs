//! What pages are shown.

use crate::model::{Course, CourseEnrolment, Meeting, Section};
use crate::rules::periods_on;
use kernel::{AccountId, CourseId, Date, Grade, SchoolId, SchoolYear, SectionId, StudentId};
use schools::SchoolDay;
use std::collections::{BTreeMap, HashMap};

kernel::text_enum! {
    /// In which order sections are listed.
    pub enum SectionSort {
        /// By number.
        Number = "number",
        /// By the name of the first course, then number.
        Course = "course",
        /// By the name of the teacher, then number.
        Teacher = "teacher",
        /// By room, then number.
        Room = "room",
        /// By how many students are in it, most first.
        Students = "students",
    }
}

/// What sections are asked for.
#[derive(Debug, Clone)]
pub struct SectionQuery {
    /// The school; none for all whose sections the account teaches.
    pub school: Option<SchoolId>,
    /// The school year.
    pub year: SchoolYear,
    /// Words that must begin a word of number, course, teacher or room; empty for all.
    pub text: String,
    /// Of this course alone.
    pub course: Option<CourseId>,
    /// With a course for this grade.
    pub grade: Option<Grade>,
    /// Closed ones too.
    pub with_closed: bool,
    /// The order.
    pub sort: SectionSort,
    /// After this section; none from the beginning.
    pub after: Option<SectionId>,
    /// How many.
    pub limit: usize,
}

/// A section in a list.
#[derive(Debug, Clone)]
pub struct SectionLine {
    /// The section.
    pub section: Section,
    /// The names of its courses, in order.
    pub courses: Vec<String>,
    /// The names of who teaches it on the day of the list.
    pub teachers: Vec<String>,
    /// Students in it on the day of the list.
    pub students: usize,
    /// Students who wait.
    pub waiting: usize,
}

impl SectionLine {
    /// Its courses in one line.
    pub fn title(&self) -> String {
        self.courses.join(" · ")
    }
}

/// A page of a list of sections.
#[derive(Debug, Clone)]
pub struct Sections {
    /// The lines.
    pub lines: Vec<SectionLine>,
    /// How many there are in all.
    pub total: usize,
    /// The last of the page, when more follow.
    pub next: Option<SectionId>,
}

/// A section with the names around it.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// The section.
    pub section: Section,
    /// Its courses, by code.
    pub courses: Vec<Course>,
    /// The names of its staff.
    pub names: HashMap<AccountId, String>,
}

impl SectionView {
    /// The names of its courses in one line.
    pub fn title(&self) -> String {
        let names: Vec<&str> = self.courses.iter().map(|course| course.name.as_str()).collect();
        names.join(" · ")
    }
}

/// A student of a class list.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassLine {
    /// The record.
    pub seat: CourseEnrolment,
    /// The grade of the school enrolment on that day; none when there is none.
    pub grade: Option<Grade>,
    /// Is the student enrolled at the school on that day?
    pub is_at_school: bool,
}

/// A section in a timetable, at one of its meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// When.
    pub meeting: Meeting,
    /// At which school.
    pub school: SchoolId,
    /// Which.
    pub section: SectionId,
    /// Its number.
    pub number: String,
    /// Its courses in one line.
    pub title: String,
    /// Its room; may be empty.
    pub room: String,
    /// Who teaches it, in one line; may be empty.
    pub teachers: String,
    /// The first and the last day it is in the timetable.
    pub days: (Date, Date),
}

/// A section on a day on which it meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassOn {
    /// Which.
    pub section: Section,
    /// Its courses in one line.
    pub title: String,
    /// Who teaches it on that day.
    pub teachers: Vec<String>,
    /// In which periods it meets, the earliest first.
    pub periods: Vec<u8>,
}

/// The classes of some students at a school in a year, to be asked day by day.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    sections: HashMap<SectionId, Section>,
    seats: HashMap<StudentId, Vec<CourseEnrolment>>,
}

impl Schedule {
    pub(crate) fn new(all: Vec<Section>, seats: HashMap<StudentId, Vec<CourseEnrolment>>) -> Self {
        Self {
            sections: all.into_iter().map(|section| (section.id, section)).collect(),
            seats,
        }
    }
    /// In which section a student sits in each period of a day.
    pub fn on(&self, student: StudentId, day: &SchoolDay) -> BTreeMap<u8, SectionId> {
        let seats = self.seats.get(&student).into_iter().flatten();
        let sections = seats.filter_map(|seat| {
            let section = self.sections.get(&seat.section)?;
            seat.covers(section, day.date).then_some(section)
        });
        let mut all = BTreeMap::new();
        for section in sections {
            for period in periods_on(section, day) {
                all.insert(period, section.id);
            }
        }
        all
    }
}
