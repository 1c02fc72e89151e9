//! Diploma exams: registrations and sittings (40400s, 40500s), and how the
//! mark of the school and that of the exam are blended.

use super::finding;
use crate::messages::{DiplomaExam, DiplomaExamMark, DiplomaExamSitting};
use kernel::{Date, Finding, Findings, Instant};
use uuid::Uuid;

/// Text of a registration.
pub const REGISTERED: &str = "Registered";
/// Text of a result that counts.
pub const REGULAR: &str = "RegularExamMark";
/// Text of an exam the student need not write.
pub const FULL_EXEMPTION: &str = "FullExemption";
/// Text of an exam of which the student writes some parts.
pub const PARTIAL_EXEMPTION: &str = "PartialExemption";
/// Text of a result that the ministry decided on a student's circumstances.
pub const SPECIAL_CASES: &str = "SpecialCases";
/// Text of an exam whose parts were written in two sittings.
pub const SPLIT_WRITING: &str = "SplitWriting";
/// Texts of results whose mark counts.
pub const COUNTING: [&str; 4] = [REGULAR, PARTIAL_EXEMPTION, SPECIAL_CASES, SPLIT_WRITING];
/// Texts of results that have no mark.
const WITHOUT_MARK: [&str; 3] = [FULL_EXEMPTION, "NotWritten", "Withheld"];
/// Text of a part a student is registered for.
pub const COMPONENT_REGISTERED: &str = "RE";

/// How much school and exam weigh in a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blend {
    /// First day of the span.
    pub from: &'static str,
    /// Percent of the school's mark.
    pub school: u16,
    /// Percent of the exam's mark.
    pub exam: u16,
    /// Where it was read.
    pub source: &'static str,
}

/// The weights by the day a mark was completed, the latest first.
pub const BLENDS: [Blend; 5] = [
    Blend {
        from: "2023-09-01",
        school: 70,
        exam: 30,
        source: "public policy, to be confirmed",
    },
    Blend {
        from: "2022-09-01",
        school: 80,
        exam: 20,
        source: "public policy, to be confirmed",
    },
    Blend {
        from: "2021-09-01",
        school: 90,
        exam: 10,
        source: "KB/blending_school_awarded_marks_and_a_diploma_exam_marks",
    },
    Blend {
        from: "2015-09-01",
        school: 70,
        exam: 30,
        source: "KB/blending_school_awarded_marks_and_a_diploma_exam_marks",
    },
    Blend {
        from: "",
        school: 50,
        exam: 50,
        source: "KB/blending_school_awarded_marks_and_a_diploma_exam_marks",
    },
];

/// The weights for two marks. Marks of two spans are blended by the weights of
/// the later one.
pub fn weights(school: Date, exam: Date) -> Blend {
    let later = school.max(exam);
    let era = BLENDS.iter().find(|blend| blend.from <= later.as_str());
    *era.unwrap_or(&BLENDS[BLENDS.len() - 1])
}

/// The blend of two marks in percent, rounded half up.
pub fn blended(school: (u16, Date), exam: (u16, Date)) -> u16 {
    let weigh = weights(school.1, exam.1);
    (school.0 * weigh.school + exam.0 * weigh.exam + 50) / 100
}

/// What the rules look at before a registration is stored.
pub struct Registration<'a> {
    /// As it shall be.
    pub sent: &'a DiplomaExamMark,
    /// As it stands.
    pub held: Option<&'a DiplomaExamMark>,
    /// The exam it names.
    pub exam: Option<&'a DiplomaExam>,
    /// A sitting by its GUID.
    pub sitting: &'a dyn Fn(Uuid) -> Option<&'a DiplomaExamSitting>,
    /// Now.
    pub now: Instant,
}

