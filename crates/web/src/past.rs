//! A past school year on screen is read, not changed: whoever wants to change
//! something goes back to this year first.
//!
//! Every page says in which year it was drawn, in the token that its forms and
//! its scripts send. So a page keeps to the year it shows, whatever year was
//! chosen meanwhile in another tab, and a form of a page of a past year is
//! refused with words. What belongs to no year (accounts, the exchange with
//! PASI, one's own settings) goes on as ever.

use crate::routes::{ROUTES, Route, Who as Audience};
use access::Action;
use access::action::{
    CreateStudents, EditCustody, EditMedical, EditStudents, ManageAttendance, ManageEnrolment, ManageSchools,
    ManageSections, MassUpdate, TakeAttendance,
};
use axum::extract::MatchedPath;
use axum::http::Method;
use axum::http::request::Parts;
use kernel::{Role, SchoolYear};

/// Stands between the token and the year.
const MARK: char = '~';

/// What changes records of students, and calendars.
const HELD: [&str; 10] = [
    CreateStudents::NAME,
    EditStudents::NAME,
    EditMedical::NAME,
    EditCustody::NAME,
    ManageEnrolment::NAME,
    MassUpdate::NAME,
    ManageSchools::NAME,
    ManageSections::NAME,
    TakeAttendance::NAME,
    ManageAttendance::NAME,
];

/// Is the action one that changes what belongs to a year?
pub(crate) fn is_held<A: Action>() -> bool {
    HELD.contains(&A::NAME)
}

/// The token of a page that shows another year than this one.
pub(crate) fn marked(token: &str, year: Option<SchoolYear>) -> String {
    match year {
        Some(year) => format!("{token}{MARK}{}", year.number()),
        None => token.to_owned(),
    }
}

/// The token that was sent, and the year its page was drawn in; none for this year.
pub(crate) fn parted(sent: &str) -> (&str, Option<SchoolYear>) {
    match sent.split_once(MARK) {
        Some((token, year)) => (token, year.parse().ok()),
        None => (sent, None),
    }
}

fn route(parts: &Parts, method: &Method) -> Option<&'static Route> {
    let path = parts.extensions.get::<MatchedPath>()?;
    let mut all = ROUTES.iter();
    all.find(|route| route.method == *method && route.path == path.as_str())
}

/// Does this address change what belongs to a year, and might the role do so at all?
pub(crate) fn changes(parts: &Parts, role: Role) -> bool {
    let Some(route) = route(parts, &parts.method) else {
        return false;
    };
    match route.who {
        Audience::May(action, who) | Audience::Student(action, who) => {
            HELD.contains(&action) && who.iter().any(|(may, _)| *may == role)
        }
        _ => false,
    }
}

/// Can the address be asked for as a page, so that one may come back to it?
pub(crate) fn is_page(parts: &Parts) -> bool {
    route(parts, &Method::GET).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_carries_the_year_of_its_page_and_only_another_one() {
        let last = SchoolYear::ending(2026);
        assert_eq!(parted(&marked("abc", last)), ("abc", last));
        assert_eq!(parted(&marked("abc", None)), ("abc", None));
        assert_eq!(parted("abc~soon"), ("abc", None));
    }
}
