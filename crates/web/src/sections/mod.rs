//! Classes: the sections of a school, one section with who teaches and sits in
//! it, timetables, and the catalogue of courses.

pub(crate) mod add;
pub(crate) mod catalogue;
mod class;
pub(crate) mod close;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod load;
pub(crate) mod many;
mod meetings;
pub(crate) mod offering;
pub(crate) mod page;
pub(crate) mod pasi;
pub(crate) mod requests;
pub(crate) mod seat;
pub(crate) mod staff;
pub(crate) mod timetable;
pub(crate) mod timetable_paper;
pub(crate) mod words;

use crate::context;
use crate::who::Who;
use kernel::{Date, SchoolId, SchoolYear, SectionId};
use schools::Directory;
use ui::Lang;
use ui::head::Crumb;

/// Where the list is.
pub(super) const HOME: &str = "/sections";

/// The address of a section.
pub(crate) fn path(section: SectionId) -> String {
    format!("{HOME}/{section}")
}

/// The way to the list.
fn home_crumb(lang: Lang) -> Crumb {
    Crumb::link(lang.t("nav-classes"), HOME)
}

/// The day that a year on screen is shown as of: today, or the day of the year nearest to it.
fn day_of(today: Date, year: SchoolYear) -> Date {
    today.clamp(year.starts(), year.ends())
}

/// The schools that the role reaches, in order of name.
fn reached<'a>(who: &'a Who, directory: &'a Directory) -> impl Iterator<Item = &'a schools::School> {
    let own = &who.standing().schools;
    directory
        .all()
        .iter()
        .filter(move |school| own.is_empty() || own.contains(&school.id))
}

/// The school that a page is about: the one asked for, else the one chosen in the bar, else the first reached.
fn school_of(who: &Who, directory: &Directory, asked: &str) -> Option<SchoolId> {
    let asked: Option<SchoolId> = asked.parse().ok();
    let all = || reached(who, directory).map(|school| school.id);
    let is_reached = |school: &SchoolId| all().any(|one| one == *school);
    asked
        .filter(is_reached)
        .or_else(|| who.school().filter(is_reached))
        .or_else(|| all().next())
}

/// The school year on screen, and the day it is shown as of.
fn shown(who: &Who, today: Date) -> (SchoolYear, Date) {
    let year = context::year_shown(who);
    (year, day_of(today, year))
}
