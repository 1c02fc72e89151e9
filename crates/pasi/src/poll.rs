//! Listens for what changes at PASI: one long poll for all kinds of record,
//! then a read of just what is newer. No timer, no refresh button.

use crate::client::{CallError, CallRecord};
use crate::{Connector, apply, cursor, lag, link, map, mirror};
use kernel::{Failure, Instant, Outcome};
use pasi_wire::messages::{
    DataNotificationIdVersion, DataNotificationRequest, DataNotificationRequestTypeInfo,
    DataNotificationResultTypeInfo,
};
use pasi_wire::window::Topic;
use pasi_wire::{Request, Response, soap};
use std::collections::HashMap;
use std::time::Duration;

/// Longest wait of one long poll, in minutes.
const WAIT_MINUTES: i32 = 1;

/// A topic with what is known of it.
pub(crate) fn known(topic: Topic, version: i64, hash: Option<String>) -> DataNotificationRequestTypeInfo {
    DataNotificationRequestTypeInfo {
        notification_type: topic.to_string(),
        max_pasi_core_version: version,
        pasi_core_version_hash: hash,
    }
}

/// Some of the records PASI told of, as they came.
struct Batch {
    /// PASI's answer and how the call went; none when nothing of them is new to us.
    answer: Option<(Response, CallRecord)>,
    /// How many were asked for.
    asked: usize,
    /// The highest version told of.
    highest: i64,
}

impl Connector {
    /// One long poll; reads what is newer and applies it. Returns how many
    /// records came. `wait` false asks without waiting.
    pub async fn listen(&self, wait: bool) -> Outcome<usize> {
        let topics = self.topics().await?;
        self.leave_years(&topics).await?;
        let (registered, last_exchange) = self
            .store
            .read(self.division, move |at| {
                let registered = topics
                    .into_iter()
                    .map(|topic| Ok(known(topic, cursor::reached(at, topic)?, None)))
                    .collect::<Outcome<Vec<_>>>()?;
                Ok((registered, link::link(at)?.last_exchange_at))
            })
            .await?;
        let (asked, mut came) = (self.store.now(), 0);
        let news = self.ask_for_news(registered, wait).await?;
        let since = lag::told_since(last_exchange, asked, self.store.now());
        for (topic, told) in news {
            came += self.fetch_told(topic, &told.id_versions, Some(since)).await?;
        }
        Ok(came)
    }

    /// Asks what is newer than what is registered, and notes how the connection stands.
    pub(crate) async fn ask_for_news(
        &self,
        registered_types: Vec<DataNotificationRequestTypeInfo>,
        wait: bool,
    ) -> Outcome<Vec<(Topic, DataNotificationResultTypeInfo)>> {
        let minutes = if wait { WAIT_MINUTES } else { 0 };
        let request = Request::IsDataAvailable(DataNotificationRequest {
            caller: self.client.caller(&self.system(), None),
            wait_time_in_minutes: minutes,
            registered_types,
        });
        let (answer, record) = if wait {
            let patience = Duration::from_secs(u64::from(minutes.unsigned_abs()) * 60 + 20);
            self.client.call_within(&request, patience).await
        } else {
            self.client.call(&request).await
        };
        let went = answer.as_ref().map(|_| ()).map_err(Clone::clone);
        if went.is_ok() {
            self.resume();
        }
        self.note(went, if wait { Vec::new() } else { vec![record] })
            .await?;
        if !answer.as_ref().is_err_and(CallError::is_of_the_line) {
            self.compare_clocks_after_a_jump().await?;
        }
        let Ok(Response::IsDataAvailable(news)) = answer else {
            return Err(Failure::Unavailable("PASI does not answer".to_owned()));
        };
        let topic = |told: DataNotificationResultTypeInfo| {
            let parsed = told.notification_type.parse();
            parsed
                .map(|topic| (topic, told))
                .map_err(|_| Failure::Fault("a topic nobody asked for".to_owned()))
        };
        news.results.into_iter().map(topic).collect()
    }

    /// Reads the newer records of a topic, in batches; then moves its cursor.
    /// A batch that stops at a version mismatch leaves the cursor before it:
    /// the next long poll tells again.
    pub(crate) async fn fetch(&self, topic: Topic, pairs: &[DataNotificationIdVersion]) -> Outcome<usize> {
        self.fetch_told(topic, pairs, None).await
    }

