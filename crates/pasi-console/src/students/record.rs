//! Everything the province holds of a student.

use super::find::number_state;
use super::{dossier, labelled, path};
use crate::at::{At, item};
use crate::posted::{Fields, told};
use axum::extract::{Path, Query};
use axum::response::Response;
use codes::CodeSet;
use maud::{Markup, html};
use pasi_reference::Dossier;
use pasi_wire::messages::StudentAddress;
use ui::Action;
use ui::card::{Head, bare_card, card};
use ui::facts::Facts;
use ui::head::{Crumb, PageHead};
use ui::notice::{Tone, banner};
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};

/// The student's page.
pub(crate) async fn page(
    at: At,
    Path(asn): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let Some(dossier) = dossier(&at, &asn) else {
        return at.missing(item::STUDENTS);
    };
    let done = Fields::from(query).some("done");
    let student = &dossier.student;
    let body = html! {
        (head(&at, &dossier))
        (told(&at, done.as_deref()))
        div class="stack" {
            (restrictions(&at, &dossier))
            div class="grid" {
                div class="s5 stack" {
                    (card(&Head::new("identity", at.t("desk-identity")).beside(number_state(&at, student)), &identity(&at, &dossier)))
                    (bare_card(&Head::new("names", at.t("desk-names")), &names(&at, &dossier)))
                    (bare_card(&Head::new("addresses", at.t("desk-addresses")), &addresses(&at, &dossier)))
                    (bare_card(&Head::new("contact", at.t("desk-contact")), &contact(&at, &dossier)))
                    (bare_card(&Head::new("citizenship", at.t("desk-citizenship")), &citizenship(&at, &dossier)))
                    (bare_card(&Head::new("medical", at.t("desk-medicals")), &medical(&at, &dossier)))
                }
                div class="s7 stack" {
                    (bare_card(&Head::new("alerts", at.t("desk-alerts")), &super::alerts::list(&at, &dossier)))
                    (bare_card(&Head::new("enrolments", at.t("desk-enrolments")), &enrolments(&at, &dossier)))
                    (bare_card(&Head::new("courses", at.t("desk-courses")), &crate::classes::of_student(&at, &dossier)))
                    (bare_card(&Head::new("responsible", at.t("desk-responsible")), &responsible(&at, &dossier)))
                    (bare_card(&Head::new("guardians", at.t("desk-guardians")), &guardians(&at, &dossier)))
                    (super::examinations::cards(&at, student.asn))
                }
            }
        }
    };
    // A title reaches the history of the browser: no name in it.
    at.page(item::STUDENTS, &at.t("desk-student"), body)
}

fn head(at: &At, dossier: &Dossier) -> Markup {
    let student = &dossier.student;
    let asn = student.asn;
    PageHead::new(student.identification.name.list())
        .crumbs(vec![
            Crumb::link(at.t("desk-students"), item::STUDENTS),
            Crumb::here(asn.to_string()),
        ])
        .facts(format!(
            "{} · {}",
            at.with("desk-asn-is", "asn", asn.to_string()),
            at.with("desk-born-on", "date", student.identification.birth_date.as_str())
        ))
        .action(Action::link(
            at.t("desk-results-go"),
            format!("{}/results", path(asn)),
        ))
        .action(Action::link(
            at.t("desk-number-go"),
            format!("{}/number", path(asn)),
        ))
        .action(Action::link(at.t("desk-change-go"), format!("{}/change", path(asn))).primary())
        .draw()
}

/// Restrictions in force; read before the rest.
fn restrictions(at: &At, dossier: &Dossier) -> Markup {
    let in_force = dossier.student.disclosure_restrictions.iter();
    let in_force = in_force.filter(|one| one.is_active && !one.is_deleted);
    html! {
        @for restriction in in_force {
            (banner(Tone::Bad, &labelled(at, CodeSet::DisclosureRestriction, &restriction.code), &at.with("desk-since", "date", restriction.effective_date.as_str()), &[]))
        }
    }
}

