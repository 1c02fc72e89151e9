//! Students, and the persons around them: identity, names, addresses, phones,
//! citizenship, disclosure restrictions, medical alerts, guardians and
//! contacts, and the search that finds them by any of it.
//!
//! A *student* is one record for life. Each of its parts keeps every version
//! it ever had. A *person* is a guardian or contact, shared by siblings; a
//! *contact* is what a person is to one student. A *card* is the one row that
//! lists and search show, made anew in the transaction of each change.
//!
//! Read first: [`create_student`], [`change_name`], [`search::find`].

/// Many students at once.
pub mod bulk;
/// What others may learn happened.
pub mod events;
/// Who is already here, asked for many at once.
pub mod known;
mod model;
mod ops;
/// What becomes of a photograph that is handed in.
pub mod picture;
/// Decisions, with their register.
pub mod rules;
/// Finding students: keys, query, lists, duplicates.
pub mod search;
mod store;

pub use model::*;
pub use ops::*;
pub use search::{
    COUNTED, Family, FamilyHints, FamilyReason, ListQuery, Missing, Page, Sort, all_of_list, cards_of, count,
    families_like, homerooms, known_person, list, possible_duplicates, refresh, refresh_for_day,
    same_elsewhere, set_place, set_places, set_sync_state, students_after,
};
