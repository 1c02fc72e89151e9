//! The province's rules on what is kept of people: judged by the edge that
//! knows them, in the same decision as ours.

use crate::model::{Address, Citizenship, Email, MedicalAlert, Person, Phone, Restriction};
use kernel::{Asn, Date, Finding, Findings, PersonName};

/// A legal identity, for the duplicate check.
#[derive(Debug, Clone, Copy)]
pub struct Identified<'a> {
    /// Legal name.
    pub name: &'a PersonName,
    /// Birth date.
    pub born: Date,
    /// The provincial number, once there is one.
    pub asn: Option<Asn>,
}

/// Further rules that take part in a decision: the province's. What refuses
/// stops the save; the rest is handed back with the saved record. Fields are
/// named as in the record.
pub trait Judge {
    /// Judges the parts of a student's name.
    fn name(&self, _name: &PersonName) -> Findings {
        Findings::default()
    }
    /// Judges a guardian or contact.
    fn person(&self, _person: &Person) -> Findings {
        Findings::default()
    }
    /// Judges an address that holds until a day, when one is known.
    fn address(&self, _address: &Address, _until: Option<Date>, _today: Date) -> Findings {
        Findings::default()
    }
    /// Judges a phone of a student.
    fn phone(&self, _phone: &Phone) -> Findings {
        Findings::default()
    }
    /// Judges an e-mail of a student.
    fn email(&self, _email: &Email) -> Findings {
        Findings::default()
    }
    /// Judges a citizenship.
    fn citizenship(&self, _citizenship: &Citizenship) -> Findings {
        Findings::default()
    }
    /// Judges a disclosure restriction.
    fn restriction(&self, _restriction: &Restriction) -> Findings {
        Findings::default()
    }
    /// Judges a medical alert.
    fn medical_alert(&self, _alert: &MedicalAlert) -> Findings {
        Findings::default()
    }
    /// Refuses a student who is here already.
    fn duplicate(&self, _new: Identified, _here: Identified) -> Option<Finding> {
        None
    }
}

/// No further rules: what the province itself says is taken as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct OursAlone;

impl Judge for OursAlone {}
