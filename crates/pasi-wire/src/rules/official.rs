//! Official marks: which of a student's marks counts in each course, and the
//! credits it brings. Pure: the marks in, the transcript out.

use super::diploma::{COUNTING, FULL_EXEMPTION, PARTIAL_EXEMPTION, SPECIAL_CASES, blended};
use super::mark::{COMPLETED, PASS, PERCENT, normalized};
use crate::messages::{
    CHALLENGE_EQUIVALENT, Course, EQUIVALENT, OfficialMark, OfficialMarkSource, PREREQUISITE, SchoolMark,
    TYPICAL_PREREQUISITE,
};
use kernel::{CourseCode, Date, SchoolYear};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A school's mark that was approved: of a completed course, or evaluated.
#[derive(Debug, Clone)]
pub struct ApprovedMark {
    /// Its record.
    pub ref_id: Uuid,
    /// Version of the record.
    pub version: i64,
    /// What it is a mark of.
    pub of: MarkOf,
    /// In what.
    pub course: CourseCode,
    /// Of which school year.
    pub year: SchoolYear,
    /// The mark.
    pub mark: SchoolMark,
    /// Credits tried for.
    pub credits: u8,
    /// Were the prerequisites waived?
    pub is_waived: bool,
}

/// What a mark of a school is a mark of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkOf {
    /// A course in a section.
    CourseEnrolment,
    /// Something learned elsewhere.
    Evaluation,
}

impl MarkOf {
    /// Text of the kind of mark.
    pub const fn mark_type(self) -> &'static str {
        match self {
            Self::CourseEnrolment => "CourseEnrolment",
            Self::Evaluation => "EvaluatedMark",
        }
    }
}

/// The kind of mark of an exam.
pub const EXAM_MARK: &str = "ExamMark";

/// What came of a diploma exam.
#[derive(Debug, Clone)]
pub struct ExamResult {
    /// Its record.
    pub ref_id: Uuid,
    /// Version of the record.
    pub version: i64,
    /// In what.
    pub course: CourseCode,
    /// Of which school year.
    pub year: SchoolYear,
    /// A regular mark, an exemption …
    pub status: String,
    /// In percent.
    pub percent: Option<u16>,
    /// When it was reached.
    pub date: Date,
}

/// A student's marks.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Of schools.
    pub schools: Vec<ApprovedMark>,
    /// Of diploma exams.
    pub exams: Vec<ExamResult>,
    /// From when on an exam counts alone.
    pub maturity: Option<Date>,
}

/// Does a course enrolment in that state give a mark?
pub fn is_final(status: &str) -> bool {
    status == COMPLETED
}

/// A mark that may become official.
#[derive(Debug, Clone)]
struct Candidate {
    method: &'static str,
    format: String,
    value: String,
    normalized: u16,
    year: SchoolYear,
    date: Date,
    version: i64,
    credits: u8,
    is_waived: bool,
    /// What the state of the exam in it has noted.
    annotation: Option<&'static str>,
    sources: Vec<(Uuid, &'static str)>,
}

impl Candidate {
    fn passes(&self) -> bool {
        self.normalized >= PASS
    }
    fn percent(mut self, method: &'static str, percent: u16) -> Self {
        self.method = method;
        PERCENT.clone_into(&mut self.format);
        self.value = percent.to_string();
        self.normalized = percent * 100;
        self
    }
}

/// The official marks of a student, by course. `course` finds a course of the
/// catalogue; a mark in another one does not count.
pub fn official<'c>(marks: &Marks, course: impl Fn(CourseCode) -> Option<&'c Course>) -> Vec<OfficialMark> {
    let mut by_course: BTreeMap<CourseCode, (&Course, Vec<Candidate>)> = BTreeMap::new();
    let codes = marks
        .schools
        .iter()
        .map(|mark| mark.course)
        .chain(marks.exams.iter().map(|exam| exam.course));
    for code in codes {
        if let Some(known) = course(code) {
            by_course
                .entry(code)
                .or_insert_with(|| (known, candidates(marks, known)));
        }
    }
    by_course.retain(|_, (_, candidates)| !candidates.is_empty());
    let mut picked: Vec<Picked<'_>> = by_course
        .into_values()
        .map(|(course, candidates)| pick(course, &candidates))
        .collect();
    picked.sort_by_key(|one| (one.mark.school_year, one.mark.achievement_date, one.version));
    award(picked, course)
}

