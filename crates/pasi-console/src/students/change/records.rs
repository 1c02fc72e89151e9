//! Phones, citizenship, restrictions and medical alerts of a student, changed
//! as the ministry: one form a kind, about one of its records or a new one.

use super::super::labelled;
use super::{Drawn, again, caller, in_this_form, named, seen, submit};
use crate::at::At;
use crate::posted::{Posted, Reading, from_rules, wrong};
use axum::extract::Path;
use axum::response::Response;
use codes::CodeSet;
use kernel::Date;
use maud::{Markup, html};
use pasi_wire::messages::{
    CitizenshipStatus, DisclosureRestriction, MedicalAlert, StudentPhone, SubmitMedicalAlertRequest,
    SubmitStudentCitizenshipStatusRequest, SubmitStudentDisclosureRestrictionRequest,
    SubmitStudentPhoneRequest,
};
use pasi_wire::rules::person;
use ui::form::{Choice, Field, Width};
use uuid::Uuid;

const PHONE: &[&str] = &["phone_kind", "phone_number", "phone_extension"];
const CITIZENSHIP: &[&str] = &[
    "citizen_status",
    "citizen_country",
    "citizen_from",
    "citizen_until",
];
const RESTRICTION: &[&str] = &[
    "restricted",
    "restricted_text",
    "restricted_from",
    "restricted_until",
];
const MEDICAL: &[&str] = &["medical_kind", "medical_text", "medical_from", "medical_until"];
/// Longest text of a restriction or a medical alert.
const DETAILS: u16 = 1_000;

/// Every value of a class.
fn values(at: &At, set: CodeSet) -> Vec<Choice> {
    let all = codes::built_in(set).all().iter();
    all.map(|code| Choice::new(&code.code, labelled(at, set, &code.code)))
        .collect()
}

fn day(held: Option<Date>) -> String {
    held.map(|day| day.to_string()).unwrap_or_default()
}

/// From when and until when.
fn days(asked: &super::Asked<'_>, names: [&str; 2], from: &str, until: &str) -> Markup {
    let at = asked.at;
    let labels = [at.t("desk-from"), at.t("desk-until-head")];
    let typed = [asked.value(names[0], from), asked.value(names[1], until)];
    html! {
        (Field::new(at.lang, names[0], &labels[0]).value(&typed[0]).findings(asked.findings()).width(Width::Half).date())
        (Field::new(at.lang, names[1], &labels[1]).value(&typed[1]).findings(asked.findings()).optional().width(Width::Half).date())
    }
}

/// Several lines, of a kind that is kept out of drafts.
fn lines(asked: &super::Asked<'_>, name: &str, record: &str) -> Markup {
    let at = asked.at;
    let label = at.t("desk-details");
    let typed = match asked.tried {
        Some(tried) => tried.fields.lines(name).unwrap_or_default(),
        None => record.to_owned(),
    };
    Field::new(at.lang, name, &label)
        .value(&typed)
        .findings(asked.findings())
        .optional()
        .width(Width::Whole)
        .max_length(DETAILS)
        .sensitive()
        .textarea(3)
}

pub(super) fn phone_card(form: &Drawn<'_>) -> Markup {
    let all = form.dossier.student.phones.iter();
    let all: Vec<_> = all.filter(|one| !one.is_deleted).collect();
    let kind = |one: &StudentPhone| labelled(form.at, CodeSet::PhoneType, &one.phone_type);
    let one = form.one_of(("phone", PHONE), &all, |one| one.ref_id, kind);
    let (asked, held) = (&one.asked, one.held);
    let fields = html! {
        (asked.choice("phone_kind", "desk-kind", held.map_or("", |held| &held.phone_type), &values(form.at, CodeSet::PhoneType)))
        (asked.text("phone_number", "desk-phone-number", held.map_or("", |held| &held.number), Width::Half))
        (asked.text("phone_extension", "desk-extension", held.and_then(|held| held.extension.as_deref()).unwrap_or_default(), Width::Half))
        (asked.tick("phone_preferred", "desk-phone-preferred", held.is_some_and(|held| held.is_preferred)))
    };
    one.card(form.dossier, "desk-phone", held.map(|held| held.ref_id), &fields)
}

