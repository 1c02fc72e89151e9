//! Cards: a head with a heading, a body. Cards are never nested.

use maud::{Markup, html};
use std::borrow::Cow;

/// A card's head: its heading, what stands beside it, and what stands at the end of the line.
#[derive(Clone, Debug)]
pub struct Head {
    /// Id of the heading; unique on the page. The card is named by it.
    pub id: Cow<'static, str>,
    /// The heading.
    pub title: String,
    /// Beside the heading: a pill, a note.
    pub beside: Markup,
    /// At the end: a link, small buttons.
    pub end: Markup,
}

impl Head {
    /// A head with its heading alone.
    pub fn new(id: impl Into<Cow<'static, str>>, title: impl Into<String>) -> Head {
        Head {
            id: id.into(),
            title: title.into(),
            beside: Markup::default(),
            end: Markup::default(),
        }
    }

    /// Puts a pill or a note beside the heading.
    #[must_use]
    pub fn beside(mut self, beside: Markup) -> Head {
        self.beside = beside;
        self
    }

    /// Puts a link or small buttons at the end of the line.
    #[must_use]
    pub fn end(mut self, end: Markup) -> Head {
        self.end = end;
        self
    }
}

fn drawn_head(head: &Head) -> Markup {
    html! {
        div class="ch" {
            h2 id=(head.id) { (head.title) }
            (head.beside)
            @if !head.end.0.is_empty() { span class="end" { (head.end) } }
        }
    }
}

/// A card whose body has the usual padding.
pub fn card(head: &Head, body: &Markup) -> Markup {
    bare_card(head, &html! { div class="cb" { (body) } })
}

/// A card whose body reaches the edges: tables, lists, differences.
pub fn bare_card(head: &Head, body: &Markup) -> Markup {
    html! { section class="card" aria-labelledby=(head.id) { (drawn_head(head)) (body) } }
}

/// A card without a head, named by words that are not drawn.
pub fn unheaded_card(label: &str, body: &Markup) -> Markup {
    html! { section class="card" aria-label=(label) { (body) } }
}
