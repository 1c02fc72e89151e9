//! Buttons and links that do something: a verb, at most one glyph, one of four ranks.

use maud::{Escaper, Markup, PreEscaped, Render, html};

use crate::{Icon, icon};

/// What a press does.
#[derive(Clone, Debug)]
enum Target {
    Link(String),
    Submit {
        name: Option<(String, String)>,
        to: Option<String>,
    },
    Opens(String),
    Closes,
    Script,
}

/// A button or a link drawn as one. Made with a verb and what it does; then refined.
#[derive(Clone, Debug)]
pub struct Action {
    label: String,
    spoken: Option<String>,
    target: Target,
    glyph: Option<Icon>,
    icon_only: bool,
    class: String,
    key: Option<&'static str>,
    disabled: bool,
    attributes: Vec<(&'static str, String)>,
}

impl Action {
    fn new(label: impl Into<String>, target: Target) -> Action {
        Action {
            label: label.into(),
            spoken: None,
            target,
            glyph: None,
            icon_only: false,
            class: String::from("btn"),
            key: None,
            disabled: false,
            attributes: Vec::new(),
        }
    }

    /// Goes to a page.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Action {
        Action::new(label, Target::Link(href.into()))
    }

    /// Sends the form it stands in.
    pub fn submit(label: impl Into<String>) -> Action {
        Action::new(label, Target::Submit { name: None, to: None })
    }

    /// Opens the `<dialog>` with this id.
    pub fn opens(label: impl Into<String>, dialog: impl Into<String>) -> Action {
        Action::new(label, Target::Opens(dialog.into()))
    }

    /// Closes the dialog it stands in.
    pub fn closes(label: impl Into<String>) -> Action {
        Action::new(label, Target::Closes)
    }

    /// Does what its attributes say: `hx-…` requests and the `data-…` hooks of the scripts.
    pub fn scripted(label: impl Into<String>) -> Action {
        Action::new(label, Target::Script)
    }

    /// Sends this name and value with the form, so that one form can have several outcomes.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>, value: impl Into<String>) -> Action {
        if let Target::Submit { name: sent, .. } = &mut self.target {
            *sent = Some((name.into(), value.into()));
        }
        self
    }

    /// Sends the form to this address instead of the form's own.
    #[must_use]
    pub fn to(mut self, address: impl Into<String>) -> Action {
        if let Target::Submit { to, .. } = &mut self.target {
            *to = Some(address.into());
        }
        self
    }

    /// A glyph before the words.
    #[must_use]
    pub fn icon(mut self, glyph: Icon) -> Action {
        self.glyph = Some(glyph);
        self
    }

    /// The glyph alone; the words become the accessible name.
    #[must_use]
    pub fn icon_only(mut self, glyph: Icon) -> Action {
        self.glyph = Some(glyph);
        self.icon_only = true;
        self.class.push_str(" btn-i");
        self
    }

    /// The one main action of its page or card.
    #[must_use]
    pub fn primary(mut self) -> Action {
        self.class.push_str(" btn-p");
        self
    }

    /// Without a border.
    #[must_use]
    pub fn quiet(mut self) -> Action {
        self.class.push_str(" btn-q");
        self
    }

    /// Destroys or withdraws something.
    #[must_use]
    pub fn danger(mut self) -> Action {
        self.class.push_str(" btn-d");
        self
    }

    /// 28 px high.
    #[must_use]
    pub fn small(mut self) -> Action {
        self.class.push_str(" btn-s");
        self
    }

    /// A further class, such as `hide-ph` or `full`.
    #[must_use]
    pub fn class(mut self, class: &str) -> Action {
        self.class.push(' ');
        self.class.push_str(class);
        self
    }

    /// The longer name read by assistive technology; it must begin with the words shown.
    #[must_use]
    pub fn spoken(mut self, label: impl Into<String>) -> Action {
        self.spoken = Some(label.into());
        self
    }

    /// The key that presses it while focus is not in a field; printed beside it by the keys dialog.
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Action {
        self.key = Some(key);
        self
    }

    /// Shown, but not to be pressed now; say nearby why.
    #[must_use]
    pub fn disabled(mut self) -> Action {
        self.disabled = true;
        self
    }

    /// A further attribute: `hx-get`, `data-…`. Never `style` or `on…`, which the security policy refuses.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Action {
        debug_assert!(
            name != "style" && !name.starts_with("on"),
            "{name} is refused by the security policy"
        );
        self.attributes.push((name, value.into()));
        self
    }

    fn inner(&self) -> Markup {
        html! {
            @if let Some(glyph) = self.glyph { (icon(glyph)) }
            @if !self.icon_only { (self.label) }
        }
    }

    fn spoken_label(&self) -> Option<&str> {
        self.spoken
            .as_deref()
            .or(self.icon_only.then_some(self.label.as_str()))
    }

    /// The opening tag is written by hand because its attributes are open-ended; each value is escaped.
    fn open(&self, tag: &str, fixed: &[(&str, Option<&str>)]) -> PreEscaped<String> {
        let mut out = format!("<{tag}");
        let own = [
            ("class", Some(self.class.as_str())),
            ("aria-label", self.spoken_label()),
            ("data-key", self.key),
        ];
        let free = self
            .attributes
            .iter()
            .map(|(name, value)| (*name, Some(value.as_str())));
        for (name, value) in own.into_iter().chain(fixed.iter().copied()).chain(free) {
            if let Some(value) = value {
                attribute(&mut out, name, value);
            }
        }
        if self.disabled && tag == "button" {
            out.push_str(" disabled");
        }
        out.push('>');
        PreEscaped(out)
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    use std::fmt::Write as _;
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    let _ = write!(Escaper::new(out), "{value}");
    out.push('"');
}

