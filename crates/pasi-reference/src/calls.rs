//! The last calls, by their `ClientMessageID`; no names, no birth dates. What
//! travelled is kept of the latest alone, in memory, where there is a console.

use hyper::body::Bytes;
use kernel::Instant;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many are kept.
const KEPT: usize = 2_000;
/// Of how many the envelopes are kept.
const KEPT_WHOLE: usize = 200;
/// Largest envelope that is kept, in bytes.
const LARGEST: usize = 256 * 1024;

/// A call, as both sides' logs know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Its number since the server started, from 1.
    pub number: u64,
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
    #[serde(skip)]
    pub(crate) request: Bytes,
    #[serde(skip)]
    pub(crate) answer: Bytes,
}

impl Call {
    /// A call that came at a moment, of which nothing is known yet.
    pub(crate) fn at(at: Instant) -> Self {
        Self {
            number: 0,
            at,
            client: String::new(),
            organization: String::new(),
            operation: String::new(),
            message_id: String::new(),
            outcome: "dropped".to_owned(),
            milliseconds: 0,
            request: Bytes::new(),
            answer: Bytes::new(),
        }
    }
    /// What was sent; empty when it is no longer kept, or never was.
    pub fn request(&self) -> String {
        String::from_utf8_lossy(&self.request).into_owned()
    }
    /// What was answered; empty when it is no longer kept, or never was.
    pub fn answer(&self) -> String {
        String::from_utf8_lossy(&self.answer).into_owned()
    }
    /// Did it end as the client wished?
    pub fn is_ok(&self) -> bool {
        self.outcome == "ok"
    }
    fn forget_envelopes(&mut self) {
        (self.request, self.answer) = (Bytes::new(), Bytes::new());
    }
}

#[derive(Debug, Default)]
struct Kept {
    calls: VecDeque<Call>,
    last: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Calls(Mutex<Kept>);

impl Calls {
    /// Adds a call and numbers it.
    pub(crate) fn add(&self, mut call: Call) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        call.number = kept.last;
        if call.request.len().max(call.answer.len()) > LARGEST {
            call.forget_envelopes();
        }
        if kept.calls.len() == KEPT {
            kept.calls.pop_front();
        }
        kept.calls.push_back(call);
        let whole = kept.calls.len().checked_sub(KEPT_WHOLE + 1);
        if let Some(old) = whole.and_then(|at| kept.calls.get_mut(at)) {
            old.forget_envelopes();
        }
    }
    /// The latest last.
    pub(crate) fn all(&self) -> Vec<Call> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.calls.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_has_a_number_and_the_latest_are_whole() {
        let calls = Calls::default();
        for _ in 0..KEPT + 5 {
            let mut call = Call::at(Instant::from_micros(0));
            call.request = Bytes::from_static(b"<request/>");
            calls.add(call);
        }
        let kept = calls.all();
        assert_eq!((kept[0].number, kept.len()), (6, KEPT));
        let whole = kept.iter().filter(|call| !call.request().is_empty());
        assert_eq!(whole.count(), KEPT_WHOLE);
        assert_eq!(kept[KEPT - 1].request(), "<request/>");
    }

    #[test]
    fn an_envelope_too_large_to_keep_leaves_its_call() {
        let calls = Calls::default();
        let mut call = Call::at(Instant::from_micros(0));
        call.answer = Bytes::from(vec![b'x'; LARGEST + 1]);
        calls.add(call);
        assert_eq!((calls.all().len(), calls.all()[0].answer()), (1, String::new()));
    }
}
