//! What is kept, and one change of it.

use super::World;
use super::keep::Keep;
use super::kinds::{AnyRecord, Tables};
use super::table::Table;
use kernel::{Asn, AuthorityCode, CourseCode, Date, OrganizationCode, SchoolCode, SchoolYear};
use pasi_wire::messages::{CoreAlert, RecordStatus, Student, StudentStatus};
use pasi_wire::window::{NotificationType, Topic};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::Hash;
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
    /// When the record goes, as computed when the ASN was made.
    pub(crate) scheduled_disposal: Date,
    /// What moved to the primary ASN, or was deleted for what is there, when this one was linked.
    #[serde(default)]
    pub(crate) lent: Vec<Uuid>,
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
    StudentStatus(StudentStatus),
    /// A record of the kind named.
    Record(AnyRecord),
    /// What was found about a record of the kind named.
    Status(NotificationType, RecordStatus),
    /// What people said to alerts of a record that stand no more; told to nobody.
    Remembered(Judged, Vec<CoreAlert>),
}

/// A record that carries the version of the whole.
pub(crate) trait Versioned {
    fn version(&self) -> i64;
    fn set_version(&mut self, version: i64);
}

macro_rules! versioned {
    ($($name:ty),+) => {$(
        impl $crate::store::Versioned for $name {
            fn version(&self) -> i64 {
                self.pasi_core_version
            }
            fn set_version(&mut self, version: i64) {
                self.pasi_core_version = version;
            }
        }
    )+};
}
pub(super) use versioned;
versioned!(StudentStatus, RecordStatus);

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
            Self::StudentStatus(status) => status.version(),
            Self::Record(record) => record.version(),
            Self::Status(_, status) => status.version(),
            Self::Remembered(..) => 0,
        }
    }
    fn set_version(&mut self, version: i64) {
        match self {
            Self::Student(record) => record.set_version(version),
            Self::StudentStatus(status) => status.set_version(version),
            Self::Record(record) => record.set_version(version),
            Self::Status(_, status) => status.set_version(version),
            Self::Remembered(..) => {}
        }
    }
}

/// A record of one of the kinds in `kinds.rs`: what it is called, whom it is
/// about and who is told of it. Students are a kind of their own.
pub(crate) trait Record: Kind + Versioned + Clone + PartialEq + 'static {
    /// What names it among those of its kind.
    type Key: Key;
    /// Are its alerts the owner's alone? Else everybody who may know the
    /// record is told of them too, and may answer them.
    const ALERTS_ARE_THE_OWNERS: bool = true;
    /// Does the student's transcript follow from it?
    const COUNTS_IN_TRANSCRIPT: bool = false;

    fn key(&self) -> Self::Key;
    /// The school year it belongs to; a kind that is not asked for by year may have none.
    fn year(&self, _world: &World) -> Option<SchoolYear> {
        None
    }
    /// The student it is about.
    fn asn(&self) -> Option<Asn> {
        None
    }
    /// The school whose record it is; its authority is told of it always.
    fn school(&self, _world: &World) -> Option<SchoolCode> {
        None
    }
    /// What it is found by besides its key.
    fn under(&self) -> Vec<Under> {
        self.asn().map(Under::Student).into_iter().collect()
    }
}

/// Members of [`Record`] that are fields of the message: its key `ref_id`, and
/// its `asn`, `school_code` or `school_year`.
macro_rules! by_fields {
    ($($field:ident)+) => { $($crate::store::record::by_field!($field);)+ };
}
macro_rules! by_field {
    (ref_id) => {
        type Key = uuid::Uuid;
        fn key(&self) -> uuid::Uuid {
            self.ref_id
        }
    };
    (asn) => {
        fn asn(&self) -> Option<kernel::Asn> {
            Some(self.asn)
        }
    };
    (school_code) => {
        fn school(&self, _: &$crate::store::World) -> Option<kernel::SchoolCode> {
            Some(self.school_code)
        }
    };
    (school_year) => {
        fn year(&self, _: &$crate::store::World) -> Option<kernel::SchoolYear> {
            Some(self.school_year)
        }
    };
}
pub(super) use {by_field, by_fields};

