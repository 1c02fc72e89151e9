//! The connector to PASI, the province's system.
//!
//! *Out*: domains announce events in their own transactions; [`Connector::intake`]
//! turns each into an item of the work queue, with the acting person and the
//! version that person saw; [`Connector::send_due`] sends it. *In*:
//! [`Connector::listen`] holds one long poll, reads what is newer into the
//! *mirror* (PASI's copy of each record), and notes every *difference* between
//! theirs and ours until a person decides. PASI may be away all day: nothing
//! typed is lost, and nothing is overwritten silently.
//!
//! Read first: `queue/mod.rs`, `sender.rs`, `poll.rs`, `difference.rs`.

mod accept;
mod again;
mod alerts;
mod apply;
mod asn;
mod backoff;
mod base;
mod bonds;
mod calls;
mod care;
mod catalogue;
mod check;
mod classes;
mod client;
mod clocks;
mod codes_above;
mod codes_read;
mod cursor;
mod decide;
mod difference;
mod earlier;
mod identify;
mod intake;
mod judge;
mod judge_classes;
mod judge_people;
mod kept;
mod lag;
mod lease;
mod line;
mod link;
mod map;
mod mirror;
mod offer;
mod organizations;
mod policy;
mod poll;
mod programs;
mod queue;
mod reread;
pub mod rules;
mod runner;
mod schedules;
mod sealed;
mod seed;
mod seen;
mod sender;
mod sides;
mod summary;
#[cfg(test)]
mod tests;
mod travels;
mod tried;
mod window;
mod years;

pub use alerts::{Acknowledgement, acknowledge, alerts_of, may_be_said, on_its_way};
pub use asn::link_asn;
pub use bonds::bound;
pub use calls::{Call, calls};
pub use care::{Assigned, LONGEST_NOTE, Note, RowId, assign, carers, note, notes};
pub use catalogue::{CourseNews, course_news};
pub use check::Check;
pub use classes::{
    SectionDecision, SectionDifference, Standing, Stands, decide_section, offered, seats_stand,
    section_differences, section_stands, tell_section,
};
pub use client::{CallError, Client, Connection, Hindrance};
pub use codes_above::{follow_codes, put_codes_above};
pub use codes_read::{ChangeKind, CodeChange, CodesRead, codes_changed, codes_read};
pub use cursor::{Checked, checked};
pub use decide::{
    Choice, Decision, approve, approve_all, decide, drop_item, only_theirs, resend, resend_all,
    travelling_with,
};
pub use difference::{Difference, differences};
pub use earlier::{Earlier, EarlierAnswer, EarlierSide, EarlierYears};
pub use identify::{Found, Search, SearchOutcome};
pub use judge::{
    ImportRules, ProvinceRules, enrolment_findings, is_judged_here, rule_sentence, why_not_here,
};
pub use judge_classes::{ProvinceOnClasses, section_findings};
pub use judge_people::ProvinceOnPeople;
pub use kept::{CALLS_KEPT_DAYS, prune_calls, prune_lags};
pub use lag::{LAGS_KEPT_DAYS, Lags, Span, Took, Way, While, lags};
pub use link::{CERTIFICATE_WARNINGS, Link, LinkState, cannot_start, link};
pub use map::{PARTS, SyncState, classes as travel_classes, read_request, travel};
pub use mirror::read_at;
pub use offer::{Offer, OwnForm, offers};
pub use organizations::{SchoolDecision, SchoolDifference, decide_school, school_differences};
pub use policy::{Policy, RECORD_KINDS, Sends, policies, set_policy};
pub use queue::{Answer, Item, ItemState, RuleSaid, item, of_student};
pub use runner::Running;
pub use schedules::{Schedule, Schedules};
pub use sealed::{MEDICAL, SEALED, cover, differences_for, holds_opened, is_sealed};
pub use seed::{Seeded, seed, topics_on};
pub use seen::{seen, seen_section};
pub use sides::{Side, sides};
pub use summary::{
    Asked, QueueCounts, QueueFilter, QueueRow, SectionRow, counts, open_counts, queue, section_row,
    section_rows,
};

use db::{Lane, Store, Tx};
use kernel::{Actor, DivisionId, Failure, Instant, Outcome};
use pasi_wire::{Request, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::Notify;

/// A connector of one division. Cheap to clone.
#[derive(Clone)]
pub struct Connector {
    store: Store,
    client: Client,
    division: DivisionId,
    kicked: Arc<Notify>,
    settled: Arc<Notify>,
    /// Nothing is sent before this moment, in microseconds; 0 for no pause.
    paused_until: Arc<AtomicI64>,
    /// Where the machine's clock stood when it was last compared with PASI's.
    clock_seen: Arc<clocks::Seen>,
    /// Held by the one check that runs.
    checking: Arc<tokio::sync::Mutex<()>>,
}

impl Connector {
    /// A connector that is not running yet; see [`Connector::start`].
    pub fn new(store: Store, client: Client, division: DivisionId) -> Self {
        Self {
            store,
            client,
            division,
            kicked: Arc::default(),
            settled: Arc::default(),
            paused_until: Arc::default(),
            clock_seen: Arc::default(),
            checking: Arc::default(),
        }
    }

    /// Tells the sender that something waits; called after a save, so that the
    /// child has an ASN before the page has settled.
    pub fn kick(&self) {
        self.kicked.notify_one();
    }

    fn system(&self) -> Actor {
        Actor::system(self.division, "Sync")
    }

    /// One call with its line in the log.
    async fn call(&self, request: Request) -> Outcome<Result<Response, CallError>> {
        let (answer, record) = self.client.call(&request).await;
        self.log(vec![record]).await?;
        Ok(answer)
    }

    async fn log(&self, calls: Vec<client::CallRecord>) -> Outcome<()> {
        self.write_apply(move |tx| link::log_calls(tx, &calls)).await
    }

    /// Writes what came from PASI, as the program itself, after what was saved before it.
    async fn write_apply<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Tx) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let taken_first = move |tx: &mut Tx| {
            intake::take_all(tx)?;
            work(tx)
        };
        self.store
            .write_in(Lane::Interactive, &self.system(), taken_first)
            .await
    }

    /// A pause longer than any was begun by a clock that has been set back since.
    fn is_paused(&self) -> bool {
        let until = Instant::from_micros(self.paused_until.load(Ordering::Relaxed));
        (1..=sender::LONGEST_PAUSE).contains(&self.store.now().seconds_until(until))
    }

    fn pause(&self, seconds: i64) {
        self.paused_until
            .store(self.store.now().plus_seconds(seconds).micros(), Ordering::Relaxed);
    }

    fn resume(&self) {
        self.paused_until.store(0, Ordering::Relaxed);
    }

    fn wake_waiters(&self) {
        self.settled.notify_waiters();
    }
}

fn json_fault(error: &serde_json::Error) -> Failure {
    Failure::Fault(format!("JSON: {error}"))
}
