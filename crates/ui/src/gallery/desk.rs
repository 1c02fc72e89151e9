//! The page of a desk without sign-in.

use maud::{Markup, html};

use super::sample::say;
use crate::ctx::Theme;
use crate::head::PageHead;
use crate::notice::{Tone, banner};
use crate::shell::{Desk, DeskItem, desk_page};
use crate::{Icon, Lang};

/// Seven items, something wrong, and a note.
pub(super) fn desk(lang: Lang) -> Markup {
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
        name: lang.t("desk-name").into_owned(),
        note: lang.t("desk-note").into_owned(),
        items: vec![
            item("/", &lang.t("desk-overview"), Icon::Home, 0),
            item("/students", &lang.t("desk-students"), Icon::Users, 0),
            item("/traffic", &lang.t("desk-traffic"), Icon::ArrowsExchange, 0),
            item("/trouble", &lang.t("desk-trouble"), Icon::AlertTriangle, 1),
            item("/clients", &lang.t("desk-clients"), Icon::Certificate, 0),
        ],
        current: "/students",
        foot: html! { (lang.tx("desk-foot-version", &[("version", 234_987_i64.into())])) },
        alarm: banner(
            Tone::Bad,
            &lang.t("desk-alarm"),
            say(lang, "the node lags behind.", "le nœud est en retard."),
            &[],
        ),
    };
    desk_page(
        &desk,
        lang.t("desk-students"),
        PageHead::new(lang.t("desk-students")).draw(),
    )
}
