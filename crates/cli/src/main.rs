//! `lodgepole`: the one program. Reads the command line, does one command,
//! answers with an exit code: 0 done, 1 the work found problems, 2 the call was
//! wrong, 3 something is away.
//!
//! Read first: `commands/mod.rs` (what it can do), `config/mod.rs` (what it is
//! told), `demo/mod.rs` (the practice division).

mod bench;
mod commands;
mod config;
mod demo;
mod ending;
mod logs;
mod site;
mod tls;

use clap::Parser;
use std::process::ExitCode;

/// A page is made of thousands of small texts; the C library's allocator took a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Clap itself answers a wrong call with exit code 2.
    let call = commands::Call::parse();
    ending::code(commands::run(call))
}
