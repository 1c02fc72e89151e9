//! Have both sides the same? PASI is told a hash of every version we hold;
//! where it holds others, everything of that kind is compared and what differs
//! is read again. Silent drift is found so: a notification that never came, a
//! mirror put back from an older copy. Daily, and when a person asks.

use crate::poll::known;
use crate::{Connector, cursor, mirror};
use db::Subject;
use kernel::{Failure, Outcome};
use pasi_wire::hash::version_hash;
use pasi_wire::messages::DataNotificationIdVersion;
use pasi_wire::window::{PAIRS_PER_TYPE, Topic};

/// What a check came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// Records that were newer and came as usual.
    pub came: usize,
    /// Kinds of record whose hash did not agree, with how many records were put right.
    pub repaired: Vec<(Topic, usize)>,
}

impl Check {
    /// Records put right altogether.
    pub fn put_right(&self) -> usize {
        self.repaired.iter().map(|(_, records)| records).sum()
    }
}

/// Rounds after which a kind that keeps changing is left for the next check.
const ROUNDS: usize = 3;

impl Connector {
    /// Asks PASI now: what is newer, whether both sides hold the same, and what
    /// its clock says. `Unavailable` when PASI does not answer; a conflict while
    /// another check runs.
    pub async fn check(&self) -> Outcome<Check> {
        let Ok(_only) = self.checking.try_lock() else {
            return Err(Failure::stale("pasi_check", 0, 1));
        };
        let mut check = Check {
            came: self.listen(false).await?,
            ..Check::default()
        };
        self.compare_clocks().await?;
        let mut open = self.topics().await?;
        for _ in 0..ROUNDS {
            open = self.compare(open, &mut check).await?;
            if open.is_empty() {
                break;
            }
        }
        Ok(check)
    }

    /// Compares topics by hash and repairs them; gives those of which PASI had
    /// newer records meanwhile, so that their hash was not judged.
    async fn compare(&self, topics: Vec<Topic>, check: &mut Check) -> Outcome<Vec<Topic>> {
        let asked = topics.clone();
        let registered = self
            .store
            .read(self.division, move |at| {
                asked
                    .into_iter()
                    .map(|topic| {
                        let hash = version_hash(mirror::held(at, topic)?);
                        Ok(known(topic, cursor::reached(at, topic)?, Some(hash)))
                    })
                    .collect::<Outcome<Vec<_>>>()
            })
            .await?;
        let mut unjudged = Vec::new();
        let mut agree = topics;
        for (topic, told) in self.ask_for_news(registered, false).await? {
            agree.retain(|asked| *asked != topic);
            if told.is_hash_mismatch {
                let records = self.resolve(topic).await?;
                check.repaired.push((topic, records));
            } else {
                check.came += self.fetch(topic, &told.id_versions).await?;
                unjudged.push(topic);
            }
        }
        self.write_apply(move |tx| {
            agree
                .iter()
                .try_for_each(|topic| cursor::set_checked(tx, *topic, 0))
        })
        .await?;
        Ok(unjudged)
    }

    /// Compares everything of a topic and reads what differs again; gives how
    /// many records were put right.
    async fn resolve(&self, topic: Topic) -> Outcome<usize> {
        let told = self.everything(topic).await?;
        let pairs = told.clone();
        let drift = self
            .write_apply(move |tx| mirror::drift(tx, topic, &pairs))
            .await?;
        let wrong: Vec<DataNotificationIdVersion> = drift
            .wrong
            .into_iter()
            .map(|(id, version)| DataNotificationIdVersion { id, version })
            .collect();
        self.fetch(topic, &wrong).await?;
        let records = wrong.len() + drift.gone;
        self.write_apply(move |tx| {
            cursor::set_checked(tx, topic, records)?;
            tx.record("pasi.repair", Subject::new("notification", topic), &records);
            Ok(())
        })
        .await?;
        tracing::warn!(%topic, records, "PASI's copies had drifted and were read again");
        Ok(records)
    }

    /// Every key and version of a topic, page by page.
    pub(crate) async fn everything(&self, topic: Topic) -> Outcome<Vec<(String, i64)>> {
        let (mut all, mut from) = (Vec::new(), 0);
        loop {
            let page = self.ask_for_news(vec![known(topic, from, None)], false).await?;
            let pairs = page.into_iter().flat_map(|(_, told)| told.id_versions);
            let before = all.len();
            all.extend(pairs.map(|pair| (pair.id, pair.version)));
            from = all.last().map_or(from, |(_, version)| *version);
            if all.len() - before < PAIRS_PER_TYPE {
                return Ok(all);
            }
        }
    }
}
