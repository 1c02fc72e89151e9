//! The verbs: permit, load, decide, save, audit, announce.

mod addressees;
mod contacts;
mod create;
mod identity;
mod invited;
mod load;
mod names;
mod photo;
mod records;
mod restricted;
mod save;
mod saved;
mod take_back;
mod ties;
mod undo;

pub use addressees::{Addressee, addressees};
pub use contacts::{
    add_contact, change_contact, change_person, end_contact, refuse_known, reorder_contacts, shared_by,
    students_of,
};
pub use create::{Created, create_student, is_there};
pub(crate) use create::{facts_of, guardians};
pub use identity::{change_identity, mark_deceased, set_asn, set_local_number};
pub use invited::{Invitee, invitees, invitees_at};
pub use load::{
    StudentView, brief_header, citizenship_on, contact_notes, document_last_four, gender, header, history,
    medical_actions, medical_alerts, person, restrictions, student, student_as_of, student_by_asn,
    student_view,
};
pub use names::{NameChange, add_name, change_name, prefer_name, remove_name};
pub use photo::{photo, photo_tags, remove_photo, set_photo};
pub use records::{
    remove_address, remove_citizenship, remove_email, remove_phone, set_address, set_citizenship, set_email,
    set_phone,
};
pub use restricted::{
    end_medical_alert, end_restriction, remove_medical_alert, remove_restriction, set_medical_alert,
    set_restriction,
};
pub use save::Saved;
pub use saved::{
    change_list, remove_list, restore_list, save_list, saved_list, saved_lists, set_default_list,
};
pub use take_back::{TakenBack, remove_contact, take_back_student};
pub use ties::{
    TiePerson, homerooms_to_tie, person_to_tie, persons_to_tie, student_to_tie, students_of_tie,
    students_to_tie, tie, tie_again,
};
pub(crate) use ties::{follow_family, follow_place};
pub use undo::undo;
