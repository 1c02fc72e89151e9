//! The head of a page: breadcrumb, one h1, one line of facts, at most three buttons with the primary last.

use maud::{Markup, html};

use crate::{Action, Icon, icon};

/// One step of a breadcrumb.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Words shown.
    pub label: String,
    /// Where it leads; `None` for the last step.
    pub href: Option<String>,
}

impl Crumb {
    /// A step that leads somewhere.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Crumb {
        Crumb {
            label: label.into(),
            href: Some(href.into()),
        }
    }

    /// The last step.
    pub fn here(label: impl Into<String>) -> Crumb {
        Crumb {
            label: label.into(),
            href: None,
        }
    }
}

/// The steps above a heading.
pub fn breadcrumb(crumbs: &[Crumb]) -> Markup {
    html! {
        @for (at, crumb) in crumbs.iter().enumerate() {
            @if at > 0 { " " (icon(Icon::ChevronRight)) " " }
            @match &crumb.href {
                Some(href) => a href=(href) { (crumb.label) },
                None => span { (crumb.label) },
            }
        }
    }
}

/// The head of a page.
#[derive(Clone, Debug, Default)]
pub struct PageHead {
    crumbs: Vec<Crumb>,
    title: String,
    facts: String,
    actions: Vec<Action>,
}

impl PageHead {
    /// A head with its h1.
    pub fn new(title: impl Into<String>) -> PageHead {
        PageHead {
            title: title.into(),
            ..PageHead::default()
        }
    }

    /// Steps above the h1.
    #[must_use]
    pub fn crumbs(mut self, crumbs: Vec<Crumb>) -> PageHead {
        self.crumbs = crumbs;
        self
    }

    /// One line below the h1; parts are joined by a middle dot by the caller.
    #[must_use]
    pub fn facts(mut self, facts: impl Into<String>) -> PageHead {
        self.facts = facts.into();
        self
    }

    /// A button; the third and last is the primary one. A fourth would belong in a menu.
    #[must_use]
    pub fn action(mut self, action: Action) -> PageHead {
        debug_assert!(self.actions.len() < 3, "a page head has at most three buttons");
        self.actions.push(action);
        self
    }

    /// Draws the head.
    pub fn draw(&self) -> Markup {
        html! {
            div class="lp-head" {
                div class="grow" {
                    @if !self.crumbs.is_empty() { div class="crumb" { (breadcrumb(&self.crumbs)) } }
                    h1 { (self.title) }
                    @if !self.facts.is_empty() { p class="num" { (self.facts) } }
                }
                @if !self.actions.is_empty() {
                    div class="row-x wrap" { @for action in &self.actions { (action) } }
                }
            }
        }
    }
}
