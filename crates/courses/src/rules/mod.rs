//! What may be said of a section, its staff and its students: pure decisions,
//! facts in, findings out. Every code stands in [`RULES`].

mod clash;
mod meets;
mod offering;
mod register;
mod request;
mod seat;
mod section;
mod staff;

pub use clash::{clash, shared};
pub use meets::{periods_on, term_days};
pub use offering::{Judge, OursAlone, judge_claim, judge_offering};
pub use register::RULES;
pub(crate) use request::credits;
pub use request::{ProposedRequest, judge_credits, judge_request};
pub use seat::{ProposedSeat, judge_seat, may_change_seat, taken};
pub use section::{ProposedSection, judge_section};
pub use staff::{ProposedStaff, judge_staff, may_change_staff};

#[cfg(test)]
mod tests;
