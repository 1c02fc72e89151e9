//! Dates, and the life they lie in.

use crate::model::{ExitKind, State};
use crate::rules::Proposed;
use kernel::{Finding, Findings, SchoolYear};

/// Longest homeroom, in characters.
const LONGEST_HOMEROOM: usize = 20;

pub(super) fn judge(proposed: &Proposed, findings: &mut Findings) {
    let after = proposed.after;
    if !after.year.contains(after.start) {
        findings.push(Finding::refuse("LP-0401", "start").with("year", after.year));
    }
    let latest = SchoolYear::of(proposed.today).next();
    if after.year > latest {
        findings.push(Finding::refuse("LP-0416", "year").with("latest", latest));
    }
    if after.homeroom.chars().count() > LONGEST_HOMEROOM {
        findings.push(Finding::refuse("LP-0412", "homeroom").with("longest", LONGEST_HOMEROOM));
    }
    exit(proposed, findings);
    life(proposed, findings);
}

fn exit(proposed: &Proposed, findings: &mut Findings) {
    let after = proposed.after;
    let Some(exit) = after.state.exit() else { return };
    let is_early = exit.on < after.start;
    let is_outside = !after.year.contains(exit.on);
    if is_early {
        findings.push(Finding::refuse("LP-0402", "exit").with("start", after.start));
    }
    if is_outside {
        findings.push(Finding::refuse("LP-0403", "exit").with("year", after.year));
    }
    let is_new = proposed.before.and_then(|before| before.state.exit()) != Some(exit);
    let is_live = matches!(after.state, State::Ended(_));
    if is_early || is_outside || !is_new || !is_live || exit.kind != ExitKind::Withdrawal {
        return;
    }
    if exit.on > proposed.today {
        findings.push(Finding::note("LP-0420", "exit").with("day", exit.on));
    }
    let closed = proposed
        .calendar
        .is_some_and(|calendar| !schools::rules::is_instructional(calendar, exit.on));
    if closed {
        findings.push(Finding::note("LP-0421", "exit").with("day", exit.on));
    }
}

fn life(proposed: &Proposed, findings: &mut Findings) {
    let (after, student) = (proposed.after, proposed.student);
    if after.start < student.born {
        findings.push(Finding::refuse("LP-0415", "start"));
    }
    let Some(died) = student.deceased_on else { return };
    if after.start > died {
        findings.push(Finding::refuse("LP-0413", "start").with("deceased_on", died));
    } else if after.last_day() > died && !after.is_deleted() {
        findings.push(Finding::warn("LP-0414", "exit").with("deceased_on", died));
    }
}
