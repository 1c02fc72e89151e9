//! The rules of the province, judged by the same functions before a submit
//! and by the server that receives it.
//!
//! Every finding's code is the rule's number; what the number means, in both
//! languages and for which years, is in [`RULES`]. [`enrolment`] judges an
//! enrolment, [`person`] a student's sub-records, [`submit`] what every submit
//! must satisfy, [`responsible`] responsible schools, [`acknowledgement`] answers to core alerts, [`accommodation`] and
//! [`document`] what is granted a student and what is kept of one; [`section`],
//! [`mark`] and [`diploma`] judge high school records, and [`official`] makes the mark that
//! counts of them. What the ministry posts is judged too: [`diploma::result`],
//! [`achievement_test`].

mod answer;
mod checks;
mod register;

pub mod accommodation;
pub mod achievement_test;
pub mod acknowledgement;
pub mod diploma;
pub mod document;
pub mod enrolment;
pub mod mark;
pub mod official;
pub mod person;
pub mod responsible;
pub mod section;
pub mod submit;

pub use answer::{alerts, rejections};
pub use register::RULES;

use kernel::{Finding, Grade, SchoolYear, Severity};

/// What the province does with a record that breaks the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleKind {
    /// Replaces the response by a fault.
    Fault,
    /// Refuses the record.
    Rejection,
    /// Stores it; must be fixed.
    Warning,
    /// Stores it; must be confirmed.
    Advice,
}

/// What the rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// Connection, certificates, structure.
    Technical,
    /// Rules shared by many operations.
    Common,
    /// School enrolment.
    Enrolment,
    /// Student and sub-records.
    Student,
    /// Responsible school.
    ResponsibleSchool,
    /// Answers to core alerts.
    Acknowledgement,
    /// Classroom accommodation.
    Accommodation,
    /// Documents.
    Document,
    /// Sections.
    Section,
    /// Course enrolments.
    CourseEnrolment,
    /// Evaluated marks.
    EvaluatedMark,
    /// Marks of all kinds.
    Mark,
    /// Diploma exams.
    DiplomaExam,
    /// Provincial achievement tests.
    AchievementTest,
}

/// A rule of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The province's number.
    pub number: u32,
    /// What happens when it is broken.
    pub kind: RuleKind,
    /// What it is about.
    pub area: Area,
    /// The form's field its finding stands beside; empty for the whole record.
    pub field: &'static str,
    /// The sentence in English, `{name}` where a value goes; our wording.
    pub text_en: &'static str,
    /// The sentence in French.
    pub text_fr: &'static str,
    /// First and last school year, by their ends.
    pub years: (Option<i32>, Option<i32>),
    /// Where it was read.
    pub source: &'static str,
    /// Is it judged by this crate? Others need data only the province has.
    pub is_judged: bool,
    /// Why nobody judges it; such a rule is here for its sentence.
    pub open: Option<Open>,
}

/// Why a rule is judged by nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Open {
    /// What is published of it does not say when it is broken.
    Meaning,
    /// No operation of this contract can break it.
    NoMessage,
    /// It tells of a failure of the province's own machines.
    NoOccasion,
}

impl Open {
    /// The reason in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Meaning => "its meaning is not published",
            Self::NoMessage => "no operation of the contract can break it",
            Self::NoOccasion => "only a failure of the province's own machines gives it",
        }
    }
}

