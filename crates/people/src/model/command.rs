//! What operations are told to do.

use super::{
    Address, Citizenship, Contact, Email, Identity, MedicalAlert, Name, Person, Phone, Place, Restriction,
};
use kernel::{
    AddressId, CitizenshipId, ContactId, EmailId, MedicalAlertId, NameId, PersonId, PhoneId, RestrictionId,
    SchoolId, StudentId,
};
use serde::{Deserialize, Serialize};

/// Where a change comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Made here: others are told.
    #[default]
    Here,
    /// Accepted from the province: it is not told its own news.
    Province,
}

/// Which record a save is about, and the version its author saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct On<I> {
    /// Whose.
    pub student: StudentId,
    /// Which; a new record's id is made by the caller, so that the same form sent twice is one record.
    pub id: I,
    /// The version that was seen; 0 makes the record.
    pub seen: i64,
    /// Why; may be empty.
    pub reason: String,
    /// Where from.
    pub origin: Origin,
}

impl<I> On<I> {
    /// A record that is not there yet.
    pub fn new(student: StudentId, id: I) -> Self {
        Self::seen(student, id, 0)
    }
    /// A record as seen at a version.
    pub fn seen(student: StudentId, id: I, seen: i64) -> Self {
        Self {
            student,
            id,
            seen,
            reason: String::new(),
            origin: Origin::Here,
        }
    }
    /// With a reason.
    #[must_use]
    pub fn because(self, reason: &str) -> Self {
        Self {
            reason: reason.to_owned(),
            ..self
        }
    }
    /// Accepted from the province.
    #[must_use]
    pub fn from_province(self) -> Self {
        Self {
            origin: Origin::Province,
            ..self
        }
    }
}

/// New identity of a student; names are apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeIdentity {
    /// All of it; a changed ASN is refused here, see `set_asn`.
    pub identity: Identity,
    /// The last four characters of the document: none keeps them, an empty text clears them.
    pub document_last_four: Option<String>,
}

/// A contact of a new student, or one more of a student that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContact {
    /// The id of the relation.
    pub id: ContactId,
    /// Who.
    pub person: PersonOf,
    /// What the person is to the student.
    pub contact: Contact,
}

/// A person that is there, or one to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonOf {
    /// To be made, with this id.
    New(PersonId, Box<Person>),
    /// Already there, such as a sibling's guardian.
    Existing(PersonId),
}

impl PersonOf {
    /// The id.
    pub fn id(&self) -> PersonId {
        match self {
            Self::New(id, _) | Self::Existing(id) => *id,
        }
    }
}

/// The record whose last save is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// What a person is to the student.
    Contact(ContactId),
    /// An address.
    Address(AddressId),
    /// A phone.
    Phone(PhoneId),
    /// An e-mail address.
    Email(EmailId),
    /// The person, for every student around.
    Person(PersonId),
}

/// A student with everything known at the start. Ids are the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStudent {
    /// The id.
    pub id: StudentId,
    /// The number within the division; none takes the next free one.
    pub local_number: Option<String>,
    /// Identity.
    pub identity: Identity,
    /// Last four characters of the identity document; may be empty.
    pub document_last_four: String,
    /// One legal, exactly one preferred.
    pub names: Vec<(NameId, Name)>,
    /// Addresses.
    pub addresses: Vec<(AddressId, Address)>,
    /// Phones.
    pub phones: Vec<(PhoneId, Phone)>,
    /// E-mails.
    pub emails: Vec<(EmailId, Email)>,
    /// Citizenships.
    pub citizenships: Vec<(CitizenshipId, Citizenship)>,
    /// Disclosure restrictions.
    pub restrictions: Vec<(RestrictionId, Restriction)>,
    /// Medical alerts.
    pub medical_alerts: Vec<(MedicalAlertId, MedicalAlert)>,
    /// Guardians and contacts.
    pub contacts: Vec<NewContact>,
    /// The school at whose counter the student is made: staff there see the record before it is enrolled.
    pub school: Option<SchoolId>,
    /// Where the student stands; bulk only, else enrolment says it.
    pub place: Option<Place>,
    /// A student of the same name and birth date is known to be someone else.
    pub is_another_person: bool,
    /// Why, or from which import; may be empty.
    pub reason: String,
    /// Where from.
    pub origin: Origin,
}

impl NewStudent {
    /// Identity and legal name; the rest is empty.
    pub fn new(id: StudentId, identity: Identity, legal: (NameId, Name)) -> Self {
        Self {
            id,
            local_number: None,
            identity,
            document_last_four: String::new(),
            names: vec![legal],
            addresses: Vec::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            citizenships: Vec::new(),
            restrictions: Vec::new(),
            medical_alerts: Vec::new(),
            contacts: Vec::new(),
            school: None,
            place: None,
            is_another_person: false,
            reason: String::new(),
            origin: Origin::Here,
        }
    }
}
