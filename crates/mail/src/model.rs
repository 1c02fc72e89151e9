//! The nouns: a message, where it stands, how it went; the mail server.

use kernel::{Instant, MailId};
use std::path::PathBuf;

kernel::text_enum! {
    /// Where a message stands.
    pub enum MailState {
        /// It is sent as soon as may be, or tried again.
        Waiting = "waiting",
        /// The mail server took it.
        Sent = "sent",
        /// The mail server refused it for good.
        Refused = "refused",
        /// The mail server put it off too often.
        GivenUp = "given-up",
    }
}

/// A message to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// Made by whoever posts it: the same id is the same message.
    pub id: MailId,
    /// What it is about, such as `attendance.why`; words `mail-kind-…`.
    pub kind: &'static str,
    /// The address.
    pub to: String,
    /// One line without names, health words or custody.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// `en-CA` or `fr-CA`.
    pub language: String,
}

/// How a message stands. Its recipient and its text are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailLine {
    /// Which.
    pub id: MailId,
    /// What it is about.
    pub kind: String,
    /// Who posted it.
    pub made_by: String,
    /// When.
    pub made_at: Instant,
    /// Where it stands.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next; none when it does not wait.
    pub next_at: Option<Instant>,
    /// When it was tried last.
    pub tried_at: Option<Instant>,
    /// What the mail server said last, without the recipient's address.
    pub last_answer: String,
}

/// A message taken to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) id: MailId,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) attempts: i32,
    pub(crate) made_at: Instant,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Taken by the server.
    Taken(String),
    /// Put off: a 4xx, or the connection broke within the message.
    Later(String),
    /// Refused for good: a 5xx, or an address that is none.
    Refused(String),
    /// The server is not there, or does not let us in.
    Away(String),
}

kernel::text_enum! {
    /// How the way to the mail server is kept private.
    pub enum Security {
        /// TLS from the first byte, port 465.
        Tls = "tls",
        /// TLS asked for before anything is said, port 587; never without.
        StartTls = "starttls",
        /// None: for a server on this machine alone.
        None = "none",
    }
}

/// The mail server of a division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept private.
    pub security: Security,
    /// Whom we sign in as; none without.
    pub user: Option<String>,
    /// The file of the password, read when a message is sent.
    pub password_file: Option<PathBuf>,
    /// Whom messages come from: `School office <office@division.example>`.
    pub from: String,
}
