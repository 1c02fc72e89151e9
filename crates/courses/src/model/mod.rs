//! The nouns.

mod course;
mod load;
mod offering;
mod request;
mod seat;
mod section;
mod view;

pub use course::Course;
pub use load::{CourseLoad, LoadAsk, LoadState, LoadedPlan, Met, OfCourse, OfSection};
pub use offering::{Claim, Offering};
pub use request::{AskFor, Asked, CourseRequest, CourseTally, RequestState};
pub use seat::{CourseEnrolment, Placement, PutIn, SeatState, Went};
pub use section::{Meeting, NewStaff, Section, SectionDetails, SectionState, Staff, StaffRole};
pub use view::{
    ClassLine, ClassOn, Lesson, Schedule, SectionLine, SectionQuery, SectionSort, SectionView, Sections,
};
