//! Which students a tie comes to, and on which days: the table that permits ask.

use super::{Tie, TieKind};
use crate::Permit;
use crate::action::ManageAccounts;
use db::schema::{access_tie, account, tie};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Date, DivisionId, Outcome, PersonId, SchoolId, StudentId, TieId};

/// Days on which an account sees a student: from, until (inclusive; none for open-ended).
pub type Days = (Date, Option<Date>);

/// The ties that go on around any of these persons.
pub fn around_persons(at: &mut impl Reading, persons: &[PersonId]) -> Outcome<Vec<Tie>> {
    let (division, mut all) = (at.division(), Vec::new());
    for some in persons.chunks(400) {
        let found: Vec<Tie> = tie::table
            .filter(tie::division_id.eq(division).and(tie::ended_at.is_null()))
            .filter(tie::person_id.eq_any(some.to_vec()))
            .select(Tie::as_select())
            .load(at.conn())?;
        all.extend(found);
    }
    Ok(all)
}

/// The ties that go on to homerooms and that bear on a student who stands in
/// `homeroom` of a school now: those of it, and those by which the student is still seen.
pub fn around_place(
    at: &mut impl Reading,
    student: StudentId,
    place: Option<(SchoolId, &str)>,
) -> Outcome<Vec<Tie>> {
    // Asked for every student that moves: ids first, then one short list.
    let division = at.division();
    let seen: Vec<TieId> = db::ask!(
        at.conn(),
        load,
        access_tie::table
            .filter(
                access_tie::division_id
                    .eq(division)
                    .and(access_tie::student_id.eq(student)),
            )
            .filter(access_tie::kind.eq(TieKind::Teacher))
            .select(access_tie::tie_id)
    )?;
    let mut all: Vec<Tie> = Vec::new();
    if !seen.is_empty() {
        all = tie::table
            .filter(tie::division_id.eq(division).and(tie::ended_at.is_null()))
            .filter(tie::school_id.is_not_null().and(tie::id.eq_any(seen)))
            .select(Tie::as_select())
            .load(at.conn())?;
    }
    if let Some((school, homeroom)) = place.filter(|(_, homeroom)| !homeroom.is_empty()) {
        let there: Vec<Tie> = db::ask!(
            at.conn(),
            load,
            tie::table
                .filter(tie::division_id.eq(division).and(tie::ended_at.is_null()))
                .filter(tie::school_id.eq(school).and(tie::homeroom.eq(homeroom)))
                .select(Tie::as_select())
        )?;
        all.extend(there);
    }
    all.sort_by_key(|held| held.id);
    all.dedup_by_key(|held| held.id);
    Ok(all)
}

/// Was any account of the division ever tied to a homeroom? While none was,
/// nobody's place matters to a tie: asked once for thousands who move.
pub fn are_to_homerooms(at: &mut impl Reading) -> Outcome<bool> {
    let division = at.division();
    let any = tie::table
        .filter(tie::division_id.eq(division).and(tie::school_id.is_not_null()))
        .select(tie::id)
        .first::<TieId>(at.conn())
        .optional()?;
    Ok(any.is_some())
}

