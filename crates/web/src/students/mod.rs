//! Students: the list, the search, and the pages of one record.

pub(crate) mod attendance;
pub(crate) mod change;
pub(crate) mod earlier;
pub(crate) mod enrolment;
pub(crate) mod export;
pub(crate) mod family;
pub(crate) mod find;
pub(crate) mod head;
pub(crate) mod history;
pub(crate) mod identity;
pub(crate) mod list;
pub(crate) mod live;
pub(crate) mod mass;
pub(crate) mod medical;
pub(crate) mod new;
pub(crate) mod photo;
pub(crate) mod reading;
pub(crate) mod requests;
pub(crate) mod responsible;
pub(crate) mod summary;
pub(crate) mod timetable;
pub(crate) mod year;
