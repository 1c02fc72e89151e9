//! `pasi status`: how the connection stands, and whether both sides hold the same.

use crate::commands::place::{self, Place};
use crate::commands::{serve, wait_for};
use crate::ending::{Ended, Stop};
use access::Permit;
use kernel::{Actor, Instant};
use pasi::{Checked, Link, LinkState, QueueCounts};
use serde::Serialize;

/// Which records, and how they are told.
#[derive(Debug, clap::Args)]
pub(crate) struct Status {
    #[command(flatten)]
    place: Place,
    /// Ask PASI now what is newer and whether both sides hold the same, and put right what drifted.
    #[arg(long)]
    check: bool,
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

/// How everything stands, as it is printed.
#[derive(Debug, Serialize)]
struct Told {
    in_sync: bool,
    state: String,
    last_exchange: Option<String>,
    certificate_days_left: Option<i64>,
    to_decide: i64,
    rejected: i64,
    conflicts: i64,
    on_their_way: i64,
    kinds: Vec<Kind>,
}

/// A kind of record.
#[derive(Debug, Serialize)]
struct Kind {
    notification: String,
    version: i64,
    compared: Option<String>,
    /// Did both sides hold the same when they were last compared?
    agrees: bool,
    put_right: i32,
}

impl From<&Checked> for Kind {
    fn from(checked: &Checked) -> Self {
        Self {
            notification: checked.notification.clone(),
            version: checked.version,
            compared: checked.checked_at.map(Instant::rfc3339),
            agrees: checked.agrees(),
            put_right: checked.repaired,
        }
    }
}

impl Told {
    fn of(link: &Link, counts: &QueueCounts, kinds: &[Checked], now: Instant) -> Self {
        let is_settled = counts.rejected + counts.conflicts + counts.waiting + counts.approval == 0;
        let agrees = !kinds.is_empty() && kinds.iter().all(Checked::agrees);
        Self {
            in_sync: link.state == LinkState::Up && is_settled && agrees,
            state: link.state.to_string(),
            last_exchange: link.last_exchange_at.map(Instant::rfc3339),
            certificate_days_left: link.certificate_days_left(now),
            to_decide: counts.to_do(),
            rejected: counts.rejected,
            conflicts: counts.conflicts,
            on_their_way: counts.waiting,
            kinds: kinds.iter().map(Kind::from).collect(),
        }
    }

    fn words(&self) {
        println!("in sync: {}", if self.in_sync { "yes" } else { "no" });
        println!("state: {}", self.state);
        println!(
            "last exchange: {}",
            self.last_exchange.as_deref().unwrap_or("never")
        );
        if let Some(days) = self.certificate_days_left {
            println!("certificate: {days} days left");
        }
        println!(
            "queue: {} to decide ({} rejected, {} in conflict), {} on their way",
            self.to_decide, self.rejected, self.conflicts, self.on_their_way
        );
        for kind in &self.kinds {
            let hash = match (&kind.compared, kind.agrees) {
                (None, _) => "not compared yet".to_owned(),
                (Some(at), true) => format!("hashes agree, compared {at}"),
                (Some(at), false) => format!("differed at {at}"),
            };
            let right = match kind.put_right {
                0 => String::new(),
                records => format!(", {records} records put right last"),
            };
            println!(
                "  {:38} version {:>10}  {hash}{right}",
                kind.notification, kind.version
            );
        }
    }
}

/// Tells how the connection stands.
pub(crate) fn run(call: &Status) -> Ended {
    let (location, config) = (call.place.existing()?, call.place.config()?);
    let division = place::division(&location, config.division)?;
    let store = place::open(&location, &config)?;
    if call.check {
        let Some(connector) = serve::connector(&config, &store, &division)? else {
            return Err(Stop::Call(
                "PASI is not configured (pasi.url), so it cannot be asked".to_owned(),
            ));
        };
        wait_for(async move {
            connector.check().await?;
            Ok(())
        })?;
    }
    let permit = Permit::program(&Actor::system(division.division_id, "Command line"))?;
    let (link, counts, kinds) = store.read_now(division.division_id, |at| {
        Ok((pasi::link(at)?, pasi::counts(at, &permit)?, pasi::checked(at)?))
    })?;
    let told = Told::of(&link, &counts, &kinds, store.now());
    if call.json {
        println!("{}", serde_json::to_string(&told).expect("texts are JSON"));
    } else {
        told.words();
        if config.pasi.is_none() && !division.is_practice {
            println!("PASI is not configured (pasi.url)");
        }
    }
    match link.state {
        LinkState::Up | LinkState::Unknown => Ok(()),
        LinkState::Down => Err(Stop::Away(format!(
            "away since {}: {}",
            link.down_since
                .map_or_else(|| "an unknown time".to_owned(), Instant::rfc3339),
            link.last_error
        ))),
        LinkState::Refused => Err(Stop::Problems(format!("PASI refuses us: {}", link.last_error))),
    }
}
