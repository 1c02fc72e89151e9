//! The connector at work: one task sends, one listens.

use crate::{Connector, backoff, queue};
use kernel::{Outcome, SectionId, StudentId};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A connector at work; stops when told or dropped.
pub struct Running {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Running {
    /// Stops sending and listening; a call under way is cut off, and its item is free again after its lease.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        self.tasks.abort_all();
        while self.tasks.join_next().await.is_some() {}
    }
}

/// How often waiting items whose time has come are looked for without being told.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

impl Connector {
    /// Begins to send and to listen.
    pub fn start(&self) -> Running {
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        tasks.spawn(self.clone().sending(stopped.clone()));
        tasks.spawn(self.clone().listening(stopped));
        Running { stop, tasks }
    }

    async fn sending(self, stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            let done = async {
                self.intake().await?;
                self.send_due().await
            };
            if let Err(failure) = done.await {
                tracing::warn!("PASI queue: {}", failure.log_line());
            }
            let _ = tokio::time::timeout(LOOK_AGAIN, self.kicked.notified()).await;
        }
    }

    async fn listening(self, stopped: watch::Receiver<bool>) {
        let mut failures = 0_u32;
        while !*stopped.borrow() {
            // After a failure it asks without waiting: a line that is back is known at once.
            match self.listen(failures == 0).await {
                Ok(_) => failures = 0,
                Err(failure) => {
                    failures = failures.saturating_add(1);
                    tracing::debug!("PASI long poll: {}", failure.log_line());
                    tokio::time::sleep(backoff::poll_wait(failures, backoff::chance())).await;
                }
            }
        }
    }

    /// Waits until nothing of a student is on its way, or `patience` is over;
    /// says whether it settled. For the page after a save.
    pub async fn settle_student(&self, student: StudentId, patience: Duration) -> Outcome<bool> {
        self.settle_of(patience, move |at| queue::of_student(at, student))
            .await
    }

    /// [`Self::settle_student`] for a section: for the section itself, for a
    /// place in it waits until it is there.
    pub async fn settle_section(&self, section: SectionId, patience: Duration) -> Outcome<bool> {
        self.settle_of(patience, move |at| queue::of_record(at, None, section.uuid()))
            .await
    }

    async fn settle_of(
        &self,
        patience: Duration,
        of: impl Fn(&mut db::Reader) -> Outcome<Vec<queue::Item>> + Clone + Send + 'static,
    ) -> Outcome<bool> {
        self.kick();
        let settled = async {
            loop {
                let told = self.settled.notified();
                let of = of.clone();
                let open = self
                    .store
                    .read(self.division, move |at| {
                        let events = db::waiting(at, crate::intake::TOPICS)?;
                        let items = of(at)?;
                        let away = matches!(
                            crate::link(at)?.state,
                            crate::LinkState::Down | crate::LinkState::Refused
                        );
                        let moving = items.iter().any(|item| {
                            matches!(item.state, crate::ItemState::Waiting | crate::ItemState::Sending)
                        });
                        Ok(!away && (events > 0 || moving))
                    })
                    .await?;
                if !open {
                    return Ok(());
                }
                let _ = tokio::time::timeout(Duration::from_millis(50), told).await;
            }
        };
        match tokio::time::timeout(patience, settled).await {
            Ok(done) => done.map(|()| true),
            Err(_) => Ok(false),
        }
    }
}
