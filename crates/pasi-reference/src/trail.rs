//! The desk's own trail: what was done there, when, and to what. It names the
//! parts that were touched, never what stands in them.

use crate::disposal::{append, entries};
use crate::ministry::Ministry;
use kernel::Instant;
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::io;
use std::path::PathBuf;

/// Something that was done at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// When.
    pub at: Instant,
    /// What, in a word such as `student.phone` or `client.terms`.
    pub what: String,
    /// To what: an ASN, the name of a client, the code of an organization.
    pub about: String,
    /// The parts touched, by their names.
    #[serde(default)]
    pub parts: Vec<String>,
}

impl Ministry {
    fn trail(&self) -> PathBuf {
        self.0.config.folder.join("desk.jsonl")
    }

    /// Everything that was done, the first first.
    pub fn deeds(&self) -> io::Result<Vec<Deed>> {
        entries(&self.trail())
    }

    /// Notes what was done through [`Ministry::outside`]; every other operation
    /// of the desk notes itself. It is done by then: a disk that fails is said
    /// in the log.
    pub fn note(&self, what: &str, about: impl Display, parts: &[&str]) {
        let deed = Deed {
            at: self.now(),
            what: what.to_owned(),
            about: about.to_string(),
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        };
        if let Err(error) = append(&self.trail(), &deed) {
            tracing::error!(%error, what, "the desk could not note what was done");
        }
    }
}
