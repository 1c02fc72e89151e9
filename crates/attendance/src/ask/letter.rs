//! Letters: which are due, and which were sent.

use crate::ask::year;
use crate::facts;
use crate::model::{
    LetterBatch, LetterDue, LetterPlan, LetterSent, LetterText, LetterUnit, LettersDue, Mark, Slot, Tally,
};
use crate::{rules, store, texts};
use access::action::{ManageAttendance, ViewStudents};
use access::{Action, Permit};
use db::Reading;
use kernel::{Date, Failure, LetterBatchId, LetterId, Outcome, SchoolId, SchoolYear, StudentId};
use std::collections::{BTreeMap, BTreeSet};

/// Students that are listed at once.
const LISTED: usize = 200;
/// Batches that are listed.
const BATCHES: i64 = 20;

/// When letters are due at a school, or in the division where none is named:
/// what was set there, else what holds for the division, else what holds while nobody has set anything.
pub fn letter_plan<A: Action>(
    at: &mut impl Reading,
    _permit: &Permit<A>,
    school: Option<SchoolId>,
) -> Outcome<LetterPlan> {
    let since = SchoolYear::of(at.today()).starts();
    if let Some(own) = school
        .map(|school| store::plan(at, Some(school)))
        .transpose()?
        .flatten()
    {
        return Ok(own);
    }
    Ok(store::plan(at, None)?.unwrap_or_else(|| LetterPlan::unset(None, since)))
}

/// What letters say, by language: the division's own texts, and those of the program where it has none.
pub fn letter_texts<A: Action>(
    at: &mut impl Reading,
    _permit: &Permit<A>,
) -> Outcome<BTreeMap<String, LetterText>> {
    let mut all = texts::shipped();
    all.extend(store::texts(at)?);
    Ok(all)
}

/// The letters that are due at a school today (`LP-0740`, `LP-0741`). Not found outside the permit.
pub fn letters_due(
    at: &mut impl Reading,
    (permit, view): (&Permit<ManageAttendance>, &Permit<ViewStudents>),
    school: SchoolId,
) -> Outcome<LettersDue> {
    facts::covers(permit, school)?;
    let ground = Ground::read(at, permit, school)?;
    let reached = ground.reached(at)?;
    let mut lines = due(at, view, &ground, &reached)?;
    let more = lines.len().saturating_sub(LISTED);
    lines.truncate(LISTED);
    for line in &mut lines {
        with_record(at, view, line)?;
    }
    Ok(LettersDue {
        plan: ground.plan,
        unit: ground.unit,
        days: ground.span,
        lines,
        more,
    })
}

/// What is due of these students alone; whoever is due nothing is absent.
pub(crate) fn due_of(
    at: &mut impl Reading,
    (permit, view): (&Permit<ManageAttendance>, &Permit<ViewStudents>),
    school: SchoolId,
    students: &BTreeSet<StudentId>,
) -> Outcome<(LetterUnit, Vec<LetterDue>)> {
    let ground = Ground::read(at, permit, school)?;
    let mut reached = ground.reached(at)?;
    reached.retain(|student| students.contains(student));
    let mut lines = due(at, view, &ground, &reached)?;
    for line in &mut lines {
        with_record(at, view, line)?;
    }
    Ok((ground.unit, lines))
}

/// By what the letters of a school are due.
struct Ground {
    school: SchoolId,
    plan: LetterPlan,
    unit: LetterUnit,
    span: (Date, Date),
    /// Days on which periods count: of instruction, and for half days without daily roll.
    days: Vec<Date>,
    periods: u32,
    sent: BTreeMap<StudentId, u16>,
}

impl Ground {
    fn read(at: &mut impl Reading, permit: &Permit<ManageAttendance>, school: SchoolId) -> Outcome<Self> {
        let plan = letter_plan(at, permit, Some(school))?;
        let unit = LetterUnit::of(store::setting(at, school)?.mode);
        let (today, year) = (at.today(), SchoolYear::of(at.today()));
        let span = (year.starts(), today);
        let mut days = year::taught(at, (school, year), today)?;
        if unit == LetterUnit::HalfDays {
            let daily = store::daily_among(at, school, &days)?;
            days.retain(|day| !daily.contains(day));
        }
        let teaching = facts::teaching_year(at, school, year.starts())?;
        Ok(Self {
            school,
            plan,
            unit,
            span,
            days,
            periods: rules::periods_of_day(teaching.as_ref()),
            sent: store::sent_steps(at, (school, year), unit)?,
        })
    }

    /// Parts of a day that a mark counts.
    fn parts(&self, mark: &Mark) -> u32 {
        let has_daily_roll = self.days.binary_search(&mark.on).is_err();
        rules::parts(mark.slot, has_daily_roll, self.periods)
    }

