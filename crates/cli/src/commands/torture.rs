//! `torture`: writes until killed and says what was acknowledged; for tests of durability.

use super::place::Place;
use crate::demo::DIVISION;
use crate::ending::{Ended, Stop};
use db::Lane;
use kernel::Actor;
use std::io::Write;

/// Writes numbered settings, one transaction each.
#[derive(Debug, clap::Args)]
pub(crate) struct Torture {
    #[command(flatten)]
    place: Place,
    /// Say which numbers are there, and end.
    #[arg(long)]
    count: bool,
}

const PREFIX: &str = "torture.";

/// Prints each number once its transaction was acknowledged.
pub(crate) fn run(call: &Torture) -> Ended {
    let location = call.place.location()?;
    db::migrate(&location)?;
    let store = super::place::open(&location, &call.place.config()?)?;
    let actor = Actor::system(DIVISION, "Torture");
    if db::divisions(&location)?.is_empty() {
        store.write_now(Lane::Interactive, &actor, |tx| {
            db::add_division(tx, "Torture", true)
        })?;
    }
    let kept = store.read_now(DIVISION, |at| db::settings(at, PREFIX))?;
    let numbers = || {
        kept.iter()
            .filter_map(|(name, _)| name.strip_prefix(PREFIX)?.parse::<u64>().ok())
    };
    let mut out = std::io::stdout().lock();
    if call.count {
        for number in numbers() {
            writeln!(out, "{number}").map_err(Stop::io("standard output"))?;
        }
        return Ok(());
    }
    for number in numbers().max().unwrap_or(0) + 1.. {
        let name = format!("{PREFIX}{number}");
        store.write_now(Lane::Interactive, &actor, |tx| {
            db::set_setting(tx, &name, "written")
        })?;
        writeln!(out, "{number}")
            .and_then(|()| out.flush())
            .map_err(Stop::io("standard output"))?;
    }
    Ok(())
}
