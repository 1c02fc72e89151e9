//! The province at its own size as a process of its own, and the first page of
//! everything it has.

use super::super::division;
use super::super::figure::{Figure, Goal, millis};
use super::super::process;
use super::ask::Bare;
use crate::ending::Stop;
use kernel::{AuthorityCode, OrganizationCode};
use pasi_reference::NewClient;
use pasi_wire::ClientRole;
use pasi_wire::messages::HelloWorldRequest;
use pasi_wire::window::{NotificationType, Topic};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::process::Child;

/// First pages asked for; the slowest counts.
const PAGES: usize = 3;

/// A province at work.
pub(super) struct Whole {
    child: Child,
    url: String,
    students: usize,
    /// From nothing to a province that answers.
    ready: Duration,
    folder: TempDir,
}

impl Whole {
    /// Makes a province of so many students; ready when it has judged them all.
    pub(super) async fn start(students: usize) -> Result<Self, Stop> {
        let folder = tempfile::tempdir().map_err(Stop::io("temporary folder"))?;
        register(folder.path()).await?;
        let began = Instant::now();
        let further = ["--province", "--students", &students.to_string()].map(str::to_owned);
        let (child, url) = process::province(&folder.path().join("province"), &further).await?;
        let ready = began.elapsed();
        process::calm(child.id()).await?;
        Ok(Self {
            child,
            url,
            students,
            ready,
            folder,
        })
    }

    /// The process.
    pub(super) fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// A client of the practice authority, with connections of its own.
    pub(super) fn division(&self) -> Result<Bare, Stop> {
        let organization = OrganizationCode::Authority(practice::default_authority());
        Bare::new(&self.url, &division_credentials(self.folder.path()), organization)
    }

    /// The first page of all students, as those ask for it who may know the
    /// most: the ministry everybody, the largest authority its own.
    pub(super) async fn figures(&self) -> Result<Vec<Figure>, Stop> {
        let Self { students, folder, .. } = self;
        let made = format!("a province of {students} students, made and ready");
        let mut all = vec![
            Figure::new(made, self.ready.as_secs_f64(), "s"),
            Figure::new("its memory", process::memory(self.pid())?, "MB"),
        ];
        for (who, credentials, organization) in [
            ("the ministry", ministry_credentials(folder.path()), MINISTRY),
            (
                "the largest authority",
                largest_credentials(folder.path()),
                largest(),
            ),
        ] {
            let bare = Bare::new(&self.url, &credentials, organization)?;
            let (limit, page, pairs) = first_page(&bare).await?;
            let name = format!("first page from version 0 for {who} ({pairs} students), limit a call");
            all.push(
                Figure::new(name, millis(page), "ms")
                    .limit(millis(limit))
                    .goal(Goal::AtMost(1_000.0)),
            );
        }
        Ok(all)
    }
}

/// How long a greeting takes and the slowest of some first pages, and how many students such a page tells of.
async fn first_page(bare: &Bare) -> Result<(Duration, Duration, usize), Stop> {
    let hello = HelloWorldRequest {
        caller: bare.caller(),
    };
    bare.call(hello.clone()).await?;
    let began = Instant::now();
    bare.call(hello).await?;
    let limit = began.elapsed();
    let everybody = Topic::of(NotificationType::Student);
    let (mut slowest, mut told) = (Duration::ZERO, 0);
    for _ in 0..PAGES {
        let began = Instant::now();
        let page = bare.newer(&[everybody], 0).await?;
        slowest = slowest.max(began.elapsed());
        told = page.iter().map(|(_, pairs)| pairs.len()).sum();
    }
    if told == 0 {
        return Err(Stop::Problems("the province tells of nobody".to_owned()));
    }
    Ok((limit, slowest, told))
}

/// The authority with the most students.
fn largest() -> OrganizationCode {
    let mut students: BTreeMap<AuthorityCode, u32> = BTreeMap::new();
    for school in practice::open_data::enrolment() {
        *students.entry(school.authority).or_default() += school.total;
    }
    let most = students.into_iter().max_by_key(|(_, students)| *students);
    OrganizationCode::Authority(most.map_or_else(practice::default_authority, |(code, _)| code))
}

/// Whom the ministry's own systems speak for.
const MINISTRY: OrganizationCode = OrganizationCode::Other(1);

fn ministry_credentials(folder: &Path) -> PathBuf {
    folder.join("ministry")
}

fn division_credentials(folder: &Path) -> PathBuf {
    folder.join("division")
}

fn largest_credentials(folder: &Path) -> PathBuf {
    folder.join("largest")
}

/// The clients of a province that is still empty.
async fn register(folder: &Path) -> Result<(), Stop> {
    let server = division::province(folder).await?;
    let authority = OrganizationCode::Authority(practice::default_authority());
    let ministry = NewClient {
        roles: ClientRole::ALL.to_vec(),
        ..NewClient::school_authority("Ministry", MINISTRY)
    };
    for (new, at) in [
        (ministry, ministry_credentials(folder)),
        (
            NewClient::school_authority("Division", authority),
            division_credentials(folder),
        ),
        (
            NewClient::school_authority("Largest", largest()),
            largest_credentials(folder),
        ),
    ] {
        let made = server
            .register(new)
            .map_err(|error| Stop::Away(error.to_string()))?;
        made.save(&at).map_err(Stop::io(at.display()))?;
    }
    let ended = server.shutdown().await;
    ended.map_err(Stop::io("the province's records"))
}
