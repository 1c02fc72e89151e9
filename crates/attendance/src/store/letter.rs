//! Letters: when one is due, what it says, what was sent.

use crate::model::{LetterBatch, LetterPlan, LetterSent, LetterText, LetterUnit, SendLetters, Stated};
use db::schema::{
    attendance_letter, attendance_letter_batch, attendance_letter_plan, attendance_letter_text,
};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{
    Date, DivisionId, Failure, Instant, LetterBatchId, LetterId, Outcome, SchoolId, SchoolYear, StudentId,
};
use std::collections::BTreeMap;

/// Who a plan is of, where it is no school's.
const DIVISION: &str = "division";

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_letter_plan)]
struct PlanRow {
    division_id: DivisionId,
    owner: String,
    version: i64,
    valid_from: Date,
    kinds: String,
    half_days: String,
    periods: String,
    language: String,
    set_at: Instant,
    set_by: String,
}

fn owner(school: Option<SchoolId>) -> String {
    school.map_or_else(|| DIVISION.to_owned(), |school| school.to_string())
}

/// Words of a list in one text; a fault when one of them is none.
fn parts<T: std::str::FromStr>(text: &str) -> Outcome<Vec<T>> {
    let broken = |_| Failure::Fault("attendance_letter_plan: a list that cannot be read".to_owned());
    text.split_whitespace()
        .map(|part| part.parse().map_err(broken))
        .collect()
}

fn text<T: ToString>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// What a school, or the division, has set last; none while it has set nothing.
pub(crate) fn plan(at: &mut impl Reading, school: Option<SchoolId>) -> Outcome<Option<LetterPlan>> {
    let division = at.division();
    let row: Option<PlanRow> = attendance_letter_plan::table
        .filter(
            attendance_letter_plan::division_id
                .eq(division)
                .and(attendance_letter_plan::owner.eq(owner(school))),
        )
        .order(attendance_letter_plan::version.desc())
        .select(PlanRow::as_select())
        .first(at.conn())
        .optional()?;
    row.map(|row| {
        Ok(LetterPlan {
            school,
            kinds: parts(&row.kinds)?,
            half_days: parts(&row.half_days)?,
            periods: parts(&row.periods)?,
            language: row.language,
            valid_from: row.valid_from,
            version: row.version,
        })
    })
    .transpose()
}

/// Writes a plan as the next version; a conflict when another save came first.
pub(crate) fn insert_plan(tx: &mut Tx, plan: &LetterPlan) -> Outcome<()> {
    let row = PlanRow {
        division_id: tx.division(),
        owner: owner(plan.school),
        version: plan.version,
        valid_from: plan.valid_from,
        kinds: text(&plan.kinds),
        half_days: text(&plan.half_days),
        periods: text(&plan.periods),
        language: plan.language.clone(),
        set_at: tx.now(),
        set_by: tx.actor().name.clone(),
    };
    diesel::insert_into(attendance_letter_plan::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(())
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_letter_text)]
struct TextRow {
    division_id: DivisionId,
    language: String,
    version: i64,
    subject: String,
    body: String,
    closing: String,
    set_at: Instant,
    set_by: String,
}

/// The texts of the division as they stand, by language.
pub(crate) fn texts(at: &mut impl Reading) -> Outcome<BTreeMap<String, LetterText>> {
    let division = at.division();
    let rows: Vec<TextRow> = attendance_letter_text::table
        .filter(attendance_letter_text::division_id.eq(division))
        .order((attendance_letter_text::language, attendance_letter_text::version))
        .select(TextRow::as_select())
        .load(at.conn())?;
    let said = |row: TextRow| LetterText {
        language: row.language,
        subject: row.subject,
        body: row.body,
        closing: row.closing,
        version: row.version,
    };
    // The highest version comes last, and stays.
    Ok(rows
        .into_iter()
        .map(|row| (row.language.clone(), said(row)))
        .collect())
}

/// Writes a text as the next version; a conflict when another save came first.
pub(crate) fn insert_text(tx: &mut Tx, text: &LetterText) -> Outcome<()> {
    let row = TextRow {
        division_id: tx.division(),
        language: text.language.clone(),
        version: text.version,
        subject: text.subject.clone(),
        body: text.body.clone(),
        closing: text.closing.clone(),
        set_at: tx.now(),
        set_by: tx.actor().name.clone(),
    };
    diesel::insert_into(attendance_letter_text::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(())
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_letter_batch)]
struct BatchRow {
    division_id: DivisionId,
    id: LetterBatchId,
    school_id: SchoolId,
    school_year: SchoolYear,
    letters: i32,
    made_at: Instant,
    made_by: String,
    mailed_at: Option<Instant>,
    mailed_by: String,
    undone_at: Option<Instant>,
    undone_by: String,
}

