//! The nouns: what is kept about a student, and about the persons around one.

mod command;
mod person;
mod saved;
mod student;
mod view;

pub use command::{ChangeIdentity, NewContact, NewStudent, On, Origin, PersonOf, Undo};
pub use person::{Contact, Custody, LOCAL_RELATIONSHIPS, Person};
pub use saved::{KeepList, ListView, SavedList, Sharing};
pub use student::{
    Address, AddressKind, AlertSeverity, Citizenship, Consent, Email, Identity, MedicalAlert, Name, NameKind,
    Phone, Restriction, RestrictionCode,
};
pub use view::{
    BriefHeader, CardRow, CustodyLimit, FieldChange, FirstContact, HeaderRestriction, HistoryEntry,
    LimitKind, Place, PlaceState, Record, Student, StudentContact, StudentHeader,
};
