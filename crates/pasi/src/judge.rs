//! The province's rules on an enrolment, judged before it is saved, so that
//! PASI's finding stands beside the field with PASI's number.

use crate::judge_people::{ProvinceOnPeople, beside};
use crate::map::{self, travel};
use crate::organizations::Known;
use crate::programs::Programs;
use crate::schedules::Schedules;
use crate::years::Years;
use crate::{organizations, programs, schedules, years};
use db::{Reading, Tx};
use enrolment::rules::{Judge, Proposed, ProposedResponsible};
use kernel::{Asn, AuthorityCode, Findings, Grade, Outcome, SchoolYear, StudentId};
use pasi_wire::rules::enrolment::{EnrolmentFacts, Offered, SchoolKind, UNKNOWN_GENDER, judge, schedule};
use pasi_wire::rules::{Area, Rule, RuleKind, responsible};
use std::collections::HashMap;

/// Is a rule judged here before a record is sent, by the function that the
/// server judges it by? Of enrolments all are, but for those of years that
/// nobody enrols in any more.
pub fn is_judged_here(rule: &Rule) -> bool {
    let is_enrolment = rule.area == Area::Enrolment && !NOT_KNOWN_HERE.contains(&rule.number);
    let is_other = [&ON_PEOPLE_AND_SCHOOLS[..], &ON_CLASSES[..]].concat();
    rule.is_judged && (is_enrolment || is_other.contains(&rule.number))
}

/// Rules of enrolment whose facts the province alone has.
const NOT_KNOWN_HERE: [u32; 2] = [10_023, 10_028];

/// Why a rule that the reference server judges is not judged here as well; none
/// for one that is, and for one that nobody judges.
pub fn why_not_here(rule: &Rule) -> Option<&'static str> {
    if is_judged_here(rule) {
        return None;
    }
    Some(match rule.kind {
        _ if NOT_KNOWN_HERE.contains(&rule.number) => {
            "holds until 2015/16; what a school offered then is not among the synchronized years"
        }
        RuleKind::Fault => "about the call itself",
        _ => "PASI alone has the facts",
    })
}

/// Rules on students, the persons around them and responsible schools.
const ON_PEOPLE_AND_SCHOOLS: [u32; 12] = [
    3002, 9006, 11_012, 11_090, 11_404, 11_621, 11_626, 11_690, 11_691, 11_692, 11_693, 12_006,
];

/// Rules on sections and on who sits in them.
const ON_CLASSES: [u32; 15] = [
    40_104, 40_108, 40_109, 40_110, 40_111, 40_119, 40_126, 40_127, 40_128, 40_129, 40_137, 40_140, 40_190,
    40_291, 42_092,
];

/// What the province's rules look at beyond the enrolment itself. It is the
/// judge that the operations on enrolments take.
#[derive(Debug, Clone, Default)]
pub struct ProvinceRules {
    kinds: HashMap<AuthorityCode, SchoolKind>,
    citizenship: Option<String>,
    is_gender_unknown: bool,
    years: Years,
    organizations: Known,
    programs: Programs,
    schedules: Schedules,
}

impl ProvinceRules {
    /// For a student as recorded; none for one that is not recorded yet.
    pub fn of(at: &mut impl Reading, student: Option<StudentId>) -> Outcome<Self> {
        let kinds = schools::authorities(at)?
            .into_iter()
            .map(|authority| (authority.code, kind(&authority.kind)))
            .collect();
        let (mut citizenship, mut is_gender_unknown) = (None, false);
        if let Some(student) = student {
            let (permit, today) = (map::program(at)?, at.today());
            citizenship = people::citizenship_on(at, &permit, student, today)?.map(|held| held.status);
            is_gender_unknown = people::gender(at, &permit, student)? == UNKNOWN_GENDER;
        }
        let names = [
            years::SETTING,
            organizations::SETTING,
            programs::SETTING,
            schedules::SETTING,
        ];
        let kept = db::settings_of(at, &names)?;
        Ok(Self {
            kinds,
            citizenship,
            is_gender_unknown,
            years: Years::kept(kept.get(years::SETTING))?,
            organizations: Known::kept(kept.get(organizations::SETTING))?,
            programs: Programs::kept(kept.get(programs::SETTING))?,
            schedules: Schedules::kept(kept.get(schedules::SETTING))?,
        })
    }

    /// With a citizenship that is not recorded yet, as typed into the form.
    #[must_use]
    pub fn with_citizenship(self, status: &str) -> Self {
        Self {
            citizenship: Some(status.to_owned()).filter(|status| !status.is_empty()),
            ..self
        }
    }
}

/// The kind of school by its authority. Which are designated special education
/// schools, PASI's copies of our schools tell.
fn kind(authority_type: &str) -> SchoolKind {
    if authority_type == "Francophone" {
        SchoolKind::Francophone
    } else {
        SchoolKind::Ordinary
    }
}

impl ProvinceRules {
    /// PASI refuses a schedule that is none of the school's.
    fn schedule(&self, proposed: &Proposed) -> Option<kernel::Finding> {
        let after = proposed.after;
        let named = after.coding.operating_schedule.as_deref()?.parse().ok()?;
        let all = self.schedules.of(proposed.school.code, after.year);
        let ids: Vec<uuid::Uuid> = all.iter().map(|one| one.id).collect();
        schedule(Some(named), &ids).filter(|_| !after.is_deleted())
    }
}

