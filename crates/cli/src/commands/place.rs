//! Where the records are, as commands are told.

use crate::config::Config;
use crate::ending::Stop;
use db::{Location, Store};
use kernel::{DivisionId, SystemClock};
use std::path::PathBuf;
use std::sync::Arc;

/// Where the records are: on the command line, else in the configuration.
#[derive(Debug, clap::Args)]
pub(crate) struct Place {
    /// Folder of the records.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// PostgreSQL, in place of the folder.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Folder of the master key.
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// Configuration file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Place {
    /// The configuration, with what the command line says put over it.
    pub(crate) fn config(&self) -> Result<Config, Stop> {
        let mut config = Config::load(self.config.as_deref())?;
        if let Some(data) = &self.data {
            if self.keys.is_none() && !config.keys_are_set {
                config.keys = data.join("keys");
            }
            config.data.clone_from(data);
            // A folder on the command line is meant, whatever the file says.
            config.database_url = None;
        }
        if let Some(url) = &self.database_url {
            config.database_url = Some(url.clone());
        }
        if let Some(keys) = &self.keys {
            config.keys.clone_from(keys);
        }
        Ok(config)
    }
    /// Where the records are; they must be there.
    pub(crate) fn existing(&self) -> Result<Location, Stop> {
        let location = self.config()?.location();
        if let Location::Folder(folder) = &location
            && !folder.join("lodgepole.db").exists()
        {
            return Err(Stop::Call(format!(
                "{} holds no records (lodgepole.db)",
                folder.display()
            )));
        }
        Ok(location)
    }
    /// Where the records are or shall be.
    pub(crate) fn location(&self) -> Result<Location, Stop> {
        Ok(self.config()?.location())
    }
}

/// Opens the records of a configuration. Away when the schema is behind.
pub(crate) fn open(location: &Location, config: &Config) -> Result<Store, Stop> {
    let waiting = db::pending(location)?;
    if !waiting.is_empty() {
        return Err(Stop::Away(format!(
            "the schema is behind by {}: back up, then run `lodgepole migrate`",
            waiting.join(", ")
        )));
    }
    Ok(Store::open(
        location,
        &config.keys,
        Arc::new(SystemClock),
        config.options,
    )?)
}

/// The division that is meant: the one named, else the only one.
pub(crate) fn division(location: &Location, wanted: Option<DivisionId>) -> Result<db::Division, Stop> {
    let all = db::divisions(location)?;
    let names = || {
        all.iter()
            .map(|one| one.division_id.to_string())
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (wanted, all.as_slice()) {
        (_, []) => Err(Stop::Call(
            "the database has no division; make one with `lodgepole division add`".to_owned(),
        )),
        (None, [one]) => Ok(one.clone()),
        (None, _) => Err(Stop::Call(format!(
            "the database has several divisions ({}); name one",
            names()
        ))),
        (Some(wanted), all) => all
            .iter()
            .find(|one| one.division_id == wanted)
            .cloned()
            .ok_or_else(|| {
                Stop::Call(format!(
                    "the database has no division {wanted}; it has {}",
                    names()
                ))
            }),
    }
}
