//! `bench`: how fast and how small, each figure beside its limit and its goal.

use crate::bench::{self, Ask, Figure};
use crate::ending::{Ended, Stop};
use crate::logs;
use serde::Serialize;

/// Measures in a temporary folder (`TMPDIR` says where) and says what holds.
///
/// A limit is what the machine can do at best, measured in the same run.
#[derive(Debug, clap::Args)]
pub(crate) struct Bench {
    /// What is measured.
    name: Name,
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
    /// Measure reading again with so many students, 10,001 or more; fewer are measured in place of a division's.
    #[arg(long, value_name = "N")]
    students: Option<usize>,
    /// Measure an empty PostgreSQL database, with the embedded one beside it. It holds one size:
    /// with `--students` of 10,001 or more, reading alone is measured.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Name {
    /// Student pages, search, saving, import, start, memory.
    Core,
}

/// Prints every figure; problems when a goal does not hold.
pub(crate) fn run(call: Bench) -> Ended {
    logs::start("error");
    let Bench {
        name: Name::Core,
        json,
        students,
        database_url,
    } = call;
    super::wait_for(async move {
        let figures = bench::core(&Ask {
            students,
            database_url,
        })
        .await?;
        if json {
            let line = serde_json::to_string(&Told { figures: &figures });
            println!("{}", line.expect("texts and finite numbers are JSON"));
        } else {
            print!("{}", bench::table(&figures));
        }
        let missed = figures.iter().filter(|figure| !figure.holds).count();
        if missed == 0 {
            return Ok(());
        }
        Err(Stop::Problems(format!(
            "{missed} of {} figures miss their goal",
            figures.len()
        )))
    })
}

#[derive(Serialize)]
struct Told<'a> {
    figures: &'a [Figure],
}
