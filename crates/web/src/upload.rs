//! A form with a file, read piece by piece; the token must stand before the file.

use crate::App;
use crate::answer::{Stop, Stopped};
use crate::posted::Fields;
use crate::who::Who;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, FromRequestParts, Request};
use std::sync::Arc;

/// Largest upload, in bytes.
pub(crate) const LIMIT: usize = 64 << 20;

/// Largest field beside the file, in bytes.
pub(crate) const FIELD: usize = 1 << 16;

/// A file as it was sent.
pub(crate) struct SentFile {
    /// Its name, as the browser says it.
    pub(crate) name: String,
    /// The whole of it.
    pub(crate) bytes: Arc<[u8]>,
}

/// A form with a file, of a person signed in, with the token checked.
pub(crate) struct Uploaded {
    /// Who sent it.
    pub(crate) who: Who,
    /// What else was sent.
    pub(crate) fields: Fields,
    /// The file; none when none was chosen.
    pub(crate) file: Option<SentFile>,
    /// The file was larger than [`LIMIT`].
    pub(crate) is_too_large: bool,
    /// A field beside the file that is far too long, by its name.
    pub(crate) overlong: Option<String>,
}

impl FromRequest<App> for Uploaded {
    type Rejection = Stopped;
    async fn from_request(request: Request, app: &App) -> Result<Self, Stopped> {
        let (mut parts, body) = request.into_parts();
        let who = <Who as FromRequestParts<App>>::from_request_parts(&mut parts, app).await?;
        let header = parts
            .headers
            .get("x-csrf-token")
            .and_then(|value| value.to_str().ok());
        let mut is_ours = header.is_some_and(|token| who.holds(token));
        let mut sent = Self {
            who,
            fields: Fields::default(),
            file: None,
            is_too_large: false,
            overlong: None,
        };
        let Ok(mut form) = Multipart::from_request(Request::from_parts(parts, body), app).await else {
            return if is_ours {
                Ok(sent)
            } else {
                Err(Stop::Forged.at(sent.who.visit))
            };
        };
        let mut pairs = Vec::new();
        loop {
            let part = match form.next_field().await {
                Ok(Some(part)) => part,
                Ok(None) => break,
                Err(_) => {
                    sent.is_too_large = true;
                    break;
                }
            };
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            if file_name.is_some() && !is_ours {
                break;
            }
            let Ok(bytes) = part.bytes().await else {
                sent.is_too_large = true;
                break;
            };
            match file_name {
                Some(file) if !bytes.is_empty() => {
                    sent.file = Some(SentFile {
                        name: file,
                        bytes: Arc::from(bytes.as_ref()),
                    });
                }
                Some(_) => {}
                None if bytes.len() > FIELD => sent.overlong = Some(name),
                None => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    is_ours |= name == "csrf" && sent.who.holds(&text);
                    pairs.push((name, text));
                }
            }
        }
        if !is_ours {
            return Err(Stop::Forged.at(sent.who.visit));
        }
        sent.fields = Fields::from(pairs);
        Ok(sent)
    }
}
