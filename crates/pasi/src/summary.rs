//! The work queue as people see it: counts by tab, rows by filter.

use crate::care::{self, Assigned, RowId};
use crate::queue::{Item, ItemState};
use access::action::ViewPasi;
use access::{Permit, Scope};
use db::Reading;
use db::schema::{pasi_difference, pasi_item, student_card};
use diesel::prelude::*;
use kernel::{AccountId, Failure, Instant, Outcome, PasiItemId, SchoolId, SectionId, StudentId};
use people::RestrictionCode;

/// How many items stand under each tab.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// Refused by PASI.
    pub rejected: i64,
    /// PASI changed first, or the two sides differ; students.
    pub conflicts: i64,
    /// Must be fixed.
    pub warnings: i64,
    /// Must be confirmed.
    pub advice: i64,
    /// On their way.
    pub waiting: i64,
    /// Wait for approval.
    pub approval: i64,
    /// Accepted or settled since midnight.
    pub done_today: i64,
}

impl QueueCounts {
    /// What a person has to act on.
    pub fn to_do(&self) -> i64 {
        self.rejected + self.conflicts + self.warnings + self.advice + self.approval
    }
}

/// A tab of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueFilter {
    /// Everything a person has to act on.
    ToDo,
    /// Refused.
    Rejected,
    /// PASI changed first, or the sides differ.
    Conflicts,
    /// Must be fixed.
    Warnings,
    /// Must be confirmed.
    Advice,
    /// Wait for approval.
    Approval,
    /// On their way.
    Waiting,
    /// Settled since midnight.
    DoneToday,
}

/// What goes by itself: now, or when its time comes.
const WAITING: [ItemState; 3] = [ItemState::Early, ItemState::Waiting, ItemState::Sending];

/// A row: an item with the student's name and school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// The item; none for a student whose sides differ without one.
    pub item: Option<Item>,
    /// Whose.
    pub student: StudentId,
    /// `Last, First Middle`.
    pub name: String,
    /// The school.
    pub school: Option<SchoolId>,
    /// Since when.
    pub since: Instant,
    /// How many fields differ, for a row without an item.
    pub fields: i64,
    /// Who looks after it.
    pub assigned: Option<Assigned>,
    /// A caution stands on the student's record. For whoever has not read it,
    /// the row says no more than the name.
    pub is_cautioned: bool,
}

impl QueueRow {
    /// What the row is.
    pub fn id(&self) -> RowId {
        self.item
            .as_ref()
            .map_or(RowId::Student(self.student), |item| RowId::Item(item.id))
    }
}

/// Which rows of the queue are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The tab.
    pub filter: QueueFilter,
    /// Only of this school.
    pub school: Option<SchoolId>,
    /// Only those given to this person.
    pub of: Option<AccountId>,
    /// At most so many.
    pub limit: i64,
}

/// [`counts`] without what was done today: for the foot of every page.
pub fn open_counts(at: &mut impl Reading, permit: &Permit<ViewPasi>) -> Outcome<QueueCounts> {
    let division = at.division();
    let mut grouped = pasi_item::table
        .filter(pasi_item::division_id.eq(division))
        .filter(
            pasi_item::state
                .ne(ItemState::Done)
                .and(pasi_item::state.ne(ItemState::Dropped)),
        )
        .group_by((pasi_item::state, pasi_item::operation))
        .select((pasi_item::state, pasi_item::operation, diesel::dsl::count_star()))
        .into_boxed();
    if let Scope::Schools(schools) = permit.scope() {
        grouped = grouped
            .filter(pasi_item::school_id.eq_any(schools.iter().copied().map(Some).collect::<Vec<_>>()));
    }
    let grouped: Vec<(ItemState, String, i64)> = grouped.load(at.conn())?;
    let sum = |wanted: &dyn Fn(ItemState, &str) -> bool| {
        grouped
            .iter()
            .filter(|(state, operation, _)| wanted(*state, operation))
            .map(|(_, _, count)| count)
            .sum::<i64>()
    };
    let differing = count_differing(at, permit)?;
    Ok(QueueCounts {
        rejected: sum(&|state, _| state == ItemState::Rejected),
        conflicts: sum(&|state, _| state == ItemState::Conflict) + differing,
        warnings: sum(&|state, operation| state == ItemState::Alert && operation == "Warning"),
        advice: sum(&|state, operation| state == ItemState::Alert && operation != "Warning"),
        waiting: sum(&|state, _| WAITING.contains(&state)),
        approval: sum(&|state, _| state == ItemState::Approval),
        done_today: 0,
    })
}

