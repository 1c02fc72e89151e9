//! What PASI's catalogue says otherwise than ours: a course that ends, gives
//! other credits, has another name, or is not there. It is seen; our catalogue
//! is changed by whoever keeps it.

use crate::mirror;
use access::Permit;
use access::action::ViewSections;
use courses::Course;
use db::Reading;
use kernel::{CourseCode, Outcome};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;
use std::collections::HashMap;

/// Something PASI says otherwise of a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseNews {
    /// Its code.
    pub code: String,
    /// Its name here.
    pub name: String,
    /// The field: `name`, `credits`, `last-year`, or `course` when PASI has none.
    pub field: &'static str,
    /// What we have, as shown; empty for nothing.
    pub ours: String,
    /// What PASI has, as shown; empty for nothing.
    pub theirs: String,
}

/// What PASI says otherwise of the courses of our catalogue that have a code of
/// its own, by code; nothing while its catalogue was never read.
pub fn course_news(at: &mut impl Reading, permit: &Permit<ViewSections>) -> Outcome<Vec<CourseNews>> {
    let keys = mirror::keys(at, NotificationType::Course)?;
    let theirs: Vec<wire::Course> = mirror::mirrored_among(at, NotificationType::Course, &keys)?;
    if theirs.is_empty() {
        return Ok(Vec::new());
    }
    let theirs: HashMap<CourseCode, wire::Course> = theirs
        .into_iter()
        .map(|course| (course.course_code, course))
        .collect();
    let ours = courses::courses(at, permit)?;
    Ok(ours.iter().flat_map(|course| news(course, &theirs)).collect())
}

fn news(ours: &Course, theirs: &HashMap<CourseCode, wire::Course>) -> Vec<CourseNews> {
    let Some(code) = crate::travels::code(ours) else {
        return Vec::new();
    };
    let one = |(field, here, there): (&'static str, String, String)| CourseNews {
        code: ours.code.clone(),
        name: ours.name.clone(),
        field,
        ours: here,
        theirs: there,
    };
    let Some(there) = theirs.get(&code) else {
        return vec![one(("course", ours.name.clone(), String::new()))];
    };
    let list = |credits: &[u8]| {
        let mut credits = credits.to_vec();
        credits.sort_unstable();
        let told: Vec<String> = credits.iter().map(ToString::to_string).collect();
        told.join(", ")
    };
    let year = |year: Option<kernel::SchoolYear>| year.map(|year| year.to_string()).unwrap_or_default();
    let english = there.descriptions.iter().find(|told| told.language == "English");
    let name = english.map_or_else(|| ours.name.clone(), |told| told.description.clone());
    let pairs = [
        ("name", ours.name.clone(), name),
        ("credits", list(&ours.credits), list(&there.credit_levels)),
        ("last-year", year(ours.last_year), year(there.last_school_year)),
    ];
    pairs
        .into_iter()
        .filter(|(_, here, there)| here != there)
        .map(one)
        .collect()
}
