//! The last calls, by their `ClientMessageID`; no names, no birth dates.

use kernel::Instant;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many are kept.
const KEPT: usize = 2_000;

/// A call, as both sides' logs know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// When it came.
    pub at: Instant,
    /// The client's name; empty when its certificate was refused.
    pub client: String,
    /// Whom it spoke for; empty when that was not read.
    pub organization: String,
    /// The operation; empty when it was not read.
    pub operation: String,
    /// The client's message id; empty when it was not read.
    pub message_id: String,
    /// `ok`, `rejected 3004`, `fault 1007` …
    pub outcome: String,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Calls(Mutex<VecDeque<Call>>);

impl Calls {
    pub(crate) fn add(&self, call: Call) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(call);
    }
    /// The latest last.
    pub(crate) fn all(&self) -> Vec<Call> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().cloned().collect()
    }
}
