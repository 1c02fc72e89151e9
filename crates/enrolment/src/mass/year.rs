//! The end of a school year as a batch: its students are those of the schools
//! chosen, and each of them may be made an exception before it is applied.

use super::model::{BatchState, Exception, MassChange, RowState, SeatCount};
use super::store::{self, BatchRow, RowRow};
use super::{account, record};
use crate::model::ExitKind;
use crate::rules::Seat;
use access::Permit;
use access::action::MassUpdate;
use db::schema::{enrolment, mass_row, student_card};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{EnrolmentId, Failure, Findings, Grade, MassUpdateId, Outcome, SchoolId, SchoolYear, StudentId};
use schools::{Directory, YearWindow};
use serde_json::json;

/// Takes the enrolments to close, or the students who go on, at the schools
/// that the change names; every one is judged before anything is written.
/// Schools outside the permit's scope are left out, as if they were not there.
/// The same id again answers what is there: a form sent twice is one batch.
///
/// Refused when the change is of another kind (`LP-0443`), no school is left
/// (`LP-0460`), the year is not one to close or to register for (`LP-0461`),
/// or nobody is there (`LP-0463`). Writes: `mass_update`, `mass_row`, audit.
/// Returns how many rows.
pub fn begin_year(
    tx: &mut Tx,
    permit: &Permit<MassUpdate>,
    id: MassUpdateId,
    (change, reason): (&MassChange, &str),
) -> Outcome<usize> {
    let account = account(permit)?;
    if store::exists(tx, id)? {
        let there = store::batch(tx, id, account)?;
        return Ok(store::counts(tx, there.id)?.all());
    }
    let change = within_reach(permit, change, &schools::directory(tx)?)?;
    let found = found(tx, &change)?;
    if found.is_empty() {
        return Err(Failure::refuse("LP-0463", "school"));
    }
    let mut batch = BatchRow::new(tx, id, account);
    batch.choose(&change, reason)?;
    let rows: Vec<RowRow> = (1..)
        .zip(&found)
        .map(|(number, one)| one.row(&batch, number))
        .collect();
    store::insert(tx, &batch, rows)?;
    let detail = json!({ "change": batch.change, "rows": found.len() });
    record(tx, "mass-update.begin", id, &detail);
    Ok(found.len())
}

/// Decides otherwise for one student of a batch that is looked at, or takes
/// that back (`None`); the student is judged anew.
///
/// Refused when the batch is not at that step, or is not the end of a school
/// year (`LP-0442`); not found when the batch has no such row, or the school is
/// none of the person's. Writes: `mass_update`, `mass_row`.
pub fn except(
    tx: &mut Tx,
    permit: &Permit<MassUpdate>,
    (id, number): (MassUpdateId, i32),
    exception: Option<Exception>,
) -> Outcome<()> {
    let batch = store::batch(tx, id, account(permit)?)?;
    let mut row = store::row(tx, id, number)?;
    let fits = match (batch.wanted()?, exception) {
        (Some(MassChange::Register(_)), _) => true,
        (Some(MassChange::Close(_)), exception) => !matches!(exception, Some(Exception::Seat(_))),
        _ => false,
    };
    if batch.state != BatchState::Ready || !fits {
        return Err(Failure::refuse("LP-0442", ""));
    }
    if let Some(Exception::Seat(seat)) = exception {
        if !permit.covers_school(seat.school) {
            return Err(Failure::NotFound);
        }
        schools::school(tx, seat.school)?;
    }
    row.exception = match &exception {
        None => String::new(),
        Some(exception) => serde_json::to_string(exception)
            .map_err(|error| Failure::Fault(format!("mass_row.exception: {error}")))?,
    };
    if exception == Some(Exception::LeaveOut) {
        row.find(RowState::LeftOut, &Findings::default());
    } else {
        row.find(RowState::Waiting, &Findings::default());
        store::set_state(tx, id, BatchState::Preparing)?;
    }
    store::save(tx, &row)
}