/// Every mark that might count in a course.
fn candidates(marks: &Marks, course: &Course) -> Vec<Candidate> {
    let code = course.course_code;
    let schools: Vec<Candidate> = marks
        .schools
        .iter()
        .filter(|mark| mark.course == code)
        .filter_map(of_school)
        .collect();
    if !course.is_diploma_exam_course {
        return schools;
    }
    let exams: Vec<&ExamResult> = marks.exams.iter().filter(|exam| exam.course == code).collect();
    let mut found: Vec<Candidate> = schools
        .iter()
        .flat_map(|school| {
            exams
                .iter()
                .filter_map(move |exam| with_exam(school, exam, course))
        })
        .collect();
    let mature = exams
        .iter()
        .filter(|exam| marks.maturity.is_some_and(|since| since <= exam.date));
    found.extend(mature.filter_map(|exam| alone(exam, course)));
    found
}

fn of_school(mark: &ApprovedMark) -> Option<Candidate> {
    let SchoolMark {
        mark_format,
        mark_value,
        assignment_date,
        ..
    } = &mark.mark;
    Some(Candidate {
        method: match mark.of {
            MarkOf::CourseEnrolment => "CourseWork",
            MarkOf::Evaluation => "EvaluatedMark",
        },
        format: mark_format.clone(),
        value: mark_value.clone(),
        normalized: normalized(mark_format, mark_value, mark.course, mark.year)?,
        year: mark.year,
        date: *assignment_date,
        version: mark.version,
        credits: mark.credits,
        is_waived: mark.is_waived,
        annotation: None,
        sources: vec![(mark.ref_id, mark.of.mark_type())],
    })
}

/// A school's mark with an exam: blended, or alone where the exam need not be written.
fn with_exam(school: &Candidate, exam: &ExamResult, course: &Course) -> Option<Candidate> {
    let mut both = school.clone();
    both.credits = credits_of(course, both.credits);
    both.sources.push((exam.ref_id, EXAM_MARK));
    if exam.status == FULL_EXEMPTION {
        both.method = "FullExemption";
        return Some(both);
    }
    let percent = counting(exam)?;
    both.annotation = noted(&exam.status);
    let value = blended((school.normalized / 100, school.date), (percent, exam.date));
    both.date = both.date.max(exam.date);
    both.year = both.year.max(exam.year);
    Some(both.percent("Diploma", value))
}

/// The mark of an exam, when it is of a state that counts.
fn counting(exam: &ExamResult) -> Option<u16> {
    exam.percent.filter(|_| COUNTING.contains(&exam.status.as_str()))
}

/// What is noted of an exam that was not written as others write it.
fn noted(status: &str) -> Option<&'static str> {
    match status {
        PARTIAL_EXEMPTION => Some("PartialExemptionMark"),
        SPECIAL_CASES => Some("SpecialCase"),
        _ => None,
    }
}

/// The exam of a mature student counts by itself.
fn alone(exam: &ExamResult, course: &Course) -> Option<Candidate> {
    let percent = counting(exam)?;
    let nothing = Candidate {
        method: "",
        format: String::new(),
        value: String::new(),
        normalized: 0,
        year: exam.year,
        date: exam.date,
        version: exam.version,
        credits: credits_of(course, 0),
        // A mature student needs no prerequisite.
        is_waived: true,
        annotation: noted(&exam.status),
        sources: vec![(exam.ref_id, EXAM_MARK)],
    };
    Some(nothing.percent("MatureDiplomaExam", percent))
}

/// Credits of a course with a diploma exam: the most it is offered for.
fn credits_of(course: &Course, attempted: u8) -> u8 {
    course.credit_levels.iter().copied().max().unwrap_or(attempted)
}

/// The mark of a course that counts, before credits.
struct Picked<'c> {
    course: &'c Course,
    mark: OfficialMark,
    /// Credits of the passes: their highest, and their sum.
    highest: u16,
    sum: u16,
    is_waived: bool,
    version: i64,
}