fn identity(at: &At, dossier: &Dossier) -> Markup {
    let (student, held) = (&dossier.student, &dossier.student.identification);
    let source = held.source_document_type.as_deref();
    let source = source.map(|code| labelled(at, CodeSet::SourceDocumentType, code));
    let associates: Vec<String> = dossier
        .associates
        .iter()
        .map(|code| format!("A.{code}"))
        .collect();
    let secondary: Vec<String> = student.secondary_asns.iter().map(ToString::to_string).collect();
    let facts = Facts::new()
        .fact(at.t("desk-legal-name"), held.name.full())
        .figure(at.t("desk-born"), held.birth_date.to_string())
        .fact(at.t("desk-gender"), labelled(at, CodeSet::Gender, &held.gender))
        .maybe(at.lang, at.t("desk-source"), source)
        .figure(at.t("desk-version"), at.lang.number(student.pasi_core_version))
        .figure(at.t("desk-made-on"), dossier.created_on.to_string())
        .maybe(
            at.lang,
            at.t("desk-made-by"),
            dossier.created_by.map(|code| format!("A.{code}")),
        )
        .fact(
            at.t("desk-associates"),
            if associates.is_empty() {
                at.t("desk-none")
            } else {
                associates.join(", ")
            },
        );
    let facts = match student.primary_asn {
        Some(primary) => facts.fact(
            at.t("desk-primary-is"),
            html! { a class="num" href=(path(primary)) { (primary) } },
        ),
        None => facts,
    };
    if secondary.is_empty() {
        facts.draw()
    } else {
        facts
            .figure(at.t("desk-secondaries"), secondary.join(", "))
            .draw()
    }
}

fn names(at: &At, dossier: &Dossier) -> Markup {
    let held = dossier.student.names.iter().filter(|name| !name.is_deleted);
    html! {
        ul class="list" {
            @for name in held {
                li class="row-x wrap" {
                    span class="grow" { (name.name.full()) }
                    @if name.is_legal { (pill(State::Selected, &at.t("desk-legal"))) }
                    @if name.is_preferred { (pill(State::Neutral, &at.t("desk-preferred"))) }
                    @if name.is_original && !name.is_legal { (pill(State::Neutral, &at.t("desk-original"))) }
                }
            }
        }
    }
}

fn addresses(at: &At, dossier: &Dossier) -> Markup {
    let held = dossier
        .student
        .addresses
        .iter()
        .filter(|address| !address.is_deleted);
    let held: Vec<&StudentAddress> = held.collect();
    if held.is_empty() {
        return ui::waiting::empty(&at.t("desk-addresses-none"), None);
    }
    html! {
        ul class="list" {
            @for address in held {
                li {
                    div class="row-x wrap" {
                        span class="grow" { (line(address)) }
                        (pill(State::Neutral, &labelled(at, CodeSet::AddressType, &address.address_type)))
                    }
                    span class="sm dim num" { (period(at, address.effective_date.as_str(), address.expiry_date.map(|day| day.to_string()))) }
                }
            }
        }
    }
}

