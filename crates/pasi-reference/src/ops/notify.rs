//! `IsDataAvailable`: the long poll.

use super::read::View;
use crate::access::Caller;
use crate::refusal::fault;
use crate::state::State;
use crate::store::{Audience, RecordKey, Touched, World, is_open};
use crate::trouble::Outage;
use pasi_wire::Fault;
use pasi_wire::hash::version_hash;
use pasi_wire::messages::{
    DataNotificationIdVersion, DataNotificationRequest, DataNotificationRequestTypeInfo,
    DataNotificationResponse, DataNotificationResultTypeInfo,
};
use pasi_wire::window::{PAIRS_PER_RESPONSE, PAIRS_PER_TYPE, Topic, check_wait, synchronized_years};

/// A kind that is asked about, with what the client knows of it.
struct Asked<'a> {
    topic: Topic,
    info: &'a DataNotificationRequestTypeInfo,
    /// Feeds that tell of it to this caller.
    feeds: Vec<Touched>,
    /// Highest version looked at so far.
    seen: i64,
}

/// Waits until something newer exists or the time is over.
pub(super) async fn answer(
    state: &State,
    by: &Caller,
    request: &DataNotificationRequest,
) -> Result<DataNotificationResponse, Fault> {
    check_wait(request.wait_time_in_minutes)?;
    let mut asked = Vec::with_capacity(request.registered_types.len());
    for info in &request.registered_types {
        let topic: Topic = info.notification_type.parse()?;
        asked.push(Asked {
            topic,
            info,
            feeds: feeds_of(by, topic),
            seen: info.max_pasi_core_version,
        });
    }
    if asked.is_empty() {
        return Err(fault(3005, &[("type", "nothing".to_owned())]));
    }
    let minutes = u32::try_from(request.wait_time_in_minutes).unwrap_or(0);
    let deadline = tokio::time::Instant::now() + state.config.poll_minute * minutes;
    let place = state
        .polls
        .join(asked.iter().flat_map(|kind| kind.feeds.clone()).collect());
    let mut stopping = state.is_stopping.subscribe();
    let mut is_first = true;
    loop {
        let node = state.node_version();
        let results = state
            .store
            .read(|world| look(&View { world, by, node }, &mut asked, is_first));
        if !results.is_empty() {
            return Ok(DataNotificationResponse { results });
        }
        is_first = false;
        tokio::select! {
            () = place.woken() => if *state.outage.borrow() == Some(Outage::Fault) {
                return Err(fault(2001, &[]));
            },
            () = tokio::time::sleep_until(deadline) => return Ok(DataNotificationResponse { results }),
            () = crate::server::until(&mut stopping, |is_stopping| *is_stopping) => return Err(fault(2001, &[])),
        }
    }
}

fn feeds_of(by: &Caller, topic: Topic) -> Vec<Touched> {
    if by.is_ministry() || is_open(topic.notification_type) {
        return vec![(topic, Audience::Everyone)];
    }
    let audiences = by.authorities.iter().map(|code| Audience::Authority(*code));
    audiences.map(|audience| (topic, audience)).collect()
}

fn look(from: &View<'_>, asked: &mut [Asked<'_>], with_hash: bool) -> Vec<DataNotificationResultTypeInfo> {
    let mut results = Vec::new();
    let mut room = PAIRS_PER_RESPONSE;
    let years = synchronized_years(from.by.today);
    for kind in asked
        .iter_mut()
        .filter(|kind| kind.topic.year.is_none_or(|year| years.contains(&year)))
    {
        let pairs = newer(from, kind, kind.seen, room.min(PAIRS_PER_TYPE));
        room -= pairs.len();
        let sent_hash = kind
            .info
            .pasi_core_version_hash
            .as_deref()
            .filter(|_| with_hash && pairs.is_empty());
        let is_hash_mismatch = sent_hash.is_some_and(|sent| {
            let all = newer(from, kind, 0, usize::MAX);
            version_hash(all.into_iter().map(|(version, key)| (key.to_string(), version))) != sent
        });
        // What was looked at in vain need not be looked at when woken.
        kind.seen = kind.seen.max(from.node);
        if pairs.is_empty() && !is_hash_mismatch {
            continue;
        }
        results.push(DataNotificationResultTypeInfo {
            notification_type: kind.info.notification_type.clone(),
            id_versions: pairs
                .into_iter()
                .map(|(version, key)| DataNotificationIdVersion {
                    id: key.to_string(),
                    version,
                })
                .collect(),
            is_hash_mismatch,
        });
    }
    results
}

/// Pairs this caller may know of, ascending, at most so many.
fn newer(from: &View<'_>, kind: &Asked<'_>, than: i64, most: usize) -> Vec<(i64, RecordKey)> {
    let View { world, by, node } = *from;
    let is_told =
        |(version, key): &(i64, RecordKey)| *version <= node && may_know(world, by, kind.topic, *key);
    let mut pairs: Vec<(i64, RecordKey)> = match kind.feeds.as_slice() {
        [feed] => world.newer(*feed, than).filter(is_told).take(most).collect(),
        several => {
            let all = several.iter().flat_map(|feed| world.newer(*feed, than));
            all.filter(is_told).collect()
        }
    };
    if kind.feeds.len() > 1 {
        pairs.sort_unstable();
        pairs.dedup();
        pairs.truncate(most);
    }
    pairs
}

/// Associations end; what the feed holds is told while they last. An owner is
/// told of its own always.
fn may_know(world: &World, by: &Caller, topic: Topic, key: RecordKey) -> bool {
    let of = topic.notification_type;
    let is_associated = |asn| by.may_know(world, asn);
    match key {
        _ if by.is_ministry() || is_open(of) => true,
        RecordKey::Student(asn) => is_associated(asn),
        _ => world.about(of, key).is_some_and(|about| {
            let is_ours = about.owner.is_some_and(|owner| by.authorities.contains(&owner));
            is_ours || about.asn.is_some_and(is_associated)
        }),
    }
}