    /// [`Self::fetch`] of what PASI told of at a moment, to see how long it takes.
    async fn fetch_told(
        &self,
        topic: Topic,
        pairs: &[DataNotificationIdVersion],
        told: Option<Instant>,
    ) -> Outcome<usize> {
        let mut batches = pairs.chunks(soap::READ_BATCH);
        let mut ahead = self.read_next(topic, batches.next()).await?;
        let mut came = 0;
        while let Some(read) = ahead {
            let asked = read.asked;
            // The next batch travels while this one is written.
            let (given, next) = tokio::join!(
                self.apply(topic, read, told),
                self.read_next(topic, batches.next())
            );
            let given = given?;
            came += given;
            if given < asked {
                return Ok(came);
            }
            ahead = next?;
        }
        Ok(came)
    }

    /// Applies a batch and moves the cursor over it, in one transaction; how many records were given.
    async fn apply(&self, topic: Topic, read: Batch, told: Option<Instant>) -> Outcome<usize> {
        self.write_apply(move |tx| {
            let Some((answer, call)) = &read.answer else {
                cursor::set(tx, topic, read.highest)?;
                return Ok(0);
            };
            link::log_calls(tx, std::slice::from_ref(call))?;
            let given = apply::answer_in(tx, answer, topic.year)?;
            // Who reads a kind for the first time is not late.
            match told.filter(|_| given > 0) {
                Some(since) if cursor::reached(tx, topic)? > 0 => {
                    lag::received(tx, topic.notification_type.as_str(), since, given)?;
                }
                _ => {}
            }
            if given >= read.asked {
                cursor::set(tx, topic, read.highest)?;
            }
            Ok(given)
        })
        .await
    }

    /// Reads those of a batch whose version we do not have yet; nothing without a batch.
    async fn read_next(
        &self,
        topic: Topic,
        batch: Option<&[DataNotificationIdVersion]>,
    ) -> Outcome<Option<Batch>> {
        let Some(batch) = batch else { return Ok(None) };
        let highest = batch.iter().map(|pair| pair.version).max().unwrap_or(0);
        let Some((request, asked)) = self.read_request(topic, batch).await? else {
            let (answer, asked) = (None, 0);
            return Ok(Some(Batch {
                answer,
                asked,
                highest,
            }));
        };
        let (answer, call) = self.client.call(&request).await;
        match answer {
            Ok(answer) => Ok(Some(Batch {
                answer: Some((answer, call)),
                asked,
                highest,
            })),
            Err(error) => {
                self.log(vec![call]).await?;
                Err(Failure::Unavailable(error.line()))
            }
        }
    }

    /// The read of those pairs whose version we do not have yet, and how many they are.
    async fn read_request(
        &self,
        topic: Topic,
        batch: &[DataNotificationIdVersion],
    ) -> Outcome<Option<(Request, usize)>> {
        let (kind, pairs) = (topic.notification_type, batch.to_vec());
        let newer = self
            .store
            .read(self.division, move |at| {
                let keys: Vec<String> = pairs.iter().map(|pair| pair.id.clone()).collect();
                let known: HashMap<String, i64> =
                    mirror::versions_among(at, kind, &keys)?.into_iter().collect();
                let is_newer = |pair: &DataNotificationIdVersion| {
                    known.get(&pair.id).is_none_or(|version| *version < pair.version)
                };
                Ok(pairs.into_iter().filter(is_newer).collect::<Vec<_>>())
            })
            .await?;
        if newer.is_empty() {
            return Ok(None);
        }
        let count = newer.len();
        let caller = self.client.caller(&self.system(), None);
        Ok(Some((map::read_request(kind, &newer, caller)?, count)))
    }

    async fn note(&self, went: Result<(), CallError>, calls: Vec<CallRecord>) -> Outcome<()> {
        if went.is_ok() && calls.is_empty() && self.store.read(self.division, |at| link::is_fresh(at)).await?
        {
            return Ok(()); // a write for every answer of the long poll would tell nobody anything
        }
        let certificate = self.client.expires_at();
        let is_back = self
            .write_apply(move |tx| {
                link::log_calls(tx, &calls)?;
                let is_changed = link::note(tx, went.as_ref().copied(), Some(certificate))?;
                Ok(is_changed && went.is_ok())
            })
            .await?;
        if is_back {
            self.kick();
        }
        Ok(())
    }
}
