//! The kinds of records: one line in the table and one short description for
//! each. Students and their alerts are kept by themselves.

use super::World;
use super::keep::{Packed, Plain};
use super::record::{
    About, Change, Judged, Key, Kind, Record, RecordKey, Under, Versioned, by_fields, versioned,
};
use super::table::Table;
use kernel::{AuthorityCode, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    ClassroomAccommodation, Course, CourseEnrolment, DiplomaExam, DiplomaExamMark, DiplomaExamRescoreRequest,
    DiplomaExamSitting, EducationAccountConnection, EvaluatedMark, ProvincialAchievementTest,
    ProvincialAchievementTestResult, RecordStatus, ResponsibleSchool, School, SchoolAuthority,
    SchoolCalendarYear, Section, StudentRecordDocument, StudentSchoolEnrolment, StudentTranscriptDetail,
};
use pasi_wire::window::NotificationType;
use serde::{Deserialize, Serialize};

/// A kind is called alike as a type, as a notification and here. Kinds that
/// are `open` are told to every client; those that are `judged` name their
/// alerts, and how they are kept.
macro_rules! kinds {
    (open { $($open:ident)* } told { $($told:ident)* } judged { $($judged:ident, $status:ident, $kept:ident;)* }) => {
        kinds!(@all
            $($open Plain [None] true;)*
            $($told Plain [None] false;)*
            $($judged $kept [Some(NotificationType::$status)] false;)*
        );

        /// The kind a notification tells of; alerts belong to what they are about.
        const fn kind_of(told: NotificationType) -> NotificationType {
            match told {
                $(NotificationType::$status => NotificationType::$judged,)*
                _ => told,
            }
        }
    };
    (@all $($kind:ident $kept:ident [$status:expr] $is_open:literal;)+) => {
        versioned!($($kind),+);

        /// A record of any kind.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub(crate) enum AnyRecord { $($kind(Box<$kind>)),+ }

        /// All records but the students, by kind.
        #[derive(Debug, Default)]
        #[allow(non_snake_case, reason = "a table is called as its records")]
        pub(crate) struct Tables { $($kind: Table<$kind>),+ }

        $(impl Kind for $kind {
            type Kept = $kept<Self>;
            const TYPE: NotificationType = NotificationType::$kind;
            const STATUS: Option<NotificationType> = $status;
            const IS_OPEN: bool = $is_open;
            fn table(of: &Tables) -> &Table<Self> {
                &of.$kind
            }
            fn table_mut(of: &mut Tables) -> &mut Table<Self> {
                &mut of.$kind
            }
            fn into_any(self: Box<Self>) -> AnyRecord {
                AnyRecord::$kind(self)
            }
        })+

        impl Versioned for AnyRecord {
            fn version(&self) -> i64 {
                match self { $(Self::$kind(record) => record.version()),+ }
            }
            fn set_version(&mut self, version: i64) {
                match self { $(Self::$kind(record) => record.set_version(version)),+ }
            }
        }

        impl AnyRecord {
            /// What is to be judged after it.
            pub(super) fn to_judge(&self) -> Vec<Judged> {
                match self { $(Self::$kind(record) => Judged::after(&**record)),+ }
            }
            /// The record in whose place it would come.
            pub(super) fn standing(&self, world: &World) -> Option<Change> {
                match self {
                    $(Self::$kind(record) => world.get::<$kind>(record.key()).map(|held| $kind::clone(&held).into())),+
                }
            }
            pub(super) fn put_into(self, world: &mut World) {
                match self { $(Self::$kind(record) => world.put_record(record)),+ }
            }
        }

        /// Is every client told of that kind?
        pub(crate) const fn is_open(of: NotificationType) -> bool {
            match of {
                $(NotificationType::$kind => $is_open,)+
                _ => false,
            }
        }

        impl Tables {
            fn record_version(&self, of: NotificationType, key: RecordKey) -> Option<i64> {
                match of {
                    $(NotificationType::$kind => self.$kind.version(Key::unwrap(key)?),)+
                    _ => None,
                }
            }
            /// What was found about a record of a kind.
            pub(super) fn status(&self, of: NotificationType, key: RecordKey) -> Option<&RecordStatus> {
                match of {
                    $(NotificationType::$kind => self.$kind.status(Key::unwrap(key)?),)+
                    _ => None,
                }
            }
            /// Every record and status of the kinds that are open, or of the others.
            pub(super) fn everything(&self, is_open: bool) -> impl Iterator<Item = Change> {
                let mut all: Vec<Box<dyn Iterator<Item = Change> + '_>> = Vec::new();
                $(if is_open == $is_open {
                    all.push(Box::new(self.$kind.changes()));
                })+
                all.into_iter().flatten()
            }
            /// Every record something leads to.
            pub(super) fn records_under(&self, under: Under) -> Vec<AnyRecord> {
                let mut found = Vec::new();
                $(found.extend(self.$kind.under(under).map(|record| Box::new($kind::clone(&record)).into_any()));)+
                found
            }
            /// The judged records something leads to.
            pub(super) fn judged_under(&self, under: Under) -> Vec<Judged> {
                let mut found = Vec::new();
                $(found.extend(self.$kind.under(under).filter_map(|record| Judged::of(&*record)));)+
                found
            }
            /// The judged records that are about no student.
            pub(super) fn judged_of_nobody(&self) -> Vec<Judged> {
                let mut found = Vec::new();
                $(if <$kind as Kind>::STATUS.is_some() {
                    let all = self.$kind.all().map(|(record, _)| record);
                    found.extend(all.filter(|record| record.asn().is_none()).filter_map(|record| Judged::of(&*record)));
                })+
                found
            }
        }

        impl World {
            /// Whom a record is about; the notification may be that of its alerts.
            pub(crate) fn about(&self, told: NotificationType, key: RecordKey) -> Option<About> {
                match kind_of(told) {
                    $(NotificationType::$kind => {
                        self.get::<$kind>(Key::unwrap(key)?).map(|record| About::of(&*record, self))
                    })+
                    _ => None,
                }
            }
            pub(super) fn put_any_status(&mut self, of: NotificationType, status: RecordStatus) {
                match of {
                    $(NotificationType::$kind => self.put_status::<$kind>(status),)+
                    _ => {}
                }
            }
        }
    };
}

