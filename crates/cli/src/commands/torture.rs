//! `torture`: writes until killed and says what was acknowledged; for tests of durability.

use super::place::Place;
use crate::demo::DIVISION;
use crate::ending::{Ended, Stop};
use db::{Lane, Store};
use jobs::{Note, Pace, Register, Runner, Task};
use kernel::Actor;
use std::io::Write;
use std::time::Duration;

/// Writes numbered settings, one transaction each.
#[derive(Debug, clap::Args)]
pub(crate) struct Torture {
    #[command(flatten)]
    place: Place,
    /// Say which numbers are there, and end.
    #[arg(long)]
    count: bool,
    /// Do so many jobs, each of which adds one to its own number, and end.
    #[arg(long, value_name = "N", conflicts_with = "count")]
    jobs: Option<u32>,
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
    if let Some(jobs) = call.jobs {
        return super::wait_for(do_jobs(store, jobs));
    }
    let kept = store.read_now(DIVISION, |at| db::settings(at, PREFIX))?;
    let numbers = || {
        kept.iter()
            .filter_map(|(name, _)| name.strip_prefix(PREFIX)?.parse::<u64>().ok())
    };
    let mut out = std::io::stdout().lock();
    if call.count {
        for (name, value) in &kept {
            let name = name.strip_prefix(PREFIX).unwrap_or(name);
            writeln!(out, "{name} {value}").map_err(Stop::io("standard output"))?;
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

/// A job of the queue.
const JOB: &str = "torture.job";

/// Orders the jobs, where they were not, and runs until all are done. Says the
/// number of each while it is under way.
async fn do_jobs(store: Store, jobs: u32) -> Ended {
    let actor = Actor::system(DIVISION, "Torture");
    let ordered = store.read(DIVISION, |at| db::setting(at, JOB)).await?;
    if ordered.is_none() {
        let order = move |tx: &mut db::Tx| {
            for number in 0..jobs {
                jobs::enqueue(tx, JOB, &number)?;
            }
            db::set_setting(tx, JOB, "ordered")
        };
        store.write(&actor, order).await?;
    }
    let work = Task::once(JOB, |tx, run| {
        let number: u32 = run.payload()?;
        let name = format!("{PREFIX}{number}");
        let so_far: u32 = db::setting(tx, &name)?
            .and_then(|text| text.parse().ok())
            .unwrap_or(0);
        db::set_setting(tx, &name, &(so_far + 1).to_string())?;
        println!("{number}");
        Ok(Note::none())
    });
    let pace = Pace {
        lease_seconds: 1,
        ..Pace::default()
    };
    let runner = Runner::new(store.clone(), DIVISION, Register::new().and(work), pace);
    let permit = access::Permit::program(&actor)?;
    loop {
        runner.turn().await?;
        let permit = permit.clone();
        let all = store
            .read(DIVISION, move |at| jobs::overview(at, &permit))
            .await?;
        if all
            .kinds
            .iter()
            .all(|kind| kind.next_at.is_none() && !kind.is_running)
        {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
