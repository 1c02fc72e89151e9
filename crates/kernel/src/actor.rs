//! Who acts.

use crate::{AccountId, DivisionId, SessionId};
use serde::{Deserialize, Serialize};

crate::text_enum! {
    /// The roles of a division. A person may hold several; one is acting at a time.
    pub enum Role {
        /// IT director: the system, its connections and accounts; no student detail.
        Director = "director",
        /// SIS coordinator: data of all schools, PASI.
        Coordinator = "coordinator",
        /// Principal of a school.
        Principal = "principal",
        /// School secretary.
        Secretary = "secretary",
        /// Teacher: the students of own sections.
        Teacher = "teacher",
        /// Inclusive-learning specialist: students on own teams.
        Specialist = "specialist",
        /// Record custodian of the division.
        Custodian = "custodian",
        /// Privacy officer: audit and refusals, no editing.
        PrivacyOfficer = "privacy-officer",
        /// Guardian: own children, by custody rules.
        Guardian = "guardian",
        /// Student: own record.
        Student = "student",
    }
}

impl Role {
    /// Employees of the division: a second factor is required of each, always.
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Guardian | Self::Student)
    }
    /// Must whoever holds it have a second factor? All of staff, and guardians.
    pub const fn needs_second_factor(self) -> bool {
        self.is_staff() || matches!(self, Self::Guardian)
    }
}

/// The person or machine that acts: recorded beside every change and carried
/// to PASI with it, also when the change waits in a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The division acted in.
    pub division: DivisionId,
    /// The account; none for the program itself.
    pub account: Option<AccountId>,
    /// The session; none outside the web.
    pub session: Option<SessionId>,
    /// Name as shown: `Marie-Ève Lavallée`, or `[System] Sync`.
    pub name: String,
    /// Local user id, sent to PASI as `User.LocalID`.
    pub local_id: String,
    /// Acting role; none for the program itself.
    pub role: Option<Role>,
    /// Address the request came from; `127.0.0.1` for the program itself.
    pub ip: String,
    /// What the page that is acted from showed of other systems' copies, in
    /// words of whoever keeps those; it travels with the events of the change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seen: String,
}

impl Actor {
    /// The program itself doing `what`, such as `Sync`.
    pub fn system(division: DivisionId, what: &str) -> Self {
        Self {
            division,
            account: None,
            session: None,
            name: format!("[System] {what}"),
            local_id: "system".to_owned(),
            role: None,
            ip: "127.0.0.1".to_owned(),
            seen: String::new(),
        }
    }
}
