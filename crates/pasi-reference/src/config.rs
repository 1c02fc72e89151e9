//! What the server is started with.

use kernel::{Asn, Clock};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What the server is started with.
#[derive(Clone)]
pub struct Config {
    /// Where it keeps its records, clients and certificates; made when missing.
    pub folder: PathBuf,
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Names and addresses its certificate answers to, besides `localhost`, `127.0.0.1` and `::1`.
    pub names: Vec<String>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Answer the JSON console under `/console/api`, to loopback addresses alone.
    pub console: bool,
    /// First ASN of the pool new students get theirs from.
    pub first_asn: Asn,
    /// How long a submit waits for a version this node does not know (9014).
    pub version_wait: Duration,
    /// Length of the minute in which clients count their long polls; shorter in tests.
    pub poll_minute: Duration,
}

impl Config {
    /// A server on that address, with the province's own times.
    pub fn new(folder: impl Into<PathBuf>, listen: SocketAddr, clock: Arc<dyn Clock>) -> Self {
        Self {
            folder: folder.into(),
            listen,
            names: Vec::new(),
            clock,
            console: false,
            first_asn: Asn::from_number(999_600_001).expect("nine digits"),
            version_wait: Duration::from_secs(5),
            poll_minute: Duration::from_mins(1),
        }
    }
}

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder cannot be read or written, or the address is taken.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// What the machine said.
        source: std::io::Error,
    },
    /// Another server uses the folder.
    #[error("another server uses {0}")]
    InUse(PathBuf),
    /// The kept records cannot be read; the place is named.
    #[error("the kept records cannot be read: {0}")]
    Corrupt(String),
    /// The certificates cannot be read or made.
    #[error(transparent)]
    Pki(#[from] crate::PkiError),
    /// The certificate of the server does not fit its key.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
}

impl StartError {
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
