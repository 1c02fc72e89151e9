//! All SQL of the domain.

mod courses;
mod loads;
mod offerings;
mod requests;
mod rows;
mod seats;
mod sections;

pub(crate) use courses::{course_by_code, courses, courses_by_id, insert_courses};
pub(crate) use loads::{insert_load, load, loads, replace_load};
pub(crate) use offerings::{claims, keep_claim, keep_offering, offerings};
pub(crate) use requests::{requests_at, requests_of};
pub(crate) use rows::{CourseRow, RequestRow, SeatRow, SectionRow, StaffRow};
pub(crate) use seats::{counts, courses_taken, seats_in, seats_of, sitting};
pub(crate) use sections::{
    CourseOf, MeetingOf, insert_section, insert_staff, numbers, replace_section, replace_staff, section,
    section_of_staff, sections, sections_at, sections_meeting, sections_taught,
};

/// Below both engines' limit of bound values.
pub(crate) const CHUNK: usize = 400;
