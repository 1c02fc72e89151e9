//! What can be wrong with an envelope, and the fault that answers it.

use std::fmt;

/// One failed structural check of one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// Where, from the request inwards: `Address.Street`.
    pub path: String,
    /// Which check failed, in words.
    pub check: String,
}

impl Defect {
    /// A defect of the element being read; its path grows as the reader leaves.
    pub fn here(check: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            check: check.into(),
        }
    }
    /// The same defect, seen from the element around it.
    #[must_use]
    pub fn within(mut self, name: &str) -> Self {
        self.path = match self.path.as_str() {
            "" => name.to_owned(),
            inner => format!("{name}.{inner}"),
        };
        self
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.path, self.check)
    }
}

/// Why bytes are not a request or a response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Longer than the cap; the call dies without a PASI code.
    #[error("{size} bytes are more than the {limit} allowed")]
    TooLarge {
        /// What came.
        size: usize,
        /// What is allowed.
        limit: usize,
    },
    /// Not well-formed, or with a document type, or too deep: 3001.
    #[error("not an acceptable XML document: {0}")]
    Malformed(String),
    /// Well-formed, but not of this contract: 3001.
    #[error("does not match the schema: {0}")]
    Schema(Defect),
    /// Of this contract, but badly structured: 3002, every failed check named.
    #[error("badly structured: {}", list(.0))]
    Structure(Vec<Defect>),
    /// The other side answered with a fault.
    #[error("fault {}: {}", .0.code, .0.message)]
    Fault(Fault),
}

fn list(defects: &[Defect]) -> String {
    defects
        .iter()
        .map(Defect::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

impl WireError {
    /// A single failed structural check.
    pub fn structure(check: impl Into<String>) -> Self {
        Self::Structure(vec![Defect::here(check)])
    }
    /// The same error, seen from the element around it.
    #[must_use]
    pub fn within(self, name: &str) -> Self {
        match self {
            Self::Schema(defect) => Self::Schema(defect.within(name)),
            Self::Structure(defects) => {
                Self::Structure(defects.into_iter().map(|defect| defect.within(name)).collect())
            }
            other => other,
        }
    }
    /// The fault a server answers with; `None` where the connection just dies.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Self::TooLarge { .. } => None,
            Self::Malformed(_) | Self::Schema(_) => Some(Fault::new(3001, self.to_string())),
            Self::Structure(_) => Some(Fault::new(3002, self.to_string())),
            Self::Fault(fault) => Some(fault.clone()),
        }
    }
}

/// Takes the place of the response when the contract, security or the server broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The standard code (1001 … 9001); [`Fault::UNREADABLE`] when the answer was none of PASI's.
    pub code: u32,
    /// In the other side's words.
    pub message: String,
}

impl Fault {
    /// Code of an answer that could not be read: not PASI speaking, or broken on the way.
    pub const UNREADABLE: u32 = 0;

    /// A fault with a standard code.
    pub fn new(code: u32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
    /// The answer was no SOAP of this contract; trying again may help.
    pub const fn is_unreadable(&self) -> bool {
        self.code == Self::UNREADABLE
    }
}
