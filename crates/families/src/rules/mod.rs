//! Who may be invited, and where somebody stands. Pure.

mod register;

pub use register::RULES;

use crate::model::{State, Why};
use access::invitations::Invitation;
use kernel::{Finding, Findings, Instant};
use people::rules::Uninvited;

/// Why a person is not invited; `email` is empty where there is no address.
pub fn why(uninvited: Option<Uninvited>, email: &str) -> Option<Why> {
    match uninvited {
        Some(kept) => Some(Why::Kept(kept)),
        None if email.is_empty() => Some(Why::NoAddress),
        None => None,
    }
}

/// The reason as a finding. A letter on paper needs no address.
pub fn judge(why: Option<Why>, on_paper: bool) -> Findings {
    let code = match why {
        None => return Findings::default(),
        Some(Why::NoAddress) if on_paper => return Findings::default(),
        Some(Why::Kept(Uninvited::NoContact)) => "LP-1001",
        Some(Why::Kept(Uninvited::Independent)) => "LP-1002",
        Some(Why::Kept(Uninvited::OfAge)) => "LP-1003",
        Some(Why::Kept(Uninvited::NotGuardian)) => "LP-1004",
        Some(Why::Kept(Uninvited::NoPortal)) => "LP-1005",
        Some(Why::NoAddress) => "LP-1006",
    };
    Finding::refuse(code, "person").into()
}

/// Where a person stands.
pub fn state(has_account: bool, last: Option<&Invitation>, now: Instant) -> State {
    match last {
        Some(last) if last.is_open(now) && last.opened_at.is_some() => State::Opened,
        Some(last) if last.is_open(now) => State::Sent,
        _ if has_account => State::Account,
        None => State::NotInvited,
        Some(last) if last.revoked_at.is_some() => State::Revoked,
        // Used, and the account is tied no more: as if nobody had invited.
        Some(last) if last.used_at.is_some() => State::NotInvited,
        Some(_) => State::Expired,
    }
}

#[cfg(test)]
mod tests;