impl BatchRow {
    fn batch(self) -> LetterBatch {
        LetterBatch {
            id: self.id,
            school: self.school_id,
            year: self.school_year,
            letters: self.letters,
            made_at: self.made_at,
            made_by: self.made_by,
            mailed_at: self.mailed_at,
            undone_at: self.undone_at,
        }
    }
}

/// A batch; not found when there is none.
pub(crate) fn batch(at: &mut impl Reading, id: LetterBatchId) -> Outcome<LetterBatch> {
    let division = at.division();
    let row: BatchRow = attendance_letter_batch::table
        .find((division, id))
        .select(BatchRow::as_select())
        .first(at.conn())?;
    Ok(row.batch())
}

/// The last batches of a school, latest first.
pub(crate) fn batches(at: &mut impl Reading, school: SchoolId, most: i64) -> Outcome<Vec<LetterBatch>> {
    let division = at.division();
    let rows: Vec<BatchRow> = attendance_letter_batch::table
        .filter(
            attendance_letter_batch::division_id
                .eq(division)
                .and(attendance_letter_batch::school_id.eq(school)),
        )
        .order(attendance_letter_batch::id.desc())
        .limit(most)
        .select(BatchRow::as_select())
        .load(at.conn())?;
    Ok(rows.into_iter().map(BatchRow::batch).collect())
}

