use kernel::StudentId;
use serde::{Deserialize, Serialize};

/// The topics of this domain.
pub mod topic {
    /// A new student.
    pub const CREATED: &str = "student.created";
    /// ASN, birth date, gender, document or death.
    pub const IDENTITY: &str = "student.identity";
    /// A name.
    pub const NAME: &str = "student.name";
    /// An address.
    pub const ADDRESS: &str = "student.address";
    /// A phone.
    pub const PHONE: &str = "student.phone";
    /// An e-mail.
    pub const EMAIL: &str = "student.email";
    /// A citizenship.
    pub const CITIZENSHIP: &str = "student.citizenship";
    /// Section 23 eligibility.
    pub const SECTION23: &str = "student.section23";
    /// The number within the division.
    pub const LOCAL_NUMBER: &str = "student.local-number";
    /// The language at home.
    pub const LANGUAGE: &str = "student.language";
    /// A disclosure restriction.
    pub const RESTRICTION: &str = "student.restriction";
    /// A medical alert.
    pub const MEDICAL: &str = "student.medical";
    /// A guardian or contact, or the person behind one.
    pub const CONTACT: &str = "student.contact";
    /// The photograph.
    pub const PHOTO: &str = "student.photo";
    /// All of them.
    pub const ALL: &[&str] = &[
        CREATED,
        IDENTITY,
        NAME,
        ADDRESS,
        PHONE,
        EMAIL,
        CITIZENSHIP,
        LOCAL_NUMBER,
        SECTION23,
        LANGUAGE,
        RESTRICTION,
        MEDICAL,
        CONTACT,
        PHOTO,
    ];
}

/// What an event of this domain carries; its subject is the student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The record: a name, an address …; the student itself for identity.
    pub record_id: String,
    /// The version it has now.
    pub version: i64,
    /// `added`, `changed` or `removed`.
    pub kind: String,
    /// A change of the legal name by a document, as opposed to a correction of a mistake.
    #[serde(default)]
    pub is_legal_change: bool,
}

impl Changed {
    /// A record as it is now.
    pub fn new(record_id: &impl ToString, version: i64, kind: &str) -> Self {
        Self {
            record_id: record_id.to_string(),
            version,
            kind: kind.to_owned(),
            is_legal_change: false,
        }
    }
    /// The student itself, new.
    pub fn created(student: StudentId) -> Self {
        Self::new(&student, 1, "added")
    }
}
