//! How fast and how small the program is, measured on a practice division made
//! for it; each figure beside what the machine can do at best, in the same run.
//!
//! Read first: [`core`] (the order of work), `figure.rs` (value, limit, goal),
//! then one file a group of figures.

mod division;
mod figure;
mod file;
mod import;
mod memory;
mod pages;
mod save;
mod site;

pub(crate) use figure::{Figure, table};

use crate::ending::Stop;
use division::Bench;
use figure::Goal;

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// A further size; the one size of a PostgreSQL database.
    pub(crate) students: Option<usize>,
    /// PostgreSQL in place of a folder.
    pub(crate) database_url: Option<String>,
}

/// The figures of the student record: pages, search, saving, import, start, memory.
///
/// A folder is measured at the official counts, and its reading again at a
/// further size; a PostgreSQL database at the one size it is asked for.
pub(crate) async fn core(ask: &Ask) -> Result<Vec<Figure>, Stop> {
    let url = ask.database_url.as_deref();
    let first = if url.is_some() { ask.students } else { None };
    let bench = Bench::make(url, first).await?;
    let mut all = Measured::default();
    all.add([Figure::new("demo ready", bench.ready.as_secs_f64(), "s").goal(Goal::AtMost(20.0))]);
    all.add(pages::figures(&bench).await?);
    let bench = blocking(move || {
        let mut figures = save::figures(&bench)?;
        figures.extend(import::figures(&bench)?);
        figures.push(file::figure(&bench)?);
        Ok((bench, figures))
    });
    let (bench, figures) = bench.await?;
    all.add(figures);
    all.add(site::figures(&bench, url).await?);
    drop(bench);
    if url.is_none() && ask.students.is_some() {
        let larger = Bench::make(None, ask.students).await?;
        all.add(pages::figures(&larger).await?);
    }
    Ok(all.0)
}

/// What was measured so far. Measuring a large division takes long, so each
/// figure is told on standard error as soon as it is known.
#[derive(Default)]
struct Measured(Vec<Figure>);

impl Measured {
    fn add(&mut self, figures: impl IntoIterator<Item = Figure>) {
        let known = self.0.len();
        self.0.extend(figures);
        for figure in &self.0[known..] {
            eprintln!("{figure}");
        }
    }
}

/// Runs `work` on a thread that may block.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Stop> + Send + 'static,
) -> Result<T, Stop> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Stop::Problems(format!("measuring: {error}")))?
}
