//! Facts: label and value, line by line; and bars that show shares without an inline style.

use maud::{Markup, Render, html};

use crate::Lang;

/// A list of facts. A value is any markup; an absent one shows a dash with words for assistive technology.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    rows: Vec<(String, Markup)>,
}

impl Facts {
    /// No facts yet.
    pub fn new() -> Facts {
        Facts::default()
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, label: impl Into<String>, value: impl Render) -> Facts {
        self.rows.push((label.into(), value.render()));
        self
    }

    /// Adds a fact with tabular figures: a date, a code, a number.
    #[must_use]
    pub fn figure(self, label: impl Into<String>, value: impl Render) -> Facts {
        self.fact(label, html! { span class="num" { (value) } })
    }

    /// Adds a fact that may not be recorded.
    #[must_use]
    pub fn maybe(self, lang: Lang, label: impl Into<String>, value: Option<impl Render>) -> Facts {
        match value {
            Some(value) => self.fact(label, value),
            None => self.fact(
                label,
                html! { span class="dim" { (lang.t("diff-not-recorded")) } },
            ),
        }
    }

    /// Draws the list.
    pub fn draw(&self) -> Markup {
        html! { dl class="dl" { @for (label, value) in &self.rows { dt { (label) } dd { (value) } } } }
    }
}

/// Colour of a share of a [`bar`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each variant is the state colour it draws; plain is the first colour of charts"
)]
pub enum Share {
    Ok,
    Late,
    Excused,
    Bad,
    Conflict,
    Info,
    Plain,
}

impl Share {
    fn class(self) -> &'static str {
        match self {
            Share::Ok => "sh-ok",
            Share::Late => "sh-late",
            Share::Excused => "sh-exc",
            Share::Bad => "sh-bad",
            Share::Conflict => "sh-conf",
            Share::Info => "sh-info",
            Share::Plain => "sh-plain",
        }
    }
}

/// A bar of shares of `total`; `label` says the same in words. What is left over stays empty.
pub fn bar(label: &str, total: u32, shares: &[(Share, u32)]) -> Markup {
    let total = total.max(1);
    let starts = shares.iter().scan(0_u32, |sum, (_, count)| {
        let start = *sum;
        *sum = sum.saturating_add(*count);
        Some(start)
    });
    let permille = |count: u32| u64::from(count.min(total)) * 1000 / u64::from(total);
    html! {
        svg class="bar-s" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label=(label) {
            @for ((share, count), start) in shares.iter().zip(starts) {
                @if *count > 0 { rect class=(share.class()) x=(permille(start)) width=(permille(*count).max(6)) height="10" {} }
            }
        }
    }
}

/// One large figure with its words: `91.3 %` *present*.
pub fn figure(value: &str, words: &str) -> Markup {
    html! { div { b class="big num" { (value) } div class="sm dim" { (words) } } }
}
