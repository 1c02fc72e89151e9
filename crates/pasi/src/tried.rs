//! What was sent of an item and not answered, so that PASI's copy can be asked
//! whether it arrived also after the record was changed once more.

use crate::map;
use pasi_wire::Request;
use pasi_wire::messages::CreateStudentRequest;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Contents remembered of one item; a record is seldom changed more often while PASI is away.
const MOST: usize = 16;

/// The tries whose outcome nobody knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tried {
    /// The print of each content that was sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    prints: Vec<Uuid>,
    /// A creation as it was sent first. It is sent again like that whatever was
    /// changed since: under another name PASI would make a second student. The
    /// change follows by its own item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    creation: Option<Box<CreateStudentRequest>>,
}

impl Tried {
    pub(crate) fn is_nothing(&self) -> bool {
        self.prints.is_empty() && self.creation.is_none()
    }
    /// The creation that may have arrived.
    pub(crate) fn creation(&self) -> Option<&CreateStudentRequest> {
        self.creation.as_deref()
    }
    /// Notes what is about to be sent; says whether that is news.
    pub(crate) fn note(&mut self, request: &Request) -> bool {
        if let Request::CreateStudent(asked) = request {
            let is_first = self.creation.is_none();
            self.creation.get_or_insert_with(|| Box::new(asked.clone()));
            return is_first;
        }
        let print = map::told(request).map(|told| print(&told));
        let news = print.filter(|print| !self.prints.contains(print));
        self.prints.extend(news);
        let over = self.prints.len().saturating_sub(MOST);
        self.prints.drain(..over);
        news.is_some()
    }
    /// Was just this sent?
    pub(crate) fn has(&self, held: &serde_json::Value) -> bool {
        self.prints.contains(&print(held))
    }
}

/// A name for a content that tells nothing of it.
fn print(content: &serde_json::Value) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, content.to_string().as_bytes())
}
