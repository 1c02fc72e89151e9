//! Above the rows: title, what was just done, the certificate, the tabs.

use super::asked::TABS;
use super::{Asked, Shown};
use crate::context::may;
use crate::listing;
use crate::who::Who;
use access::action::{DecidePasi, Export, ViewSystem};
use kernel::Instant;
use maud::{Markup, html};
use pasi::{QueueCounts, QueueFilter};
use ui::ctx::Ctx;
use ui::head::PageHead;
use ui::notice::{Tone, banner};
use ui::tabs::Tab;
use ui::{Action, Icon, Lang};

/// What was just done, in a sentence; nothing for what was never done.
pub(super) fn said(lang: Lang, asked: &Asked) -> Markup {
    let mut parts = asked.said.split('.');
    let words = match parts.next().unwrap_or_default() {
        "checked" => "pasi-said-checked",
        "checking" => "pasi-said-checking",
        "away" => "pasi-said-away",
        "off" => "pasi-said-off",
        "sent" => "pasi-said-sent",
        _ => return html! {},
    };
    let mut number = || {
        let part = parts.next().and_then(|part| part.parse::<i64>().ok());
        part.unwrap_or(0).clamp(0, 1_000_000)
    };
    let (one, other) = (number(), number());
    let text = lang.tx(words, &[("n", one.into()), ("m", other.into())]);
    let tone = match words {
        "pasi-said-away" | "pasi-said-off" => Tone::Warn,
        _ => Tone::Info,
    };
    html! { div class="mb" role="status" { (banner(tone, &text, "", &[])) } }
}

/// A certificate that runs out soon is seen where the work is, by those who can renew it.
pub(super) fn certificate(lang: Lang, who: &Who, shown: &Shown, now: Instant) -> Markup {
    if !may::<ViewSystem>(who.standing()) {
        return html! {};
    }
    let warning = super::super::connection::warning(lang, &shown.link, now);
    html! { @if !warning.0.is_empty() { div class="mb" { (warning) } } }
}

pub(super) fn head(ctx: &Ctx, who: &Who, asked: &Asked, shown: &Shown) -> Markup {
    let lang = ctx.lang;
    let mut facts = vec![
        lang.tx(
            "pasi-page-in-sync",
            &[("n", shown.in_sync.into()), ("total", shown.students.into())],
        )
        .into_owned(),
    ];
    if let Some(foot) = &ctx.pasi {
        let last = foot.last_exchange.as_deref();
        facts.extend(last.map(|time| lang.tx("pasi-page-last", &[("time", time.into())]).into_owned()));
        facts.push(
            lang.tx("pasi-page-waiting", &[("n", foot.waiting.into())])
                .into_owned(),
        );
    }
    let mut head = PageHead::new(lang.t("pasi-page-title")).facts(facts.join(" · "));
    if may::<ViewSystem>(who.standing()) {
        head = head.action(
            Action::link(lang.t("pasi-page-connection"), "/pasi/connection")
                .icon(Icon::Certificate)
                .quiet(),
        );
    }
    let may_check = may::<DecidePasi>(who.standing());
    if may_check {
        head = head.action(
            Action::submit(lang.t("pasi-page-check"))
                .icon(Icon::Refresh)
                .with("form", "check-now"),
        );
    }
    let to = |format: &str| format!("/pasi/export{}", asked.in_format(format).query());
    html! {
        (head.draw())
        @if may::<Export>(who.standing()) {
            div class="row-x wrap no-print mb" { @for action in listing::exports(lang, to) { (action.small()) } }
        }
        @if may_check {
            form id="check-now" method="post" action={ "/pasi/check" (asked.opening("").query()) } data-guard {
                (ui::action::csrf_field(&ctx.csrf))
            }
        }
    }
}

pub(super) fn tabs(lang: Lang, asked: &Asked, counts: &QueueCounts) -> Vec<Tab> {
    let count = |filter| match filter {
        QueueFilter::ToDo => counts.to_do(),
        QueueFilter::Rejected => counts.rejected,
        QueueFilter::Conflicts => counts.conflicts,
        QueueFilter::Warnings => counts.warnings,
        QueueFilter::Advice => counts.advice,
        QueueFilter::Approval => counts.approval,
        QueueFilter::Waiting => counts.waiting,
        QueueFilter::DoneToday => counts.done_today,
    };
    let tab = |(name, filter): &(&str, QueueFilter)| {
        let tab = if *name == "to-do" {
            String::new()
        } else {
            (*name).to_owned()
        };
        let href = Asked {
            tab,
            ..asked.opening("")
        }
        .path();
        Tab::new(lang.t(&format!("pasi-page-tab-{name}")), href)
            .count(u32::try_from(count(*filter)).unwrap_or(u32::MAX))
            .current(*filter == asked.filter())
    };
    TABS.iter().map(tab).collect()
}
