//! After 11404: whom PASI has under that name and birth date, what matches,
//! and the link to the one a person chooses.

use super::queue::{self, Asked};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::Posted;
use crate::who::Who;
use crate::{App, context, cover, findings, lookup};
use access::Permit;
use access::action::{DecidePasi, ViewStudents};
use axum::extract::{Path, Query, State};
use codes::CodeSet;
use kernel::text::fold;
use kernel::{Asn, Failure, OrganizationCode, PasiItemId};
use maud::{Markup, html};
use pasi::{Found, Search, SearchOutcome};
use people::Student;
use serde::Deserialize;
use ui::ctx::Job;
use ui::form::{Choice, Field, Form, Width};
use ui::head::{Crumb, PageHead};
use ui::notice::{Tone, banner};
use ui::{Action, Lang, card};

/// Rules by which PASI says that it has such a student already.
pub(super) const DUPLICATES: [u32; 2] = [11_404, 11_405];

/// How far the search goes; only when a person asks for more.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wider {
    wide: String,
    restricted: String,
}

/// The student of the item, and the school that asks.
struct Subject {
    student: Student,
    organization: Option<OrganizationCode>,
}

async fn subject(app: &App, who: &Who, id: PasiItemId) -> Result<Subject, Stopped> {
    // Whoever may not decide learns of no item that it exists.
    Permit::<DecidePasi>::wide(who.standing()).or_stop(app, who)?;
    let (standing, since) = (who.standing().clone(), who.signed_in.since);
    app.store()
        .read(who.division(), move |at| {
            let item = pasi::item(at, id)?;
            let is_about = item
                .answer()
                .rules
                .iter()
                .any(|rule| DUPLICATES.contains(&rule.code));
            Permit::<DecidePasi>::student(at, &standing, item.student()?)?;
            let view = Permit::<ViewStudents>::student(at, &standing, item.student()?)?;
            let header = people::header(at, &view, None, item.student()?)?;
            let is_covered = cover::covers(at, standing.actor.account, since, &header)?;
            if !is_about || is_covered || item.state != pasi::ItemState::Rejected {
                return Err(Failure::NotFound);
            }
            let school = item.school_id.map(|school| schools::school(at, school));
            Ok(Subject {
                student: people::student(at, &view, item.student()?)?,
                organization: school
                    .transpose()?
                    .map(|school| OrganizationCode::School(school.code)),
            })
        })
        .await
        .or_stop(app, who)
}

async fn ask(app: &App, who: &Who, subject: &Subject, wider: &Wider) -> Result<SearchOutcome, Stopped> {
    let Some(connector) = app.connector() else {
        return Ok(SearchOutcome::Away);
    };
    let search = Search {
        asn: None,
        name: Some((
            subject.student.legal().clone(),
            subject.student.identity.birth_date,
        )),
        all_qualities: wider.wide == "yes",
        with_restricted: wider.restricted == "yes",
    };
    connector
        .identify(who.actor(), subject.organization, search)
        .await
        .or_stop(app, who)
}

/// Whom PASI has: a part of the drawer, or a page of its own without scripts.
pub(crate) async fn candidates(
    State(app): State<App>,
    who: Who,
    Path(id): Path<PasiItemId>,
    Query(wider): Query<Wider>,
) -> PageResult {
    let subject = subject(&app, &who, id).await?;
    let found = ask(&app, &who, &subject, &wider).await?;
    let part = part(&who, id, &subject.student, &found);
    if who.visit.is_fragment {
        return Ok(ui::shell::fragment(part).into());
    }
    let ctx = context::of(&app, &who, Job::Pasi).await?;
    let lang = ctx.lang;
    let head = PageHead::new(lang.t("pasi-link-title")).crumbs(vec![
        Crumb::link(lang.t("nav-pasi"), "/pasi"),
        Crumb::here(lang.t("pasi-link-title")),
    ]);
    let body = html! { (head.draw()) (card::unheaded_card(&lang.t("pasi-link-title"), &part)) };
    Ok(ui::shell::page(&ctx, lang.t("pasi-link-title"), body).into())
}

/// The place in the drawer that fetches the part.
pub(super) fn place(lang: Lang, id: PasiItemId) -> Markup {
    let address = format!("/pasi/items/{id}/candidates");
    html! {
        div class="b-top" hx-get=(address) hx-trigger="load" hx-swap="innerHTML" {
            div class="cb" { (Action::link(lang.t("pasi-link-look"), address.as_str())) }
        }
    }
}

