//! `bench`: how fast and how small, each figure beside its limit and its goal.

use crate::bench::{self, Ask, AskPasi, Figure};
use crate::ending::{Ended, Stop};
use crate::logs;
use serde::Serialize;
use std::future::Future;

/// Measures in a temporary folder (`TMPDIR` says where) and says what holds.
///
/// A limit is what the machine can do at best, measured in the same run.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Bench {
    /// Student pages, search, saving, import, start, memory.
    Core(Core),
    /// The connection to the province: saves, news, the first load, many who listen.
    Pasi(Pasi),
    /// Rolls: a class saved over HTTP, 32 teachers at once, the board of a large school.
    Attendance(Attendance),
    /// The automatic loader: a high school's requests placed into classes.
    Loader(Loader),
    /// A very large file, rehearsed: time and memory.
    Import(Import),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Attendance {
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Loader {
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
    /// Rows of the file; 100,000 when left away.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    rows: usize,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Core {
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

#[derive(Debug, clap::Args)]
pub(crate) struct Pasi {
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
    /// Students of the division that is loaded for the first time; 8,143 when left away.
    #[arg(long, value_name = "N")]
    students: Option<usize>,
    /// Students of the province; 40,000 when left away, 800,000 for its own size.
    #[arg(long, value_name = "N")]
    province: Option<usize>,
}

/// Prints every figure; problems when a goal does not hold.
pub(crate) fn run(call: Bench) -> Ended {
    logs::start("error");
    match call {
        Bench::Attendance(call) => told(bench::attendance(), call.json),
        Bench::Loader(call) => told(bench::loader(), call.json),
        Bench::Import(call) => told(async move { bench::import(call.rows).await }, call.json),
        Bench::Core(call) => {
            let ask = Ask {
                students: call.students,
                database_url: call.database_url,
            };
            told(async move { bench::core(&ask).await }, call.json)
        }
        Bench::Pasi(call) => {
            let ask = AskPasi {
                students: call.students,
                province: call.province,
            };
            told(async move { bench::pasi(&ask).await }, call.json)
        }
    }
}

fn told(measuring: impl Future<Output = Result<Vec<Figure>, Stop>>, json: bool) -> Ended {
    super::wait_for(async move {
        let figures = measuring.await?;
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
