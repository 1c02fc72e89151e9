//! Which guardian of PASI's is which contact of ours. By id where both sides
//! know it; else by name, and of several of one name by how they are reached.
//! Father and son of one name are not guessed apart: a person decides.

use super::record::guardian_of;
use super::travel;
use kernel::PersonName;
use pasi_wire::messages::ParentGuardian;
use people::{Student, StudentContact};
use uuid::Uuid;

/// A guardian of one side, as far as it tells persons apart.
struct Told {
    id: Uuid,
    name: String,
    /// Phones and e-mail address.
    reached: Vec<String>,
}

impl Told {
    fn of(guardian: &ParentGuardian) -> Self {
        let ways = [
            &guardian.mobile_phone,
            &guardian.home_phone,
            &guardian.work_phone,
            &guardian.email,
        ];
        Self {
            id: guardian.ref_id,
            name: folded(&guardian.name),
            reached: ways
                .into_iter()
                .flatten()
                .map(|way| way.to_lowercase())
                .filter(|way| !way.is_empty())
                .collect(),
        }
    }
    fn is_reached_as(&self, other: &Self) -> bool {
        self.reached.iter().any(|way| other.reached.contains(way))
    }
}

fn folded(name: &PersonName) -> String {
    kernel::text::fold(&travel::name(name).list())
}

/// What one of ours is among theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    /// That one of theirs.
    With(Uuid),
    /// None of theirs.
    Alone,
    /// One of several of its name; nothing tells which.
    Unsure,
}

/// Ours in their order, each with what it is among theirs. One of a name on
/// either side is the same person. Of several, those are the same that are
/// reached by the same phone or address, and by no other's of that name.
fn pairs(ours: &[Told], theirs: &[Told]) -> Vec<Pair> {
    let is_known = |id: Uuid| ours.iter().any(|one| one.id == id) && theirs.iter().any(|one| one.id == id);
    let apart = |all: &[Told], name: &str| -> Vec<usize> {
        let of_name = |told: &Told| told.name == name && !is_known(told.id);
        (0..all.len()).filter(|at| of_name(&all[*at])).collect()
    };
    let one = |here: &Told| {
        if is_known(here.id) {
            return Pair::With(here.id);
        }
        let (mine, others) = (apart(ours, &here.name), apart(theirs, &here.name));
        match (mine.as_slice(), others.as_slice()) {
            (_, []) => Pair::Alone,
            ([_], [there]) => Pair::With(theirs[*there].id),
            _ => {
                let reached: Vec<&Told> = others
                    .iter()
                    .map(|at| &theirs[*at])
                    .filter(|there| here.is_reached_as(there))
                    .collect();
                let [there] = reached.as_slice() else {
                    return Pair::Unsure;
                };
                let rivals = mine.iter().filter(|at| ours[**at].is_reached_as(there));
                if rivals.count() == 1 {
                    Pair::With(there.id)
                } else {
                    Pair::Unsure
                }
            }
        }
    };
    ours.iter().map(one).collect()
}

/// A contact of ours that travels, beside PASI's guardian.
fn pair_of(ours: &Student, contact: &StudentContact, theirs: &[ParentGuardian]) -> Pair {
    let own = contact.contact.id.uuid();
    if theirs.iter().any(|there| there.ref_id == own) {
        return Pair::With(own);
    }
    let here: Vec<Told> = ours
        .contacts
        .iter()
        .filter_map(|one| guardian_of(ours, one, one.contact.id.uuid()))
        .map(|guardian| Told::of(&guardian))
        .collect();
    // One that PASI has deleted is known by its id alone.
    let is_ours = |id: Uuid| here.iter().any(|one| one.id == id);
    let there: Vec<Told> = theirs
        .iter()
        .filter(|there| !there.is_deleted || is_ours(there.ref_id))
        .map(Told::of)
        .collect();
    let at = here.iter().position(|one| one.id == own);
    at.map_or(Pair::Alone, |at| pairs(&here, &there)[at])
}

