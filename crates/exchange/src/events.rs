//! What others may learn happened; read from the outbox by topic.

use crate::model::{Kind, Totals};
use serde::{Deserialize, Serialize};

/// Topic: a file was written to the records. Subject `import`.
pub const IMPORT_APPLIED: &str = "import.applied";

/// Topic: a file was taken back. Subject `import`.
pub const IMPORT_UNDONE: &str = "import.undone";

/// Payload of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// What it held.
    pub kind: Kind,
    /// Rows by what became of them.
    pub totals: Totals,
}
