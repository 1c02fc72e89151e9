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
    "LP-0320" Refuse "A span of days ends before it begins." "Lodgepole";
    "LP-0321" Refuse "A span of days lies outside the first and the last day." "Lodgepole";
    "LP-0322" Refuse "A span of days has no weekday." "Lodgepole";
    "LP-0323" Refuse "A day of early dismissal has no bell schedule." "Lodgepole";
    "LP-0324" Refuse "A bell schedule is not one of the school and year." "Lodgepole";
    "LP-0325" Refuse "A day of the cycle is beyond its length." "Lodgepole";
    "LP-0326" Refuse "A term ends before it begins." "Lodgepole";
    "LP-0327" Refuse "A term lies outside the school year." "PASI 7: a school year runs from 1 September to 31 August";
    "LP-0328" Refuse "Two terms of a kind overlap." "Lodgepole";
    "LP-0329" Warn "Instructional days lie in no term of a kind." "Lodgepole";
    "LP-0330" Refuse "A cycle is not 1 to 10 long." "Lodgepole";
    "LP-0331" Warn "A cycle of terms has no terms." "Lodgepole";
    "LP-0332" Warn "A bell schedule is for a day beyond the cycle." "Lodgepole";
    "LP-0333" Refuse "Another bell schedule of the year has the name." "Lodgepole";
    "LP-0334" Refuse "A bell schedule has no period of instruction." "Lodgepole";
    "LP-0335" Refuse "The number of a period is not 1 to 30." "Lodgepole";
    "LP-0336" Refuse "Two periods of a bell schedule have one number." "Lodgepole";
    "LP-0337" Refuse "A period does not end after it begins." "Lodgepole";
    "LP-0338" Refuse "Two periods overlap." "Lodgepole";
    "LP-0339" Warn "More than 15 minutes between two periods belong to none." "Lodgepole";
    "LP-0340" Warn "A grade has fewer hours of instruction than the minimum." "Alberta, Guide to Education: 475, 950 and 1,000 hours";
    "LP-0341" Note "Instructional days have no bell schedule." "Lodgepole";
    "LP-0342" Refuse "A bell schedule that is used cannot be taken away." "Lodgepole";
    "LP-0343" Refuse "The usual bell schedule cannot be taken away while there are others." "Lodgepole";
    "LP-0344" Refuse "No other school is chosen to copy to." "Lodgepole";
    "LP-0345" Refuse "A day that is copied needs a bell schedule that the school lacks." "Lodgepole";
};
