//! Reading lists of records with the versions the client expects. How records
//! are read is said here once; who may see one stands with its kind.

use crate::access::Caller;
use crate::store::{Held, Record, Versioned, World};
use pasi_wire::messages::{
    AvailabilityStatus, ReadKey, ReadRequest, RecordStatus, School, SchoolAuthority, SchoolCalendarYear,
    StatusRequest,
};
use uuid::Uuid;

/// What a read looks at.
pub(super) struct View<'a> {
    pub(super) world: &'a World,
    pub(super) by: &'a Caller,
    /// Newest version this node knows.
    pub(super) node: i64,
}

/// A record that can be read.
pub(super) trait Seen: Record {
    /// May the caller know of it? By default of an open kind and of its own
    /// records always, of others' while it is associated with the student.
    fn availability(&self, world: &World, by: &Caller) -> AvailabilityStatus {
        let is_ours = self.school(world).is_some_and(|school| by.owns(world, school));
        match self.asn() {
            _ if Self::IS_OPEN || is_ours || by.is_ministry() => AvailabilityStatus::Normal,
            Some(asn) => by.availability(world, asn),
            None => AvailabilityStatus::NoAccess,
        }
    }
    /// As the caller may see it.
    fn seen_by(&self, _from: &View<'_>) -> Self {
        self.clone()
    }
}

impl Seen for School {}
impl Seen for SchoolAuthority {}
impl Seen for SchoolCalendarYear {}

impl View<'_> {
    /// Answers in the order asked. An expected version that is neither 0 nor
    /// the held one ends the list there: the node may lag behind the one that
    /// told the client, so the client asks again what is new.
    ///
    /// `find` gives the held version (0 for none) and the result.
    pub(super) fn list<Asked, Found>(
        &self,
        asked: &[Asked],
        expected: impl Fn(&Asked) -> i64,
        find: impl Fn(&Asked) -> (i64, Found),
    ) -> Vec<Found> {
        let mut results = Vec::with_capacity(asked.len());
        for one in asked {
            let (held, found) = find(one);
            let wanted = expected(one);
            if wanted != 0 && (wanted != held || wanted > self.node) {
                break;
            }
            results.push(found);
        }
        results
    }

    fn find<T: Seen>(&self, key: T::Key) -> (Option<Held<'_, T>>, AvailabilityStatus) {
        let held = self.world.get::<T>(key);
        let availability = held.as_deref().map_or(AvailabilityStatus::Unknown, |held| {
            held.availability(self.world, self.by)
        });
        (held, availability)
    }
}

/// Reads records in the order asked.
pub(super) fn records<Q>(from: &View<'_>, asked: &Q) -> Q::Response
where
    Q: ReadRequest,
    Q::Record: Seen<Key = <Q::Key as ReadKey>::Name>,
{
    let results = from.list(asked.keys(), ReadKey::expected_version, |key| {
        let (held, availability) = from.find::<Q::Record>(key.name());
        let version = held.as_deref().map_or(0, Versioned::version);
        let record = given(held.as_deref(), availability).map(|held| held.seen_by(from));
        (version, Q::result(key, availability, record))
    });
    Q::response(results)
}

/// Reads the alerts of records in the order asked; the record comes along when
/// it is newer than the client's.
pub(super) fn statuses<Q>(from: &View<'_>, asked: &Q) -> Q::Response
where
    Q: StatusRequest,
    Q::Record: Seen<Key = Uuid>,
{
    let results = from.list(asked.keys(), ReadKey::expected_version, |key| {
        let (held, availability) = from.find::<Q::Record>(key.ref_id);
        let record = given(held.as_deref(), availability);
        let found = from.world.status_of::<Q::Record>(key.ref_id);
        let status = record.map(|record| {
            let nothing = || nothing_found(key.ref_id, record.version());
            found.cloned().unwrap_or_else(nothing)
        });
        let source = record
            .filter(|record| is_newer(key.known_source_version, record.version()))
            .map(|record| record.seen_by(from));
        let version = found.map_or(0, Versioned::version);
        (version, Q::result(key, availability, status, source))
    });
    Q::response(results)
}

fn given<T>(held: Option<&T>, availability: AvailabilityStatus) -> Option<&T> {
    held.filter(|_| availability == AvailabilityStatus::Normal)
}

/// Shall the record come along with its status?
pub(super) fn is_newer(known: i64, held: i64) -> bool {
    known != 0 && held > known
}

/// The status of a record about which nothing was ever found.
fn nothing_found(ref_id: Uuid, source_version: i64) -> RecordStatus {
    RecordStatus {
        ref_id,
        alerts: Vec::new(),
        source_version,
        pasi_core_version: 0,
    }
}
