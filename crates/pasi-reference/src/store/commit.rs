//! One writer at a time: decide on the world, append to the journal, change
//! the memory, wait for the disk.

use super::journal::{Journal, Synced, Syncer};
use super::{Change, Draft, Judged, Touched, World, snapshot};
use crate::StartError;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

/// A journal above this many bytes becomes a snapshot at the next start.
const JOURNAL_BORNE: u64 = 32 * 1024 * 1024;

struct Kept {
    world: World,
    journal: Journal,
    generation: u64,
}

/// The records on disk and in memory.
pub(crate) struct Store {
    folder: PathBuf,
    kept: RwLock<Kept>,
    syncer: Arc<Syncer>,
    _lock: File,
}

/// What a commit came to.
pub(crate) struct Committed<T> {
    pub(crate) value: T,
    /// Feeds that have something new.
    pub(crate) touched: Vec<Touched>,
    /// Records the status processors look at again.
    pub(crate) judged: Vec<Judged>,
    /// To be awaited before anyone is told.
    pub(crate) durable: Durable,
}

/// The moment from which a commit outlives a loss of power.
pub(crate) struct Durable {
    ticket: u64,
    synced: tokio::sync::watch::Receiver<Synced>,
}

impl Durable {
    /// Waits; `false` when the disk failed.
    pub(crate) async fn wait(mut self) -> bool {
        let ticket = self.ticket;
        let reached = self.synced.wait_for(|synced| match synced {
            Synced::UpTo(done) => *done >= ticket,
            Synced::Failed => true,
        });
        reached.await.is_ok_and(|synced| *synced != Synced::Failed)
    }
}

impl Store {
    /// Opens the folder for this process alone and reads what is kept.
    pub(crate) fn open(folder: &Path) -> Result<Self, StartError> {
        std::fs::create_dir_all(folder).map_err(StartError::io(folder.display().to_string()))?;
        let lock = File::create(folder.join("lock")).map_err(StartError::io("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => StartError::InUse(folder.to_owned()),
            TryLockError::Error(source) => StartError::io("lock")(source),
        })?;
        let syncer = Syncer::start().map_err(StartError::io("journal thread"))?;
        let (world, journal, generation) = snapshot::restore(folder, &syncer)?;
        let store = Self {
            folder: folder.to_owned(),
            kept: RwLock::new(Kept {
                world,
                journal,
                generation,
            }),
            syncer,
            _lock: lock,
        };
        let is_long = store.read_kept().journal.len() > JOURNAL_BORNE;
        if is_long {
            store.snapshot().map_err(StartError::io("snapshot"))?;
        }
        Ok(store)
    }

    /// Reads; writers wait meanwhile, so the closure is brief.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.read_kept().world)
    }

    fn read_kept(&self) -> RwLockReadGuard<'_, Kept> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides and changes in one step. Nothing is changed when the journal
    /// cannot be written.
    pub(crate) fn commit<T>(&self, decide: impl FnOnce(&mut Draft<'_>) -> T) -> io::Result<Committed<T>> {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let mut draft = Draft::new(&kept.world);
        let value = decide(&mut draft);
        let changes = draft.into_changes();
        let mut ticket = 0;
        let mut touched = Vec::new();
        let judged = changes.iter().flat_map(Change::to_judge).collect();
        if !changes.is_empty() {
            ticket = kept.journal.append(&changes)?;
            kept.world.apply_all(changes);
            touched = kept.world.settle();
        }
        Ok(Committed {
            value,
            touched,
            judged,
            durable: Durable {
                ticket,
                synced: self.syncer.watch(),
            },
        })
    }

    /// Takes many records in at once and writes them as a snapshot; safe on
    /// disk when it returns. `fill` is given a copy of the records: when it
    /// fails, nothing has changed. Nobody is answered meanwhile.
    pub(crate) fn load<T, E: From<io::Error>>(
        &self,
        fill: impl FnOnce(&mut World) -> Result<T, E>,
    ) -> Result<(T, Vec<Touched>), E> {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let mut world = World::default();
        world.apply_all(kept.world.everything());
        let value = fill(&mut world)?;
        let touched = world.settle();
        let before = std::mem::replace(&mut kept.world, world);
        if let Err(error) = self.rotate(&mut kept) {
            kept.world = before;
            return Err(error.into());
        }
        Ok((value, touched))
    }

    /// Writes a snapshot, so that the next start is quick.
    pub(crate) fn snapshot(&self) -> io::Result<()> {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        self.rotate(&mut kept)
    }

    fn rotate(&self, kept: &mut Kept) -> io::Result<()> {
        let (journal, generation) =
            snapshot::rotate(&self.folder, &kept.world, kept.generation, &self.syncer)?;
        kept.journal = journal;
        kept.generation = generation;
        Ok(())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.syncer.stop();
    }
}