impl Judge for ProvinceRules {
    fn enrolment(&self, proposed: &Proposed) -> Findings {
        let mut findings = enrolment_findings(self, proposed);
        findings.extend(self.schedule(proposed));
        findings.extend(self.years.waits(proposed.after.year, proposed.today));
        findings
    }
    fn responsible_school(&self, proposed: &ProposedResponsible) -> Findings {
        // The rules do not look at whose it is; a student may have no ASN yet.
        let nobody = || Asn::from_number(0).expect("nine digits");
        let asn = proposed.student.asn.unwrap_or_else(nobody);
        let sent = travel::responsible_school(proposed.after, asn, 0);
        let others: Vec<_> = proposed
            .others
            .iter()
            .chain(proposed.before)
            .map(|record| travel::responsible_school(record, asn, 0))
            .collect();
        let reasons = codes::set(codes::CodeSet::TransitionReason);
        let year = SchoolYear::of(sent.effective_date);
        let mut found = responsible::submitted(&sent, &others, |has, reason| {
            reasons.find(reason).is_some_and(|code| {
                code.is_valid_in(year) && code.under.iter().any(|under| under == has.as_str())
            })
        });
        let ours = sent
            .school_code
            .and_then(|code| proposed.directory.by_code(code))
            .map(|school| school.authority);
        found.extend(responsible::stored(&sent, ours, false).0);
        beside(found)
    }
}

/// The province's rules on the enrolments of an import. New students are
/// judged by what their row tells; those that are here by their record.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportRules;

impl exchange::Province for ImportRules {
    fn judge(
        &self,
        tx: &mut Tx,
        student: Option<StudentId>,
        citizenship: Option<&str>,
    ) -> Outcome<Box<dyn Judge>> {
        let rules = ProvinceRules::of(tx, student)?;
        Ok(Box::new(match citizenship {
            Some(status) => rules.with_citizenship(status),
            None => rules,
        }))
    }
    fn people(&self) -> &dyn people::rules::Judge {
        &ProvinceOnPeople
    }
}

/// The sentence of one of PASI's rules by its number, with its values; none
/// when the register has no such number.
pub fn rule_sentence(code: &str, args: &[(String, String)], french: bool) -> Option<String> {
    let number = code.parse().ok()?;
    pasi_wire::rules::rule(number).map(|rule| rule.told(args, french))
}

/// Everything PASI's rules say of an enrolment as it would stand: warnings and
/// advice, by PASI's numbers; none of them refuses.
pub fn enrolment_findings(rules: &ProvinceRules, proposed: &Proposed) -> Findings {
    let (after, coding) = (proposed.after, &proposed.after.coding);
    let grants: Vec<&str> = coding.grants.iter().map(String::as_str).collect();
    let exceptions: Vec<&str> = coding.exceptions.iter().map(String::as_str).collect();
    let known = codes::set(codes::CodeSet::GrantsProgramCode);
    let expired: Vec<&str> = grants
        .iter()
        .copied()
        .filter(|code| known.find(code).is_some_and(|code| !code.is_valid_in(after.year)))
        .collect();
    let before = proposed
        .others
        .iter()
        .find(|other| other.year == after.year.previous() && !other.is_deleted());
    let last_year: Option<Vec<&str>> =
        before.map(|other| other.coding.grants.iter().map(String::as_str).collect());
    let school = proposed.school;
    let programs = rules.programs.of(school.code, after.year);
    let grades: Vec<Grade> = Grade::ALL
        .iter()
        .copied()
        .filter(|grade| school.offers(*grade))
        .collect();
    let calendar: Vec<_> = proposed
        .calendar
        .iter()
        .map(|calendar| (calendar.first_day, calendar.last_day))
        .collect();
    judge(&EnrolmentFacts {
        school_year: after.year,
        current_year: SchoolYear::of(proposed.today),
        grade: Some(after.grade),
        birth_date: proposed.student.born,
        is_gender_unknown: rules.is_gender_unknown,
        is_deleted: after.is_deleted(),
        programming_type: &coding.programming_type,
        programming_timeframe: &coding.programming_timeframe,
        start: after.start,
        exit: after.state.exit().map(|exit| exit.on),
        calendars: &calendar,
        grants: &grants,
        expired_grants: &expired,
        last_year_grants: last_year.as_deref(),
        exceptions: &exceptions,
        enrolment_types: coding.types.len(),
        has_fnmi: coding.indigenous_declaration.is_some(),
        resident_board: board(coding.resident_board.as_ref()),
        is_resident_board_known: coding
            .resident_board
            .as_deref()
            .is_none_or(|code| rules.organizations.has_board(code)),
        francophone_board: board(coding.francophone_board.as_ref()),
        french_hours: coding.french_hours.and_then(|hours| u16::try_from(hours).ok()),
        school: if rules.organizations.is_designated(proposed.school.code) {
            SchoolKind::DesignatedSpecialEducation
        } else {
            let kind = rules.kinds.get(&proposed.school.authority);
            kind.copied().unwrap_or_default()
        },
        offered: Some(Offered {
            grades: &grades,
            programs: programs.as_deref(),
        }),
        citizenship: rules.citizenship.as_deref(),
        program_percentage: coding.program_percentage.and_then(|part| u8::try_from(part).ok()),
    })
}

fn board(code: Option<&String>) -> Option<AuthorityCode> {
    code.and_then(|code| code.parse().ok())
}
