//! The register. Sentences stand as `finding-LP-09xx` in the locale files.

/// Every rule of the domain, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-0901" Refuse "The address is none that can be written to." "RFC 5321";
    "LP-0902" Refuse "The subject is missing, has more than 120 characters, or more than one line." "Lodgepole";
    "LP-0903" Refuse "The text is missing or has more than 4,000 characters." "Lodgepole";
    "LP-0904" Refuse "The message was sent, or is being sent." "Lodgepole";
};
