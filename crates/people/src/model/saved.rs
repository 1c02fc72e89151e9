//! A list kept under a name.

use crate::search::ListQuery;
use kernel::{SavedId, SchoolId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// Who sees a saved list. It keeps the question, never the answer: each
    /// reader's own scope decides which students stand in it.
    pub enum Sharing {
        /// Its maker.
        Own = "own",
        /// Everyone of the staff of a school.
        School = "school",
        /// Everyone of the staff of the division.
        Division = "division",
    }
}

/// What a list shows: the filter, its order, and the columns in theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListView {
    /// Filter and order; the place in the list is not kept.
    pub query: ListQuery,
    /// Words for columns, left to right; empty for the usual ones.
    pub columns: Vec<String>,
}

/// A saved list, as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedList {
    /// The id.
    pub id: SavedId,
    /// The version that a save must name.
    pub version: i64,
    /// Its name, up to 60 letters.
    pub label: String,
    /// Who sees it.
    pub sharing: Sharing,
    /// The school it is shared with.
    pub school: Option<SchoolId>,
    /// What it shows.
    pub view: ListView,
    /// The person may change and delete it.
    pub is_mine: bool,
    /// The person's page opens with it.
    pub is_default: bool,
}

/// A list as it shall be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepList {
    /// Its name.
    pub label: String,
    /// Who sees it.
    pub sharing: Sharing,
    /// The school, when it is shared with one.
    pub school: Option<SchoolId>,
    /// What it shows.
    pub view: ListView,
}
