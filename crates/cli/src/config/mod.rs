//! The configuration: one TOML file, then `LODGEPOLE_*` variables over it.
//! Every key stands in `keys.rs`; anything else is refused with its place and
//! the nearest key.

mod keys;
mod source;

use crate::ending::Stop;
use db::{Location, Options};
use kernel::{DivisionId, OrganizationCode};
use source::Values;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The configuration, typed.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// Folder of the records.
    pub(crate) data: PathBuf,
    /// PostgreSQL in place of the folder.
    pub(crate) database_url: Option<String>,
    /// Folder of the master key.
    pub(crate) keys: PathBuf,
    /// Somebody said where the keys are.
    pub(crate) keys_are_set: bool,
    /// The division, where there are several.
    pub(crate) division: Option<DivisionId>,
    /// Where the site listens.
    pub(crate) listen: SocketAddr,
    /// The address that people type.
    pub(crate) public_url: Option<String>,
    /// What is logged.
    pub(crate) log: String,
    /// Sizes of the pools.
    pub(crate) options: Options,
    /// Certificate and key of the site.
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
    /// Minutes without input after which a session ends.
    pub(crate) idle_minutes: u16,
    /// The daily backup, where one is wanted.
    pub(crate) backup: Option<worker::Backup>,
    /// The mail server, where e-mail is to be sent.
    pub(crate) mail: Option<mail::Smtp>,
    /// The connection to the province.
    pub(crate) pasi: Option<Pasi>,
    values: Values,
}

/// How PASI is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pasi {
    /// Endpoint.
    pub(crate) url: String,
    /// Folder of the three files.
    pub(crate) credentials: PathBuf,
    /// Whom calls speak for; the division's authority when none is named.
    pub(crate) organization: Option<OrganizationCode>,
}

impl Config {
    /// Reads the file (the one named, else that of `LODGEPOLE_CONFIG`, else
    /// none) and the environment. A mistake is a wrong call that names its
    /// place; a file that cannot be read is away.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, Stop> {
        let environment = source::environment();
        let named = file
            .map(Path::to_owned)
            .or_else(|| source::named_file(&environment));
        let text = match &named {
            None => None,
            Some(path) => Some((
                path.as_path(),
                std::fs::read_to_string(path).map_err(Stop::io(path.display()))?,
            )),
        };
        let text = text.as_ref().map(|(path, text)| (*path, text.as_str()));
        Self::of(Values::read(text, &environment).map_err(Stop::Call)?).map_err(Stop::Call)
    }

    /// What a file of this text would set; for tests.
    #[cfg(test)]
    pub(crate) fn from_text(text: &str) -> Result<Self, String> {
        Self::of(Values::read(Some((Path::new("test.toml"), text)), &Vec::new())?)
    }

    fn of(values: Values) -> Result<Self, String> {
        let organization =
            values.parsed::<OrganizationCode>("pasi.organization", "an organization code such as A.3260")?;
        let credentials = values.path("pasi.credentials");
        let pasi = values.text("pasi.url").map(|url| Pasi {
            url,
            credentials,
            organization,
        });
        if let Some(pasi) = &pasi
            && !pasi.url.starts_with("https://")
        {
            return Err(values.wrong("pasi.url", "begins with https://"));
        }
        let tls = match (values.set_path("tls.certificate"), values.set_path("tls.key")) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            (Some(_), None) => return Err(values.wrong("tls.certificate", "needs tls.key beside it")),
            (None, Some(_)) => return Err(values.wrong("tls.key", "needs tls.certificate beside it")),
        };
        if let Some(url) = values.text("public_url")
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            return Err(values.wrong("public_url", "begins with https://"));
        }
        let idle_minutes = values
            .parsed::<u16>("idle_minutes", "a whole number from 5 to 30")?
            .unwrap_or(access::sessions::IDLE_MINUTES);
        if !(5..=access::sessions::IDLE_MINUTES).contains(&idle_minutes) {
            return Err(values.wrong("idle_minutes", "is a whole number from 5 to 30"));
        }
        let keep = values.parsed::<usize>("backup.keep", "a whole number from 1 up")?;
        let backup = values.set_path("backup.to").map(|to| worker::Backup {
            to,
            keep: keep.unwrap_or(14),
        });
        let mail = smtp(&values)?;
        let number = |name: &str| values.parsed::<u32>(name, "a whole number from 1 up");
        Ok(Self {
            data: values.path("data"),
            database_url: values.text("database_url"),
            keys: values.path("keys"),
            keys_are_set: values.is_set("keys"),
            division: values.parsed::<i32>("division", "a number")?.map(DivisionId),
            listen: values
                .parsed("listen", "an address and port")?
                .ok_or_else(|| "listen: missing".to_owned())?,
            public_url: values.text("public_url"),
            log: values.text("log").unwrap_or_default(),
            options: Options {
                readers: number("readers")?.unwrap_or(4),
                writers: number("writers")?.unwrap_or(8),
            },
            tls,
            idle_minutes,
            backup,
            mail,
            pasi,
            values,
        })
    }

    /// Where the records are.
    pub(crate) fn location(&self) -> Location {
        Location::new(&self.data, self.database_url.as_deref())
    }

    /// What holds and who said so; passwords in URLs are covered.
    pub(crate) fn shown(&self) -> String {
        self.values.shown()
    }
}

/// The mail server; none where no host is named.
fn smtp(values: &Values) -> Result<Option<mail::Smtp>, String> {
    let Some(host) = values.text("mail.host") else {
        return Ok(None);
    };
    let security = values
        .parsed::<mail::Security>("mail.tls", "starttls, tls or none")?
        .unwrap_or(mail::Security::StartTls);
    let from = values
        .text("mail.from")
        .ok_or_else(|| values.wrong("mail.host", "needs mail.from beside it"))?;
    let smtp = mail::Smtp {
        host,
        port: values
            .parsed::<u16>("mail.port", "a port from 1 to 65535")?
            .unwrap_or(587),
        security,
        user: values.text("mail.user"),
        password_file: values.set_path("mail.password_file"),
        from,
    };
    match mail::Postman::new(smtp.clone()) {
        Ok(_) => Ok(Some(smtp)),
        Err(words) => Err(values.wrong("mail.host", &format!("cannot be used: {words}"))),
    }
}

/// Every key in words, as a file to begin with.
pub(crate) fn explained() -> String {
    let mut text = String::from(
        "# Every key can also be set by its variable, which goes before the file.\n\
         # Keys with a point belong into a table: pasi.url is url under [pasi].\n",
    );
    let mut table = "";
    for key in keys::KEYS {
        let (of, name) = key.name.split_once('.').unwrap_or(("", key.name));
        if of != table {
            table = of;
            let _ = write!(text, "\n[{table}]\n");
        }
        let value = match (key.kind, key.default) {
            (keys::Kind::Number, "") => "…".to_owned(),
            (keys::Kind::Number, number) => number.to_owned(),
            (_, default) => format!("\"{default}\""),
        };
        let _ = write!(
            text,
            "\n# {}\n# Takes {}; {}.\n#{name} = {value}\n",
            key.about,
            key.kind.words(),
            key.variable()
        );
    }
    text
}

#[cfg(test)]
mod tests;
