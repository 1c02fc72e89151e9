//! The register of the rules of this domain.
//! The sentence a person reads is `finding-` and the code in the locale files.

/// Every rule of the domain, by code.
pub const RULES: &[kernel::Rule] = kernel::register! {
    "LP-0501" Refuse "A section has no course." "PASI 4.12, see rule 40117: an empty section";
    "LP-0502" Refuse "The number is missing, or longer than 20 characters." "Lodgepole";
    "LP-0503" Refuse "Another section of the school and year has that number." "PASI 4.12, see rule 40104: a duplicate";
    "LP-0504" Refuse "The first or the last day lies outside the school year." "PASI 4.12, see rules 40113 and 40114";
    "LP-0505" Refuse "The last day comes before the first." "PASI 4.12, see rule 40108";
    "LP-0506" Refuse "The capacity is not from 1 to 999." "Lodgepole";
    "LP-0507" Refuse "The room is longer than 40 characters." "Lodgepole";
    "LP-0508" Refuse "A course is not offered in that school year." "PASI 4.12, see rule 40129: the course's life span";
    "LP-0509" Refuse "A meeting names a day of the cycle above 10, or a period above 12." "Lodgepole";
    "LP-0510" Refuse "Another section has the room at the same time." "Lodgepole";
    "LP-0511" Refuse "A teacher has another section at the same time." "Lodgepole";
    "LP-0512" Refuse "The student has another section at the same time." "Lodgepole";
    "LP-0513" Refuse "The section is closed." "Lodgepole";
    "LP-0514" Refuse "The section is full." "Lodgepole";
    "LP-0515" Note "The section is full: the student waits." "Lodgepole";
    "LP-0516" Refuse "The student is not enrolled at the school on those days." "PASI 4.12, see rule 40214: needs a school enrolment";
    "LP-0517" Warn "The course is meant for other grades." "Lodgepole";
    "LP-0518" Refuse "The student is in the section already on those days." "PASI 4.12: a student once in a section";
    "LP-0519" Refuse "The student takes the course in another section on those days." "Lodgepole";
    "LP-0520" Refuse "The days lie outside the section's." "Lodgepole";
    "LP-0521" Refuse "The last day comes before the first." "Lodgepole";
    "LP-0522" Refuse "The student does not wait, is not in the section any more, or never was." "Lodgepole";
    "LP-0523" Refuse "The teacher's days lie outside the section's." "Lodgepole";
    "LP-0524" Refuse "The account is no teacher at the school on those days." "Lodgepole";
    "LP-0525" Refuse "The account is among the staff already on those days." "Lodgepole";
    "LP-0526" Refuse "The reason is missing." "Lodgepole";
    "LP-0527" Refuse "The school year is over." "Lodgepole: a past year is read, not changed";
    "LP-0528" Refuse "Students or staff stand in it on days outside these." "Lodgepole";
    "LP-0529" Warn "More students are in it than it may hold." "Lodgepole";
    "LP-0530" Warn "Students in it have another section at the same time." "Lodgepole";
    "LP-0531" Refuse "Nobody is named." "Lodgepole";
    "LP-0532" Refuse "The term is none of the school's in that year." "Lodgepole";
    "LP-0533" Refuse "A course asked for is not offered in that school year." "PASI 4.12, see rule 40129: the course's life span";
    "LP-0534" Refuse "The student asked for the course already." "Lodgepole";
    "LP-0535" Warn "No course that it asks for is on record or asked for." "Guide to Education: prerequisites";
    "LP-0536" Warn "More credits are asked for than a year usually holds." "Lodgepole: 45, nine courses of five credits";
    "LP-0537" Warn "Fewer credits are asked for than a diploma takes." "Guide to Education: 100 credits in three years";
    "LP-0538" Warn "The school has no class of the course in that year." "Lodgepole";
    "LP-0539" Refuse "A request stands in for one that is not the student's, was withdrawn, or stands in itself." "Lodgepole";
    "LP-0540" Refuse "The request was withdrawn, or is there already." "Lodgepole";
    "LP-0541" Refuse "A student asks for more courses than 20." "Lodgepole";
    "LP-0542" Refuse "No course is named." "Lodgepole";
    "LP-0543" Refuse "A line does not name two classes of the school, or two students and a course." "Lodgepole";
    "LP-0544" Refuse "The run of the loader does not stand where this can be done." "Lodgepole";
    "LP-0545" Refuse "What the plan was made from has changed since." "Lodgepole: what is saved is what was seen";
    "LP-0546" Refuse "The student is not enrolled at the school in that year." "Lodgepole: a request is made where the student goes";
    "LP-0570" Refuse "A code is not of the province's list in that school year." "PASI 4.12: a section's codes";
    "LP-0571" Refuse "The credits are not from 0 to 99." "PASI 4.12: CreditsOffered, CreditsAttempted";
    "LP-0572" Refuse "The minutes are not from 1 to 65,000." "PASI 4.12: InstructionalMinutesOffered";
    "LP-0573" Refuse "The course is none of the section's." "PASI 4.12, see rule 40291";
};
