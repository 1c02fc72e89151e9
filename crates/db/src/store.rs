//! The store: pools, lanes, and the one way in for reading and writing.

use crate::engine::{self, AnyPool, Location};
use crate::seal::{Keyring, Sealer};
use crate::{AnyConnection, Engine, Reader, Tx};
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use kernel::{Actor, Clock, DivisionId, Failure, Instant, Outcome};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Which queue a write stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// A person waits.
    Interactive,
    /// An import, a synchronization; goes in chunks, lets persons pass.
    Batch,
}

/// Sizes of the pools.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Readers at once.
    pub readers: u32,
    /// Writers at once on PostgreSQL; SQLite has one.
    pub writers: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 4,
            writers: 8,
        }
    }
}

/// The records of one or more divisions. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    location: Location,
    clock: Arc<dyn Clock>,
    readers: AnyPool,
    writers: AnyPool,
    batch: AnyPool,
    read_gate: Semaphore,
    write_gate: Semaphore,
    batch_gate: Semaphore,
    keyring: Keyring,
    sealers: RwLock<HashMap<DivisionId, Arc<Sealer>>>,
}

impl Store {
    /// Opens the records at `location`; the schema must be current
    /// ([`crate::migrate`]). `keys` is the folder of the master key, made when
    /// absent; it must not be inside the database.
    ///
    /// Fails as unavailable when the database cannot be reached or the key not read.
    pub fn open(location: &Location, keys: &Path, clock: Arc<dyn Clock>, options: Options) -> Outcome<Self> {
        let sqlite = location.engine() == Engine::Sqlite;
        let writers = if sqlite { 1 } else { options.writers };
        let write_pool = engine::pool(location, writers, false)?;
        let batch = if sqlite {
            write_pool.clone()
        } else {
            engine::pool(location, 2, false)?
        };
        Ok(Self(Arc::new(Inner {
            location: location.clone(),
            clock,
            readers: engine::pool(location, options.readers, true)?,
            writers: write_pool,
            batch,
            read_gate: Semaphore::new(options.readers as usize),
            write_gate: Semaphore::new(writers as usize),
            batch_gate: Semaphore::new(if sqlite { 1 } else { 2 }),
            keyring: Keyring::open(keys)?,
            sealers: RwLock::default(),
        })))
    }

    /// Which engine.
    pub fn engine(&self) -> Engine {
        self.0.location.engine()
    }

    /// Where.
    pub fn location(&self) -> &Location {
        &self.0.location
    }

