//! The register of the rules of this domain.
//! The sentence a person reads is `finding-` and the code in the locale files.

/// Every rule of the domain, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-0301" Refuse "A name is missing." "Lodgepole";
    "LP-0302" Refuse "A name is longer than 120 characters." "Lodgepole";
    "LP-0303" Refuse "The lowest grade is above the highest." "Lodgepole";
    "LP-0304" Refuse "The provincial code belongs to another school." "Lodgepole";
    "LP-0305" Refuse "The authority is not known." "Lodgepole";
    "LP-0306" Refuse "The postal code is not shaped A1A 1A1." "Canada Post addressing guidelines";
    "LP-0307" Warn "The phone has fewer than ten digits." "Lodgepole";
    "LP-0308" Refuse "The kind of authority is not in the code list." "Alberta open data: kinds of authority";
    "LP-0311" Refuse "The first day comes after the last." "Lodgepole";
    "LP-0312" Refuse "A first or last day lies outside the school year." "PASI 7: a school year runs from 1 September to 31 August";
    "LP-0313" Refuse "A closure lies outside the calendar." "Lodgepole";
    "LP-0314" Refuse "A closure has no reason." "Lodgepole";
    "LP-0315" Refuse "A day is closed twice." "Lodgepole";
    "LP-0316" Note "A closure falls on a weekend." "Lodgepole";
    "LP-0317" Refuse "No instructional day is left." "Lodgepole";
    "LP-0318" Refuse "The day to be opened again is not closed." "Lodgepole";
};
