//! The catalogue of the division.

use crate::catalogue;
use crate::model::Course;
use crate::store;
use access::Permit;
use access::action::ManageCourses;
use db::{Reading, Subject, Tx};
use kernel::{CourseId, DivisionId, Outcome};
use serde_json::json;

/// The courses of the dated file, as a division takes them in.
pub fn catalogue_of(division: DivisionId) -> Vec<Course> {
    let course = |course: catalogue::CatalogueCourse| {
        let id = CourseId::derived(&format!("{division}-{}", course.code));
        course.course(id)
    };
    catalogue::alberta().into_iter().map(course).collect()
}

/// Takes the courses of the dated file into the catalogue; one whose code is
/// there already stays as it is. Returns how many were added.
///
/// Writes: `course`, one audit row when courses were added.
pub fn take_catalogue(tx: &mut Tx, _permit: &Permit<ManageCourses>) -> Outcome<usize> {
    let division = tx.division();
    let known = store::courses(tx)?;
    let new: Vec<Course> = catalogue_of(division)
        .into_iter()
        .filter(|course| known.iter().all(|there| there.code != course.code))
        .collect();
    if !new.is_empty() {
        store::insert_courses(tx, &new)?;
        let subject = Subject::new("division", division);
        tx.record("course.take-catalogue", subject, &json!({ "count": new.len() }));
    }
    Ok(new.len())
}
