//! What reading answers.

use super::{
    Address, AddressKind, Citizenship, Contact, Email, Identity, Name, NameKind, Person, Phone, Restriction,
    RestrictionCode,
};
use crate::rules;
use kernel::{
    AddressId, Asn, CitizenshipId, ContactId, Date, EmailId, Instant, NameId, PersonId, PersonName, PhoneId,
    RestrictionId, SchoolId, StudentId,
};
use serde::{Deserialize, Serialize};

/// A value with the id and version that a save must name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record<I, V> {
    /// The id; the province's `RefId`.
    pub id: I,
    /// The version.
    pub version: i64,
    /// The value.
    pub value: V,
}

/// A student with all that may be seen without further permits: medical
/// alerts, contact notes and document numbers are read apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Student {
    /// The id.
    pub id: StudentId,
    /// The number within the division.
    pub local_number: String,
    /// Version of the identity.
    pub version: i64,
    /// Identity.
    pub identity: Identity,
    /// The last four characters of the identity document are on record.
    pub has_document_number: bool,
    /// Names, the legal one first.
    pub names: Vec<Record<NameId, Name>>,
    /// Addresses, newest first.
    pub addresses: Vec<Record<AddressId, Address>>,
    /// Phones, the preferred one first.
    pub phones: Vec<Record<PhoneId, Phone>>,
    /// E-mails.
    pub emails: Vec<Record<EmailId, Email>>,
    /// Citizenships, newest first.
    pub citizenships: Vec<Record<CitizenshipId, Citizenship>>,
    /// Disclosure restrictions, gravest first; empty for guardians and students.
    pub restrictions: Vec<Record<RestrictionId, Restriction>>,
    /// Guardians and contacts, in calling order.
    pub contacts: Vec<StudentContact>,
}

impl Student {
    /// The legal name.
    pub fn legal(&self) -> &PersonName {
        static NONE: PersonName = PersonName {
            first: String::new(),
            middle: String::new(),
            last: String::new(),
            suffix: String::new(),
        };
        let legal = self.names.iter().find(|name| name.value.kind == NameKind::Legal);
        legal
            .or(self.names.first())
            .map_or(&NONE, |name| &name.value.name)
    }
    /// The name the student goes by on `day`: the preferred one where it may be used, else the legal one.
    pub fn goes_by(&self, day: Date) -> &PersonName {
        self.names
            .iter()
            .find(|name| {
                name.value.is_preferred && rules::may_use(&name.value, self.identity.birth_date, day)
            })
            .map_or_else(|| self.legal(), |name| &name.value.name)
    }
    /// The last day of an address: what was said, else the day before the next of its kind.
    pub fn address_until(&self, address: &Record<AddressId, Address>) -> Option<Date> {
        rules::address_until(&address.value, self.addresses.iter().map(|other| &other.value))
    }
    /// The address of a kind that holds on `day`.
    pub fn address_on(&self, kind: AddressKind, day: Date) -> Option<&Record<AddressId, Address>> {
        self.addresses
            .iter()
            .filter(|address| address.value.kind == kind && address.value.effective_on <= day)
            .find(|address| self.address_until(address).is_none_or(|until| until >= day))
    }
}

/// A person's relation to a student, and the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StudentContact {
    /// The relation; its `note` is read apart.
    pub contact: Record<ContactId, Contact>,
    /// There is a note.
    pub has_note: bool,
    /// The person.
    pub person: Record<PersonId, Person>,
}

/// What the head of every page about a student shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StudentHeader {
    /// The id.
    pub id: StudentId,
    /// Version of the identity.
    pub version: i64,
    /// Restrictions that hold today, gravest first: shown before anything else.
    pub restrictions: Vec<HeaderRestriction>,
    /// What a court or custody limits today; empty for whoever may not read custody.
    pub custody: Vec<CustodyLimit>,
    /// What lists show.
    pub card: CardRow,
    /// The legal name.
    pub legal: PersonName,
    /// The name gone by, when it is another and may be used.
    pub goes_by: Option<PersonName>,
    /// Age today, in years.
    pub age: u8,
    /// Died on.
    pub deceased_on: Option<Date>,
    /// What to do, of each medical alert that holds today; only with a medical permit.
    pub medical: Vec<String>,
    /// Whom to call first.
    pub first_contact: Option<FirstContact>,
    /// Names the photograph; none without one.
    pub photo: Option<String>,
}

