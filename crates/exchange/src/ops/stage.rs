//! Reading a file in.

use super::permits::Permits;
use super::work::{Work, hex};
use crate::model::{Kind, Mapping, State};
use crate::read::{self, Input, RawRow, Source};
use crate::rules;
use crate::store::{self, RunRow};
use db::Subject;
use kernel::{Failure, ImportId, Outcome};
use serde::Serialize;

/// A file to be read in.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// Its name; of a path, the last part.
    pub file_name: String,
    /// The mapping; none suggests one.
    pub mapping: Option<Mapping>,
    /// The province shall be told of what is new.
    pub tells: bool,
}

/// Rows kept in one transaction.
const ROWS: usize = 1000;

/// Rows by which the form of dates is seen.
const SEEN: usize = 200;

#[derive(Serialize)]
struct Detail<'a> {
    kind: Kind,
    file: &'a str,
    sha256: String,
    rows: i32,
}

impl Work<'_> {
    /// Reads a file into a new run. The file may be read twice.
    ///
    /// Refused as [`read::each_row`] is; nothing is left of a run that was
    /// refused but its name in the list. Writes: `import_run`, `import_row`,
    /// audit `import.read`.
    pub fn stage(&self, new: &NewRun, open: &dyn Fn() -> Outcome<Input>) -> Outcome<ImportId> {
        let (source, first) = read::first_rows(open()?, SEEN)?;
        let kind = self.permits.kind();
        let mapping = if let Some(mapping) = &new.mapping {
            mapping.clone()
        } else {
            let saved = self.saved(kind)?;
            rules::suggest(kind, &source.headings, &first, &saved)
        };
        let id = ImportId::fresh(self.store.now());
        let row = self.run_row(id, new, &source, &mapping)?;
        let mut waiting: Vec<RawRow> = Vec::with_capacity(ROWS);
        let mut many = 0_i32;
        let mut begun = false;
        let read = read::each_row(
            open()?,
            &mut |_| {
                begun = true;
                self.write(|tx| store::insert_run(tx, &row))
            },
            &mut |raw| {
                waiting.push(raw);
                many += 1;
                if waiting.len() < ROWS {
                    return Ok(());
                }
                let rows = std::mem::take(&mut waiting);
                self.write(|tx| store::insert_rows(tx, id, rows.clone()))
            },
        );
        match read {
            Ok(_) => {}
            Err(failure) => {
                if begun {
                    self.write(|tx| store::forget(tx, id))?;
                }
                return Err(failure);
            }
        }
        self.write(|tx| {
            store::insert_rows(tx, id, waiting.clone())?;
            store::recount(tx, id)?;
            store::release(tx, id, WORKER, State::Read)?;
            let detail = Detail {
                kind,
                file: &new.file_name,
                sha256: hex(&source.hash),
                rows: many,
            };
            tx.record("import.read", Subject::new("import", id), &detail);
            Ok(())
        })?;
        Ok(id)
    }

    fn saved(&self, kind: Kind) -> Outcome<Vec<Mapping>> {
        let actor: &Permits = self.permits;
        let all = self
            .store
            .read_now(actor.actor().division, |at| store::mappings(at))?;
        Ok(all
            .into_iter()
            .filter(|one| one.kind == kind)
            .map(|one| one.mapping)
            .collect())
    }

    fn run_row(&self, id: ImportId, new: &NewRun, source: &Source, mapping: &Mapping) -> Outcome<RunRow> {
        let json = |error: serde_json::Error| Failure::Fault(format!("import_run: {error}"));
        let now = self.store.now();
        Ok(RunRow {
            division_id: self.permits.actor().division,
            id,
            kind: self.permits.kind(),
            file_name: short_name(&new.file_name),
            file_hash: source.hash.clone(),
            source: serde_json::to_string(source).map_err(json)?,
            mapping: serde_json::to_string(mapping).map_err(json)?,
            tells: new.tells,
            state: State::Reading,
            done_to: 0,
            worker: WORKER.to_owned(),
            worker_until: now.plus_seconds(600),
            rows_total: 0,
            rows_new: 0,
            rows_changed: 0,
            rows_same: 0,
            rows_refused: 0,
            rows_skipped: 0,
            rows_noted: 0,
            created_by: self.permits.actor().name.clone(),
            created_at: now,
            applied_at: None,
            undone_at: None,
            cleared_at: None,
        })
    }
}

/// Who reads a file in.
const WORKER: &str = "reading";

/// The last part of a path, at most 120 letters, without letters that draw nothing.
fn short_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars()
        .filter(|letter| !letter.is_control())
        .take(120)
        .collect()
}
