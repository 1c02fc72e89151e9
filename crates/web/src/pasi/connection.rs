//! The connection to the province: how it stands, how long the certificate
//! lasts, and the last calls.

use crate::App;
use crate::answer::{OrStop, PageResult, encoded};
use crate::context;
use crate::lookup;
use crate::who::Who;
use access::Permit;
use access::action::ViewSystem;
use axum::extract::{Query, State};
use kernel::Instant;
use maud::{Markup, html};
use pasi::{Call, Link, LinkState};
use serde::Deserialize;
use ui::ctx::Job;
use ui::facts::Facts;
use ui::head::{Crumb, PageHead};
use ui::list::{Filters, Pager};
use ui::notice::{Tone, banner};
use ui::table::{Column, Row, Table};
use ui::{Lang, State as PillState, card, pill};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The beginning of a message id.
    q: String,
    /// Calls before this moment, in microseconds.
    before: String,
}

/// Calls on a page.
const CALLS: usize = 50;

/// Days before the certificate runs out on which the division is warned, and how loudly.
const WARN_DAYS: [(i64, Tone); 3] = [(7, Tone::Bad), (30, Tone::Warn), (60, Tone::Info)];

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ViewSystem>::wide(who.standing()).or_stop(&app, &who)?;
    let wanted = asked.clone();
    let read = app.store().read(who.division(), move |at| {
        let before = wanted.before.parse().ok().map(Instant::from_micros);
        let limit = i64::try_from(CALLS + 1).unwrap_or(i64::MAX);
        Ok((
            pasi::link(at)?,
            pasi::calls(at, &permit, &wanted.q, before, limit)?,
        ))
    });
    let (link, mut calls) = read.await.or_stop(&app, &who)?;
    let is_more = calls.len() > CALLS;
    calls.truncate(CALLS);
    let ctx = context::of(&app, &who, Job::Pasi).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let head = PageHead::new(lang.t("pasi-page-connection-title")).crumbs(vec![
        Crumb::link(lang.t("nav-pasi"), "/pasi"),
        Crumb::here(lang.t("pasi-page-connection")),
    ]);
    let body = html! {
        (head.draw())
        div class="stack" {
            (warning(lang, &link, now))
            (state_card(lang, &link, app.connector().is_some(), now))
            (log(lang, &asked, &calls, is_more, now))
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("pasi-page-connection-title"), body).into())
}

/// The tone of the warning about a certificate with so many days left; none while there is time.
fn tone(days: i64) -> Option<Tone> {
    WARN_DAYS
        .iter()
        .find(|(within, _)| days <= *within)
        .map(|(_, tone)| *tone)
}

fn warning(lang: Lang, link: &Link, now: Instant) -> Markup {
    let Some((days, tone)) = link
        .certificate_days_left(now)
        .and_then(|days| Some((days, tone(days)?)))
    else {
        return Markup::default();
    };
    let title = match days {
        ..0 => lang.t("pasi-page-certificate-over"),
        days => lang.tx("pasi-page-certificate-soon", &[("n", days.into())]),
    };
    banner(tone, &title, &lang.t("pasi-page-certificate-renew"), &[])
}

fn state_card(lang: Lang, link: &Link, is_set_up: bool, now: Instant) -> Markup {
    let (state, words) = match link.state {
        _ if !is_set_up => (PillState::Offline, "pasi-off"),
        LinkState::Up => (PillState::Ok, "pasi-connected"),
        LinkState::Down => (PillState::Offline, "pasi-away"),
        LinkState::Refused => (PillState::Blocked, "pasi-page-refused"),
        LinkState::Unknown => (PillState::Neutral, "pasi-foot-none"),
    };
    let when = |at: Option<Instant>| at.map(|at| lookup::moment(lang, at, now));
    let mut facts = Facts::new()
        .fact(lang.t("pasi-page-state"), pill::pill(state, &lang.t(words)))
        .maybe(
            lang,
            lang.t("pasi-page-last-exchange"),
            when(link.last_exchange_at),
        );
    if link.down_since.is_some() {
        facts = facts.maybe(lang, lang.t("pasi-page-down-since"), when(link.down_since));
    }
    if !link.last_error.is_empty() {
        facts = facts.fact(
            lang.t("pasi-page-last-error"),
            html! { span class="code" lang="en" { (link.last_error) } },
        );
    }
    facts = facts.maybe(
        lang,
        lang.t("pasi-page-certificate"),
        certificate(lang, link, now),
    );
    card::card(
        &card::Head::new("connection", lang.t("pasi-page-connection")),
        &facts.draw(),
    )
}

