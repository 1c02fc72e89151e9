//! Which column is which field, told by the headings.

use super::cells::Bound;
use super::date::form_of;
use super::fields_of;
use crate::model::{ColumnMap, DateForm, Kind, Mapping, SavedMapping, heading_key, shipped};
use crate::read::RawRow;
use std::collections::BTreeMap;

/// A mapping for these headings: a shipped or saved one where it knows most of
/// them, filled up with the names fields are known by. The form of dates is
/// read from the first rows.
pub fn suggest(kind: Kind, headings: &[String], rows: &[RawRow], saved: &[Mapping]) -> Mapping {
    let keys: Vec<String> = headings.iter().map(|heading| heading_key(heading)).collect();
    let known = |mapping: &Mapping| {
        mapping
            .columns
            .iter()
            .filter(|one| keys.contains(&heading_key(&one.column)))
            .count()
    };
    let shipped: Vec<Mapping> = shipped()
        .iter()
        .filter(|one| one.kind == kind)
        .map(super::super::model::Shipped::mapping)
        .collect();
    let best = saved
        .iter()
        .chain(&shipped)
        .max_by_key(|mapping| known(mapping))
        .filter(|mapping| known(mapping) >= 3);
    let mut columns: Vec<ColumnMap> = Vec::new();
    for (heading, key) in headings.iter().zip(&keys) {
        let told = best.and_then(|mapping| {
            mapping
                .columns
                .iter()
                .find(|one| heading_key(&one.column) == *key)
        });
        let (field, values) = match told {
            Some(one) => (Some(one.field.clone()), one.values.clone()),
            None => (by_name(kind, key), BTreeMap::new()),
        };
        if let Some(field) = field
            && columns.iter().all(|one| one.field != field)
        {
            columns.push(ColumnMap {
                column: heading.clone(),
                field,
                values,
            });
        }
    }
    let mut mapping = Mapping {
        label: best.map_or_else(String::new, |mapping| mapping.label.clone()),
        dates: best.map_or(DateForm::Iso, |mapping| mapping.dates),
        exit_is_day_after: best.is_some_and(|mapping| mapping.exit_is_day_after),
        columns,
    };
    if let Some(form) = form_seen(&mapping, headings, rows) {
        mapping.dates = form;
    }
    mapping
}

/// What kind of file these headings are of, among `kinds`: the one whose needed
/// fields all stand in it, of several the one that knows most columns. None
/// where the headings do not tell: fewer than three columns known, or two kinds alike.
pub fn kind_told(headings: &[String], kinds: &[Kind], saved: &[SavedMapping]) -> Option<Kind> {
    let fits = |kind: Kind| {
        let own: Vec<Mapping> = saved
            .iter()
            .filter(|one| one.kind == kind)
            .map(|one| one.mapping.clone())
            .collect();
        let mapping = suggest(kind, headings, &[], &own);
        let lacks = fields_of(kind).any(|field| field.is_required && mapping.column_of(field.name).is_none());
        (!lacks, mapping.columns.len())
    };
    let mut all: Vec<((bool, usize), Kind)> = kinds.iter().map(|kind| (fits(*kind), *kind)).collect();
    all.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    let (best, kind) = *all.first()?;
    let is_alone = all.get(1).is_none_or(|(other, _)| *other < best);
    (is_alone && (best.0 || best.1 >= 3)).then_some(kind)
}

fn by_name(kind: Kind, key: &str) -> Option<String> {
    let known = |field: &&super::Field| heading_key(field.name) == *key || field.also.contains(&key);
    fields_of(kind).find(known).map(|field| field.name.to_owned())
}

/// Fields that hold days.
const DAYS: &[&str] = &["birth_date", "start", "exit", "from"];

fn form_seen(mapping: &Mapping, headings: &[String], rows: &[RawRow]) -> Option<DateForm> {
    let bound = Bound::new(mapping, headings);
    let places: Vec<usize> = DAYS.iter().filter_map(|field| bound.place(field)).collect();
    let texts: Vec<&str> = rows
        .iter()
        .flat_map(|row| places.iter().filter_map(|at| row.cells.get(*at)))
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    if texts.is_empty() { None } else { form_of(&texts) }
}

/// The value of a field in a row, as it would be read; for looking at a mapping before it is used.
pub fn preview(mapping: &Mapping, headings: &[String], row: &RawRow, field: &str) -> String {
    let bound = Bound::new(mapping, headings);
    super::Cells::new(&bound, &row.cells, (row.width, row.is_damaged)).get(field)
}
