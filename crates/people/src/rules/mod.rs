//! Decisions about what is kept of people: facts in, findings out.
//!
//! Every function names each wrong field at once, by codes of ours (`LP-02nn`),
//! all in [`RULES`]. What the province judges too, as letters of names, shapes
//! of phones and addresses, joins in through [`Judge`], with its own numbers.

mod address;
mod contact;
mod custody;
mod identity;
mod invited;
mod judge;
mod name;
mod register;
mod saved;
mod shape;
mod street;
mod tidy;
mod ties;
mod whole;
mod written;

pub use address::{address, address_until, overlapping};
pub use contact::{call_order, contact, person};
pub use custody::{custody_limit, custody_limits};
pub(crate) use identity::chosen_document;
pub use identity::{citizenship, identity, last_four, local_number, medical_alert, restriction};
pub use invited::{Uninvited, uninvited};
pub use judge::{Identified, Judge, OursAlone};
pub(crate) use name::why_changed;
pub use name::{may_use, names, needs_consent};
pub use register::{RULES, Rule, rule};
pub use saved::{LONGEST_LABEL, keep_list};
pub(crate) use shape::tidy_phone;
pub use shape::{email_kind, phone, phone_number};
pub use street::street_key;
pub use tidy::{tidy_address, tidy_email, tidy_new, tidy_person, tidy_student_phone};
pub use ties::{guardian_days, of_age};
pub use whole::new_student;
pub use written::{Unwritten, unwritten};

use kernel::{Date, Finding, Findings};

/// Expiry before effective.
pub(crate) fn dates(effective: Date, expires: Option<Date>, found: &mut Findings) {
    if expires.is_some_and(|end| end < effective) {
        found.push(Finding::refuse("LP-0228", "expires_on").with("effective", effective));
    }
}

/// Refuses a text that is missing.
pub(crate) fn needed(code: &str, field: &str, text: &str, found: &mut Findings) {
    if text.trim().is_empty() {
        found.push(Finding::refuse(code, field));
    }
}

/// Refuses a text that is longer than `most` letters.
pub(crate) fn at_most(field: &str, text: &str, most: usize, found: &mut Findings) {
    if text.chars().count() > most {
        found.push(Finding::refuse("LP-0229", field).with("most", most));
    }
}

#[cfg(test)]
mod tests;
