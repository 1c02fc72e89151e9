//! The verbs: permit, load, decide, save, audit, announce.

mod contacts;
mod create;
mod identity;
mod load;
mod names;
mod records;
mod restricted;
mod save;

pub use contacts::{add_contact, change_contact, change_person, end_contact, persons_like, students_of};
pub use create::{Created, create_student};
pub(crate) use create::{facts_of, guardians};
pub use identity::{change_identity, mark_deceased, set_asn};
pub use load::{
    StudentView, citizenship_on, contact_notes, document_last_four, header, history, medical_alerts, person,
    student, student_as_of, student_by_asn, student_view,
};
pub use names::{NameChange, add_name, change_name, prefer_name, remove_name};
pub use records::{
    remove_address, remove_citizenship, remove_email, remove_phone, set_address, set_citizenship, set_email,
    set_phone,
};
pub use restricted::{
    end_medical_alert, end_restriction, remove_medical_alert, remove_restriction, set_medical_alert,
    set_restriction,
};
pub use save::Saved;
