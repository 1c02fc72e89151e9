//! Log lines: JSON on standard error. Standard output is for answers.

use tracing_subscriber::EnvFilter;

/// What is logged when nothing else is said.
pub(crate) const DEFAULT: &str = "info";

/// Begins to log what `filter` lets through, such as `info` or
/// `warn,pasi=debug`. Called once; a second call changes nothing.
pub(crate) fn start(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let started = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .try_init();
    if started.is_err() {
        tracing::debug!("logging had begun already");
    }
}
