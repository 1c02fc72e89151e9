//! Rows of saved lists.

use crate::model::{KeepList, ListView, SavedList, Sharing};
use crate::search::ListQuery;
use db::schema::{default_list, saved_list};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{AccountId, DivisionId, Failure, Instant, Outcome, SavedId, SchoolId};

/// The one page with saved lists so far.
pub(crate) const STUDENTS: &str = "students";

/// A row of `saved_list`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = saved_list)]
pub(crate) struct SavedRow {
    pub division_id: DivisionId,
    pub id: SavedId,
    pub account_id: AccountId,
    pub page: String,
    pub label: String,
    pub query: String,
    pub sharing: Sharing,
    pub school_id: Option<SchoolId>,
    pub version: i64,
    pub is_deleted: bool,
    pub created_at: Instant,
    pub changed_at: Instant,
}

impl SavedRow {
    /// A first version.
    pub(crate) fn first(tx: &Tx, id: SavedId, account: AccountId, list: &KeepList) -> Outcome<Self> {
        Ok(Self {
            division_id: tx.division(),
            id,
            account_id: account,
            page: STUDENTS.to_owned(),
            label: kernel::text::squeeze(&list.label),
            query: written(&list.view)?,
            sharing: list.sharing,
            school_id: list.school.filter(|_| list.sharing == Sharing::School),
            version: 1,
            is_deleted: false,
            created_at: tx.now(),
            changed_at: tx.now(),
        })
    }

    /// The list as `account` sees it.
    pub(crate) fn list(self, account: AccountId, default: Option<SavedId>) -> Outcome<SavedList> {
        let view = serde_json::from_str(&self.query)
            .map_err(|error| Failure::Fault(format!("saved_list.query of {}: {error}", self.id)))?;
        Ok(SavedList {
            id: self.id,
            version: self.version,
            label: self.label,
            sharing: self.sharing,
            school: self.school_id,
            view,
            is_mine: self.account_id == account,
            is_default: default == Some(self.id),
        })
    }
}

/// The question alone: neither the place in the list nor the year on screen is kept.
fn written(view: &ListView) -> Outcome<String> {
    let view = ListView {
        query: ListQuery {
            after: None,
            year: None,
            limit: 0,
            ..view.query.clone()
        },
        columns: view.columns.clone(),
    };
    serde_json::to_string(&view).map_err(|error| Failure::Fault(format!("saved_list.query: {error}")))
}

/// Every list of the page that is not deleted, by name.
pub(crate) fn all(at: &mut impl Reading) -> Outcome<Vec<SavedRow>> {
    let division = at.division();
    Ok(saved_list::table
        .filter(
            saved_list::division_id
                .eq(division)
                .and(saved_list::page.eq(STUDENTS)),
        )
        .filter(saved_list::is_deleted.eq(false))
        .order((saved_list::label, saved_list::id))
        .select(SavedRow::as_select())
        .load(at.conn())?)
}

/// A list, deleted or not; not found when there is none.
pub(crate) fn one(at: &mut impl Reading, id: SavedId) -> Outcome<SavedRow> {
    let division = at.division();
    Ok(saved_list::table
        .find((division, id))
        .select(SavedRow::as_select())
        .first(at.conn())?)
}

pub(crate) fn insert(tx: &mut Tx, row: &SavedRow) -> Outcome<()> {
    diesel::insert_into(saved_list::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

/// Writes the row after the version that was seen; a conflict when another save came first.
pub(crate) fn replace(tx: &mut Tx, seen: i64, row: &SavedRow) -> Outcome<i64> {
    let (division, now) = (tx.division(), tx.now());
    let version = seen + 1;
    let key = saved_list::table
        .filter(
            saved_list::division_id
                .eq(division)
                .and(saved_list::id.eq(row.id)),
        )
        .filter(saved_list::version.eq(seen));
    let changed = diesel::update(key)
        .set((
            saved_list::label.eq(&row.label),
            saved_list::query.eq(&row.query),
            saved_list::sharing.eq(row.sharing),
            saved_list::school_id.eq(row.school_id),
            saved_list::is_deleted.eq(row.is_deleted),
            saved_list::version.eq(version),
            saved_list::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    if changed == 1 {
        return Ok(version);
    }
    Err(Failure::stale("saved_list", seen, one(tx, row.id)?.version))
}

/// The list that a person's page opens with.
pub(crate) fn default_of(at: &mut impl Reading, account: AccountId) -> Outcome<Option<SavedId>> {
    let division = at.division();
    Ok(default_list::table
        .find((division, account, STUDENTS))
        .select(default_list::list_id)
        .first(at.conn())
        .optional()?)
}

/// Sets it, or takes it away.
pub(crate) fn set_default(tx: &mut Tx, account: AccountId, list: Option<SavedId>) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(default_list::table.find((division, account, STUDENTS))).execute(tx.conn())?;
    if let Some(list) = list {
        diesel::insert_into(default_list::table)
            .values((
                default_list::division_id.eq(division),
                default_list::account_id.eq(account),
                default_list::page.eq(STUDENTS),
                default_list::list_id.eq(list),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}