/// Whose record it is, for a reader who may know no more of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BriefHeader {
    /// Restrictions that hold today, gravest first: shown before anything else.
    pub restrictions: Vec<HeaderRestriction>,
    /// `Last Suffix, First Middle` of the legal name.
    pub listed: String,
    /// The number within the division.
    pub local_number: String,
}

/// A restriction in the head of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeaderRestriction {
    /// The record.
    pub id: RestrictionId,
    /// Which.
    pub code: RestrictionCode,
    /// Its words.
    pub notice: String,
    /// Ends on.
    pub expires_on: Option<Date>,
}

kernel::text_enum! {
    /// What is limited, gravest first.
    pub enum LimitKind {
        /// A court forbids contact: picks nobody up, is told nothing.
        NoContact = "no-contact",
        /// Does not pick the student up.
        NoPickUp = "no-pick-up",
    }
}

/// What a court or custody limits of one person: read before any detail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustodyLimit {
    /// The relation.
    pub contact: ContactId,
    /// What.
    pub kind: LimitKind,
    /// Who, `First Last`.
    pub person: String,
    /// What the person is to the student.
    pub relationship: String,
}

/// Whom to call first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirstContact {
    /// The person.
    pub person: PersonId,
    /// Name.
    pub name: PersonName,
    /// What the person is to the student, a code.
    pub relationship: String,
    /// Digits.
    pub phone: String,
}

kernel::text_enum! {
    /// Does the student go to a school of the division?
    pub enum PlaceState {
        /// Today.
        Enrolled = "enrolled",
        /// From a day to come.
        Future = "future",
        /// No longer.
        Left = "left",
        /// Never did.
        None = "none",
    }
}

/// Where a student stands; the enrolment domain says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The school, last school, or school to come.
    pub school: Option<SchoolId>,
    /// A grade code; empty when none.
    pub grade: String,
    /// The homeroom; may be empty.
    pub homeroom: String,
    /// How.
    pub state: PlaceState,
    /// The first day of the enrolment that says so.
    #[serde(default)]
    pub enrolled_on: Option<Date>,
}

impl Place {
    /// No school yet.
    pub const fn nowhere() -> Self {
        Self {
            school: None,
            grade: String::new(),
            homeroom: String::new(),
            state: PlaceState::None,
            enrolled_on: None,
        }
    }
}

/// What lists and search show of a student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardRow {
    /// Who.
    pub student: StudentId,
    /// Folded `last first middle`: the order of lists.
    pub sort_name: String,
    /// `Last Suffix, First Middle`.
    pub list_name: String,
    /// `First Last` gone by.
    pub preferred_name: String,
    /// The provincial number.
    pub asn: Option<Asn>,
    /// The number within the division.
    pub local_number: String,
    /// Born on.
    pub birth_date: Date,
    /// A gender code.
    pub gender: String,
    /// A grade code; may be empty.
    pub grade: String,
    /// The homeroom; may be empty.
    pub homeroom: String,
    /// The school.
    pub school: Option<SchoolId>,
    /// Enrolled, future, left, none.
    pub state: PlaceState,
    /// The first day of the enrolment that says so.
    pub enrolled_on: Option<Date>,
    /// The gravest restriction: show the shield. None for families.
    pub restriction: Option<RestrictionCode>,
    /// A court or custody limits somebody: show the shield. Never set for whoever may not read custody.
    pub is_custody_limited: bool,
    /// Where the record stands with the province, the connector's word; may be empty.
    pub sync_state: String,
}

impl CardRow {
    /// Must something be read before any detail?
    pub fn is_shielded(&self) -> bool {
        self.is_custody_limited || self.restriction.is_some_and(RestrictionCode::is_gate)
    }
}

/// One change in a student's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryEntry {
    /// When it was recorded.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// Why; may be empty.
    pub reason: String,
    /// The kind of record: `identity`, `name`, `address` …
    pub kind: &'static str,
    /// Which one.
    pub record_id: String,
    /// The version it made.
    pub version: i64,
    /// What changed.
    pub changes: Vec<FieldChange>,
}

/// A field, before and after; sealed texts are never shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field.
    pub field: &'static str,
    /// Before; empty for a new record.
    pub old: String,
    /// After.
    pub new: String,
}
