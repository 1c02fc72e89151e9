//! Banners inside a page and toasts after a finished action. An error is never a toast.

use maud::{Markup, html};

use crate::action::{csrf_field, seen_field};
use crate::{Action, Icon, Lang, icon};

/// What a banner is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neutral.
    Plain,
    /// Good to know.
    Info,
    /// Offline, due, late.
    Warn,
    /// Refused or failed.
    Bad,
    /// Conflict with the province.
    Conflict,
}

impl Tone {
    fn look(self) -> (&'static str, Icon) {
        match self {
            Tone::Plain => ("ban", Icon::InfoCircle),
            Tone::Info => ("ban info", Icon::InfoCircle),
            Tone::Warn => ("ban warn", Icon::AlertTriangle),
            Tone::Bad => ("ban bad", Icon::AlertCircle),
            Tone::Conflict => ("ban conf", Icon::GitCompare),
        }
    }
}

/// A banner: a bold first sentence, the rest, and what can be done.
pub fn banner(tone: Tone, title: &str, text: &str, actions: &[Action]) -> Markup {
    let (class, glyph) = tone.look();
    html! {
        div class=(class) {
            (icon(glyph))
            p class="grow" { b { (title) } " " (text) }
            @if !actions.is_empty() { span class="end" { @for action in actions { (action) } } }
        }
    }
}

/// How to take an action back.
#[derive(Clone, Debug)]
pub struct Undo<'a> {
    /// POST here undoes it.
    pub action: &'a str,
    /// Token of the request.
    pub csrf: &'a str,
    /// What the page shows of other systems' copies; may be empty.
    pub seen: &'a str,
}

/// A toast: a finished action, undone within eight seconds. Placed anywhere in a page or a fragment; the script moves
/// it to its corner and announces it. Without a script it stays where it is.
pub fn toast(lang: Lang, text: &str, undo: Option<&Undo<'_>>) -> Markup {
    html! {
        div class="toast-x no-print" data-toast {
            span class="grow" { (text) }
            @if let Some(undo) = undo {
                form method="post" action=(undo.action) data-guard {
                    (csrf_field(undo.csrf))
                    (seen_field(undo.seen))
                    button class="btn btn-s" type="submit" { (lang.t("undo")) }
                }
            }
            button class="btn btn-s btn-i" type="button" data-dismiss aria-label=(lang.t("close")) { (icon(Icon::X)) }
        }
    }
}
