//! Work that is done later, or each day at an hour.
//!
//! A [`Task`] says what a kind of job does; a [`Register`] holds the tasks of
//! a program; a [`Runner`] leases jobs of those kinds from the table `job`,
//! runs them, and tries again what failed. Any number of programs may run on
//! one database: a job of a day has an id made of its kind and its day, so it
//! is there once, and a lease is taken by one.
//!
//! What a task does in [`Task::once`] happens exactly once: its writes and the
//! end of the job are one transaction. What it does in [`Task::steps`] or
//! [`Task::remote`] may happen again after a kill, and must bear that.
//!
//! Read first: `register.rs`, `schedule.rs`, `rules.rs`, `runner.rs`.

mod model;
mod ops;
mod register;
mod rules;
mod runner;
mod schedule;
mod store;
mod work;

pub use model::{Job, JobState, KindLine, Note, Overview};
pub use ops::{Order, enqueue, enqueue_at, forget_old, order, overview};
pub use register::{Register, Task};
pub use rules::TRIES;
pub use runner::{Pace, Runner, Running};
pub use schedule::{Schedule, Slot};
pub use work::{Run, Work};
