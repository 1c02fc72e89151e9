//! The register of the rules of this domain.
//! The sentence a person reads is `finding-` and the code in the locale files.

/// Every rule of the domain, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-0401" Refuse "The start lies outside the school year." "PASI 4.9";
    "LP-0402" Refuse "The exit comes before the start." "PASI 4.9";
    "LP-0403" Refuse "The exit lies outside the school year." "PASI 4.9";
    "LP-0405" Refuse "A code is not in its list." "PASI 4.9: codes of a list";
    "LP-0406" Refuse "A code may not be used in that school year." "PASI 4.9: codes are dated, see rule 10029";
    "LP-0407" Refuse "More codes than are kept." "PASI 4.9: SISV1, most of each key";
    "LP-0408" Refuse "The same code twice." "PASI 4.9, see rule 10002";
    "LP-0409" Refuse "The percentage is not from 0 to 100." "PASI 1.8, see rule 9013";
    "LP-0410" Refuse "A board is not four digits from 0001 to 9999." "PASI 4.9: SISV1, 0001-9999";
    "LP-0411" Refuse "Hours are not from 1 to 9999." "PASI 4.9: SISV1, 1-9999";
    "LP-0412" Refuse "The homeroom is longer than 20 characters." "Lodgepole";
    "LP-0413" Refuse "The student had died before the start." "Lodgepole";
    "LP-0414" Warn "The student had died before the end." "Lodgepole";
    "LP-0415" Refuse "The start comes before the birth." "Lodgepole";
    "LP-0416" Refuse "The school year is more than one year ahead." "PASI 7: the next school year alone is open before it starts";
    "LP-0417" Refuse "An operating schedule is not named by an id of PASI's." "PASI 4.9: CalendarRefId";
    "LP-0418" Warn "Another enrolment at this school on the same days." "PASI 4.9: overlaps are judged, not rejected";
    "LP-0419" Note "Another school by day on the same days." "PASI 4.9: overlaps are judged, not rejected";
    "LP-0420" Note "The withdrawal lies ahead." "Lodgepole";
    "LP-0421" Note "The last day attended was not an instructional day." "PASI 4.9: the exit date is the last day of class";
    "LP-0431" Refuse "It has ended already." "Lodgepole";
    "LP-0432" Refuse "It is deleted: restore it first." "Lodgepole";
    "LP-0433" Refuse "It is not deleted." "Lodgepole";
    "LP-0434" Refuse "The reason is missing." "Lodgepole";
    "LP-0435" Refuse "A transfer leads to the same school." "Lodgepole";
    "LP-0436" Refuse "The first day there does not come after the last day here." "PASI 4.9";
    "LP-0437" Refuse "Nobody who left another school of the division is of exactly this legal name and birth date." "Lodgepole: ops::take_in";
    "LP-0440" Refuse "A change to many names no student of the person's." "Lodgepole";
    "LP-0441" Refuse "A change to many names more than 10,000." "Lodgepole";
    "LP-0442" Refuse "A change to many is not at that step." "Lodgepole";
    "LP-0443" Refuse "A change to many names a code that is not in its list." "PASI 4.9: codes of a list";
    "LP-0444" Refuse "No enrolment at the person's schools that is not over." "Lodgepole";
    "LP-0445" Refuse "Somebody changed the enrolment after the preview." "Lodgepole";
    "LP-0446" Refuse "Somebody changed the enrolment after the batch." "Lodgepole";
    "LP-0447" Refuse "The student is no longer the person's to change." "Lodgepole";
    "LP-0448" Refuse "Somebody changed the student after the preview." "Lodgepole";
    "LP-0449" Refuse "Somebody changed the student since: it is not taken back." "Lodgepole";
    "LP-0456" Warn "The student is not enrolled at that school in that year." "PASI 4.10: enrolled that year";
    "LP-0457" Refuse "It takes effect before the birth." "Lodgepole";
    "LP-0458" Refuse "It takes effect more than one school year ahead." "Lodgepole";
    "LP-0460" Refuse "The end of a year names no school of the person's." "Lodgepole";
    "LP-0461" Refuse "The school year cannot be closed, or registered for, now." "Lodgepole";
    "LP-0462" Note "The student stays at another school after the close." "Lodgepole";
    "LP-0463" Refuse "Nobody is enrolled at these schools in that year." "Lodgepole";
    "LP-0464" Refuse "The student finishes grade 12." "Lodgepole";
    "LP-0465" Refuse "The student's main school is another one." "Lodgepole";
    "LP-0466" Refuse "No school of continuation is named for the grade." "Lodgepole";
    "LP-0467" Note "Grants codes are not taken along: confirm them." "PASI 4.9, see rules 10052 and 10053";
    "LP-0468" Refuse "The student goes on at a school that is not the person's." "Lodgepole";
    "LP-0469" Refuse "The school has no calendar for that year: name a day." "Lodgepole";
    "LP-0470" Refuse "The student does not stay until the end of the year." "Lodgepole";
    "LP-0471" Note "The student is registered for that year already." "Lodgepole";
    "LP-0472" Refuse "Somebody registered the student after the preview." "Lodgepole";
};
