//! A member of staff of a section.

use super::clash::{at, clash, shared};
use crate::model::{Section, SectionState, Staff};
use kernel::{Date, Finding, Findings};

/// A member of staff as they would stand, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct ProposedStaff<'a> {
    /// As they would stand.
    pub after: &'a Staff,
    /// The section.
    pub section: &'a Section,
    /// The other sections of the school in that year.
    pub others: &'a [Section],
    /// The name of the account.
    pub name: &'a str,
    /// Does the account hold the role of a teacher at the school?
    pub is_teacher: bool,
    /// Today in Alberta.
    pub today: Date,
}

/// Every finding on a member of staff.
pub fn judge_staff(proposed: &ProposedStaff) -> Findings {
    let (after, section) = (proposed.after, proposed.section);
    let mut findings = may_change_staff(section, proposed.today);
    if !proposed.is_teacher {
        findings.push(Finding::refuse("LP-0524", "account"));
    }
    if !section.covers(after.from) {
        findings.push(outside("from", section));
    }
    if let Some(until) = after.until {
        if until < after.from {
            findings.push(Finding::refuse("LP-0521", "until").with("first", after.from));
        } else if !section.covers(until) {
            findings.push(outside("until", section));
        }
    }
    let days = section.staff_days(after);
    let again = section.taught_by().any(|other| {
        other.id != after.id
            && other.account == after.account
            && shared(days, section.staff_days(other)).is_some()
    });
    if again {
        findings.push(Finding::refuse("LP-0525", "account"));
    }
    for other in proposed
        .others
        .iter()
        .filter(|other| other.state == SectionState::Open)
    {
        let teaches = other
            .taught_by()
            .any(|one| one.account == after.account && shared(days, other.staff_days(one)).is_some());
        if let Some(meeting) = clash(section, other).filter(|_| teaches) {
            let finding = Finding::refuse("LP-0511", "account").with("teacher", proposed.name);
            findings.push(at(finding, other, meeting));
        }
    }
    findings
}

/// May the staff of a section be changed at all?
pub fn may_change_staff(section: &Section, today: Date) -> Findings {
    let mut findings = Findings::default();
    if section.state == SectionState::Closed {
        findings.push(Finding::refuse("LP-0513", ""));
    }
    if section.year.ends() < today {
        findings.push(Finding::refuse("LP-0527", "").with("year", section.year));
    }
    findings
}

fn outside(field: &str, section: &Section) -> Finding {
    Finding::refuse("LP-0523", field)
        .with("first", section.first_day)
        .with("last", section.last_day)
}
