//! Navigation by job: at the side, at the foot of a phone, and the state of the exchange with the province.

use maud::{Markup, html};

use super::address;
use crate::ctx::{Ctx, Job, NavItem, PasiFoot, PasiState};
use crate::{Icon, Lang, icon, icon_lg};

/// The side navigation with its foot.
pub(super) fn side(ctx: &Ctx) -> Markup {
    let (day, office): (Vec<&NavItem>, Vec<&NavItem>) =
        ctx.nav.iter().partition(|item| !item.job.is_office());
    html! {
        nav class="lp-side no-print" aria-label=(ctx.lang.t("nav-main")) {
            (items(ctx, &day))
            @if !day.is_empty() && !office.is_empty() { hr; }
            (items(ctx, &office))
            @if let Some(foot) = &ctx.pasi { (pasi_foot(ctx.lang, foot)) }
        }
    }
}

fn items(ctx: &Ctx, items: &[&NavItem]) -> Markup {
    html! {
        @if !items.is_empty() {
            ul {
                @for item in items {
                    li {
                        a href=(item.href) aria-current=[current(ctx, item.job)] data-go=(item.job.letter()) {
                            (icon_lg(item.job.icon()))
                            span { (ctx.lang.t(item.job.words())) }
                            @if item.open > 0 {
                                span class="n" {
                                    span class="visually-hidden" { (ctx.lang.t("nav-open-items")) }
                                    (ctx.lang.number(item.open.into()))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn current(ctx: &Ctx, job: Job) -> Option<&'static str> {
    (ctx.job == Some(job)).then_some("page")
}

fn pasi_foot(lang: Lang, foot: &PasiFoot) -> Markup {
    let (dot, words) = match foot.state {
        PasiState::Connected => ("dot", "pasi-connected"),
        PasiState::Slow => ("dot warn", "pasi-slow"),
        PasiState::Away => ("dot bad", "pasi-away"),
        PasiState::Off => ("dot off", "pasi-off"),
    };
    let last = match &foot.last_exchange {
        Some(time) => lang.tx("pasi-foot-last", &[("time", time.into())]),
        None => lang.t("pasi-foot-none"),
    };
    let waiting = lang.tx("pasi-foot-waiting", &[("n", foot.waiting.into())]);
    html! {
        div class="lp-foot num" id="pasi-foot" {
            span class=(dot) {} " " b { (lang.t(words)) } br;
            (last) br;
            @match &foot.href {
                Some(href) => a href=(href) { (waiting) },
                None => (waiting),
            }
        }
    }
}

/// Up to four jobs and "More" at the foot of a phone.
pub(super) fn phone(ctx: &Ctx) -> Markup {
    const ON_PHONE: [Job; 4] = [Job::Today, Job::Attendance, Job::Assessment, Job::Students];
    let mut chosen: Vec<&NavItem> = ON_PHONE
        .iter()
        .filter_map(|job| ctx.nav.iter().find(|item| item.job == *job))
        .collect();
    for item in &ctx.nav {
        if chosen.len() < ON_PHONE.len()
            && !chosen.iter().any(|shown| shown.job == item.job)
            && item.job != Job::Settings
        {
            chosen.push(item);
        }
    }
    let elsewhere = ctx
        .job
        .is_some_and(|job| !chosen.iter().any(|item| item.job == job));
    html! {
        nav class="lp-tabs no-print" aria-label=(ctx.lang.t("nav-phone")) {
            @for item in &chosen {
                a href=(item.href) aria-current=[current(ctx, item.job)] { (icon(item.job.icon())) (ctx.lang.t(item.job.words())) }
            }
            a href=(address::MORE) aria-current=[elsewhere.then_some("page")] { (icon(Icon::Menu2)) (ctx.lang.t("nav-more")) }
        }
    }
}