/// The highest candidate; its day and year are those of the first that passed.
fn pick<'c>(course: &'c Course, candidates: &[Candidate]) -> Picked<'c> {
    let order = |one: &Candidate| (one.year, one.date, one.version);
    let best = candidates
        .iter()
        .max_by(|one, other| {
            one.normalized
                .cmp(&other.normalized)
                .then_with(|| order(other).cmp(&order(one)))
        })
        .expect("a course is picked when it has candidates");
    let passes = || candidates.iter().filter(|one| one.passes());
    let first = passes().min_by_key(|one| order(one)).unwrap_or(best);
    let mut sources: Vec<OfficialMarkSource> = Vec::new();
    for (ref_id, mark_type) in candidates.iter().flat_map(|one| &one.sources) {
        if !sources.iter().any(|listed| listed.ref_id == *ref_id) {
            sources.push(OfficialMarkSource {
                ref_id: *ref_id,
                mark_type: (*mark_type).to_owned(),
                is_selected: best.sources.iter().any(|(selected, _)| selected == ref_id),
            });
        }
    }
    let mut annotations = Vec::new();
    if candidates.len() > 1 {
        annotations.push("HighestMark".to_owned());
    }
    match best.method {
        "FullExemption" => annotations.push("FullExemptionMark".to_owned()),
        "MatureDiplomaExam" => annotations.push("MatureExamMark".to_owned()),
        _ => {}
    }
    annotations.extend(best.annotation.map(str::to_owned));
    Picked {
        course,
        mark: OfficialMark {
            course_code: course.course_code,
            school_year: first.year,
            achievement_date: first.date,
            mark_format: best.format.clone(),
            mark_value: best.value.clone(),
            normalized_mark: best.normalized,
            credits_awarded: 0,
            calculation_method: best.method.to_owned(),
            status: "Available".to_owned(),
            sources,
            annotations,
        },
        highest: passes().map(|one| u16::from(one.credits)).max().unwrap_or(0),
        sum: passes().map(|one| u16::from(one.credits)).sum(),
        is_waived: passes().any(|one| one.is_waived),
        version: first.version,
    }
}

/// Gives credits in the order in which the courses were passed.
fn award<'c>(
    picked: Vec<Picked<'c>>,
    course: impl Fn(CourseCode) -> Option<&'c Course>,
) -> Vec<OfficialMark> {
    let mut awarded: Vec<OfficialMark> = Vec::with_capacity(picked.len());
    let passed: Vec<CourseCode> = picked
        .iter()
        .filter(|one| one.mark.normalized_mark >= PASS)
        .map(|one| one.mark.course_code)
        .collect();
    let mut waived: Vec<(OfficialMark, CourseCode)> = Vec::new();
    for one in picked {
        let mut mark = one.mark;
        if mark.normalized_mark >= PASS {
            match hindrance(one.course, one.is_waived, &passed, &awarded) {
                Some(annotation) => mark.annotations.push(annotation.to_owned()),
                None => {
                    mark.credits_awarded = match one.course.accumulated_credit_maximum {
                        Some(most) => one.sum.min(most),
                        None => one.highest,
                    };
                }
            }
        }
        if one.is_waived && mark.credits_awarded > 0 {
            let typical = one.course.related(&[TYPICAL_PREREQUISITE]);
            waived.extend(typical.map(|before| (mark.clone(), before)));
        }
        awarded.push(mark);
    }
    for (after, before) in waived {
        if let Some(known) = course(before) {
            waive(&mut awarded, &after, known);
        }
    }
    awarded.sort_by_key(|mark| mark.course_code);
    awarded
}

/// Why a pass brings no credits.
fn hindrance(
    course: &Course,
    is_waived: bool,
    passed: &[CourseCode],
    awarded: &[OfficialMark],
) -> Option<&'static str> {
    let mut before = course.related(&[TYPICAL_PREREQUISITE, PREREQUISITE]).peekable();
    if !is_waived && before.peek().is_some() && !before.any(|code| passed.contains(&code)) {
        return Some("MissingRequiredPrereq");
    }
    let has_credits = |code: CourseCode| {
        awarded
            .iter()
            .any(|mark| mark.course_code == code && mark.credits_awarded > 0)
    };
    let has_one_of = |way| course.related(&[way]).any(has_credits);
    if has_one_of(EQUIVALENT) {
        return Some("CourseEquivalency");
    }
    has_one_of(CHALLENGE_EQUIVALENT).then_some("CourseChallengeEquivalency")
}

/// The credits of a waived prerequisite: given for it when it has none itself.
fn waive(awarded: &mut Vec<OfficialMark>, after: &OfficialMark, before: &Course) {
    let credits = u16::from(credits_of(before, 0));
    let given = |mark: &mut OfficialMark| {
        mark.credits_awarded = credits;
        "WaivedPrerequisiteCredit".clone_into(&mut mark.calculation_method);
    };
    let code = before.course_code;
    match awarded.iter_mut().find(|mark| mark.course_code == code) {
        Some(mark) if mark.credits_awarded == 0 => given(mark),
        Some(_) => {}
        None => {
            let mut mark = OfficialMark {
                course_code: code,
                mark_format: super::mark::PASS_FAIL.to_owned(),
                mark_value: "P".to_owned(),
                normalized_mark: PASS,
                annotations: Vec::new(),
                ..after.clone()
            };
            given(&mut mark);
            awarded.push(mark);
        }
    }
}

#[cfg(test)]
mod tests;
