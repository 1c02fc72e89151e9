//! The connection to the province: how it stands, how long the certificate
//! lasts, and the last calls.

use super::{kinds, lag};
use crate::App;
use crate::answer::{OrStop, PageResult, query};
use crate::context;
use crate::lookup;
use crate::who::Who;
use access::Permit;
use access::action::{SetPasiPolicy, ViewSystem};
use axum::extract::{Query, State};
use kernel::Instant;
use maud::{Markup, html};
use pasi::{Call, Checked, CodeChange, CodesRead, Link, LinkState};
use serde::Deserialize;
use ui::ctx::Job;
use ui::facts::Facts;
use ui::head::{Crumb, PageHead};
use ui::list::{Filters, Pager};
use ui::notice::{Tone, banner};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card, pill};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The beginning of a message id.
    q: String,
    /// Calls before this moment, in microseconds.
    before: String,
    /// How far back the chart looks: `week`, else a day.
    span: String,
    /// What came of having a kind read again.
    said: String,
}

/// Calls on a page.
const CALLS: usize = 50;

/// Changed code values shown.
const CODES: i64 = 12;

/// Hours after which the code values and the comparison are called old: a day and a half.
const OLD_HOURS: i64 = 36;

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ViewSystem>::wide(who.standing()).or_stop(&app, &who)?;
    let (wanted, span) = (asked.clone(), lag::asked(&asked.span));
    let read = app.store().read(who.division(), move |at| {
        let before = wanted.before.parse().ok().map(Instant::from_micros);
        let limit = i64::try_from(CALLS + 1).unwrap_or(i64::MAX);
        Ok((
            pasi::link(at)?,
            pasi::calls(at, &permit, &wanted.q, before, limit)?,
            Daily {
                checked: pasi::checked(at)?,
                codes: pasi::codes_read(at)?,
                changed: pasi::codes_changed(at, CODES)?,
            },
            pasi::lags(at, span)?,
        ))
    });
    let (link, mut calls, daily, lags) = read.await.or_stop(&app, &who)?;
    let is_more = calls.len() > CALLS;
    calls.truncate(CALLS);
    let ctx = context::of(&app, &who, Job::Pasi).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let mut head = PageHead::new(lang.t("pasi-page-connection-title")).crumbs(vec![
        Crumb::link(lang.t("nav-pasi"), "/pasi"),
        Crumb::here(lang.t("pasi-page-connection")),
    ]);
    if context::may::<SetPasiPolicy>(who.standing()) {
        head = head.action(Action::link(lang.t("pasi-page-policy"), "/pasi/policy").icon(Icon::Settings));
    }
    let may_order = context::may::<SetPasiPolicy>(who.standing()) && app.connector().is_some();
    let csrf = may_order.then(|| who.holder().csrf.as_str());
    let body = html! {
        (head.draw())
        div class="stack" {
            (kinds::outcome(lang, &asked.said))
            (hindrance(lang, &link))
            (skew(lang, &link, now))
            (warning(lang, &link, now))
            div class="grid" {
                div class="s6" { (state_card(lang, &link, app.connector().is_some(), now)) }
                div class="s6" { (daily_card(lang, &daily, now)) }
            }
            (lag::lag_card(lang, &lags, span, now))
            (kinds::kinds_card(lang, &daily.checked, csrf, now))
            (codes_card(lang, &daily, now))
            (log(lang, &asked, &calls, is_more, now))
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("pasi-page-connection-title"), body).into())
}

/// What is done once a day.
struct Daily {
    checked: Vec<Checked>,
    codes: Option<CodesRead>,
    changed: Vec<CodeChange>,
}

/// The tone of the warning about the certificate; none while there is time.
fn tone(link: &Link, now: Instant) -> Option<Tone> {
    link.certificate_urgency(now).map(|urgency| match urgency {
        1 => Tone::Info,
        2 => Tone::Warn,
        _ => Tone::Bad,
    })
}

/// What stands between us and PASI: what it is, what goes on, what to do.
fn hindrance(lang: Lang, link: &Link) -> Markup {
    let Some(found) = link.hindrance().filter(|_| link.state != LinkState::Up) else {
        return html! {};
    };
    let tone = if link.state == LinkState::Refused {
        Tone::Bad
    } else {
        Tone::Warn
    };
    let words = |part: &str| lang.t(&format!("pasi-hindrance-{}{part}", found.as_str()));
    banner(tone, &words(""), &words("-do"), &[])
}

/// Says that our clock and PASI's differ, or that ours was set back since PASI last answered.
fn skew(lang: Lang, link: &Link, now: Instant) -> Markup {
    let (words, seconds) = match (link.set_back(now), link.clock_skew()) {
        (Some(back), _) => ("pasi-page-clock-back", back),
        (None, Some(ahead)) if ahead > 0 => ("pasi-page-clock-ahead", ahead),
        (None, Some(behind)) => ("pasi-page-clock-behind", -behind),
        (None, None) => return html! {},
    };
    let (unit, count) = match seconds {
        ..7_200 => ("minutes", (seconds + 59) / 60),
        7_200..172_800 => ("hours", seconds / 3_600),
        _ => ("days", seconds / 86_400),
    };
    let much = lang.tx(&format!("pasi-page-clock-{unit}"), &[("n", count.into())]);
    let title = lang.tx(words, &[("much", much.into())]);
    banner(Tone::Warn, &title, &lang.t("pasi-page-clock-do"), &[])
}

