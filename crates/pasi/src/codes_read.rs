//! The province's code values and which may stand under which: read daily,
//! kept with their years, and put above the lists built into the program.
//! `IsDataAvailable` does not tell of them.

use crate::codes_above::put_codes_above;
use crate::{Connector, years};
use codes::{CodeSet, Lang};
use db::schema::{pasi_code, pasi_code_change, pasi_code_read, pasi_code_relation};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Failure, Instant, Outcome, SavedId, SchoolYear};
use pasi_wire::messages::{
    CodeValue, CodeValueRelationship, GetCodeValueRelationshipsRequest, GetCodeValuesRequest,
};
use pasi_wire::{Request, Response};
use std::collections::{BTreeMap, BTreeSet};

/// When the code values were last read, and what there is of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodesRead {
    /// Last read.
    pub read_at: Instant,
    /// Last found changed.
    pub changed_at: Instant,
    /// Values on the province's list.
    pub values: i64,
}

kernel::text_enum! {
    /// What became of a code value.
    pub enum ChangeKind {
        /// It is new on the list.
        Added = "added",
        /// Its words, years or places changed.
        Changed = "changed",
        /// It is not on the list any more.
        Gone = "gone",
    }
}

/// A code value that was found changed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = pasi_code_change)]
pub struct CodeChange {
    /// Its class.
    pub code_class: String,
    /// Its text.
    pub code_text: String,
    /// What became of it.
    pub change_kind: ChangeKind,
    /// What it said before; empty for a new one.
    pub before_value: String,
    /// What it says now; empty for one that is gone.
    pub after_value: String,
    /// When that was found.
    pub found_at: Instant,
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = pasi_code_change)]
struct NewChange {
    division_id: DivisionId,
    id: SavedId,
    code_class: String,
    code_text: String,
    change_kind: ChangeKind,
    before_value: String,
    after_value: String,
    found_at: Instant,
}

/// A code value without what names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) en: String,
    pub(crate) fr: String,
    pub(crate) order: i32,
    pub(crate) from: Option<SchoolYear>,
    pub(crate) until: Option<SchoolYear>,
    version: i64,
    pub(crate) under: BTreeSet<String>,
}

/// Values by class and text.
pub(crate) type Values = BTreeMap<(String, String), Value>;

impl Value {
    /// As the list of changes shows it. The order and the version are nobody's news.
    fn told(&self) -> String {
        let mut told = if self.fr.is_empty() || self.fr == self.en {
            self.en.clone()
        } else {
            format!("{} / {}", self.en, self.fr)
        };
        let year = |year: Option<SchoolYear>| year.map(|year| year.to_string()).unwrap_or_default();
        if self.from.is_some() || self.until.is_some() {
            told = format!("{told} · {}–{}", year(self.from), year(self.until));
        }
        if !self.under.is_empty() {
            let under: Vec<&str> = self.under.iter().map(String::as_str).collect();
            told = format!("{told} · {}", under.join(", "));
        }
        told
    }
}

/// When the code values were last read; none before the first time.
pub fn codes_read(at: &mut impl Reading) -> Outcome<Option<CodesRead>> {
    let division = at.division();
    let read: Option<(Instant, Instant)> = pasi_code_read::table
        .find(division)
        .select((pasi_code_read::read_at, pasi_code_read::changed_at))
        .first(at.conn())
        .optional()?;
    let Some((read_at, changed_at)) = read else {
        return Ok(None);
    };
    let values = pasi_code::table
        .filter(
            pasi_code::division_id
                .eq(division)
                .and(pasi_code::gone_at.is_null()),
        )
        .count()
        .get_result(at.conn())?;
    Ok(Some(CodesRead {
        read_at,
        changed_at,
        values,
    }))
}

/// What was found changed, the latest first, at most `limit`.
pub fn codes_changed(at: &mut impl Reading, limit: i64) -> Outcome<Vec<CodeChange>> {
    let division = at.division();
    Ok(pasi_code_change::table
        .filter(pasi_code_change::division_id.eq(division))
        .order((
            pasi_code_change::found_at.desc(),
            pasi_code_change::code_class,
            pasi_code_change::code_text,
        ))
        .limit(limit)
        .select(CodeChange::as_select())
        .load(at.conn())?)
}

