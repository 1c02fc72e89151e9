//! What comes back: a page, a way on, or why not. Only the class of a failure
//! decides its status; every failure is logged here, once.

use crate::App;
use crate::context;
use crate::who::{Visit, Who};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use exchange::export::ExportFormat;
use kernel::Failure;
use maud::Markup;
use ui::error_page::{self, Trouble};

/// What a page answers.
pub(crate) type PageResult = Result<Answer, Stopped>;

/// A good answer.
pub(crate) enum Answer {
    /// A page, or a part of one, with its status.
    Page(StatusCode, Markup),
    /// Go on there, after a form was taken.
    See(String, Vec<String>),
    /// Something else: JSON, a file.
    Other(Box<Response>),
    /// Done; nothing to show.
    Nothing,
}

impl Answer {
    /// A page.
    pub(crate) fn page(markup: Markup) -> Self {
        Self::Page(StatusCode::OK, markup)
    }
    /// The form again, with findings beside its fields.
    pub(crate) fn again(markup: Markup) -> Self {
        Self::Page(StatusCode::UNPROCESSABLE_ENTITY, markup)
    }
    /// Both versions, or the form again: somebody saved first.
    pub(crate) fn stale(markup: Markup) -> Self {
        Self::Page(StatusCode::CONFLICT, markup)
    }
    /// A list as a text file, which no cache keeps.
    pub(crate) fn csv(name: &str, bytes: Vec<u8>) -> Self {
        Self::list(name, ExportFormat::Csv, bytes)
    }
    /// A list as a file, which no cache keeps.
    pub(crate) fn list(name: &str, format: ExportFormat, bytes: Vec<u8>) -> Self {
        let kind = match format {
            ExportFormat::Csv => "text/csv; charset=utf-8",
            ExportFormat::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        };
        let headers = [
            (CONTENT_TYPE, kind.to_owned()),
            (
                CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}.{format}\""),
            ),
            (CACHE_CONTROL, "no-store".to_owned()),
        ];
        Self::Other(Box::new((headers, bytes).into_response()))
    }
    /// A document to print, which no cache keeps; the browser shows it.
    pub(crate) fn pdf(name: &str, bytes: Vec<u8>) -> Self {
        let headers = [
            (CONTENT_TYPE, "application/pdf".to_owned()),
            (CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")),
            (CACHE_CONTROL, "no-store".to_owned()),
        ];
        Self::Other(Box::new((headers, bytes).into_response()))
    }
    /// Go on there.
    pub(crate) fn see(path: impl Into<String>) -> Self {
        Self::See(path.into(), Vec::new())
    }
}

impl From<Markup> for Answer {
    fn from(markup: Markup) -> Self {
        Self::page(markup)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Self::Page(status, markup) => {
                (status, [(CACHE_CONTROL, "no-store")], Html(markup.into_string())).into_response()
            }
            Self::See(path, cookies) => {
                let mut headers = HeaderMap::new();
                let location = HeaderValue::from_str(&path).unwrap_or(HeaderValue::from_static("/"));
                headers.insert(LOCATION, location);
                for cookie in cookies
                    .iter()
                    .filter_map(|cookie| HeaderValue::from_str(cookie).ok())
                {
                    headers.append(SET_COOKIE, cookie);
                }
                (StatusCode::SEE_OTHER, headers).into_response()
            }
            Self::Other(response) => *response,
            Self::Nothing => StatusCode::NO_CONTENT.into_response(),
        }
    }
}

/// Why a page is not shown.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody is signed in.
    SignIn,
    /// The form does not carry the session's token.
    Forged,
    /// It would change a past school year, which is on screen to be read.
    PastYear,
    /// The operation failed.
    Failed(Failure),
    /// Another page stands in its place: the cover of a record.
    Instead(Markup),
}

impl Stop {
    /// With the request it stopped.
    pub(crate) fn at(self, visit: Visit) -> Stopped {
        Stopped {
            stop: self,
            visit: Box::new(visit),
            who: None,
        }
    }
}

/// A request that was stopped.
#[derive(Debug)]
pub(crate) struct Stopped {
    pub(crate) stop: Stop,
    pub(crate) visit: Box<Visit>,
    pub(crate) who: Option<Box<(App, Who)>>,
}

/// `?` on an operation's outcome inside a page.
pub(crate) trait OrStop<T> {
    /// The value, or the page that says why not.
    fn or_stop(self, app: &App, who: &Who) -> Result<T, Stopped>;
}

