//! States and badges: always a word, usually a glyph, colour last.

use maud::{Markup, html};

use crate::{Icon, Lang, icon};

/// A state with its glyph and colour. The first seven are the states of the exchange with the province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Both sides agree.
    InSync,
    /// Sent or waiting to be sent.
    Pending,
    /// Refused by the province.
    Rejected,
    /// Both sides changed.
    Conflict,
    /// The other side cannot be reached.
    Offline,
    /// Must be fixed.
    Warning,
    /// Must be confirmed.
    Advice,
    /// Done, present, signed.
    Ok,
    /// Refused or forbidden here.
    Blocked,
    /// Counts and selections.
    Selected,
    /// Nothing to act on.
    Neutral,
}

impl State {
    /// Every state, in the order of the gallery.
    pub const ALL: [State; 11] = [
        State::InSync,
        State::Pending,
        State::Rejected,
        State::Conflict,
        State::Offline,
        State::Warning,
        State::Advice,
        State::Ok,
        State::Blocked,
        State::Selected,
        State::Neutral,
    ];

    fn tone(self) -> &'static str {
        match self {
            State::InSync | State::Ok => "p ok",
            State::Pending | State::Advice => "p info",
            State::Rejected | State::Blocked => "p bad",
            State::Conflict => "p conf",
            State::Warning => "p warn",
            State::Selected => "p pine",
            State::Offline | State::Neutral => "p",
        }
    }

    /// Its glyph; `None` for the states that only count.
    pub fn icon(self) -> Option<Icon> {
        Some(match self {
            State::InSync => Icon::CircleCheck,
            State::Pending => Icon::Clock,
            State::Rejected => Icon::CircleX,
            State::Conflict => Icon::GitCompare,
            State::Offline => Icon::CloudOff,
            State::Warning => Icon::AlertTriangle,
            State::Advice => Icon::InfoCircle,
            State::Ok => Icon::Check,
            State::Blocked => Icon::Ban,
            State::Selected | State::Neutral => return None,
        })
    }

    /// Its own word in a language.
    pub fn word(self, lang: Lang) -> std::borrow::Cow<'static, str> {
        lang.t(match self {
            State::InSync => "state-in-sync",
            State::Pending => "state-pending",
            State::Rejected => "state-rejected",
            State::Conflict => "state-conflict",
            State::Offline => "state-offline",
            State::Warning => "state-warning",
            State::Advice => "state-advice",
            State::Ok => "state-ok",
            State::Blocked => "state-blocked",
            State::Selected => "state-selected",
            State::Neutral => "state-neutral",
        })
    }
}

/// A state pill with words of the caller, as in `3 to decide`.
pub fn pill(state: State, text: &str) -> Markup {
    html! { span class=(state.tone()) { @if let Some(glyph) = state.icon() { (icon(glyph)) } (text) } }
}

/// A state pill with the state's own word, as in `In sync`.
pub fn state_pill(lang: Lang, state: State) -> Markup {
    pill(state, &state.word(lang))
}

/// A pill that opens the reason behind the state.
pub fn linked_pill(state: State, text: &str, href: &str) -> Markup {
    html! { a class={ (state.tone()) " plain" } href=(href) { @if let Some(glyph) = state.icon() { (icon(glyph)) } (text) } }
}

/// What a badge is about; decides its glyph, its colour and its place in the student header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BadgeKind {
    /// Disclosure restriction.
    Restriction,
    /// Medical action.
    Medical,
    /// Exception codes and plans.
    Plans,
    /// Bus or other transport.
    Transport,
    /// Exchange with the province.
    Pasi(State),
    /// Anything neutral, such as an adult student with a guardian.
    Other,
}

/// One badge of a header; it opens its section.
#[derive(Clone, Debug)]
pub struct Badge {
    /// What it is about.
    pub kind: BadgeKind,
    /// The words: for medical, the action.
    pub text: String,
    /// The section it opens; `None` when the reader may not open it.
    pub href: Option<String>,
}

/// Draws a badge.
pub fn badge(badge: &Badge) -> Markup {
    let (class, glyph) = match badge.kind {
        BadgeKind::Restriction => ("p bad sq", Some(Icon::ShieldLock)),
        BadgeKind::Medical => ("p warn sq", Some(Icon::FirstAidKit)),
        BadgeKind::Plans => ("p sq", Some(Icon::HeartHandshake)),
        BadgeKind::Transport => ("p sq", Some(Icon::Bus)),
        BadgeKind::Pasi(state) => (state.tone(), state.icon()),
        BadgeKind::Other => ("p sq", None),
    };
    let inner = html! { @if let Some(glyph) = glyph { (icon(glyph)) } (badge.text) };
    if let Some(href) = &badge.href {
        html! { a class={ (class) " plain" } href=(href) { (inner) } }
    } else {
        html! { span class=(class) { (inner) } }
    }
}
