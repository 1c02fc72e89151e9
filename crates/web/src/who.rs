//! Who asks: the session cookie, and what a page may know before there is one.

use crate::App;
use crate::answer::{Stop, Stopped};
use crate::{context, past};
use access::sessions::{self, Holder, Pending, SignedIn, Token};
use access::{Action, Standing};
use axum::extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use kernel::{Actor, Date, DivisionId, Instant, SchoolId, SchoolYear};
use std::net::SocketAddr;
use ui::Lang;

/// Name of the session cookie; `__Host-` binds it to this site over TLS.
pub(crate) fn session_cookie(is_secure: bool) -> &'static str {
    if is_secure {
        "__Host-lodgepole"
    } else {
        "lodgepole"
    }
}
/// Id of the part of a page that asks for itself again and again.
pub(crate) const LIVE_PART: &str = "live-part";
/// Language before sign-in.
pub(crate) const LANGUAGE_COOKIE: &str = "lp_lang";
/// The school year on screen, when it is not the current one.
pub(crate) const YEAR_COOKIE: &str = "lp_year";

/// "As of": what held on a day, as far as was known at the end of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// The day it held.
    pub(crate) on: Date,
    /// The last day of knowledge; none for all that is known now.
    pub(crate) known: Option<Date>,
}

impl Look {
    /// Read from `as_of` and `known` of a query; none without a readable `as_of`.
    fn of(query: &str) -> Option<Self> {
        let day = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name)?.1.parse::<Date>().ok()
        };
        day("as_of").map(|on| Self {
            on,
            known: day("known"),
        })
    }

    /// As the query it was read from.
    pub(crate) fn query(self) -> String {
        match self.known {
            Some(known) => format!("?as_of={}&known={known}", self.on),
            None => format!("?as_of={}", self.on),
        }
    }

    /// The last moment of knowledge. All that is known now is more than what is
    /// dated until now: a clock that ran ahead and was set back dated some later.
    pub(crate) fn moment(self) -> Instant {
        let end = self.known.and_then(|day| day.plus_days(1).midnight());
        end.unwrap_or(Instant::from_micros(i64::MAX))
    }
}

/// What the request says of itself, signed in or not.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// Language of the answer.
    pub(crate) lang: Lang,
    /// Path and query.
    pub(crate) path: String,
    /// Address of the browser.
    pub(crate) ip: String,
    /// What the browser calls itself: `Firefox, Windows`; empty when it does not say.
    pub(crate) device: String,
    /// The school year asked for: that of the page that asks, or by cookie; none for this year.
    pub(crate) year: Option<SchoolYear>,
    /// A past or future day the reader asks about.
    pub(crate) look: Option<Look>,
    /// Asked by a script for a part of a page.
    pub(crate) is_fragment: bool,
    /// Asked by the page itself, not by its reader: it keeps no session awake.
    pub(crate) is_by_itself: bool,
}

impl FromRequestParts<App> for Visit {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}

impl Visit {
    fn of(parts: &Parts) -> Self {
        let header =
            |name: &axum::http::HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let accepts = header(&ACCEPT_LANGUAGE).unwrap_or_default();
        // A page of another tab keeps to the year it shows.
        let year = match parts
            .headers
            .get("x-csrf-token")
            .and_then(|sent| sent.to_str().ok())
        {
            Some(sent) => past::parted(sent).1,
            None => cookie(parts, YEAR_COOKIE).and_then(|year| year.parse().ok()),
        };
        let said = cookie(parts, LANGUAGE_COOKIE).and_then(|tag| Lang::from_tag(&tag));
        let lang = said.unwrap_or_else(|| Lang::accepted(accepts));
        let ip = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(
            || "127.0.0.1".to_owned(),
            |ConnectInfo(address)| address.ip().to_canonical().to_string(),
        );
        Self {
            lang,
            path: parts
                .uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
            ip,
            device: device(header(&axum::http::header::USER_AGENT).unwrap_or_default()),
            year,
            look: Look::of(parts.uri.query().unwrap_or_default()),
            is_fragment: parts.headers.contains_key("hx-request"),
            is_by_itself: parts
                .headers
                .get("hx-trigger")
                .is_some_and(|id| id.as_bytes() == LIVE_PART.as_bytes()),
        }
    }
}

/// Browser and system out of what a browser sends, which names its ancestors
/// too: the first that is found counts. Empty when neither is known.
fn device(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Windows", "Windows"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Android", "Android"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(part, _)| agent.contains(part));
        found.map(|(_, name)| *name)
    };
    let parts: Vec<&str> = [named(&BROWSERS), named(&SYSTEMS)]
        .into_iter()
        .flatten()
        .collect();
    parts.join(", ")
}

