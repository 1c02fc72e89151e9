//! Orders that are one of groups: schools by their names, grades as they follow
//! one another. No column of the card has that order, and the engines would not
//! agree on one; so a list asks for the groups one after the other.

use super::list::Sort;
use db::Reading;
use db::schema::school;
use diesel::prelude::*;
use kernel::text::fold;
use kernel::{Grade, Outcome, SchoolId};

/// A group of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Band {
    /// Everyone.
    Any,
    /// Those of a school, or of none.
    School(Option<SchoolId>),
    /// Those of a grade; empty for none.
    Grade(&'static str),
}

impl Band {
    /// Names the group in the key of a page.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Any => String::new(),
            Self::School(school) => school.map(|id| id.to_string()).unwrap_or_default(),
            Self::Grade(grade) => (*grade).to_owned(),
        }
    }
}

/// The groups of an order, in it; none for an order by a column. A list of one
/// school has one group of schools.
pub(super) fn of(at: &mut impl Reading, sort: Sort, school: Option<SchoolId>) -> Outcome<Option<Vec<Band>>> {
    Ok(match sort {
        Sort::School if school.is_some() => Some(vec![Band::School(school)]),
        Sort::School => Some(schools(at)?),
        Sort::Grade => {
            let grades = Grade::ALL.iter().map(|grade| Band::Grade(grade.as_str()));
            Some(grades.chain([Band::Grade("")]).collect())
        }
        _ => None,
    })
}

fn schools(at: &mut impl Reading) -> Outcome<Vec<Band>> {
    let division = at.division();
    let named: Vec<(SchoolId, String)> = db::ask!(
        at.conn(),
        load,
        school::table
            .filter(school::division_id.eq(division))
            .select((school::id, school::name))
    )?;
    let mut named: Vec<(String, SchoolId)> = named.into_iter().map(|(id, name)| (fold(&name), id)).collect();
    named.sort();
    let schools = named.into_iter().map(|(_, id)| Band::School(Some(id)));
    Ok(schools.chain([Band::School(None)]).collect())
}
