//! SQL of special days, terms, cycles and bell schedules.

use crate::model::{
    BellSchedule, BellUse, Calendar, Cycle, CycleKind, Period, PeriodKind, Plan, SpecialDay, TeachingYear,
    Term, TermKind, UsedOn,
};
use crate::rules::teaching::in_order;
use db::schema::{bell_period, bell_schedule, bell_use, calendar_plan, calendar_special_day, calendar_term};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{BellScheduleId, CalendarId, Date, DivisionId, Failure, Grade, Outcome, TermId};
use std::collections::HashMap;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = calendar_special_day)]
struct SpecialRow {
    division_id: DivisionId,
    calendar_id: CalendarId,
    on_day: Date,
    is_early: bool,
    bell_id: Option<BellScheduleId>,
    cycle_day: Option<i32>,
    reason: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = calendar_plan)]
struct PlanRow {
    division_id: DivisionId,
    calendar_id: CalendarId,
    cycle_kind: CycleKind,
    cycle_length: i32,
    has_letters: bool,
    version: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = calendar_term)]
struct TermRow {
    division_id: DivisionId,
    id: TermId,
    calendar_id: CalendarId,
    kind: TermKind,
    name: String,
    first_day: Date,
    last_day: Date,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = bell_schedule)]
struct BellRow {
    division_id: DivisionId,
    id: BellScheduleId,
    calendar_id: CalendarId,
    name: String,
    is_usual: bool,
    version: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = bell_period)]
struct PeriodRow {
    division_id: DivisionId,
    bell_id: BellScheduleId,
    period_number: i32,
    name: String,
    starts_minute: i32,
    ends_minute: i32,
    kind: PeriodKind,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = bell_use)]
struct UseRow {
    division_id: DivisionId,
    calendar_id: CalendarId,
    use_kind: String,
    use_number: i32,
    bell_id: BellScheduleId,
}