/// A record as a look-up gives it.
pub(crate) type Held<'a, T> = <<T as Kind>::Kept as Keep<T>>::Held<'a>;

/// What follows from a kind's line in the table of kinds.
pub(crate) trait Kind: Sized {
    /// How its records lie in memory.
    type Kept: Keep<Self>;
    /// The kind's name.
    const TYPE: NotificationType;
    /// The name of its alerts, if they are judged.
    const STATUS: Option<NotificationType>;
    /// Is every client told of it?
    const IS_OPEN: bool;
    fn table(of: &Tables) -> &Table<Self>
    where
        Self: Record;
    fn table_mut(of: &mut Tables) -> &mut Table<Self>
    where
        Self: Record;
    fn into_any(self: Box<Self>) -> AnyRecord;
}

/// What leads to records: those of a student, those that name another record,
/// those an organization added, those of a school's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Under {
    Student(Asn),
    Record(Uuid),
    Added(OrganizationCode),
    School(SchoolCode, SchoolYear),
}

/// Whom a record is about and whose it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    pub(crate) asn: Option<Asn>,
    pub(crate) owner: Option<AuthorityCode>,
    pub(crate) year: Option<SchoolYear>,
}

impl About {
    pub(super) fn of<T: Record>(record: &T, world: &World) -> Self {
        Self {
            asn: record.asn(),
            owner: record.school(world).and_then(|school| world.authority_of(school)),
            year: record.year(world),
        }
    }
    /// The topic of such a record.
    pub(super) fn topic(self, of: NotificationType) -> Topic {
        Topic {
            notification_type: of,
            year: self.year.filter(|_| of.is_by_year()),
        }
    }
}

impl<T: Record> From<T> for Change {
    fn from(record: T) -> Self {
        Self::Record(Box::new(record).into_any())
    }
}

/// What the processors look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Judged {
    Student(Asn),
    /// A record of the kind named.
    Record(NotificationType, Uuid),
    /// The official marks of a student.
    Transcript(Asn),
}

impl Judged {
    pub(super) fn of<T: Record>(record: &T) -> Option<Self> {
        match (T::STATUS, record.key().wrap()) {
            (Some(_), RecordKey::Guid(ref_id)) => Some(Self::Record(T::TYPE, ref_id)),
            _ => None,
        }
    }
    /// What is to be judged after a change of a record.
    pub(super) fn after<T: Record>(record: &T) -> Vec<Self> {
        let transcript = record.asn().filter(|_| T::COUNTS_IN_TRANSCRIPT);
        Self::of(record)
            .into_iter()
            .chain(transcript.map(Self::Transcript))
            .collect()
    }
}

impl Change {
    /// What is to be judged after it.
    pub(crate) fn to_judge(&self) -> Vec<Judged> {
        match self {
            Self::Student(record) => vec![Judged::Student(record.student.asn)],
            Self::Record(record) => record.to_judge(),
            Self::StudentStatus(_) | Self::Status(..) | Self::Remembered(..) => Vec::new(),
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
    Course(CourseCode),
}

/// The name of a record of one kind.
pub(crate) trait Key: Copy + Eq + Hash + fmt::Debug {
    fn wrap(self) -> RecordKey;
    fn unwrap(key: RecordKey) -> Option<Self>;
}

macro_rules! keys {
    ($($key:ty = $variant:ident($($part:ident),+);)+) => {$(
        impl Key for $key {
            #[allow(unused_parens, reason = "a key of one part is no pair")]
            fn wrap(self) -> RecordKey {
                let ($($part),+) = self;
                RecordKey::$variant($($part),+)
            }
            #[allow(unused_parens, reason = "a key of one part is no pair")]
            fn unwrap(key: RecordKey) -> Option<Self> {
                match key {
                    RecordKey::$variant($($part),+) => Some(($($part),+)),
                    _ => None,
                }
            }
        }
    )+};
}
keys! {
    Asn = Student(asn);
    Uuid = Guid(ref_id);
    SchoolCode = School(code);
    AuthorityCode = Authority(code);
    CourseCode = Course(code);
    (SchoolCode, SchoolYear) = CalendarYear(code, year);
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
            Self::Course(code) => out.write_str(code.as_str()),
        }
    }
}
