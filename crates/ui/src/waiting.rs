//! What stands where data does not: loading, empty, failed. What a role may not open is a page of `error_page.rs`.

use maud::{Markup, html};

use crate::{Action, Icon, Lang, icon};

/// Skeleton rows of the real height: invisible for 150 ms; after 4 s a sentence and a way to try again.
pub fn loading(lang: Lang, rows: u8, again: &str) -> Markup {
    html! {
        div class="skel" aria-busy="true" {
            span class="visually-hidden" { (lang.t("loading")) }
            @for row in 0..rows { div class="sk-row" aria-hidden="true" {
                span class={ "sk sk-" (row % 3 + 1) } {} span class="sk" {} span class="sk" {}
            } }
            p class="empty-s late m-0" { (lang.t("loading-late")) " " a href=(again) { (lang.t("try-again")) } }
        }
    }
}

/// Nothing here: one sentence why, at most one action.
pub fn empty(text: &str, action: Option<&Action>) -> Markup {
    html! { div class="empty-s" { p { (text) } @if let Some(action) = action { (action) } } }
}

/// Cleared work says so: "All 23 done. Next check 14:00."
pub fn cleared(text: &str) -> Markup {
    html! { div class="empty-s" { (icon(Icon::CircleCheck)) p { (text) } } }
}

/// A part that failed: what, what is kept, what to do, a reference number.
pub fn failed(lang: Lang, reference: &str, again: &str) -> Markup {
    html! {
        div class="empty-s" role="alert" {
            (icon(Icon::AlertTriangle))
            p { b { (lang.t("error-what")) } " " (lang.t("error-kept")) }
            p { a class="btn" href=(again) { (icon(Icon::Refresh)) (lang.t("try-again")) } }
            p class="sm m-0" { (lang.t("error-reference")) " " span class="code" { (reference) } }
        }
    }
}
