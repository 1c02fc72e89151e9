//! Generations on disk: `snapshot.N` holds all records up to its end mark,
//! `journal.N` what came after. A snapshot without its end mark never was.

use super::World;
use super::journal::{self, Journal, Syncer};
use crate::StartError;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) fn journal_path(folder: &Path, generation: u64) -> PathBuf {
    folder.join(format!("journal.{generation}"))
}

fn snapshot_path(folder: &Path, generation: u64) -> PathBuf {
    folder.join(format!("snapshot.{generation}"))
}

/// Generations of which there is a file of that kind.
fn generations(folder: &Path, kind: &str) -> io::Result<Vec<u64>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let number: Option<u64> = name
            .to_str()
            .and_then(|name| name.strip_prefix(kind)?.strip_prefix('.')?.parse().ok());
        found.extend(number);
    }
    found.sort_unstable();
    Ok(found)
}

/// Reads the latest whole generation and opens its journal.
pub(super) fn restore(folder: &Path, syncer: &Arc<Syncer>) -> Result<(World, Journal, u64), StartError> {
    fs::create_dir_all(folder).map_err(StartError::io(folder.display().to_string()))?;
    let failed = |path: &Path| StartError::io(path.display().to_string());
    let snapshots = generations(folder, "snapshot").map_err(failed(folder))?;
    let generation = snapshots.last().copied().unwrap_or(0);
    let mut world = World::default();
    if generation > 0 {
        let path = snapshot_path(folder, generation);
        let mut is_whole = false;
        journal::read(&path, |changes| {
            is_whole = changes.is_empty();
            world.apply_all(changes);
        })
        .map_err(failed(&path))?;
        if !is_whole {
            return Err(StartError::Corrupt(format!("{} has no end", path.display())));
        }
    }
    let path = journal_path(folder, generation);
    let mut length = 0;
    if path.exists() {
        let read = journal::read(&path, |changes| world.apply_all(changes)).map_err(failed(&path))?;
        length = read.good;
        if read.is_torn {
            tracing::warn!(
                kept = length,
                "the last line of the journal is torn and was dropped"
            );
        }
    }
    world.settle();
    let journal = Journal::open(&path, length, Arc::clone(syncer)).map_err(failed(&path))?;
    remove_others(folder, generation).map_err(failed(folder))?;
    Ok((world, journal, generation))
}

/// Writes everything as the next generation and opens its journal; the old
/// generation goes only when the new one is whole on disk.
pub(super) fn rotate(
    folder: &Path,
    world: &World,
    old: u64,
    syncer: &Arc<Syncer>,
) -> io::Result<(Journal, u64)> {
    let next = old + 1;
    let fresh = folder.join("snapshot.new");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&fresh)?);
    let mut line = Vec::with_capacity(8_192);
    let mut put = |changes: &[super::Change]| {
        line.clear();
        journal::encode(changes, &mut line)?;
        out.write_all(&line)
    };
    for change in world.everything() {
        put(&[change])?;
    }
    put(&[])?;
    out.into_inner()
        .map_err(io::IntoInnerError::into_error)?
        .sync_all()?;
    let journal = Journal::open(&journal_path(folder, next), 0, Arc::clone(syncer))?;
    fs::rename(&fresh, snapshot_path(folder, next))?;
    File::open(folder)?.sync_all()?;
    remove_others(folder, next)?;
    Ok((journal, next))
}

fn remove_others(folder: &Path, keep: u64) -> io::Result<()> {
    for kind in ["snapshot", "journal"] {
        for generation in generations(folder, kind)?
            .into_iter()
            .filter(|found| *found != keep)
        {
            fs::remove_file(folder.join(format!("{kind}.{generation}")))?;
        }
    }
    Ok(())
}