/// Counts for the tabs, within the permit's scope.
pub fn counts(at: &mut impl Reading, permit: &Permit<ViewPasi>) -> Outcome<QueueCounts> {
    let (division, midnight) = (at.division(), at.today().midnight().unwrap_or(at.now()));
    let mut done = pasi_item::table
        .filter(pasi_item::division_id.eq(division))
        .filter(
            pasi_item::state
                .eq(ItemState::Done)
                .and(pasi_item::changed_at.ge(midnight)),
        )
        .count()
        .into_boxed();
    if let Scope::Schools(schools) = permit.scope() {
        done =
            done.filter(pasi_item::school_id.eq_any(schools.iter().copied().map(Some).collect::<Vec<_>>()));
    }
    Ok(QueueCounts {
        done_today: done.get_result(at.conn())?,
        ..open_counts(at, permit)?
    })
}

/// The rows under a tab, the gravest first, of those the oldest.
pub fn queue(at: &mut impl Reading, permit: &Permit<ViewPasi>, asked: Asked) -> Outcome<Vec<QueueRow>> {
    let Asked {
        filter,
        school: only,
        of,
        limit,
    } = asked;
    let given = match of {
        Some(person) => Some(care::rows_of(at, person)?),
        None => None,
    };
    let mut rows = Vec::new();
    let states: &[ItemState] = states_of(filter);
    let (division, midnight) = (at.division(), at.today().midnight().unwrap_or(at.now()));
    let mut items = pasi_item::table
        .inner_join(
            student_card::table.on(student_card::division_id
                .eq(pasi_item::division_id)
                .and(student_card::student_id.nullable().eq(pasi_item::student_id))),
        )
        .filter(
            pasi_item::division_id
                .eq(division)
                .and(pasi_item::state.eq_any(states.to_vec())),
        )
        .order(pasi_item::id)
        .limit(limit)
        .select((
            Item::as_select(),
            student_card::list_name,
            student_card::school_id,
            student_card::restriction,
        ))
        .into_boxed();
    if let Scope::Schools(schools) = permit.scope() {
        items =
            items.filter(pasi_item::school_id.eq_any(schools.iter().copied().map(Some).collect::<Vec<_>>()));
    }
    if let Some(school) = only {
        items = items.filter(pasi_item::school_id.eq(Some(school)));
    }
    if let Some(given) = &given {
        let ids: Vec<PasiItemId> = given.iter().copied().map(PasiItemId::from_uuid).collect();
        items = items.filter(pasi_item::id.eq_any(ids));
    }
    items = match filter {
        QueueFilter::Warnings => items.filter(pasi_item::operation.eq("Warning")),
        QueueFilter::Advice => items.filter(pasi_item::operation.ne("Warning")),
        QueueFilter::DoneToday => items.filter(pasi_item::changed_at.ge(midnight)),
        _ => items,
    };
    let items: Vec<(Item, String, Option<SchoolId>, String)> = items.load(at.conn())?;
    rows.extend(items.into_iter().filter_map(|(item, name, school, restriction)| {
        Some(QueueRow {
            student: item.student_id?,
            school: item.school_id.or(school),
            since: item.created_at,
            item: Some(item),
            name,
            fields: 0,
            assigned: None,
            is_cautioned: is_caution(&restriction),
        })
    }));
    if matches!(filter, QueueFilter::ToDo | QueueFilter::Conflicts) {
        let differing = differing(at, permit, limit)?;
        rows.extend(
            differing
                .into_iter()
                .filter(|row| only.is_none() || row.school == only)
                .filter(|row| {
                    given
                        .as_ref()
                        .is_none_or(|given| given.contains(&row.student.uuid()))
                }),
        );
    }
    rows.sort_by_key(|row| (gravity(row), row.since));
    let ids: Vec<RowId> = rows.iter().map(QueueRow::id).collect();
    let mut carers = care::assigned(at, &ids)?;
    for (row, id) in rows.iter_mut().zip(ids) {
        row.assigned = carers.remove(&id.uuid());
    }
    Ok(rows)
}

