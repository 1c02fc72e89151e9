//! What every save is judged by and PASI tells seldom: kept in one line, a setting, so that a save
//! reads all of it in one question.

use db::Tx;
use kernel::{Failure, Outcome};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value of a line, by its text; the empty one before the first reading.
pub(crate) fn parsed<T: DeserializeOwned + Default>(name: &str, text: Option<&String>) -> Outcome<T> {
    let Some(text) = text else {
        return Ok(T::default());
    };
    serde_json::from_str(text).map_err(|error| Failure::Fault(format!("{name}: {error}")))
}

/// Keeps a value; one that stands already is not written again.
pub(crate) fn keep(tx: &mut Tx, name: &str, value: &impl Serialize) -> Outcome<()> {
    let text = serde_json::to_string(value).map_err(|error| crate::json_fault(&error))?;
    if db::setting(tx, name)?.as_ref() == Some(&text) {
        return Ok(());
    }
    db::set_setting(tx, name, &text)
}
