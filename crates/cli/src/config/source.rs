//! Where values come from: the file with its lines, the environment.

use super::keys::{self, Kind};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Names of variables with their values.
pub(super) type Environment = Vec<(String, String)>;

/// Variables that begin alike and are not keys.
const NOT_KEYS: &[&str] = &["LODGEPOLE_CONFIG", "LODGEPOLE_TEST_POSTGRES"];

/// A value and who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Value {
    text: String,
    from: String,
}

/// The values that were set, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Values(BTreeMap<&'static str, Value>);

/// The `LODGEPOLE_*` variables.
pub(super) fn environment() -> Environment {
    std::env::vars()
        .filter(|(name, _)| name.starts_with("LODGEPOLE_"))
        .collect()
}

/// The file that the environment names.
pub(super) fn named_file(environment: &Environment) -> Option<PathBuf> {
    let named = environment.iter().find(|(name, _)| name == NOT_KEYS[0])?;
    Some(PathBuf::from(&named.1))
}

impl Values {
    /// Reads the text of a file, then the environment over it. The first mistake is told.
    pub(super) fn read(file: Option<(&Path, &str)>, environment: &Environment) -> Result<Self, String> {
        let mut values = Self::default();
        if let Some((path, text)) = file {
            values.read_file(path, text)?;
        }
        for (variable, text) in environment {
            if NOT_KEYS.contains(&variable.as_str()) {
                continue;
            }
            let Some(key) = keys::KEYS.iter().find(|key| key.variable() == *variable) else {
                let bare = variable.trim_start_matches("LODGEPOLE_").to_lowercase();
                return Err(format!(
                    "{variable}: no such variable{}",
                    hint(&bare, keys::Key::variable)
                ));
            };
            values.put(key, text.clone(), variable.clone())?;
        }
        Ok(values)
    }

    fn read_file(&mut self, path: &Path, text: &str) -> Result<(), String> {
        let place = |at: usize| format!("{}:{}", path.display(), line_of(text, at));
        let table = DeTable::parse(text).map_err(|error| {
            format!(
                "{}: {}",
                place(error.span().map_or(0, |span| span.start)),
                error.message()
            )
        })?;
        for (name, value) in table.get_ref() {
            match value.get_ref() {
                DeValue::Table(inner) => {
                    for (part, value) in inner {
                        self.take(
                            &format!("{name}.{part}", name = name.get_ref(), part = part.get_ref()),
                            value,
                            &place(part.span().start),
                        )?;
                    }
                }
                _ => self.take(name.get_ref(), value, &place(name.span().start))?,
            }
        }
        Ok(())
    }

    fn take(&mut self, name: &str, value: &Spanned<DeValue<'_>>, place: &str) -> Result<(), String> {
        let Some(key) = keys::key(name) else {
            return Err(format!(
                "{place}: no such key {name}{}",
                hint(name, |key| key.name.to_owned())
            ));
        };
        let text = match (value.get_ref(), key.kind) {
            (DeValue::String(text), Kind::Text | Kind::Path | Kind::Address) => text.to_string(),
            (DeValue::Integer(number), Kind::Number) => number.as_str().replace('_', ""),
            (_, kind) => return Err(format!("{place}: {name} takes {}", kind.words())),
        };
        self.put(key, text, place.to_owned())
    }

    fn put(&mut self, key: &'static keys::Key, text: String, from: String) -> Result<(), String> {
        let fits = match key.kind {
            Kind::Text => true,
            Kind::Path => !text.is_empty(),
            Kind::Address => text.parse::<std::net::SocketAddr>().is_ok(),
            Kind::Number => text.parse::<u32>().is_ok_and(|number| number > 0),
        };
        if !fits {
            return Err(format!(
                "{from}: {} takes {}, not {text:?}",
                key.name,
                key.kind.words()
            ));
        }
        self.0.insert(key.name, Value { text, from });
        Ok(())
    }

    /// Was it set?
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What was set, else the default; none when both are empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let set = self.0.get(name).map(|value| value.text.as_str());
        let text = set
            .or_else(|| keys::key(name).map(|key| key.default))
            .unwrap_or_default();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A path; its default when it was not set.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        PathBuf::from(self.text(name).unwrap_or_default())
    }

    /// A path, when there is one.
    pub(super) fn set_path(&self, name: &str) -> Option<PathBuf> {
        self.text(name).map(PathBuf::from)
    }

    /// A value read as its type, when there is one.
    pub(super) fn parsed<T: FromStr>(&self, name: &str, wanted: &str) -> Result<Option<T>, String> {
        match self.text(name) {
            None => Ok(None),
            Some(text) => match text.parse() {
                Ok(value) => Ok(Some(value)),
                Err(_) => Err(self.wrong(name, &format!("takes {wanted}, not {text:?}"))),
            },
        }
    }

    /// A mistake with the place of the value.
    pub(super) fn wrong(&self, name: &str, what: &str) -> String {
        let from = self.0.get(name).map_or("default", |value| value.from.as_str());
        format!("{from}: {name} {what}")
    }

    /// Every key with what holds and who said so.
    pub(super) fn shown(&self) -> String {
        let mut text = String::new();
        for key in keys::KEYS {
            let from = self
                .0
                .get(key.name)
                .map_or("default", |value| value.from.as_str());
            let value = self
                .text(key.name)
                .map_or_else(|| "(none)".to_owned(), |value| covered(&value));
            let _ = writeln!(text, "{} = {value}  ({from})", key.name);
        }
        text
    }
}

/// A URL without its password.
fn covered(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else {
        return value.to_owned();
    };
    match rest
        .rsplit_once('@')
        .and_then(|(who, host)| Some((who.split_once(':')?.0, host)))
    {
        Some((user, host)) => format!("{scheme}://{user}:***@{host}"),
        None => value.to_owned(),
    }
}

fn hint(name: &str, shown: impl Fn(&keys::Key) -> String) -> String {
    // A variable has underscores where its key has a point.
    let near = keys::nearest(name).or_else(|| keys::nearest(&name.replacen('_', ".", 1)));
    near.map_or_else(
        || "; `lodgepole config --explain` lists all".to_owned(),
        |key| format!("; is {} meant?", shown(key)),
    )
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()
        .iter()
        .take(at)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}