    /// Students who are at the school today and have reached a threshold, by figures alone.
    fn reached(&self, at: &mut impl Reading) -> Outcome<Vec<StudentId>> {
        let mut totals: BTreeMap<StudentId, u32> = BTreeMap::new();
        let mut add = |counts: store::Counts, each: u32| {
            for (student, meaning, many) in counts {
                if rules::counts(&self.plan, meaning) {
                    *totals.entry(student).or_default() += u32::try_from(many).unwrap_or(0) * each;
                }
            }
        };
        match self.unit {
            LetterUnit::HalfDays => {
                add(store::counts_daily(at, self.school, self.span)?, Tally::DAY / 2);
                let each = rules::parts(Slot::Period(1), false, self.periods);
                add(store::counts_of_periods(at, self.school, &self.days)?, each);
            }
            LetterUnit::Periods => add(store::counts_of_periods(at, self.school, &self.days)?, 1),
        }
        let there = enrolment::placed_on(at, self.school, self.span.1)?;
        let there: BTreeSet<StudentId> = there.into_iter().map(|(student, _)| student).collect();
        let steps = self.plan.steps(self.unit);
        let is_due = |(student, total): &(StudentId, u32)| {
            let before = self.sent.get(student).copied();
            there.contains(student) && rules::letter_due(self.unit, steps, *total, before).is_some()
        };
        Ok(totals
            .into_iter()
            .filter(is_due)
            .map(|(student, _)| student)
            .collect())
    }

    /// The absences of a student that count, latest first.
    fn marks(&self, at: &mut impl Reading, student: StudentId) -> Outcome<Vec<Mark>> {
        let mut marks = store::marks_of(at, student, self.span)?;
        marks.retain(|mark| {
            let counts = mark.school == self.school && rules::counts(&self.plan, mark.meaning);
            let is_period_day = self.days.binary_search(&mark.on).is_ok();
            counts && rules::counts_slot(self.unit, mark.slot, is_period_day)
        });
        Ok(marks)
    }
}

/// Who is due a letter, in the order of names, without addressees.
fn due(
    at: &mut impl Reading,
    view: &Permit<ViewStudents>,
    ground: &Ground,
    reached: &[StudentId],
) -> Outcome<Vec<LetterDue>> {
    let mut lines = Vec::new();
    for card in people::cards_of(at, view, reached)? {
        let marks = ground.marks(at, card.student)?;
        let total = rules::letter_total(ground.unit, &marks, |mark| ground.parts(mark));
        let before = ground.sent.get(&card.student).copied();
        let steps = ground.plan.steps(ground.unit);
        let Some(step) = rules::letter_due(ground.unit, steps, total, before) else {
            continue;
        };
        let versions: i64 = marks.iter().map(|mark| mark.known.version).sum();
        lines.push(LetterDue {
            student: card.student,
            listed: card.list_name,
            name: String::new(),
            homeroom: card.homeroom,
            step,
            total,
            before,
            seen: format!("{step}.{total}.{}.{versions}", marks.len()),
            marks,
            around: crate::model::Around::default(),
            gates: Vec::new(),
        });
    }
    Ok(lines)
}

/// Adds to whom it goes, and what must be read before.
fn with_record(at: &mut impl Reading, view: &Permit<ViewStudents>, line: &mut LetterDue) -> Outcome<()> {
    let today = at.today();
    let student = people::student(at, view, line.student)?;
    let gates = student.restrictions.iter().filter(|one| {
        let value = &one.value;
        let holds = value.effective_on <= today && value.expires_on.is_none_or(|end| end >= today);
        holds && value.code.is_gate()
    });
    line.gates = gates
        .map(|one| (one.value.code, one.value.notice.clone()))
        .collect();
    line.name = student.legal().sentence();
    line.around = rules::around(&student, today);
    for addressee in &line.around.addressees {
        line.seen = format!("{}.{}", line.seen, addressee.key);
    }
    Ok(())
}

/// The last batches of letters of a school, latest first. Not found outside the permit.
pub fn letter_batches(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    school: SchoolId,
) -> Outcome<Vec<LetterBatch>> {
    facts::covers(permit, school)?;
    store::batches(at, school, BATCHES)
}

/// A batch and its letters in their order. Not found outside the permit.
pub fn letter_batch(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    id: LetterBatchId,
) -> Outcome<(LetterBatch, Vec<LetterSent>)> {
    let batch = store::batch(at, id)?;
    facts::covers(permit, batch.school)?;
    let letters = store::letters_of_batch(at, &batch)?;
    Ok((batch, letters))
}

/// The letters about a student in a year, latest first; those taken back too. Not found outside the permit.
pub fn letters_of(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    student: StudentId,
    year: SchoolYear,
) -> Outcome<Vec<LetterSent>> {
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    store::letters_of_student(at, student, year)
}

/// A letter about a student. Not found outside the permit, and when it is about another.
pub fn letter(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    (student, id): (StudentId, LetterId),
) -> Outcome<LetterSent> {
    let letter = store::letter(at, id)?;
    if letter.student == student && permit.covers(at, student)? {
        Ok(letter)
    } else {
        Err(Failure::NotFound)
    }
}
