//! The daily backup: a folder a day, the oldest of them removed.

use jobs::{Note, Work};
use kernel::{Failure, Outcome};
use std::path::{Path, PathBuf};

/// Where backups go, and how many stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Folder of the folders.
    pub to: PathBuf,
    /// How many are kept, from 1 up.
    pub keep: usize,
}

/// End of the name of a backup that is being made; one that was killed is begun again.
const MAKING: &str = ".making";

impl Backup {
    /// Makes the backup of today, if it is not there, and removes the oldest beyond those that are kept.
    pub(crate) fn make(&self, work: &Work) -> Outcome<Note> {
        let now = work.store().now();
        let day = now.date().to_string();
        let done = self.to.join(&day);
        let mut rows = 0;
        if !done.exists() {
            work.go_on()?;
            let making = self.to.join(format!("{day}{MAKING}"));
            if making.exists() {
                std::fs::remove_dir_all(&making).map_err(|error| away(&error))?;
            }
            let report = db::backup(work.store().location(), &making, now)?;
            std::fs::rename(&making, &done).map_err(|error| away(&error))?;
            rows = usize::try_from(report.copied.rows()).unwrap_or(0);
        }
        let removed = self.remove_old()?;
        Ok(Note::of("rows", rows).and("removed", removed))
    }

    fn remove_old(&self) -> Outcome<usize> {
        let mut days: Vec<PathBuf> = std::fs::read_dir(&self.to)
            .map_err(|error| away(&error))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| is_of_a_day(path))
            .collect();
        days.sort();
        let old = days.len().saturating_sub(self.keep.max(1));
        for path in &days[..old] {
            std::fs::remove_dir_all(path).map_err(|error| away(&error))?;
        }
        Ok(old)
    }
}

/// Only what was made here is ever removed: a folder named by its day, with a manifest.
fn is_of_a_day(path: &Path) -> bool {
    let named = path
        .file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.parse::<kernel::Date>().is_ok());
    named && path.join("backup.json").exists()
}

fn away(error: &std::io::Error) -> Failure {
    Failure::Unavailable(format!("backup folder: {error}"))
}
