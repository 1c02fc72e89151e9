//! The state of the connection, kept in the database for every page's foot,
//! and the client's own log of calls.

use crate::client::{CallError, CallRecord, Hindrance};
use db::schema::{pasi_call, pasi_link};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Instant, Outcome};

kernel::text_enum! {
    /// How the connection stands.
    pub enum LinkState {
        /// The last exchange went well.
        Up = "up",
        /// PASI is away; work goes on and waits.
        Down = "down",
        /// PASI answers, but refuses us: certificate, client or role.
        Refused = "refused",
        /// No exchange yet.
        Unknown = "unknown",
    }
}

/// The connection, as of its last exchange.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = pasi_link)]
pub struct Link {
    /// How it stands.
    pub state: LinkState,
    /// Last answer of PASI.
    pub last_exchange_at: Option<Instant>,
    /// Away since.
    pub down_since: Option<Instant>,
    /// What went wrong last, in one line.
    pub last_error: String,
    /// What stands between us, in a word of [`Hindrance`]; empty for nothing.
    pub hindrance: String,
    /// When our certificate runs out.
    pub certificate_expires_at: Option<Instant>,
    /// Our clock minus PASI's, in seconds, when it was last asked.
    pub clock_ahead: Option<i64>,
}

/// Seconds by which the clocks may differ; beyond it a certificate may seem
/// not yet valid, and times on both sides' logs cannot be compared.
pub(crate) const CLOCKS_AGREE: i64 = 120;

/// Days before the certificate runs out on which a division is warned, with
/// growing urgency. The ministry's certificates last 14 months.
pub const CERTIFICATE_WARNINGS: [i64; 3] = [60, 30, 7];

impl Link {
    const NEW: Self = Self {
        state: LinkState::Unknown,
        last_exchange_at: None,
        down_since: None,
        last_error: String::new(),
        hindrance: String::new(),
        certificate_expires_at: None,
        clock_ahead: None,
    };
    /// Whole days until the certificate runs out; warn at 60, 30 and 7.
    pub fn certificate_days_left(&self, now: Instant) -> Option<i64> {
        self.certificate_expires_at
            .map(|at| now.seconds_until(at).div_euclid(86_400))
    }
    /// How urgent the certificate's renewal is: 1 from 60 days on, 2 from 30,
    /// 3 from 7; none while there is time.
    pub fn certificate_urgency(&self, now: Instant) -> Option<usize> {
        let days = self.certificate_days_left(now)?;
        let passed = CERTIFICATE_WARNINGS.iter().filter(|within| days <= **within);
        Some(passed.count()).filter(|urgency| *urgency > 0)
    }
    /// What stands between us.
    pub fn hindrance(&self) -> Option<Hindrance> {
        self.hindrance.parse().ok()
    }
    /// By how many seconds our clock is ahead of PASI's (negative: behind),
    /// where that is more than clocks may differ.
    pub fn clock_skew(&self) -> Option<i64> {
        self.clock_ahead.filter(|ahead| ahead.abs() > CLOCKS_AGREE)
    }
    /// By how many seconds our clock is behind where it stood at PASI's last
    /// answer, where that is more than clocks may differ: it was set back since.
    pub fn set_back(&self, now: Instant) -> Option<i64> {
        let behind = now.seconds_until(self.last_exchange_at?);
        Some(behind).filter(|behind| *behind > CLOCKS_AGREE)
    }
}

/// The connection as it stands.
pub fn link(at: &mut impl Reading) -> Outcome<Link> {
    let division = at.division();
    let query = pasi_link::table.find(division);
    Ok(db::ask!(at.conn(), first, query.select(Link::as_select()))
        .optional()?
        .unwrap_or(Link::NEW))
}

/// Seconds for which a good exchange is news no longer worth a write.
const FRESH: i64 = 5;

/// Is it noted already that all is well?
pub(crate) fn is_fresh(at: &mut impl Reading) -> Outcome<bool> {
    let (now, link) = (at.now(), link(at)?);
    let age = link.last_exchange_at.map(|last| last.seconds_until(now));
    Ok(link.state == LinkState::Up && age.is_some_and(|age| (0..FRESH).contains(&age)))
}

/// Notes how an exchange went; returns whether the state changed. When PASI is
/// back, what waits may go at once.
pub(crate) fn note(tx: &mut Tx, went: Result<(), &CallError>, certificate: Option<Instant>) -> Outcome<bool> {
    let (division, now, was) = (tx.division(), tx.now(), link(tx)?);
    let (state, error) = match went {
        Err(error) if error.is_passing() => (LinkState::Down, error.line()),
        Err(error) if error.is_refusal() => (LinkState::Refused, error.line()),
        // PASI answered; what it does not like is our message, and stands with its item.
        Ok(()) | Err(_) => (LinkState::Up, String::new()),
    };
    let down_since = if state == LinkState::Up {
        None
    } else {
        was.down_since.filter(|since| *since <= now).or(Some(now))
    };
    let last_exchange_at = if state == LinkState::Up {
        Some(now)
    } else {
        was.last_exchange_at
    };
    let hindrance = went
        .err()
        .filter(|_| state != LinkState::Up)
        .and_then(CallError::hindrance);
    let hindrance = hindrance.map_or("", |hindrance| hindrance.as_str());
    let certificate = certificate.or(was.certificate_expires_at);
    let set = (
        pasi_link::state.eq(state),
        pasi_link::last_exchange_at.eq(last_exchange_at),
        pasi_link::down_since.eq(down_since),
        pasi_link::last_error.eq(error),
        pasi_link::hindrance.eq(hindrance),
        pasi_link::certificate_expires_at.eq(certificate),
    );
    if diesel::update(pasi_link::table.find(division))
        .set(set.clone())
        .execute(tx.conn())?
        == 0
    {
        diesel::insert_into(pasi_link::table)
            .values((pasi_link::division_id.eq(division), set))
            .execute(tx.conn())?;
    }
    if state == LinkState::Up && was.state != LinkState::Up {
        crate::lease::wake(tx)?;
    }
    Ok(state != was.state)
}

/// Notes by how many seconds our clock is ahead of PASI's.
pub(crate) fn note_clock(tx: &mut Tx, ahead: i64) -> Outcome<()> {
    let division = tx.division();
    diesel::update(pasi_link::table.find(division))
        .set(pasi_link::clock_ahead.eq(Some(ahead)))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that there is no connector at all, and why: credentials missing or
/// expired at start. The foot of every page shows it.
pub fn cannot_start(tx: &mut Tx, error: &CallError) -> Outcome<()> {
    note(tx, Err(error), None).map(|_| ())
}

/// Keeps calls in the client's own log, by `ClientMessageID`; bodies are not kept.
pub(crate) fn log_calls(tx: &mut Tx, calls: &[CallRecord]) -> Outcome<()> {
    let division_id = tx.division();
    let rows: Vec<CallRow> = calls
        .iter()
        .map(|call| CallRow {
            division_id,
            message_id: &call.message_id,
            operation: call.operation.name(),
            user_name: &call.user,
            organization: &call.organization,
            sent_at: call.sent_at,
            took_micros: call.took_micros,
            result: &call.result,
        })
        .collect();
    Ok(db::insert_ignore!(tx.conn(), pasi_call::table, rows)?)
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = pasi_call)]
struct CallRow<'a> {
    division_id: DivisionId,
    message_id: &'a str,
    operation: &'static str,
    user_name: &'a str,
    organization: &'a str,
    sent_at: Instant,
    took_micros: i64,
    result: &'a str,
}