impl<T> OrStop<T> for Result<T, Failure> {
    fn or_stop(self, app: &App, who: &Who) -> Result<T, Stopped> {
        self.map_err(|failure| Stopped {
            stop: Stop::Failed(failure),
            visit: Box::new(who.visit.clone()),
            who: Some(Box::new((app.clone(), who.clone()))),
        })
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("App")
    }
}

impl IntoResponse for Stopped {
    fn into_response(self) -> Response {
        match &self.stop {
            Stop::SignIn if self.visit.is_fragment => {
                // A script asked: let the browser go there as a whole.
                let refresh = [(HeaderName::from_static("hx-refresh"), "true")];
                (StatusCode::UNAUTHORIZED, refresh).into_response()
            }
            Stop::SignIn => {
                Answer::see(format!("/sign-in?next={}", encoded(&self.visit.path))).into_response()
            }
            Stop::Forged => self.page(&Trouble::Expired),
            Stop::PastYear => self.past_year(),
            Stop::Failed(failure) => self.failed(failure),
            Stop::Instead(_) if self.visit.is_fragment => {
                ([(HeaderName::from_static("hx-refresh"), "true")]).into_response()
            }
            Stop::Instead(page) => Answer::page(page.clone()).into_response(),
        }
    }
}

impl Stopped {
    fn failed(&self, failure: &Failure) -> Response {
        match failure {
            Failure::NotFound => self.page(&Trouble::NotFound),
            Failure::Denied(action) => {
                self.refused(action);
                let who_grants = self.visit.lang.t("who-grants-access");
                self.page(&Trouble::Denied {
                    who_grants: &who_grants,
                })
            }
            Failure::Unavailable(_) => {
                tracing::warn!(path = %self.log_path(), "{}", failure.log_line());
                self.page(&Trouble::Away)
            }
            // A page that lets these through has no form to show them in.
            Failure::Invalid(_) | Failure::Conflict(_) | Failure::Fault(_) => {
                let incident = uuid::Uuid::new_v4().simple().to_string();
                let incident = &incident[..8];
                tracing::error!(incident, path = %self.log_path(), "{}", failure.log_line());
                let mut response = self.page(&Trouble::Fault { incident });
                match failure {
                    Failure::Invalid(_) => *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY,
                    Failure::Conflict(_) => *response.status_mut() = StatusCode::CONFLICT,
                    _ => {}
                }
                response
            }
        }
    }

    /// The year on screen, and the one to go to.
    fn past_year(&self) -> Response {
        let years = self
            .who
            .as_deref()
            .map(|(_, who)| (context::year_shown(who), who.this_year));
        let (shown, now) = years
            .map(|(shown, now)| (shown.to_string(), now.to_string()))
            .unwrap_or_default();
        self.page(&Trouble::PastYear {
            shown: &shown,
            now: &now,
        })
    }

    /// The path without its query, which may hold what was searched for.
    fn log_path(&self) -> &str {
        // A code that serves once stands in no log.
        let path = self.visit.path.split('?').next().unwrap_or_default();
        let secret = ["/join/", "/sign-in/forgot/"];
        secret
            .into_iter()
            .find(|begins| path.starts_with(begins))
            .unwrap_or(path)
    }

    /// A refusal is kept in the audit; the answer does not wait for it.
    fn refused(&self, action: &'static str) {
        let Some((app, who)) = self.who.as_deref() else {
            return;
        };
        let (app, actor, path) = (app.clone(), who.actor().clone(), self.log_path().to_owned());
        tokio::spawn(async move {
            let kept = app
                .store()
                .write(&actor, move |tx| {
                    access::trail::refused(tx, action, db::Subject::new("page", &path));
                    Ok(())
                })
                .await;
            if let Err(failure) = kept {
                tracing::error!("a refusal was not kept: {}", failure.log_line());
            }
        });
    }

    fn page(&self, trouble: &Trouble<'_>) -> Response {
        let status = StatusCode::from_u16(trouble.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let markup = match self.who.as_deref() {
            Some((app, who)) => error_page::in_shell(&context::bare(app, who), trouble),
            None => error_page::alone(self.visit.lang, trouble),
        };
        Answer::Page(status, markup).into_response()
    }
}

/// The query of an address, with its question mark: every pair that says something; empty when none does.
pub(crate) fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let filled: Vec<String> = pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if filled.is_empty() {
        String::new()
    } else {
        format!("?{}", filled.join("&"))
    }
}

/// A text as it may stand in a query.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut out, byte| {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
            out
        })
}