fn small(number: i32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn minute(number: i32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn stored(on: UsedOn) -> (&'static str, i32) {
    match on {
        UsedOn::Weekday(day) => ("weekday", i32::from(day)),
        UsedOn::CycleDay(day) => ("cycle-day", i32::from(day)),
        UsedOn::Grade(grade) => ("grade", i32::from(grade.number())),
    }
}

fn used_on(kind: &str, number: i32) -> Option<UsedOn> {
    match kind {
        "weekday" => Some(UsedOn::Weekday(small(number))),
        "cycle-day" => Some(UsedOn::CycleDay(small(number))),
        _ => Grade::from_number(small(number)).map(UsedOn::Grade),
    }
}

/// Everything decided about the days of a calendar.
pub(crate) fn teaching(at: &mut impl Reading, calendar: Calendar) -> Outcome<TeachingYear> {
    Ok(TeachingYear {
        special: special(at, calendar.id)?,
        plan: plan(at, calendar.id)?,
        bells: bells(at, calendar.id)?,
        calendar,
    })
}

fn special(at: &mut impl Reading, calendar: CalendarId) -> Outcome<Vec<SpecialDay>> {
    let division = at.division();
    let rows: Vec<SpecialRow> = db::ask!(
        at.conn(),
        load,
        calendar_special_day::table
            .filter(calendar_special_day::division_id.eq(division))
            .filter(calendar_special_day::calendar_id.eq(calendar))
            .order(calendar_special_day::on_day)
            .select(SpecialRow::as_select())
    )?;
    let day = |row: SpecialRow| SpecialDay {
        on: row.on_day,
        is_early: row.is_early,
        bell: row.bell_id,
        cycle_day: row.cycle_day.map(small),
        reason: row.reason,
    };
    Ok(rows.into_iter().map(day).collect())
}

/// The terms of a calendar, in the order of their first days.
pub(crate) fn terms(at: &mut impl Reading, calendar: CalendarId) -> Outcome<Vec<Term>> {
    let division = at.division();
    let rows: Vec<TermRow> = db::ask!(
        at.conn(),
        load,
        calendar_term::table
            .filter(calendar_term::division_id.eq(division))
            .filter(calendar_term::calendar_id.eq(calendar))
            .select(TermRow::as_select())
    )?;
    let term = |row: TermRow| Term {
        id: row.id,
        name: row.name,
        kind: row.kind,
        first_day: row.first_day,
        last_day: row.last_day,
    };
    Ok(in_order(rows.into_iter().map(term).collect()))
}

fn plan(at: &mut impl Reading, calendar: CalendarId) -> Outcome<Plan> {
    let division = at.division();
    let row: Option<PlanRow> = db::ask!(
        at.conn(),
        first,
        calendar_plan::table
            .find((division, calendar))
            .select(PlanRow::as_select())
    )
    .optional()?;
    let uses: Vec<UseRow> = db::ask!(
        at.conn(),
        load,
        bell_use::table
            .filter(bell_use::division_id.eq(division))
            .filter(bell_use::calendar_id.eq(calendar))
            .select(UseRow::as_select())
    )?;
    let mut uses: Vec<BellUse> = uses
        .into_iter()
        .filter_map(|row| {
            let on = used_on(&row.use_kind, row.use_number)?;
            Some(BellUse {
                on,
                bell: row.bell_id,
            })
        })
        .collect();
    uses.sort_by_key(|one| one.on);
    let (cycle, version) = row.map_or((Cycle::default(), 0), |row| {
        let cycle = Cycle {
            kind: row.cycle_kind,
            length: small(row.cycle_length),
            has_letters: row.has_letters,
        };
        (cycle, row.version)
    });
    Ok(Plan {
        calendar,
        cycle,
        terms: terms(at, calendar)?,
        uses,
        version,
    })
}

fn bells(at: &mut impl Reading, calendar: CalendarId) -> Outcome<Vec<BellSchedule>> {
    let division = at.division();
    let rows: Vec<BellRow> = db::ask!(
        at.conn(),
        load,
        bell_schedule::table
            .filter(bell_schedule::division_id.eq(division))
            .filter(bell_schedule::calendar_id.eq(calendar))
            .select(BellRow::as_select())
    )?;
    let ids: Vec<BellScheduleId> = rows.iter().map(|row| row.id).collect();
    let mut periods = periods(at, ids)?;
    let mut bells: Vec<BellSchedule> = rows
        .into_iter()
        .map(|row| BellSchedule {
            id: row.id,
            name: row.name,
            is_usual: row.is_usual,
            periods: periods.remove(&row.id).unwrap_or_default(),
            version: row.version,
        })
        .collect();
    bells.sort_by_cached_key(|bell| (!bell.is_usual, kernel::text::fold(&bell.name), bell.id));
    Ok(bells)
}

fn periods(
    at: &mut impl Reading,
    bells: Vec<BellScheduleId>,
) -> Outcome<HashMap<BellScheduleId, Vec<Period>>> {
    let division = at.division();
    let rows: Vec<PeriodRow> = bell_period::table
        .filter(bell_period::division_id.eq(division))
        .filter(bell_period::bell_id.eq_any(bells))
        .order((bell_period::starts_minute, bell_period::period_number))
        .select(PeriodRow::as_select())
        .load(at.conn())?;
    let mut found: HashMap<BellScheduleId, Vec<Period>> = HashMap::new();
    for row in rows {
        found.entry(row.bell_id).or_default().push(Period {
            number: small(row.period_number),
            name: row.name,
            starts: minute(row.starts_minute),
            ends: minute(row.ends_minute),
            kind: row.kind,
        });
    }
    Ok(found)
}

/// Writes the special days of a calendar anew; its version is that of the calendar.
pub(crate) fn save_special(tx: &mut Tx, calendar: CalendarId, days: &[SpecialDay]) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(
        calendar_special_day::table
            .filter(calendar_special_day::division_id.eq(division))
            .filter(calendar_special_day::calendar_id.eq(calendar)),
    )
    .execute(tx.conn())?;
    let row = |day: &SpecialDay| SpecialRow {
        division_id: division,
        calendar_id: calendar,
        on_day: day.on,
        is_early: day.is_early,
        bell_id: day.bell,
        cycle_day: day.cycle_day.map(i32::from),
        reason: day.reason.clone(),
    };
    let rows: Vec<SpecialRow> = days.iter().map(row).collect();
    db::insert_many!(tx.conn(), calendar_special_day::table, rows)?;
    Ok(())
}

/// Writes the first version of a plan, or the one after `saved.version - 1`.
pub(crate) fn save_plan(tx: &mut Tx, saved: &Plan) -> Outcome<()> {
    let (division, seen) = (tx.division(), saved.version - 1);
    let row = PlanRow {
        division_id: division,
        calendar_id: saved.calendar,
        cycle_kind: saved.cycle.kind,
        cycle_length: i32::from(saved.cycle.length),
        has_letters: saved.cycle.has_letters,
        version: saved.version,
    };
    if seen == 0 {
        diesel::insert_into(calendar_plan::table)
            .values(&row)
            .execute(tx.conn())?;
    } else {
        let same_version = calendar_plan::table
            .find((division, saved.calendar))
            .filter(calendar_plan::version.eq(seen));
        let set = (
            calendar_plan::cycle_kind.eq(row.cycle_kind),
            calendar_plan::cycle_length.eq(row.cycle_length),
            calendar_plan::has_letters.eq(row.has_letters),
            calendar_plan::version.eq(row.version),
        );
        if diesel::update(same_version).set(set).execute(tx.conn())? != 1 {
            let now = plan(tx, saved.calendar)?.version;
            return Err(Failure::stale("calendar_plan", seen, now));
        }
    }
    save_terms(tx, saved)?;
    save_uses(tx, saved)
}

/// Terms keep their rows, for sections may name them.
fn save_terms(tx: &mut Tx, saved: &Plan) -> Outcome<()> {
    let division = tx.division();
    let before: Vec<TermId> = terms(tx, saved.calendar)?
        .into_iter()
        .map(|term| term.id)
        .collect();
    let gone: Vec<TermId> = before
        .iter()
        .copied()
        .filter(|id| saved.terms.iter().all(|term| term.id != *id))
        .collect();
    diesel::delete(
        calendar_term::table
            .filter(calendar_term::division_id.eq(division))
            .filter(calendar_term::id.eq_any(gone)),
    )
    .execute(tx.conn())?;
    let mut fresh = Vec::new();
    for term in &saved.terms {
        if before.contains(&term.id) {
            diesel::update(calendar_term::table.find((division, term.id)))
                .set((
                    calendar_term::kind.eq(term.kind),
                    calendar_term::name.eq(&term.name),
                    calendar_term::first_day.eq(term.first_day),
                    calendar_term::last_day.eq(term.last_day),
                ))
                .execute(tx.conn())?;
        } else {
            fresh.push(TermRow {
                division_id: division,
                id: term.id,
                calendar_id: saved.calendar,
                kind: term.kind,
                name: term.name.clone(),
                first_day: term.first_day,
                last_day: term.last_day,
            });
        }
    }
    db::insert_many!(tx.conn(), calendar_term::table, fresh)?;
    Ok(())
}

fn save_uses(tx: &mut Tx, saved: &Plan) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(
        bell_use::table
            .filter(bell_use::division_id.eq(division))
            .filter(bell_use::calendar_id.eq(saved.calendar)),
    )
    .execute(tx.conn())?;
    let row = |one: &BellUse| {
        let (kind, number) = stored(one.on);
        UseRow {
            division_id: division,
            calendar_id: saved.calendar,
            use_kind: kind.to_owned(),
            use_number: number,
            bell_id: one.bell,
        }
    };
    let rows: Vec<UseRow> = saved.uses.iter().map(row).collect();
    db::insert_many!(tx.conn(), bell_use::table, rows)?;
    Ok(())
}

