//! Long polls: who sleeps, and what wakes them.

use crate::store::Touched;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

#[derive(Debug)]
struct Sleeper {
    number: u64,
    feeds: Vec<Touched>,
    wake: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Sleepers {
    next: u64,
    all: Vec<Sleeper>,
}

/// The calls that wait for news.
#[derive(Debug, Default)]
pub(crate) struct Polls(Mutex<Sleepers>);

/// A place among the sleepers, left when dropped.
pub(crate) struct Place<'a> {
    polls: &'a Polls,
    number: u64,
    wake: Arc<Notify>,
}

impl Polls {
    /// To be woken from now on when one of the feeds has something new; to be
    /// called before looking, so that nothing falls between.
    pub(crate) fn join(&self, feeds: Vec<Touched>) -> Place<'_> {
        let mut sleepers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, wake) = (sleepers.next, Arc::new(Notify::new()));
        sleepers.next += 1;
        sleepers.all.push(Sleeper {
            number,
            feeds,
            wake: Arc::clone(&wake),
        });
        Place {
            polls: self,
            number,
            wake,
        }
    }

    /// Wakes those who wait for one of these feeds.
    pub(crate) fn wake(&self, touched: &[Touched]) {
        let sleepers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for sleeper in &sleepers.all {
            if sleeper.feeds.iter().any(|feed| touched.contains(feed)) {
                sleeper.wake.notify_one();
            }
        }
    }

    /// Wakes everybody.
    pub(crate) fn wake_all(&self) {
        let sleepers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sleepers.all.iter().for_each(|sleeper| sleeper.wake.notify_one());
    }

    /// How many wait now.
    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).all.len()
    }
}

impl Place<'_> {
    /// Waits for news.
    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut sleepers = self.polls.0.lock().unwrap_or_else(PoisonError::into_inner);
        sleepers.all.retain(|sleeper| sleeper.number != self.number);
    }
}
