//! Which records an authority is told of, in order of their versions.

use super::RecordKey;
use kernel::AuthorityCode;
use pasi_wire::window::Topic;
use std::collections::HashMap;

/// Who is told: one authority, or everybody (the ministry; organizations' own data).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Audience {
    Everyone,
    Authority(AuthorityCode),
}

/// A feed that has something new.
pub(crate) type Touched = (Topic, Audience);

/// Pairs of version and record, ascending. A record that changed again stays
/// at its old place as a stale pair until enough of them are gathered.
#[derive(Debug, Default)]
struct Feed {
    pairs: Vec<(i64, RecordKey)>,
    is_unsorted: bool,
    stale: usize,
}

/// Stale pairs that are borne before a feed is swept.
const STALE_BORNE: usize = 4_096;

#[derive(Debug, Default)]
pub(crate) struct Feeds {
    feeds: HashMap<Touched, Feed>,
    touched: Vec<Touched>,
}

impl Feeds {
    /// Adds a pair; `replaces` when an older pair of the record is in the feed.
    pub(super) fn push(&mut self, at: Touched, version: i64, key: RecordKey, replaces: bool) {
        let feed = self.feeds.entry(at).or_default();
        feed.is_unsorted |= feed.pairs.last().is_some_and(|(last, _)| *last > version);
        feed.pairs.push((version, key));
        feed.stale += usize::from(replaces);
        self.touched.push(at);
    }

    /// Puts every touched feed in order and names them; to be called after
    /// each round of pushes. `is_current` tells stale pairs from live ones.
    pub(super) fn settle(&mut self, is_current: impl Fn(Topic, RecordKey, i64) -> bool) -> Vec<Touched> {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable_by_key(|(topic, audience)| {
            let authority = match audience {
                Audience::Everyone => None,
                Audience::Authority(code) => Some(*code),
            };
            (*topic, authority)
        });
        touched.dedup();
        for at in &touched {
            let Some(feed) = self.feeds.get_mut(at) else {
                continue;
            };
            if feed.is_unsorted {
                feed.pairs.sort_unstable();
                feed.pairs.dedup();
                feed.is_unsorted = false;
            }
            if feed.stale > STALE_BORNE && feed.stale > feed.pairs.len() / 2 {
                feed.pairs
                    .retain(|(version, key)| is_current(at.0, *key, *version));
                feed.stale = 0;
            }
        }
        touched
    }

    /// The pairs newer than a version, stale ones among them, ascending.
    pub(super) fn newer_than(&self, at: Touched, version: i64) -> &[(i64, RecordKey)] {
        let Some(feed) = self.feeds.get(&at) else {
            return &[];
        };
        let first = feed.pairs.partition_point(|(held, _)| *held <= version);
        &feed.pairs[first..]
    }
}
