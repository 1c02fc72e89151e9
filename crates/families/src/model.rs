//! The nouns: a person who may be invited, and where the person stands.

use access::Code;
use access::invitations::Invitation;
use access::sessions::Token;
use kernel::{Finding, InvitationId, MailId, PersonId, StudentId};
use mail::{MailLine, NewMail};
use people::Invitee;
use people::rules::Uninvited;

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nobody invited the person.
    NotInvited,
    /// Invited; the code was not typed yet.
    Sent,
    /// The code was typed, or its link followed.
    Opened,
    /// Invited too long ago.
    Expired,
    /// The invitation was taken back.
    Revoked,
    /// The person has an account.
    Account,
}

/// Why a person is not invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// By what is recorded of the family.
    Kept(Uninvited),
    /// There is no e-mail address; a letter on paper is possible.
    NoAddress,
}

/// A contact person, with where the person stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who; the student because of whom the person may be invited, else the first.
    pub invitee: Invitee,
    /// All students of the page to whom the person is a contact.
    pub students: Vec<StudentId>,
    /// Why the person is not invited by e-mail; nothing when the person may be.
    pub why: Option<Why>,
    /// Where the person stands.
    pub state: State,
    /// The last invitation.
    pub last: Option<Invitation>,
    /// How the message with its code stands; none on paper.
    pub mail: Option<MailLine>,
}

/// A person to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Because of whom.
    pub student: StudentId,
    /// Who.
    pub person: PersonId,
    /// On paper, though there is an address.
    pub on_paper: bool,
    /// The last invitation that the page showed.
    pub seen: Option<InvitationId>,
}

/// An invitation that was made. The code is shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Who.
    pub invitee: Invitee,
    /// The invitation.
    pub invitation: Invitation,
    /// What is to be typed.
    pub code: Code,
}

/// A message as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// One line that names nobody.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// `en-CA` or `fr-CA`.
    pub language: String,
}

impl Words {
    /// The message with them.
    pub(crate) fn mail(self, id: MailId, kind: &'static str, to: String) -> NewMail {
        NewMail {
            id,
            kind,
            to,
            subject: self.subject,
            text: self.text,
            language: self.language,
        }
    }
}

/// What the page of a code shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// It serves.
    Open(Welcome),
    /// Too many wrong codes: try again after so many seconds.
    Wait(i64),
    /// It serves no more, or is none.
    Shut(Finding),
}

/// Who is welcome by a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// `First Last`.
    pub name: String,
    /// Where the code was sent; empty when it went on paper.
    pub email: String,
    /// The name of the account that the person has already: it is given back.
    pub username: Option<String>,
}

/// What a person chose who came by a code.
#[derive(Clone)]
pub struct Accept {
    /// The code, as typed.
    pub code: String,
    /// What will be typed to sign in; not asked of whoever has an account.
    pub username: String,
    /// The password.
    pub password: String,
    /// A language tag.
    pub language: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// A session in which the second factor is set up next.
    In(Token),
    /// Too many wrong codes: try again after so many seconds.
    Wait(i64),
    /// The code serves no more, or is none.
    Shut(Finding),
}
