//! School authorities, schools, school years and calendars.
//!
//! A *school* belongs to one *authority* and teaches a span of grades. A
//! *calendar* says, for one school and one school year, which days are
//! *instructional*: those from the first day to the last that are neither on a
//! weekend nor a *closure*. The *year window* is the four school years that
//! are kept live with the province.
//!
//! What a school is called, where it stands and when it is open is published
//! by the province: reading one takes no permit. The list a person works with
//! ([`schools`]) and every change take one.
//!
//! Read first: [`change_school`], [`set_calendar`], [`directory`].

mod model;
mod ops;
mod store;

/// Decisions as pure functions; each finding has a code `LP-03xx`.
pub mod rules;

pub use model::{Authority, Calendar, ClosedDays, Closure, Directory, School, YearWindow};
pub use ops::{
    AddSchool, Saved, SchoolDetails, SetCalendar, add_closure, add_school, authorities, by_code, calendar,
    calendars, change_school, closed_days, directory, remove_closure, school, schools, set_authority,
    set_calendar,
};
