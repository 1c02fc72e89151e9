//! What both sides say of a student, field by field.

use super::submit::name_sent;
use kernel::Asn;
use pasi_wire::messages as wire;
use people::{AddressKind, Student};

/// One compared value of a student: field, ours, theirs.
pub(crate) type Compared = (&'static str, String, String);

/// What the province and we say of a student, field by field, in words that can be shown side by side.
pub(crate) fn student_fields(ours: &Student, theirs: &wire::Student, today: kernel::Date) -> Vec<Compared> {
    let preferred = theirs
        .names
        .iter()
        .find(|name| name.is_preferred && !name.is_deleted);
    let asn = |asn: Asn| asn.to_string();
    let mut fields = vec![
        (
            "asn",
            asn(theirs.asn),
            asn_theirs(theirs).map(asn).unwrap_or_default(),
        ),
        (
            "legal-name",
            name_sent(ours.legal()).list(),
            theirs.identification.name.list(),
        ),
        (
            "birth-date",
            ours.identity.birth_date.to_string(),
            theirs.identification.birth_date.to_string(),
        ),
        (
            "gender",
            ours.identity.gender.clone(),
            theirs.identification.gender.clone(),
        ),
        (
            "language",
            ours.identity.language_at_home.clone(),
            theirs.language_at_home.clone().unwrap_or_default(),
        ),
        (
            "section23",
            ours.identity.section23.clone(),
            theirs.section23_eligibility.clone().unwrap_or_default(),
        ),
    ];
    if let Some(preferred) = preferred {
        let goes_by = name_sent(ours.goes_by(today)).list();
        fields.push(("preferred-name", goes_by, preferred.name.list()));
    }
    fields.extend(places(ours, theirs, today));
    fields.extend(reached(ours, theirs));
    fields
}

/// Where the student lives and gets letters, today.
fn places(ours: &Student, theirs: &wire::Student, today: kernel::Date) -> Vec<Compared> {
    let mut fields = Vec::new();
    for (field, kind) in [
        ("mailing-address", AddressKind::Mailing),
        ("physical-address", AddressKind::Physical),
    ] {
        let here = ours.address_on(kind, today).map(|address| {
            address_line(&[
                &address.value.street,
                &address.value.city,
                &address.value.province,
                &address.value.postal_code,
            ])
        });
        let there = address_theirs(theirs, kind, today).map(|address| {
            let text = |part: &Option<String>| part.clone().unwrap_or_default();
            address_line(&[
                &text(&address.street),
                &text(&address.city),
                &text(&address.state_province),
                &text(&address.postal_code),
            ])
        });
        fields.push((field, here.unwrap_or_default(), there.unwrap_or_default()));
    }
    fields
}

/// By what number and address the student is reached.
fn reached(ours: &Student, theirs: &wire::Student) -> Vec<Compared> {
    let mut fields: Vec<Compared> = Vec::new();
    let numbers = |all: Vec<&str>| {
        let mut all = all;
        all.sort_unstable();
        all.join(", ")
    };
    fields.push((
        "phone",
        numbers(
            ours.phones
                .iter()
                .map(|phone| phone.value.number.as_str())
                .collect(),
        ),
        numbers(
            theirs
                .phones
                .iter()
                .filter(|phone| !phone.is_deleted)
                .map(|phone| phone.number.as_str())
                .collect(),
        ),
    ));
    fields.push((
        "email",
        numbers(
            ours.emails
                .iter()
                .map(|email| email.value.address.as_str())
                .collect(),
        ),
        numbers(
            theirs
                .emails
                .iter()
                .filter(|email| !email.is_deleted)
                .map(|email| email.address.as_str())
                .collect(),
        ),
    ));
    fields
}

/// The ASN a student has now: the primary one; none when it was deactivated.
pub(crate) fn asn_theirs(theirs: &wire::Student) -> Option<Asn> {
    theirs
        .primary_asn
        .or((!theirs.is_deactivated).then_some(theirs.asn))
}

/// Do both sides say the same? Addresses are written in many ways.
pub(crate) fn is_same(field: &str, ours: &str, theirs: &str) -> bool {
    match field {
        "mailing-address" | "physical-address" => {
            let plain = |text: &str| kernel::text::fold(text).replace(' ', "");
            plain(ours) == plain(theirs)
        }
        "email" => ours.eq_ignore_ascii_case(theirs),
        _ => ours == theirs,
    }
}

/// PASI's address of a kind that holds today: the latest that has begun and not ended.
pub(crate) fn address_theirs(
    theirs: &wire::Student,
    kind: AddressKind,
    today: kernel::Date,
) -> Option<&wire::StudentAddress> {
    theirs
        .addresses
        .iter()
        .filter(|address| {
            !address.is_deleted && address.address_type == kind.as_str() && address.effective_date <= today
        })
        .filter(|address| {
            address
                .expiry_date_override
                .or(address.expiry_date)
                .is_none_or(|until| until >= today)
        })
        .max_by_key(|address| address.effective_date)
}

fn address_line(parts: &[&str]) -> String {
    let filled: Vec<String> = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| kernel::text::latin1(part))
        .collect();
    filled.join(", ")
}
