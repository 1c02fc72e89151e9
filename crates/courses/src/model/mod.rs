//! The nouns.

mod course;
mod offering;
mod seat;
mod section;
mod view;

pub use course::Course;
pub use offering::{Claim, Offering};
pub use seat::{CourseEnrolment, Placement, PutIn, SeatState, Went};
pub use section::{Meeting, NewStaff, Section, SectionDetails, SectionState, Staff, StaffRole};
pub use view::{
    ClassLine, ClassOn, Lesson, Schedule, SectionLine, SectionQuery, SectionSort, SectionView, Sections,
};
