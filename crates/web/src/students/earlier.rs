//! School years before those that are synchronized: read from PASI when a
//! person asks, shown beside ours, gone with the page.

use super::head::{self, Head, Opened, Page};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::Posted;
use crate::{App, cover};
use access::Permit;
use access::action::DecidePasi;
use axum::extract::{Path, State};
use kernel::StudentId;
use maud::{Markup, html};
use pasi::{Earlier, EarlierAnswer, EarlierSide, EarlierYears};
use ui::form::Form;
use ui::notice::{Tone, banner};
use ui::pill::pill;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card};

/// Asks PASI, and shows what it said. Under a caution that was not read nobody
/// is asked: the record's page shows it.
pub(crate) async fn read(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Posted { who, .. }: Posted,
) -> PageResult {
    let (standing, since) = (who.standing().clone(), who.signed_in.since);
    let permit = app
        .store()
        .read(who.division(), move |at| {
            let permit = Permit::<DecidePasi>::student(at, &standing, student)?;
            let is_over = cover::is_over(at, &standing, since, student)?;
            Ok((!is_over).then_some(permit))
        })
        .await
        .or_stop(&app, &who)?;
    let Some(permit) = permit else {
        return Ok(Answer::see(head::path(student, Page::Enrolment)));
    };
    let answer = match app.connector() {
        None => EarlierAnswer::Away,
        Some(connector) => {
            let asked = connector.earlier_years(who.actor(), permit, student).await;
            asked.or_stop(&app, &who)?
        }
    };
    let Opened { head, ctx, .. } = head::open(&app, &who, student, |_, _| Ok(())).await?;
    let lang = ctx.lang;
    let body = html! {
        (head.draw(&who, Page::Enrolment, Vec::new()))
        div class="stack" { (answered(lang, &head, &answer)) }
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, lang.t("earlier-title"), body).into())
}

/// The card of the enrolment page: what lies before the window, and the way to it.
pub(super) fn offer(lang: Lang, csrf: &str, student: StudentId) -> Markup {
    let button = Action::submit(lang.t("earlier-read")).icon(Icon::History);
    let form = Form::post(&format!("/students/{student}/pasi/earlier")).draw(csrf, &html! { (button) });
    card::card(
        &card::Head::new("earlier", lang.t("earlier-title")),
        &html! { p class="sm sub" { (lang.t("earlier-text")) } (form) },
    )
}

fn answered(lang: Lang, head: &Head, answer: &EarlierAnswer) -> Markup {
    let back = head::path(head.student.id, Page::Enrolment);
    let says = |tone, words: &str| {
        let back = Action::link(lang.t("earlier-back"), back.clone());
        banner(
            tone,
            &lang.t(&format!("earlier-{words}")),
            &lang.t(&format!("earlier-{words}-do")),
            &[back],
        )
    };
    match answer {
        EarlierAnswer::Read(read) => side_by_side(lang, head, read),
        EarlierAnswer::NotOurs => says(Tone::Info, "not-ours"),
        EarlierAnswer::NoAsn => says(Tone::Info, "no-asn"),
        EarlierAnswer::Away => says(Tone::Warn, "away"),
    }
}

fn side_by_side(lang: Lang, head: &Head, read: &EarlierYears) -> Markup {
    let columns = vec![
        Column::new(lang.t("earlier-year")),
        Column::new(lang.t("pasi-ours")),
        Column::new(lang.t("pasi-theirs")),
        Column::new(lang.t("earlier-compared")),
    ];
    let table = Table::new(lang.t("earlier-title"), columns)
        .rows(read.enrolments.iter().map(|one| row(lang, head, one)).collect())
        .empty(ui::waiting::cleared(&lang.t("earlier-none")))
        .draw(lang);
    let from = read.synchronized_from.to_string();
    let back = Action::link(
        lang.t("earlier-back"),
        head::path(head.student.id, Page::Enrolment),
    );
    let said = lang.tx("earlier-not-kept", &[("year", from.as_str().into())]);
    card::bare_card(
        &card::Head::new("earlier", lang.t("earlier-title")).end(html! { (back) }),
        &html! { p class="sm sub chart-said" { (said) } (table) },
    )
}

fn row(lang: Lang, head: &Head, one: &Earlier) -> Row {
    let (state, words) = match (&one.ours, &one.theirs) {
        _ if one.is_same() => (PillState::InSync, "earlier-same"),
        (None, _) => (PillState::Conflict, "earlier-only-there"),
        (_, None) => (PillState::Conflict, "earlier-only-here"),
        _ => (PillState::Conflict, "earlier-differs"),
    };
    Row::new(vec![
        html! { b class="num nw" { (one.year) } },
        side(lang, head, one.ours.as_ref()),
        side(lang, head, one.theirs.as_ref()),
        pill(state, &lang.t(words)),
    ])
}

fn side(lang: Lang, head: &Head, side: Option<&EarlierSide>) -> Markup {
    let Some(side) = side else {
        return html! { span class="dim" { (lang.t("earlier-nothing")) } };
    };
    let school = head.directory.by_code(side.school);
    html! {
        div { @match school { Some(school) => { (school.name) } None => { (lang.t("earlier-school")) " " span class="num" { (side.school) } } } }
        div class="sm sub num" {
            @if let Some(grade) = side.grade { (lang.tx("earlier-grade", &[("grade", grade.label().into())])) " · " }
            (side.start) " – " @match side.exit { Some(exit) => { (exit) } None => { "?" } }
        }
    }
}
