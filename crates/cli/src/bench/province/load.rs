//! The first load of a division: our records are there, as an import left
//! them, and nothing was ever heard from the province. SIS and province are
//! processes of their own on the same cores.

use super::super::figure::{Figure, Goal};
use super::super::process::{self, Sis};
use super::super::{blocking, division};
use super::ask::{Bare, Pairs};
use crate::demo::{self, DIVISION};
use crate::ending::Stop;
use db::schema::{pasi_cursor, pasi_mirror};
use db::{Lane, Location, Reading, Store, Tx};
use diesel::prelude::*;
use kernel::{Actor, OrganizationCode, Outcome};
use pasi_wire::soap::READ_BATCH;
use pasi_wire::window::Topic;
use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often the SIS is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// Longest time without anything new.
const PATIENCE: Duration = Duration::from_mins(2);

/// What the first load of a division took.
pub(super) struct Load {
    students: usize,
    /// Records the province told of.
    records: usize,
    took: Duration,
    /// Reading the same records with a bare client.
    bare: Duration,
    /// The most memory of SIS and province, in MB.
    memory: (f64, f64),
}

impl Load {
    /// Makes a division of so many students, and loads it.
    pub(super) async fn measured(students: usize) -> Result<Self, Stop> {
        let folder = tempfile::tempdir().map_err(Stop::io("temporary folder"))?;
        let data = folder.path();
        let store = made(data, students).await?;
        let (mut province, url) = process::province(&data.join("province"), &[]).await?;
        process::calm(province.id()).await?;
        let organization = OrganizationCode::Authority(practice::default_authority());
        let bare = Bare::new(&url, &data.join("pasi-sis"), organization)?;
        let began = Instant::now();
        let told = read_all(&bare).await?;
        let bare = began.elapsed();
        let (mut sis, _) = Sis {
            data,
            database_url: None,
            pasi: &url,
        }
        .start()?;
        let began = Instant::now();
        until_read(&store, &told).await?;
        let took = began.elapsed();
        let memory = (
            process::most_memory(sis.id())?,
            process::most_memory(province.id())?,
        );
        for child in [&mut sis, &mut province] {
            child.kill().await.map_err(Stop::io("a process"))?;
        }
        let records = told.iter().map(|(_, pairs)| pairs.len()).sum();
        Ok(Self {
            students,
            records,
            took,
            bare,
            memory,
        })
    }

    pub(super) fn figures(&self) -> Vec<Figure> {
        let Self {
            students, records, ..
        } = self;
        let rate = |took: Duration| number(*records) / took.as_secs_f64();
        let memory = |of: &str, most: f64| {
            let name = format!("most memory of the {of} in that load, {students} students");
            Figure::new(name, most, "MB").goal(Goal::AtMost(600.0))
        };
        vec![
            Figure::new(
                format!("first load of {students} students, limit a bare client"),
                rate(self.took),
                "records/s",
            )
            .limit(rate(self.bare))
            .goal(Goal::AtLeast(2_000.0)),
            memory("SIS", self.memory.0),
            memory("province", self.memory.1),
        ]
    }

    /// What one record costs, held against a smaller division.
    pub(super) fn beside(&self, smaller: &Self) -> Figure {
        let cost = |load: &Self| load.took.as_secs_f64() * 1e6 / number(load.records);
        let name = format!(
            "cost of a record, {} students beside {}",
            self.students, smaller.students
        );
        Figure::new(name, cost(self), "µs")
            .limit(cost(smaller))
            .goal(Goal::TimesLimit(1.2))
    }
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// The division and its province in a folder, the province ended, nothing of it heard yet.
async fn made(data: &Path, students: usize) -> Result<Store, Stop> {
    let store = division::open(&Location::new(data, None), data)?;
    let server = division::province(data).await?;
    let made_in = store.clone();
    let server = blocking(move || {
        demo::make(&made_in, &server, Some(students))?;
        made_in.write_now(Lane::Batch, &Actor::system(DIVISION, "Measuring"), forget)?;
        made_in.take_stock()?;
        Ok(server)
    })
    .await?;
    drop(division::connector(&store, &server, &data.join("pasi-sis"))?);
    server.settled().await;
    let ended = server.shutdown().await;
    ended.map_err(Stop::io("the province's records"))?;
    Ok(store)
}

/// As before the first exchange with the province.
fn forget(tx: &mut Tx) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(pasi_mirror::table.filter(pasi_mirror::division_id.eq(division))).execute(tx.conn())?;
    diesel::delete(pasi_cursor::table.filter(pasi_cursor::division_id.eq(division))).execute(tx.conn())?;
    Ok(())
}

/// Reads everything the province tells a division of, as the SIS will.
async fn read_all(bare: &Bare) -> Result<Vec<(Topic, Pairs)>, Stop> {
    let topics = pasi::topics_on(kernel::Clock::now(&kernel::SystemClock).date());
    let mut all = Vec::new();
    for topic in topics {
        let mut pairs = Pairs::new();
        loop {
            let from = pairs.last().map_or(0, |pair| pair.version);
            let page = bare.newer(&[topic], from).await?;
            let Some((_, page)) = page.into_iter().next() else {
                break;
            };
            for batch in page.chunks(READ_BATCH) {
                bare.call(pasi::read_request(topic.notification_type, batch, bare.caller())?)
                    .await?;
            }
            pairs.extend(page);
        }
        all.push((topic, pairs));
    }
    Ok(all)
}

/// Waits until everything that was told is read.
async fn until_read(store: &Store, told: &[(Topic, Pairs)]) -> Result<(), Stop> {
    let wanted: Vec<(String, i64)> = told
        .iter()
        .filter_map(|(topic, pairs)| Some((topic.to_string(), pairs.last()?.version)))
        .collect();
    let (mut before, mut moved) = (HashMap::new(), Instant::now());
    loop {
        let checked = store.read(DIVISION, |at| pasi::checked(at)).await?;
        let now: HashMap<String, i64> = checked
            .into_iter()
            .map(|one| (one.notification, one.version))
            .collect();
        if wanted
            .iter()
            .all(|(topic, version)| now.get(topic) >= Some(version))
        {
            return Ok(());
        }
        if now != before {
            (before, moved) = (now, Instant::now());
        }
        if moved.elapsed() > PATIENCE {
            return Err(Stop::Problems("the SIS stopped reading".to_owned()));
        }
        tokio::time::sleep(LOOK).await;
    }
}
