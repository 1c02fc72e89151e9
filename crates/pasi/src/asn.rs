//! A student who has an ASN already: a person found it and says so.

use crate::queue::{self, ItemState};
use crate::{difference, map, mirror};
use access::Permit;
use access::action::DecidePasi;
use db::schema::pasi_mirror;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{Asn, Failure, Outcome, StudentId};
use pasi_wire::Operation;
use pasi_wire::window::NotificationType;

/// Kinds that are compared field by field: what we have stands beside what
/// PASI has, and a person decides, instead of ours going over theirs unseen.
const COMPARED: [&str; 7] = [
    "identity",
    "name",
    "address",
    "phone",
    "email",
    "language",
    "section23",
];

/// Links our student to an ASN found in PASI, after 11404 or from the search.
///
/// The creation is dropped; so are changes of what is compared field by field,
/// which then shows as differences. The enrolment goes at once; guardians,
/// citizenship and restrictions follow when PASI's copy has been read.
/// Refused (`LP-0217`) when another student here has the ASN. Writes: the
/// student's ASN, `pasi_item`, audit.
pub fn link_asn(tx: &mut Tx, permit: &Permit<DecidePasi>, student: StudentId, asn: Asn) -> Outcome<()> {
    if !permit.covers(tx, student)? {
        return Err(Failure::NotFound);
    }
    map::take_asn(tx, student, Some(asn))?;
    for mut item in queue::of_student(tx, student)? {
        let is_creation = item.operation == Operation::CreateStudent.name();
        let is_compared = COMPARED.contains(&item.record_kind.as_str());
        if item.state != ItemState::Alert && (is_creation || is_compared) {
            item.state = ItemState::Dropped;
            queue::set(tx, &item)?;
        }
    }
    tx.record("pasi.link-asn", Subject::new("student", student), &asn);
    adopt(tx, student, asn)?;
    difference::judge(tx, student)
}

/// What PASI told of the ASN before it was ours is matched.
fn adopt(tx: &mut Tx, student: StudentId, asn: Asn) -> Outcome<()> {
    let division = tx.division();
    diesel::update(pasi_mirror::table.find((division, NotificationType::Student.as_str(), asn.as_str())))
        .set(pasi_mirror::student_id.eq(Some(student)))
        .execute(tx.conn())?;
    match mirror::version(tx, NotificationType::Student, asn.as_str())? {
        0 => Ok(()),
        version => queue::adopt_version(tx, student, version),
    }
}
