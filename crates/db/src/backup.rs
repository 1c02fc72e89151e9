//! Backup and restore: all rows of either engine in one `SQLite` file with a
//! manifest, checked by opening it and walking every audit chain.

use crate::schema::division;
use crate::seal::hex;
use crate::{ChainReport, CopyReport, Location, copy_database, verify_chain};
use diesel::prelude::*;
use kernel::{DivisionId, Failure, Instant, Outcome};
use serde::{Deserialize, Serialize};
use std::path::Path;

const MANIFEST: &str = "backup.json";

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    made_at: String,
    sha256: String,
    rows: i64,
}

/// What a backup or a restore did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupReport {
    /// Rows, by table.
    pub copied: CopyReport,
    /// The audit chain of each division, walked in the copy.
    pub chains: Vec<ChainReport>,
}

/// Copies everything at `from` into the folder `to` while the program runs,
/// then opens the copy and checks it. The master key is not in it: keep that apart.
///
/// Refused when the folder holds a backup; fails when the copy does not check.
pub fn backup(from: &Location, to: &Path, now: Instant) -> Outcome<BackupReport> {
    if to.join(MANIFEST).exists() {
        return Err(Failure::stale("backup folder", 0, 1));
    }
    let copy = Location::Folder(to.to_owned());
    let copied = copy_database(from, &copy)?;
    settle(&copy)?;
    let manifest = Manifest {
        made_at: now.rfc3339(),
        sha256: digest(&copy)?,
        rows: copied.rows(),
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| Failure::Fault(error.to_string()))?;
    let chains = chains(&copy)?;
    std::fs::write(to.join(MANIFEST), text).map_err(|error| io(&error))?;
    Ok(BackupReport { copied, chains })
}

/// Copies a backup into an empty place, after its checksum was compared, and walks the audit chains there.
///
/// Refused when the target has rows; fails when the backup was changed or is not whole.
pub fn restore(from: &Path, to: &Location) -> Outcome<BackupReport> {
    let text = std::fs::read_to_string(from.join(MANIFEST)).map_err(|error| io(&error))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| Failure::Unavailable(format!("{MANIFEST}: {error}")))?;
    let copy = Location::Folder(from.to_owned());
    if digest(&copy)? != manifest.sha256 {
        return Err(Failure::Unavailable(
            "the backup was changed after it was made".to_owned(),
        ));
    }
    let copied = copy_database(&copy, to)?;
    if copied.rows() != manifest.rows {
        return Err(Failure::Unavailable(format!(
            "the backup holds {} rows, not {}",
            copied.rows(),
            manifest.rows
        )));
    }
    Ok(BackupReport {
        copied,
        chains: chains(to)?,
    })
}

/// Everything in one file: no write-ahead log beside it.
fn settle(copy: &Location) -> Outcome<()> {
    use diesel::connection::SimpleConnection;
    Ok(copy
        .connect()?
        .batch_execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")?)
}

fn chains(at: &Location) -> Outcome<Vec<ChainReport>> {
    let mut conn = at.connect_read()?;
    let divisions: Vec<DivisionId> = division::table.select(division::division_id).load(&mut conn)?;
    let reports = divisions
        .into_iter()
        .map(|id| verify_chain(&mut conn, id))
        .collect::<Outcome<Vec<_>>>()?;
    match reports.iter().find(|report| !report.breaks.is_empty()) {
        Some(broken) => Err(Failure::Unavailable(format!(
            "the audit chain of {} is broken in the copy",
            broken.division
        ))),
        None => Ok(reports),
    }
}

fn digest(copy: &Location) -> Outcome<String> {
    use std::io::Read;
    let path = copy
        .file()
        .ok_or_else(|| Failure::Fault("a backup is a folder".to_owned()))?;
    let mut file = std::fs::File::open(path).map_err(|error| io(&error))?;
    let mut hash = ring::digest::Context::new(&ring::digest::SHA256);
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer).map_err(|error| io(&error))?;
        if read == 0 {
            return Ok(hex(hash.finish().as_ref()));
        }
        hash.update(&buffer[..read]);
    }
}

fn io(error: &std::io::Error) -> Failure {
    Failure::Unavailable(format!("backup: {error}"))
}