/// The homerooms that a teacher's account is tied to today, each with the days of the tie.
pub fn homerooms_of(at: &mut impl Reading, account: AccountId) -> Outcome<Vec<(SchoolId, String, Days)>> {
    let (division, today) = (at.division(), at.today());
    let rows: Vec<(Option<SchoolId>, String, Date, Option<Date>)> = db::ask!(
        at.conn(),
        load,
        tie::table
            .filter(tie::division_id.eq(division).and(tie::account_id.eq(account)))
            .filter(tie::kind.eq(TieKind::Teacher).and(tie::school_id.is_not_null()))
            .filter(tie::ended_at.is_null().and(tie::from_date.le(today)))
            .filter(tie::until_date.is_null().or(tie::until_date.ge(today)))
            .order((tie::school_id, tie::homeroom))
            .select((tie::school_id, tie::homeroom, tie::from_date, tie::until_date))
    )?;
    let whole = |(school, homeroom, from, until): (Option<SchoolId>, String, Date, Option<Date>)| {
        school.map(|school| (school, homeroom, (from, until)))
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// Who teaches the homerooms of a school today: homeroom and name, in their order.
pub fn teachers_at(at: &mut impl Reading, school: SchoolId) -> Outcome<Vec<(String, String)>> {
    let (division, today) = (at.division(), at.today());
    let mut rows: Vec<(String, String)> = tie::table
        .inner_join(
            account::table.on(account::division_id
                .eq(tie::division_id)
                .and(account::id.eq(tie::account_id))),
        )
        .filter(tie::division_id.eq(division).and(tie::school_id.eq(school)))
        .filter(tie::kind.eq(TieKind::Teacher))
        .filter(tie::ended_at.is_null().and(tie::from_date.le(today)))
        .filter(tie::until_date.is_null().or(tie::until_date.ge(today)))
        .select((tie::homeroom, account::display_name))
        .load(at.conn())?;
    rows.sort();
    rows.dedup();
    Ok(rows)
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = access_tie)]
struct Seen {
    division_id: DivisionId,
    account_id: AccountId,
    student_id: StudentId,
    kind: TieKind,
    tie_id: TieId,
    from_date: Date,
    until_date: Option<Date>,
}

/// Keeps on which days a tie comes to a student, in place of what was kept for
/// the two; days before and after the tie's own are cut off. No days: it does
/// not come to the student. Called by the domain that knows, in the transaction
/// of the change. Writes: `access_tie`.
pub fn keep(tx: &mut Tx, held: &Tie, student: StudentId, days: &[Days]) -> Outcome<()> {
    let division = tx.division();
    let known = access_tie::table
        .filter(
            access_tie::division_id
                .eq(division)
                .and(access_tie::tie_id.eq(held.id)),
        )
        .filter(access_tie::student_id.eq(student));
    diesel::delete(known).execute(tx.conn())?;
    let rows: Vec<Seen> = days
        .iter()
        .filter_map(|days| both(*days, (held.from_date, held.until_date)))
        .map(|(from_date, until_date)| Seen {
            division_id: division,
            account_id: held.account_id,
            student_id: student,
            kind: held.kind,
            tie_id: held.id,
            from_date,
            until_date,
        })
        .collect();
    db::insert_many!(tx.conn(), access_tie::table, rows)?;
    Ok(())
}

/// The days that two spans share.
pub(super) fn both(one: Days, other: Days) -> Option<Days> {
    let from = one.0.max(other.0);
    let until = match (one.1, other.1) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    until.is_none_or(|until| until >= from).then_some((from, until))
}

/// The students that a tie comes to today.
pub fn seen_by(
    at: &mut impl Reading,
    _permit: &Permit<ManageAccounts>,
    id: TieId,
) -> Outcome<Vec<StudentId>> {
    let (division, today) = (at.division(), at.today());
    Ok(access_tie::table
        .filter(
            access_tie::division_id
                .eq(division)
                .and(access_tie::tie_id.eq(id)),
        )
        .filter(access_tie::from_date.le(today))
        .filter(
            access_tie::until_date
                .is_null()
                .or(access_tie::until_date.ge(today)),
        )
        .select(access_tie::student_id)
        .distinct()
        .load(at.conn())?)
}

/// The tie by which an account sees a student today: the first given of several.
/// For "you see this because…".
pub fn why(
    at: &mut impl Reading,
    account: AccountId,
    student: StudentId,
    kind: TieKind,
) -> Outcome<Option<Tie>> {
    let (division, today) = (at.division(), at.today());
    Ok(access_tie::table
        .inner_join(
            tie::table.on(tie::division_id
                .eq(access_tie::division_id)
                .and(tie::id.eq(access_tie::tie_id))),
        )
        .filter(
            access_tie::division_id
                .eq(division)
                .and(access_tie::account_id.eq(account)),
        )
        .filter(access_tie::student_id.eq(student).and(access_tie::kind.eq(kind)))
        .filter(access_tie::from_date.le(today))
        .filter(
            access_tie::until_date
                .is_null()
                .or(access_tie::until_date.ge(today)),
        )
        .order(tie::id)
        .select(Tie::as_select())
        .first(at.conn())
        .optional()?)
}

/// Is any account tied to this person, or was one ever?
pub fn was_tied_to(at: &mut impl Reading, person: PersonId) -> Outcome<bool> {
    let division = at.division();
    let ties: i64 = tie::table
        .filter(tie::division_id.eq(division).and(tie::person_id.eq(person)))
        .count()
        .get_result(at.conn())?;
    Ok(ties > 0)
}

#[cfg(test)]
mod tests {
    use super::both;
    use kernel::Date;

    #[test]
    fn two_spans_share_the_later_beginning_and_the_earlier_end() {
        let day = |text: &str| text.parse::<Date>().expect("a date");
        for (one, other, shared) in [
            (
                ("2026-09-01", None),
                ("2026-10-01", None),
                Some(("2026-10-01", None)),
            ),
            (
                ("2026-09-01", Some("2026-12-31")),
                ("2026-08-01", Some("2027-06-30")),
                Some(("2026-09-01", Some("2026-12-31"))),
            ),
            (
                ("2026-09-01", Some("2026-09-01")),
                ("2026-09-01", None),
                Some(("2026-09-01", Some("2026-09-01"))),
            ),
            (("2026-09-01", Some("2026-09-30")), ("2026-10-01", None), None),
        ] {
            let days = |(from, until): (&str, Option<&str>)| (day(from), until.map(day));
            assert_eq!(
                both(days(one), days(other)),
                shared.map(days),
                "{one:?} {other:?}"
            );
            assert_eq!(
                both(days(other), days(one)),
                shared.map(days),
                "{other:?} {one:?}"
            );
        }
    }
}
