//! All SQL of the domain.

pub(crate) mod feed;
pub(crate) mod teaching;

use crate::model::{Authority, Calendar, Closure, ClosureKind, School};
use db::schema::{authority, calendar_closure, school, school_calendar};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{
    AuthorityCode, CalendarId, Date, DivisionId, Failure, Grade, Outcome, SchoolCode, SchoolId, SchoolYear,
};
use std::collections::HashMap;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = school)]
struct SchoolRow {
    division_id: DivisionId,
    id: SchoolId,
    code: SchoolCode,
    name: String,
    authority_code: AuthorityCode,
    street: String,
    city: String,
    postal_code: String,
    phone: String,
    lowest_grade: Grade,
    highest_grade: Grade,
    version: i64,
}

impl SchoolRow {
    fn of(division_id: DivisionId, school: &School) -> Self {
        Self {
            division_id,
            id: school.id,
            code: school.code,
            name: school.name.clone(),
            authority_code: school.authority,
            street: school.street.clone(),
            city: school.city.clone(),
            postal_code: school.postal_code.clone(),
            phone: school.phone.clone(),
            lowest_grade: school.lowest_grade,
            highest_grade: school.highest_grade,
            version: school.version,
        }
    }
    fn school(self) -> School {
        School {
            id: self.id,
            code: self.code,
            name: self.name,
            authority: self.authority_code,
            street: self.street,
            city: self.city,
            postal_code: self.postal_code,
            phone: self.phone,
            lowest_grade: self.lowest_grade,
            highest_grade: self.highest_grade,
            version: self.version,
        }
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = school_calendar)]
struct CalendarRow {
    division_id: DivisionId,
    id: CalendarId,
    school_id: SchoolId,
    school_year: SchoolYear,
    first_day: Date,
    last_day: Date,
    version: i64,
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = calendar_closure)]
struct ClosureRow<'row> {
    division_id: DivisionId,
    calendar_id: CalendarId,
    closed_on: Date,
    reason: &'row str,
    kind: ClosureKind,
}

pub(crate) fn authorities(at: &mut impl Reading) -> Outcome<Vec<Authority>> {
    let division = at.division();
    let rows: Vec<(AuthorityCode, String, String)> = db::ask!(
        at.conn(),
        load,
        authority::table
            .filter(authority::division_id.eq(division))
            .order((authority::name, authority::code))
            .select((authority::code, authority::name, authority::kind))
    )?;
    Ok(rows
        .into_iter()
        .map(|(code, name, kind)| Authority { code, name, kind })
        .collect())
}

