//! The states of an Alberta Student Number, which the ministry alone changes:
//! linking one to another, undoing it, deactivating and activating again.

use crate::outside::{Outside, OutsideError};
use crate::store::{AnyRecord, Associate, Change, Draft, StudentRecord};
use kernel::{Asn, Date};

impl Outside {
    /// Deactivates an ASN, or activates it again: readable, not writable.
    pub async fn deactivate(&self, asn: Asn, is_deactivated: bool) -> Result<i64, OutsideError> {
        self.change(asn, |student| student.is_deactivated = is_deactivated)
            .await
    }

    /// Links an ASN to its primary one. What hangs on it moves to the primary;
    /// what is there already is deleted instead. Everybody who knew either is
    /// told. Gives the version of the secondary.
    ///
    /// `NothingChanged` when it is linked so already; `Linked` when either is
    /// linked otherwise, or the primary is deactivated.
    pub async fn link(&self, secondary: Asn, primary: Asn) -> Result<i64, OutsideError> {
        self.act(|draft| link(draft, secondary, primary)).await
    }

    /// Undoes a link: what moved comes back, what was deleted is restored.
    /// Gives the version of the ASN that was secondary. `NothingChanged` when it is not.
    pub async fn unlink(&self, secondary: Asn) -> Result<i64, OutsideError> {
        self.act(|draft| unlink(draft, secondary)).await
    }

    /// When the student's record goes, as computed when the ASN was made.
    pub fn scheduled_disposal(&self, asn: Asn) -> Option<Date> {
        let store = &self.0.store;
        store.read(|world| world.student(asn).map(|held| held.scheduled_disposal))
    }
}

fn link(draft: &mut Draft<'_>, secondary: Asn, primary: Asn) -> Result<i64, OutsideError> {
    let world = draft.world;
    let (Some(from), Some(to)) = (world.student(secondary), world.student(primary)) else {
        return Err(OutsideError::UnknownStudent);
    };
    if from.student.primary_asn == Some(primary) || secondary == primary {
        return Err(OutsideError::NothingChanged);
    }
    let is_free = from.student.primary_asn.is_none() && from.student.secondary_asns.is_empty();
    if !is_free || to.student.primary_asn.is_some() || to.student.is_deactivated {
        return Err(OutsideError::Linked);
    }
    let (mut from, mut to) = (*from, *to);
    from.student.primary_asn = Some(primary);
    to.student.secondary_asns.push(secondary);
    add_associates(&mut to, &from, draft.next_version());
    draft.put(Change::Student(Box::new(to)));
    let there = world.records_of(primary);
    for record in world.records_of(secondary) {
        from.lent.extend(record.ref_id());
        let changed = if there.iter().any(|other| record.doubles(other)) {
            record.taken_out(true)
        } else {
            record.about(primary)
        };
        if let Some(changed) = changed {
            draft.put(Change::Record(changed));
        }
    }
    Ok(draft.put(Change::Student(Box::new(from))))
}

/// Authorities that knew one now know the other.
fn add_associates(to: &mut StudentRecord, from: &StudentRecord, since: i64) {
    for Associate { authority, .. } in &from.associates {
        if !to.associates.iter().any(|held| held.authority == *authority) {
            to.associates.push(Associate {
                authority: *authority,
                since,
            });
        }
    }
}

fn unlink(draft: &mut Draft<'_>, secondary: Asn) -> Result<i64, OutsideError> {
    let world = draft.world;
    let from = world.student(secondary).ok_or(OutsideError::UnknownStudent)?;
    let primary = from.student.primary_asn.ok_or(OutsideError::NothingChanged)?;
    let mut from = *from;
    from.student.primary_asn = None;
    let lent = std::mem::take(&mut from.lent);
    let is_lent = |record: &AnyRecord| record.ref_id().is_some_and(|ref_id| lent.contains(&ref_id));
    let version = draft.put(Change::Student(Box::new(from)));
    let moved = world.records_of(primary).into_iter().filter(is_lent);
    let deleted = world.records_of(secondary).into_iter().filter(is_lent);
    let back = moved.filter_map(|record| record.about(secondary));
    for record in back.chain(deleted.filter_map(|record| record.taken_out(false))) {
        draft.put(Change::Record(record));
    }
    if let Some(to) = world.student(primary) {
        let mut to = *to;
        to.student.secondary_asns.retain(|linked| *linked != secondary);
        draft.put(Change::Student(Box::new(to)));
    }
    Ok(version)
}
