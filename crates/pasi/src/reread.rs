//! Everything of a kind read again from PASI because a person wants to be
//! sure: not only what the hash says has drifted. Every copy is replaced by
//! PASI's words of today and compared with ours; what differs stands in the
//! queue to be decided. How far it is stands in the database, so that every
//! page sees it.

use crate::{Connector, apply, cursor, map, mirror};
use access::Permit;
use access::action::SetPasiPolicy;
use db::schema::pasi_cursor;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{Actor, Failure, Outcome};
use pasi_wire::messages::DataNotificationIdVersion;
use pasi_wire::soap;
use pasi_wire::window::Topic;

impl Connector {
    /// Reads everything of a kind again; gives how many records came.
    /// `NotFound` for a kind that is not synchronized, a conflict while another
    /// check runs, `Unavailable` when PASI does not answer: what was read until
    /// then is kept, and the next run begins anew.
    ///
    /// Writes: PASI's copies, differences, audit.
    pub async fn read_again(&self, actor: &Actor, _: &Permit<SetPasiPolicy>, kind: &str) -> Outcome<usize> {
        let topics = self.topics().await?;
        let topic = topics.into_iter().find(|topic| topic.to_string() == kind);
        let topic = topic.ok_or(Failure::NotFound)?;
        let Ok(_only) = self.checking.try_lock() else {
            return Err(Failure::stale("pasi_check", 0, 1));
        };
        let told = self.everything(topic).await?;
        let total = told.len();
        let pairs = told.clone();
        let drifted = self
            .store
            .write(actor, move |tx| {
                tx.record("pasi.read-again", Subject::new("notification", topic), &total);
                set_progress(tx, topic, 0, total)?;
                let drift = mirror::drift(tx, topic, &pairs)?;
                Ok(drift.wrong.len() + drift.gone)
            })
            .await?;
        let mut read = 0;
        for batch in told.chunks(soap::READ_BATCH) {
            read += self.replace(topic, batch, total).await?;
        }
        self.write_apply(move |tx| {
            cursor::set_checked(tx, topic, drifted)?;
            set_progress(tx, topic, total, total)
        })
        .await?;
        Ok(read)
    }

    /// Reads a batch whatever version we hold. What PASI does not give, because
    /// it changed just now, is told by the long poll.
    async fn replace(&self, topic: Topic, batch: &[(String, i64)], total: usize) -> Outcome<usize> {
        let pairs: Vec<DataNotificationIdVersion> = batch
            .iter()
            .map(|(id, version)| DataNotificationIdVersion {
                id: id.clone(),
                version: *version,
            })
            .collect();
        let caller = self.client.caller(&self.system(), None);
        let request = map::read_request(topic.notification_type, &pairs, caller)?;
        let answer = match self.call(request).await? {
            Ok(answer) => answer,
            Err(error) => return Err(Failure::Unavailable(error.line())),
        };
        let asked = batch.len();
        self.write_apply(move |tx| {
            let given = apply::answer_in(tx, &answer, topic.year)?;
            let done = done(tx, topic)? + asked;
            set_progress(tx, topic, done, total)?;
            Ok(given)
        })
        .await
    }
}

fn done(at: &mut impl Reading, topic: Topic) -> Outcome<usize> {
    let division = at.division();
    let done: i32 = pasi_cursor::table
        .find((division, topic.to_string()))
        .select(pasi_cursor::again_done)
        .first(at.conn())?;
    Ok(usize::try_from(done).unwrap_or(0))
}

fn set_progress(tx: &mut Tx, topic: Topic, done: usize, total: usize) -> Outcome<()> {
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    cursor::set(tx, topic, 0)?; // there is a row from now on
    let division = tx.division();
    diesel::update(pasi_cursor::table.find((division, topic.to_string())))
        .set((
            pasi_cursor::again_done.eq(count(done)),
            pasi_cursor::again_total.eq(count(total)),
        ))
        .execute(tx.conn())?;
    Ok(())
}
