//! Choices about high school records: sections, marks, diploma exams, transcripts.

use super::{Assumption, assume};

pub(super) const ROWS: &[Assumption] = assume! {
    Inferred "Which of the rules 40102 to 40146 refuse a section, and which are alerts?"
        => "40102, 40104, 40108, 40112, 40115, 40117, 40125 and 40135 refuse; the others are warnings; 40190, a school that is not open, is a stand-in", in "rules/register/academic.rs; rules/section.rs";
    Gap "When is a section a duplicate (40104)?"
        => "Another one of the school and year has the same local id, term, first day and courses", in "rules::section";
    Gap "Which days has a term (40110, 40111)?"
        => "Semester 1 from September 1 to February 28, semester 2 from January 1 to July 31, summer from June 1 to August 31; other terms have the school year, a continuous one none", in "TERMS in rules/section.rs";
    Gap "How many minutes may a section have (40140)?"
        => "1,500 for each credit", in "MINUTES_PER_CREDIT in rules/section.rs";
    Inferred "Which years are too old for sections and marks (9030), and which are taken (40102, 40201, 40301)?"
        => "Older than three school years before the current one are too old; taken are those in which enrolments are taken", in "ops/sections.rs of the reference server";
    Gap "What are the texts of the academic code classes?"
        => "The names the pages give, without blanks; codes/ marks each as published or assumed", in "codes/; constants in rules/mark.rs and rules/diploma.rs";
    Gap "How are marks written?"
        => "Percent without decimals from 0 to 100; letters A, B, C, D, P, F; pass or fail P, F; a numeric score up to 9999, which does not compare with other forms", in "rules::mark::value and normalized";
    Inferred "Which course enrolments have no mark, and which may be incomplete?"
        => "Withdrawn and incomplete ones have none; only career and technology studies are incomplete; refused by the stand-ins 40290 to 40293", in "rules::mark::course_enrolment";
    Inferred "What does 40379 say, which is checked first?"
        => "That all evaluated marks of a request are of its student, school and school year", in "ops/marks.rs of the reference server";
    Inferred "Who approves a mark, and how long does the approval last?"
        => "The school whose mark it is; until form, value or date of the mark change", in "ops/marks.rs of the reference server; rules::mark::approval";
    Inferred "What do others see of a mark that is not approved?"
        => "The course enrolment without its mark; nothing of an evaluated mark", in "ops/marks.rs of the reference server";
    Inferred "How do school and exam weigh since 2022?"
        => "80/20 for 2022/23, 70/30 from 2023/24 on; 90/10 before, as published", in "BLENDS in rules/diploma.rs";
    Gap "What becomes of an exam that is marked again?"
        => "The new mark stands in place of the old one, whether higher or lower, with the day of the old one; the request is complete", in "rescore in results.rs of the reference server; rules::diploma::rescored";
    Gap "How are marks of two eras blended?"
        => "By the weights of the day the later one was completed; the blend is rounded half up", in "rules::diploma::weights";
    Conflict "Until when is a student registered for a diploma exam?"
        => "Until its first part is written; the published day refuses nobody. Refused by the stand-ins 40490 to 40492 and 40590 to 40594", in "rules::diploma::registration";
    Inferred "Which prerequisites does a course need, and where do the credits of a waived one go?"
        => "Any one of its prerequisites, passed; to the typical prerequisite, as a pass, if it has no credits of its own", in "rules/official.rs";
    Inferred "Which exam marks count besides a regular one, and how?"
        => "Those with a mark of a partial exemption, of special cases and of a split writing are blended as regular ones; without a mark they count nothing. The first two are noted by PartialExemptionMark and SpecialCase", in "rules/official.rs";
    Inferred "When is a course challenge-equivalent (CourseChallengeEquivalency)?"
        => "When the catalogue relates the courses by CEQ, a stand-in, and the other one has credits", in "rules/official.rs";
    Inferred "What do the weights' rules 30050 to 30052 judge?"
        => "Nothing here: no operation of the contract sets weights", in "BLENDS in rules/diploma.rs";
    Inferred "What does a mature student's exam need?"
        => "To be written on or after the maturity date; it needs no prerequisite", in "rules/official.rs";
    Inferred "What do courses and exams look like, and who is told of exams, sittings and tests?"
        => "As in the messages; every client is told of them, as of courses", in "messages/course.rs and diploma.rs; store/kinds.rs of the reference server";
    Gap "Which version does SubmitCredentialRequirementExemption carry?"
        => "None, as 3004 is not among its rejections; the exemption is kept with the transcript, one for each requirement", in "ops/transcript.rs of the reference server";
    Inferred "What is a limited academic profile?"
        => "Official marks and credentials; it is given without an association, and says None of it, but never to an international organization that may not know the student", in "ops/transcript.rs of the reference server";
    Inferred "Which record names the credits, prerequisites and equivalents of courses?"
        => "The practice catalogue; codes and names are public, the rest is to be confirmed", in "data/courses.toml of the reference server";
};
