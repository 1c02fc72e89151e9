//! The page of a desk without sign-in: a console of its own, on the machine it serves. The bar, the navigation and the
//! look are those of every page; the items are the caller's.

use maud::{Markup, html};

use super::{
    Document, Settings, Title, address, bar, connection_banners, document, language_form, live_regions, mark,
    skip_link,
};
use crate::ctx::Theme;
use crate::{Icon, Lang, icon, icon_lg};

/// An item of the navigation.
#[derive(Clone, Debug)]
pub struct DeskItem {
    /// Its address.
    pub href: &'static str,
    /// Words shown.
    pub label: String,
    /// Its glyph.
    pub icon: Icon,
    /// Things that want attention there; 0 shows no count.
    pub open: u32,
}

/// What a desk's page needs about the request.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Language of the page.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Path and query, where the switches return to.
    pub path: String,
    /// Token that every form must carry.
    pub csrf: String,
    /// Name of the desk, beside the mark.
    pub name: String,
    /// What everybody must know of it, across the page.
    pub note: String,
    /// The items, the most used first: a phone shows four and "More".
    pub items: Vec<DeskItem>,
    /// Address of the item this page belongs to.
    pub current: &'static str,
    /// Foot of the navigation.
    pub foot: Markup,
    /// Above every page, while something is wrong.
    pub alarm: Markup,
}

/// How many items a phone shows.
const ON_PHONE: usize = 4;

/// The whole page around `body`. The body holds the one h1.
#[expect(clippy::needless_pass_by_value, reason = "mirrors page")]
pub fn desk_page(desk: &Desk, title: impl Into<Title>, body: Markup) -> Markup {
    let lang = desk.lang;
    let content = html! {
        (skip_link(lang))
        div class="lp" {
            (top(desk))
            aside class="lp-note demo" aria-label=(lang.t("note-demo")) { (icon(Icon::Flag)) span { (desk.note) } }
            (side(desk))
            main class="lp-main" id="main" tabindex="-1" {
                (connection_banners(lang, false))
                (desk.alarm)
                (body)
            }
        }
        (phone(desk))
        (live_regions(lang))
    };
    let about = Document {
        lang,
        theme: desk.theme,
        title: title.into(),
        csrf: &desk.csrf,
        settings: Settings::default(),
    };
    document(&about, &content)
}

fn top(desk: &Desk) -> Markup {
    let home = desk.items.first().map_or("/", |item| item.href);
    html! {
        header class="lp-top no-print" {
            a class="lp-brand" href=(home) aria-label=(desk.name) { (mark()) span { (desk.name) } }
            span class="only-ph b" { (desk.name) }
            span class="end" {}
            (bar::theme_form(desk.lang, desk.theme, &desk.csrf, &desk.path))
            (language_form(desk.lang, &desk.csrf, &desk.path, "btn btn-q nw"))
        }
    }
}

fn side(desk: &Desk) -> Markup {
    html! {
        nav class="lp-side no-print" aria-label=(desk.lang.t("nav-main")) {
            ul {
                @for item in &desk.items {
                    li {
                        a href=(item.href) aria-current=[current(desk, item)] {
                            (icon_lg(item.icon))
                            span { (item.label) }
                            @if item.open > 0 {
                                span class="n" {
                                    span class="visually-hidden" { (desk.lang.t("nav-open-items")) }
                                    (desk.lang.number(item.open.into()))
                                }
                            }
                        }
                    }
                }
            }
            @if !desk.foot.0.is_empty() { div class="lp-foot num" { (desk.foot) } }
        }
    }
}

fn current(desk: &Desk, item: &DeskItem) -> Option<&'static str> {
    (desk.current == item.href).then_some("page")
}

fn phone(desk: &Desk) -> Markup {
    let (shown, rest) = desk.items.split_at(ON_PHONE.min(desk.items.len()));
    let is_elsewhere = rest.iter().any(|item| current(desk, item).is_some());
    html! {
        nav class="lp-tabs no-print" aria-label=(desk.lang.t("nav-phone")) {
            @for item in shown {
                a href=(item.href) aria-current=[current(desk, item)] { (icon(item.icon)) (item.label) }
            }
            @if !rest.is_empty() {
                a href=(address::MORE) aria-current=[is_elsewhere.then_some("page")] { (icon(Icon::Menu2)) (desk.lang.t("nav-more")) }
            }
        }
    }
}
