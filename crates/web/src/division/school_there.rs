//! What PASI says otherwise of a school, on the school's page: side by side,
//! until the coordinator decides.

use super::schools::{Attempt, path, show};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::{App, findings};
use access::Permit;
use access::action::ManageSchools;
use axum::extract::{Path, State};
use kernel::{Failure, Outcome, SchoolId};
use maud::{Markup, html};
use pasi::{SchoolDecision, SchoolDifference};
use ui::ctx::Ctx;
use ui::diff::{self, Decision, Sides};
use ui::form::{Form, summary};
use ui::{Action, Lang, card};

/// The card; nothing when both sides say the same. Who may not change schools sees it without choices.
pub(super) fn draw(
    ctx: &Ctx,
    school: SchoolId,
    differences: &[SchoolDifference],
    may_edit: bool,
    attempt: &Attempt,
) -> Markup {
    if differences.is_empty() && attempt.there.is_empty() {
        return Markup::default();
    }
    let lang = ctx.lang;
    let rows: Vec<diff::Difference> = differences
        .iter()
        .enumerate()
        .map(|(at, found)| row(lang, at, found))
        .collect();
    let sides = Sides {
        ours: lang.t("pasi-ours").into_owned(),
        theirs: lang.t("pasi-theirs").into_owned(),
    };
    let body = if may_edit {
        let fields = html! {
            @if !attempt.there.is_empty() { div class="cb" { (summary(lang, &attempt.there, &[])) } }
            @for (at, found) in differences.iter().enumerate() {
                input type="hidden" name={ "k" (at) } value={ (found.key()) "|" (found.core_version) };
            }
            (diff::differences(lang, &sides, Decision::OursOrTheirs, &rows))
            div class="ch b-top" {
                span class="sm sub grow" { (lang.t("division-there-note")) }
                (Action::submit(lang.tx("pasi-apply", &[("n", rows.len().into())])).primary())
            }
        };
        Form::post(&format!("{}/pasi", path(school))).draw_in(ctx, &fields)
    } else {
        diff::differences(lang, &sides, Decision::None, &rows)
    };
    card::bare_card(&card::Head::new("there", lang.t("division-there")), &body)
}

fn row(lang: Lang, at: usize, found: &SchoolDifference) -> diff::Difference {
    diff::Difference {
        name: format!("d{at}"),
        field: lang.t(&format!("division-there-{}", found.field)).into_owned(),
        cause: found.year.map(|year| year.to_string()).unwrap_or_default(),
        ours: Some(found.ours.clone()).filter(|text| !text.is_empty()),
        theirs: Some(found.theirs.clone()).filter(|text| !text.is_empty()),
        chosen: None,
        only_theirs: false,
        edit: None,
        findings: Vec::new(),
    }
}

/// What was chosen; a difference without a choice stays open.
fn decisions(fields: &Fields) -> Outcome<Vec<SchoolDecision>> {
    let mut all = Vec::new();
    for at in 0.. {
        let about = fields.get(&format!("k{at}"));
        if about.is_empty() {
            break;
        }
        let is_theirs = match fields.get(&format!("d{at}")) {
            "theirs" => true,
            "ours" => false,
            _ => continue,
        };
        let (key, version) = about.rsplit_once('|').ok_or(Failure::NotFound)?;
        all.push(SchoolDecision {
            key: key.to_owned(),
            seen_version: version.parse().map_err(|_| Failure::NotFound)?,
            is_theirs,
        });
    }
    Ok(all)
}

/// Decides.
pub(crate) async fn decide(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let decisions = decisions(&fields).or_stop(&app, &who)?;
    let write = move |tx: &mut db::Tx| pasi::decide_school(tx, &permit, id, &decisions);
    let found = match app.store().write(who.actor(), write).await {
        Ok(()) => return Ok(Answer::see(path(id))),
        Err(failure) => findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
    };
    let attempt = Attempt {
        there: found,
        ..Attempt::default()
    };
    show(&app, &who, id, attempt).await
}
