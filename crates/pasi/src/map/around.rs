//! What stands around a student, record by record: other names, guardians,
//! citizenship, disclosure restrictions. Each record of either side is paired with the
//! other's by its id, or by what makes it the same where the two sides made it
//! apart.

use super::PARTS;
use super::compare::{Compared, address_line};
use super::pair::{is_one_of_unsure, is_unsure, same_guardian};
use super::record::guardian_of;
use super::travel;
use kernel::Date;
use pasi_wire::messages as wire;
use people::{NameKind, Student};
use uuid::Uuid;

/// Does a record with such a last day still hold tomorrow? One that ends today
/// is over on both sides: its end needs no decision.
pub(super) fn holds(until: Option<Date>, today: Date) -> bool {
    until.is_none_or(|until| until > today)
}

/// Everything around a student in which the two sides could differ.
pub(super) fn compare(ours: &Student, theirs: &wire::Student, today: Date) -> Vec<Compared> {
    let mut all = guardians(ours, theirs, today);
    all.extend(names(ours, theirs, today));
    all.extend(citizenships(ours, theirs));
    all.extend(restrictions(ours, theirs, today));
    all
}

fn guardians(ours: &Student, theirs: &wire::Student, today: Date) -> Vec<Compared> {
    let mut all = Vec::new();
    let mut met: Vec<Uuid> = Vec::new();
    let still = |there: &wire::ParentGuardian| {
        !there.is_deleted && holds(there.expiry_date_override.or(there.expiry_date), today)
    };
    // PASI ends a guardian by itself when the student is of age or independent;
    // that ours goes on as a contact is no difference.
    let lapsed = |there: &wire::ParentGuardian| {
        !there.is_deleted && there.expiry_date_override.is_none() && !still(there)
    };
    let mut unsure = Vec::new();
    for contact in &ours.contacts {
        let there = same_guardian(ours, contact, &theirs.guardians);
        if is_unsure(ours, contact, &theirs.guardians) {
            unsure.push(contact);
        }
        let id = there.map_or(contact.contact.id.uuid(), |there| there.ref_id);
        met.push(id);
        let here = guardian_of(ours, contact, id).filter(|_| holds(contact.contact.value.expires_on, today));
        match (here, there.filter(|there| still(there))) {
            (Some(here), Some(there)) => all.extend(both_guardians(&here, there)),
            (Some(_), None) if there.is_some_and(lapsed) => {}
            (Some(here), None) => {
                let field = field_of(
                    unsure
                        .last()
                        .is_some_and(|last| last.contact.id == contact.contact.id),
                );
                all.push(existence("guardian", field, id, told(&here), String::new()));
            }
            (None, Some(there)) => {
                all.push(existence("guardian", "guardian", id, String::new(), told(there)));
            }
            (None, None) => {}
        }
    }
    let unmet = theirs
        .guardians
        .iter()
        .filter(|there| still(there) && !met.contains(&there.ref_id));
    all.extend(unmet.map(|there| {
        let field = field_of(is_one_of_unsure(there, &unsure));
        existence("guardian", field, there.ref_id, String::new(), told(there))
    }));
    all
}

/// A guardian that one side has alone; one of several of a name is told as
/// such, so that nobody is added or ended by a proposal.
fn field_of(is_unsure: bool) -> &'static str {
    if is_unsure {
        "guardian-same-name"
    } else {
        "guardian"
    }
}

/// Names other than the legal one that may go by the consent they need.
fn names(ours: &Student, theirs: &wire::Student, today: Date) -> Vec<Compared> {
    let born = ours.identity.birth_date;
    let here: Vec<wire::StudentName> = ours
        .names
        .iter()
        .filter(|kept| kept.value.kind == NameKind::Other)
        .filter_map(|kept| travel::other_name(kept.id.uuid(), &kept.value, born, today))
        .collect();
    let there: Vec<&wire::StudentName> = theirs
        .names
        .iter()
        .filter(|name| !name.is_deleted && !name.is_legal)
        .collect();
    let is_same = |one: &wire::StudentName, other: &wire::StudentName| one.name == other.name;
    let mut all = records(
        &here,
        &there,
        (|name| name.ref_id, is_same),
        (("name", "other-name"), |name| name.name.list()),
    );
    // A former legal name may be kept twice: as PASI put it aside, and as we sent it.
    let (ours, theirs): (Vec<String>, Vec<String>) = (
        here.iter().map(|name| name.name.list()).collect(),
        there.iter().map(|name| name.name.list()).collect(),
    );
    all.retain(|one| {
        let is_ours_too = one.ours.is_empty() && ours.contains(&one.theirs);
        let kept_there = one.theirs.is_empty() && theirs.contains(&one.ours);
        !is_ours_too && !kept_there
    });
    all
}

/// A guardian in one line.
fn told(guardian: &wire::ParentGuardian) -> String {
    let phones = [&guardian.mobile_phone, &guardian.home_phone, &guardian.work_phone];
    let first = phones.into_iter().flatten().next();
    let mut parts = vec![guardian.name.list(), guardian.relationship_type.clone()];
    parts.extend(first.cloned());
    parts.join(PARTS)
}