/// The warning about the certificate; nothing while there is time.
pub(crate) fn warning(lang: Lang, link: &Link, now: Instant) -> Markup {
    let Some((days, tone)) = link
        .certificate_days_left(now)
        .and_then(|days| Some((days, tone(link, now)?)))
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
        // Credentials that cannot be used leave no connector either.
        LinkState::Refused => (PillState::Blocked, "pasi-page-refused"),
        _ if !is_set_up => (PillState::Offline, "pasi-off"),
        LinkState::Up => (PillState::Ok, "pasi-connected"),
        LinkState::Down => (PillState::Offline, "pasi-away"),
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
    let state = match tone(link, now) {
        Some(Tone::Bad) => PillState::Blocked,
        Some(_) => PillState::Warning,
        None => PillState::Ok,
    };
    let left = lang.tx("pasi-page-days-left", &[("n", days.max(0).into())]);
    Some(html! { span class="num" { (until.date()) } " " (pill::pill(state, &left)) })
}

/// Is it older than a day's work may be?
fn is_old(at: Instant, now: Instant) -> bool {
    at.seconds_until(now) > OLD_HOURS * 3_600
}

fn freshness(lang: Lang, at: Instant, now: Instant) -> Markup {
    let state = if is_old(at, now) {
        PillState::Warning
    } else {
        PillState::Ok
    };
    ui::pill::pill(state, &lookup::moment(lang, at, now))
}

/// When both sides were last compared, and what had to be put right.
fn daily_card(lang: Lang, daily: &Daily, now: Instant) -> Markup {
    let last = daily.checked.iter().filter_map(|topic| topic.checked_at).min();
    let repaired = daily
        .checked
        .iter()
        .filter_map(|topic| Some((topic.repaired_at?, topic)))
        .max_by_key(|(at, _)| *at);
    let never = || html! { span class="dim" { (lang.t("pasi-page-never")) } };
    let mut facts = Facts::new()
        .fact(
            lang.t("pasi-page-compared"),
            last.map_or_else(never, |at| freshness(lang, at, now)),
        )
        .fact(
            lang.t("pasi-page-codes-read"),
            daily
                .codes
                .as_ref()
                .map_or_else(never, |codes| freshness(lang, codes.read_at, now)),
        );
    facts = facts.fact(
        lang.t("pasi-page-repaired"),
        match repaired {
            None => html! { span class="sub" { (lang.t("pasi-page-repaired-never")) } },
            Some((at, topic)) => html! {
                (lang.tx("pasi-page-repaired-records", &[("n", topic.repaired.into())]))
                " " span class="dim sm" { (topic.notification) " · " (lookup::moment(lang, at, now)) }
            },
        },
    );
    card::card(
        &card::Head::new("daily", lang.t("pasi-page-daily")),
        &html! { (facts.draw()) p class="sm sub mt" { (lang.t("pasi-page-daily-text")) } },
    )
}

/// The province's code values: how many, since when, what changed.
fn codes_card(lang: Lang, daily: &Daily, now: Instant) -> Markup {
    let Some(codes) = &daily.codes else {
        return html! {};
    };
    let columns = vec![
        Column::new(lang.t("pasi-page-code")),
        Column::new(lang.t("pasi-page-code-change")),
        Column::new(lang.t("pasi-page-code-before")).hide_on_phone(),
        Column::new(lang.t("pasi-page-code-after")),
        Column::new(lang.t("pasi-page-code-found")).hide_on_phone(),
    ];
    let rows = daily
        .changed
        .iter()
        .map(|change| {
            Row::new(vec![
                html! { span class="nw" { (class_words(lang, &change.code_class)) } " " b class="num" { (change.code_text) } },
                html! { (lang.t(&format!("pasi-page-code-{}", change.change_kind.as_str()))) },
                html! { span class="sub" { (change.before_value) } },
                html! { (change.after_value) },
                html! { span class="num nw" { (lookup::moment(lang, change.found_at, now)) } },
            ])
        })
        .collect();
    let table = Table::new(lang.t("pasi-page-codes"), columns)
        .rows(rows)
        .empty(ui::waiting::cleared(&lang.t("pasi-page-codes-same")))
        .draw(lang);
    let count = lang.tx("pasi-page-codes-count", &[("n", codes.values.into())]);
    card::bare_card(
        &card::Head::new("codes", lang.t("pasi-page-codes")).end(html! { span class="sm sub" { (count) } }),
        &table,
    )
}

/// The title of a class; its own name where the program does not know it.
fn class_words(lang: Lang, class: &str) -> String {
    codes::CodeSet::of_class(class).map_or_else(
        || class.to_owned(),
        |set| codes::set(set).title(lookup::tongue(lang)).to_owned(),
    )
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
        is_longer: false,
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
    let query = query([("q", q), ("before", before)]);
    format!("/pasi/connection{query}")
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
    use super::{OLD_HOURS, is_old};
    use kernel::Instant;

    #[test]
    fn a_day_s_work_is_old_after_a_day_and_a_half() {
        let now = Instant::from_micros(1_000_000_000_000_000);
        for (seconds, old) in [
            (0, false),
            (OLD_HOURS * 3_600, false),
            (OLD_HOURS * 3_600 + 1, true),
        ] {
            assert_eq!(is_old(now.plus_seconds(-seconds), now), old, "{seconds}");
        }
    }
}
