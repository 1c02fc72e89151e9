//! Runs of the automatic loader.

use crate::model::{CourseLoad, LoadState};
use db::schema::course_load;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{CourseLoadId, Date, DivisionId, Failure, Instant, Outcome, SchoolId, SchoolYear};

/// A row of `course_load`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = course_load)]
struct LoadRow {
    division_id: DivisionId,
    id: CourseLoadId,
    school_id: SchoolId,
    school_year: SchoolYear,
    first_day: Date,
    last_day: Date,
    ask: String,
    state: LoadState,
    ground: String,
    plan: String,
    done: i32,
    made_at: Instant,
    made_by: String,
    worked_at: Instant,
    version: i64,
}

impl LoadRow {
    fn of(division: DivisionId, said: &CourseLoad) -> Outcome<Self> {
        let written = |error: serde_json::Error| Failure::Fault(format!("course_load {}: {error}", said.id));
        Ok(Self {
            division_id: division,
            id: said.id,
            school_id: said.school,
            school_year: said.year,
            first_day: said.first_day,
            last_day: said.last_day,
            ask: serde_json::to_string(&said.ask).map_err(written)?,
            state: said.state,
            ground: said.ground.clone(),
            plan: serde_json::to_string(&said.plan).map_err(written)?,
            done: i32::try_from(said.done).unwrap_or(i32::MAX),
            made_at: said.made_at,
            made_by: said.made_by.clone(),
            worked_at: said.worked_at,
            version: said.version,
        })
    }
    fn load(self) -> Outcome<CourseLoad> {
        let (id, read) = (
            self.id,
            |column: &str, id: CourseLoadId, error: serde_json::Error| {
                Failure::Fault(format!("course_load.{column} of {id}: {error}"))
            },
        );
        Ok(CourseLoad {
            id,
            school: self.school_id,
            year: self.school_year,
            first_day: self.first_day,
            last_day: self.last_day,
            ask: serde_json::from_str(&self.ask).map_err(|error| read("ask", id, error))?,
            state: self.state,
            ground: self.ground,
            plan: serde_json::from_str(&self.plan).map_err(|error| read("plan", id, error))?,
            done: usize::try_from(self.done).unwrap_or(0),
            made_at: self.made_at,
            made_by: self.made_by,
            worked_at: self.worked_at,
            version: self.version,
        })
    }
}

/// One run; not found when there is none.
pub(crate) fn load(at: &mut impl Reading, id: CourseLoadId) -> Outcome<CourseLoad> {
    let division = at.division();
    let row: LoadRow = course_load::table
        .find((division, id))
        .select(LoadRow::as_select())
        .first(at.conn())?;
    row.load()
}

/// The last runs of a school and year, newest first.
pub(crate) fn loads(
    at: &mut impl Reading,
    school: SchoolId,
    year: SchoolYear,
    many: i64,
) -> Outcome<Vec<CourseLoad>> {
    let division = at.division();
    let rows: Vec<LoadRow> = course_load::table
        .filter(
            course_load::division_id
                .eq(division)
                .and(course_load::school_id.eq(school))
                .and(course_load::school_year.eq(year)),
        )
        .order(course_load::id.desc())
        .limit(many)
        .select(LoadRow::as_select())
        .load(at.conn())?;
    rows.into_iter().map(LoadRow::load).collect()
}

/// Writes a new run.
pub(crate) fn insert_load(tx: &mut Tx, said: &CourseLoad) -> Outcome<()> {
    let row = LoadRow::of(tx.division(), said)?;
    diesel::insert_into(course_load::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(())
}

/// Writes a run over the version before; a conflict when somebody else changed it first.
pub(crate) fn replace_load(tx: &mut Tx, said: &CourseLoad) -> Outcome<()> {
    let (division, seen) = (tx.division(), said.version - 1);
    let row = LoadRow::of(division, said)?;
    let wanted = course_load::table
        .find((division, said.id))
        .filter(course_load::version.eq(seen));
    let changed = diesel::update(wanted).set(&row).execute(tx.conn())?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Failure::stale("course_load", seen, seen + 1))
    }
}
