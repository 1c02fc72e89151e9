//! How each kind of record stands with PASI's, and the order to read all of
//! one again.

use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::lookup;
use crate::posted::Posted;
use access::Permit;
use access::action::SetPasiPolicy;
use axum::extract::State;
use kernel::{Failure, Instant};
use maud::{Markup, html};
use pasi::Checked;
use std::time::Duration;
use ui::form::Form;
use ui::notice::{Tone, banner};
use ui::pill::pill;
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, State as PillState, card};

/// How long the page waits; the reading goes on by itself afterwards.
const PATIENCE: Duration = Duration::from_secs(4);

/// Has everything of a kind read again, and goes back to see it.
pub(crate) async fn again(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<SetPasiPolicy>::wide(who.standing()).or_stop(&app, &who)?;
    let Some(connector) = app.connector().cloned() else {
        return Ok(Answer::see("/pasi/connection?said=off#kinds"));
    };
    let (actor, kind) = (who.actor().clone(), fields.get("kind").to_owned());
    let reading = tokio::spawn(async move { connector.read_again(&actor, &permit, &kind).await });
    let said = match tokio::time::timeout(PATIENCE, reading).await {
        Ok(Ok(Ok(_))) => "read",
        Ok(Ok(Err(Failure::Conflict(_)))) => "busy",
        Err(_) => "reading",
        Ok(Ok(Err(Failure::Unavailable(_)))) => "away",
        Ok(Ok(Err(failure))) => return Err(failure).or_stop(&app, &who),
        Ok(Err(stopped)) => {
            let fault = Failure::Fault(format!("the reading stopped: {stopped}"));
            return Err(fault).or_stop(&app, &who);
        }
    };
    Ok(Answer::see(format!("/pasi/connection?said={said}#kinds")))
}

/// What came of the order, as the address says it.
pub(super) fn outcome(lang: Lang, said: &str) -> Markup {
    let tone = match said {
        "read" | "reading" => Tone::Info,
        "busy" | "away" | "off" => Tone::Warn,
        _ => return Markup::default(),
    };
    let words = |part: &str| lang.t(&format!("kinds-said-{said}{part}"));
    banner(tone, &words(""), &words("-do"), &[])
}

/// The card of the connection page; `csrf` for who may have a kind read again.
pub(super) fn kinds_card(lang: Lang, kinds: &[Checked], csrf: Option<&str>, now: Instant) -> Markup {
    let mut columns = vec![
        Column::new(lang.t("kinds-kind")),
        Column::new(lang.t("kinds-hash")),
        Column::new(lang.t("pasi-page-compared")).hide_on_phone(),
        Column::new(lang.t("kinds-again-last")).hide_on_phone(),
    ];
    if csrf.is_some() {
        columns.push(Column::new(lang.t("kinds-again")).unseen_label());
    }
    let table = Table::new(lang.t("kinds-title"), columns)
        .rows(kinds.iter().map(|kind| row(lang, kind, csrf, now)).collect())
        .empty(ui::waiting::empty(&lang.t("pasi-page-never"), None))
        .draw(lang);
    let body = html! { (table) p class="xs dim chart-said" { (lang.t("kinds-text")) } };
    card::bare_card(&card::Head::new("kinds", lang.t("kinds-title")), &body)
}

fn row(lang: Lang, kind: &Checked, csrf: Option<&str>, now: Instant) -> Row {
    let (state, words) = match (kind.checked_at, kind.agrees()) {
        (None, _) => (PillState::Neutral, "pasi-page-never"),
        (Some(_), true) => (PillState::InSync, "kinds-agrees"),
        (Some(_), false) => (PillState::Warning, "kinds-differed"),
    };
    let when = kind.checked_at.map(|at| lookup::moment(lang, at, now));
    let far = (kind.again_total > 0).then(|| {
        let (done, total) = (i64::from(kind.again_done), i64::from(kind.again_total));
        lang.tx("kinds-far", &[("done", done.into()), ("total", total.into())])
    });
    let mut cells = vec![
        html! { b { (name(lang, &kind.notification)) } },
        pill(state, &lang.t(words)),
        html! { span class="num nw" { (when.unwrap_or_default()) } },
        html! { span class="num nw" { (far.unwrap_or_default()) } },
    ];
    if let Some(csrf) = csrf {
        let button = Action::submit(lang.t("kinds-again"));
        let fields = html! { input type="hidden" name="kind" value=(kind.notification); (button) };
        cells.push(Form::post("/pasi/again").draw(csrf, &fields));
    }
    Row::new(cells)
}

/// A kind in words, with its school year: `Enrolments 2026/2027`.
fn name(lang: Lang, notification: &str) -> String {
    let (kind, year) = notification.split_once('.').unwrap_or((notification, ""));
    let words = lang.t(&format!("kinds-of-{kind}"));
    let year: Option<kernel::SchoolYear> = year.parse().ok().and_then(kernel::SchoolYear::ending);
    year.map_or_else(|| words.to_string(), |year| format!("{words} {year}"))
}
