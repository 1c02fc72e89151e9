//! What a person likes: language, theme, letter keys.

use super::new::is_language_tag;
use crate::sessions::Holder;
use db::schema::account;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{Failure, Outcome};
use serde_json::json;

kernel::text_enum! {
    /// Light or dark.
    pub enum Theme {
        /// Follows the device.
        Device = "device",
        /// Always light.
        Light = "light",
        /// Always dark.
        Dark = "dark",
    }
}

/// Keeps one's own language. LP-0114 when it is no language tag. Writes: `account`, audit.
pub fn set_language(tx: &mut Tx, who: &Holder, tag: &str) -> Outcome<()> {
    if !is_language_tag(tag) {
        return Err(Failure::refuse("LP-0114", "language"));
    }
    let division = tx.division();
    diesel::update(account::table.find((division, who.account)))
        .set(account::language.eq(tag))
        .execute(tx.conn())?;
    tx.record(
        "account.set-language",
        Subject::new("account", who.account),
        &json!({ "old": who.language, "new": tag }),
    );
    Ok(())
}

/// Keeps one's own theme. Writes: `account`, audit.
pub fn set_theme(tx: &mut Tx, who: &Holder, theme: Theme) -> Outcome<()> {
    let division = tx.division();
    diesel::update(account::table.find((division, who.account)))
        .set(account::theme.eq(theme))
        .execute(tx.conn())?;
    tx.record(
        "account.set-theme",
        Subject::new("account", who.account),
        &json!({ "old": who.theme, "new": theme }),
    );
    Ok(())
}

/// Switches single-letter keys on or off for oneself. Writes: `account`, audit.
pub fn set_letter_keys(tx: &mut Tx, who: &Holder, are_on: bool) -> Outcome<()> {
    let division = tx.division();
    diesel::update(account::table.find((division, who.account)))
        .set(account::letter_keys.eq(are_on))
        .execute(tx.conn())?;
    tx.record(
        "account.set-letter-keys",
        Subject::new("account", who.account),
        &json!({ "old": who.letter_keys, "new": are_on }),
    );
    Ok(())
}