pub(crate) fn save_authority(tx: &mut Tx, saved: &Authority) -> Outcome<()> {
    let division = tx.division();
    let changed = diesel::update(authority::table.find((division, saved.code)))
        .set((authority::name.eq(&saved.name), authority::kind.eq(&saved.kind)))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(authority::table)
            .values((
                authority::division_id.eq(division),
                authority::code.eq(saved.code),
                authority::name.eq(&saved.name),
                authority::kind.eq(&saved.kind),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// In order of name as a reader sorts: École between Echo and Edson, on every engine alike.
pub(crate) fn schools(at: &mut impl Reading, only: Option<&[SchoolId]>) -> Outcome<Vec<School>> {
    let division = at.division();
    let all = school::table.filter(school::division_id.eq(division));
    let rows: Vec<SchoolRow> = match only {
        None => db::ask!(at.conn(), load, all.select(SchoolRow::as_select()))?,
        Some(only) => all
            .filter(school::id.eq_any(only.to_vec()))
            .select(SchoolRow::as_select())
            .load(at.conn())?,
    };
    let mut schools: Vec<School> = rows.into_iter().map(SchoolRow::school).collect();
    schools.sort_by_cached_key(|school| (kernel::text::fold(&school.name), school.code));
    Ok(schools)
}

pub(crate) fn school(at: &mut impl Reading, id: SchoolId) -> Outcome<School> {
    let division = at.division();
    let row: SchoolRow = school::table
        .find((division, id))
        .select(SchoolRow::as_select())
        .first(at.conn())?;
    Ok(row.school())
}

pub(crate) fn by_code(at: &mut impl Reading, code: SchoolCode) -> Outcome<School> {
    let division = at.division();
    let row: SchoolRow = school::table
        .filter(school::division_id.eq(division).and(school::code.eq(code)))
        .select(SchoolRow::as_select())
        .first(at.conn())?;
    Ok(row.school())
}

pub(crate) fn insert_school(tx: &mut Tx, saved: &School) -> Outcome<()> {
    let row = SchoolRow::of(tx.division(), saved);
    diesel::insert_into(school::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(())
}

/// Writes over version `saved.version - 1`; a conflict when another save came first.
pub(crate) fn replace_school(tx: &mut Tx, saved: &School) -> Outcome<()> {
    let (row, seen) = (SchoolRow::of(tx.division(), saved), saved.version - 1);
    let same_version = school::table
        .find((row.division_id, row.id))
        .filter(school::version.eq(seen));
    if diesel::update(same_version).set(&row).execute(tx.conn())? == 1 {
        return Ok(());
    }
    let now = self::school(tx, saved.id)?.version;
    Err(Failure::stale("school", seen, now))
}

/// The calendars of a school, latest year first; of one year when it is given.
pub(crate) fn calendars(
    at: &mut impl Reading,
    school: SchoolId,
    year: Option<SchoolYear>,
) -> Outcome<Vec<Calendar>> {
    let division = at.division();
    let mut query = school_calendar::table
        .filter(
            school_calendar::division_id
                .eq(division)
                .and(school_calendar::school_id.eq(school)),
        )
        .order(school_calendar::school_year.desc())
        .select(CalendarRow::as_select())
        .into_boxed();
    if let Some(year) = year {
        query = query.filter(school_calendar::school_year.eq(year));
    }
    let rows: Vec<CalendarRow> = query.load(at.conn())?;
    let mut closures = closures(at, rows.iter().map(|row| row.id).collect())?;
    Ok(rows
        .into_iter()
        .map(|row| Calendar {
            id: row.id,
            school: row.school_id,
            year: row.school_year,
            first_day: row.first_day,
            last_day: row.last_day,
            closures: closures.remove(&row.id).unwrap_or_default(),
            version: row.version,
        })
        .collect())
}

fn closures(at: &mut impl Reading, calendars: Vec<CalendarId>) -> Outcome<HashMap<CalendarId, Vec<Closure>>> {
    let division = at.division();
    let rows: Vec<(CalendarId, Date, String, ClosureKind)> = calendar_closure::table
        .filter(
            calendar_closure::division_id
                .eq(division)
                .and(calendar_closure::calendar_id.eq_any(calendars)),
        )
        .order(calendar_closure::closed_on)
        .select((
            calendar_closure::calendar_id,
            calendar_closure::closed_on,
            calendar_closure::reason,
            calendar_closure::kind,
        ))
        .load(at.conn())?;
    let mut found: HashMap<CalendarId, Vec<Closure>> = HashMap::new();
    for (calendar, on, reason, kind) in rows {
        let closures = found.entry(calendar).or_default();
        closures.push(Closure { on, reason, kind });
    }
    Ok(found)
}

/// What schools are closed for from a day to another, both included.
pub(crate) fn closures_between(
    at: &mut impl Reading,
    schools: Vec<SchoolId>,
    from: Date,
    until: Date,
) -> Outcome<Vec<(SchoolId, Closure)>> {
    let division = at.division();
    let rows: Vec<(SchoolId, Date, String, ClosureKind)> = calendar_closure::table
        .inner_join(
            school_calendar::table.on(school_calendar::division_id
                .eq(calendar_closure::division_id)
                .and(school_calendar::id.eq(calendar_closure::calendar_id))),
        )
        .filter(calendar_closure::division_id.eq(division))
        .filter(school_calendar::school_id.eq_any(schools))
        .filter(calendar_closure::closed_on.between(from, until))
        .select((
            school_calendar::school_id,
            calendar_closure::closed_on,
            calendar_closure::reason,
            calendar_closure::kind,
        ))
        .load(at.conn())?;
    let closures = rows.into_iter();
    Ok(closures
        .map(|(school, on, reason, kind)| (school, Closure { on, reason, kind }))
        .collect())
}

/// Writes the first version of a calendar, or the one after `saved.version - 1`.
pub(crate) fn save_calendar(tx: &mut Tx, saved: &Calendar) -> Outcome<()> {
    let (division, seen) = (tx.division(), saved.version - 1);
    if seen == 0 {
        diesel::insert_into(school_calendar::table)
            .values(&CalendarRow {
                division_id: division,
                id: saved.id,
                school_id: saved.school,
                school_year: saved.year,
                first_day: saved.first_day,
                last_day: saved.last_day,
                version: saved.version,
            })
            .execute(tx.conn())?;
    } else {
        let same_version = school_calendar::table
            .find((division, saved.id))
            .filter(school_calendar::version.eq(seen));
        let changed = diesel::update(same_version)
            .set((
                school_calendar::first_day.eq(saved.first_day),
                school_calendar::last_day.eq(saved.last_day),
                school_calendar::version.eq(saved.version),
            ))
            .execute(tx.conn())?;
        if changed != 1 {
            let now = calendars(tx, saved.school, Some(saved.year))?
                .first()
                .map_or(0, |calendar| calendar.version);
            return Err(Failure::stale("school_calendar", seen, now));
        }
    }
    save_closures(tx, saved)
}

fn save_closures(tx: &mut Tx, saved: &Calendar) -> Outcome<()> {
    let division = tx.division();
    let of_calendar = calendar_closure::table.filter(
        calendar_closure::division_id
            .eq(division)
            .and(calendar_closure::calendar_id.eq(saved.id)),
    );
    diesel::delete(of_calendar).execute(tx.conn())?;
    let rows: Vec<ClosureRow> = saved
        .closures
        .iter()
        .map(|closure| ClosureRow {
            division_id: division,
            calendar_id: saved.id,
            closed_on: closure.on,
            reason: &closure.reason,
            kind: closure.kind,
        })
        .collect();
    db::insert_many!(tx.conn(), calendar_closure::table, rows)?;
    Ok(())
}