impl Rule {
    /// Does it hold in a school year?
    pub fn holds_in(&self, year: SchoolYear) -> bool {
        let (first, last) = self.years;
        first.is_none_or(|first| first <= year.number()) && last.is_none_or(|last| year.number() <= last)
    }
    /// The severity of its findings.
    pub const fn severity(&self) -> Severity {
        match self.kind {
            RuleKind::Fault | RuleKind::Rejection => Severity::Refuse,
            RuleKind::Warning => Severity::Warn,
            RuleKind::Advice => Severity::Note,
        }
    }
    /// The sentence as a person reads it: of a structural check (3002) what is to
    /// be done about it, and a grade as schools write it, `6` and not `06`.
    pub fn told(&self, args: &[(String, String)], french: bool) -> String {
        let check = args.iter().find(|(name, _)| name == "check");
        if let Some(to_do) = check
            .filter(|_| self.number == 3002)
            .and_then(|(_, check)| checks::to_do(check, french))
        {
            return to_do;
        }
        let args: Vec<(String, String)> = args
            .iter()
            .map(|(name, value)| {
                let is_grade = name.to_lowercase().ends_with("grade");
                let grade = value.parse::<Grade>().ok().filter(|_| is_grade);
                let value = grade.map_or_else(|| value.clone(), |grade| grade.label().to_owned());
                (name.clone(), value)
            })
            .collect();
        self.sentence(&args, french)
    }
    /// The sentence with its values; `french` chooses the language.
    pub fn sentence(&self, args: &[(String, String)], french: bool) -> String {
        let mut said = if french { self.text_fr } else { self.text_en }.to_owned();
        for (name, value) in args {
            let value = match name.as_str() {
                "check" if french => checks::in_french(value),
                _ => value.clone(),
            };
            said = said.replace(&format!("{{{name}}}"), &value);
        }
        said
    }
}

/// The rule with that number.
pub fn rule(number: u32) -> Option<&'static Rule> {
    RULES
        .binary_search_by_key(&number, |rule| rule.number)
        .ok()
        .and_then(|at| RULES.get(at))
}

/// The rule a finding names, when it is one of the province's.
pub fn rule_of(finding: &Finding) -> Option<&'static Rule> {
    finding.code.parse().ok().and_then(rule)
}

/// A finding of a rule, beside the rule's own field.
pub fn finding(number: u32) -> Finding {
    let rule = rule(number).expect("rules are judged by numbers of the register");
    finding_at(number, rule.field)
}

/// A finding of a rule, beside another field.
pub fn finding_at(number: u32, field: &str) -> Finding {
    let rule = rule(number).expect("rules are judged by numbers of the register");
    Finding {
        code: number.to_string(),
        severity: rule.severity(),
        field: field.to_owned(),
        args: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_is_in_order_and_says_everything_in_both_languages() {
        for pair in RULES.windows(2) {
            assert!(
                pair[0].number < pair[1].number,
                "{} is out of order",
                pair[1].number
            );
        }
        for rule in RULES {
            let names = |text: &str| {
                let mut names: Vec<String> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|part| part.split_once('}'))
                    .map(|(name, _)| name.into())
                    .collect();
                names.sort();
                names
            };
            assert!(
                rule.text_en.ends_with('.') && rule.text_fr.ends_with('.'),
                "{}",
                rule.number
            );
            assert_eq!(
                names(rule.text_en),
                names(rule.text_fr),
                "{} has other values in French",
                rule.number
            );
            assert!(!rule.source.is_empty(), "{} has no source", rule.number);
            assert_eq!(super::rule(rule.number), Some(rule));
        }
    }

    #[test]
    fn the_severity_follows_the_kind() {
        for (number, severity) in [
            (1007, Severity::Refuse),
            (3004, Severity::Refuse),
            (10_054, Severity::Warn),
            (10_017, Severity::Note),
        ] {
            assert_eq!(finding(number).severity, severity, "{number}");
        }
    }

    #[test]
    fn a_rule_holds_in_its_years_alone() {
        let year = |ends| SchoolYear::ending(ends).expect("test year");
        let replaced = rule(10_023).expect("registered");
        assert!(replaced.holds_in(year(2016)) && !replaced.holds_in(year(2017)));
        let replacing = rule(10_129).expect("registered");
        assert!(!replacing.holds_in(year(2016)) && replacing.holds_in(year(2017)));
    }

    #[test]
    fn a_rule_that_is_judged_has_no_reason_why_it_is_not() {
        assert!(
            RULES.iter().all(|rule| !rule.is_judged || rule.open.is_none()),
            "judged and open at once"
        );
    }
}