fn both_guardians(here: &wire::ParentGuardian, there: &wire::ParentGuardian) -> Vec<Compared> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let yes = |value: bool| if value { "yes" } else { "no" }.to_owned();
    let home = |guardian: &wire::ParentGuardian| {
        guardian
            .physical_address
            .as_ref()
            .map_or_else(String::new, |own| {
                address_line(&[
                    &text(&own.street),
                    &text(&own.city),
                    &text(&own.state_province),
                    &text(&own.postal_code),
                ])
            })
    };
    let fields = [
        ("guardian-name", here.name.list(), there.name.list()),
        (
            "guardian-relationship",
            here.relationship_type.clone(),
            there.relationship_type.clone(),
        ),
        (
            "guardian-lives-with",
            yes(here.resides_with),
            yes(there.resides_with),
        ),
        (
            "guardian-home-phone",
            text(&here.home_phone),
            text(&there.home_phone),
        ),
        (
            "guardian-mobile-phone",
            text(&here.mobile_phone),
            text(&there.mobile_phone),
        ),
        (
            "guardian-work-phone",
            text(&here.work_phone),
            text(&there.work_phone),
        ),
        ("guardian-email", text(&here.email), text(&there.email)),
        ("guardian-address", home(here), home(there)),
    ];
    fields
        .into_iter()
        .map(|(field, ours, theirs)| Compared {
            kind: "guardian",
            key: there.ref_id.to_string(),
            about: here.name.list(),
            field,
            ours,
            theirs,
        })
        .collect()
}

/// A record that one side has and the other has not.
fn existence(kind: &'static str, field: &'static str, id: Uuid, ours: String, theirs: String) -> Compared {
    Compared {
        kind,
        key: id.to_string(),
        about: String::new(),
        field,
        ours,
        theirs,
    }
}

fn citizenships(ours: &Student, theirs: &wire::Student) -> Vec<Compared> {
    let here: Vec<wire::CitizenshipStatus> = ours
        .citizenships
        .iter()
        .map(|kept| travel::citizenship(kept.id.uuid(), &kept.value))
        .collect();
    let there: Vec<&wire::CitizenshipStatus> = theirs
        .citizenship
        .iter()
        .filter(|status| !status.is_deleted)
        .collect();
    let is_same = |one: &wire::CitizenshipStatus, other: &wire::CitizenshipStatus| {
        (&one.status, one.effective_date) == (&other.status, other.effective_date)
    };
    records(
        &here,
        &there,
        (|status| status.ref_id, is_same),
        (("citizenship", "citizenship"), |status| {
            let mut parts = vec![status.status.clone()];
            parts.extend(status.country.clone());
            parts.push(status.effective_date.to_string());
            parts.extend(status.document_expiry_date.map(|until| until.to_string()));
            parts.join(PARTS)
        }),
    )
}

fn restrictions(ours: &Student, theirs: &wire::Student, today: Date) -> Vec<Compared> {
    let here: Vec<wire::DisclosureRestriction> = ours
        .restrictions
        .iter()
        .filter(|kept| holds(kept.value.expires_on, today))
        .map(|kept| travel::restriction(kept.id.uuid(), &kept.value, today))
        .collect();
    let there: Vec<&wire::DisclosureRestriction> = theirs
        .disclosure_restrictions
        .iter()
        .filter(|kept| !kept.is_deleted && kept.is_active && holds(kept.expiry_date, today))
        .collect();
    let is_same = |one: &wire::DisclosureRestriction, other: &wire::DisclosureRestriction| {
        (&one.code, one.effective_date) == (&other.code, other.effective_date)
    };
    records(
        &here,
        &there,
        (|kept| kept.ref_id, is_same),
        (("restriction", "restriction"), |kept| {
            let mut parts = vec![kept.code.clone(), kept.effective_date.to_string()];
            parts.extend(kept.expiry_date.map(|until| until.to_string()));
            parts.join(PARTS)
        }),
    )
}

/// Records of a kind, each as one line: those of both sides, of ours alone, of
/// theirs alone. Two made apart that say the same are one.
pub(super) fn records<T: Clone>(
    here: &[T],
    there: &[&T],
    (id, is_same): (impl Fn(&T) -> Uuid, impl Fn(&T, &T) -> bool),
    ((kind, field), told): ((&'static str, &'static str), impl Fn(&T) -> String),
) -> Vec<Compared> {
    let mut all = Vec::new();
    let mut met: Vec<Uuid> = Vec::new();
    let is_ours = |other: Uuid| here.iter().any(|one| id(one) == other);
    for one in here {
        let by_id = there.iter().find(|other| id(other) == id(one));
        let other = by_id.or_else(|| {
            there
                .iter()
                .find(|other| !is_ours(id(other)) && !met.contains(&id(other)) && is_same(one, other))
        });
        let key = other.map_or(id(one), |other| id(other));
        met.push(key);
        let theirs = other.map(|other| told(other)).unwrap_or_default();
        all.push(existence(kind, field, key, told(one), theirs));
    }
    let unmet = there.iter().filter(|other| !met.contains(&id(other)));
    all.extend(unmet.map(|other| existence(kind, field, id(other), String::new(), told(other))));
    all
}
