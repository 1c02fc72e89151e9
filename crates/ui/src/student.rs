//! The student header, on every page about a student: gate, identity, badges, tabs, in this order.

use maud::{Markup, html};

use crate::avatar::{self, Size};
use crate::form::{Field, Form};
use crate::pill::{Badge, badge};
use crate::tabs::{Tab, tabs};
use crate::{Action, Icon, Lang, icon, icon_lg};

/// A disclosure restriction in plain words. It is read before any detail.
#[derive(Clone, Debug)]
pub struct Gate {
    /// The first sentence, as in "Court order in effect."
    pub title: String,
    /// Who may pick up, what not to say: the record's own wording.
    pub text: String,
    /// Opens the order itself.
    pub action: Option<Action>,
}

/// A name as two systems hold it.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// `Last, First Middle`; a last name `LNU` is left out by the caller.
    pub listed: String,
    /// The name used, when it differs and its consent state allows it.
    pub goes_by: Option<String>,
    /// As sent to the province, when its characters differ.
    pub sent_as: Option<String>,
}

/// Who the student is.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// The names.
    pub name: Name,
    /// Address of the photograph; initials without one.
    pub photo: Option<String>,
    /// `####-####-#`; `None` before there is one.
    pub asn: Option<String>,
    /// Grade.
    pub grade: String,
    /// Homeroom; empty for none.
    pub homeroom: String,
    /// School.
    pub school: String,
    /// `yyyy-MM-dd`.
    pub born: String,
    /// Age in whole years.
    pub age: u8,
    /// The division's own number; empty for none.
    pub local_number: String,
}

/// Place in the list the reader came from.
#[derive(Clone, Debug)]
pub struct Place {
    /// From 1.
    pub at: usize,
    /// Length of the list.
    pub total: usize,
    /// The one before.
    pub previous: Option<String>,
    /// The one after.
    pub next: Option<String>,
}

/// The header of a student's pages.
#[derive(Clone, Debug)]
pub struct StudentHeader {
    /// Restrictions; the gravest first. Empty for none.
    pub gates: Vec<Gate>,
    /// Who the student is.
    pub identity: Identity,
    /// Badges in any order; drawn in the order of [`crate::pill::BadgeKind`].
    pub badges: Vec<Badge>,
    /// The pages of the record.
    pub tabs: Vec<Tab>,
    /// At most two buttons.
    pub actions: Vec<Action>,
}

/// Draws the header. It holds the page's h1.
pub fn student_header(lang: Lang, header: &StudentHeader) -> Markup {
    let mut badges: Vec<&Badge> = header.badges.iter().collect();
    badges.sort_by_key(|badge| badge.kind);
    html! {
        section class="card mb" aria-label=(lang.t("student-header")) {
            @for gate in &header.gates { (gate_line(gate)) }
            div class="sh" {
                (portrait(lang, &header.identity))
                div class="grow stack-s" {
                    (names(lang, &header.identity.name))
                    (facts(lang, &header.identity))
                    @if !badges.is_empty() { div class="row-x wrap gap-s" { @for one in badges { (badge(one)) } } }
                }
                @if !header.actions.is_empty() { div class="row-x top hide-ph" { @for action in &header.actions { (action) } } }
            }
            (tabs(lang, &lang.t("student-record"), &header.tabs))
        }
    }
}

/// The header for a reader who may know whose record it is and nothing of its details: the restrictions, then the name.
pub fn brief_header(lang: Lang, gates: &[Gate], listed: &str, local_number: &str) -> Markup {
    html! {
        section class="card mb" aria-label=(lang.t("student-header")) {
            @for gate in gates { (gate_line(gate)) }
            div class="sh" {
                (avatar::initials(listed, Size::S92))
                div class="grow stack-s" {
                    div class="row-x wrap" { h1 { (listed) } }
                    div class="sh-f num" { span { (lang.t("student-local")) " " b { (local_number) } } }
                }
            }
        }
    }
}

/// One line that is read before any detail.
pub fn gate_line(gate: &Gate) -> Markup {
    html! {
        div class="gate" {
            (icon_lg(Icon::ShieldLock))
            div class="grow" { b { (gate.title) } " " (gate.text) }
            @if let Some(action) = &gate.action { (action) }
        }
    }
}

/// What stands in place of the page while a restriction of the kind "caution" has not been read.
/// `address` takes the confirmation, which is audited.
pub fn covered(lang: Lang, gate: &Gate, address: &str, csrf: &str) -> Markup {
    html! {
        section class="card" aria-label=(lang.t("student-header")) {
            (gate_line(gate))
            div class="cover" {
                (icon(Icon::EyeOff))
                p { (lang.t("student-covered")) }
                form method="post" action=(address) data-guard {
                    (crate::action::csrf_field(csrf))
                    (Action::submit(lang.t("student-have-read")).primary())
                }
            }
        }
    }
}