/// Students of a batch by school, grade and what becomes of them; empty when it
/// is not the end of a school year. Not found when it is another person's.
pub fn seats(
    at: &mut impl Reading,
    permit: &Permit<MassUpdate>,
    id: MassUpdateId,
) -> Outcome<Vec<SeatCount>> {
    store::batch(at, id, account(permit)?)?;
    let division = at.division();
    let groups = (mass_row::school_id, mass_row::grade, mass_row::state);
    let counted: Vec<(Option<SchoolId>, String, RowState, i64)> = mass_row::table
        .filter(mass_row::division_id.eq(division).and(mass_row::batch_id.eq(id)))
        .group_by(groups)
        .select((
            mass_row::school_id,
            mass_row::grade,
            mass_row::state,
            diesel::dsl::count_star(),
        ))
        .load(at.conn())?;
    let counts = counted.into_iter().filter_map(|(school, grade, state, count)| {
        let (school, grade) = (school?, grade.parse().ok()?);
        Some(SeatCount {
            seat: Seat { school, grade },
            state,
            students: usize::try_from(count).unwrap_or(0),
        })
    });
    Ok(counts.collect())
}

/// The change, about the schools of the person alone, and leading to schools there are.
fn within_reach(
    permit: &Permit<MassUpdate>,
    change: &MassChange,
    directory: &Directory,
) -> Outcome<MassChange> {
    let mut change = change.clone();
    let schools = match &mut change {
        MassChange::Close(close) => &mut close.schools,
        MassChange::Register(register) => {
            register.onward.retain(|(_, next)| directory.get(*next).is_some());
            &mut register.schools
        }
        _ => return Err(Failure::refuse("LP-0443", "")),
    };
    schools.retain(|school| permit.covers_school(*school));
    schools.sort_unstable();
    schools.dedup();
    if schools.is_empty() {
        return Err(Failure::refuse("LP-0460", "school"));
    }
    Ok(change)
}

/// Somebody at one of the schools, where the batch begins.
struct Found {
    student: StudentId,
    enrolment: EnrolmentId,
    seat: Seat,
}

impl Found {
    fn row(&self, batch: &BatchRow, number: i32) -> RowRow {
        let mut row = RowRow::waiting(batch, number, self.student);
        row.enrolment_id = Some(self.enrolment);
        row.set_seat(self.seat);
        row
    }
}

/// The enrolments to close; or of each student who may go on, one.
fn found(tx: &mut Tx, change: &MassChange) -> Outcome<Vec<Found>> {
    let current = SchoolYear::of(tx.today());
    let fits = |year: SchoolYear, fits: bool| {
        let refused = || Failure::refuse("LP-0461", "year");
        fits.then_some(year).ok_or_else(refused)
    };
    match change {
        MassChange::Close(close) => {
            let window = YearWindow::on(tx.today());
            let is_known = window.contains(close.year) && close.year <= current;
            enrolled(tx, &close.schools, fits(close.year, is_known)?, true)
        }
        MassChange::Register(register) => {
            let is_next = register.year == current || register.year == current.next();
            let year = fits(register.year, is_next)?.previous();
            let mut all = enrolled(tx, &register.schools, year, false)?;
            let mut met = std::collections::HashSet::new();
            all.retain(|one| met.insert(one.student));
            Ok(all)
        }
        _ => Ok(Vec::new()),
    }
}

/// What counts at the schools in a year, by school, grade and name; with those who left or without.
fn enrolled(tx: &mut Tx, schools: &[SchoolId], year: SchoolYear, with_left: bool) -> Outcome<Vec<Found>> {
    let division = tx.division();
    let card = student_card::division_id
        .eq(enrolment::division_id)
        .and(student_card::student_id.eq(enrolment::student_id));
    let mut query = enrolment::table
        .inner_join(student_card::table.on(card))
        .filter(
            enrolment::division_id
                .eq(division)
                .and(enrolment::school_id.eq_any(schools.to_vec()))
                .and(enrolment::school_year.eq(year))
                .and(enrolment::known_to.is_null())
                .and(enrolment::deletion.is_null()),
        )
        .order((student_card::sort_name, enrolment::student_id, enrolment::id))
        .select((
            enrolment::student_id,
            enrolment::id,
            enrolment::school_id,
            enrolment::grade,
        ))
        .into_boxed();
    if !with_left {
        query = query.filter(
            enrolment::exit_kind
                .is_null()
                .or(enrolment::exit_kind.ne(ExitKind::Withdrawal)),
        );
    }
    let rows: Vec<(StudentId, EnrolmentId, SchoolId, Grade)> = query.load(tx.conn())?;
    let found = rows.into_iter().map(|(student, enrolment, school, grade)| Found {
        student,
        enrolment,
        seat: Seat { school, grade },
    });
    let mut found: Vec<Found> = found.collect();
    found.sort_by_key(|one| (one.seat.school, one.seat.grade));
    Ok(found)
}
