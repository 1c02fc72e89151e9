//! The server's own records: all in memory, each change first in a journal on disk.

mod academic;
mod commit;
mod draft;
mod feed;
mod following;
mod journal;
mod keep;
mod kinds;
mod people;
mod record;
mod snapshot;
mod table;
mod world;

pub(crate) use commit::{Committed, Store};
pub(crate) use draft::Draft;
pub(crate) use feed::{Audience, Touched};
pub(crate) use kinds::{AnyRecord, is_open};
pub(crate) use people::sound;
pub(crate) use record::{
    Associate, Change, Held, Judged, Kind, Record, RecordKey, StudentRecord, Under, Versioned,
};
pub(crate) use world::World;
