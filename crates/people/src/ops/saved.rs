//! Saved lists: kept, renamed, shared, deleted, brought back, opened with.

use crate::model::{KeepList, SavedList, Sharing};
use crate::ops::save::Saved;
use crate::rules;
use crate::store::saved::{self, SavedRow};
use access::action::{ShareLists, ViewStudents};
use access::{Action, Permit, Scope};
use db::{Reading, Subject, Tx};
use kernel::{AccountId, Failure, Outcome, Role, SavedId, SchoolId};
use serde_json::json;

/// The lists a person sees: own ones first, then those shared with a school of
/// the permit or with the division; each by name. Families see their own alone.
pub fn saved_lists(at: &mut impl Reading, permit: &Permit<ViewStudents>) -> Outcome<Vec<SavedList>> {
    let account = account(permit)?;
    let default = saved::default_of(at, account)?;
    let mut lists = saved::all(at)?
        .into_iter()
        .filter(|row| is_seen(permit, account, row))
        .map(|row| row.list(account, default))
        .collect::<Outcome<Vec<_>>>()?;
    lists.sort_by_key(|list| !list.is_mine);
    Ok(lists)
}

/// One of them; not found when it is not the person's to see.
pub fn saved_list(at: &mut impl Reading, permit: &Permit<ViewStudents>, id: SavedId) -> Outcome<SavedList> {
    let account = account(permit)?;
    let default = saved::default_of(at, account)?;
    let row = saved::one(at, id)?;
    if row.is_deleted || !is_seen(permit, account, &row) {
        return Err(Failure::NotFound);
    }
    row.list(account, default)
}

/// Keeps a list under a name. The same form twice keeps one.
///
/// Refused by `LP-0280` to `LP-0284`; denied when it is shared further than
/// the person may. Writes: `saved_list`, audit.
pub fn save_list(
    tx: &mut Tx,
    permit: &Permit<ViewStudents>,
    share: Option<&Permit<ShareLists>>,
    id: SavedId,
    list: &KeepList,
) -> Outcome<Saved> {
    let account = account(permit)?;
    if let Ok(there) = saved::one(tx, id) {
        return if there.account_id == account {
            Ok(done(there.version))
        } else {
            Err(Failure::NotFound)
        };
    }
    judge(tx, account, id, list)?;
    may_share(share, list.sharing, list.school)?;
    let row = SavedRow::first(tx, id, account, list)?;
    saved::insert(tx, &row)?;
    record(tx, "list.save", &row);
    Ok(done(row.version))
}

/// Renames a list, shares it otherwise, or keeps another filter under its name.
///
/// Only its maker may. Refused as [`save_list`]; a conflict when another save
/// came first. Writes: `saved_list`, audit.
pub fn change_list(
    tx: &mut Tx,
    permit: &Permit<ViewStudents>,
    share: Option<&Permit<ShareLists>>,
    (id, seen): (SavedId, i64),
    list: &KeepList,
) -> Outcome<Saved> {
    let account = account(permit)?;
    let there = own(tx, account, id)?;
    judge(tx, account, id, list)?;
    if (list.sharing, list.school) != (there.sharing, there.school_id) {
        may_share(share, list.sharing, list.school)?;
    }
    let row = SavedRow::first(tx, id, account, list)?;
    let version = saved::replace(tx, seen, &row)?;
    record(tx, "list.change", &row);
    Ok(done(version))
}

/// Deletes a list; its maker brings it back with [`restore_list`]. Pages that
/// opened with it open as usual. Writes: `saved_list`, audit.
pub fn remove_list(tx: &mut Tx, permit: &Permit<ViewStudents>, (id, seen): (SavedId, i64)) -> Outcome<Saved> {
    let account = account(permit)?;
    let row = SavedRow {
        is_deleted: true,
        ..own(tx, account, id)?
    };
    let version = saved::replace(tx, seen, &row)?;
    record(tx, "list.remove", &row);
    Ok(done(version))
}

/// Brings a deleted list back, unless another took its name (`LP-0282`).
/// Writes: `saved_list`, audit.
pub fn restore_list(
    tx: &mut Tx,
    permit: &Permit<ViewStudents>,
    (id, seen): (SavedId, i64),
) -> Outcome<Saved> {
    let account = account(permit)?;
    let there = saved::one(tx, id)?;
    if there.account_id != account {
        return Err(Failure::NotFound);
    }
    let kept = there.clone().list(account, None)?;
    let list = KeepList {
        label: kept.label,
        sharing: kept.sharing,
        school: kept.school,
        view: kept.view,
    };
    judge(tx, account, id, &list)?;
    let row = SavedRow {
        is_deleted: false,
        ..there
    };
    let version = saved::replace(tx, seen, &row)?;
    record(tx, "list.restore", &row);
    Ok(done(version))
}

/// Says which list the person's page opens with; none for the usual one.
/// Writes: `default_list`, audit.
pub fn set_default_list(tx: &mut Tx, permit: &Permit<ViewStudents>, list: Option<SavedId>) -> Outcome<()> {
    let account = account(permit)?;
    if let Some(id) = list {
        saved_list(tx, permit, id)?;
    }
    saved::set_default(tx, account, list)?;
    tx.record(
        "list.default",
        Subject::new("account", account),
        &json!({ "list": list }),
    );
    Ok(())
}

fn account(permit: &Permit<ViewStudents>) -> Outcome<AccountId> {
    permit.actor().account.ok_or(Failure::Denied(ViewStudents::NAME))
}

fn is_seen(permit: &Permit<ViewStudents>, account: AccountId, row: &SavedRow) -> bool {
    let is_staff = permit.actor().role.is_none_or(Role::is_staff);
    row.account_id == account
        || is_staff
            && match (row.sharing, row.school_id) {
                (Sharing::Own, _) | (Sharing::School, None) => false,
                (Sharing::School, Some(school)) => permit.covers_school(school),
                (Sharing::Division, _) => true,
            }
}

/// The list, when it is the person's and not deleted.
fn own(tx: &mut Tx, account: AccountId, id: SavedId) -> Outcome<SavedRow> {
    let row = saved::one(tx, id)?;
    if row.is_deleted || row.account_id != account {
        return Err(Failure::NotFound);
    }
    Ok(row)
}

fn judge(tx: &mut Tx, account: AccountId, id: SavedId, list: &KeepList) -> Outcome<()> {
    let others: Vec<String> = saved::all(tx)?
        .into_iter()
        .filter(|row| row.account_id == account && row.id != id)
        .map(|row| row.label)
        .collect();
    rules::keep_list(list, &others).or_refuse().map(|_| ())
}

/// A school of the permit; the division only by a role of the whole division.
fn may_share(share: Option<&Permit<ShareLists>>, sharing: Sharing, school: Option<SchoolId>) -> Outcome<()> {
    let may = match (sharing, share) {
        (Sharing::Own, _) => true,
        (_, None) => false,
        (Sharing::School, Some(permit)) => school.is_some_and(|school| permit.covers_school(school)),
        (Sharing::Division, Some(permit)) => *permit.scope() == Scope::Division,
    };
    if may {
        Ok(())
    } else {
        Err(Failure::Denied(ShareLists::NAME))
    }
}

/// The audit keeps how far a list reaches, not its name or filter, which may hold a student's.
fn record(tx: &mut Tx, verb: &str, row: &SavedRow) {
    let detail = json!({ "sharing": row.sharing, "school": row.school_id });
    tx.record(verb, Subject::new("list", row.id), &detail);
}

fn done(version: i64) -> Saved {
    Saved {
        version,
        findings: kernel::Findings::default(),
    }
}
