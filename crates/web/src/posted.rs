//! A form that was sent: its fields, and proof that it came from one of our pages.

use crate::App;
use crate::answer::{Stop, Stopped};
use crate::who::{Visit, Who};
use axum::Form;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use kernel::{Date, Failure, Finding, Findings, Outcome};

/// Name of the field that carries the session's token.
const CSRF: &str = "csrf";
/// Name of the field that carries what the form's page showed of other systems' copies.
const SEEN: &str = "seen-there";

/// Most characters of any field; a list's ticks are a field each.
const LONGEST: usize = 4_000;

/// Reads the answers of a form; fails with every finding at once when one of them cannot be read.
pub(crate) fn all_read<T>(read: impl FnOnce(&mut Findings) -> Option<T>) -> Outcome<T> {
    let mut found = Findings::default();
    let read = read(&mut found);
    let found = found.or_refuse()?;
    read.ok_or(Failure::Invalid(found))
}

/// The fields of a form, in the order sent; a name may repeat.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The value of a field, edge blanks cut; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.trim())
    }
    /// The value just as it was sent: passwords may begin or end with a blank.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }
    /// The value when something was typed.
    pub(crate) fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name))
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    }
    /// Every value of a repeated field.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(key, _)| key == name);
        named
            .map(|(_, value)| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect()
    }
    /// Was the box ticked?
    pub(crate) fn is_on(&self, name: &str) -> bool {
        matches!(self.get(name), "on" | "true" | "yes" | "1")
    }
    /// A date; a refusing finding when it is none.
    pub(crate) fn date(&self, name: &str, findings: &mut Findings) -> Option<Date> {
        self.parsed(name, "LP-0001", findings)
    }
    /// A date that must be there; a refusing finding when it is missing, or none.
    pub(crate) fn day(&self, name: &str, findings: &mut Findings) -> Option<Date> {
        if self.get(name).is_empty() {
            findings.push(Finding::refuse("LP-0001", name));
        }
        self.date(name, findings)
    }
    /// One of a list that must be there; a refusing finding with `code` when it is missing, or not of the list.
    pub(crate) fn chosen<T: std::str::FromStr>(
        &self,
        name: &str,
        code: &str,
        findings: &mut Findings,
    ) -> Option<T> {
        if self.get(name).is_empty() {
            findings.push(Finding::refuse(code, name));
        }
        self.parsed(name, code, findings)
    }
    /// The version of the record that the page showed; refused when the form does not say it, so that nothing is
    /// saved over what its author never saw.
    pub(crate) fn version(&self, name: &str) -> Outcome<i64> {
        let said = self.get(name).parse().ok().filter(|version| *version >= 0);
        said.ok_or_else(|| Failure::refuse("LP-0011", ""))
    }
    /// A value of a kind; a refusing finding with `code` when what was typed is none.
    pub(crate) fn parsed<T: std::str::FromStr>(
        &self,
        name: &str,
        code: &str,
        findings: &mut Findings,
    ) -> Option<T> {
        let typed = self.get(name);
        if typed.is_empty() {
            return None;
        }
        typed
            .parse()
            .inspect_err(|_| findings.push(Finding::refuse(code, name)))
            .ok()
    }
    /// Refuses what no field may hold, beside each: signs that nobody types
    /// (`LP-0009`), and more than [`LONGEST`] characters (`LP-0010`). Every form
    /// that keeps what was typed asks this first; how long its own fields may
    /// be is said by their rules.
    pub(crate) fn fit(&self) -> Outcome<()> {
        let is_unseen = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t');
        let mut findings = Findings::default();
        for (name, value) in &self.0 {
            if value.contains(is_unseen) {
                findings.push(Finding::refuse("LP-0009", name));
            }
            if value.chars().count() > LONGEST {
                findings.push(Finding::refuse("LP-0010", name).with("most", LONGEST));
            }
        }
        findings.or_refuse().map(|_| ())
    }
    /// What may be saved, but should be looked at first (warnings and notes), must have stood on
    /// the form that was sent: else it is asked with them, and nothing is saved.
    pub(crate) fn confirmed(&self, findings: Findings) -> Outcome<()> {
        let told: Vec<&str> = self.get(ui::form::TOLD).split(' ').collect();
        let is_told = |one: &Finding| told.contains(&one.code.as_str());
        if findings.0.iter().all(is_told) {
            return Ok(());
        }
        Err(Failure::Invalid(findings))
    }
    /// Refuses a field that is longer than its control lets a browser send (`LP-0010`).
    pub(crate) fn at_most(&self, name: &str, most: usize) -> Outcome<()> {
        if self.get(name).chars().count() <= most {
            return Ok(());
        }
        let finding = Finding::refuse("LP-0010", name).with("most", most);
        Err(Failure::Invalid(finding.into()))
    }
    /// Names and values, for showing a form again.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

impl From<Vec<(String, String)>> for Fields {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
}

