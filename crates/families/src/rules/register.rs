//! The register. Sentences stand as `finding-LP-10xx` in the locale files.

/// Every rule of the domain, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-1001" Refuse "A court forbids the person contact with the student." "Lodgepole";
    "LP-1002" Refuse "The student is independent: guardians are not invited." "Education Act (Alberta), section 1: independent student";
    "LP-1003" Refuse "The student is 18 or older: guardians are not invited." "Education Act (Alberta), section 1: independent student";
    "LP-1004" Refuse "The person is no guardian of the student, or has no custody." "Lodgepole";
    "LP-1005" Refuse "The contact has no access to the family pages." "Lodgepole";
    "LP-1006" Refuse "The person has no e-mail address: the invitation goes on paper." "Lodgepole";
    "LP-1007" Refuse "What the school records of the family changed: the invitation serves no more." "Lodgepole";
    "LP-1008" Refuse "The person's account is one of staff too: the director gives it back, not an invitation." "Lodgepole";
};