/// Adds a phone, changes one or takes it out.
pub(crate) async fn phone(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let dossier = match seen(&at, &asn, "phone", &fields) {
        Ok(dossier) => dossier,
        Err(answer) => return answer,
    };
    let held = named(&dossier.student.phones, &fields, |one| one.ref_id);
    let mut read = Reading::of(&at, &fields);
    let phone = StudentPhone {
        ref_id: held.map_or_else(Uuid::new_v4, |held| held.ref_id),
        phone_type: read.code("phone_kind", CodeSet::PhoneType),
        number: fields.get("phone_number"),
        extension: fields.some("phone_extension"),
        is_preferred: fields.is_on("phone_preferred"),
        effective_date: held.and_then(|held| held.effective_date),
        expiry_date: held.and_then(|held| held.expiry_date),
        is_deleted: fields.is_on("phone_remove"),
    };
    let mut judged: kernel::Findings = person::phone("phone_number", &phone.number).into_iter().collect();
    let extension = phone.extension.as_deref();
    judged.extend(extension.and_then(|digits| person::extension("phone_extension", digits)));
    let mut found = read.found;
    found.extend(from_rules(&at, &judged));
    if !found.is_empty() {
        return again(&at, &dossier, "phone", fields, found);
    }
    let request = SubmitStudentPhoneRequest {
        caller: caller(&at),
        asn: dossier.student.asn,
        pasi_core_version: dossier.student.pasi_core_version,
        phone,
    };
    submit(&at, &dossier, "phone", fields, request.into()).await
}

pub(super) fn citizenship_card(form: &Drawn<'_>) -> Markup {
    let all = form.dossier.student.citizenship.iter();
    let all: Vec<_> = all.filter(|one| !one.is_deleted).collect();
    let since = |one: &CitizenshipStatus| form.at.with("desk-since", "date", one.effective_date.as_str());
    let one = form.one_of(("citizenship", CITIZENSHIP), &all, |one| one.ref_id, since);
    let (asked, held) = (&one.asked, one.held);
    let (from, until) = (
        held.map_or_else(
            || form.at.today().to_string(),
            |held| held.effective_date.to_string(),
        ),
        day(held.and_then(|held| held.document_expiry_date)),
    );
    let country = held.and_then(|held| held.country.as_deref()).unwrap_or_default();
    let fields = html! {
        (asked.choice("citizen_status", "desk-citizenship", held.map_or("", |held| &held.status), &values(form.at, CodeSet::CitizenshipStatus)))
        (asked.may_choose("citizen_country", "desk-country", country, &values(form.at, CodeSet::Country)))
        (days(asked, ["citizen_from", "citizen_until"], &from, &until))
    };
    one.card(
        form.dossier,
        "desk-citizenship",
        held.map(|held| held.ref_id),
        &fields,
    )
}

/// Adds a citizenship status, changes one or takes it out.
pub(crate) async fn citizenship(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let dossier = match seen(&at, &asn, "citizenship", &fields) {
        Ok(dossier) => dossier,
        Err(answer) => return answer,
    };
    let held = named(&dossier.student.citizenship, &fields, |one| one.ref_id);
    let mut read = Reading::of(&at, &fields);
    let status = read.code("citizen_status", CodeSet::CitizenshipStatus);
    let from: Option<Date> = read.needed("citizen_from", "desk-date-wrong");
    let document_expiry_date = read.maybe("citizen_until", "desk-date-wrong");
    let country = fields.some("citizen_country");
    if country.is_some() {
        read.code("citizen_country", CodeSet::Country);
    }
    let found = read.found;
    let (Some(effective_date), true) = (from, found.is_empty()) else {
        return again(&at, &dossier, "citizenship", fields, found);
    };
    let request = SubmitStudentCitizenshipStatusRequest {
        caller: caller(&at),
        asn: dossier.student.asn,
        pasi_core_version: dossier.student.pasi_core_version,
        citizenship: CitizenshipStatus {
            ref_id: held.map_or_else(Uuid::new_v4, |held| held.ref_id),
            status,
            effective_date,
            country,
            document_expiry_date,
            guardian_ref_id: held.and_then(|held| held.guardian_ref_id),
            guardian_status: held.and_then(|held| held.guardian_status.clone()),
            created_by_organization: None,
            is_deleted: fields.is_on("citizenship_remove"),
        },
    };
    submit(&at, &dossier, "citizenship", fields, request.into()).await
}

pub(super) fn restriction_card(form: &Drawn<'_>) -> Markup {
    let all = form.dossier.student.disclosure_restrictions.iter();
    let all: Vec<_> = all.filter(|one| !one.is_deleted).collect();
    let name = |one: &DisclosureRestriction| labelled(form.at, CodeSet::DisclosureRestriction, &one.code);
    let one = form.one_of(("restriction", RESTRICTION), &all, |one| one.ref_id, name);
    let (asked, held) = (&one.asked, one.held);
    let (from, until) = (
        held.map_or_else(
            || form.at.today().to_string(),
            |held| held.effective_date.to_string(),
        ),
        day(held.and_then(|held| held.expiry_date)),
    );
    let text = held.and_then(|held| held.details.as_deref()).unwrap_or_default();
    let fields = html! {
        (asked.choice("restricted", "desk-restriction", held.map_or("", |held| &held.code), &values(form.at, CodeSet::DisclosureRestriction)))
        (lines(asked, "restricted_text", text))
        (days(asked, ["restricted_from", "restricted_until"], &from, &until))
        (asked.tick("restricted_active", "desk-in-force", held.is_none_or(|held| held.is_active)))
    };
    one.card(
        form.dossier,
        "desk-restriction",
        held.map(|held| held.ref_id),
        &fields,
    )
}