/// PASI's guardian that a contact of ours is; none where it has none, or where
/// nothing tells which of several.
pub(crate) fn same_guardian<'t>(
    ours: &Student,
    contact: &StudentContact,
    theirs: &'t [ParentGuardian],
) -> Option<&'t ParentGuardian> {
    match pair_of(ours, contact, theirs) {
        Pair::With(id) => theirs.iter().find(|there| there.ref_id == id),
        Pair::Alone | Pair::Unsure => None,
    }
}

/// Is the contact one of several of its name, and nothing tells which?
pub(super) fn is_unsure(ours: &Student, contact: &StudentContact, theirs: &[ParentGuardian]) -> bool {
    pair_of(ours, contact, theirs) == Pair::Unsure
}

/// Has PASI's guardian, which is none of ours, the name of one that is not told apart?
pub(super) fn is_one_of_unsure(there: &ParentGuardian, unsure: &[&StudentContact]) -> bool {
    let name = folded(&there.name);
    unsure
        .iter()
        .any(|contact| folded(&contact.person.value.name) == name)
}

#[cfg(test)]
mod tests {
    use super::{Pair, Told, pairs};
    use uuid::Uuid;

    fn told(id: u128, name: &str, reached: &[&str]) -> Told {
        Told {
            id: Uuid::from_u128(id),
            name: name.to_owned(),
            reached: reached.iter().map(|way| (*way).to_owned()).collect(),
        }
    }

    #[test]
    fn guardians_are_paired_by_id_then_by_name_and_of_one_name_by_how_they_are_reached() {
        let with = |id: u128| Pair::With(Uuid::from_u128(id));
        let (father, son) = (["7801111111"], ["7802222222"]);
        let nobody: [&str; 0] = [];
        for (case, ours, theirs, want) in [
            (
                "the id decides, whatever the name",
                vec![told(1, "roy, jean", &father)],
                vec![told(1, "roy, john", &nobody)],
                vec![with(1)],
            ),
            (
                "one of a name on either side is the same person",
                vec![told(1, "roy, jean", &father)],
                vec![told(9, "roy, jean", &nobody)],
                vec![with(9)],
            ),
            (
                "another name is another person, though reached the same way",
                vec![told(1, "roy, jean", &father)],
                vec![told(9, "roy, anne", &father)],
                vec![Pair::Alone],
            ),
            (
                "two of one name, told apart by their phones in whatever order",
                vec![told(1, "roy, jean", &father), told(2, "roy, jean", &son)],
                vec![told(8, "roy, jean", &son), told(9, "roy, jean", &father)],
                vec![with(9), with(8)],
            ),
            (
                "one is known by id, so the other is the other",
                vec![told(1, "roy, jean", &father), told(2, "roy, jean", &son)],
                vec![told(1, "roy, jean", &nobody), told(9, "roy, jean", &nobody)],
                vec![with(1), with(9)],
            ),
            (
                "two of one name that nothing tells apart",
                vec![told(1, "roy, jean", &nobody), told(2, "roy, jean", &nobody)],
                vec![told(8, "roy, jean", &nobody), told(9, "roy, jean", &nobody)],
                vec![Pair::Unsure, Pair::Unsure],
            ),
            (
                "two here who share a phone, one there with it",
                vec![told(1, "roy, jean", &father), told(2, "roy, jean", &father)],
                vec![told(9, "roy, jean", &father)],
                vec![Pair::Unsure, Pair::Unsure],
            ),
            (
                "one here, two there with its phone",
                vec![told(1, "roy, jean", &father)],
                vec![told(8, "roy, jean", &father), told(9, "roy, jean", &father)],
                vec![Pair::Unsure],
            ),
            (
                "two here, one there: whom its phone names, and the other not guessed",
                vec![told(1, "roy, jean", &father), told(2, "roy, jean", &son)],
                vec![told(9, "roy, jean", &son)],
                vec![Pair::Unsure, with(9)],
            ),
            (
                "nobody there",
                vec![told(1, "roy, jean", &father)],
                vec![],
                vec![Pair::Alone],
            ),
        ] {
            assert_eq!(pairs(&ours, &theirs), want, "{case}");
        }
    }
}
