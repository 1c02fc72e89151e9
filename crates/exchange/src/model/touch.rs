//! What a row wrote, so that it can be taken back.

use enrolment::Enrolment;
use kernel::{
    AccountId, AddressId, CitizenshipId, ContactId, EmailId, EnrolmentId, GrantId, NameId, PersonId, PhoneId,
    SchoolId, StudentId,
};
use people::{Contact, Email, Identity, Name, Person, Phone};
use schools::School;
use serde::{Deserialize, Serialize};

/// What was there before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Before {
    Identity(Identity),
    Name(NameId, Name),
    Phone(PhoneId, Phone),
    Email(EmailId, Email),
    Contact(ContactId, Contact),
}

/// One thing that a row wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Touch {
    /// A student was made, with everything of the row.
    Student(StudentId),
    /// An enrolment was made.
    Enrolled(StudentId, EnrolmentId),
    /// An enrolment was changed; the version that was written.
    Enrolment(Box<Enrolment>, i64),
    /// A record of a student was changed; the version that was written.
    Was(StudentId, Before, i64),
    /// An ASN was given.
    Asn(StudentId, i64),
    /// The number within the division was changed: what it was, and the version that was written.
    Number(StudentId, String, i64),
    /// A name was added.
    Name(StudentId, NameId),
    /// An address was added.
    Address(StudentId, AddressId),
    /// A phone was added.
    Phone(StudentId, PhoneId),
    /// An e-mail was added.
    Email(StudentId, EmailId),
    /// A citizenship was added.
    Citizenship(StudentId, CitizenshipId),
    /// A contact was added.
    Contact(StudentId, ContactId),
    /// A person was changed; the version that was written.
    Person(PersonId, Box<Person>, i64),
    /// An account was made.
    Account(AccountId),
    /// A role was given.
    Role(GrantId),
    /// A school was added.
    SchoolAdded(SchoolId),
    /// A school was changed; the version that was written.
    School(Box<School>, i64),
}
