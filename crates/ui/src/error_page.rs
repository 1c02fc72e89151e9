//! Whole pages for what cannot be shown: not found, not allowed, our fault, away.

use maud::{Markup, html};

use crate::shell::{self, Document, Settings, Title};
use crate::{Action, Ctx, Icon, Lang, icon};

/// Why a page cannot be shown. Each knows its HTTP status.
#[derive(Clone, Debug)]
pub enum Trouble<'a> {
    /// Absent, or not the reader's to know: both look the same.
    NotFound,
    /// Known, but not allowed; who can grant it.
    Denied {
        /// A person or an office.
        who_grants: &'a str,
    },
    /// It would change a past school year, which is on screen to be read.
    PastYear {
        /// The year on screen.
        shown: &'a str,
        /// The year to go to.
        now: &'a str,
    },
    /// The form came from elsewhere or the session ended while typing.
    Expired,
    /// Too many attempts; try again after some minutes.
    TooMany {
        /// Minutes until the next attempt.
        minutes: u32,
    },
    /// Our fault; the incident number leads to the log.
    Fault {
        /// Incident number.
        incident: &'a str,
    },
    /// The database or another part is away; trying again helps.
    Away,
}

impl Trouble<'_> {
    /// The HTTP status of the answer.
    pub fn status(&self) -> u16 {
        match self {
            Trouble::NotFound => 404,
            Trouble::Denied { .. } => 403,
            Trouble::PastYear { .. } => 409,
            Trouble::Expired => 400,
            Trouble::TooMany { .. } => 429,
            Trouble::Fault { .. } => 500,
            Trouble::Away => 503,
        }
    }

    fn key(&self) -> &'static str {
        match self {
            Trouble::NotFound => "error-404",
            Trouble::Denied { .. } => "error-403",
            Trouble::PastYear { .. } => "error-past-year",
            Trouble::Expired => "error-400",
            Trouble::TooMany { .. } => "error-429",
            Trouble::Fault { .. } => "error-500",
            Trouble::Away => "error-503",
        }
    }

    fn icon(&self) -> Icon {
        match self {
            Trouble::NotFound => Icon::ListSearch,
            Trouble::Denied { .. } => Icon::Lock,
            Trouble::PastYear { .. } => Icon::History,
            Trouble::Expired | Trouble::TooMany { .. } => Icon::Clock,
            Trouble::Fault { .. } => Icon::AlertTriangle,
            Trouble::Away => Icon::CloudOff,
        }
    }

    fn text(&self, lang: Lang) -> std::borrow::Cow<'static, str> {
        let key = format!("{}-text", self.key());
        match self {
            Trouble::Denied { who_grants } => lang.tx(&key, &[("who", (*who_grants).into())]),
            Trouble::PastYear { shown, now } => {
                lang.tx(&key, &[("shown", (*shown).into()), ("now", (*now).into())])
            }
            Trouble::TooMany { minutes } => lang.tx(&key, &[("minutes", (*minutes).into())]),
            _ => lang.t(&key),
        }
    }
}

/// Was nothing saved, so that what was typed is worth going back to?
fn is_kept(trouble: &Trouble<'_>) -> bool {
    matches!(trouble, Trouble::Away | Trouble::Fault { .. } | Trouble::Expired)
}

/// The words of a trouble, with its ways on.
fn body(lang: Lang, trouble: &Trouble<'_>, home: &str) -> Markup {
    html! {
        section class="card" aria-labelledby="trouble" data-trouble=[is_kept(trouble).then_some("")] {
            div class="empty-s" {
                (icon(trouble.icon()))
                h1 id="trouble" { (lang.t(trouble.key())) }
                p { (trouble.text(lang)) }
                @if let Trouble::Fault { incident } = trouble {
                    p { (lang.t("error-incident")) " " span class="code" { (incident) } }
                }
                div class="row-x wrap" {
                    @if is_kept(trouble) { (Action::scripted(lang.t("error-back")).primary().with("data-back", "")) }
                    @if is_kept(trouble) { (Action::link(lang.t("error-home"), home)) } @else { (Action::link(lang.t("error-home"), home).primary()) }
                }
            }
        }
    }
}

/// The trouble inside the shell, for a person who is signed in.
pub fn in_shell(ctx: &Ctx, trouble: &Trouble<'_>) -> Markup {
    let home = ctx.nav.first().map_or("/", |item| item.href.as_str());
    shell::page(
        ctx,
        Title::new(ctx.lang.t(trouble.key())),
        body(ctx.lang, trouble, home),
    )
}

/// The trouble alone, when nobody is signed in or the shell itself cannot be drawn.
pub fn alone(lang: Lang, trouble: &Trouble<'_>) -> Markup {
    let content = html! {
        (shell::skip_link(lang))
        div class="solo" {
            header class="solo-top" { a class="lp-brand" href="/" aria-label=(lang.t("brand-label")) { (shell::mark()) span { (lang.t("product")) } } }
            main class="solo-main" id="main" tabindex="-1" { (body(lang, trouble, "/")) }
        }
    };
    let title = Title::new(lang.t(trouble.key()));
    shell::document(
        &Document {
            lang,
            theme: crate::ctx::Theme::Device,
            title,
            csrf: "",
            settings: Settings::default(),
        },
        &content,
    )
}
