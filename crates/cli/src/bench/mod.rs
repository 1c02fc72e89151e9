//! How fast and how small the program is, measured on a practice division made
//! for it; each figure beside what the machine can do at best, in the same run.
//!
//! Read first: [`core`] (the order of work), `figure.rs` (value, limit, goal),
//! then one file a group of figures; [`province`] is the same for the connection
//! to the province.

mod attendance;
mod division;
mod figure;
mod file;
mod import;
mod large;
mod loader;
mod memory;
mod pages;
mod process;
mod province;
mod save;
mod site;

pub(crate) use attendance::figures as attendance;
pub(crate) use figure::{Figure, table};
pub(crate) use province::{AskPasi, pasi};

use crate::ending::Stop;
use division::Bench;
use figure::{A_DIVISION, Goal};

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// A further size, at which reading alone is measured.
    pub(crate) students: Option<usize>,
    /// PostgreSQL, with the embedded database beside it.
    pub(crate) database_url: Option<String>,
}

/// The figures of the student record: pages, search, saving, import, start, memory.
///
/// The embedded database is measured at the official counts, and its reading
/// again at a further size. A PostgreSQL database holds one size, the official
/// or the further one; the same is measured on the embedded database first, and
/// stands beside.
pub(crate) async fn core(ask: &Ask) -> Result<Vec<Figure>, Stop> {
    let further = ask.students.filter(|many| *many > A_DIVISION);
    let mut embedded = Measured::default();
    if ask.database_url.is_none() || further.is_none() {
        whole(&mut embedded, None, ask.students.filter(|_| further.is_none())).await?;
    }
    if let Some(many) = further {
        reading(&mut embedded, None, many).await?;
    }
    let Some(url) = ask.database_url.as_deref() else {
        return Ok(embedded.0);
    };
    let mut all = Measured::default();
    match further {
        None => whole(&mut all, Some(url), ask.students).await?,
        Some(many) => reading(&mut all, Some(url), many).await?,
    }
    let all = all.0.into_iter();
    Ok(all.map(|figure| figure.beside(&embedded.0)).collect())
}

/// Everything, at the official counts or with so many students.
async fn whole(all: &mut Measured, url: Option<&str>, students: Option<usize>) -> Result<(), Stop> {
    let bench = Bench::make(url, students).await?;
    let ready = Figure::new("demo ready", bench.ready.as_secs_f64(), "s");
    all.add([ready.goal(Goal::AtMost(20.0))]);
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
    Ok(())
}

/// The automatic loader on a high school.
pub(crate) async fn loader() -> Result<Vec<Figure>, Stop> {
    blocking(loader::figures).await
}

/// A file of so many rows, rehearsed by the program.
pub(crate) async fn import(rows: usize) -> Result<Vec<Figure>, Stop> {
    large::figures(rows).await
}

/// Pages and search among so many students.
async fn reading(all: &mut Measured, url: Option<&str>, students: usize) -> Result<(), Stop> {
    let bench = Bench::make(url, Some(students)).await?;
    all.add(pages::figures(&bench).await?);
    Ok(())
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
