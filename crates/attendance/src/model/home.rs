//! Writing home about an absence.

use super::Mark;
use kernel::{Date, PersonId, SchoolId, StudentId};
use mail::MailLine;
use people::Addressee;

/// A message that asked somebody why a student was away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedHome {
    /// About whom.
    pub student: StudentId,
    /// Who was written to.
    pub person: PersonId,
    /// The name, as it was then.
    pub name: String,
    /// How the message stands.
    pub mail: MailLine,
}

/// A student whose absence nobody has explained, and who could be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeLine {
    /// Who.
    pub student: StudentId,
    /// The legal first name.
    pub first_name: String,
    /// The unexplained marks of the day, in the order of slots.
    pub marks: Vec<Mark>,
    /// The contact persons, in calling order, each with whether this very message was posted to that address already.
    pub addressees: Vec<(Addressee, bool)>,
}

/// What the office writes home, to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteHome {
    /// Whose school.
    pub school: SchoolId,
    /// About which day.
    pub on: Date,
    /// About whom to whom.
    pub to: Vec<(StudentId, PersonId)>,
}

/// The words of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// One line, without a name.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// `en-CA` or `fr-CA`.
    pub language: String,
}