/// The value of a cookie of the request.
pub(crate) fn cookie(parts: &Parts, name: &str) -> Option<String> {
    let all = parts.headers.get_all(COOKIE);
    let pairs = all
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    let mut named = pairs.filter_map(|pair| pair.trim().split_once('='));
    named
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// A person signed in. A page that takes this is not shown to anyone else:
/// without a session the answer is the sign-in page, which leads back.
#[derive(Debug, Clone)]
pub(crate) struct Who {
    /// The session, the person, the roles.
    pub(crate) signed_in: SignedIn,
    /// The request.
    pub(crate) visit: Visit,
    /// The school year of today.
    pub(crate) this_year: SchoolYear,
}

impl Who {
    /// The school year on screen, when it is not this one.
    pub(crate) fn other_year(&self) -> Option<SchoolYear> {
        self.visit.year.filter(|year| *year != self.this_year)
    }
    /// Is a past school year on screen? Then pages are read, not changed.
    pub(crate) fn is_in_past(&self) -> bool {
        self.other_year().is_some_and(|year| year < self.this_year)
    }
    /// May the acting role do this, in the year on screen? What it may not is absent.
    pub(crate) fn may_now<A: Action>(&self) -> bool {
        context::may::<A>(self.standing()) && !(past::is_held::<A>() && self.is_in_past())
    }
    /// Does the token prove that the form came from a page of this session?
    pub(crate) fn holds(&self, sent: &str) -> bool {
        self.holder().csrf_holds(past::parted(sent).0)
    }
    /// As the page asked that sent this token: in the year it was drawn in.
    pub(crate) fn on_page_of(mut self, sent: &str) -> Self {
        self.visit.year = past::parted(sent).1;
        self
    }
    /// Stops what would change a past year on screen.
    pub(crate) fn held_back(self, app: &App, parts: &Parts) -> Result<Self, Stopped> {
        if !self.is_in_past() || !past::changes(parts, self.standing().role) {
            return Ok(self);
        }
        let mut visit = self.visit.clone();
        if !past::is_page(parts) {
            "/students".clone_into(&mut visit.path);
        }
        let who = Self { visit, ..self };
        let mut stopped = Stop::PastYear.at(who.visit.clone());
        stopped.who = Some(Box::new((app.clone(), who)));
        Err(stopped)
    }
    /// Acting in which role, for which schools.
    pub(crate) fn standing(&self) -> &Standing {
        &self.signed_in.standing
    }
    /// The acting person, for transactions.
    pub(crate) fn actor(&self) -> &Actor {
        &self.signed_in.standing.actor
    }
    /// The person, acting from a page that showed this of other systems' copies.
    pub(crate) fn having_seen(mut self, seen: &str) -> Self {
        seen.clone_into(&mut self.signed_in.standing.actor.seen);
        self
    }
    /// The division.
    pub(crate) fn division(&self) -> DivisionId {
        self.signed_in.standing.actor.division
    }
    /// Language of the page.
    pub(crate) fn lang(&self) -> Lang {
        self.visit.lang
    }
    /// The school that pages are about; none for all of the standing's.
    pub(crate) fn school(&self) -> Option<SchoolId> {
        self.signed_in.chosen_school
    }
    /// The holder of the session.
    pub(crate) fn holder(&self) -> &Holder {
        &self.signed_in.who
    }
}

fn token(parts: &Parts, app: &App) -> Option<Token> {
    Token::parse(&cookie(parts, session_cookie(app.site().is_secure))?)
}

impl FromRequestParts<App> for Who {
    type Rejection = Stopped;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Stopped> {
        let mut visit = Visit::of(parts);
        let found = find(parts, app, &visit).await;
        match found {
            Ok(Some(signed_in)) => {
                visit.lang = Lang::from_tag(&signed_in.who.language).unwrap_or_default();
                let this_year = SchoolYear::of(app.store().now().date());
                let who = Self {
                    signed_in,
                    visit,
                    this_year,
                };
                parts.extensions.insert(who.clone());
                // Of a form, the page it came from tells the year.
                if parts.method == axum::http::Method::GET {
                    who.held_back(app, parts)
                } else {
                    Ok(who)
                }
            }
            Ok(None) => Err(Stop::SignIn.at(visit)),
            Err(failure) => Err(Stop::Failed(failure).at(visit)),
        }
    }
}

impl OptionalFromRequestParts<App> for Who {
    type Rejection = Stopped;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Stopped> {
        match <Self as FromRequestParts<App>>::from_request_parts(parts, app).await {
            Ok(who) => Ok(Some(who)),
            Err(Stopped {
                stop: Stop::SignIn, ..
            }) => Ok(None),
            Err(stopped) => Err(stopped),
        }
    }
}

async fn find(parts: &Parts, app: &App, visit: &Visit) -> kernel::Outcome<Option<SignedIn>> {
    let Some(token) = token(parts, app) else {
        return Ok(None);
    };
    let ip = visit.ip.clone();
    let idle_seconds = i64::from(app.site().idle_minutes) * 60;
    let found = app
        .store()
        .read(app.division(), move |at| {
            sessions::find_within(at, &token, &ip, idle_seconds)
        })
        .await?;
    if let Some(signed_in) = found
        .clone()
        .filter(|signed_in| signed_in.is_touch_due && !visit.is_by_itself)
    {
        let actor = signed_in.standing.actor.clone();
        app.store()
            .write(&actor, move |tx| sessions::touch(tx, &signed_in))
            .await?;
    }
    Ok(found)
}

/// A person whose password was right, on the way to a second factor.
#[derive(Debug, Clone)]
pub(crate) struct OnTheWay {
    /// Who, and what is missing.
    pub(crate) pending: Pending,
    /// The request.
    pub(crate) visit: Visit,
}

impl FromRequestParts<App> for OnTheWay {
    type Rejection = Stopped;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Stopped> {
        let visit = Visit::of(parts);
        let Some(token) = token(parts, app) else {
            return Err(Stop::SignIn.at(visit));
        };
        let ip = visit.ip.clone();
        let found = app
            .store()
            .read(app.division(), move |at| sessions::find_pending(at, &token, &ip))
            .await;
        match found {
            Ok(Some(pending)) => Ok(Self { pending, visit }),
            Ok(None) => Err(Stop::SignIn.at(visit)),
            Err(failure) => Err(Stop::Failed(failure).at(visit)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_device_is_named_by_its_browser_and_its_system() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox, Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                "Chrome, ChromeOS",
            ),
            ("curl/8.5.0", ""),
            ("", ""),
        ] {
            assert_eq!(device(agent), name, "{agent}");
        }
    }
}
