//! The register of the connector's own rules; those of the province are in
//! `pasi_wire::rules`.
//! The sentence a person reads is `finding-` and the code in the locale files.

/// Every rule of the domain, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-0473" Note "PASI takes enrolments of {year} from {day} on. Until then they wait in the queue." "PASI 7: pre-registration opens by school year";
    "LP-0474" Note "PASI does not take enrolments of {year} now. They wait in the queue until it does." "PASI 7: pre-registration opens by school year";
    "LP-0601" Refuse "PASI has linked or deactivated this ASN; it cannot be kept." "PASI 4.1: a secondary ASN is inactive";
    "LP-0602" Refuse "A warning must be put right; PASI takes no acknowledgement of it." "PASI 4.11: a warning must be fixed";
    "LP-0603" Refuse "PASI has this answer already." "PASI 4.11";
    "LP-0604" Refuse "This person may not decide this row. Choose someone of the list." "Lodgepole";
    "LP-0605" Refuse "Type a note of at most {most} characters." "Lodgepole";
    "LP-0606" Refuse "PASI has the date of death; no operation tells it otherwise. Accept it, or phone Student Records." "PASI 4.4";
    "LP-0607" Refuse "PASI does not take these fields apart: choose the same side for each." "PASI 2.3: an enrolment is submitted whole";
    "LP-0608" Refuse "The record goes to PASI whole: decide each of its fields, so that nothing of PASI’s is overwritten unseen." "PASI 2.3: an enrolment is submitted whole";
    "LP-0611" Note "No course of the class has a code that PASI knows: the class stays here." "PASI 4.12: a section names courses by their codes";
    "LP-0612" Note "Several courses sit together: say which the student takes, so that PASI can be told." "PASI 4.12: a course enrolment names one course";
    "LP-0613" Note "The student waits: PASI is told from the day on which there is a place." "PASI 4.12";
    "LP-0614" Refuse "PASI has taken the section out. Close the class here, or send it again." "PASI 4.12: IsDeleted";
    "LP-0615" Refuse "The catalogue has no course {course}." "PASI 4.12: courseCodes";
};
