//! A family tells ahead that a child will be away, and may take that back; the office notes that it has seen it.

use super::range::restore;
use crate::facts::{self, School, Timetable};
use crate::model::{Entry, Group, Mark, Meaning, NewReport, Report, Slot, Source};
use crate::rules::{self, Change};
use crate::store::{self, Wrote};
use access::Permit;
use access::action::{ManageAttendance, ReportAbsence, ViewStudents};
use db::{Reading, Subject, Tx};
use enrolment::Enrolment;
use kernel::text::squeeze;
use kernel::{
    AbsenceReportId, AttendanceRangeId, Date, Failure, Finding, Findings, Outcome, SchoolId, SchoolYear,
    StudentId,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Tells that a student will be away: every slot of the days of instruction that nobody spoke of takes the school's
/// first code for an absence with leave, and an absence without an explanation is explained. The note goes to the
/// office alone. The same report sent twice is one. Returns it as it stands at each school.
///
/// Refused by the rules `LP-0760` to `LP-0762`, `LP-0701`, `LP-0706`, `LP-0709` and `LP-0713`; not found outside the
/// permits. Writes: `absence_report`, `attendance_mark`, audit `attendance.report`.
pub fn report_absence(
    tx: &mut Tx,
    permits: (&Permit<ReportAbsence>, &Permit<ViewStudents>),
    cmd: &NewReport,
) -> Outcome<Vec<Report>> {
    if !permits.0.covers(tx, cmd.student)? {
        return Err(Failure::NotFound);
    }
    let account = permits.0.actor().account.ok_or(Failure::NotFound)?;
    let there = store::reports(tx, cmd.id)?;
    if let Some(one) = there.first() {
        let is_same = one.student == cmd.student && one.account == account;
        return if is_same {
            Ok(there)
        } else {
            Err(Failure::NotFound)
        };
    }
    let cmd = NewReport {
        note: squeeze(&cmd.note),
        ..cmd.clone()
    };
    let mut findings = rules::judge_report(&cmd, tx.today()).or_refuse()?;
    let stays = stays(tx, permits.1, &cmd)?;
    if stays.is_empty() {
        return Err(Failure::refuse("LP-0762", "first_day"));
    }
    let mut is_taught = false;
    for (school, stays) in &stays {
        let Some(away) = Away::read(tx, permits.0, (*school, stays), &cmd)? else {
            continue;
        };
        is_taught = true;
        findings.extend(away.judge().0);
        let written = away.write(tx, &cmd)?;
        store::insert_report(tx, &cmd, (*school, account, written))?;
        let detail = json!({
            "report": cmd.id, "school_id": school, "first_day": cmd.days.0, "last_day": cmd.days.1, "part": cmd.part,
            "marks": written,
        });
        tx.record("attendance.report", Subject::new("student", cmd.student), &detail);
    }
    if !is_taught {
        findings.push(Finding::refuse("LP-0713", "last_day"));
    }
    findings.or_refuse()?;
    store::reports(tx, cmd.id)
}

/// The schools at which the student is on one of the days, with the enrolments that say so.
fn stays(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    cmd: &NewReport,
) -> Outcome<BTreeMap<SchoolId, Vec<Enrolment>>> {
    let mut all: BTreeMap<SchoolId, Vec<Enrolment>> = BTreeMap::new();
    for one in enrolment::enrolments(at, permit, cmd.student)? {
        let overlaps = one.start <= cmd.days.1 && cmd.days.0 <= one.last_day();
        if overlaps && !one.is_deleted() && one.year == SchoolYear::of(cmd.days.0) {
            all.entry(one.school).or_default().push(one);
        }
    }
    Ok(all)
}

/// Where a student is away, and what stands there.
struct Away {
    school: SchoolId,
    facts: School,
    timetable: Timetable,
    days: Vec<Date>,
    standing: BTreeMap<(Date, Slot), Mark>,
    taken: BTreeSet<Slot>,
    today: Date,
}

impl Away {
    /// Reads it; none when the school teaches on none of the days.
    fn read(
        tx: &mut Tx,
        permit: &Permit<ReportAbsence>,
        (school, stays): (SchoolId, &[Enrolment]),
        cmd: &NewReport,
    ) -> Outcome<Option<Self>> {
        let facts = School::read(tx, permit, (school, cmd.days.0))?;
        let mut days = facts.days(cmd.days);
        days.retain(|day| stays.iter().any(|one| one.covers(*day)));
        if days.is_empty() {
            return Ok(None);
        }
        let timetable = Timetable::read(tx, school, cmd.days.0, &[cmd.student])?;
        let standing = store::marks_of(tx, cmd.student, cmd.days)?
            .into_iter()
            .filter(|mark| mark.school == school)
            .map(|mark| ((mark.on, mark.slot), mark))
            .collect();
        let today = tx.today();
        let homeroom = stays.iter().find(|one| one.covers(today));
        let homeroom = homeroom.map(|one| one.homeroom.clone()).unwrap_or_default();
        let taken = taken(tx, (school, today), (cmd.student, &homeroom), &timetable)?;
        Ok(Some(Self {
            school,
            facts,
            timetable,
            days,
            standing,
            taken,
            today,
        }))
    }

    /// Is a day closed, or is there no code for leave?
    fn judge(&self) -> Findings {
        let mut findings = Findings::default();
        for day in &self.days {
            findings.extend(rules::judge_day(&self.facts.facts(), *day, false).0);
            if self.facts.codes.of(Meaning::Authorized, *day).is_none() {
                findings.push(Finding::refuse("LP-0701", "first_day").with("code", ""));
            }
        }
        findings.0.truncate(1);
        findings
    }

    /// Writes the marks; returns how many.
    fn write(&self, tx: &mut Tx, cmd: &NewReport) -> Outcome<usize> {
        let wrote = Wrote {
            source: Source::Family,
            reason: "told ahead",
            range: Some(range_of(cmd.id)),
        };
        let mut written = 0;
        for day in &self.days {
            let Some(code) = self.facts.codes.of(Meaning::Authorized, *day) else {
                continue;
            };
            let taught = self.timetable.day(*day);
            let periods: Vec<u8> = taught.as_ref().map_or_else(Vec::new, |taught| {
                self.timetable.classes(cmd.student, taught).into_keys().collect()
            });
            let mode = self.facts.setting.mode;
            for slot in rules::away_slots(cmd.part, mode, (taught.as_ref(), periods)) {
                let before = self.standing.get(&(*day, slot));
                if !rules::is_told(before, *day == self.today && self.taken.contains(&slot)) {
                    continue;
                }
                let change = Change {
                    before: before.cloned(),
                    entry: Entry {
                        student: cmd.student,
                        letter: code.letter.clone(),
                        minutes: None,
                        comment: before.map(|mark| mark.comment.clone()).unwrap_or_default(),
                        seen: before.map_or(0, |mark| mark.known.version),
                    },
                    meaning: Meaning::Authorized,
                };
                store::replace(tx, (self.school, *day, slot), &[change], &wrote)?;
                written += 1;
            }
        }
        Ok(written)
    }
}

/// The slots of a day whose roll, that the student stands in, was taken.
pub(crate) fn taken(
    at: &mut impl Reading,
    (school, on): (SchoolId, Date),
    (student, homeroom): (StudentId, &str),
    timetable: &Timetable,
) -> Outcome<BTreeSet<Slot>> {
    let classes = timetable
        .day(on)
        .map(|day| timetable.classes(student, &day))
        .unwrap_or_default();
    let is_own = |slot: Slot, group: &Group| match (slot, group) {
        (Slot::Period(number), Group::Section(section)) => classes.get(&number) == Some(section),
        (_, Group::Homeroom(name)) => name == homeroom,
        _ => false,
    };
    let rolls = store::rolls_on(at, school, (on, on))?;
    let own = rolls.iter().filter(|roll| is_own(roll.at.slot, &roll.at.group));
    Ok(own.map(|roll| roll.at.slot).collect())
}

/// What the marks of a report are known by.
fn range_of(id: AbsenceReportId) -> AttendanceRangeId {
    AttendanceRangeId::from_uuid(id.uuid())
}

/// Takes a report of one's own back: each of its marks that nobody has changed since says again what it said before, or
/// present. Twice is once.
///
/// Refused by the rule `LP-0763`; not found outside the permit, and when somebody else told it. Writes:
/// `absence_report`, `attendance_mark`, audit `attendance.report-back`.
pub fn take_back_report(
    tx: &mut Tx,
    permit: &Permit<ReportAbsence>,
    (student, id): (StudentId, AbsenceReportId),
) -> Outcome<()> {
    let reports = store::reports(tx, id)?;
    let is_own = |one: &Report| Some(one.account) == permit.actor().account && one.student == student;
    if reports.is_empty() || !reports.iter().all(is_own) || !permit.covers(tx, student)? {
        return Err(Failure::NotFound);
    }
    let today = tx.today();
    for report in reports.iter().filter(|one| one.taken_back_at.is_none()) {
        rules::judge_take_back(report, today).or_refuse()?;
        if !store::note_report_back(tx, id, report.school)? {
            return Err(Failure::stale("absence_report", 0, 1));
        }
        let school = School::read(tx, permit, (report.school, report.days.0))?;
        let marks = store::of_range(tx, report.school, report.days, range_of(id))?;
        restore(tx, &school, &marks, Source::Family)?;
        let detail = json!({ "report": id, "school_id": report.school, "marks": marks.len() });
        tx.record(
            "attendance.report-back",
            Subject::new("student", student),
            &detail,
        );
    }
    Ok(())
}

/// Notes that the office has seen a report: from then on the family does not take it back. Twice is once.
///
/// Not found outside the permit. Writes: `absence_report`, audit `attendance.report-seen`.
pub fn see_report(
    tx: &mut Tx,
    permit: &Permit<ManageAttendance>,
    (school, id): (SchoolId, AbsenceReportId),
) -> Outcome<()> {
    facts::covers(permit, school)?;
    let reports = store::reports(tx, id)?;
    let report = reports.iter().find(|one| one.school == school);
    let report = report.ok_or(Failure::NotFound)?;
    if report.taken_back_at.is_some() {
        return Err(Failure::stale("absence_report", 0, 1));
    }
    if store::note_seen(tx, id, school)? {
        let detail = json!({ "report": id, "school_id": school });
        tx.record(
            "attendance.report-seen",
            Subject::new("student", report.student),
            &detail,
        );
    }
    Ok(())
}
