//! `config`: what can be set, and what is.

use crate::config::{self, Config};
use crate::ending::Ended;
use std::path::PathBuf;

/// The configuration.
#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// Configuration file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Explain every key, its variable and its default.
    #[arg(long)]
    explain: bool,
}

/// Explains, or checks the file and the environment and shows what holds.
pub(crate) fn run(call: &Show) -> Ended {
    if call.explain {
        print!("{}", config::explained());
        return Ok(());
    }
    let config = Config::load(call.config.as_deref())?;
    print!("{}", config.shown());
    Ok(())
}
