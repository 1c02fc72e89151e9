//! `pasi`: the connection to the province.

use super::place::{self, Place};
use super::serve;
use crate::ending::{Ended, Stop};
use access::Permit;
use clap::Subcommand;
use kernel::Actor;
use pasi::LinkState;

/// The connection to the province.
#[derive(Debug, Subcommand)]
pub(crate) enum Pasi {
    /// How it stands, and what waits. Exit code 3 when PASI is away, 1 when it refuses us.
    Status(Place),
}

/// Tells how the connection stands.
pub(crate) fn run(call: Pasi) -> Ended {
    let Pasi::Status(place) = call;
    let (location, config) = (place.existing()?, place.config()?);
    let division = place::division(&location, config.division)?;
    let store = place::open(&location, &config)?;
    let permit = Permit::program(&Actor::system(division.division_id, "Command line"))?;
    let (link, counts) = store.read_now(division.division_id, |at| {
        Ok((pasi::link(at)?, pasi::counts(at, &permit)?))
    })?;
    let when = |at: Option<kernel::Instant>| at.map_or_else(|| "never".to_owned(), kernel::Instant::rfc3339);
    println!("state: {}", link.state);
    println!("last exchange: {}", when(link.last_exchange_at));
    if let Some(days) = link.certificate_days_left(store.now()) {
        println!("certificate: {days} days left");
    }
    println!(
        "queue: {} to decide, {} on their way",
        counts.to_do(),
        counts.waiting
    );
    if serve::connector(&config, &store, &division)?.is_none() && !division.is_practice {
        println!("PASI is not configured (pasi.url)");
    }
    match link.state {
        LinkState::Up | LinkState::Unknown => Ok(()),
        LinkState::Down => Err(Stop::Away(format!(
            "away since {}: {}",
            when(link.down_since),
            link.last_error
        ))),
        LinkState::Refused => Err(Stop::Problems(format!("PASI refuses us: {}", link.last_error))),
    }
}
