//! The whole page: document head, top bar, navigation by job, the place for the body, dialogs and the sprite.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::ctx::{Ctx, Theme};
use crate::{Lang, assets, icon};

mod bar;
mod command;
mod desk;
mod nav;

pub use bar::way_to_this_year;
pub use command::{keys_dialog, keys_list};
pub use desk::{Desk, DeskItem, desk_page};

/// The policy every page is served with. Nothing in this crate needs more.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// Addresses that the shell itself calls; `web` serves each.
pub mod address {
    /// POST `theme=device|light|dark`, `back`.
    pub const THEME: &str = "/settings/theme";
    /// POST `lang=en-CA|fr-CA`, `back`.
    pub const LANGUAGE: &str = "/settings/language";
    /// POST `school=<value>`, `back`.
    pub const SCHOOL: &str = "/settings/school";
    /// POST `year=<value>`, `back`.
    pub const YEAR: &str = "/settings/year";
    /// POST `role=<value>`, `back`.
    pub const ROLE: &str = "/settings/role";
    /// GET `?q=`: a fragment made by [`crate::search::results`].
    pub const SEARCH: &str = "/search";
    /// GET: the person's own account.
    pub const ACCOUNT: &str = "/account";
    /// GET: every item the role may open, for phones.
    pub const MORE: &str = "/more";
    /// POST: ends the session.
    pub const SIGN_OUT: &str = "/sign-out";
    /// POST: any request keeps the session open; this one does nothing else. Answers 204.
    pub const STAY: &str = "/session/stay";
    /// GET: answers 200 when the program answers at all.
    pub const HEALTH: &str = "/healthz";
}

/// The title of a page: its h1 or the job it belongs to. Never a person's name, a birth date or a health word:
/// titles reach the history of the browser.
#[derive(Clone, Debug)]
pub struct Title(String);

impl Title {
    /// A title from words that name no person.
    pub fn new(words: impl Into<String>) -> Title {
        Title(words.into())
    }
}

impl From<&str> for Title {
    fn from(words: &str) -> Title {
        Title::new(words)
    }
}

impl From<std::borrow::Cow<'_, str>> for Title {
    fn from(words: std::borrow::Cow<'_, str>) -> Title {
        Title::new(words)
    }
}

/// The whole page around `body`. The body holds the one h1.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the call reads as one sentence: page(&ctx, title, html! { … })"
)]
pub fn page(ctx: &Ctx, title: impl Into<Title>, body: Markup) -> Markup {
    let lang = ctx.lang;
    let content = html! {
        (skip_link(lang))
        div class={ "lp" @if ctx.person.acting_for.is_some() { " lp-act" } } {
            (bar::top_bar(ctx))
            (bar::notes(ctx))
            (nav::side(ctx))
            main class="lp-main" id="main" tabindex="-1" {
                (connection_banners(lang, ctx.idle_minutes.is_some()))
                (body)
            }
        }
        (nav::phone(ctx))
        (command::palette(lang))
        (keys_dialog(lang, &ctx.nav))
        (live_regions(lang))
    };
    document(
        &Document {
            lang,
            theme: ctx.theme,
            title: title.into(),
            csrf: &ctx.csrf,
            settings: Settings::of(ctx),
        },
        &content,
    )
}

/// A part of a page, sent to a page already on screen: its glyphs are drawn in place.
#[expect(clippy::needless_pass_by_value, reason = "mirrors page")]
pub fn fragment(part: Markup) -> Markup {
    PreEscaped(icon::inlined(&part.0))
}

/// What the scripts are told about the page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings {
    idle_minutes: Option<u16>,
    letter_keys: bool,
}

impl Settings {
    fn of(ctx: &Ctx) -> Settings {
        Settings {
            idle_minutes: ctx.idle_minutes,
            letter_keys: ctx.letter_keys,
        }
    }
}

/// What the document head needs.
pub(crate) struct Document<'a> {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    pub(crate) title: Title,
    pub(crate) csrf: &'a str,
    pub(crate) settings: Settings,
}

/// htmx without evaluated code or injected styles; error answers are shown where they belong.
const HTMX_CONFIG: &str = concat!(
    r#"{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,"historyCacheSize":0,"refreshOnHistoryMiss":true,"#,
    // No style is written into an element: the page's policy refuses it.
    r#""attributesToSettle":["class"],"#,
    r#""scrollIntoViewOnBoost":false,"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},"#,
    r#"{"code":"422","swap":true},{"code":"409","swap":true},{"code":"[45]..","swap":false,"error":true}]}"#
);