impl Render for Action {
    fn render(&self) -> Markup {
        let open = match &self.target {
            Target::Link(href) if self.disabled => self.open(
                "a",
                &[
                    ("role", Some("link")),
                    ("aria-disabled", Some("true")),
                    ("data-href", Some(href)),
                ],
            ),
            Target::Link(href) => self.open("a", &[("href", Some(href))]),
            Target::Submit { name, to } => self.open(
                "button",
                &[
                    ("type", Some("submit")),
                    ("name", name.as_ref().map(|(name, _)| name.as_str())),
                    ("value", name.as_ref().map(|(_, value)| value.as_str())),
                    ("formaction", to.as_deref()),
                ],
            ),
            Target::Opens(dialog) => {
                self.open("button", &[("type", Some("button")), ("data-open", Some(dialog))])
            }
            Target::Closes => self.open("button", &[("type", Some("button")), ("data-close", Some(""))]),
            Target::Script => self.open("button", &[("type", Some("button"))]),
        };
        let close = if matches!(self.target, Target::Link(_)) {
            "</a>"
        } else {
            "</button>"
        };
        html! { (open) (self.inner()) (PreEscaped(close)) }
    }
}

/// The hidden field every form carries against forged requests.
pub fn csrf_field(token: &str) -> Markup {
    html! { input type="hidden" name="csrf" value=(token); }
}

/// What the page shows of other systems' copies, for a form; nothing for a page that shows none.
pub fn seen_field(seen: &str) -> Markup {
    html! { @if !seen.is_empty() { input type="hidden" name="seen-there" value=(seen); } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_action_says_what_it_does() {
        for (action, want) in [
            (
                Action::link("Edit", "/a?b=1&c=2"),
                r#"<a class="btn" href="/a?b=1&amp;c=2">Edit</a>"#,
            ),
            (
                Action::submit("Save").primary(),
                r#"<button class="btn btn-p" type="submit">Save</button>"#,
            ),
            (
                Action::submit("Keep").named("act", "keep"),
                r#"<button class="btn" type="submit" name="act" value="keep">Keep</button>"#,
            ),
            (
                Action::opens("Delete", "d1").danger(),
                r#"<button class="btn btn-d" type="button" data-open="d1">Delete</button>"#,
            ),
            (
                Action::scripted("More").with("hx-get", "/x\"y"),
                r#"<button class="btn" type="button" hx-get="/x&quot;y">More</button>"#,
            ),
        ] {
            assert_eq!(action.render().into_string(), want);
        }
    }

    #[test]
    fn a_glyph_alone_keeps_its_words_as_a_name() {
        let drawn = Action::scripted("Close")
            .icon_only(Icon::X)
            .render()
            .into_string();
        assert!(drawn.contains(r#"aria-label="Close""#) && !drawn.contains(">Close<"));
    }
}
