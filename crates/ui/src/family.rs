//! Pages for families: one column, large targets, no side navigation.

use maud::{Markup, html};

use crate::ctx::Theme;
use crate::shell::{self, Document, Settings, Title};
use crate::{Action, Icon, Lang, icon};

/// What the shell of a family page needs.
#[derive(Clone, Debug)]
pub struct FamilyCtx {
    /// Language of the page.
    pub lang: Lang,
    /// Path and query, where the language switch returns to.
    pub path: String,
    /// Token of the request.
    pub csrf: String,
    /// Name of the division.
    pub division: String,
    /// What the pages are for, as in "School registration 2027/28".
    pub purpose: String,
}

/// A whole family page: `aside` holds the steps (see [`crate::steps::beside`]), `body` the one h1 and its fields,
/// `bar` the buttons that stay at the foot.
pub fn page(ctx: &FamilyCtx, title: impl Into<Title>, aside: &Markup, body: &Markup, bar: &Markup) -> Markup {
    let content = html! {
        (shell::skip_link(ctx.lang))
        div class="fam" {
            header class="fam-top" {
                (shell::mark())
                div class="grow" { b { (ctx.division) } br; span class="sm sub" { (ctx.purpose) } }
                (shell::language_form(ctx.lang, &ctx.csrf, &ctx.path, "btn btn-s btn-n"))
            }
            main class="fam-main" id="main" tabindex="-1" { aside aria-label=(ctx.lang.t("steps")) { (aside) } div { (body) } }
            @if !bar.0.is_empty() { section class="fam-bar no-print" aria-label=(ctx.lang.t("family-bar")) { div { (bar) } } }
        }
        (shell::live_regions(ctx.lang))
    };
    let about = Document {
        lang: ctx.lang,
        theme: Theme::Device,
        title: title.into(),
        csrf: &ctx.csrf,
        settings: Settings::default(),
    };
    shell::document(&about, &content)
}

/// The foot of a step: back, when it was saved, and on. `form` is the id of the form that is sent.
pub fn bar(back: Option<&Action>, saved: &str, on: &Action) -> Markup {
    html! {
        @if let Some(back) = back { (back) }
        @if !saved.is_empty() { span class="sm sub row-x" id="saved" { (icon(Icon::CloudUp)) (saved) } }
        span class="grow" {}
        (on)
    }
}
