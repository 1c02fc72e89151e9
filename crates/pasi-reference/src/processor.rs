//! The status processors: judge what was stored, after it was stored.

use crate::alerts::{self, Facts};
use crate::code_tables::CodeTables;
use crate::state::State;
use crate::store::{Change, Draft, Judged, RecordKey, Under, Versioned, World};
use crate::{transcripts, transitions};
use kernel::{Date, Instant};
use pasi_wire::messages::{CoreAlert, RecordStatus, StudentSchoolEnrolment, StudentStatus};
use pasi_wire::window::NotificationType;
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

    /// How many wait to be judged.
    pub(crate) fn waiting(&self) -> usize {
        self.records.lock().unwrap_or_else(PoisonError::into_inner).len()
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
        let now = state.config.clock.now();
        let today = now.date();
        if day.replace(today) != Some(today) {
            transitions::record(&state, today).await;
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
            judge(&state, &batch, now).await;
            tokio::task::yield_now().await;
        }
    }
}

/// Where to begin so that every record with a status is judged: students lead
/// to what is about them.
pub(crate) fn everything(world: &World) -> Vec<Judged> {
    let students = world.asns().into_iter().map(Judged::Student);
    students.chain(world.judged_of_nobody()).collect()
}

/// Judges records and what depends on them, and stores what is new.
async fn judge(state: &State, batch: &[Judged], now: Instant) {
    let committed = state.store.commit(|draft| {
        let (world, codes) = (draft.world, &*state.code_tables());
        let mut all: BTreeSet<Judged> = BTreeSet::new();
        for record in batch {
            all.extend(with_dependents(world, *record));
        }
        for record in all {
            judge_one(draft, record, (codes, now));
        }
    });
    // A disk that fails is logged there; everything is judged again tomorrow.
    drop(state.told(committed).await);
}

/// A student's facts and enrolments count in all that is about the student;
/// any other record in those that name it.
fn with_dependents(world: &World, record: Judged) -> Vec<Judged> {
    let under = match record {
        Judged::Transcript(_) => return vec![record],
        Judged::Student(asn) => Under::Student(asn),
        Judged::Record(NotificationType::StudentSchoolEnrolment, ref_id) => {
            let enrolment = world.get::<StudentSchoolEnrolment>(ref_id);
            enrolment.map_or(Under::Record(ref_id), |enrolment| Under::Student(enrolment.asn))
        }
        Judged::Record(_, ref_id) => Under::Record(ref_id),
    };
    let mut all = world.judged_under(under);
    all.push(record);
    if let Judged::Student(asn) = record {
        all.push(Judged::Transcript(asn));
    }
    all
}

fn judge_one(draft: &mut Draft<'_>, record: Judged, (codes, now): (&CodeTables, Instant)) {
    let world = draft.world;
    let at = Facts {
        world,
        codes,
        today: now.date(),
    };
    match record {
        Judged::Student(asn) => {
            let before = world.student_status(asn).map(|status| &status.alerts);
            let Some(source) = world.student(asn) else { return };
            let found = alerts::of_student(at, asn);
            if let Some(alerts) = news(draft, record, found, before) {
                draft.put(Change::StudentStatus(StudentStatus {
                    asn,
                    alerts,
                    source_version: source.version(),
                    pasi_core_version: 0,
                }));
            }
        }
        Judged::Record(kind, ref_id) => {
            let key = RecordKey::Guid(ref_id);
            let before = world.status(kind, key).map(|status| &status.alerts);
            let Some(source_version) = world.version_of(kind, key) else {
                return;
            };
            let found = alerts::of_record(at, kind, ref_id);
            if let Some(alerts) = news(draft, record, found, before) {
                let status = RecordStatus {
                    ref_id,
                    alerts,
                    source_version,
                    pasi_core_version: 0,
                };
                draft.put(Change::Status(kind, status));
            }
        }
        Judged::Transcript(asn) => {
            if let Some(transcript) = transcripts::changed(world, asn, now) {
                draft.put(transcript.into());
            }
        }
    }
}

/// The alerts to store, if they differ from those that stand; what was said to
/// those that vanish is remembered. A record about which nothing was ever
/// found has no status.
fn news(
    draft: &mut Draft<'_>,
    record: Judged,
    found: Vec<CoreAlert>,
    before: Option<&Vec<CoreAlert>>,
) -> Option<Vec<CoreAlert>> {
    let standing = before.map_or(&[][..], Vec::as_slice);
    let remembered = draft.world.remembered(record);
    let (now, gone) = alerts::with_acknowledgements(found, standing, remembered);
    if gone != remembered {
        draft.put(Change::Remembered(record, gone));
    }
    (now != standing).then_some(now)
}
