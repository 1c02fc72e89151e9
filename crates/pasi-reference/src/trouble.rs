//! Trouble on purpose, so that clients can be seen to bear it.

use serde::{Deserialize, Serialize};

/// How the server is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// Connections are closed at once.
    Refuse,
    /// Every call is answered with fault 2001.
    Fault,
}

/// What is wrong now. Nothing by default. `?wsdl`, `/healthz` and the console
/// are spared, except while connections are refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Trouble {
    /// Is the server away?
    pub outage: Option<Outage>,
    /// Every call takes this much longer, in milliseconds.
    pub latency_ms: u64,
    /// So many calls end without an answer, before anything is done.
    pub drop_calls: u32,
    /// So many calls are done, and then end without an answer.
    pub lose_answers: u32,
    /// So many calls are done, and then answered with something that is not SOAP.
    pub garbage_answers: u32,
    /// This node does not learn of anything new: sent versions newer than it
    /// knows end in 9014, reads of newer records stop, notifications are silent.
    pub is_lagging: bool,
}

/// Trouble as it stands, with what must be remembered of it.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    pub(crate) now: Trouble,
    /// Newest version the node knows while it lags.
    pub(crate) lags_at: Option<i64>,
}

/// What happens to one call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    pub(crate) outage: Option<Outage>,
    pub(crate) latency_ms: u64,
    pub(crate) is_dropped: bool,
    pub(crate) is_answer_lost: bool,
    pub(crate) is_garbage: bool,
    pub(crate) lags_at: Option<i64>,
}

impl Troubles {
    /// Sets what is wrong from now on; `version` is the newest there is.
    pub(crate) fn set(&mut self, trouble: Trouble, version: i64) {
        self.lags_at = trouble.is_lagging.then(|| self.lags_at.unwrap_or(version));
        self.now = trouble;
    }

    /// What happens to the next call; counts down.
    pub(crate) fn next(&mut self) -> Fate {
        let is_dropped = count_down(&mut self.now.drop_calls);
        let is_answer_lost = !is_dropped && count_down(&mut self.now.lose_answers);
        Fate {
            outage: self.now.outage,
            latency_ms: self.now.latency_ms,
            is_dropped,
            is_answer_lost,
            is_garbage: !is_dropped && !is_answer_lost && count_down(&mut self.now.garbage_answers),
            lags_at: self.lags_at,
        }
    }
}

fn count_down(left: &mut u32) -> bool {
    let is_one = *left > 0;
    *left = left.saturating_sub(1);
    is_one
}
