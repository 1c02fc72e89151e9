//! Courses, sections and timetables: what is taught, to whom, by whom and when.
//!
//! A *course* is a row of the division's catalogue. A *section* is a class
//! that meets at a school in a school year: of one course, or of several that
//! sit together. It meets at *meetings*, a day of the cycle and a period of
//! that day. Its *staff* are accounts with a role and days. A *course
//! enrolment* is one student in one section from a day until another; every
//! version of it is kept. Who finds the section full waits, in an order.
//!
//! A *course request* is what a student asks for in a year. The [`loader`] makes
//! a plan of all of them at a school; a *load* is one run of it, looked at
//! before it is applied, and taken back whole.
//!
//! Whom a member of staff sees by a section is kept with `access` in the
//! transaction of every change.
//!
//! Read first: [`make_section`], [`put_in`], [`roster`], [`ask_for`], [`loader::load`].

mod ask;
/// Many at once.
pub mod bulk;
mod catalogue;
/// What others may learn happened.
pub mod events;
/// Who goes into which section, from what was asked for.
pub mod loader;
mod model;
mod ops;
/// Decisions as pure functions; each finding has a code `LP-05xx`.
pub mod rules;
mod store;

pub use ask::{
    Of, RequestLine, Sat, StudentRequests, asked_at, claim, class_list, course_by_code, course_request,
    courses, is_known, meets_of, meets_on, numbers_of, offering, requests_of, rooms, roster, rosters, sat,
    schedule, seat, section, section_known, sections, sections_beside, sections_in, sections_of, tallies,
    timetable_of_room, timetable_of_student, timetable_of_teacher, title_of, why_seen,
};
pub use catalogue::{CatalogueCourse, alberta};
pub use model::*;
pub use ops::{
    Followed, Ground, Saved, add_staff, apply_load, ask_for, begin_load, catalogue_of, change_section,
    close_section, course_load, course_loads, created_in_error, end_staff, follow_seat, follow_section,
    ground_of, keep_plan, let_in, make_section, move_up, plan_again, plan_of, preview, preview_requests,
    put_in, put_in_one, raise_request, remove_staff, restore_request, set_claim, set_offering,
    take_catalogue, take_out, undo_load, withdraw_request, work_on_load,
};
