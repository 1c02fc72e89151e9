//! Where records live. Two engines behind one typed schema: SQLite in a
//! folder, or PostgreSQL by URL.
//!
//! A [`Store`] hands out two things. [`Store::read`] gives a [`Reader`] on a
//! read-only connection. [`Store::write`] gives a [`Tx`]: a transaction that
//! knows the acting person and the time, and that writes the change, its audit
//! rows ([`Tx::record`]) and what others should learn ([`Tx::announce`]) all
//! together or not at all. Nothing remote happens while one is open.
//!
//! Read first: `store.rs`, `tx.rs`, `temporal.rs`.

mod audit;
mod backup;
mod bulk;
mod copy;
mod division;
mod engine;
mod migrate;
mod outbox;
mod seal;
mod store;
mod temporal;
mod tx;

/// The tables.
#[rustfmt::skip]
pub mod schema;

pub use audit::{AuditRow, ChainReport, Subject, verify_chain};
pub use backup::{BackupReport, backup, restore};

pub use bulk::ROWS_A_STATEMENT;
pub use copy::{CopyReport, copy_database};
pub use division::{
    Division, add_division, divisions, set_setting, setting, settings, settings_of, verify_chains,
};
pub use engine::{AnyConnection, Engine, Location};
pub use migrate::{catalogue, key_columns, migrate, pending};
pub use outbox::{OutboxRow, forget_outbox, take_outbox, waiting};
pub use seal::{FieldClass, Sealer};
pub use store::{Lane, Options, Store};
pub use temporal::{Known, known_after};
pub use tx::{Reader, Reading, Tx};
