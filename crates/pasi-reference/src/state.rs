//! What all calls share.

use crate::access::Caller;
use crate::calls::Calls;
use crate::clients::Registry;
use crate::code_tables::CodeTables;
use crate::config::Config;
use crate::images::Images;
use crate::pki::Pki;
use crate::polls::Polls;
use crate::processor::Queue;
use crate::refusal::fault;
use crate::store::{Committed, Draft, Store};
use crate::trouble::{Fate, Troubles};
use pasi_wire::Fault;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

/// What all calls share.
pub(crate) struct State {
    pub(crate) config: Config,
    pub(crate) store: Store,
    pub(crate) images: Arc<Images>,
    pub(crate) registry: Registry,
    pub(crate) pki: Pki,
    pub(crate) polls: Polls,
    pub(crate) queue: Queue,
    pub(crate) calls: Calls,
    pub(crate) troubles: Mutex<Troubles>,
    pub(crate) codes: RwLock<CodeTables>,
    pub(crate) outage: tokio::sync::watch::Sender<Option<crate::trouble::Outage>>,
    pub(crate) is_stopping: tokio::sync::watch::Sender<bool>,
}

/// One submit, being decided.
pub(crate) struct Submit<'a, 'w> {
    pub(crate) draft: &'a mut Draft<'w>,
    pub(crate) by: &'a Caller,
    /// Newest version this node knows.
    pub(crate) node: i64,
    /// The code tables and school years as they are now.
    pub(crate) codes: &'a CodeTables,
}

/// How often a submit looks whether the version it waits for has come.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

impl State {
    /// What happens to the next call.
    pub(crate) fn fate(&self) -> Fate {
        self.troubles
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .next()
    }

    /// Does somebody else save the record of the next submit first?
    pub(crate) fn is_raced(&self) -> bool {
        self.troubles
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .race()
    }

    /// The code tables as they are now.
    pub(crate) fn code_tables(&self) -> RwLockReadGuard<'_, CodeTables> {
        self.codes.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Newest version this node knows; less than there is while it lags.
    pub(crate) fn node_version(&self) -> i64 {
        let lags_at = self
            .troubles
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .lags_at;
        lags_at.unwrap_or_else(|| self.store.read(crate::store::World::version))
    }

    /// Decides a submit, makes it durable, then tells those who wait.
    ///
    /// `sent` is the version in the request: one this node does not know yet is
    /// waited for. Fault 4001 when the disk fails.
    pub(crate) async fn submit<T>(
        &self,
        by: &Caller,
        sent: i64,
        decide: impl FnOnce(&mut Submit<'_, '_>) -> T,
    ) -> Result<T, Fault> {
        self.await_version(sent).await;
        let lags_at = self
            .troubles
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .lags_at;
        let committed = self.store.commit(|draft| {
            let node = lags_at.unwrap_or_else(|| draft.world.version());
            let codes = &*self.code_tables();
            decide(&mut Submit {
                draft,
                by,
                node,
                codes,
            })
        });
        self.told(committed).await
    }

    /// Saves, as somebody else, whatever records `decide` would change, as they
    /// stand: the submit that follows comes too late.
    pub(crate) async fn save_before(
        &self,
        by: &Caller,
        decide: impl FnOnce(&mut Submit<'_, '_>),
    ) -> Result<(), Fault> {
        let committed = self.store.commit(|draft| {
            let (world, codes) = (draft.world, &*self.code_tables());
            let mut rehearsal = Draft::new(world);
            decide(&mut Submit {
                draft: &mut rehearsal,
                by,
                node: world.version(),
                codes,
            });
            for change in rehearsal.into_changes() {
                if let Some(standing) = world.standing(&change) {
                    draft.put(standing);
                }
            }
        });
        self.told(committed).await
    }

    /// Waits until a commit is on disk, then tells those who wait for what it
    /// changed and has it judged. Fault 4001 when the disk fails.
    pub(crate) async fn told<T>(&self, committed: std::io::Result<Committed<T>>) -> Result<T, Fault> {
        let committed = committed.map_err(|error| {
            tracing::error!(%error, "a commit could not be written");
            fault(4001, &[])
        })?;
        if !committed.durable.wait().await {
            return Err(fault(4001, &[]));
        }
        self.polls.wake(&committed.touched);
        self.queue.put(committed.judged);
        Ok(committed.value)
    }

    async fn await_version(&self, sent: i64) {
        let patience = tokio::time::Instant::now() + self.config.version_wait;
        while sent > self.node_version() && tokio::time::Instant::now() < patience {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }
}
