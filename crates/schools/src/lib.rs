//! School authorities, schools, school years and calendars.
//!
//! A *school* belongs to one *authority* and teaches a span of grades. A
//! *calendar* says, for one school and one school year, which days are
//! *instructional*: those from the first day to the last that are neither on a
//! weekend nor a *closure*. A *plan* adds its terms and the *cycle* of days on
//! which sections meet; a *bell schedule* holds the periods of a day. Together
//! they are a *teaching year*, which says of each day what it is ([`school_day`])
//! and how many hours a grade is taught ([`rules::hours`]). The *year window* is the four school years that
//! are kept live with the province.
//!
//! What a school is called, where it stands and when it is open is published
//! by the province: reading one takes no permit. The list a person works with
//! ([`schools`]) and every change take one.
//!
//! Read first: [`change_school`], [`set_calendar`], [`school_day`], [`directory`].

mod model;
mod ops;
mod store;

/// Decisions as pure functions; each finding has a code `LP-03xx`.
pub mod rules;

pub use model::{
    Authority, BellSchedule, BellUse, Calendar, ClosedDays, Closure, ClosureKind, Cycle, CycleKind, DayKind,
    Directory, Period, PeriodKind, Plan, School, SchoolDay, SpecialDay, TeachingYear, Term, TermKind, UsedOn,
    YearWindow,
};
pub use ops::{
    AddSchool, CopyCalendar, CopyChange, CopyParts, DayAs, FirstLast, PlanPart, Saved, SchoolDetails, Seen,
    SetBell, SetCalendar, SetDays, TermDetails, add_school, authorities, by_code, calendar, calendars,
    change_school, closed_days, closed_days_at, copy_calendar, copy_preview, directory, end_feed, feed,
    feed_address, feed_years, remove_bell, renew_feed, school, school_day, schools, set_authority, set_bell,
    set_calendar, set_days, set_plan, teaching_year, terms,
};
