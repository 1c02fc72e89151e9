//! Records that follow a student from one ASN to another, when the ministry
//! links them.

use super::kinds::AnyRecord;
use super::{Under, World};
use kernel::Asn;
use uuid::Uuid;

/// One line a kind: what makes of two such records the same thing said twice.
macro_rules! following {
    ($($kind:ident: |$one:pat_param, $other:pat_param| $doubles:expr;)+) => {
        impl AnyRecord {
            /// The same record about another ASN; none of a kind that is about nobody.
            pub(crate) fn about(self, asn: Asn) -> Option<Self> {
                match self {
                    $(Self::$kind(mut record) => {
                        record.asn = asn;
                        Some(Self::$kind(record))
                    })+
                    _ => None,
                }
            }
            /// The same record taken out, or put in again.
            pub(crate) fn taken_out(self, is_deleted: bool) -> Option<Self> {
                match self {
                    $(Self::$kind(mut record) => {
                        record.is_deleted = is_deleted;
                        Some(Self::$kind(record))
                    })+
                    _ => None,
                }
            }
            /// Do both say the same thing of a student?
            pub(crate) fn doubles(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$kind(one), Self::$kind(other)) => {
                        let ($one, $other) = (one, other);
                        !one.is_deleted && !other.is_deleted && $doubles
                    })+
                    _ => false,
                }
            }
            /// Its GUID.
            pub(crate) fn ref_id(&self) -> Option<Uuid> {
                match self {
                    $(Self::$kind(record) => Some(record.ref_id),)+
                    _ => None,
                }
            }
        }
    };
}

following! {
    StudentSchoolEnrolment: |one, other| {
        (one.school_code, one.school_year, one.registration_start_date)
            == (other.school_code, other.school_year, other.registration_start_date)
    };
    ResponsibleSchool: |one, other| one.effective_date == other.effective_date;
    ClassroomAccommodation: |one, other| {
        (one.school_code, &one.accommodation_type, &one.accommodation_format, one.start_date)
            == (other.school_code, &other.accommodation_type, &other.accommodation_format, other.start_date)
    };
    StudentRecordDocument: |_, _| false;
    EducationAccountConnection: |_, _| false;
    CourseEnrolment: |one, other| {
        (one.section_ref_id, one.course_code) == (other.section_ref_id, other.course_code)
    };
    EvaluatedMark: |one, other| {
        (one.course_code, one.school_code, one.school_year, &one.evaluation_method)
            == (other.course_code, other.school_code, other.school_year, &other.evaluation_method)
    };
    DiplomaExamMark: |one, other| one.diploma_exam_ref_id == other.diploma_exam_ref_id;
    DiplomaExamRescoreRequest: |_, _| false;
    ProvincialAchievementTestResult: |one, other| one.test_ref_id == other.test_ref_id;
}

impl World {
    /// Every record about a student, deleted ones too.
    pub(crate) fn records_of(&self, asn: Asn) -> Vec<AnyRecord> {
        self.records_under(Under::Student(asn))
    }
}
