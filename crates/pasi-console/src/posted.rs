//! A form that was sent, with proof that it came from one of our pages.

use crate::answer;
use crate::at::{App, At, item};
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::StatusCode;
use axum::response::Response;
use codes::CodeSet;
use kernel::{Date, Findings};
use maud::html;
use pasi_wire::messages::Rejection;
use pasi_wire::rules::{rule, rule_of};
use std::str::FromStr;
use ui::Lang;
use ui::form::{Finding, Severity};

/// The fields of a form, in the order sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The value of a field, edge blanks cut and inner blanks single; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> String {
        let sent = self.0.iter().find(|(key, _)| key == name);
        sent.map_or_else(String::new, |(_, value)| kernel::text::squeeze(value))
    }
    /// Every value of a field that may be sent several times.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let sent = self.0.iter().filter(|(key, _)| key == name);
        sent.map(|(_, value)| value.trim()).collect()
    }
    /// A text of several lines, its edges cut, each line ended as the contract
    /// ends it; none when nothing was typed.
    pub(crate) fn lines(&self, name: &str) -> Option<String> {
        let sent = self.0.iter().find(|(key, _)| key == name);
        let text = sent.map(|(_, value)| value.trim().lines().collect::<Vec<_>>().join("\r\n"));
        text.filter(|text| !text.is_empty())
    }
    /// The value when something was typed.
    pub(crate) fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }
    /// The value as a kind; none when nothing, or something else, was typed.
    pub(crate) fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).parse().ok()
    }
    /// Was the box ticked?
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }
    /// A date of three boxes, or of one; `None` when it is none.
    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        let part = |part: &str| self.get(&format!("{name}-{part}"));
        let (year, month, day) = (part("year"), part("month"), part("day"));
        if year.is_empty() {
            return self.parsed(name);
        }
        format!("{year:0>4}-{month:0>2}-{day:0>2}").parse().ok()
    }
    /// What was typed as a date, to be shown again.
    pub(crate) fn typed_day(&self, name: &str) -> String {
        let parts = ["year", "month", "day"].map(|part| self.get(&format!("{name}-{part}")));
        parts.join("-")
    }
}

impl From<Vec<(String, String)>> for Fields {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
}

/// What a form says, field by field; what cannot be read is found.
pub(crate) struct Reading<'a> {
    pub(crate) at: &'a At,
    pub(crate) fields: &'a Fields,
    pub(crate) found: Vec<Finding>,
}

impl<'a> Reading<'a> {
    pub(crate) fn of(at: &'a At, fields: &'a Fields) -> Self {
        Self {
            at,
            fields,
            found: Vec::new(),
        }
    }
    /// A value that must be there.
    pub(crate) fn needed<T: FromStr>(&mut self, name: &str, words: &str) -> Option<T> {
        let read = self.fields.parsed(name);
        if read.is_none() {
            self.found.push(wrong(self.at, name, words));
        }
        read
    }
    /// A value that may be left out.
    pub(crate) fn maybe<T: FromStr>(&mut self, name: &str, words: &str) -> Option<T> {
        self.fields.some(name)?;
        self.needed(name, words)
    }
    /// A value of a list.
    pub(crate) fn one_of(&mut self, name: &str, is_one: impl Fn(&str) -> bool) -> String {
        let chosen = self.fields.get(name);
        if !is_one(&chosen) {
            self.found.push(wrong(self.at, name, "desk-choose"));
        }
        chosen
    }
    /// A code of a set.
    pub(crate) fn code(&mut self, name: &str, set: CodeSet) -> String {
        self.one_of(name, |text| codes::built_in(set).find(text).is_some())
    }
}

/// What a form asked for and what was wrong with it, to be shown again.
#[derive(Debug, Default)]
pub(crate) struct Tried {
    /// Which form of the page.
    pub(crate) form: &'static str,
    /// What was typed.
    pub(crate) fields: Fields,
    /// Why it was not done.
    pub(crate) findings: Vec<Finding>,
}

