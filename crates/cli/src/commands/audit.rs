//! `audit verify`: is the chain whole?

use super::place::Place;
use crate::ending::{Ended, Stop};
use clap::Subcommand;

/// The audit.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Walk the chain of every division; exit code 1 where it is broken.
    Verify(Place),
}

/// Prints the rows of each division; a problem names every break.
pub(crate) fn run(call: &Audit) -> Ended {
    let Audit::Verify(place) = call;
    let reports = db::verify_chains(&place.existing()?)?;
    for report in &reports {
        println!(
            "division {}: {} rows, {}",
            report.division,
            report.rows,
            match report.breaks.len() {
                0 => "whole".to_owned(),
                1 => "1 break".to_owned(),
                many => format!("{many} breaks"),
            }
        );
        for found in &report.breaks {
            println!("  {found}");
        }
    }
    if reports.iter().any(|report| !report.breaks.is_empty()) {
        return Err(Stop::Problems("the audit chain is broken".to_owned()));
    }
    Ok(())
}