const MODULES: [&str; 9] = [
    "js/base.js",
    "js/theme.js",
    "js/palette.js",
    "js/keys.js",
    "js/choices.js",
    "js/connection.js",
    "js/forms.js",
    "js/notices.js",
    "js/passkey.js",
];

/// A whole document around finished content.
pub(crate) fn document(about: &Document<'_>, content: &Markup) -> Markup {
    let theme = (about.theme != Theme::Device).then(|| about.theme.name());
    html! {
        (DOCTYPE)
        html lang=(about.lang.tag()) data-bs-theme=[theme] {
            (document_head(about))
            body hx-ext="morph" hx-headers={ "{\"X-CSRF-Token\":\"" (about.csrf) "\"}" } data-idle=[about.settings.idle_minutes]
                data-letters=[about.settings.letter_keys.then_some("on")] {
                (icon::sprite(&content.0))
                (content)
            }
        }
    }
}

fn document_head(about: &Document<'_>) -> Markup {
    let title = about
        .lang
        .tx("title-of-page", &[("title", about.title.0.as_str().into())]);
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width,initial-scale=1";
            meta name="robots" content="noindex";
            meta name="color-scheme" content="light dark";
            meta name="htmx-config" content=(HTMX_CONFIG);
            meta name="csrf-token" content=(about.csrf);
            title { (title) }
            link rel="icon" href=(assets::url("mark.svg")) type="image/svg+xml";
            link rel="preload" href=(assets::url("fonts/source-sans-3-latin.woff2")) as="font" type="font/woff2" crossorigin;
            link rel="stylesheet" href=(assets::url("tabler.css"));
            link rel="stylesheet" href=(assets::url("app.css"));
            script src=(assets::url("htmx.js")) defer {}
            script src=(assets::url("idiomorph.js")) defer {}
            @for module in MODULES { link rel="modulepreload" href=(assets::url(module)); }
            script type="module" src=(assets::url("js/app.js")) {}
        }
    }
}

/// The link that jumps over the navigation.
pub(crate) fn skip_link(lang: Lang) -> Markup {
    html! { a class="skip" href="#main" { (lang.t("skip-to-content")) } }
}

/// The one polite live region, the place of toasts, and the note above a form that holds what was typed before.
pub(crate) fn live_regions(lang: Lang) -> Markup {
    html! {
        template id="draft-note" {
            div class="find n w12 no-print" {
                (crate::icon(crate::Icon::History))
                span class="grow" { (lang.t("draft-found")) }
                button class="btn btn-s" type="button" { (lang.t("draft-discard")) }
            }
        }
        div id="status" class="visually-hidden" role="status" aria-live="polite" {}
        section id="toasts" class="toasts no-print" aria-label=(lang.t("toasts-label")) {}
    }
}

/// Banners the scripts show: no connection, no answer, and the session about to end.
fn connection_banners(lang: Lang, can_end: bool) -> Markup {
    let banner = |id: &str, title: &str, text: &str, end: Markup| {
        html! {
            div class="ban warn" id=(id) data-online=[(id == "ban-away").then(|| lang.t("online-again"))] hidden {
                (crate::icon(crate::Icon::CloudOff))
                p class="grow" { b { (lang.t(title)) } " " (lang.t(text)) }
                (end)
            }
        }
    };
    html! {
        div class="bans no-print" {
            (banner("ban-offline", "offline-title", "offline-text", Markup::default()))
            (banner("ban-away", "server-away-title", "server-away-text", Markup::default()))
            @if can_end {
                (banner("ban-idle", "idle-title", "idle-text", html! {
                    button type="button" class="btn btn-s nw" data-stay=(address::STAY) { (lang.t("idle-stay")) }
                }))
            }
        }
    }
}

/// The mark of the product, drawn beside its name.
pub(crate) fn mark() -> Markup {
    html! {
        svg viewBox="0 0 24 24" fill="none" aria-hidden="true" {
            path d="M12 2 7.5 9h2L6 14h3l-4 5h14l-4-5h3l-3.5-5h2z" fill="#63C9BA";
            path d="M12 8v14" stroke="#11302D" stroke-width="1.8";
        }
    }
}

/// The switch to the other language, in that language's own words.
pub(crate) fn language_form(lang: Lang, csrf: &str, back: &str, class: &str) -> Markup {
    let other = lang.other();
    html! {
        form method="post" action=(address::LANGUAGE) {
            (crate::action::csrf_field(csrf))
            input type="hidden" name="back" value=(back);
            button class=(class) type="submit" name="lang" value=(other.tag()) lang=(other.tag()) { (lang.t("language-switch")) }
        }
    }
}
