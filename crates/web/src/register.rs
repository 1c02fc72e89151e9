//! The register of what a page finds by itself: a value that is none of its kind.
//! The sentence a person reads is `finding-` and the code in the locale files.

/// Every rule of the pages, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-0001" Refuse "Type a date as yyyy-MM-dd." "Lodgepole";
    "LP-0002" Refuse "A file broke off on its way." "Lodgepole";
    "LP-0003" Refuse "The two passwords differ." "Lodgepole";
    "LP-0004" Refuse "Choose the grade." "Lodgepole";
    "LP-0005" Refuse "Choose the school." "Lodgepole";
    "LP-0006" Refuse "Type a whole number." "Lodgepole";
    "LP-0007" Refuse "An ASN has nine digits, the last of which checks the others." "PASI 4.1: nine digits and a check digit";
    "LP-0008" Refuse "The value is none of those that the form offers." "Lodgepole";
    "LP-0009" Refuse "A field holds signs that nobody types: a control character." "Lodgepole";
    "LP-0010" Refuse "A field is longer than any record keeps." "Lodgepole";
    "LP-0011" Refuse "A form does not say which version of a record it showed." "Lodgepole";
    "LP-0012" Refuse "PASI names students, and nobody decided whether the child is one of them." "PASI 4.3: whom to choose is a person's decision";
    "LP-0013" Refuse "PASI does not name the student chosen for what was typed." "PASI 4.3";
    "LP-0014" Refuse "PASI is away and cannot name the student chosen." "Lodgepole";
    "LP-0015" Refuse "Type a time of day as 8:30." "Lodgepole";
    "LP-0016" Refuse "The name, the password or the code is not right." "Lodgepole: which of them is told to nobody";
    "LP-0017" Refuse "The code was used already." "RFC 6238 5.2: a code serves once";
    "LP-0018" Refuse "All is right, but no role is held today." "Lodgepole";
    "LP-0019" Refuse "Too many attempts; wait {minutes} min." "Lodgepole";
    "LP-0031" Refuse "Type the four digits of the provincial code." "Alberta open data: a code has four digits";
    "LP-0032" Refuse "Choose the school authority." "Lodgepole";
    "LP-0033" Refuse "Choose the grade." "Lodgepole";
    "LP-0034" Refuse "Choose the role." "Lodgepole";
    "LP-0816" Refuse "Choose a file." "Lodgepole";
    "LP-0817" Refuse "The file is larger than {most} MB. Part it, or import it on the command line." "Lodgepole";
    "LP-0818" Refuse "Two columns are the same field: {column}." "Lodgepole";
    "LP-0819" Refuse "This mapping is for another kind of file." "Lodgepole";
};