/// Judges a registration before it is stored. `others` are the student's
/// registrations and results that are not deleted.
pub fn registration<'a>(
    facts: &Registration<'_>,
    others: impl IntoIterator<Item = &'a DiplomaExamMark>,
) -> Findings {
    let sent = facts.sent;
    let mut found = Findings::default();
    let Some(exam) = facts.exam else {
        found.push(finding(40_490));
        return found;
    };
    if facts.held.is_some_and(|held| held.status != REGISTERED) {
        found.push(finding(40_591));
        return found;
    }
    if !is_registration_alone(sent) {
        found.push(finding(40_590));
    }
    if exam.components.iter().any(|part| part.starts_at <= facts.now) {
        found.push(finding(40_592));
    }
    if sent.is_deleted {
        return found;
    }
    found.extend(sittings(facts, exam));
    let is_double = |other: &DiplomaExamMark| {
        other.ref_id != sent.ref_id && other.diploma_exam_ref_id == sent.diploma_exam_ref_id
    };
    if others.into_iter().any(is_double) {
        found.push(finding(40_594));
    }
    found
}

/// What the rules look at before the ministry posts a result.
pub struct Posted<'a> {
    /// As it shall be.
    pub sent: &'a DiplomaExamMark,
    /// The exam it names.
    pub exam: Option<&'a DiplomaExam>,
    /// Now.
    pub now: Instant,
}

/// Judges a result before it is stored: 40490, 40595 to 40598. Never back to a
/// registration; who is exempt need not wait for the exam.
pub fn result(facts: &Posted<'_>) -> Findings {
    let sent = facts.sent;
    let mut found = Findings::default();
    let Some(exam) = facts.exam else {
        found.push(finding(40_490));
        return found;
    };
    if sent.status == REGISTERED {
        found.push(finding(40_596));
        return found;
    }
    let is_ahead = exam.components.iter().any(|part| part.starts_at > facts.now);
    if is_ahead && sent.status != FULL_EXEMPTION {
        found.push(finding(40_595));
    }
    let is_whole = sent.mark_value.is_some() && sent.achievement_date.is_some();
    if sent.status == REGULAR && !is_whole {
        found.push(finding(40_597));
    }
    if WITHOUT_MARK.contains(&sent.status.as_str()) && sent.mark_value.is_some() {
        found.push(finding(40_598).with("status", &sent.status));
    }
    found
}

/// Judges a mark that was found when an exam was marked again: 40597 when none
/// stands that could be, 3002 when it is no percentage, 9023 when it is the same.
pub fn rescored(held: &DiplomaExamMark, percent: u8) -> Findings {
    let mut found = Findings::default();
    if held.status != REGULAR || held.mark_value.is_none() {
        found.push(finding(40_597));
    } else if percent > 100 {
        found.push(super::submit::structure("mark", "from 0 to 100"));
    } else if held.mark_value == Some(percent) {
        found.push(finding(9023));
    }
    found
}

fn is_registration_alone(sent: &DiplomaExamMark) -> bool {
    sent.status == REGISTERED
        && sent.mark_value.is_none()
        && sent.achievement_date.is_none()
        && sent.components.iter().all(|part| {
            part.status == COMPONENT_REGISTERED
                && part.mark.is_none()
                && part.maximum_mark.is_none()
                && part.form.is_none()
        })
}

fn sittings(facts: &Registration<'_>, exam: &DiplomaExam) -> Vec<Finding> {
    let mut found = Vec::new();
    for part in &facts.sent.components {
        let code = &part.component_code;
        if !exam.components.iter().any(|known| known.component_code == *code) {
            found.push(finding(40_491).with("component", code));
        }
        let fits = |ref_id| {
            (facts.sitting)(ref_id).is_some_and(|sitting| {
                !sitting.is_deleted
                    && sitting.diploma_exam_ref_id == exam.ref_id
                    && sitting.component_code == *code
            })
        };
        if part.sitting_ref_id.is_some_and(|ref_id| !fits(ref_id)) {
            found.push(finding(40_593));
        }
    }
    found
}

/// Judges a sitting before it is stored: it is taken until its part is written.
pub fn sitting(sent: &DiplomaExamSitting, exam: Option<&DiplomaExam>, now: Instant) -> Findings {
    let Some(exam) = exam else {
        return finding(40_490).into();
    };
    let part = exam
        .components
        .iter()
        .find(|part| part.component_code == sent.component_code);
    match part {
        None => finding(40_491).with("component", &sent.component_code).into(),
        Some(part) if part.starts_at <= now => finding(40_492).into(),
        Some(_) => Findings::default(),
    }
}

#[cfg(test)]
mod tests;