/// An address in one line.
pub(super) fn line(address: &StudentAddress) -> String {
    let parts = [
        &address.street,
        &address.city,
        &address.state_province,
        &address.postal_code,
        &address.country,
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(", ")
}

fn period(at: &At, from: &str, until: Option<String>) -> String {
    match until {
        Some(until) => at
            .lang
            .tx(
                "desk-from-until",
                &[("from", from.into()), ("until", until.into())],
            )
            .into_owned(),
        None => at.with("desk-since", "date", from),
    }
}

fn contact(at: &At, dossier: &Dossier) -> Markup {
    let student = &dossier.student;
    let phones = student.phones.iter().filter(|phone| !phone.is_deleted);
    let emails = student.emails.iter().filter(|email| !email.is_deleted);
    let all: Vec<(String, String)> = phones
        .map(|phone| {
            (
                labelled(at, CodeSet::PhoneType, &phone.phone_type),
                ui::words::phone(&phone.number),
            )
        })
        .chain(emails.map(|email| (at.t("desk-email"), email.address.clone())))
        .collect();
    if all.is_empty() {
        return ui::waiting::empty(&at.t("desk-contact-none"), None);
    }
    html! { ul class="list" { @for (kind, value) in all { li class="row-x" { span class="grow ell num" { (value) } span class="sm dim" { (kind) } } } } }
}

fn citizenship(at: &At, dossier: &Dossier) -> Markup {
    let held = dossier.student.citizenship.iter().filter(|one| !one.is_deleted);
    let held: Vec<_> = held.collect();
    if held.is_empty() {
        return ui::waiting::empty(&at.t("desk-citizenship-none"), None);
    }
    html! {
        ul class="list" {
            @for one in held {
                li {
                    (labelled(at, CodeSet::CitizenshipStatus, &one.status)) br;
                    span class="sm dim num" { (period(at, one.effective_date.as_str(), one.document_expiry_date.map(|day| day.to_string()))) }
                }
            }
        }
    }
}

fn medical(at: &At, dossier: &Dossier) -> Markup {
    let held = dossier
        .student
        .medical_alerts
        .iter()
        .filter(|one| !one.is_deleted);
    let held: Vec<_> = held.collect();
    if held.is_empty() {
        return ui::waiting::empty(&at.t("desk-medicals-none"), None);
    }
    html! {
        ul class="list" {
            @for one in held {
                li {
                    div class="row-x wrap" {
                        span class="grow" { @for line in one.details.as_deref().unwrap_or_default().lines() { (line) br; } }
                        (pill(State::Neutral, &labelled(at, CodeSet::MedicalAlertType, &one.alert_type)))
                    }
                    @if let Some(from) = one.effective_date {
                        span class="sm dim num" { (period(at, from.as_str(), one.expiry_date.map(|day| day.to_string()))) }
                    }
                }
            }
        }
    }
}

fn enrolments(at: &At, dossier: &Dossier) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-school-year")),
        Column::new(at.t("desk-school")),
        Column::new(at.t("desk-grade")),
        Column::new(at.t("desk-from")),
        Column::new(at.t("desk-until-head")),
        Column::figures(at.t("desk-version")).hide_on_phone(),
    ];
    let rows = dossier.enrolments.iter().map(|(held, _)| {
        let exit = held.registration_exit_date.map(|day| day.to_string());
        Row::new(vec![
            html! { span class="num" { (held.school_year) } },
            html! { a class="num" href={ (item::ORGANIZATIONS) "/" (held.school_code) } { (held.school_code) } },
            html! { span class="num" { (held.grade.map(|grade| grade.to_string()).unwrap_or_default()) } },
            html! { span class="num nw" { (held.registration_start_date) } },
            html! {
                @if held.is_deleted { (pill(State::Blocked, &at.t("desk-deleted"))) }
                @else { span class="num nw" { (exit.unwrap_or_default()) } }
            },
            cell(at.lang.number(held.pasi_core_version)),
        ])
    });
    Table::new(at.t("desk-enrolments"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-enrolments-none"), None))
        .draw(at.lang)
}

fn responsible(at: &At, dossier: &Dossier) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-from")),
        Column::new(at.t("desk-school")),
        Column::new(at.t("desk-reason")),
    ];
    let rows = dossier.responsible_schools.iter().map(|(held, _)| {
        let school = held.school_code.map(|code| code.to_string());
        let school = school
            .or_else(|| held.school_name.clone())
            .unwrap_or_else(|| at.t("desk-none"));
        Row::new(vec![
            html! { span class="num nw" { (held.effective_date) } },
            html! { (school) @if held.is_deleted { " " (pill(State::Blocked, &at.t("desk-deleted"))) } },
            cell(labelled(at, CodeSet::TransitionReason, &held.transition_reason)),
        ])
    });
    Table::new(at.t("desk-responsible"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-responsible-none"), None))
        .draw(at.lang)
}

fn guardians(at: &At, dossier: &Dossier) -> Markup {
    let held = dossier
        .student
        .guardians
        .iter()
        .filter(|guardian| !guardian.is_deleted);
    let columns = vec![
        Column::new(at.t("desk-name-of")),
        Column::new(at.t("desk-relationship")),
        Column::new(at.t("desk-phone")).hide_on_phone(),
        Column::new(at.t("desk-until-head")).hide_on_phone(),
    ];
    let rows = held.map(|guardian| {
        let phones = [&guardian.home_phone, &guardian.mobile_phone, &guardian.work_phone];
        let phones = phones.into_iter().flatten().map(|number| ui::words::phone(number));
        Row::new(vec![
            cell(guardian.name.list()),
            cell(labelled(at, CodeSet::GuardianRelationship, &guardian.relationship_type)),
            html! { @for phone in phones { span class="num nw" { (phone) } " " } },
            html! { span class="num nw" { (guardian.expiry_date.map(|day| day.to_string()).unwrap_or_default()) } },
        ])
    });
    Table::new(at.t("desk-guardians"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-guardians-none"), None))
        .draw(at.lang)
}
