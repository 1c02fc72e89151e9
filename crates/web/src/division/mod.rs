//! The division office: schools and their calendars, accounts and roles, the
//! audit; each part for the roles that may open it.

pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod calendar;
pub(crate) mod import;
pub(crate) mod jobs;
pub(crate) mod mail;
pub(crate) mod school_there;
pub(crate) mod schools;
pub(crate) mod tie_new;
pub(crate) mod ties;
mod words;

use crate::App;
use crate::answer::PageResult;
use crate::context::{self, may};
use crate::who::Who;
use access::action::{Import, ManageAccounts, MassUpdate, ReadAudit, SetPasiPolicy, ViewSchools, ViewSystem};
use axum::extract::State;
use maud::{Markup, html};
use ui::ctx::Job;
use ui::head::PageHead;
use ui::{Icon, Lang, card, icon, icon_lg};

/// A part of the office: its name in the words, its address, its glyph.
pub(crate) type Part = (&'static str, &'static str, Icon);

/// The parts the acting role may open, in their order.
pub(crate) fn parts(app: &App, who: &Who) -> Vec<Part> {
    let standing = who.standing();
    let all = [
        (
            may::<ViewSchools>(standing),
            ("schools", "/division/schools", Icon::Building),
        ),
        (
            may::<MassUpdate>(standing),
            ("year", crate::students::year::HOME, Icon::Calendar),
        ),
        (
            may::<ManageAccounts>(standing),
            ("accounts", "/division/accounts", Icon::Users),
        ),
        (
            may::<Import>(standing),
            ("import", "/division/import", Icon::Upload),
        ),
        (
            may::<ReadAudit>(standing),
            ("audit", "/division/audit", Icon::ListSearch),
        ),
        (
            may::<ViewSystem>(standing),
            ("connection", "/pasi/connection", Icon::ArrowsExchange),
        ),
        (
            may::<ViewSystem>(standing),
            ("jobs", "/division/jobs", Icon::Refresh),
        ),
        (
            may::<ViewSystem>(standing) && app.site().sends_mail,
            ("mail", "/division/mail", Icon::Mail),
        ),
        (
            may::<SetPasiPolicy>(standing),
            ("policy", "/pasi/policy", Icon::Send),
        ),
    ];
    all.into_iter()
        .filter(|(is_open, _)| *is_open)
        .map(|(_, part)| part)
        .collect()
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    let ctx = context::of(&app, &who, Job::Division).await?;
    let lang = ctx.lang;
    let parts = parts(&app, &who);
    let body = html! {
        (PageHead::new(lang.t("nav-division")).facts(app.site().name.clone()).draw())
        @if parts.is_empty() {
            (card::unheaded_card(&lang.t("nav-division"), &ui::waiting::empty(&lang.t("division-nothing"), None)))
        } @else {
            (card::unheaded_card(&lang.t("nav-division"), &list(lang, &parts)))
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("nav-division"), body).into())
}

fn list(lang: Lang, parts: &[Part]) -> Markup {
    html! {
        ul class="list" {
            @for (name, href, glyph) in parts {
                li class="row-x" {
                    (icon_lg(*glyph))
                    div class="grow" {
                        a class="plain b" href=(href) { (lang.t(&format!("division-part-{name}"))) }
                        div class="sm sub" { (lang.t(&format!("division-part-{name}-text"))) }
                    }
                    (icon(Icon::ChevronRight))
                }
            }
        }
    }
}
