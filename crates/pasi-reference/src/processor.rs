//! The status processors: judge what was stored, after it was stored.

use crate::alerts;
use crate::state::State;
use crate::store::{Change, Draft, Judged, Versioned, World};
use kernel::Date;
use pasi_wire::messages::{CoreAlert, RecordStatus, StudentStatus};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// Records judged in one go.
const BATCH: usize = 256;
/// How often the processor looks whether the day has changed.
const DAY_CHECK: Duration = Duration::from_mins(1);

/// What waits to be judged.
#[derive(Debug)]
pub(crate) struct Queue {
    records: Mutex<BTreeSet<Judged>>,
    more: Arc<Notify>,
    is_idle: watch::Sender<bool>,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            records: Mutex::default(),
            more: Arc::default(),
            is_idle: watch::Sender::new(true),
        }
    }
}

impl Queue {
    /// Puts records in.
    pub(crate) fn put(&self, records: impl IntoIterator<Item = Judged>) {
        let mut waiting = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(records);
        if !waiting.is_empty() {
            self.is_idle.send_replace(false);
            self.more.notify_one();
        }
    }

    /// Takes some out; none left means idle.
    fn take(&self) -> Vec<Judged> {
        let mut waiting = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = Vec::with_capacity(BATCH.min(waiting.len()));
        while taken.len() < BATCH
            && let Some(record) = waiting.pop_first()
        {
            taken.push(record);
        }
        if taken.is_empty() {
            self.is_idle.send_replace(true);
        }
        taken
    }

    /// Waits until nothing waits and nothing is being judged.
    pub(crate) async fn settled(&self) {
        let mut idle = self.is_idle.subscribe();
        let waited = idle.wait_for(|is_idle| *is_idle).await;
        drop(waited);
    }
}

/// Judges until the server is gone; everything once a day.
pub(crate) async fn run(state: Weak<State>) {
    let mut day: Option<Date> = None;
    while let Some(state) = state.upgrade() {
        let today = state.config.clock.now().date();
        if day.replace(today) != Some(today) {
            state.queue.put(state.store.read(everything));
        }
        let batch = state.queue.take();
        if batch.is_empty() {
            // The wait must not keep the state alive, or nothing would end.
            let waiting = Arc::clone(&state.queue.more);
            drop(state);
            let waited = tokio::time::timeout(DAY_CHECK, waiting.notified()).await;
            drop(waited);
        } else {
            judge(&state, &batch, today).await;
            tokio::task::yield_now().await;
        }
    }
}

/// Every record that has a status.
pub(crate) fn everything(world: &World) -> Vec<Judged> {
    let students = world.asns().into_iter().map(Judged::Student);
    let responsible = world
        .responsible_school_ids()
        .into_iter()
        .map(Judged::ResponsibleSchool);
    students.chain(responsible).collect()
}

/// Judges records and what depends on them, and stores what is new.
async fn judge(state: &State, batch: &[Judged], today: Date) {
    let committed = state.store.commit(|draft| {
        let world = draft.world;
        let mut all: BTreeSet<Judged> = BTreeSet::new();
        for record in batch {
            all.extend(with_dependents(world, *record));
        }
        for record in all {
            judge_one(draft, record, today);
        }
    });
    match committed {
        Ok(committed) => {
            if committed.durable.wait().await {
                state.polls.wake(&committed.touched);
            }
        }
        Err(error) => tracing::error!(%error, "statuses could not be written"),
    }
}

/// A student's facts count in its enrolments; one enrolment counts in the
/// next year's.
fn with_dependents(world: &World, record: Judged) -> Vec<Judged> {
    let asn = match record {
        Judged::Student(asn) => Some(asn),
        Judged::Enrolment(ref_id) => world.enrolment(ref_id).map(|enrolment| enrolment.asn),
        Judged::ResponsibleSchool(_) => None,
    };
    let enrolments = asn.into_iter().flat_map(|asn| world.enrolments_of(asn));
    enrolments
        .map(|enrolment| Judged::Enrolment(enrolment.ref_id))
        .chain([record])
        .collect()
}

fn judge_one(draft: &mut Draft<'_>, record: Judged, today: Date) {
    let world = draft.world;
    match record {
        Judged::Student(asn) => {
            let before = world.student_status(asn).map(|status| &status.alerts);
            let Some(source) = world.student(asn) else { return };
            if let Some(alerts) = news(alerts::of_student(world, asn, today), before) {
                draft.put(Change::StudentStatus(StudentStatus {
                    asn,
                    alerts,
                    source_version: source.version(),
                    pasi_core_version: 0,
                }));
            }
        }
        Judged::Enrolment(ref_id) => {
            let before = world.enrolment_status(ref_id).map(|status| &status.alerts);
            let Some(source) = world.enrolment(ref_id) else {
                return;
            };
            if let Some(alerts) = news(alerts::of_enrolment(world, ref_id, today), before) {
                draft.put(Change::EnrolmentStatus(RecordStatus {
                    ref_id,
                    alerts,
                    source_version: source.version(),
                    pasi_core_version: 0,
                }));
            }
        }
        Judged::ResponsibleSchool(ref_id) => {
            let before = world
                .responsible_school_status(ref_id)
                .map(|status| &status.alerts);
            let Some(source) = world.responsible_school(ref_id) else {
                return;
            };
            if let Some(alerts) = news(alerts::of_responsible_school(world, ref_id), before) {
                draft.put(Change::ResponsibleSchoolStatus(RecordStatus {
                    ref_id,
                    alerts,
                    source_version: source.version(),
                    pasi_core_version: 0,
                }));
            }
        }
    }
}

/// The alerts to store, if they differ from those that stand. A record about
/// which nothing was ever found has no status.
fn news(now: Vec<CoreAlert>, before: Option<&Vec<CoreAlert>>) -> Option<Vec<CoreAlert>> {
    let standing = before.map_or(&[][..], Vec::as_slice);
    let now = alerts::with_acknowledgements(now, standing);
    (now != standing).then_some(now)
}