impl Tables {
    /// The version of a record, or of its alerts, by the notification that tells of it.
    pub(super) fn version(&self, told: NotificationType, key: RecordKey) -> Option<i64> {
        let kind = kind_of(told);
        if kind == told {
            self.record_version(kind, key)
        } else {
            self.status(kind, key).map(Versioned::version)
        }
    }
}

kinds! {
    open {
        SchoolAuthority School SchoolCalendarYear
        Course DiplomaExam DiplomaExamSitting ProvincialAchievementTest
    }
    told {
        StudentRecordDocument EducationAccountConnection
        DiplomaExamMark DiplomaExamRescoreRequest ProvincialAchievementTestResult StudentTranscriptDetail
    }
    judged {
        StudentSchoolEnrolment, StudentSchoolEnrolmentStatus, Packed;
        ResponsibleSchool, ResponsibleSchoolStatus, Packed;
        ClassroomAccommodation, ClassroomAccommodationStatus, Plain;
        Section, SectionStatus, Plain;
        CourseEnrolment, CourseEnrolmentStatus, Packed;
        EvaluatedMark, EvaluatedMarkStatus, Packed;
    }
}

impl Record for SchoolAuthority {
    type Key = AuthorityCode;
    fn key(&self) -> AuthorityCode {
        self.authority_code
    }
}

impl Record for School {
    type Key = SchoolCode;
    fn key(&self) -> SchoolCode {
        self.school_code
    }
}

impl Record for SchoolCalendarYear {
    type Key = (SchoolCode, SchoolYear);
    fn key(&self) -> Self::Key {
        (self.school_code, self.school_year)
    }
    by_fields!(school_year);
}

impl Record for StudentSchoolEnrolment {
    by_fields!(ref_id asn school_code school_year);
}

impl Record for ResponsibleSchool {
    const ALERTS_ARE_THE_OWNERS: bool = false;
    by_fields!(ref_id asn);
    fn year(&self, _: &World) -> Option<SchoolYear> {
        Some(SchoolYear::of(self.effective_date))
    }
    fn school(&self, _: &World) -> Option<SchoolCode> {
        self.school_code
    }
}

impl Record for ClassroomAccommodation {
    by_fields!(ref_id asn school_code);
    /// Its alerts are told by the school year in which it begins.
    fn year(&self, _: &World) -> Option<SchoolYear> {
        Some(SchoolYear::of(self.start_date))
    }
}

impl Record for StudentRecordDocument {
    by_fields!(ref_id asn);
    fn under(&self) -> Vec<Under> {
        let added = self
            .created_by_organization
            .as_deref()
            .and_then(|code| code.parse().ok());
        [Under::Student(self.asn)]
            .into_iter()
            .chain(added.map(Under::Added))
            .collect()
    }
}

impl Record for EducationAccountConnection {
    by_fields!(ref_id asn);
}