/// Notes a batch.
pub(crate) fn insert_batch(tx: &mut Tx, cmd: &SendLetters, letters: usize) -> Outcome<()> {
    let row = BatchRow {
        division_id: tx.division(),
        id: cmd.id,
        school_id: cmd.school,
        school_year: SchoolYear::of(tx.today()),
        letters: i32::try_from(letters).unwrap_or(i32::MAX),
        made_at: tx.now(),
        made_by: tx.actor().name.clone(),
        mailed_at: None,
        mailed_by: String::new(),
        undone_at: None,
        undone_by: String::new(),
    };
    diesel::insert_into(attendance_letter_batch::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that a batch was mailed; false when it was already, or was taken back.
pub(crate) fn note_mailed(tx: &mut Tx, id: LetterBatchId) -> Outcome<bool> {
    let (division, now, by) = (tx.division(), tx.now(), tx.actor().name.clone());
    let open = attendance_letter_batch::table
        .find((division, id))
        .filter(attendance_letter_batch::mailed_at.is_null())
        .filter(attendance_letter_batch::undone_at.is_null());
    let changed = diesel::update(open)
        .set((
            attendance_letter_batch::mailed_at.eq(now),
            attendance_letter_batch::mailed_by.eq(by),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

/// Notes that a batch and its letters were taken back; false when it was already, or was mailed.
pub(crate) fn note_taken_back(tx: &mut Tx, id: LetterBatchId) -> Outcome<bool> {
    let (division, now, by) = (tx.division(), tx.now(), tx.actor().name.clone());
    let open = attendance_letter_batch::table
        .find((division, id))
        .filter(attendance_letter_batch::mailed_at.is_null())
        .filter(attendance_letter_batch::undone_at.is_null());
    let changed = diesel::update(open)
        .set((
            attendance_letter_batch::undone_at.eq(now),
            attendance_letter_batch::undone_by.eq(by),
        ))
        .execute(tx.conn())?;
    if changed == 1 {
        let letters = attendance_letter::table.filter(
            attendance_letter::division_id
                .eq(division)
                .and(attendance_letter::batch_id.eq(id)),
        );
        diesel::update(letters)
            .set(attendance_letter::undone_at.eq(now))
            .execute(tx.conn())?;
    }
    Ok(changed == 1)
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_letter)]
struct LetterRow {
    division_id: DivisionId,
    id: LetterId,
    batch_id: LetterBatchId,
    position: i32,
    school_id: SchoolId,
    student_id: StudentId,
    school_year: SchoolYear,
    unit: LetterUnit,
    step: i32,
    addressee_key: String,
    addressee: String,
    language: String,
    stated: String,
    content: String,
    undone_at: Option<Instant>,
}

impl LetterRow {
    fn sent(self, batch: LetterBatch) -> Outcome<LetterSent> {
        let broken = |_| Failure::Fault(format!("attendance_letter {}: stated cannot be read", self.id));
        let stated: Stated = serde_json::from_str(&self.stated).map_err(broken)?;
        Ok(LetterSent {
            id: self.id,
            batch,
            student: self.student_id,
            unit: self.unit,
            step: u16::try_from(self.step).unwrap_or_default(),
            addressee: self.addressee,
            language: self.language,
            stated,
            content: self.content,
        })
    }
}

/// A letter to be written down.
pub(crate) struct NewLetter {
    pub(crate) student: StudentId,
    pub(crate) unit: LetterUnit,
    pub(crate) step: u16,
    pub(crate) addressee: (String, String),
    pub(crate) language: String,
    pub(crate) stated: Stated,
    pub(crate) content: String,
}

/// Writes the letters of a batch in their order; a conflict when one of them was made meanwhile.
pub(crate) fn insert_letters(tx: &mut Tx, cmd: &SendLetters, letters: Vec<NewLetter>) -> Outcome<()> {
    let (division, now, year) = (tx.division(), tx.now(), SchoolYear::of(tx.today()));
    let mut rows = Vec::with_capacity(letters.len());
    for (letter, position) in letters.into_iter().zip(0..) {
        let broken = |_| Failure::Fault("attendance_letter: stated cannot be written".to_owned());
        rows.push(LetterRow {
            division_id: division,
            id: LetterId::fresh(now),
            batch_id: cmd.id,
            position,
            school_id: cmd.school,
            student_id: letter.student,
            school_year: year,
            unit: letter.unit,
            step: i32::from(letter.step),
            addressee_key: letter.addressee.0,
            addressee: letter.addressee.1,
            language: letter.language,
            stated: serde_json::to_string(&letter.stated).map_err(broken)?,
            content: letter.content,
            undone_at: None,
        });
    }
    db::insert_many!(tx.conn(), attendance_letter::table, rows)?;
    Ok(())
}

/// The highest threshold of a unit for which each student of a school got a letter in a year, those taken back left out.
pub(crate) fn sent_steps(
    at: &mut impl Reading,
    (school, year): (SchoolId, SchoolYear),
    of: LetterUnit,
) -> Outcome<BTreeMap<StudentId, u16>> {
    let division = at.division();
    let rows: Vec<(StudentId, i32)> = attendance_letter::table
        .filter(
            attendance_letter::division_id
                .eq(division)
                .and(attendance_letter::school_id.eq(school))
                .and(attendance_letter::school_year.eq(year))
                .and(attendance_letter::unit.eq(of))
                .and(attendance_letter::undone_at.is_null()),
        )
        .select((attendance_letter::student_id, attendance_letter::step))
        .load(at.conn())?;
    let mut highest: BTreeMap<StudentId, u16> = BTreeMap::new();
    for (student, step) in rows {
        let held = highest.entry(student).or_default();
        *held = (*held).max(u16::try_from(step).unwrap_or_default());
    }
    Ok(highest)
}

/// The letters of a batch, in their order.
pub(crate) fn letters_of_batch(at: &mut impl Reading, of: &LetterBatch) -> Outcome<Vec<LetterSent>> {
    let division = at.division();
    let rows: Vec<LetterRow> = attendance_letter::table
        .filter(
            attendance_letter::division_id
                .eq(division)
                .and(attendance_letter::batch_id.eq(of.id)),
        )
        .order(attendance_letter::position)
        .select(LetterRow::as_select())
        .load(at.conn())?;
    rows.into_iter().map(|row| row.sent(of.clone())).collect()
}

/// The letters about a student in a year, latest first; those taken back too.
pub(crate) fn letters_of_student(
    at: &mut impl Reading,
    student: StudentId,
    year: SchoolYear,
) -> Outcome<Vec<LetterSent>> {
    let division = at.division();
    let rows: Vec<LetterRow> = attendance_letter::table
        .filter(
            attendance_letter::division_id
                .eq(division)
                .and(attendance_letter::student_id.eq(student))
                .and(attendance_letter::school_year.eq(year)),
        )
        .order(attendance_letter::id.desc())
        .select(LetterRow::as_select())
        .load(at.conn())?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let batch = batch(at, row.batch_id)?;
        all.push(row.sent(batch)?);
    }
    Ok(all)
}

/// A letter; not found when there is none.
pub(crate) fn letter(at: &mut impl Reading, id: LetterId) -> Outcome<LetterSent> {
    let division = at.division();
    let row: LetterRow = attendance_letter::table
        .find((division, id))
        .select(LetterRow::as_select())
        .first(at.conn())?;
    let batch = batch(at, row.batch_id)?;
    row.sent(batch)
}
