//! Guardians and contacts: persons, shared by siblings, and what each is to one student.

use kernel::{Date, PersonName};
use serde::{Deserialize, Serialize};

/// A guardian or another contact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    pub name: PersonName,
    /// Digits.
    #[serde(default)]
    pub home_phone: String,
    /// Digits.
    #[serde(default)]
    pub mobile_phone: String,
    /// Digits.
    #[serde(default)]
    pub work_phone: String,
    /// E-mail: what is sent goes here.
    #[serde(default)]
    pub email: String,
    /// Another e-mail, which the family is found by too; may be empty.
    #[serde(default)]
    pub other_email: String,
    /// A code of the language at home; may be empty.
    #[serde(default)]
    pub language: String,
    /// Street.
    #[serde(default)]
    pub street: String,
    /// City.
    #[serde(default)]
    pub city: String,
    /// Province or state.
    #[serde(default)]
    pub province: String,
    /// Postal or ZIP code.
    #[serde(default)]
    pub postal_code: String,
    /// Country code.
    #[serde(default)]
    pub country: String,
}

impl Person {
    /// The e-mail addresses there are, the one that is written to first.
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        [&self.email, &self.other_email]
            .into_iter()
            .map(String::as_str)
            .filter(|address| !address.is_empty())
    }
    /// The number to call first: mobile, home, work.
    pub fn phone(&self) -> &str {
        [&self.mobile_phone, &self.home_phone, &self.work_phone]
            .into_iter()
            .find(|number| !number.is_empty())
            .map_or("", |number| number)
    }
}

kernel::text_enum! {
    /// What a court or the parents agreed.
    pub enum Custody {
        /// Not told.
        Unknown = "unknown",
        /// Alone.
        Sole = "sole",
        /// Shared.
        Joint = "joint",
        /// Access without custody.
        Access = "access",
        /// None: a contact who is not a guardian, or a parent without custody.
        None = "none",
        /// A court forbids contact.
        NoContact = "no-contact",
    }
}

/// Relationships beyond the province's list of guardians, for contacts who are not guardians.
pub const LOCAL_RELATIONSHIPS: &[&str] = &[
    "Sibling",
    "Caregiver",
    "Neighbour",
    "FamilyFriend",
    "SocialWorker",
    "Agency",
    "Other",
];

/// What a person is to one student.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate yes or no on the form"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// A code of the guardian relationship, or one of [`LOCAL_RELATIONSHIPS`].
    pub relationship: String,
    /// Custody.
    pub custody: Custody,
    /// The student lives with the person.
    #[serde(default)]
    pub lives_with: bool,
    /// May pick the student up.
    #[serde(default)]
    pub may_pick_up: bool,
    /// Called in an emergency.
    #[serde(default)]
    pub is_emergency: bool,
    /// 1 is called first; no two current contacts of a student share a number; 0 is not called.
    #[serde(default)]
    pub call_order: i32,
    /// Sees the student on the family pages.
    #[serde(default)]
    pub portal_access: bool,
    /// What staff should know. Kept sealed; on saving `None` keeps what was there, an empty text clears it.
    #[serde(default)]
    pub note: Option<String>,
    /// Holds from.
    pub effective_on: Date,
    /// Ends on.
    #[serde(default)]
    pub expires_on: Option<Date>,
}

impl Contact {
    /// A relationship from a day on, with nothing granted.
    pub fn new(relationship: &str, effective_on: Date) -> Self {
        Self {
            relationship: relationship.to_owned(),
            custody: Custody::Unknown,
            lives_with: false,
            may_pick_up: false,
            is_emergency: false,
            call_order: 0,
            portal_access: false,
            note: None,
            effective_on,
            expires_on: None,
        }
    }
}