#[cfg(test)]
impl Fields {
    /// Fields of a test.
    pub(crate) fn of(pairs: &[(&str, &str)]) -> Self {
        Self(
            pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }
}

/// The form of a person signed in, with the token checked.
pub(crate) struct Posted {
    /// Who sent it.
    pub(crate) who: Who,
    /// What.
    pub(crate) fields: Fields,
}

impl FromRequest<App> for Posted {
    type Rejection = Stopped;
    async fn from_request(request: Request, app: &App) -> Result<Self, Stopped> {
        let (mut parts, body) = request.into_parts();
        let who = <Who as FromRequestParts<App>>::from_request_parts(&mut parts, app).await?;
        let sent = header(&parts);
        let asked = parts.clone();
        let fields = read(Request::from_parts(parts, body), app, &who.visit).await?;
        let fields = crate::stale::settled(fields);
        let token = sent.unwrap_or_else(|| fields.get(CSRF).to_owned());
        let who = who.having_seen(fields.get(SEEN));
        if who.holds(&token) {
            let who = who.on_page_of(&token).held_back(app, &asked)?;
            Ok(Self { who, fields })
        } else {
            Err(Stop::Forged.at(who.visit))
        }
    }
}

/// A file of a person signed in, with the token checked before the file is read.
pub(crate) struct PostedFile {
    /// Who sent it.
    pub(crate) who: Who,
    /// Its bytes, none when no file was chosen; or why it cannot be taken.
    pub(crate) file: Outcome<Vec<u8>>,
}

impl FromRequest<App> for PostedFile {
    type Rejection = Stopped;
    async fn from_request(request: Request, app: &App) -> Result<Self, Stopped> {
        let (mut parts, body) = request.into_parts();
        let who = <Who as FromRequestParts<App>>::from_request_parts(&mut parts, app).await?;
        let sent = header(&parts);
        let asked = parts.clone();
        let parted = Multipart::from_request(Request::from_parts(parts, body), app).await;
        let (token, file) = match parted {
            Ok(parted) => parted_file(parted, sent, &who).await,
            Err(_) => (sent, Ok(Vec::new())),
        };
        match token.filter(|token| who.holds(token)) {
            Some(token) => {
                let who = who.on_page_of(&token).held_back(app, &asked)?;
                Ok(Self { who, file })
            }
            None => Err(Stop::Forged.at(who.visit)),
        }
    }
}

/// The token and the first file; nothing of a file is read before a token that holds.
async fn parted_file(
    mut parts: Multipart,
    sent: Option<String>,
    who: &Who,
) -> (Option<String>, Outcome<Vec<u8>>) {
    let mut token = sent;
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return (token, Ok(Vec::new())),
            Err(error) => return (token, Err(unread(&error))),
        };
        let name = part.name().unwrap_or_default().to_owned();
        if name == CSRF && token.is_none() {
            token = part.text().await.ok();
        } else if part.file_name().is_some() {
            let holds = token.as_ref().is_some_and(|token| who.holds(token));
            if !holds {
                return (None, Ok(Vec::new()));
            }
            let read = part.bytes().await;
            return (
                token,
                read.map(|bytes| bytes.to_vec()).map_err(|error| unread(&error)),
            );
        }
    }
}

/// A file beyond the limit of its address, or one that broke off on the way.
fn unread(error: &MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        people::picture::too_large()
    } else {
        Failure::refuse("LP-0002", "photo")
    }
}

fn header(parts: &axum::http::request::Parts) -> Option<String> {
    parts
        .headers
        .get("x-csrf-token")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// The fields of a form sent before there is a session. Its page cannot be
/// forged usefully: browsers send our cookies with same-site requests alone.
pub(crate) struct Early {
    /// What.
    pub(crate) fields: Fields,
    /// The request.
    pub(crate) visit: Visit,
}

impl FromRequest<App> for Early {
    type Rejection = Stopped;
    async fn from_request(request: Request, app: &App) -> Result<Self, Stopped> {
        let (mut parts, body) = request.into_parts();
        let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
        if !is_same_site(&parts) {
            return Err(Stop::Forged.at(visit));
        }
        let fields = read(Request::from_parts(parts, body), app, &visit).await?;
        Ok(Self { fields, visit })
    }
}

/// Modern browsers say where a request comes from; another site's form is refused.
fn is_same_site(parts: &axum::http::request::Parts) -> bool {
    let said = parts
        .headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    matches!(said, None | Some("same-origin" | "none"))
}

async fn read(request: Request, app: &App, visit: &Visit) -> Result<Fields, Stopped> {
    if !request.headers().contains_key(CONTENT_TYPE) {
        return Ok(Fields::default()); // a script that only says "do it"; its token is in a header
    }
    Form::<Vec<(String, String)>>::from_request(request, app)
        .await
        .map(|Form(pairs)| Fields(pairs))
        // Cut off on the way, or not a form: nothing of it was looked at.
        .map_err(|_| Stop::Forged.at(visit.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(findings: &Findings) -> Vec<(&str, &str)> {
        let all = findings.0.iter();
        all.map(|one| (one.code.as_str(), one.field.as_str())).collect()
    }

    #[test]
    fn a_form_that_does_not_say_which_version_it_saw_saves_nothing() {
        let version = |sent: &[(&str, &str)]| Fields::of(sent).version("version");
        assert_eq!(version(&[("version", "3")]), Ok(3));
        assert_eq!(version(&[("version", "0")]), Ok(0), "a new record");
        for wrong in ["", "x", "-1", "3.5", "99999999999999999999"] {
            let refused = Err(Failure::refuse("LP-0011", ""));
            assert_eq!(version(&[("version", wrong)]), refused, "{wrong:?}");
        }
        assert_eq!(version(&[]), Err(Failure::refuse("LP-0011", "")));
    }

    #[test]
    fn what_must_be_there_is_one_finding_whether_missing_or_wrong() {
        for typed in ["", "tomorrow", "2026-02-30"] {
            let (fields, mut findings) = (Fields::of(&[("start", typed)]), Findings::default());
            assert_eq!(fields.day("start", &mut findings), None);
            assert_eq!(codes(&findings), [("LP-0001", "start")], "{typed:?}");
        }
        for typed in ["", "Nonsense"] {
            let (fields, mut findings) = (Fields::of(&[("kind", typed)]), Findings::default());
            let kind: Option<enrolment::ExitKind> = fields.chosen("kind", "LP-0008", &mut findings);
            assert_eq!(
                (kind, codes(&findings)),
                (None, vec![("LP-0008", "kind")]),
                "{typed:?}"
            );
        }
    }
}
