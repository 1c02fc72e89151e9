//! What an operation is handed: a reader, or a transaction.

use crate::AnyConnection;
use crate::audit::{self, Entry, Subject};
use crate::outbox;
use crate::seal::{FieldClass, Sealer};
use diesel::connection::TransactionManager;
use kernel::{Actor, Date, DivisionId, Instant, Outcome};
use serde::Serialize;

/// What reading needs; a [`Reader`] and a [`Tx`] both give it.
pub trait Reading {
    /// The connection.
    fn conn(&mut self) -> &mut AnyConnection;
    /// The division whose rows may be seen.
    fn division(&self) -> DivisionId;
    /// This moment, as the program was told it.
    fn now(&self) -> Instant;
    /// Opens and seals sensitive fields.
    fn sealer(&self) -> &Sealer;
    /// Today in Alberta.
    fn today(&self) -> Date {
        self.now().date()
    }
}

/// A read-only view of one division.
pub struct Reader<'c> {
    pub(crate) conn: &'c mut AnyConnection,
    pub(crate) division: DivisionId,
    pub(crate) now: Instant,
    pub(crate) sealer: &'c Sealer,
}

impl Reading for Reader<'_> {
    fn conn(&mut self) -> &mut AnyConnection {
        self.conn
    }
    fn division(&self) -> DivisionId {
        self.division
    }
    fn now(&self) -> Instant {
        self.now
    }
    fn sealer(&self) -> &Sealer {
        self.sealer
    }
}

/// A transaction of one acting person.
///
/// Audit rows are gathered and written just before the commit, so that the
/// head of the chain is locked for as short as can be.
pub struct Tx<'c> {
    pub(crate) conn: &'c mut AnyConnection,
    pub(crate) actor: &'c Actor,
    pub(crate) now: Instant,
    pub(crate) sealer: &'c Sealer,
    pub(crate) entries: Vec<Entry>,
    pub(crate) outbox: Vec<outbox::NewRow>,
}

impl Reading for Tx<'_> {
    fn conn(&mut self) -> &mut AnyConnection {
        self.conn
    }
    fn division(&self) -> DivisionId {
        self.actor.division
    }
    fn now(&self) -> Instant {
        self.now
    }
    fn sealer(&self) -> &Sealer {
        self.sealer
    }
}

impl Tx<'_> {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        self.actor
    }
    /// Writes an audit row with this transaction: `action` is a verb phrase
    /// such as `enrolment.withdraw`; `detail` holds old and new values, and
    /// never an unsealed sensitive one.
    pub fn record(&mut self, action: &str, subject: Subject, detail: &impl Serialize) {
        self.entries.push(Entry::new(action, subject, detail));
    }
    /// Tells others, through the outbox, with this transaction. `topic` names
    /// the event, such as `enrolment.changed`; the acting person goes with it.
    pub fn announce(&mut self, topic: &str, subject: &Subject, payload: &impl Serialize) {
        let row = outbox::NewRow::new(self.now, self.actor, topic, subject, payload);
        self.outbox.push(row);
    }
    /// Seals a sensitive text of a field class.
    pub fn seal(&self, class: FieldClass, text: &str) -> Outcome<Vec<u8>> {
        self.sealer.seal(class, text)
    }
    /// Runs `work` in a savepoint: when it fails, what it wrote, recorded and
    /// announced is taken back, and the rest of this transaction stands.
    pub fn attempt<T>(&mut self, work: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        let mark = self.savepoint()?;
        match work(self) {
            Ok(value) => {
                AnyConnection::commit_transaction(self.conn)?;
                Ok(value)
            }
            Err(failure) => {
                self.back_to(mark)?;
                Err(failure)
            }
        }
    }
    /// Runs `work` in a savepoint and takes everything it did back; what it
    /// answered is what the same work would answer in earnest.
    pub fn rehearse<T>(&mut self, work: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        let mark = self.savepoint()?;
        let answer = work(self);
        self.back_to(mark)?;
        answer
    }
    /// Begins a savepoint; how much was recorded and announced before it.
    fn savepoint(&mut self) -> Outcome<(usize, usize)> {
        AnyConnection::begin_transaction(self.conn)?;
        Ok((self.entries.len(), self.outbox.len()))
    }
    fn back_to(&mut self, (entries, outbox): (usize, usize)) -> Outcome<()> {
        AnyConnection::rollback_transaction(self.conn)?;
        self.entries.truncate(entries);
        self.outbox.truncate(outbox);
        Ok(())
    }
    pub(crate) fn finish(&mut self) -> Outcome<()> {
        outbox::insert(self.conn, std::mem::take(&mut self.outbox))?;
        audit::append(self.conn, self.actor, self.now, std::mem::take(&mut self.entries))
    }
}