/// Writes the first version of a bell schedule, or the one after `saved.version - 1`.
pub(crate) fn save_bell(tx: &mut Tx, calendar: CalendarId, saved: &BellSchedule) -> Outcome<()> {
    let (division, seen) = (tx.division(), saved.version - 1);
    if saved.is_usual {
        // The one that was usual until now is one of the others; its periods, and so its version, stay.
        diesel::update(
            bell_schedule::table
                .filter(bell_schedule::division_id.eq(division))
                .filter(bell_schedule::calendar_id.eq(calendar))
                .filter(bell_schedule::id.ne(saved.id)),
        )
        .set(bell_schedule::is_usual.eq(false))
        .execute(tx.conn())?;
    }
    let row = BellRow {
        division_id: division,
        id: saved.id,
        calendar_id: calendar,
        name: saved.name.clone(),
        is_usual: saved.is_usual,
        version: saved.version,
    };
    if seen == 0 {
        diesel::insert_into(bell_schedule::table)
            .values(&row)
            .execute(tx.conn())?;
    } else {
        let same_version = bell_schedule::table
            .find((division, saved.id))
            .filter(bell_schedule::version.eq(seen));
        let set = (
            bell_schedule::name.eq(&row.name),
            bell_schedule::is_usual.eq(row.is_usual),
            bell_schedule::version.eq(row.version),
        );
        if diesel::update(same_version).set(set).execute(tx.conn())? != 1 {
            let all = bells(tx, calendar)?;
            let now = all.iter().find(|bell| bell.id == saved.id);
            return Err(Failure::stale(
                "bell_schedule",
                seen,
                now.map_or(0, |bell| bell.version),
            ));
        }
    }
    save_periods(tx, saved)
}

fn save_periods(tx: &mut Tx, saved: &BellSchedule) -> Outcome<()> {
    let division = tx.division();
    remove_periods(tx, saved.id)?;
    let row = |period: &Period| PeriodRow {
        division_id: division,
        bell_id: saved.id,
        period_number: i32::from(period.number),
        name: period.name.clone(),
        starts_minute: i32::from(period.starts),
        ends_minute: i32::from(period.ends),
        kind: period.kind,
    };
    let rows: Vec<PeriodRow> = saved.periods.iter().map(row).collect();
    db::insert_many!(tx.conn(), bell_period::table, rows)?;
    Ok(())
}

fn remove_periods(tx: &mut Tx, bell: BellScheduleId) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(
        bell_period::table
            .filter(bell_period::division_id.eq(division))
            .filter(bell_period::bell_id.eq(bell)),
    )
    .execute(tx.conn())?;
    Ok(())
}

/// Takes a bell schedule away, in the version that was seen.
pub(crate) fn remove_bell(tx: &mut Tx, bell: &BellSchedule, seen: i64) -> Outcome<()> {
    if bell.version != seen {
        return Err(Failure::stale("bell_schedule", seen, bell.version));
    }
    let division = tx.division();
    remove_periods(tx, bell.id)?;
    diesel::delete(bell_schedule::table.find((division, bell.id))).execute(tx.conn())?;
    Ok(())
}