/// An item of a section, with the number of the section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRow {
    /// The item.
    pub item: Item,
    /// Of which section.
    pub section: SectionId,
    /// Its number; empty when the section is not here.
    pub number: String,
    /// Who looks after it.
    pub assigned: Option<Assigned>,
}

/// The items of sections under a tab: they are no student's, and stand apart; oldest first.
pub fn section_rows(
    at: &mut impl Reading,
    permit: &Permit<ViewPasi>,
    asked: Asked,
) -> Outcome<Vec<SectionRow>> {
    let (division, midnight) = (at.division(), at.today().midnight().unwrap_or(at.now()));
    let states: &[ItemState] = states_of(asked.filter);
    let mut items = pasi_item::table
        .filter(
            pasi_item::division_id
                .eq(division)
                .and(pasi_item::state.eq_any(states.to_vec())),
        )
        .filter(pasi_item::student_id.is_null())
        .order(pasi_item::id)
        .limit(asked.limit)
        .select(Item::as_select())
        .into_boxed();
    if let Scope::Schools(schools) = permit.scope() {
        items =
            items.filter(pasi_item::school_id.eq_any(schools.iter().copied().map(Some).collect::<Vec<_>>()));
    }
    if let Some(school) = asked.school {
        items = items.filter(pasi_item::school_id.eq(Some(school)));
    }
    items = match asked.filter {
        QueueFilter::Warnings => items.filter(pasi_item::operation.eq("Warning")),
        QueueFilter::Advice => items.filter(pasi_item::operation.ne("Warning")),
        QueueFilter::DoneToday => items.filter(pasi_item::changed_at.ge(midnight)),
        _ => items,
    };
    if let Some(person) = asked.of {
        let given = care::rows_of(at, person)?;
        let ids: Vec<PasiItemId> = given.into_iter().map(PasiItemId::from_uuid).collect();
        items = items.filter(pasi_item::id.eq_any(ids));
    }
    let items: Vec<Item> = items.load(at.conn())?;
    numbered(at, items)
}

/// One item of a section. `NotFound` for an item that is none, and outside the permit.
pub fn section_row(at: &mut impl Reading, permit: &Permit<ViewPasi>, id: PasiItemId) -> Outcome<SectionRow> {
    let item = crate::queue::item(at, id)?;
    let is_covered = item.school_id.is_some_and(|school| permit.covers_school(school));
    if item.student_id.is_some() || !is_covered {
        return Err(Failure::NotFound);
    }
    numbered(at, vec![item])?.pop().ok_or(Failure::NotFound)
}

/// Items of sections with the numbers of these and who looks after each.
fn numbered(at: &mut impl Reading, items: Vec<Item>) -> Outcome<Vec<SectionRow>> {
    let sections = items
        .iter()
        .map(|item| item.ref_id().map(SectionId::from_uuid))
        .collect::<Outcome<Vec<_>>>()?;
    let numbers = courses::numbers_of(at, &sections)?;
    let ids: Vec<RowId> = items.iter().map(|item| RowId::Item(item.id)).collect();
    let mut carers = care::assigned(at, &ids)?;
    let rows = items.into_iter().zip(sections).map(|(item, section)| SectionRow {
        assigned: carers.remove(&item.id.uuid()),
        number: numbers.get(&section).cloned().unwrap_or_default(),
        item,
        section,
    });
    Ok(rows.collect())
}

