//! The register. Sentences stand as `finding-LP-07xx` in the locale files.

/// Every rule of the domain, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-0701" Refuse "The letter is no code of the school on that day." "Lodgepole";
    "LP-0702" Refuse "The day is not a day of instruction of the school." "Lodgepole";
    "LP-0703" Refuse "The student does not stand in the roll on that day, or is not enrolled at the school." "Lodgepole";
    "LP-0704" Refuse "The day lies too far back for a teacher; the office may still change it." "Lodgepole";
    "LP-0705" Refuse "The day has not come yet." "Lodgepole";
    "LP-0706" Refuse "The school has closed the attendance of that day." "Lodgepole";
    "LP-0707" Refuse "The minutes are not between 1 and 400." "Lodgepole";
    "LP-0708" Refuse "Minutes are said of a code that does not mean late." "Lodgepole";
    "LP-0709" Refuse "A note is longer than 200 characters." "Lodgepole";
    "LP-0710" Refuse "A student is named twice in one roll." "Lodgepole";
    "LP-0711" Refuse "The school takes no attendance in that slot, or not of such a group." "Lodgepole";
    "LP-0712" Refuse "The days end before they begin, or span more than 200." "Lodgepole";
    "LP-0713" Refuse "None of the days is a day of instruction." "Lodgepole";
    "LP-0714" Refuse "No student, or no part of the day, is chosen." "Lodgepole";
    "LP-0715" Refuse "The code explains nothing." "Lodgepole";
    "LP-0716" Refuse "The time is none, or has not come yet." "Lodgepole";
    "LP-0717" Refuse "It is not said who was called, or in more than 120 characters." "Lodgepole";
    "LP-0718" Refuse "A letter is not one or two capital letters or digits." "Lodgepole";
    "LP-0719" Refuse "A label is missing or longer than 40 characters." "Lodgepole";
    "LP-0720" Refuse "A letter stands for two codes." "Lodgepole";
    "LP-0721" Refuse "No code is left that means present, absent or late." "Lodgepole";
    "LP-0722" Refuse "The days for teachers are not between 0 and 60." "Lodgepole";
    "LP-0723" Refuse "The section does not meet in that period on that day." "Lodgepole";
    "LP-0724" Refuse "The student has no class in that period on that day." "Lodgepole";
    "LP-0725" Refuse "The periods and the day do not disagree." "Lodgepole";
    "LP-0726" Note "A period missed counts as its share of the lessons of the usual bell schedule; on a day with a daily roll that roll counts alone." "Lodgepole";
    "LP-0740" Note "For letters the absences of the chosen kinds are counted at the school since the year began: in half days where daily rolls are taken, else in periods." "Lodgepole";
    "LP-0741" Note "A letter is due for the highest threshold reached, once a year; it stands for the lower ones too." "Lodgepole";
    "LP-0742" Refuse "Thresholds are not one to six rising numbers between 1 and 400." "Lodgepole";
    "LP-0743" Refuse "No kind of absence is chosen to count." "Lodgepole";
    "LP-0744" Refuse "A letter holds a placeholder that there is not, or a brace that is not closed." "Lodgepole";
    "LP-0745" Refuse "A letter has no subject or text, or one that is too long." "Lodgepole";
    "LP-0746" Refuse "A letter holds a sign that paper has no shape for." "Lodgepole";
    "LP-0747" Refuse "There is nobody who may be written to about the student, or no address." "Lodgepole";
    "LP-0748" Refuse "A restriction of the student must be read before a letter is made." "Lodgepole";
    "LP-0749" Refuse "What was counted of the student, or who is written to, changed since the page was shown." "Lodgepole";
    "LP-0750" Refuse "No student is chosen for a letter." "Lodgepole";
    "LP-0751" Refuse "The letters were mailed and are not taken back." "Lodgepole";
    "LP-0752" Note "Letters go to parents and guardians with custody, and to an independent student alone; never to whom a court forbids contact." "Education Act (Alberta), section 1";
};
