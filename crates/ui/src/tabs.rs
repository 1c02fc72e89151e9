//! Tabs that are links, with counts; and segmented links of two to four views.

use maud::{Markup, html};

use crate::Lang;

/// One tab.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Words shown.
    pub label: String,
    /// Its address.
    pub href: String,
    /// A count beside the words.
    pub count: Option<u32>,
    /// Whether it is the one on screen.
    pub current: bool,
}

impl Tab {
    /// A tab without a count.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Tab {
        Tab {
            label: label.into(),
            href: href.into(),
            count: None,
            current: false,
        }
    }

    /// With a count.
    #[must_use]
    pub fn count(mut self, count: u32) -> Tab {
        self.count = Some(count);
        self
    }

    /// As the one on screen when `current` holds.
    #[must_use]
    pub fn current(mut self, current: bool) -> Tab {
        self.current = current;
        self
    }
}

/// A row of tabs, named by `label`.
pub fn tabs(lang: Lang, label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav class="tabs" aria-label=(label) {
            @for tab in tabs {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.label)
                    @if let Some(count) = tab.count { " " span class="n num" { (lang.number(count.into())) } }
                }
            }
        }
    }
}

/// Two to four views of the same thing, as joined links.
pub fn segmented(label: &str, views: &[Tab]) -> Markup {
    html! {
        nav class="seg" aria-label=(label) {
            @for view in views { a href=(view.href) aria-current=[view.current.then_some("page")] { (view.label) } }
        }
    }
}
