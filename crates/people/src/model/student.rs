//! What is kept about a student.

use crate::store::kept::{Facts, text};
use diesel::prelude::{Insertable, Queryable, Selectable};
use kernel::{Asn, Date, PersonName};
use serde::{Deserialize, Serialize};

/// Who the student is, apart from names. Its fields are columns of `student_detail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = db::schema::student_detail)]
pub struct Identity {
    /// The provincial number; none until the province gives one.
    pub asn: Option<Asn>,
    /// Born on.
    pub birth_date: Date,
    /// A code of the set Gender.
    pub gender: String,
    /// Died on.
    #[serde(default)]
    pub deceased_on: Option<Date>,
    /// A code of Section 23 eligibility; empty when not asked.
    #[serde(default)]
    pub section23: String,
    /// A code of the language at home; empty when not told.
    #[serde(default)]
    pub language_at_home: String,
    /// A code of another language spoken at home; may be empty.
    #[serde(default)]
    pub other_language: String,
    /// A code of the language learned first and still understood; may be empty.
    #[serde(default)]
    pub first_language: String,
    /// A code of the language that letters to the student and the home are written in; may be empty.
    #[serde(default)]
    pub letters_in: String,
    /// A code of the identity document; empty when none was seen.
    #[serde(default)]
    pub document_type: String,
}

impl Identity {
    /// Birth date and gender, nothing else known yet.
    pub fn new(birth_date: Date, gender: &str) -> Self {
        Self {
            asn: None,
            birth_date,
            gender: gender.to_owned(),
            deceased_on: None,
            section23: String::new(),
            language_at_home: String::new(),
            other_language: String::new(),
            first_language: String::new(),
            letters_in: String::new(),
            document_type: String::new(),
        }
    }

    /// Every field with its value, for history, audit and differences.
    pub(crate) fn facts(&self) -> Facts {
        vec![
            ("asn", text(self.asn)),
            ("birth_date", self.birth_date.to_string()),
            ("gender", self.gender.clone()),
            ("deceased_on", text(self.deceased_on)),
            ("section23", self.section23.clone()),
            ("language_at_home", self.language_at_home.clone()),
            ("other_language", self.other_language.clone()),
            ("first_language", self.first_language.clone()),
            ("letters_in", self.letters_in.clone()),
            ("document_type", self.document_type.clone()),
        ]
    }
}

kernel::text_enum! {
    /// What a name is.
    pub enum NameKind {
        /// As on the identity document; exactly one.
        Legal = "legal",
        /// Any other.
        Other = "other",
    }
}

/// Where a gender-related name stands with the guardians. Education Act, in
/// force 2025-09-01: under 16 they are told and consent in writing before the
/// name is used; at 16 and 17 they are told; from 18 nothing is needed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The name was asked for because of gender.
    pub is_gender_related: bool,
    /// The guardians were told on.
    pub told_on: Option<Date>,
    /// They consented in writing on.
    pub consented_on: Option<Date>,
}

/// A name of a student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Legal or other.
    pub kind: NameKind,
    /// Its parts.
    pub name: PersonName,
    /// The one the student goes by; exactly one is.
    pub is_preferred: bool,
    /// Only for a gender-related name.
    #[serde(default)]
    pub consent: Consent,
    /// Why it was added or changed, a code of `SourceChangeCode`; may be empty.
    #[serde(default)]
    pub source_change: String,
}

impl Name {
    /// The legal name, preferred.
    pub fn legal(name: PersonName) -> Self {
        Self {
            kind: NameKind::Legal,
            name,
            is_preferred: true,
            consent: Consent::default(),
            source_change: String::new(),
        }
    }
    /// Another name.
    pub fn other(name: PersonName, is_preferred: bool) -> Self {
        Self {
            kind: NameKind::Other,
            name,
            is_preferred,
            consent: Consent::default(),
            source_change: String::new(),
        }
    }
}

kernel::text_enum! {
    /// What an address is for, in the province's texts.
    pub enum AddressKind {
        /// Letters go there.
        Mailing = "Mailing",
        /// The student lives there.
        Physical = "Physical",
        /// Former records alone.
        Delivery = "Delivery",
    }
}

/// An address from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Mailing or physical.
    pub kind: AddressKind,
    /// A code of the address format: `Mail-CA`, `ATS` …
    pub format: String,
    /// Street, box, rural address, or land description; up to 140 letters.
    pub street: String,
    /// City; up to 60.
    pub city: String,
    /// Province or state code; up to 20.
    pub province: String,
    /// Postal or ZIP code; up to 15.
    pub postal_code: String,
    /// Country code, two letters.
    pub country: String,
    /// Holds from.
    pub effective_on: Date,
    /// Ends on, when someone said so; else the day before the next of its kind begins.
    #[serde(default)]
    pub expires_on: Option<Date>,
}

/// A phone number of the student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// A code of the phone type: `Home`, `Mobile` …
    pub kind: String,
    /// Digits, with a leading `+` outside North America.
    pub number: String,
    /// Digits; may be empty.
    #[serde(default)]
    pub extension: String,
    /// Called first; setting it clears the others.
    #[serde(default)]
    pub is_preferred: bool,
    /// May be printed in lists.
    #[serde(default)]
    pub is_listed: bool,
}

/// An e-mail address of the student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    /// `Personal` or `School`.
    pub kind: String,
    /// The address.
    pub address: String,
}

/// A citizenship from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citizenship {
    /// A code of the citizenship status.
    pub status: String,
    /// Country code of the citizenship; may be empty.
    #[serde(default)]
    pub country: String,
    /// Holds from.
    pub effective_on: Date,
    /// The permit ends on.
    #[serde(default)]
    pub document_expires_on: Option<Date>,
}

kernel::text_enum! {
    /// Why information about a student must not be given away, gravest first.
    pub enum RestrictionCode {
        /// Details stay covered until the notice was read.
        Caution = "Caution",
        /// A court said so.
        CourtOrdered = "CourtOrdered",
        /// Independent student under 18.
        IndependentUnder18 = "IndependentUnder18",
        /// The opposite: guardians stay involved after 18.
        StudentOver18withGuardian = "StudentOver18withGuardian",
    }
}

impl RestrictionCode {
    /// Must be read before any detail; the fourth is a neutral badge.
    pub fn is_gate(self) -> bool {
        self != Self::StudentOver18withGuardian
    }
}

/// A disclosure restriction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// Which.
    pub code: RestrictionCode,
    /// What everyone must read: who may pick up, what not to say. Kept sealed.
    pub notice: String,
    /// Holds from.
    pub effective_on: Date,
    /// Ends on.
    #[serde(default)]
    pub expires_on: Option<Date>,
}

kernel::text_enum! {
    /// How grave a medical alert is, gravest first.
    pub enum AlertSeverity {
        /// Minutes count.
        LifeThreatening = "life-threatening",
        /// Needs care the same day.
        Serious = "serious",
        /// Good to know.
        Minor = "minor",
    }
}

/// A medical alert. Its texts are kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedicalAlert {
    /// How grave.
    pub severity: AlertSeverity,
    /// What it is.
    pub alert: String,
    /// What to do, such as `EpiPen in office`.
    pub action: String,
    /// Medication, where it is kept, the plan on file; may be empty.
    #[serde(default)]
    pub plan: String,
    /// Holds from.
    pub effective_on: Date,
    /// Ends on.
    #[serde(default)]
    pub expires_on: Option<Date>,
}
