//! `backup`, `restore` and `copy-db`.

use super::place::Place;
use crate::ending::{Ended, Stop};
use db::{BackupReport, CopyReport, Location};
use kernel::{Clock, Failure, SystemClock};
use std::path::PathBuf;

/// Copies all records into a folder while the program runs.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    place: Place,
    /// Empty folder for the backup; made when missing.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// Copies a backup into an empty place.
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    place: Place,
    /// Folder of the backup.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
}

/// Copies all records from one engine to the other.
#[derive(Debug, clap::Args)]
pub(crate) struct CopyDb {
    /// Folder or postgres:// URL.
    #[arg(long, value_name = "FOLDER|URL")]
    from: String,
    /// Folder or postgres:// URL; must be empty.
    #[arg(long, value_name = "FOLDER|URL")]
    to: String,
}

/// Backs up and checks the copy.
pub(crate) fn backup(call: &Backup) -> Ended {
    let from = call.place.existing()?;
    let report = db::backup(&from, &call.to, SystemClock.now()).map_err(occupied)?;
    told("backed up", &report);
    println!("The master key is not in the backup: keep a copy of it elsewhere.");
    Ok(())
}

/// Restores and checks what was restored.
pub(crate) fn restore(call: &Restore) -> Ended {
    if !call.from.join("backup.json").exists() {
        return Err(Stop::Call(format!(
            "{} holds no backup (backup.json)",
            call.from.display()
        )));
    }
    let report = db::restore(&call.from, &call.place.location()?).map_err(occupied)?;
    told("restored", &report);
    Ok(())
}

/// Copies from engine to engine.
pub(crate) fn copy(call: &CopyDb) -> Ended {
    let (from, to) = (location(&call.from), location(&call.to));
    if let Location::Folder(folder) = &from
        && !folder.join("lodgepole.db").exists()
    {
        return Err(Stop::Call(format!(
            "{} holds no records (lodgepole.db)",
            folder.display()
        )));
    }
    let report = db::copy_database(&from, &to).map_err(occupied)?;
    counted("copied", &report);
    Ok(())
}

fn location(text: &str) -> Location {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Location::Url(text.to_owned())
    } else {
        Location::Folder(PathBuf::from(text))
    }
}

/// Records are never written over.
fn occupied(failure: Failure) -> Stop {
    match failure {
        Failure::Conflict(conflict) => {
            Stop::Call(format!("the {} is not empty; nothing was written", conflict.what))
        }
        other => other.into(),
    }
}

fn told(verb: &str, report: &BackupReport) {
    counted(verb, &report.copied);
    for chain in &report.chains {
        println!(
            "division {}: audit chain of {} rows, whole",
            chain.division, chain.rows
        );
    }
}

fn counted(verb: &str, report: &CopyReport) {
    let tables = report.tables.iter().filter(|(_, rows)| *rows > 0).count();
    println!(
        "{verb}: {} rows of {tables} tables, counted again at the target",
        report.rows()
    );
}
