//! Finding students.
//!
//! Each student has one card and a few keys: folded words of every name, of
//! the guardians' names, phone digits, ASN, local number, birth date. A query
//! is split the same way; each of its words must match a key: by its
//! beginning, as a nickname, or with one letter wrong. The rarest word's
//! students are read first, and every read is bounded, so that a search costs
//! the same among eight thousand students and eight hundred thousand.

mod bands;
mod card;
mod duplicates;
mod family;
mod find;
mod keys;
mod list;
mod matching;
mod near;
mod nickname;
mod query;

pub(crate) use card::{Facts, card, insert_cards, may_read_custody, sort_name};
pub use card::{refresh, refresh_for_day, set_place, set_places, set_sync_state};
pub(crate) use duplicates::born_alike;
pub use duplicates::{Duplicate, DuplicateReason, possible_duplicates, same_elsewhere};
pub use family::{Family, FamilyHints, FamilyReason, families_like, known_person};
pub use find::{Hit, find};
pub(crate) use find::{cards, find_for};
pub(crate) use keys::KeyKind;
pub use list::{
    COUNTED, ListQuery, Missing, Page, Sort, all_of_list, cards_of, count, homerooms, list, students_after,
};
pub use matching::MatchKind;
