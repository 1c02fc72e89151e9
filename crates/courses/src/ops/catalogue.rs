//! The catalogue of the division.

use crate::catalogue;
use crate::model::Course;
use crate::store;
use access::Permit;
use access::action::ManageCourses;
use db::{Reading, Subject, Tx};
use kernel::{CourseId, Outcome};
use serde_json::json;

/// Takes the courses of the dated file into the catalogue; one whose code is
/// there already stays as it is. Returns how many were added.
///
/// Writes: `course`, one audit row when courses were added.
pub fn take_catalogue(tx: &mut Tx, _permit: &Permit<ManageCourses>) -> Outcome<usize> {
    let division = tx.division();
    let known = store::courses(tx)?;
    let new: Vec<Course> = catalogue::alberta()
        .into_iter()
        .filter(|course| known.iter().all(|there| there.code != course.code))
        .map(|course| {
            let id = CourseId::derived(&format!("{division}-{}", course.code));
            course.course(id)
        })
        .collect();
    if !new.is_empty() {
        store::insert_courses(tx, &new)?;
        let subject = Subject::new("division", division);
        tx.record("course.take-catalogue", subject, &json!({ "count": new.len() }));
    }
    Ok(new.len())
}
