//! What is kept, and one change of it.

use kernel::{Asn, AuthorityCode, Date, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    RecordStatus, ResponsibleSchool, School, SchoolAuthority, SchoolCalendarYear, Student,
    StudentSchoolEnrolment, StudentStatus,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A student and who may know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StudentRecord {
    /// As it travels, with nothing held back.
    pub(crate) student: Student,
    /// The authority that made the ASN.
    pub(crate) created_by: Option<AuthorityCode>,
    /// When it was made.
    pub(crate) created_on: Date,
    /// Authorities that are or were associated.
    pub(crate) associates: Vec<Associate>,
}

/// An authority associated with a student, and since which version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Associate {
    pub(crate) authority: AuthorityCode,
    /// Other authorities' records of the student are told from this version on.
    pub(crate) since: i64,
}

/// One record as it is after a change; its version is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Change {
    Student(Box<StudentRecord>),
    Enrolment(Box<StudentSchoolEnrolment>),
    ResponsibleSchool(Box<ResponsibleSchool>),
    StudentStatus(StudentStatus),
    EnrolmentStatus(RecordStatus),
    ResponsibleSchoolStatus(RecordStatus),
    School(School),
    Authority(SchoolAuthority),
    CalendarYear(SchoolCalendarYear),
}

/// A record that carries the version of the whole.
pub(crate) trait Versioned {
    fn version(&self) -> i64;
    fn set_version(&mut self, version: i64);
}

macro_rules! versioned {
    ($($name:ty),+) => {$(
        impl Versioned for $name {
            fn version(&self) -> i64 {
                self.pasi_core_version
            }
            fn set_version(&mut self, version: i64) {
                self.pasi_core_version = version;
            }
        }
    )+};
}
versioned!(
    StudentSchoolEnrolment,
    ResponsibleSchool,
    StudentStatus,
    RecordStatus,
    School,
    SchoolAuthority,
    SchoolCalendarYear
);

impl Versioned for StudentRecord {
    fn version(&self) -> i64 {
        self.student.pasi_core_version
    }
    fn set_version(&mut self, version: i64) {
        self.student.pasi_core_version = version;
    }
}

impl Versioned for Change {
    fn version(&self) -> i64 {
        match self {
            Self::Student(record) => record.version(),
            Self::Enrolment(record) => record.version(),
            Self::ResponsibleSchool(record) => record.version(),
            Self::StudentStatus(record) => record.version(),
            Self::EnrolmentStatus(record) | Self::ResponsibleSchoolStatus(record) => record.version(),
            Self::School(record) => record.version(),
            Self::Authority(record) => record.version(),
            Self::CalendarYear(record) => record.version(),
        }
    }
    fn set_version(&mut self, version: i64) {
        match self {
            Self::Student(record) => record.set_version(version),
            Self::Enrolment(record) => record.set_version(version),
            Self::ResponsibleSchool(record) => record.set_version(version),
            Self::StudentStatus(record) => record.set_version(version),
            Self::EnrolmentStatus(record) | Self::ResponsibleSchoolStatus(record) => {
                record.set_version(version);
            }
            Self::School(record) => record.set_version(version),
            Self::Authority(record) => record.set_version(version),
            Self::CalendarYear(record) => record.set_version(version),
        }
    }
}

/// A record the status processors judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Judged {
    Student(Asn),
    Enrolment(Uuid),
    ResponsibleSchool(Uuid),
}

impl Change {
    /// What is to be judged after it.
    pub(crate) fn to_judge(&self) -> Option<Judged> {
        match self {
            Self::Student(record) => Some(Judged::Student(record.student.asn)),
            Self::Enrolment(record) => Some(Judged::Enrolment(record.ref_id)),
            Self::ResponsibleSchool(record) => Some(Judged::ResponsibleSchool(record.ref_id)),
            _ => None,
        }
    }
}

/// Names a record among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RecordKey {
    Student(Asn),
    Guid(Uuid),
    School(SchoolCode),
    Authority(AuthorityCode),
    CalendarYear(SchoolCode, SchoolYear),
}

impl fmt::Display for RecordKey {
    /// As it stands in a notification.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Student(asn) => out.write_str(asn.as_str()),
            Self::Guid(ref_id) => ref_id.fmt(out),
            Self::School(code) => out.write_str(code.as_str()),
            Self::Authority(code) => out.write_str(code.as_str()),
            Self::CalendarYear(code, year) => write!(out, "{code}.{}", year.number()),
        }
    }
}
