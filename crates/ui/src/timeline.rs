//! Timeline and audit: who, what, old to new, clock time; the newest first.

use maud::{Markup, html};

use crate::Lang;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Moment {
    /// What it was about, in bold.
    pub what: String,
    /// The rest of the sentence: old to new, by whom.
    pub detail: String,
    /// Clock time in the language.
    pub when: String,
    /// Whether it is the state now.
    pub now: bool,
}

/// Draws the moments in the order given.
pub fn timeline(lang: Lang, moments: &[Moment]) -> Markup {
    html! {
        @if moments.is_empty() {
            p class="sub m-0" { (lang.t("timeline-empty")) }
        } @else {
            ul class="tl sm" {
                @for moment in moments {
                    li class=[moment.now.then_some("now")] {
                        b { (moment.what) } " " (moment.detail) br; span class="dim num" { (moment.when) }
                    }
                }
            }
        }
    }
}
