//! Students: the list, the search, and the pages of one record.

pub(crate) mod enrolment;
pub(crate) mod family;
pub(crate) mod find;
pub(crate) mod head;
pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod live;
pub(crate) mod new;
pub(crate) mod responsible;
pub(crate) mod summary;
