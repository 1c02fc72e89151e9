//! What both sides say of a student, field by field.

use super::{around, travel};
use kernel::Asn;
use pasi_wire::messages as wire;
use people::{AddressKind, Student};

/// One compared value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compared {
    /// Kind of record: `student`, `name`, `guardian`, `citizenship`, `restriction`,
    /// `medical`, `enrolment`, `responsible-school`.
    pub(crate) kind: &'static str,
    /// PASI's key of the record.
    pub(crate) key: String,
    /// Which of several such records, in words; may be empty.
    pub(crate) about: String,
    /// The field; the kind itself where the whole record is compared.
    pub(crate) field: &'static str,
    /// What we have; empty for nothing.
    pub(crate) ours: String,
    /// What PASI has; empty for nothing.
    pub(crate) theirs: String,
}

impl Compared {
    /// Do both sides mean the same? Addresses are written in many ways.
    pub(crate) fn is_same(&self) -> bool {
        match self.field {
            "mailing-address" | "physical-address" | "guardian-address" => {
                let plain = |text: &str| kernel::text::fold(text).replace(' ', "");
                plain(&self.ours) == plain(&self.theirs)
            }
            "email" | "guardian-email" => self.ours.eq_ignore_ascii_case(&self.theirs),
            _ => self.ours == self.theirs,
        }
    }
}

type Field = (&'static str, String, String);

/// What the province and we say of a student and of what stands around it, in
/// words that can be shown side by side.
pub(crate) fn student_fields(ours: &Student, theirs: &wire::Student, today: kernel::Date) -> Vec<Compared> {
    let mut all: Vec<Compared> = person(ours, theirs, today)
        .into_iter()
        .map(|(field, ours, there)| Compared {
            kind: "student",
            key: theirs.asn.as_str().to_owned(),
            about: String::new(),
            field,
            ours,
            theirs: there,
        })
        .collect();
    all.extend(around::compare(ours, theirs, today));
    all
}

fn person(ours: &Student, theirs: &wire::Student, today: kernel::Date) -> Vec<Field> {
    let identity = &ours.identity;
    let (sent, there) = (
        travel::identification(identity, ours.legal()),
        &theirs.identification,
    );
    let asn = |asn: Asn| asn.to_string();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut fields = vec![
        (
            "asn",
            asn(theirs.asn),
            asn_theirs(theirs).map(asn).unwrap_or_default(),
        ),
        ("legal-name", sent.name.list(), there.name.list()),
        (
            "birth-date",
            sent.birth_date.to_string(),
            there.birth_date.to_string(),
        ),
        ("gender", sent.gender, there.gender.clone()),
        (
            "language",
            identity.language_at_home.clone(),
            text(&theirs.language_at_home),
        ),
        (
            "section23",
            identity.section23.clone(),
            text(&theirs.section23_eligibility),
        ),
        (
            "deceased",
            identity.deceased_on.map(|on| on.to_string()).unwrap_or_default(),
            theirs
                .date_of_death
                .filter(|_| theirs.is_deceased)
                .map(|on| on.to_string())
                .unwrap_or_default(),
        ),
    ];
    let preferred = theirs
        .names
        .iter()
        .find(|name| name.is_preferred && !name.is_deleted);
    if let Some(preferred) = preferred {
        let goes_by = travel::name(ours.goes_by(today)).list();
        fields.push(("preferred-name", goes_by, preferred.name.list()));
    }
    fields.extend(places(ours, theirs, today));
    fields.extend(reached(ours, theirs));
    fields
}

/// Where the student lives and gets letters, today.
fn places(ours: &Student, theirs: &wire::Student, today: kernel::Date) -> Vec<Field> {
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
fn reached(ours: &Student, theirs: &wire::Student) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
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

/// An address in one line, in letters PASI takes.
pub(super) fn address_line(parts: &[&str]) -> String {
    let filled: Vec<String> = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| kernel::text::latin1(part))
        .collect();
    filled.join(", ")
}
