//! One cell of the sweep: who asks for which address, and what must come of it.

use crate::ground::Named;
use access::action::ViewStudents;
use access::{Action, Reach};
use axum::http::{Method, StatusCode};
use kernel::Role;
use web::{Audience, Route};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visitor {
    /// Nobody.
    SignedOut,
    /// Someone whose password was right, and no more.
    OnTheWay,
    /// Someone signed in.
    As(Role),
}

impl Visitor {
    /// Nobody, someone on the way, and every role.
    pub(crate) fn all() -> Vec<Self> {
        let roles = Role::ALL.iter().map(|role| Self::As(*role));
        [Self::SignedOut, Self::OnTheWay]
            .into_iter()
            .chain(roles)
            .collect()
    }
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SignedOut => "signed out",
            Self::OnTheWay => "on the way in",
            Self::As(role) => role.as_str(),
        }
    }
}

/// How the address is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// As a page.
    Get,
    /// As part of a page, by a script.
    Fragment,
    /// A form without the session's token.
    Forged,
    /// A form with nothing but the session's token.
    Empty,
}

impl How {
    /// The ways an address of the method is asked for.
    pub(crate) fn of(method: &Method) -> &'static [Self] {
        if *method == Method::GET {
            &[Self::Get, Self::Fragment]
        } else {
            &[Self::Forged, Self::Empty]
        }
    }
}

/// What must come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The sign-in page, or 401 for a script.
    SignIn,
    /// 403.
    Denied,
    /// 404, as for an id that does not exist.
    NotFound,
    /// 403 or 404: neither the verb nor the record is the visitor's.
    Refused,
    /// As `Refused`, to a visitor who may know which records exist.
    RefusedOpenly,
    /// 400: the form is not from our page.
    Forged,
    /// 200.
    Shown,
    /// Neither a refusal of the person nor a fault.
    Taken,
    /// No fault, and not the sign-in page.
    Answered,
}

impl Wanted {
    /// Did that come?
    pub(crate) fn is_met(self, status: StatusCode, location: &str, how: How) -> bool {
        match self {
            Self::SignIn if how == How::Fragment => status == StatusCode::UNAUTHORIZED,
            Self::SignIn => status == StatusCode::SEE_OTHER && location.starts_with("/sign-in?next="),
            Self::Denied => status == StatusCode::FORBIDDEN,
            Self::NotFound => status == StatusCode::NOT_FOUND,
            Self::Refused | Self::RefusedOpenly => {
                matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
            }
            Self::Forged => status == StatusCode::BAD_REQUEST,
            Self::Shown => status == StatusCode::OK,
            Self::Taken => {
                !status.is_server_error()
                    && !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
                    && !location.starts_with("/sign-in?next=")
            }
            Self::Answered => {
                !status.is_server_error()
                    && status != StatusCode::UNAUTHORIZED
                    && !location.starts_with("/sign-in?next=")
            }
        }
    }
    /// May the visitor not learn that the record exists?
    pub(crate) fn hides(self) -> bool {
        matches!(self, Self::SignIn | Self::NotFound | Self::Refused)
    }
}

/// Whose records an address can name.
pub(crate) fn named_in(path: &str) -> &'static [Named] {
    if ["{student}", "{school}", "{section}", "{load}", "{letters}"]
        .iter()
        .any(|place| path.contains(place))
    {
        &[Named::Own, Named::Other, Named::Foreign, Named::Missing]
    } else if path.contains("{account}") || path.contains("{import}") {
        &[Named::Own, Named::Foreign, Named::Missing]
    } else if path.contains("{item}") && !path.ends_with("/candidates") {
        &[Named::Own, Named::Other, Named::Foreign, Named::Missing]
    } else if path.contains("{item}") {
        // A change that PASI refused has no candidates.
        &[Named::Foreign, Named::Missing]
    } else if is_personal(path) {
        &[Named::Other, Named::Foreign, Named::Missing]
    } else {
        &[Named::Own]
    }
}

/// Lists and batches are of one person; here, of the bystander.
fn is_personal(path: &str) -> bool {
    path.contains("{list}") || path.contains("{batch}")
}

fn sees_every_student(role: Role) -> bool {
    ViewStudents::WHO.contains(&(role, Reach::Division))
}

/// Are the students of the other school hidden from the visitor on this page?
pub(crate) fn is_hidden_from(route: &Route, visitor: Visitor) -> bool {
    let Visitor::As(role) = visitor else {
        return true;
    };
    let of_page = match route.who {
        Audience::May(_, who) | Audience::Student(_, who) => who.contains(&(role, Reach::Division)),
        _ => false,
    };
    !of_page && !sees_every_student(role)
}

/// What must come of the cell.
pub(crate) fn wanted(route: &Route, visitor: Visitor, named: Named, how: How) -> Wanted {
    let role = match (route.who, visitor) {
        (Audience::OnTheWay, Visitor::OnTheWay) if how == How::Forged => return Wanted::Forged,
        (Audience::Anyone, _) | (Audience::OnTheWay, Visitor::OnTheWay) => return Wanted::Answered,
        (Audience::OnTheWay, _) | (_, Visitor::SignedOut | Visitor::OnTheWay) => return Wanted::SignIn,
        (_, Visitor::As(role)) => role,
    };
    if how == How::Forged {
        return Wanted::Forged;
    }
    let open = if how == How::Empty {
        Wanted::Taken
    } else {
        Wanted::Shown
    };
    let (Audience::May(_, who) | Audience::Student(_, who)) = route.who else {
        return open;
    };
    // Another division's record is as none at all, and so is another person's list.
    let named = match named {
        Named::Foreign => Named::Missing,
        Named::Other if is_personal(route.path) => Named::Missing,
        named => named,
    };
    match who.iter().find(|(may, _)| *may == role) {
        None if named == Named::Own => Wanted::Denied,
        // Whoever sees every student may know that this one exists.
        None if named == Named::Other && sees_every_student(role) => Wanted::Denied,
        None if named == Named::Missing && sees_every_student(role) => Wanted::RefusedOpenly,
        None => Wanted::Refused,
        Some(_) if named == Named::Missing => Wanted::NotFound,
        Some((_, reach)) if named == Named::Other && *reach != Reach::Division => Wanted::NotFound,
        Some(_) => open,
    }
}