fn portrait(lang: Lang, identity: &Identity) -> Markup {
    let name = &identity.name.listed;
    match &identity.photo {
        Some(src) => avatar::photo(
            src,
            &lang.tx("student-photo", &[("name", name.into())]),
            Size::S92,
        ),
        None => avatar::initials(name, Size::S92),
    }
}

fn names(lang: Lang, name: &Name) -> Markup {
    html! {
        div class="row-x wrap" {
            h1 { (name.listed) }
            @if let Some(used) = &name.goes_by { span class="sub" { (lang.t("student-goes-by")) " " b { (used) } } }
            @if let Some(sent) = &name.sent_as { span class="sub sm" { (lang.tx("student-sent-as", &[("name", sent.into())])) } }
        }
    }
}

fn facts(lang: Lang, identity: &Identity) -> Markup {
    html! {
        div class="sh-f num" {
            @match &identity.asn {
                Some(asn) => span { (lang.t("student-asn")) " " b { (asn) } },
                None => span { (lang.t("student-no-asn")) },
            }
            span {
                (lang.t("student-grade")) " " b { (identity.grade) }
                @if !identity.homeroom.is_empty() { " · " (lang.t("student-homeroom")) " " b { (identity.homeroom) } }
            }
            span { b { (identity.school) } }
            span { (lang.t("student-born")) " " b { (identity.born) } " " (lang.tx("student-age", &[("years", i64::from(identity.age).into())])) }
            @if !identity.local_number.is_empty() { span class="hide-ph" { (lang.t("student-local")) " " b { (identity.local_number) } } }
        }
    }
}

/// The line above the header: where one came from, the neighbours in that list (keys `[` and `]`), and `end` at its end.
pub fn place_line(lang: Lang, crumbs: &[crate::head::Crumb], place: Option<&Place>, end: &Markup) -> Markup {
    let step = |href: &Option<String>, words: &str, glyph: Icon, hook: &'static str| {
        html! {
            @if let Some(href) = href { (Action::link(lang.t(words), href).small().icon_only(glyph).class("hide-ph").with(hook, "")) }
        }
    };
    html! {
        div class="row-x crumb mb-s" {
            (crate::head::breadcrumb(crumbs))
            @if let Some(place) = place {
                span class="end num hide-ph" { (lang.tx("student-place", &[("at", place.at.into()), ("total", place.total.into())])) }
                (step(&place.previous, "student-previous", Icon::ChevronUp, "data-previous"))
                (step(&place.next, "student-next", Icon::ChevronDown, "data-next"))
            }
            (end)
        }
    }
}

/// Asks for the record as it was, or will be, on another day; `on` and `known` are `yyyy-MM-dd`, empty for today.
/// `address` is the page, which is asked for again with `as_of` and `known`.
pub fn as_of(lang: Lang, address: &str, on: &str, known: &str) -> Markup {
    let label = if on.is_empty() {
        lang.t("as-of-today").into_owned()
    } else {
        lang.tx("as-of-day", &[("day", on.into())]).into_owned()
    };
    let (day, knowledge) = (lang.t("as-of-on"), lang.t("as-of-known"));
    let hint = lang.t("as-of-known-hint");
    let fields = html! {
        div class="stack-s" {
            (Field::new(lang, "as_of", &day).value(on).required().date())
            (Field::new(lang, "known", &knowledge).value(known).hint(&hint).date())
            (Action::submit(lang.t("as-of-show")))
        }
    };
    html! {
        details class={ "menu menu-end as-of" @if on.is_empty() { "" } @else { " is-on" } } {
            summary class="btn btn-s" { (icon(Icon::CalendarEvent)) span { (label) } }
            div class="menu-list" { (Form::get(address).draw("", &fields)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::State;
    use crate::pill::BadgeKind;

    #[test]
    fn the_gate_comes_before_the_name_and_badges_keep_their_order() {
        let badge = |kind, text: &str| Badge {
            kind,
            text: text.to_owned(),
            href: None,
        };
        let header = StudentHeader {
            gates: vec![Gate {
                title: "Court order in effect.".into(),
                text: "Release only to …".into(),
                action: None,
            }],
            identity: Identity {
                name: Name {
                    listed: "Whitebear, Aiyana".into(),
                    ..Name::default()
                },
                ..Identity::default()
            },
            badges: vec![
                badge(BadgeKind::Pasi(State::Conflict), "fifth"),
                badge(BadgeKind::Transport, "fourth"),
                badge(BadgeKind::Restriction, "first"),
                badge(BadgeKind::Plans, "third"),
                badge(BadgeKind::Medical, "second"),
            ],
            tabs: Vec::new(),
            actions: Vec::new(),
        };
        let drawn = student_header(Lang::EnCa, &header).into_string();
        let at = |text: &str| drawn.find(text).unwrap_or_else(|| panic!("{text} is drawn"));
        assert!(at("Court order in effect.") < at("<h1>"));
        assert!(
            at("first") < at("second")
                && at("second") < at("third")
                && at("third") < at("fourth")
                && at("fourth") < at("fifth")
        );
    }
}
