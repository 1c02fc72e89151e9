//! A division at work with its province beside it: the connector runs, nobody
//! else is there.

use super::super::{blocking, division};
use super::ask::Bare;
use crate::demo::{self, DIVISION};
use crate::ending::Stop;
use db::{Location, Store};
use kernel::{Asn, OrganizationCode, StudentId};
use pasi::{Connector, Running};
use pasi_reference::Server;
use std::time::Duration;
use tempfile::TempDir;

/// A division at work.
pub(super) struct Live {
    /// Its records.
    pub(super) store: Store,
    /// Its connector, started.
    pub(super) connector: Connector,
    /// The province.
    pub(super) server: Server,
    /// A client beside it, with the same credentials.
    pub(super) bare: Bare,
    /// Who is in it.
    pub(super) students: Vec<(StudentId, Asn)>,
    running: Running,
    _folder: TempDir,
}

impl Live {
    /// Makes the division and begins to send and to listen.
    pub(super) async fn start(students: usize) -> Result<Self, Stop> {
        let folder = tempfile::tempdir().map_err(Stop::io("temporary folder"))?;
        let store = division::open(&Location::new(folder.path(), None), folder.path())?;
        let server = division::province(folder.path()).await?;
        let made_in = store.clone();
        let server = blocking(move || {
            demo::make(&made_in, &server, Some(students))?;
            Ok(server)
        })
        .await?;
        let credentials = folder.path().join("pasi-sis");
        let connector = division::connector(&store, &server, &credentials)?;
        let organization = OrganizationCode::Authority(practice::default_authority());
        let bare = Bare::new(&server.url(), &credentials, organization)?;
        server.settled().await;
        let running = connector.start();
        let students = store.read_now(DIVISION, numbered)?;
        let live = Self {
            store,
            connector,
            server,
            bare,
            students,
            running,
            _folder: folder,
        };
        live.listens().await;
        Ok(live)
    }

    /// Waits until the long poll stands.
    pub(super) async fn listens(&self) {
        while self.server.polls() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// So many of its students, spread evenly over all.
    pub(super) fn some(&self, many: usize) -> impl Iterator<Item = (StudentId, Asn)> {
        let apart = (self.students.len() / many).max(1);
        self.students.iter().copied().step_by(apart).take(many)
    }

    /// Ends both sides.
    pub(super) async fn stop(self) -> Result<(), Stop> {
        self.running.stop().await;
        let ended = self.server.shutdown().await;
        ended.map_err(Stop::io("the province's records"))
    }
}

/// Students with their numbers, by name.
fn numbered(at: &mut db::Reader) -> kernel::Outcome<Vec<(StudentId, Asn)>> {
    use db::Reading;
    use db::schema::student_card;
    use diesel::prelude::*;
    let all: Vec<(StudentId, Option<Asn>)> = student_card::table
        .filter(student_card::division_id.eq(at.division()))
        .order(student_card::sort_name)
        .select((student_card::student_id, student_card::asn))
        .load(at.conn())?;
    Ok(all
        .into_iter()
        .filter_map(|(student, asn)| Some((student, asn?)))
        .collect())
}