impl Connector {
    /// Reads the province's code values and relations, keeps them, and puts
    /// them above the built-in lists; gives how many changed since the last
    /// time, the first time since the built-in lists. `Unavailable` when PASI
    /// does not answer.
    pub async fn read_codes(&self) -> Outcome<usize> {
        let caller = || self.client.caller(&self.system(), None);
        let away = || Failure::Unavailable("PASI does not give its code values".to_owned());
        // From version 0: the sources disagree whether a later one gives all
        // values or only newer ones, and what is gone shows in the full list alone.
        let values = GetCodeValuesRequest {
            caller: caller(),
            last_known_source_version: 0,
        };
        let Ok(Response::GetCodeValues(values)) = self.call(Request::GetCodeValues(values)).await? else {
            return Err(away());
        };
        let related = GetCodeValueRelationshipsRequest { caller: caller() };
        let Ok(Response::GetCodeValueRelationships(related)) =
            self.call(Request::GetCodeValueRelationships(related)).await?
        else {
            return Err(away());
        };
        let (told, listed) = (
            values.school_years,
            listed(values.code_values, &related.relationships),
        );
        if listed.is_empty() {
            return Err(away()); // an empty list would take every code out of use
        }
        let (changes, gone) = self
            .write_apply(move |tx| Ok((keep(tx, &listed)?, years::keep(tx, &told)?)))
            .await?;
        if gone > 0 {
            self.kick();
        }
        self.store
            .read(self.division, |at| put_codes_above(at, None))
            .await?;
        Ok(changes)
    }
}

fn listed(values: Vec<CodeValue>, related: &[CodeValueRelationship]) -> Values {
    let related_classes: BTreeSet<&str> = related
        .iter()
        .map(|pair| pair.child.code_class_name.as_str())
        .collect();
    let under = |class: &str, text: &str| {
        if !related_classes.contains(class) {
            // The province tells no relations of this class: ours stand.
            let ours = CodeSet::of_class(class).and_then(|set| codes::built_in(set).find(text));
            return ours
                .map(|code| code.under.iter().cloned().collect())
                .unwrap_or_default();
        }
        let of = related
            .iter()
            .filter(|pair| pair.child.code_class_name == class && pair.child.code_text == text);
        of.map(|pair| pair.parent.code_text.clone()).collect()
    };
    values
        .into_iter()
        .map(|value| {
            let under = under(&value.code_class_name, &value.code_text);
            let kept = Value {
                en: value.description,
                fr: value.french_description,
                order: value.display_sequence,
                from: value.effective_school_year,
                until: value.expiry_school_year,
                version: value.pasi_core_version,
                under,
            };
            ((value.code_class_name, value.code_text), kept)
        })
        .collect()
}

/// What was kept: as last read, or the built-in lists before the first time.
fn before(tx: &mut Tx, listed: &Values) -> Outcome<Values> {
    if codes_read(tx)?.is_some() {
        return kept(tx);
    }
    let classes: BTreeSet<&str> = listed.keys().map(|(class, _)| class.as_str()).collect();
    let mut all = Values::new();
    for class in classes {
        let Some(set) = CodeSet::of_class(class) else {
            continue;
        };
        for code in codes::set(set).all() {
            let value = Value {
                en: kernel::text::latin1(code.label(Lang::English)),
                fr: kernel::text::latin1(code.label(Lang::French)),
                order: i32::from(code.order),
                from: code.from,
                until: code.until,
                version: 0,
                under: code.under.iter().cloned().collect(),
            };
            all.insert((class.to_owned(), code.code.clone()), value);
        }
    }
    Ok(all)
}

type Row = (
    String,
    String,
    String,
    String,
    i32,
    Option<SchoolYear>,
    Option<SchoolYear>,
    i64,
);

pub(crate) fn kept(at: &mut impl Reading) -> Outcome<Values> {
    let division = at.division();
    let rows: Vec<Row> = pasi_code::table
        .filter(
            pasi_code::division_id
                .eq(division)
                .and(pasi_code::gone_at.is_null()),
        )
        .select((
            pasi_code::code_class,
            pasi_code::code_text,
            pasi_code::label_en,
            pasi_code::label_fr,
            pasi_code::display_order,
            pasi_code::from_year,
            pasi_code::until_year,
            pasi_code::core_version,
        ))
        .load(at.conn())?;
    let related: Vec<(String, String, String)> = pasi_code_relation::table
        .filter(pasi_code_relation::division_id.eq(division))
        .select((
            pasi_code_relation::child_class,
            pasi_code_relation::child_text,
            pasi_code_relation::parent_text,
        ))
        .load(at.conn())?;
    let mut all: Values = rows
        .into_iter()
        .map(|(class, text, en, fr, order, from, until, version)| {
            let value = Value {
                en,
                fr,
                order,
                from,
                until,
                version,
                under: BTreeSet::new(),
            };
            ((class, text), value)
        })
        .collect();
    for (class, text, parent) in related {
        if let Some(value) = all.get_mut(&(class, text)) {
            value.under.insert(parent);
        }
    }
    Ok(all)
}

