//! The foot of printed pages.

use maud::{Markup, html};

use crate::Lang;

/// What stands at the foot of each printed page.
#[derive(Clone, Debug)]
pub struct Foot<'a> {
    /// The student, or the school; empty for a list.
    pub about: &'a str,
    /// The document.
    pub document: &'a str,
    /// Its version; empty for none.
    pub version: &'a str,
    /// Who printed.
    pub printed_by: &'a str,
    /// When, as `yyyy-MM-dd H:mm`.
    pub when: &'a str,
    /// Protection class, as in "Protected B".
    pub protection: &'a str,
}

/// Draws the foot; it is seen on paper alone.
pub fn foot(lang: Lang, foot: &Foot<'_>) -> Markup {
    let version =
        (!foot.version.is_empty()).then(|| lang.tx("print-version", &[("version", foot.version.into())]));
    let printed = lang.tx(
        "print-by",
        &[("name", foot.printed_by.into()), ("when", foot.when.into())],
    );
    let parts = [
        Some(foot.about.into()),
        Some(foot.document.into()),
        version,
        Some(printed),
        Some(foot.protection.into()),
    ];
    let shown: Vec<std::borrow::Cow<'_, str>> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    html! { div class="print-foot" { (shown.join(" · ")) } }
}
