//! The forms of a student, each in its card.

use super::super::asked::Asked;
use super::super::{labelled, path};
use crate::at::At;
use crate::posted::Tried;
use codes::CodeSet;
use kernel::Date;
use maud::{Markup, html};
use pasi_reference::Dossier;
use pasi_wire::messages::{ParentGuardian, StudentAddress};
use ui::card::{Head, card};
use ui::form::{Choice, Field, Width};
use uuid::Uuid;

/// The country an address stands in when none is typed.
const CANADA: &str = "Canada";

const IDENTITY: &[&str] = &["first", "middle", "last", "suffix", "born"];
const ADDRESS: &[&str] = &[
    "kind",
    "street",
    "city",
    "province",
    "postal",
    "country",
    "effective",
];
const GUARDIAN: &[&str] = &["given", "family", "relationship", "home", "mobile", "email"];

pub(super) fn identity_card(at: &At, dossier: &Dossier, tried: &Tried) -> Markup {
    let (asked, held) = (
        Asked::of(at, "identity", IDENTITY, tried),
        &dossier.student.identification,
    );
    let born = asked.tried.map_or_else(
        || held.birth_date.to_string(),
        |tried| tried.fields.typed_day("born"),
    );
    let label = at.t("desk-born");
    let fields = html! {
        (asked.text("first", "desk-first", &held.name.first, Width::Half))
        (asked.text("middle", "desk-middle", &held.name.middle, Width::Half))
        (asked.text("last", "desk-last", &held.name.last, Width::Half))
        (asked.text("suffix", "desk-suffix", &held.name.suffix, Width::Half))
        (Field::new(at.lang, "born", &label).value(&born).findings(asked.findings()).width(Width::Whole).sensitive().three_box_date())
    };
    card(
        &Head::new("identity-form", at.t("desk-identity")),
        &asked.draw("identity", dossier, &fields),
    )
}

pub(super) fn address_card(at: &At, dossier: &Dossier, tried: &Tried) -> Markup {
    let asked = Asked::of(at, "address", ADDRESS, tried);
    let kinds =
        ["Mailing", "Physical"].map(|kind| Choice::new(kind, labelled(at, CodeSet::AddressType, kind)));
    let held = present(dossier, "Mailing", at.today());
    let part = |of: fn(&StudentAddress) -> &Option<String>| {
        held.and_then(|held| of(held).clone()).unwrap_or_default()
    };
    let effective = (at.t("desk-from"), asked.value("effective", at.today().as_str()));
    let fields = html! {
        (asked.choice("kind", "desk-address-kind", "Mailing", &kinds))
        (Field::new(at.lang, "effective", &effective.0).value(&effective.1).findings(asked.findings()).date())
        (asked.text("street", "desk-street", &part(|held| &held.street), Width::Whole))
        (asked.text("city", "desk-city", &part(|held| &held.city), Width::Half))
        (asked.text("province", "desk-address-province", &part(|held| &held.state_province), Width::Quarter))
        (asked.text("postal", "desk-postal", &part(|held| &held.postal_code), Width::Quarter))
        (asked.text("country", "desk-country", held.and_then(|held| held.country.as_deref()).unwrap_or(CANADA), Width::Half))
        (asked.tick("correct", "desk-address-correct", false))
    };
    card(
        &Head::new("address-form", at.t("desk-address-new")),
        &asked.draw("address", dossier, &fields),
    )
}

/// The address of a type in force on a day.
pub(super) fn present<'d>(dossier: &'d Dossier, kind: &str, today: Date) -> Option<&'d StudentAddress> {
    let held = dossier.student.addresses.iter();
    held.filter(|one| !one.is_deleted && one.address_type == kind && one.effective_date <= today)
        .max_by_key(|one| one.effective_date)
}

pub(super) fn guardian_card(at: &At, dossier: &Dossier, chosen: Option<Uuid>, tried: &Tried) -> Markup {
    let asked = Asked::of(at, "guardian", GUARDIAN, tried);
    let all: Vec<&ParentGuardian> = dossier
        .student
        .guardians
        .iter()
        .filter(|one| !one.is_deleted)
        .collect();
    let chosen = asked.tried.map_or(chosen, |tried| tried.fields.parsed("ref_id"));
    let held = match chosen {
        Some(ref_id) => all.iter().find(|one| one.ref_id == ref_id),
        None => all.first(),
    };
    let text = |of: fn(&ParentGuardian) -> &Option<String>| {
        held.and_then(|held| of(held).clone()).unwrap_or_default()
    };
    let name = held.map(|held| held.name.clone()).unwrap_or_default();
    let kinds: Vec<Choice> = codes::built_in(CodeSet::GuardianRelationship)
        .all()
        .iter()
        .map(|code| {
            Choice::new(
                &code.code,
                labelled(at, CodeSet::GuardianRelationship, &code.code),
            )
        })
        .collect();
    let path = path(dossier.student.asn);
    let fields = html! {
        @if let Some(held) = held { input type="hidden" name="ref_id" value=(held.ref_id); }
        (asked.text("given", "desk-first", &name.first, Width::Half))
        (asked.text("family", "desk-last", &name.last, Width::Half))
        (asked.choice("relationship", "desk-relationship", held.map_or("", |held| &held.relationship_type), &kinds))
        (asked.text("email", "desk-email", &text(|held| &held.email), Width::Half))
        (asked.text("mobile", "desk-mobile", &text(|held| &held.mobile_phone), Width::Half))
        (asked.text("home", "desk-home-phone", &text(|held| &held.home_phone), Width::Half))
        (asked.tick("resides", "desk-resides", held.is_some_and(|held| held.resides_with)))
    };
    let others = all
        .iter()
        .filter(|one| Some(one.ref_id) != held.map(|held| held.ref_id));
    let end = html! {
        @for other in others { a class="btn btn-s" href={ (path) "/change?guardian=" (other.ref_id) "#guardian-form" } { (other.name.sentence()) } }
        @if held.is_some() { a class="btn btn-s" href={ (path) "/change?guardian=" (Uuid::nil()) "#guardian-form" } { (at.t("desk-guardian-new")) } }
    };
    card(
        &Head::new("guardian-form", at.t("desk-guardian")).end(end),
        &asked.draw("guardian", dossier, &fields),
    )
}