/// Keeps a reading and lists what it found changed; gives how many that are.
fn keep(tx: &mut Tx, listed: &Values) -> Outcome<usize> {
    let before = before(tx, listed)?;
    let changes = changes(tx, &before, listed);
    let (count, is_first) = (changes.len(), codes_read(tx)?.is_none());
    db::insert_many!(tx.conn(), pasi_code_change::table, changes)?;
    let is_same = !is_first && before == *listed;
    if !is_same {
        replace(tx, &before, listed)?;
    }
    let (division, now) = (tx.division(), tx.now());
    let highest = listed.values().map(|value| value.version).max().unwrap_or(0);
    if is_first {
        diesel::insert_into(pasi_code_read::table)
            .values((
                pasi_code_read::division_id.eq(division),
                pasi_code_read::core_version.eq(highest),
                pasi_code_read::read_at.eq(now),
                pasi_code_read::changed_at.eq(now),
            ))
            .execute(tx.conn())?;
        return Ok(count);
    }
    let read = (
        pasi_code_read::core_version.eq(highest),
        pasi_code_read::read_at.eq(now),
    );
    diesel::update(pasi_code_read::table.find(division))
        .set(read)
        .execute(tx.conn())?;
    if !is_same {
        diesel::update(pasi_code_read::table.find(division))
            .set(pasi_code_read::changed_at.eq(now))
            .execute(tx.conn())?;
    }
    Ok(count)
}

fn changes(tx: &Tx, before: &Values, listed: &Values) -> Vec<NewChange> {
    let keys: BTreeSet<&(String, String)> = before.keys().chain(listed.keys()).collect();
    let mut found = Vec::new();
    for key in keys {
        let (was, is) = (before.get(key).map(Value::told), listed.get(key).map(Value::told));
        let change_kind = match (&was, &is) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Gone,
            (was, is) if was != is => ChangeKind::Changed,
            _ => continue,
        };
        found.push(NewChange {
            division_id: tx.division(),
            id: SavedId::fresh(tx.now()),
            code_class: key.0.clone(),
            code_text: key.1.clone(),
            change_kind,
            before_value: was.unwrap_or_default(),
            after_value: is.unwrap_or_default(),
            found_at: tx.now(),
        });
    }
    found
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = pasi_code)]
struct CodeRow<'a> {
    division_id: DivisionId,
    code_class: &'a str,
    code_text: &'a str,
    label_en: &'a str,
    label_fr: &'a str,
    display_order: i32,
    from_year: Option<SchoolYear>,
    until_year: Option<SchoolYear>,
    core_version: i64,
    found_at: Instant,
    gone_at: Option<Instant>,
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = pasi_code_relation)]
struct RelationRow<'a> {
    division_id: DivisionId,
    parent_class: &'a str,
    parent_text: &'a str,
    child_class: &'a str,
    child_text: &'a str,
}

/// The list as it is now; what it names no more stays, marked as gone.
fn replace(tx: &mut Tx, before: &Values, listed: &Values) -> Outcome<()> {
    let (division_id, now) = (tx.division(), tx.now());
    for (class, text) in before.keys().filter(|key| !listed.contains_key(*key)) {
        diesel::update(pasi_code::table.find((division_id, class, text)))
            .set(pasi_code::gone_at.eq(Some(now)))
            .execute(tx.conn())?;
    }
    let changed: Vec<_> = listed
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(*value))
        .collect();
    for ((class, text), _) in &changed {
        diesel::delete(pasi_code::table.find((division_id, class, text))).execute(tx.conn())?;
    }
    let rows: Vec<CodeRow<'_>> = changed
        .iter()
        .map(|((class, text), value)| CodeRow {
            division_id,
            code_class: class,
            code_text: text,
            label_en: &value.en,
            label_fr: &value.fr,
            display_order: value.order,
            from_year: value.from,
            until_year: value.until,
            core_version: value.version,
            found_at: now,
            gone_at: None,
        })
        .collect();
    db::insert_many!(tx.conn(), pasi_code::table, rows)?;
    diesel::delete(pasi_code_relation::table.filter(pasi_code_relation::division_id.eq(division_id)))
        .execute(tx.conn())?;
    let relations: Vec<RelationRow<'_>> = listed
        .iter()
        .flat_map(|((class, text), value)| {
            let parent = CodeSet::of_class(class).and_then(CodeSet::parent);
            let parent_class = parent.map_or("", CodeSet::as_str);
            value.under.iter().map(move |under| RelationRow {
                division_id,
                parent_class,
                parent_text: under,
                child_class: class,
                child_text: text,
            })
        })
        .collect();
    Ok(db::insert_many!(tx.conn(), pasi_code_relation::table, relations)?)
}