fn part(who: &Who, id: PasiItemId, ours: &Student, found: &SearchOutcome) -> Markup {
    let lang = who.lang();
    let wider = |words: &str, flag: &str| {
        Action::link(lang.t(words), format!("/pasi/items/{id}/candidates?{flag}=yes"))
            .small()
            .with("hx-get", format!("/pasi/items/{id}/candidates?{flag}=yes"))
            .with("hx-target", "closest div[hx-trigger]")
    };
    match found {
        SearchOutcome::Found(all) => {
            html! { (choose(who, id, ours, all)) div class="cb b-top row-x wrap" { (wider("pasi-link-wider", "wide")) } }
        }
        SearchOutcome::Nobody => {
            html! { div class="cb stack-s" { p class="m-0 sub" { (lang.t("pasi-link-nobody")) } (wider("pasi-link-wider", "wide")) } }
        }
        SearchOutcome::Restricted => html! {
            div class="cb stack-s" { (banner(Tone::Warn, &lang.t("pasi-link-restricted"), "", &[])) (wider("pasi-link-ask-restricted", "restricted")) }
        },
        SearchOutcome::TooMany => html! { div class="cb" { p class="m-0 sub" { (lang.t("new-too-many")) } } },
        SearchOutcome::Away => {
            html! { div class="cb" { (banner(Tone::Warn, &lang.t("pasi-link-away"), "", &[])) } }
        }
    }
}

/// One radio a candidate, with what matches and what does not.
fn choose(who: &Who, id: PasiItemId, ours: &Student, all: &[Found]) -> Markup {
    let lang = who.lang();
    let choices: Vec<Choice> = all
        .iter()
        .map(|there| {
            Choice::new(
                there.asn.as_str(),
                format!("{} · {}", there.name.list(), there.asn),
            )
            .note(matching(lang, ours, there))
        })
        .collect();
    let first = choices
        .first()
        .map(|choice| choice.value.clone())
        .unwrap_or_default();
    let label = lang.t("pasi-link-which");
    let body = html! {
        (Field::new(lang, "asn", &label).value(&first).width(Width::Whole).radios(&choices))
        p class="sm sub" { (lang.t("pasi-link-note")) }
        (Action::submit(lang.t("pasi-link-send")).primary())
    };
    let action = format!("/pasi/items/{id}/link");
    html! { div class="cb" { (Form::post(&action).draw(&who.holder().csrf, &body)) } }
}

/// What matches, in a line: ✓ the same, ≠ another, and what else PASI tells.
fn matching(lang: Lang, ours: &Student, there: &Found) -> String {
    let mark = |is_same: bool, words: &str, told: &str| {
        let sign = if is_same { "✓" } else { "≠" };
        let told = if is_same {
            String::new()
        } else {
            format!(" {told}")
        };
        format!("{sign} {}{told}", lang.t(words))
    };
    let name = ours.legal();
    let same = |one: &str, other: &str| fold(one) == fold(other);
    let mut facts = vec![
        mark(
            same(&name.last, &there.name.last),
            "pasi-link-last",
            &there.name.last,
        ),
        mark(
            same(&name.first, &there.name.first),
            "pasi-link-first",
            &there.name.first,
        ),
        mark(
            same(&name.middle, &there.name.middle),
            "pasi-link-middle",
            &there.name.middle,
        ),
        mark(
            ours.identity.birth_date == there.birth_date,
            "pasi-link-born",
            &there.birth_date.to_string(),
        ),
        mark(
            ours.identity.gender == there.gender,
            "pasi-link-gender",
            &lookup::code(lang, CodeSet::Gender, &there.gender),
        ),
    ];
    facts.extend(there.addresses.first().and_then(|address| address.city.clone()));
    facts.extend(
        there
            .enrolments
            .first()
            .map(|enrolment| format!("S.{} {}", enrolment.school_code, enrolment.school_year)),
    );
    facts.join(" · ")
}

/// Links the student to the one chosen: PASI is asked again, and only one whom
/// it names can be linked.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<PasiItemId>,
    Query(asked): Query<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let here = asked.opening(&id.to_string());
    let subject = subject(&app, &who, id).await?;
    let student = subject.student.id;
    let all = Wider {
        wide: "yes".to_owned(),
        restricted: "yes".to_owned(),
    };
    let found = ask(&app, &who, &subject, &all).await?;
    let asn: Option<Asn> = fields.get("asn").parse().ok();
    let offered = match (&found, asn) {
        (SearchOutcome::Found(found), Some(asn)) => found.iter().any(|one| one.asn == asn).then_some(asn),
        (SearchOutcome::Away, _) => {
            let words = who.lang().t("pasi-link-away");
            return queue::show(&app, &who, &here, Some(&words)).await;
        }
        _ => None,
    };
    let Some(asn) = offered else {
        let words = who.lang().t("pasi-link-not-offered");
        return queue::show(&app, &who, &here, Some(&words)).await;
    };
    let standing = who.standing().clone();
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<DecidePasi>::student(tx, &standing, student)?;
            pasi::link_asn(tx, &permit, student, asn)
        })
        .await;
    match done {
        Ok(()) => {
            app.settle(student).await;
            Ok(Answer::see(format!("/students/{student}")))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let told: Vec<String> = found.into_iter().map(|finding| finding.text).collect();
            queue::show(&app, &who, &here, Some(&told.join(" "))).await
        }
    }
}
