//! The e-mails that left the division, or should: how each stands, and one more try. Neither whom they went to nor what
//! they say is shown.

use crate::answer::{Answer, OrStop, PageResult, query};
use crate::attendance::home::state_pill;
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::ViewSystem;
use axum::extract::{Query, State};
use kernel::{Failure, Instant, MailId, Outcome};
use mail::{MailLine, MailState, rules};
use maud::{Markup, html};
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::Form;
use ui::head::{Crumb, PageHead};
use ui::table::{Column, Row, Table};
use ui::tabs::{Tab, segmented};
use ui::{Action, Lang, card};

/// The address of the page.
const PATH: &str = "/division/mail";

/// Which state; all when none is named.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    state: String,
}

/// The page; not there where e-mail is not set up.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ViewSystem>::wide(who.standing()).or_stop(&app, &who)?;
    let state = state_of(&app, &asked).or_stop(&app, &who)?;
    let read = move |at: &mut db::Reader| Ok((mail::recent(at, &permit, state)?, mail::troubled(at)?));
    let (lines, (waiting, refused, given_up)) =
        app.store().read(who.division(), read).await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Division).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let counts = [
        ("waiting", waiting.into()),
        ("refused", refused.into()),
        ("given", given_up.into()),
    ];
    let head = PageHead::new(lang.t("mail-title"))
        .crumbs(vec![
            Crumb::link(lang.t("nav-division"), "/division"),
            Crumb::here(lang.t("mail-title")),
        ])
        .facts(lang.tx("mail-facts", &counts));
    let body = html! {
        (head.draw())
        (table(&ctx, (&lines, state), now))
    };
    Ok(ui::shell::page(&ctx, lang.t("mail-title"), body).into())
}

fn state_of(app: &App, asked: &Asked) -> Outcome<Option<MailState>> {
    if !app.site().sends_mail {
        return Err(Failure::NotFound);
    }
    match asked.state.as_str() {
        "" => Ok(None),
        state => state.parse().map(Some).map_err(|_| Failure::NotFound),
    }
}

/// Has a message tried once more.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ViewSystem>::wide(who.standing()).or_stop(&app, &who)?;
    let asked = seen(&fields).or_stop(&app, &who)?;
    let write = move |tx: &mut db::Tx| match mail::again(tx, &permit, asked) {
        // It stands otherwise by now: the page shows how.
        Err(Failure::Conflict(_) | Failure::Invalid(_)) => Ok(()),
        other => other,
    };
    app.store().write(who.actor(), write).await.or_stop(&app, &who)?;
    Ok(Answer::see(PATH))
}

fn seen(fields: &Fields) -> Outcome<(MailId, i32)> {
    let none = |_| Failure::NotFound;
    let attempts = fields
        .get("attempts")
        .parse()
        .map_err(|_| Failure::refuse("LP-0011", ""))?;
    Ok((fields.get("mail").parse().map_err(none)?, attempts))
}

fn table(ctx: &Ctx, (lines, state): (&[MailLine], Option<MailState>), now: Instant) -> Markup {
    let lang = ctx.lang;
    let view = |of: Option<MailState>| {
        let words = of.map_or("mail-all".to_owned(), |state| format!("mail-state-{state}"));
        let href = format!("{PATH}{}", query([("state", of.map_or("", MailState::as_str))]));
        Tab::new(lang.t(&words), href).current(of == state)
    };
    let views = [
        view(None),
        view(Some(MailState::Waiting)),
        view(Some(MailState::Refused)),
        view(Some(MailState::GivenUp)),
    ];
    let columns = vec![
        Column::new(lang.t("mail-kind")),
        Column::new(lang.t("jobs-state")),
        Column::new(lang.t("mail-made")).hide_on_phone(),
        Column::figures(lang.t("mail-attempts")).hide_on_phone(),
        Column::new(lang.t("mail-answer")).hide_on_phone(),
        Column::new(lang.t("jobs-next")).hide_on_phone(),
        Column::new(lang.t("jobs-again")).unseen_label(),
    ];
    let table = Table::new(lang.t("mail-title"), columns)
        .rows(lines.iter().map(|line| row(ctx, line, now)).collect())
        .empty(ui::waiting::cleared(&lang.t("mail-none")))
        .draw(lang);
    let head = card::Head::new("mail", lang.t("mail-title")).end(segmented(&lang.t("jobs-state"), &views));
    card::bare_card(&head, &table)
}

fn row(ctx: &Ctx, line: &MailLine, now: Instant) -> Row {
    let lang = ctx.lang;
    let next = line.next_at.filter(|_| line.state == MailState::Waiting);
    Row::new(vec![
        html! { b { (kind(lang, line)) } div class="only-ph xs dim" { (line.last_answer) } },
        state_pill(lang, line),
        html! { (line.made_by) ", " span class="num nw" { (lookup::moment(lang, line.made_at, now)) } },
        html! { (line.attempts) },
        html! { span class="code xs" lang="en" { (line.last_answer) } },
        html! { span class="num nw" { (next.map_or_else(|| "–".to_owned(), |at| lookup::moment(lang, at, now))) } },
        html! { @if rules::may_go_again(line.state, line.attempts).0.is_empty() { (again(ctx, line)) } },
    ])
}

fn kind(lang: Lang, line: &MailLine) -> String {
    lang.t(&format!("mail-kind-{}", line.kind.replace('.', "-")))
        .into_owned()
}

fn again(ctx: &Ctx, line: &MailLine) -> Markup {
    let fields = html! {
        input type="hidden" name="mail" value=(line.id);
        input type="hidden" name="attempts" value=(line.attempts);
        (Action::submit(ctx.lang.t("jobs-again")).small())
    };
    Form::post(PATH).draw_in(ctx, &fields)
}