/// Adds a disclosure restriction, changes one, ends it or takes it out.
pub(crate) async fn restriction(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let dossier = match seen(&at, &asn, "restriction", &fields) {
        Ok(dossier) => dossier,
        Err(answer) => return answer,
    };
    let held = named(&dossier.student.disclosure_restrictions, &fields, |one| {
        one.ref_id
    });
    let mut read = Reading::of(&at, &fields);
    let code = read.code("restricted", CodeSet::DisclosureRestriction);
    let from: Option<Date> = read.needed("restricted_from", "desk-date-wrong");
    let expiry_date: Option<Date> = read.maybe("restricted_until", "desk-date-wrong");
    let mut found = read.found;
    found.extend(in_order(&at, "restricted_until", from, expiry_date));
    let (Some(effective_date), true) = (from, found.is_empty()) else {
        return again(&at, &dossier, "restriction", fields, found);
    };
    let request = SubmitStudentDisclosureRestrictionRequest {
        caller: caller(&at),
        asn: dossier.student.asn,
        pasi_core_version: dossier.student.pasi_core_version,
        restriction: DisclosureRestriction {
            ref_id: held.map_or_else(Uuid::new_v4, |held| held.ref_id),
            code,
            details: fields.lines("restricted_text"),
            effective_date,
            expiry_date,
            is_active: fields.is_on("restricted_active"),
            is_deleted: fields.is_on("restriction_remove"),
            last_update_utc_time: None,
        },
    };
    submit(&at, &dossier, "restriction", fields, request.into()).await
}

/// An end before its beginning.
fn in_order(at: &At, name: &str, from: Option<Date>, until: Option<Date>) -> Vec<ui::form::Finding> {
    let found = person::period(name, from, until).into_iter().collect();
    in_this_form(from_rules(at, &found), &[("expiry", name)])
}

pub(super) fn medical_card(form: &Drawn<'_>) -> Markup {
    let all = form.dossier.student.medical_alerts.iter();
    let all: Vec<_> = all.filter(|one| !one.is_deleted).collect();
    let name = |one: &MedicalAlert| {
        let kind = labelled(form.at, CodeSet::MedicalAlertType, &one.alert_type);
        let first = one.details.as_deref().and_then(|text| text.lines().next());
        first.map_or(kind, str::to_owned)
    };
    let one = form.one_of(("medical", MEDICAL), &all, |one| one.ref_id, name);
    let (asked, held) = (&one.asked, one.held);
    let (from, until) = (
        day(held.and_then(|held| held.effective_date)),
        day(held.and_then(|held| held.expiry_date)),
    );
    let text = held.and_then(|held| held.details.as_deref()).unwrap_or_default();
    let fields = html! {
        (asked.choice("medical_kind", "desk-kind", held.map_or("", |held| &held.alert_type), &values(form.at, CodeSet::MedicalAlertType)))
        (lines(asked, "medical_text", text))
        (days(asked, ["medical_from", "medical_until"], &from, &until))
    };
    one.card(
        form.dossier,
        "desk-medical",
        held.map(|held| held.ref_id),
        &fields,
    )
}

/// Adds a medical alert, changes one or takes it out.
pub(crate) async fn medical(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let dossier = match seen(&at, &asn, "medical", &fields) {
        Ok(dossier) => dossier,
        Err(answer) => return answer,
    };
    let held = named(&dossier.student.medical_alerts, &fields, |one| one.ref_id);
    let mut read = Reading::of(&at, &fields);
    let alert_type = read.code("medical_kind", CodeSet::MedicalAlertType);
    let effective_date: Option<Date> = read.maybe("medical_from", "desk-date-wrong");
    let expiry_date: Option<Date> = read.maybe("medical_until", "desk-date-wrong");
    let mut found = read.found;
    found.extend(in_order(&at, "medical_until", effective_date, expiry_date));
    let details = fields.lines("medical_text");
    if details.is_none() {
        found.push(wrong(&at, "medical_text", "desk-text-wrong"));
    }
    if !found.is_empty() {
        return again(&at, &dossier, "medical", fields, found);
    }
    let request = SubmitMedicalAlertRequest {
        caller: caller(&at),
        asn: dossier.student.asn,
        pasi_core_version: dossier.student.pasi_core_version,
        medical_alert: MedicalAlert {
            ref_id: held.map_or_else(Uuid::new_v4, |held| held.ref_id),
            alert_type,
            details,
            effective_date,
            expiry_date,
            is_deleted: fields.is_on("medical_remove"),
        },
    };
    submit(&at, &dossier, "medical", fields, request.into()).await
}
