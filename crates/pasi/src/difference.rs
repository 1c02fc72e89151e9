//! Where ours and PASI's copies of a student differ, field by field, until a person decides.

use crate::map::{self, Compared};
use crate::mirror::{self, Mirrored};
use crate::queue::{self, Item, ItemState};
use crate::sealed::{self, MEDICAL};
use db::schema::pasi_difference;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Instant, Outcome, StudentId};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;

/// One field in which the two sides differ.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = pasi_difference)]
pub struct Difference {
    /// The division.
    pub division_id: DivisionId,
    /// Whose.
    pub student_id: StudentId,
    /// `student`, `name`, `guardian`, `citizenship`, `restriction`, `medical`, `enrolment`,
    /// `course-enrolment` or `responsible-school`.
    pub record_kind: String,
    /// ASN, or the record's id at PASI.
    pub record_key: String,
    /// The field, such as `mailing-address`; the kind itself where a whole record is compared.
    pub field: String,
    /// Which of several such records, in words; may be empty.
    pub about: String,
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

/// The differences of a student, in the order of the fields; of what is sealed
/// only that it differs (see [`crate::differences_for`]).
pub fn differences(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<Difference>> {
    let division = at.division();
    let query = pasi_difference::table
        .filter(
            pasi_difference::division_id
                .eq(division)
                .and(pasi_difference::student_id.eq(student)),
        )
        .order((
            pasi_difference::record_kind.desc(),
            pasi_difference::found_at,
            pasi_difference::field,
            pasi_difference::record_key,
        ));
    Ok(db::ask!(at.conn(), load, query.select(Difference::as_select()))?)
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
fn on_their_way(items: &[Item]) -> Vec<(String, String)> {
    let moving = items.iter().filter(|item| item.state != ItemState::Alert);
    let named = moving.map(|item| {
        let record = item.ref_id().map(|id| id.to_string());
        (item.record_kind.clone(), record.unwrap_or_default())
    });
    named.collect()
}

/// The kind of record that travels with a compared field.
pub(crate) fn travels_with<'k>(record_kind: &'k str, field: &str) -> &'k str {
    if record_kind != "student" {
        return record_kind;
    }
    match field {
        "preferred-name" => "name",
        "mailing-address" | "physical-address" => "address",
        "phone" => "phone",
        "email" => "email",
        "language" => "language",
        "section23" => "section23",
        _ => "identity",
    }
}

/// Is the record of a compared field on its way? A part of the student's own
/// data travels by kind, every other record by its id.
fn is_moving(moving: &[(String, String)], compared: &Compared) -> bool {
    let travels = travels_with(compared.kind, compared.field);
    moving
        .iter()
        .any(|(kind, record)| kind == travels && (compared.kind == "student" || *record == compared.key))
}

/// Compares everything of a student anew.
pub(crate) fn judge(tx: &mut Tx, student: StudentId) -> Outcome<()> {
    let items = queue::of_student(tx, student)?;
    let moving = on_their_way(&items);
    let mut found = Vec::new();
    for (compared, version) in compared(tx, student)? {
        if !compared.is_same() && !is_moving(&moving, &compared) {
            found.push(difference(tx, student, compared, version));
        }
    }
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
    let differs = !found.is_empty();
    if found != old {
        diesel::delete(
            pasi_difference::table.filter(
                pasi_difference::division_id
                    .eq(division)
                    .and(pasi_difference::student_id.eq(student)),
            ),
        )
        .execute(tx.conn())?;
        db::insert_many!(tx.conn(), pasi_difference::table, found)?;
    }
    map::set_card(tx, student, &items, differs)
}

/// Everything of a student that is compared, with the version of PASI's copy.
pub(crate) fn compared(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<(Compared, i64)>> {
    let mut all = of_person(at, student)?;
    let theirs: Vec<(String, Mirrored<wire::StudentSchoolEnrolment>)> =
        mirror::mirrored_of(at, NotificationType::StudentSchoolEnrolment, student)?;
    for (_, there) in theirs {
        let fields = map::enrolment_fields(at, &there.record)?;
        all.extend(fields.into_iter().map(|field| (field, there.version)));
    }
    all.extend(map::responsible_fields(at, student)?);
    all.extend(map::classes::seat_fields(at, student)?);
    Ok(all)
}

fn of_person(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<(Compared, i64)>> {
    let Some(asn) = map::asn_of(at, student)? else {
        return Ok(Vec::new());
    };
    let Some(theirs) = mirror::mirrored::<wire::Student>(at, NotificationType::Student, asn.as_str())? else {
        return Ok(Vec::new());
    };
    let ours = map::load(at, student)?;
    let mut fields = map::student_fields(&ours, &theirs.record, at.today());
    fields.extend(map::medical_fields(at, student, &theirs.record)?);
    Ok(fields.into_iter().map(|field| (field, theirs.version)).collect())
}

fn difference(tx: &Tx, student_id: StudentId, compared: Compared, core_version: i64) -> Difference {
    let cause = match (compared.ours.is_empty(), compared.theirs.is_empty()) {
        (true, false) => "only-there",
        (false, true) => "only-here",
        _ => "changed-there",
    };
    let is_sealed = compared.kind == MEDICAL;
    let shown = |text: String| {
        if is_sealed { sealed::covered(&text) } else { text }
    };
    Difference {
        division_id: tx.division(),
        student_id,
        record_kind: compared.kind.to_owned(),
        record_key: compared.key,
        field: compared.field.to_owned(),
        about: compared.about,
        ours: shown(compared.ours),
        theirs: shown(compared.theirs),
        core_version,
        cause: cause.to_owned(),
        found_at: tx.now(),
    }
}