/// The states of the items under a tab.
fn states_of(filter: QueueFilter) -> &'static [ItemState] {
    match filter {
        QueueFilter::ToDo => &[
            ItemState::Rejected,
            ItemState::Conflict,
            ItemState::Alert,
            ItemState::Approval,
        ],
        QueueFilter::Rejected => &[ItemState::Rejected],
        QueueFilter::Conflicts => &[ItemState::Conflict],
        QueueFilter::Warnings | QueueFilter::Advice => &[ItemState::Alert],
        QueueFilter::Approval => &[ItemState::Approval],
        QueueFilter::Waiting => &WAITING,
        QueueFilter::DoneToday => &[ItemState::Done],
    }
}

/// Is a card's gravest restriction a caution?
fn is_caution(restriction: &str) -> bool {
    restriction == RestrictionCode::Caution.as_str()
}

/// Refused first, then what differs, what must be fixed, what must be confirmed.
fn gravity(row: &QueueRow) -> u8 {
    match &row.item {
        Some(item) if item.state == ItemState::Rejected => 0,
        Some(item) if item.state == ItemState::Conflict => 1,
        None => 1,
        Some(item) if item.state == ItemState::Alert && item.operation == "Warning" => 2,
        Some(item) if item.state == ItemState::Alert => 3,
        Some(_) => 4,
    }
}

/// Differences with the cards of their students, within the permit's scope.
macro_rules! differing {
    ($at:expr, $permit:expr) => {{
        let division = $at.division();
        let mut all = pasi_difference::table
            .inner_join(
                student_card::table.on(student_card::division_id
                    .eq(pasi_difference::division_id)
                    .and(student_card::student_id.eq(pasi_difference::student_id))),
            )
            .filter(pasi_difference::division_id.eq(division))
            .into_boxed();
        if let Scope::Schools(schools) = $permit.scope() {
            all = all.filter(
                student_card::school_id.eq_any(schools.iter().copied().map(Some).collect::<Vec<_>>()),
            );
        }
        all
    }};
}

/// How many students' sides differ.
fn count_differing(at: &mut impl Reading, permit: &Permit<ViewPasi>) -> Outcome<i64> {
    let all = differing!(at, permit);
    Ok(all
        .select(diesel::dsl::count(pasi_difference::student_id).aggregate_distinct())
        .get_result(at.conn())?)
}

/// Most fields that one student is expected to differ in, on average.
const FIELDS: i64 = 12;

/// Students whose sides differ, one row a student, oldest first.
fn differing(at: &mut impl Reading, permit: &Permit<ViewPasi>, limit: i64) -> Outcome<Vec<QueueRow>> {
    let all = differing!(at, permit);
    let fields: Vec<(StudentId, String, Option<SchoolId>, String, Instant)> = all
        .order((pasi_difference::found_at, pasi_difference::student_id))
        .limit(limit.saturating_mul(FIELDS))
        .select((
            pasi_difference::student_id,
            student_card::list_name,
            student_card::school_id,
            student_card::restriction,
            pasi_difference::found_at,
        ))
        .load(at.conn())?;
    let mut rows: Vec<QueueRow> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for (student, name, school, restriction, since) in fields {
        let place = *places.entry(student).or_insert(rows.len());
        match rows.get_mut(place) {
            Some(row) => row.fields += 1,
            None => rows.push(QueueRow {
                item: None,
                student,
                name,
                school,
                since,
                fields: 1,
                assigned: None,
                is_cautioned: is_caution(&restriction),
            }),
        }
    }
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}