fn certificate(lang: Lang, link: &Link, now: Instant) -> Option<Markup> {
    let (until, days) = (link.certificate_expires_at?, link.certificate_days_left(now)?);
    let state = match tone(days) {
        Some(Tone::Bad) => PillState::Blocked,
        Some(_) => PillState::Warning,
        None => PillState::Ok,
    };
    let left = lang.tx("pasi-page-days-left", &[("n", days.max(0).into())]);
    Some(html! { span class="num" { (until.date()) } " " (pill::pill(state, &left)) })
}

fn log(lang: Lang, asked: &Asked, calls: &[Call], is_more: bool, now: Instant) -> Markup {
    let columns = vec![
        Column::new(lang.t("pasi-page-sent-at")),
        Column::new(lang.t("pasi-page-operation")),
        Column::new(lang.t("pasi-page-result")),
        Column::figures(lang.t("pasi-page-took")),
        Column::new(lang.t("pasi-page-in-name-of")).hide_on_phone(),
        Column::new(lang.t("pasi-page-organization")).hide_on_phone(),
        Column::new(lang.t("pasi-page-message-id")).hide_on_phone(),
    ];
    let empty = if asked.q.is_empty() {
        "pasi-page-no-calls"
    } else {
        "pasi-page-no-such-call"
    };
    let table = Table::new(lang.t("pasi-page-calls"), columns)
        .rows(calls.iter().map(|call| row(lang, call, now)).collect())
        .empty(ui::waiting::empty(&lang.t(empty), None))
        .draw(lang);
    let last = calls.last().filter(|_| is_more);
    let pager = Pager {
        shown: calls.len(),
        total: calls.len(),
        previous: (!asked.before.is_empty()).then(|| address(&asked.q, "")),
        next: last.map(|call| address(&asked.q, &call.sent_at.micros().to_string())),
    };
    let filters = Filters {
        action: "/pasi/connection".to_owned(),
        text_label: lang.t("pasi-page-message-id").into_owned(),
        text: asked.q.clone(),
        selects: Vec::new(),
        hidden: Vec::new(),
        clear: (!asked.q.is_empty()).then(|| address("", "")),
        results_id: "calls".to_owned(),
    };
    let title = lang.t("pasi-page-calls");
    ui::list::list_card(
        &title,
        "calls",
        &html! { div class="ch" { h2 { (title) } } (ui::list::filters(lang, &filters, &html! {})) },
        &table,
        &ui::list::pager(lang, &pager, &html! {}),
    )
}

fn address(q: &str, before: &str) -> String {
    let pairs = [("q", q), ("before", before)];
    let filled: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if filled.is_empty() {
        "/pasi/connection".to_owned()
    } else {
        format!("/pasi/connection?{}", filled.join("&"))
    }
}

fn row(lang: Lang, call: &Call, now: Instant) -> Row {
    Row::new(vec![
        html! { span class="num nw" { (lookup::moment(lang, call.sent_at, now)) } },
        html! { span class="nw" lang="en" { (call.operation) } },
        html! { span lang="en" { (call.result) } },
        html! { (lang.tx("pasi-page-milliseconds", &[("n", (call.took_micros / 1_000).into())])) },
        html! { span class="sub nw" { (call.user_name) } },
        html! { span class="num" { (call.organization) } },
        html! { span class="code xs" { (call.message_id) } },
    ])
}

#[cfg(test)]
mod tests {
    use super::tone;
    use ui::notice::Tone;

    #[test]
    fn a_certificate_warns_at_sixty_thirty_and_seven_days() {
        for (days, warned) in [
            (61, None),
            (60, Some(Tone::Info)),
            (31, Some(Tone::Info)),
            (30, Some(Tone::Warn)),
            (8, Some(Tone::Warn)),
            (7, Some(Tone::Bad)),
            (-1, Some(Tone::Bad)),
        ] {
            assert_eq!(tone(days), warned, "{days}");
        }
    }
}
