//! The division that is measured: made as the demo makes it, the site in this
//! process, a coordinator signed in.

use crate::demo::{self, DIVISION, Made};
use crate::ending::Stop;
use access::sessions::Stage;
use access::sign_in::{self, Answer};
use axum::Router;
use db::{Lane, Location, Options, Store};
use kernel::{Clock, OrganizationCode, Outcome, StudentId, SystemClock};
use pasi::{Client, Connection, Connector};
use pasi_reference::{NewClient, Server};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A division to measure.
pub(super) struct Bench {
    folder: TempDir,
    /// Its records.
    pub(super) store: Store,
    /// Its site.
    pub(super) router: Router,
    /// The cookie of a coordinator.
    pub(super) cookie: String,
    /// What was made, and how long each part took.
    pub(super) made: Made,
    /// From nothing to a site that answers.
    pub(super) ready: Duration,
    /// Who is in it.
    pub(super) students: Vec<StudentId>,
}

impl Bench {
    /// Makes the division and its province; the province then ends. A wrong
    /// call when the database holds records.
    pub(super) async fn make(url: Option<&str>, students: Option<usize>) -> Result<Self, Stop> {
        Self::make_at(Arc::new(SystemClock), url, students).await
    }

    /// The same, at the time of a clock.
    pub(super) async fn make_at(
        clock: Arc<dyn Clock>,
        url: Option<&str>,
        students: Option<usize>,
    ) -> Result<Self, Stop> {
        let began = Instant::now();
        let folder = tempfile::tempdir().map_err(Stop::io("temporary folder"))?;
        let store = open_at(&Location::new(folder.path(), url), folder.path(), clock.clone())?;
        let server = province_at(folder.path(), clock).await?;
        let made_in = store.clone();
        let (made, server) = super::blocking(move || {
            let made = demo::make(&made_in, &server, students)?;
            Ok((made, server))
        })
        .await?;
        let connector = connector(&store, &server, &folder.path().join("pasi-sis"))?;
        let site = web::Site {
            sends_mail: false,
            address: String::new(),
            division: DIVISION,
            name: "Practice division".to_owned(),
            is_practice: true,
            is_secure: false,
            shows_components: false,
            relying_party: None,
            idle_minutes: access::sessions::IDLE_MINUTES,
        };
        let app = web::App::new(store.clone(), Some(connector), site, String::new);
        let router = web::router(app);
        let ready = began.elapsed();
        server
            .shutdown()
            .await
            .map_err(Stop::io("the province's records"))?;
        Ok(Self {
            cookie: sign_in(&store)?,
            students: store.read_now(DIVISION, everyone)?,
            folder,
            store,
            router,
            made,
            ready,
        })
    }

    /// Its folder.
    pub(super) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// So many of its students, spread evenly over all.
    pub(super) fn some(&self, many: usize) -> Vec<StudentId> {
        let apart = (self.students.len() / many).max(1);
        self.students.iter().copied().step_by(apart).take(many).collect()
    }
}

pub(super) fn open(location: &Location, folder: &Path) -> Result<Store, Stop> {
    open_at(location, folder, Arc::new(SystemClock))
}

fn open_at(location: &Location, folder: &Path, clock: Arc<dyn Clock>) -> Result<Store, Stop> {
    db::migrate(location)?;
    if !db::divisions(location)?.is_empty() {
        return Err(Stop::Call(
            "the database holds records; measuring wants an empty one".to_owned(),
        ));
    }
    let keys: PathBuf = folder.join("keys");
    Ok(Store::open(location, &keys, clock, Options::default())?)
}

pub(super) async fn province(folder: &Path) -> Result<Server, Stop> {
    province_at(folder, Arc::new(SystemClock)).await
}

async fn province_at(folder: &Path, clock: Arc<dyn Clock>) -> Result<Server, Stop> {
    let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let config = pasi_reference::Config::new(folder.join("province"), anywhere, clock);
    pasi_reference::serve(config)
        .await
        .map_err(|error| Stop::Away(error.to_string()))
}

/// A connector that is not started: pages show its state, nothing runs beside what is measured.
pub(super) fn connector(store: &Store, server: &Server, credentials: &Path) -> Result<Connector, Stop> {
    let organization = OrganizationCode::Authority(practice::default_authority());
    server
        .register(NewClient::school_authority("Lodgepole", organization))
        .map_err(|error| Stop::Away(error.to_string()))?
        .save(credentials)
        .map_err(Stop::io(credentials.display()))?;
    let connection = Connection {
        url: server.url(),
        credentials: credentials.to_owned(),
        organization,
    };
    let client = Client::new(connection, Arc::new(SystemClock)).map_err(|error| Stop::Away(error.line()))?;
    Ok(Connector::new(store.clone(), client, DIVISION))
}

/// Where requests of this process and of this machine come from.
const IP: &str = "127.0.0.1";

fn sign_in(store: &Store) -> Result<String, Stop> {
    let stranger = sign_in::stranger(DIVISION, IP);
    let answer = store.write_now(Lane::Interactive, &stranger, |tx| {
        sign_in::practice(tx, "coordinator")
    })?;
    match answer {
        Answer::Go(token, Stage::Full) => Ok(format!("lodgepole={}", token.as_str())),
        other => Err(Stop::Problems(format!("signing in answered {other:?}"))),
    }
}

pub(super) fn everyone(at: &mut db::Reader) -> Outcome<Vec<StudentId>> {
    use db::Reading;
    use db::schema::student_card;
    use diesel::prelude::*;
    Ok(student_card::table
        .filter(student_card::division_id.eq(at.division()))
        .order(student_card::sort_name)
        .select(student_card::student_id)
        .load(at.conn())?)
}
