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
    /// So many calls go well before one is dropped, lost, garbled or cut off.
    pub spared_calls: u32,
    /// So many calls end without an answer, before anything is done.
    pub drop_calls: u32,
    /// So many calls are done, and then end without an answer.
    pub lose_answers: u32,
    /// So many calls are done, and then answered with something that is not SOAP.
    pub garbage_answers: u32,
    /// So many calls are done, and their answer breaks off in the middle.
    pub cut_answers: u32,
    /// So many submits find that somebody else saved the same record just before (3004).
    pub race_submits: u32,
    /// This node does not learn of anything new: sent versions newer than it
    /// knows end in 9014, reads of newer records stop, notifications are silent.
    pub is_lagging: bool,
}

impl Trouble {
    /// Is anything wrong?
    pub fn is_any(&self) -> bool {
        *self != Self::default()
    }
}

/// Trouble as it stands, with what must be remembered of it.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    pub(crate) now: Trouble,
    /// Newest version the node knows while it lags.
    pub(crate) lags_at: Option<i64>,
}

/// How one call ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    /// As it should.
    #[default]
    Answered,
    /// Nothing is done, and no answer comes.
    Dropped,
    /// It is done, and no answer comes.
    Lost,
    /// It is done, and something else answers.
    Garbage,
    /// It is done, and the answer breaks off.
    Cut,
}

/// What happens to one call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    pub(crate) outage: Option<Outage>,
    pub(crate) latency_ms: u64,
    pub(crate) ending: Ending,
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
        let now = &mut self.now;
        let is_spared = count_down(&mut now.spared_calls);
        let counted = [
            (&mut now.drop_calls, Ending::Dropped),
            (&mut now.lose_answers, Ending::Lost),
            (&mut now.garbage_answers, Ending::Garbage),
            (&mut now.cut_answers, Ending::Cut),
        ];
        // One trouble a call: the next kind counts down only when the one before it is over.
        let ending = counted
            .into_iter()
            .filter(|_| !is_spared)
            .find_map(|(left, ending)| count_down(left).then_some(ending));
        Fate {
            outage: self.now.outage,
            latency_ms: self.now.latency_ms,
            ending: ending.unwrap_or_default(),
            lags_at: self.lags_at,
        }
    }

    /// Does somebody else save first? Counts down.
    pub(crate) fn race(&mut self) -> bool {
        count_down(&mut self.now.race_submits)
    }
}

fn count_down(left: &mut u32) -> bool {
    let is_one = *left > 0;
    *left = left.saturating_sub(1);
    is_one
}
