//! The copy of PASI's that a change was made on, held while nobody knows
//! whether the change arrived. Its answer was lost; the long poll then brings
//! a newer copy, and only beside the one before it can it be seen whether
//! anybody but us changed the student.

use crate::mirror;
use crate::queue::ItemState;
use db::schema::{pasi_item, pasi_mirror};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Instant, Outcome, PasiItemId, StudentId};
use pasi_wire::messages::Student;
use pasi_wire::window::NotificationType;

/// Under which kind such a copy stands in the mirror: never told, never compared.
const KIND: &str = "Student.before";

/// Holds the copy that is about to be replaced, where a change made on it was
/// tried and not answered.
pub(crate) fn hold(tx: &mut Tx, student: StudentId, asn: &str) -> Outcome<()> {
    let (division, version) = (
        tx.division(),
        mirror::version(tx, NotificationType::Student, asn)?,
    );
    let unanswered: Option<PasiItemId> = pasi_item::table
        .filter(
            pasi_item::division_id
                .eq(division)
                .and(pasi_item::student_id.eq(student)),
        )
        .filter(pasi_item::state.eq_any([ItemState::Waiting, ItemState::Sending]))
        .filter(pasi_item::attempts.gt(0).and(pasi_item::seen_version.eq(version)))
        .select(pasi_item::id)
        .first(tx.conn())
        .optional()?;
    if unanswered.is_none() {
        return Ok(());
    }
    let copy: Option<(String, Option<Vec<u8>>, Instant)> = pasi_mirror::table
        .find((division, NotificationType::Student.as_str(), asn))
        .select((pasi_mirror::body, pasi_mirror::sealed, pasi_mirror::read_at))
        .first(tx.conn())
        .optional()?;
    let Some((body, sealed, read_at)) = copy else {
        return Ok(());
    };
    diesel::delete(pasi_mirror::table.find((division, KIND, asn))).execute(tx.conn())?;
    diesel::insert_into(pasi_mirror::table)
        .values((
            pasi_mirror::division_id.eq(division),
            pasi_mirror::record_kind.eq(KIND),
            pasi_mirror::record_key.eq(asn),
            pasi_mirror::core_version.eq(version),
            pasi_mirror::body.eq(body),
            pasi_mirror::sealed.eq(sealed),
            pasi_mirror::student_id.eq(Some(student)),
            pasi_mirror::school_year.eq(0),
            pasi_mirror::is_told.eq(false),
            pasi_mirror::read_at.eq(read_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// PASI's student in that version, as the mirror has it or as it was held.
pub(crate) fn in_version(at: &mut impl Reading, asn: &str, version: i64) -> Outcome<Option<Student>> {
    let division = at.division();
    let row: Option<(i64, String, Option<Vec<u8>>)> = pasi_mirror::table
        .filter(
            pasi_mirror::division_id
                .eq(division)
                .and(pasi_mirror::record_key.eq(asn)),
        )
        .filter(pasi_mirror::record_kind.eq_any([NotificationType::Student.as_str(), KIND]))
        .filter(pasi_mirror::core_version.eq(version))
        .select((pasi_mirror::core_version, pasi_mirror::body, pasi_mirror::sealed))
        .first(at.conn())
        .optional()?;
    let read = row
        .map(|row| mirror::read(at.sealer(), (KIND, asn), row))
        .transpose()?;
    Ok(read.map(|read| read.record))
}
