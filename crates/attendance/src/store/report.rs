//! Absences told ahead.

use crate::model::{AwayReason, DayPart, NewReport, Report};
use db::schema::absence_report;
use db::{FieldClass, Reading, Tx};
use diesel::prelude::*;
use kernel::{AbsenceReportId, AccountId, Date, DivisionId, Instant, Outcome, SchoolId, StudentId};

/// Reports that are listed at once.
const LISTED: i64 = 300;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = absence_report)]
struct ReportRow {
    division_id: DivisionId,
    id: AbsenceReportId,
    school_id: SchoolId,
    student_id: StudentId,
    account_id: AccountId,
    told_by: String,
    told_at: Instant,
    first_day: Date,
    last_day: Date,
    part: DayPart,
    reason: AwayReason,
    note: Option<Vec<u8>>,
    marks: i32,
    seen_at: Option<Instant>,
    seen_by: String,
    taken_back_at: Option<Instant>,
}

impl ReportRow {
    fn report(self, at: &mut impl Reading) -> Outcome<Report> {
        let note = match &self.note {
            Some(sealed) => at.sealer().open(FieldClass::Medical, sealed)?,
            None => String::new(),
        };
        Ok(Report {
            id: self.id,
            school: self.school_id,
            student: self.student_id,
            days: (self.first_day, self.last_day),
            part: self.part,
            reason: self.reason,
            note,
            account: self.account_id,
            told_by: self.told_by,
            told_at: self.told_at,
            marks: self.marks,
            seen: self.seen_at.map(|at| (at, self.seen_by)),
            taken_back_at: self.taken_back_at,
        })
    }
}

fn opened(at: &mut impl Reading, rows: Vec<ReportRow>) -> Outcome<Vec<Report>> {
    rows.into_iter().map(|row| row.report(at)).collect()
}

/// The report at each school it is about; none when there is none.
pub(crate) fn reports(at: &mut impl Reading, id: AbsenceReportId) -> Outcome<Vec<Report>> {
    let division = at.division();
    let rows: Vec<ReportRow> = absence_report::table
        .filter(
            absence_report::division_id
                .eq(division)
                .and(absence_report::id.eq(id)),
        )
        .order(absence_report::school_id)
        .select(ReportRow::as_select())
        .load(at.conn())?;
    opened(at, rows)
}

/// The reports about a student whose last day is not before a day, the earliest first; taken back ones left out.
pub(crate) fn reports_about(at: &mut impl Reading, student: StudentId, from: Date) -> Outcome<Vec<Report>> {
    let division = at.division();
    let rows: Vec<ReportRow> = absence_report::table
        .filter(
            absence_report::division_id
                .eq(division)
                .and(absence_report::student_id.eq(student)),
        )
        .filter(
            absence_report::last_day
                .ge(from)
                .and(absence_report::taken_back_at.is_null()),
        )
        .order((absence_report::first_day, absence_report::id))
        .select(ReportRow::as_select())
        .load(at.conn())?;
    opened(at, rows)
}

/// The reports to a school whose last day is not before a day, the earliest first; taken back ones left out.
pub(crate) fn reports_to(at: &mut impl Reading, school: SchoolId, from: Date) -> Outcome<Vec<Report>> {
    let division = at.division();
    let rows: Vec<ReportRow> = absence_report::table
        .filter(
            absence_report::division_id
                .eq(division)
                .and(absence_report::school_id.eq(school)),
        )
        .filter(
            absence_report::last_day
                .ge(from)
                .and(absence_report::taken_back_at.is_null()),
        )
        .order((absence_report::first_day, absence_report::id))
        .limit(LISTED)
        .select(ReportRow::as_select())
        .load(at.conn())?;
    opened(at, rows)
}

/// Keeps a report to a school, with how many marks it wrote.
pub(crate) fn insert_report(
    tx: &mut Tx,
    cmd: &NewReport,
    (school, account, marks): (SchoolId, AccountId, usize),
) -> Outcome<()> {
    let note = match cmd.note.as_str() {
        "" => None,
        note => Some(tx.seal(FieldClass::Medical, note)?),
    };
    let row = ReportRow {
        division_id: tx.division(),
        id: cmd.id,
        school_id: school,
        student_id: cmd.student,
        account_id: account,
        told_by: tx.actor().name.clone(),
        told_at: tx.now(),
        first_day: cmd.days.0,
        last_day: cmd.days.1,
        part: cmd.part,
        reason: cmd.reason,
        note,
        marks: i32::try_from(marks).unwrap_or(i32::MAX),
        seen_at: None,
        seen_by: String::new(),
        taken_back_at: None,
    };
    diesel::insert_into(absence_report::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that the office has seen a report; false when that was noted before.
pub(crate) fn note_seen(tx: &mut Tx, id: AbsenceReportId, school: SchoolId) -> Outcome<bool> {
    let (division, now, by) = (tx.division(), tx.now(), tx.actor().name.clone());
    let unseen = absence_report::table
        .find((division, id, school))
        .filter(absence_report::seen_at.is_null());
    let noted = diesel::update(unseen)
        .set((absence_report::seen_at.eq(now), absence_report::seen_by.eq(by)))
        .execute(tx.conn())?;
    Ok(noted > 0)
}

/// Notes that a report was taken back; false when it was before, or the office has seen it meanwhile.
pub(crate) fn note_report_back(tx: &mut Tx, id: AbsenceReportId, school: SchoolId) -> Outcome<bool> {
    let (division, now) = (tx.division(), tx.now());
    let open = absence_report::table
        .find((division, id, school))
        .filter(absence_report::taken_back_at.is_null())
        .filter(absence_report::seen_at.is_null());
    let noted = diesel::update(open)
        .set(absence_report::taken_back_at.eq(now))
        .execute(tx.conn())?;
    Ok(noted > 0)
}
