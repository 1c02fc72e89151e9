//! `migrate`: bring the schema up to date.

use super::place::Place;
use crate::ending::Ended;

/// Brings the schema up to date.
#[derive(Debug, clap::Args)]
pub(crate) struct Migrate {
    #[command(flatten)]
    place: Place,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
}

/// Runs the steps that wait, each in a transaction of its own.
pub(crate) fn run(call: &Migrate) -> Ended {
    let location = call.place.location()?;
    let (steps, verb) = if call.dry_run {
        (db::pending(&location)?, "waiting")
    } else {
        (db::migrate(&location)?, "done")
    };
    for step in &steps {
        println!("{verb}: {step}");
    }
    if steps.is_empty() {
        println!("the schema is current");
    }
    Ok(())
}
