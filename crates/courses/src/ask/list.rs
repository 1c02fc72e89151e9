//! Sections in lists.

use super::covers;
use crate::model::{Course, Section, SectionLine, SectionQuery, SectionSort, SectionState, Sections};
use crate::store;
use access::action::ViewSections;
use access::{Permit, Scope};
use db::Reading;
use kernel::text::fold;
use kernel::{AccountId, CourseId, Date, Failure, Outcome, SchoolId, SchoolYear, SectionId};
use std::cmp::Reverse;
use std::collections::HashMap;

/// The sections of a school in a year, or those that the account teaches where
/// the role sees by ties; filtered, sorted, a page at a time. Teachers and
/// students are those of `day`. Not found for another's school.
pub fn sections(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    query: &SectionQuery,
    day: Date,
) -> Outcome<Sections> {
    let mut all = of_scope(at, permit, query.school, query.year)?;
    all.retain(|section| query.with_closed || section.state == SectionState::Open);
    let courses: HashMap<CourseId, Course> = store::courses(at)?
        .into_iter()
        .map(|course| (course.id, course))
        .collect();
    let names = names(at, &all)?;
    let ids: Vec<SectionId> = all.iter().map(|section| section.id).collect();
    let counts = store::counts(at, &ids, day)?;
    let mut lines: Vec<SectionLine> = all
        .into_iter()
        .filter(|section| fits(section, query, &courses))
        .map(|section| {
            let (students, waiting) = counts.get(&section.id).copied().unwrap_or_default();
            SectionLine {
                courses: titles(&section, &courses),
                teachers: teachers(&section, &names, day),
                students,
                waiting,
                section,
            }
        })
        .filter(|line| says(line, &query.text))
        .collect();
    sort(&mut lines, query.sort);
    Ok(page(lines, query))
}

/// The rooms of a school in a year, by name.
pub fn rooms(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    school: SchoolId,
    year: SchoolYear,
) -> Outcome<Vec<String>> {
    let all = of_scope(at, permit, Some(school), year)?;
    let mut rooms: Vec<String> = all
        .into_iter()
        .map(|section| section.room)
        .filter(|room| !room.is_empty())
        .collect();
    rooms.sort();
    rooms.dedup();
    Ok(rooms)
}

/// The sections that a permit covers, of one school when one is named.
pub(super) fn of_scope(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    school: Option<SchoolId>,
    year: SchoolYear,
) -> Outcome<Vec<Section>> {
    if let Scope::Tied(account, _) = permit.scope() {
        let mut all = store::sections_taught(at, *account, year)?;
        all.retain(|section| school.is_none_or(|school| section.school == school));
        return Ok(all);
    }
    let school = school.ok_or(Failure::NotFound)?;
    if !permit.covers_school(school) {
        return Err(Failure::NotFound);
    }
    let mut all = store::sections_at(at, school, year)?;
    all.retain(|section| covers(permit, section));
    Ok(all)
}

/// The names of everybody who teaches one of these.
pub(super) fn names(at: &mut impl Reading, all: &[Section]) -> Outcome<HashMap<AccountId, String>> {
    let mut accounts: Vec<AccountId> = all
        .iter()
        .flat_map(|section| section.taught_by().map(|staff| staff.account))
        .collect();
    accounts.sort();
    accounts.dedup();
    access::staff::names(at, &accounts)
}

/// The names of a section's courses, in the order of their codes.
pub(super) fn titles(section: &Section, courses: &HashMap<CourseId, Course>) -> Vec<String> {
    let mut own: Vec<&Course> = section.courses.iter().filter_map(|id| courses.get(id)).collect();
    own.sort_by(|one, other| one.code.cmp(&other.code));
    own.into_iter().map(|course| course.name.clone()).collect()
}

/// Who teaches on the day; else who is among the staff at all.
pub(super) fn teachers(section: &Section, names: &HashMap<AccountId, String>, day: Date) -> Vec<String> {
    let on_day: Vec<AccountId> = section
        .taught_by()
        .filter(|staff| {
            let (from, until) = section.staff_days(staff);
            (from..=until).contains(&day)
        })
        .map(|staff| staff.account)
        .collect();
    let shown = if on_day.is_empty() {
        section.taught_by().map(|staff| staff.account).collect()
    } else {
        on_day
    };
    let mut told: Vec<String> = shown
        .iter()
        .filter_map(|account| names.get(account).cloned())
        .collect();
    told.dedup();
    told
}

fn fits(section: &Section, query: &SectionQuery, courses: &HashMap<CourseId, Course>) -> bool {
    let is_of = |id: &CourseId| query.course.is_none_or(|wanted| wanted == *id);
    let is_for = |id: &CourseId| {
        let course = courses.get(id);
        query
            .grade
            .is_none_or(|grade| course.is_some_and(|course| course.is_for(grade)))
    };
    let is_open = query.course.is_none() && query.grade.is_none();
    is_open || section.courses.iter().any(|id| is_of(id) && is_for(id))
}

/// Does every word begin a word of the line?
fn says(line: &SectionLine, text: &str) -> bool {
    let said = fold(&format!(
        "{} {} {} {}",
        line.section.number,
        line.title(),
        line.teachers.join(" "),
        line.section.room
    ));
    let words: Vec<&str> = said.split([' ', '-']).collect();
    fold(text).split_whitespace().all(|wanted| {
        words.iter().any(|word| word.starts_with(wanted)) || said.contains(wanted) && wanted.contains('-')
    })
}

fn sort(lines: &mut [SectionLine], by: SectionSort) {
    let first = |all: &[String]| all.first().map(|name| fold(name)).unwrap_or_default();
    lines.sort_by_cached_key(|line| {
        let key = match by {
            SectionSort::Number => String::new(),
            SectionSort::Course => first(&line.courses),
            SectionSort::Teacher => first(&line.teachers),
            SectionSort::Room => fold(&line.section.room),
            SectionSort::Students => format!("{:06}", 999_999 - line.students.min(999_999)),
        };
        let is_none = by != SectionSort::Number && key.is_empty();
        (is_none, key, fold(&line.section.number), Reverse(line.section.id))
    });
}

fn page(lines: Vec<SectionLine>, query: &SectionQuery) -> Sections {
    let total = lines.len();
    let begins = query
        .after
        .and_then(|after| lines.iter().position(|line| line.section.id == after))
        .map_or(0, |place| place + 1);
    let mut lines: Vec<SectionLine> = lines.into_iter().skip(begins).collect();
    let is_longer = lines.len() > query.limit;
    lines.truncate(query.limit);
    let next = lines.last().filter(|_| is_longer).map(|line| line.section.id);
    Sections { lines, total, next }
}
