//! Reading the client's own log of calls: what support at the province asks for.

use access::Permit;
use access::action::ViewSystem;
use db::Reading;
use db::schema::pasi_call;
use diesel::prelude::*;
use kernel::{Instant, Outcome};

/// One call, without its bodies.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = pasi_call)]
pub struct Call {
    /// `ClientMessageID`: by it the province finds the call in its own log.
    pub message_id: String,
    /// The operation, by its name on the wire.
    pub operation: String,
    /// In whose name.
    pub user_name: String,
    /// For which organization.
    pub organization: String,
    /// Sent when.
    pub sent_at: Instant,
    /// How long the answer took, in microseconds.
    pub took_micros: i64,
    /// How it went, in a word or a line.
    pub result: String,
}

/// Calls whose id begins with `message_id` (empty for all) sent before `before`,
/// the latest first, at most `limit`.
pub fn calls(
    at: &mut impl Reading,
    _: &Permit<ViewSystem>,
    message_id: &str,
    before: Option<Instant>,
    limit: i64,
) -> Outcome<Vec<Call>> {
    let division = at.division();
    let mut query = pasi_call::table
        .filter(pasi_call::division_id.eq(division))
        .order((pasi_call::sent_at.desc(), pasi_call::message_id))
        .limit(limit)
        .select(Call::as_select())
        .into_boxed();
    // Ids hold letters, digits and hyphens; anything else finds nothing and must not be a pattern.
    let begins: String = message_id
        .trim()
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .collect();
    if !begins.is_empty() {
        query = query.filter(pasi_call::message_id.like(format!("{begins}%")));
    }
    if let Some(before) = before {
        query = query.filter(pasi_call::sent_at.lt(before));
    }
    Ok(query.load(at.conn())?)
}
