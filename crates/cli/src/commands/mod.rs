//! What the program can do: the command line, and one file a command.

mod audit;
mod backup;
mod bench;
mod config;
mod demo;
mod desk;
mod division;
mod doctor;
mod export;
mod import;
mod migrate;
mod pasi;
mod place;
mod reference;
mod serve;
mod torture;
mod user;

use crate::ending::{Ended, Stop};
use clap::{Parser, Subcommand};
use std::future::Future;

/// The student information system of a school division, live with the province.
#[derive(Debug, Parser)]
#[command(name = "lodgepole", version, about, propagate_version = true)]
pub(crate) struct Call {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a practice division with invented students, the province beside it.
    Demo(demo::Demo),
    /// Run a division.
    Serve(serve::Serve),
    /// Run the PASI reference server alone.
    PasiReference(reference::Reference),
    /// Look at the connection to the province.
    #[command(subcommand)]
    Pasi(pasi::Pasi),
    /// Bring the schema up to date.
    Migrate(migrate::Migrate),
    /// Divisions of the database.
    #[command(subcommand)]
    Division(division::Division),
    /// Accounts, from the command line: the first director, lost passwords.
    #[command(subcommand)]
    User(user::User),
    /// The audit.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Read a file into the records: a rehearsal, unless `--run` says otherwise.
    Import(Box<import::Import>),
    /// Write every record of a kind into a file that `import` reads back.
    Export(export::Export),
    /// Copy all records into a folder, and check the copy.
    Backup(backup::Backup),
    /// Copy a backup into an empty place, and check it.
    Restore(backup::Restore),
    /// Copy all records from one engine to the other.
    CopyDb(backup::CopyDb),
    /// Measure speed and memory.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Say in words what is wrong.
    Doctor(doctor::Doctor),
    /// The configuration: what can be set, and what is.
    Config(config::Show),
    /// Write settings until killed, for tests of durability.
    #[command(hide = true)]
    Torture(torture::Torture),
}

/// Does what was asked.
pub(crate) fn run(call: Call) -> Ended {
    match call.command {
        Command::Demo(call) => demo::run(call),
        Command::Serve(call) => serve::run(&call),
        Command::PasiReference(call) => reference::run(call),
        Command::Pasi(call) => pasi::run(call),
        Command::Migrate(call) => migrate::run(&call),
        Command::Division(call) => division::run(call),
        Command::User(call) => user::run(call),
        Command::Audit(call) => audit::run(&call),
        Command::Import(call) => import::run(&call),
        Command::Export(call) => export::run(&call),
        Command::Backup(call) => backup::backup(&call),
        Command::Restore(call) => backup::restore(&call),
        Command::CopyDb(call) => backup::copy(&call),
        Command::Bench(call) => bench::run(call),
        Command::Doctor(call) => doctor::run(&call),
        Command::Config(call) => config::run(&call),
        Command::Torture(call) => torture::run(&call),
    }
}

/// Runs a command that waits for the network.
fn wait_for<F: Future<Output = Ended>>(work: F) -> Ended {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Stop::io("threads"))?;
    let ended = runtime.block_on(work);
    // A thread that waits for a database which never answers must not keep the program from ending.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    ended
}
