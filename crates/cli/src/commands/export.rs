//! `export`: every record of a kind into a file that `import` reads back.

use super::division::id_of;
use super::place::{self, Place};
use crate::ending::{Ended, Stop};
use clap::{Args, ValueEnum};
use exchange::Kind;
use exchange::export::{ExportFormat, Whole, WholePermits};
use kernel::{Actor, AuthorityCode, Failure};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// What is exported.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    Students,
    Guardians,
    Enrolments,
    Staff,
    Schools,
}

impl What {
    /// The kind of file that brings it back.
    const fn kind(self) -> Kind {
        match self {
            Self::Students => Kind::Students,
            Self::Guardians => Kind::Contacts,
            Self::Enrolments => Kind::Enrolments,
            Self::Staff => Kind::Staff,
            Self::Schools => Kind::Schools,
        }
    }
}

/// Export every record of a kind, as a file that `import` reads back.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// What to export.
    what: What,
    #[command(flatten)]
    place: Place,
    /// Number of the division, where there are several.
    #[arg(long)]
    division: Option<AuthorityCode>,
    /// The file: .csv or .xlsx. It must not be there yet.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Why; the audit keeps it. Needed from 100 students on.
    #[arg(long, default_value = "")]
    reason: String,
}

/// Does what was asked. A file that could not be finished is removed.
pub(crate) fn run(call: &Export) -> Ended {
    let format = format_of(&call.to)?;
    let location = call.place.existing()?;
    let division = place::division(&location, call.division.map(id_of))?.division_id;
    let store = place::open(&location, &call.place.config()?)?;
    let permits = WholePermits::program(&Actor::system(division, "Export"))?;
    let wanted = Whole {
        kind: call.what.kind(),
        format,
        reason: call.reason.clone(),
    };
    let file = File::create_new(&call.to).map_err(Stop::io(call.to.display()))?;
    match exchange::export::whole(&store, &permits, &wanted, BufWriter::new(file)) {
        Ok(rows) => {
            println!("{}: {rows} rows", call.to.display());
            Ok(())
        }
        Err(failure) => {
            // Half a file must not pass for a whole one.
            drop(std::fs::remove_file(&call.to));
            Err(refused(failure))
        }
    }
}

fn refused(failure: Failure) -> Stop {
    match failure {
        Failure::Invalid(findings) if findings.0.iter().any(|one| one.code == "LP-0871") => {
            Stop::Call("say why with --reason; the audit keeps it".to_owned())
        }
        other => other.into(),
    }
}

fn format_of(file: &Path) -> Result<ExportFormat, Stop> {
    let ending = file.extension().and_then(|ending| ending.to_str());
    ending
        .and_then(|ending| ending.to_ascii_lowercase().parse().ok())
        .ok_or_else(|| Stop::Call(format!("{} ends neither in .csv nor in .xlsx", file.display())))
}
