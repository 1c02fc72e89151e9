//! Documents whose time has come: the ministry sees which, lets one go, and
//! what is left is an entry that says which, when and by whom.

use crate::outside::{Outside, OutsideError};
use crate::refusal::fault;
use crate::store::World;
use kernel::{Date, Instant};
use pasi_wire::messages::StudentRecordDocument;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What is left of a document that went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    /// The document.
    pub document: Uuid,
    /// Its kind.
    pub document_type: String,
    /// Since when it might go.
    pub eligible_on: Date,
    /// When it went.
    pub disposed_at: Instant,
    /// Who let it go.
    pub by: String,
}

impl Outside {
    /// Documents that may go today, the longest due first.
    pub fn due_for_disposal(&self) -> Vec<StudentRecordDocument> {
        let today = self.0.config.clock.now().date();
        let mut due: Vec<_> = self.0.store.read(|world| {
            let all = world.all::<StudentRecordDocument>();
            all.filter(|held| is_due(held, today)).cloned().collect()
        });
        due.sort_by_key(|held: &StudentRecordDocument| (held.scheduled_disposal_date, held.ref_id));
        due
    }

    /// Lets a document go with its file, for good. `NothingChanged` when it is
    /// not due. Killed in between, it is due again.
    pub async fn dispose(&self, document: Uuid, by: &str) -> Result<Disposal, OutsideError> {
        let now = self.0.config.clock.now();
        let due = |world: &World| {
            let held = world.get::<StudentRecordDocument>(document);
            held.filter(|held| is_due(held, now.date())).cloned()
        };
        let held = self.0.store.read(due).ok_or(OutsideError::NothingChanged)?;
        let entry = Disposal {
            document,
            document_type: held.document_type,
            eligible_on: held.scheduled_disposal_date.unwrap_or(now.date()),
            disposed_at: now,
            by: by.to_owned(),
        };
        let written =
            append(&file(&self.0.config.folder), &entry).and_then(|()| self.0.images.remove(document));
        written.map_err(|error| {
            tracing::error!(%error, "a document could not go");
            fault(4001, &[])
        })?;
        self.act(|draft| {
            let mut gone = due(draft.world).ok_or(OutsideError::NothingChanged)?;
            gone.is_deleted = true;
            gone.is_relevant = false;
            gone.problem_reports.clear();
            gone.last_update_utc_time = Some(now);
            Ok(draft.put(gone.into()))
        })
        .await?;
        Ok(entry)
    }

    /// What went so far, the first first.
    pub fn disposals(&self) -> io::Result<Vec<Disposal>> {
        entries(&file(&self.0.config.folder))
    }
}

/// The entries of a file, one a line, the first first; none when there is no file.
pub(crate) fn entries<T: DeserializeOwned>(file: &Path) -> io::Result<Vec<T>> {
    let text = match std::fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read?,
    };
    let entries = text.lines().map(serde_json::from_str);
    entries.collect::<Result<_, _>>().map_err(io::Error::from)
}

fn is_due(held: &StudentRecordDocument, today: Date) -> bool {
    !held.is_deleted && held.scheduled_disposal_date.is_some_and(|day| day <= today)
}

fn file(folder: &Path) -> PathBuf {
    folder.join("disposals.jsonl")
}

/// Adds an entry to a file, on the disk when it returns.
pub(crate) fn append(file: &Path, entry: &impl Serialize) -> io::Result<()> {
    let mut file: File = OpenOptions::new().create(true).append(true).open(file)?;
    let line = serde_json::to_string(entry)?;
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_all()
}