    /// The clock every transaction takes its time from.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// This moment.
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    /// Reads, on a blocking thread; waits when all readers are busy.
    pub async fn read<T: Send + 'static>(
        &self,
        division: DivisionId,
        work: impl FnOnce(&mut Reader) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let _place = place(&self.0.read_gate).await?;
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_now(division, work))
            .await
            .map_err(|error| panicked(&error))?
    }

    /// Writes as `actor`, on a blocking thread, in the interactive lane.
    /// `work` is run again when another transaction got in its way.
    pub async fn write<T: Send + 'static>(
        &self,
        actor: &Actor,
        work: impl FnMut(&mut Tx) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.write_in(Lane::Interactive, actor, work).await
    }

    /// Writes in the lane.
    pub async fn write_in<T: Send + 'static>(
        &self,
        lane: Lane,
        actor: &Actor,
        work: impl FnMut(&mut Tx) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let _chunk = match lane {
            // Nobody waits for a batch: it may stand in its queue for long.
            Lane::Batch => Some(self.0.batch_gate.acquire().await.map_err(|_| closed())?),
            Lane::Interactive => None,
        };
        // On SQLite a batch chunk takes the one writer's place like anyone, in order of arrival.
        let shared = lane == Lane::Interactive || self.engine() == Engine::Sqlite;
        let _place = if shared {
            Some(place(&self.0.write_gate).await?)
        } else {
            None
        };
        let (store, actor) = (self.clone(), actor.clone());
        tokio::task::spawn_blocking(move || store.write_now(lane, &actor, work))
            .await
            .map_err(|error| panicked(&error))?
    }

    /// Reads on this thread.
    pub fn read_now<T>(
        &self,
        division: DivisionId,
        work: impl FnOnce(&mut Reader) -> Outcome<T>,
    ) -> Outcome<T> {
        let sealer = self.sealer(division)?;
        let mut conn = self.0.readers.get().map_err(|error| away(&error))?;
        // On SQLite everything is read from one snapshot, and the file is locked once, not at every statement.
        let is_one_snapshot = self.engine() == Engine::Sqlite;
        if is_one_snapshot {
            AnyConnection::begin_transaction(&mut *conn)?;
        }
        let done = work(&mut Reader {
            conn: &mut conn,
            division,
            now: self.now(),
            sealer: &sealer,
        });
        if is_one_snapshot {
            roll_back(&mut conn);
        }
        done
    }

    /// Writes on this thread.
    pub fn write_now<T>(
        &self,
        lane: Lane,
        actor: &Actor,
        mut work: impl FnMut(&mut Tx) -> Outcome<T>,
    ) -> Outcome<T> {
        let sealer = self.sealer(actor.division)?;
        let pool = if lane == Lane::Batch {
            &self.0.batch
        } else {
            &self.0.writers
        };
        let has_several_writers = self.engine() == Engine::Postgres;
        let mut tries = 0_u32;
        loop {
            let mut conn = pool.get().map_err(|error| away(&error))?;
            let done = self.attempt(&mut conn, actor, &sealer, &mut work);
            match done {
                Err(failure) if failure.may_run_again() && tries < 6 => {
                    tries += 1;
                    tracing::debug!(tries, "transaction runs again: {}", failure.log_line());
                    std::thread::sleep(Duration::from_millis(10 << tries));
                }
                // A twin of this transaction, such as a form sent twice, was first; now it is seen.
                Err(failure) if failure.is_key_taken() && tries == 0 && has_several_writers => tries += 1,
                other => return other,
            }
        }
    }

    /// Has the engine look at how many rows lie where; to be called when many came at once.
    pub fn take_stock(&self) -> Outcome<()> {
        let mut conn = self.0.batch.get().map_err(|error| away(&error))?;
        Ok(engine::take_stock(&mut conn)?)
    }

    fn attempt<T>(
        &self,
        conn: &mut AnyConnection,
        actor: &Actor,
        sealer: &Sealer,
        work: &mut impl FnMut(&mut Tx) -> Outcome<T>,
    ) -> Outcome<T> {
        begin(conn)?;
        let mut tx = Tx {
            conn,
            actor,
            now: self.now(),
            sealer,
            entries: Vec::new(),
            outbox: Vec::new(),
        };
        let done = work(&mut tx).and_then(|value| tx.finish().map(|()| value));
        match done {
            Ok(value) => match AnyConnection::commit_transaction(conn) {
                Ok(()) => Ok(value),
                Err(error) => {
                    roll_back(conn);
                    Err(error.into())
                }
            },
            Err(failure) => {
                roll_back(conn);
                Err(failure)
            }
        }
    }

    /// The keys of a division, made on first use.
    fn sealer(&self, division: DivisionId) -> Outcome<Arc<Sealer>> {
        if let Some(known) = self
            .0
            .sealers
            .read()
            .ok()
            .and_then(|all| all.get(&division).cloned())
        {
            return Ok(known);
        }
        let mut conn = self.0.writers.get().map_err(|error| away(&error))?;
        let sealer = Arc::new(self.0.keyring.sealer(&mut conn, division, self.now())?);
        if sealer.is_ready()
            && let Ok(mut all) = self.0.sealers.write()
        {
            all.insert(division, Arc::clone(&sealer));
        }
        Ok(sealer)
    }
}

/// How long anyone stands in a queue before being told to try again.
const QUEUE: Duration = Duration::from_secs(15);

/// A place in a queue. Unavailable when all were taken for long.
async fn place(gate: &Semaphore) -> Outcome<tokio::sync::SemaphorePermit<'_>> {
    match tokio::time::timeout(QUEUE, gate.acquire()).await {
        Ok(place) => place.map_err(|_| closed()),
        Err(_) => Err(Failure::Unavailable(
            "every database connection was busy for 15 seconds".to_owned(),
        )),
    }
}

/// SQLite takes the write lock at once, so that no transaction reads first and then finds it taken.
fn begin(conn: &mut AnyConnection) -> Outcome<()> {
    match conn {
        AnyConnection::Sqlite(sqlite) => {
            AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?;
        }
        AnyConnection::Postgres(postgres) => AnsiTransactionManager::begin_transaction(postgres)?,
    }
    Ok(())
}

fn roll_back(conn: &mut AnyConnection) {
    if let Err(error) = AnyConnection::rollback_transaction(conn) {
        // The connection is gone; the pool drops it and the server rolls back by itself.
        tracing::warn!("roll-back: {error}");
    }
}

fn closed() -> Failure {
    Failure::Unavailable("the store is closing".to_owned())
}

fn away(error: &impl std::fmt::Display) -> Failure {
    Failure::Unavailable(format!("database: {error}"))
}

fn panicked(error: &tokio::task::JoinError) -> Failure {
    Failure::Fault(format!("a database task stopped: {error}"))
}
