//! The page of a desk without sign-in.

use maud::{Markup, html};

use super::sample::{LONG_NAME, say};
use crate::ctx::Theme;
use crate::head::PageHead;
use crate::notice::{Tone, banner};
use crate::shell::{Desk, DeskItem, desk_page};
use crate::{Icon, Lang};

/// A desk with an alarm, or without.
fn desk_with(lang: Lang, name: String, alarm: Markup, open: u32) -> Markup {
    let item = |href, label: &str, icon, open| DeskItem {
        href,
        label: label.to_owned(),
        icon,
        open,
    };
    let desk = Desk {
        lang,
        theme: Theme::Device,
        path: "/ui/desk".into(),
        csrf: "sample".into(),
        name,
        note: lang.t("desk-note").into_owned(),
        items: vec![
            item("/", &lang.t("desk-overview"), Icon::Home, 0),
            item("/students", &lang.t("desk-students"), Icon::Users, 0),
            item("/traffic", &lang.t("desk-traffic"), Icon::ArrowsExchange, 0),
            item("/trouble", &lang.t("desk-trouble"), Icon::AlertTriangle, open),
            item("/clients", &lang.t("desk-clients"), Icon::Certificate, 0),
        ],
        current: "/students",
        foot: html! { (lang.tx("desk-foot-version", &[("version", 234_987_i64.into())])) },
        alarm,
    };
    desk_page(
        &desk,
        lang.t("desk-students"),
        PageHead::new(lang.t("desk-students")).draw(),
    )
}

fn alarm(lang: Lang, text: &str) -> Markup {
    banner(Tone::Bad, &lang.t("desk-alarm"), text, &[])
}

pub(super) fn sample(lang: Lang) -> Markup {
    let lags = say(lang, "the node lags behind.", "le nœud est en retard.");
    desk_with(lang, lang.t("desk-name").into_owned(), alarm(lang, lags), 1)
}

/// Nothing is wrong, and nobody has asked yet.
pub(super) fn empty(lang: Lang) -> Markup {
    desk_with(lang, lang.t("desk-name").into_owned(), Markup::default(), 0)
}

/// Everything is wrong at once.
pub(super) fn longest(lang: Lang) -> Markup {
    let all = say(
        lang,
        "the node lags behind, answers are held back for twelve seconds, every third submit loses a race, and no certificate of any client is taken until the second of December.",
        "le nœud est en retard, les réponses sont retenues pendant douze secondes, un envoi sur trois perd une course, et aucun certificat n’est accepté avant le 2 décembre.",
    );
    let name = format!("{} · {LONG_NAME}", lang.t("desk-name"));
    desk_with(lang, name, alarm(lang, all), 1_204)
}
