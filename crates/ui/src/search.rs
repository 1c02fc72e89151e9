//! Results of the find dialog: one list of students, staff, pages and actions, sent as one types.

use maud::{Markup, html};

use crate::avatar::{self, Size};
use crate::{Icon, Lang, icon, shell};

/// What a result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A student; drawn with initials.
    Student,
    /// A member of staff.
    Staff,
    /// A page or an action, with its glyph.
    Page(Icon),
}

/// One result.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// The name, as matched.
    pub name: String,
    /// The rest of the line: ASN, grade, school.
    pub detail: String,
    /// Where Enter leads.
    pub href: String,
    /// Whether a disclosure restriction stands: the shield is shown.
    pub restricted: bool,
}

/// The fragment the dialog asks for: a link with `role="option"` for each result, then a line for the live region.
pub fn results(lang: Lang, found: &[Found]) -> Markup {
    let list = html! {
        @for (at, one) in found.iter().enumerate() {
            li role="none" {
                a role="option" id={ "find-" (at) } aria-selected=(if at == 0 { "true" } else { "false" }) href=(one.href) tabindex="-1" {
                    @match one.kind {
                        Kind::Student | Kind::Staff => (avatar::initials(&one.name, Size::S26)),
                        Kind::Page(glyph) => (icon(glyph)),
                    }
                    span class="grow" { (one.name) @if !one.detail.is_empty() { " " span class="dim num" { "· " (one.detail) } } }
                    @if one.restricted { span class="p bad sq" { (icon(Icon::ShieldLock)) (lang.t("search-restricted")) } }
                    @if at == 0 { kbd { "Enter" } }
                }
            }
        }
        template data-note { (note(lang, found.len())) }
    };
    shell::fragment(list)
}

/// The same results as a page body, for a browser without scripts.
pub fn results_page(lang: Lang, query: &str, found: &[Found]) -> Markup {
    html! {
        div class="lp-head" { div class="grow" { h1 { (lang.t("find")) } p { (note(lang, found.len())) } } }
        section class="card" aria-label=(lang.t("find-results")) {
            form method="get" action=(shell::address::SEARCH) role="search" class="filters" {
                input class="form-control" type="search" name="q" value=(query) aria-label=(lang.t("find-label"));
                (crate::Action::submit(lang.t("find")).icon(Icon::Search))
            }
            ul class="list" {
                @for one in found {
                    li class="row-x" {
                        a class="plain b" href=(one.href) { (one.name) }
                        span class="dim num" { (one.detail) }
                        @if one.restricted { span class="p bad sq" { (icon(Icon::ShieldLock)) (lang.t("search-restricted")) } }
                    }
                }
            }
        }
    }
}

fn note(lang: Lang, count: usize) -> std::borrow::Cow<'static, str> {
    if count == 0 {
        lang.t("find-none")
    } else {
        lang.tx("find-count", &[("n", count.into())])
    }
}
