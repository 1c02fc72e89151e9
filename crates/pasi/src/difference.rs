//! Where ours and PASI's copies of a student differ, field by field, until a person decides.

use crate::map;
use crate::mirror::{self, Mirrored};
use crate::queue::{self, ItemState};
use db::schema::pasi_difference;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Instant, Outcome, StudentId};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;

/// One field in which the two sides differ.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = pasi_difference)]
pub struct Difference {
    /// The division.
    pub division_id: DivisionId,
    /// Whose.
    pub student_id: StudentId,
    /// `student` or `enrolment`.
    pub record_kind: String,
    /// ASN, or the enrolment's id.
    pub record_key: String,
    /// The field, such as `mailing-address`.
    pub field: String,
    /// What we have, as shown; empty for nothing.
    pub ours: String,
    /// What PASI has, as shown; empty for nothing.
    pub theirs: String,
    /// PASI's version that says so.
    pub core_version: i64,
    /// How it came about, in a word: `changed-there`, `only-there`, `only-here`.
    pub cause: String,
    /// Found when.
    pub found_at: Instant,
}

/// The differences of a student, in the order of the fields.
pub fn differences(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<Difference>> {
    let division = at.division();
    Ok(pasi_difference::table
        .filter(
            pasi_difference::division_id
                .eq(division)
                .and(pasi_difference::student_id.eq(student)),
        )
        .order((
            pasi_difference::record_kind.desc(),
            pasi_difference::found_at,
            pasi_difference::field,
        ))
        .select(Difference::as_select())
        .load(at.conn())?)
}

/// How many there are.
pub(crate) fn count(at: &mut impl Reading, student: StudentId) -> Outcome<i64> {
    let division = at.division();
    Ok(pasi_difference::table
        .filter(
            pasi_difference::division_id
                .eq(division)
                .and(pasi_difference::student_id.eq(student)),
        )
        .count()
        .get_result(at.conn())?)
}

/// Kinds of record of a student that are on their way: what differs there is
/// our own change under way, not a difference to decide.
fn on_their_way(tx: &mut Tx, student: StudentId) -> Outcome<Vec<(String, String)>> {
    let items = queue::of_student(tx, student)?;
    let moving = items.into_iter().filter(|item| item.state != ItemState::Alert);
    Ok(moving
        .map(|item| {
            (
                item.record_kind.clone(),
                item.ref_id().map(|id| id.to_string()).unwrap_or_default(),
            )
        })
        .collect())
}

/// The kind of record a field of a student belongs to.
pub(crate) fn kind_of_field(field: &str) -> &'static str {
    match field {
        "asn" | "legal-name" | "birth-date" | "gender" => "identity",
        "preferred-name" => "name",
        "mailing-address" | "physical-address" => "address",
        "phone" => "phone",
        "email" => "email",
        "language" => "language",
        "section23" => "section23",
        _ => "enrolment",
    }
}

/// Compares everything of a student anew.
pub(crate) fn judge(tx: &mut Tx, student: StudentId) -> Outcome<()> {
    let moving = on_their_way(tx, student)?;
    let mut found = Vec::new();
    found.extend(of_person(tx, student, &moving)?);
    found.extend(of_enrolments(tx, student, &moving)?);
    let division = tx.division();
    let old = differences(tx, student)?;
    for difference in &mut found {
        if let Some(same) = old
            .iter()
            .find(|old| old.field == difference.field && old.record_key == difference.record_key)
        {
            difference.found_at = same.found_at;
        }
    }
    diesel::delete(
        pasi_difference::table.filter(
            pasi_difference::division_id
                .eq(division)
                .and(pasi_difference::student_id.eq(student)),
        ),
    )
    .execute(tx.conn())?;
    db::insert_many!(tx.conn(), pasi_difference::table, found)?;
    map::refresh_card(tx, student)
}

fn of_person(tx: &mut Tx, student: StudentId, moving: &[(String, String)]) -> Outcome<Vec<Difference>> {
    let Some(asn) = map::asn_of(tx, student)? else {
        return Ok(Vec::new());
    };
    let Some(theirs) = mirror::mirrored::<wire::Student>(tx, NotificationType::Student, asn.as_str())? else {
        return Ok(Vec::new());
    };
    let permit = map::program(tx)?;
    let ours = people::student(tx, &permit, student)?;
    let compared = map::student_fields(&ours, &theirs.record, tx.today());
    let still = compared
        .into_iter()
        .filter(|(field, _, _)| !moving.iter().any(|(kind, _)| kind == kind_of_field(field)));
    Ok(still
        .filter(|(field, ours, theirs)| !map::is_same(field, ours, theirs))
        .map(|(field, ours, there)| {
            difference(
                tx,
                student,
                ("student", asn.as_str()),
                (field, ours, there),
                theirs.version,
            )
        })
        .collect())
}

fn of_enrolments(tx: &mut Tx, student: StudentId, moving: &[(String, String)]) -> Outcome<Vec<Difference>> {
    let theirs: Vec<(String, Mirrored<wire::StudentSchoolEnrolment>)> =
        mirror::mirrored_of(tx, NotificationType::StudentSchoolEnrolment, student)?;
    let mut found = Vec::new();
    for (key, there) in theirs {
        if moving
            .iter()
            .any(|(kind, record)| kind == "enrolment" && *record == key)
        {
            continue;
        }
        for (field, ours, theirs) in map::enrolment_fields(tx, &there.record)? {
            if ours != theirs {
                found.push(difference(
                    tx,
                    student,
                    ("enrolment", &key),
                    (field, ours, theirs),
                    there.version,
                ));
            }
        }
    }
    Ok(found)
}

fn difference(
    tx: &Tx,
    student_id: StudentId,
    record: (&str, &str),
    compared: (&str, String, String),
    core_version: i64,
) -> Difference {
    let (field, ours, theirs) = compared;
    let cause = match (ours.is_empty(), theirs.is_empty()) {
        (true, false) => "only-there",
        (false, true) => "only-here",
        _ => "changed-there",
    };
    Difference {
        division_id: tx.division(),
        student_id,
        record_kind: record.0.to_owned(),
        record_key: record.1.to_owned(),
        field: field.to_owned(),
        ours,
        theirs,
        core_version,
        cause: cause.to_owned(),
        found_at: tx.now(),
    }
}
