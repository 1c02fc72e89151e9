//! What every page is handed: the desk, and what the browser asked for.

use crate::answer;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use axum::response::Response;
use kernel::Date;
use maud::{Markup, html};
use pasi_reference::{Ministry, Trouble};
use std::convert::Infallible;
use std::sync::Arc;
use ui::ctx::Theme;
use ui::notice::{Tone, banner};
use ui::shell::{Desk, DeskItem};
use ui::{Action, Icon, Lang};

/// Language cookie. Cookies know no ports: the site of a division on the same machine has others.
pub(crate) const LANGUAGE_COOKIE: &str = "desk_lang";
/// Theme cookie.
pub(crate) const THEME_COOKIE: &str = "desk_theme";

/// The state of the router. Cheap to clone.
#[derive(Clone)]
pub struct App {
    ministry: Ministry,
    token: Arc<str>,
}

impl App {
    /// A console over a desk. `token` is a secret of this run: every form carries it.
    pub fn new(ministry: Ministry, token: &str) -> Self {
        Self {
            ministry,
            token: token.into(),
        }
    }
    /// Is it the token that forms carry?
    pub(crate) fn holds(&self, token: &str) -> bool {
        !self.token.is_empty() && *self.token == *token
    }
}

/// An item of the navigation, by its address.
pub(crate) mod item {
    pub(crate) const OVERVIEW: &str = "/";
    pub(crate) const STUDENTS: &str = "/students";
    pub(crate) const TRAFFIC: &str = "/traffic";
    pub(crate) const TROUBLE: &str = "/trouble";
    pub(crate) const CLIENTS: &str = "/clients";
    pub(crate) const ORGANIZATIONS: &str = "/organizations";
    pub(crate) const CODES: &str = "/codes";
    pub(crate) const DOCUMENTS: &str = "/documents";
    pub(crate) const TRAIL: &str = "/trail";
}

/// Every item: address, words, glyph; those a phone shows come first.
pub(crate) const ITEMS: [(&str, &str, Icon); 9] = [
    (item::OVERVIEW, "desk-overview", Icon::Home),
    (item::STUDENTS, "desk-students", Icon::Users),
    (item::TRAFFIC, "desk-traffic", Icon::ArrowsExchange),
    (item::TROUBLE, "desk-trouble", Icon::AlertTriangle),
    (item::CLIENTS, "desk-clients", Icon::Certificate),
    (item::ORGANIZATIONS, "desk-organizations", Icon::BuildingCommunity),
    (item::CODES, "desk-codes", Icon::Table),
    (item::DOCUMENTS, "desk-documents", Icon::FileText),
    (item::TRAIL, "desk-trail", Icon::History),
];

/// A request: the desk, and how its reader wants it shown.
#[derive(Clone)]
pub(crate) struct At {
    pub(crate) desk: Ministry,
    pub(crate) lang: Lang,
    theme: Theme,
    path: String,
    pub(crate) token: Arc<str>,
    is_script: bool,
}

impl FromRequestParts<App> for At {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let accepts = parts
            .headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let chosen = cookie(parts, LANGUAGE_COOKIE).and_then(Lang::from_tag);
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        Ok(Self {
            desk: app.ministry.clone(),
            lang: chosen.unwrap_or_else(|| Lang::accepted(accepts.unwrap_or_default())),
            theme: Theme::from_name(cookie(parts, THEME_COOKIE).unwrap_or_default()),
            path: path.to_owned(),
            token: Arc::clone(&app.token),
            is_script: parts.headers.contains_key("hx-request"),
        })
    }
}

fn cookie<'p>(parts: &'p Parts, name: &str) -> Option<&'p str> {
    let sent = parts.headers.get_all(COOKIE).iter();
    sent.filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

impl At {
    /// Words of the language.
    pub(crate) fn t(&self, key: &str) -> String {
        self.lang.t(key).into_owned()
    }
    /// Words with one value in its place.
    pub(crate) fn with<'v>(&self, key: &str, name: &str, value: impl Into<ui::Arg<'v>>) -> String {
        self.lang.tx(key, &[(name, value.into())]).into_owned()
    }
    /// Today in Alberta.
    pub(crate) fn today(&self) -> Date {
        self.desk.now().date()
    }
    /// Was it a script that asked?
    pub(crate) fn is_script(&self) -> bool {
        self.is_script
    }
    /// A page below an item of the navigation.
    pub(crate) fn page(&self, item: &'static str, title: &str, body: Markup) -> Response {
        self.page_with(StatusCode::OK, item, title, body)
    }
    /// The same, with another status: a form shown again, a record not found.
    pub(crate) fn page_with(
        &self,
        status: StatusCode,
        item: &'static str,
        title: &str,
        body: Markup,
    ) -> Response {
        answer::page(status, ui::shell::desk_page(&self.shell(item), title, body))
    }
    /// No such record.
    pub(crate) fn missing(&self, item: &'static str) -> Response {
        let title = self.t("desk-missing");
        let body = html! {
            (ui::head::PageHead::new(&*title).draw())
            (ui::card::unheaded_card(&title, &ui::waiting::empty(
                &self.t("desk-missing-text"),
                Some(&Action::link(self.t("desk-back"), item)),
            )))
        };
        self.page_with(StatusCode::NOT_FOUND, item, &title, body)
    }

    fn shell(&self, current: &'static str) -> Desk {
        let trouble = self.desk.trouble();
        let overview = self.desk.overview();
        let items = ITEMS.iter().map(|(href, words, icon)| DeskItem {
            href,
            label: self.t(words),
            icon: *icon,
            open: u32::from(*href == item::TROUBLE && trouble.is_any()),
        });
        Desk {
            lang: self.lang,
            theme: self.theme,
            path: self.path.clone(),
            csrf: self.token.to_string(),
            name: self.t("desk-name"),
            note: self.t("desk-note"),
            items: items.collect(),
            current,
            foot: html! {
                (self.with("desk-foot-version", "version", overview.version)) br;
                (self.with("desk-foot-students", "n", overview.students)) br;
                (self.with("desk-foot-polls", "n", overview.polls))
            },
            alarm: self.alarm(&trouble, current),
        }
    }

    /// What is wrong on purpose, said above every page until it is over.
    fn alarm(&self, trouble: &Trouble, current: &str) -> Markup {
        if !trouble.is_any() {
            return Markup::default();
        }
        let what = crate::trouble::in_words(self, trouble);
        let what: Vec<&str> = what.iter().map(String::as_str).collect();
        let go = Action::link(self.t("desk-alarm-go"), item::TROUBLE).small();
        let actions = if current == item::TROUBLE {
            vec![]
        } else {
            vec![go]
        };
        html! {
            div class="bans" role="status" {
                (banner(Tone::Bad, &self.t("desk-alarm"), &format!("{}.", self.lang.list(&what)), &actions))
            }
        }
    }
}