impl Tried {
    /// A form that was not taken.
    pub(crate) fn refused(form: &'static str, fields: Fields, findings: Vec<Finding>) -> Self {
        Self {
            form,
            fields,
            findings,
        }
    }
    /// The status of the page that shows it.
    pub(crate) fn status(&self) -> StatusCode {
        if self.findings.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

/// A form of one of our pages.
pub(crate) struct Posted {
    pub(crate) at: At,
    pub(crate) fields: Fields,
}

impl FromRequest<App> for Posted {
    type Rejection = Response;
    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(at) = At::from_request_parts(&mut parts, app).await;
        let header = parts
            .headers
            .get("x-csrf-token")
            .and_then(|value| value.to_str().ok());
        let header = header.unwrap_or_default().to_owned();
        let sent = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), app).await;
        let fields = sent.map(|Form(pairs)| Fields(pairs)).unwrap_or_default();
        if app.holds(&header) || app.holds(&fields.get("csrf")) {
            return Ok(Self { at, fields });
        }
        let title = at.t("error-400");
        let body = html! {
            (ui::head::PageHead::new(&*title).draw())
            (ui::card::unheaded_card(&title, &ui::waiting::empty(&at.t("desk-forged"), None)))
        };
        Err(at.page_with(StatusCode::BAD_REQUEST, item::OVERVIEW, &title, body))
    }
}

/// Says that a field is wrong, in words of ours.
pub(crate) fn wrong(at: &At, field: &str, words: &str) -> Finding {
    Finding::new(Severity::Refuse, field, at.t(words))
}

/// What the province's rules said, beside its fields.
pub(crate) fn from_rules(at: &At, found: &Findings) -> Vec<Finding> {
    let refusing = found
        .0
        .iter()
        .filter(|finding| finding.severity == kernel::Severity::Refuse);
    refusing
        .map(|finding| {
            let sentence = rule_of(finding).map(|rule| rule.told(&finding.args, is_french(at)));
            let text = sentence.unwrap_or_else(|| finding.code.clone());
            Finding::new(Severity::Refuse, &finding.field, text).code(&finding.code)
        })
        .collect()
}

/// What refused a submit, in the language of the page.
pub(crate) fn from_rejections(at: &At, rejections: &[Rejection]) -> Vec<Finding> {
    rejections
        .iter()
        .map(|rejection| {
            let args: Vec<(String, String)> = rejection
                .arguments
                .iter()
                .map(|pair| (pair.key.clone(), pair.value.clone()))
                .collect();
            let known = rule(rejection.code);
            let text = known.map_or_else(
                || rejection.message.clone(),
                |rule| rule.told(&args, is_french(at)),
            );
            let field = known.map_or("", |rule| rule.field);
            Finding::new(Severity::Refuse, field, text).code(rejection.code.to_string())
        })
        .collect()
}

pub(crate) fn is_french(at: &At) -> bool {
    at.lang == Lang::FrCa
}

/// After a form was taken: back to a page, which says what was done.
pub(crate) fn done(path: &str, what: &str) -> Response {
    answer::see(&format!("{path}?done={what}"))
}

/// What a form before this page came to, by the word in its address; only words we know.
pub(crate) fn told(at: &At, done: Option<&str>) -> maud::Markup {
    const KNOWN: &[&str] = &[
        "identity",
        "address",
        "guardian",
        "phone",
        "citizenship",
        "restriction",
        "medical",
        "enrolment",
        "course-enrolment",
        "section",
        "responsible",
        "overridden",
        "taken-back",
        "rescored",
        "authority",
        "number",
        "exam",
        "test",
        "credential",
        "disposed",
        "trouble",
        "calm",
        "client",
        "school",
        "year",
        "code",
        "expired",
        "school-year",
    ];
    match done.filter(|what| KNOWN.contains(what)) {
        Some(what) => ui::notice::toast(at.lang, &at.t(&format!("desk-done-{what}")), None),
        None => maud::Markup::default(),
    }
}
