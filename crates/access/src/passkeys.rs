//! Passkeys, as a second factor beside the password.

use crate::accounts::{self, AccountRow};
use crate::ceremony::{self, Ceremony};
use crate::sessions::{Enroller, Holder, Pending, SignedIn, Stage};
use db::schema::passkey;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, DivisionId, Failure, Finding, Instant, Outcome};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    CredentialID, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
};

/// Longest label of a passkey, in characters.
const LONGEST_LABEL: usize = 60;

/// The site that passkeys are made for.
#[derive(Debug, Clone)]
pub struct RelyingParty(Webauthn);

impl RelyingParty {
    /// The site at `origin`, such as `https://sis.division.example`; `name` is shown by the browser.
    ///
    /// None when the origin is no URL with a host name: browsers make no
    /// passkeys for bare addresses. `localhost` has them.
    pub fn new(origin: &str, name: &str) -> Option<Self> {
        let url = Url::parse(origin).ok()?;
        WebauthnBuilder::new(url.domain()?, &url)
            .ok()?
            .rp_name(name)
            .build()
            .ok()
            .map(Self)
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = passkey)]
struct PasskeyRow {
    division_id: DivisionId,
    credential_id: Vec<u8>,
    account_id: AccountId,
    label: String,
    credential: String,
    created_at: Instant,
    used_at: Option<Instant>,
}

/// A passkey, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyLine {
    /// Names it in forms: hexadecimal.
    pub id: String,
    /// The owner's name for it.
    pub label: String,
    /// Made when.
    pub created_at: Instant,
    /// Last used when.
    pub used_at: Option<Instant>,
}

/// Begins making a passkey: the options for `navigator.credentials.create`.
/// Unavailable when the site cannot ask. Writes: `web_ceremony`.
pub fn start_registration(tx: &mut Tx, site: &RelyingParty, who: Enroller<'_>) -> Outcome<Value> {
    let who = who.holder();
    let known = rows(tx, who.account)?
        .into_iter()
        .map(|row| CredentialID::from(row.credential_id))
        .collect();
    let (options, state) = site
        .0
        .start_passkey_registration(who.account.uuid(), &who.username, &who.display_name, Some(known))
        .map_err(|error| Failure::Fault(format!("passkey registration: {error}")))?;
    ceremony::keep(tx, who.session, Ceremony::PasskeyEnrol, &written(&state)?)?;
    serde_json::to_value(options).map_err(|error| Failure::Fault(format!("passkey options: {error}")))
}

/// Keeps the passkey the browser made, under the owner's label.
///
/// Findings: LP-0150 the answer does not fit what was asked, or comes too late
/// (beside `passkey`), LP-0151 no label or one over 60 characters, LP-0152 the passkey is known.
/// Writes: `passkey`, audit `account.enrol-passkey`.
pub fn finish_registration(
    tx: &mut Tx,
    site: &RelyingParty,
    who: Enroller<'_>,
    label: &str,
    answer: &str,
) -> Outcome<()> {
    let who = who.holder();
    let label = checked_label(label)?;
    let misfit = || Failure::refuse("LP-0150", "passkey");
    let state: PasskeyRegistration =
        read(&ceremony::take(tx, who.session, Ceremony::PasskeyEnrol)?.ok_or_else(misfit)?)?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| misfit())?;
    let made = site
        .0
        .finish_passkey_registration(&answer, &state)
        .map_err(|_| misfit())?;
    let division_id = tx.division();
    let credential_id: Vec<u8> = made.cred_id().clone();
    let taken: Option<AccountId> = passkey::table
        .find((division_id, &credential_id))
        .select(passkey::account_id)
        .first(tx.conn())
        .optional()?;
    if taken.is_some() {
        return Err(Failure::refuse("LP-0152", "passkey"));
    }
    let row = PasskeyRow {
        division_id,
        credential_id,
        account_id: who.account,
        label,
        credential: written(&made)?,
        created_at: tx.now(),
        used_at: None,
    };
    diesel::insert_into(passkey::table)
        .values(&row)
        .execute(tx.conn())?;
    tx.record(
        "account.enrol-passkey",
        Subject::new("account", who.account),
        &json!({ "label": row.label }),
    );
    Ok(())
}

/// Asks a person on the way in for a passkey: the options for `navigator.credentials.get`.
/// `NotFound` when they have none; denied at another stage. Writes: `web_ceremony`.
pub fn start_check(tx: &mut Tx, site: &RelyingParty, who: &Pending) -> Outcome<Value> {
    if who.stage != Stage::SecondFactor {
        return Err(Failure::Denied("second-factor.check"));
    }
    let keys = rows(tx, who.who.account)?
        .iter()
        .map(|row| read(&row.credential))
        .collect::<Outcome<Vec<Passkey>>>()?;
    if keys.is_empty() {
        return Err(Failure::NotFound);
    }
    let (options, state) = site
        .0
        .start_passkey_authentication(&keys)
        .map_err(|error| Failure::Fault(format!("passkey check: {error}")))?;
    ceremony::keep(tx, who.who.session, Ceremony::PasskeyCheck, &written(&state)?)?;
    serde_json::to_value(options).map_err(|error| Failure::Fault(format!("passkey options: {error}")))
}

/// Does the browser's answer prove one of the person's passkeys? What was asked counts once.
pub(crate) fn check(tx: &mut Tx, site: &RelyingParty, who: &Pending, answer: &str) -> Outcome<bool> {
    let Some(state) = ceremony::take(tx, who.who.session, Ceremony::PasskeyCheck)? else {
        return Ok(false);
    };
    let state: PasskeyAuthentication = read(&state)?;
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else {
        return Ok(false);
    };
    let Ok(proof) = site.0.finish_passkey_authentication(&answer, &state) else {
        return Ok(false);
    };
    // It may have been removed since it was asked for.
    let used = rows(tx, who.who.account)?
        .into_iter()
        .find(|row| &row.credential_id == proof.cred_id());
    let Some(row) = used else {
        return Ok(false);
    };
    let mut key: Passkey = read(&row.credential)?;
    key.update_credential(&proof);
    let now = tx.now();
    diesel::update(passkey::table.find((row.division_id, row.credential_id)))
        .set((passkey::credential.eq(written(&key)?), passkey::used_at.eq(now)))
        .execute(tx.conn())?;
    Ok(true)
}

/// A person's passkeys, oldest first.
pub fn list(at: &mut impl Reading, who: &Holder) -> Outcome<Vec<PasskeyLine>> {
    Ok(rows(at, who.account)?
        .into_iter()
        .map(|row| PasskeyLine {
            id: crate::secret::hex(&row.credential_id),
            label: row.label,
            created_at: row.created_at,
            used_at: row.used_at,
        })
        .collect())
}

/// Gives a passkey another label.
///
/// Findings: LP-0151. `NotFound` when it is not the person's. Writes: `passkey`, audit `account.rename-passkey`.
pub fn rename(tx: &mut Tx, who: &SignedIn, id: &str, label: &str) -> Outcome<()> {
    let label = checked_label(label)?;
    let row = own(tx, who, id)?;
    diesel::update(passkey::table.find((row.division_id, row.credential_id)))
        .set(passkey::label.eq(&label))
        .execute(tx.conn())?;
    tx.record(
        "account.rename-passkey",
        Subject::new("account", who.who.account),
        &json!({ "old": row.label, "new": label }),
    );
    Ok(())
}

/// Removes a passkey.
///
/// Findings: LP-0142 it is the last second factor of somebody who must have one.
/// `NotFound` when it is not the person's. Writes: `passkey`, audit `account.remove-passkey`.
pub fn remove(tx: &mut Tx, who: &SignedIn, id: &str) -> Outcome<()> {
    // Held until the commit: two passkeys removed at once must not both count the other.
    accounts::hold(tx, who.who.account)?;
    let row = own(tx, who, id)?;
    let has_totp = accounts::get(tx, who.who.account)?.totp_secret.is_some();
    if who.needs_second_factor() && !has_totp && count(tx, who.who.account)? == 1 {
        return Err(Failure::refuse("LP-0142", ""));
    }
    diesel::delete(passkey::table.find((row.division_id, row.credential_id))).execute(tx.conn())?;
    tx.record(
        "account.remove-passkey",
        Subject::new("account", who.who.account),
        &json!({ "label": row.label }),
    );
    Ok(())
}

/// How many passkeys an account has.
pub(crate) fn count(at: &mut impl Reading, account: AccountId) -> Outcome<i64> {
    let division = at.division();
    Ok(passkey::table
        .filter(
            passkey::division_id
                .eq(division)
                .and(passkey::account_id.eq(account)),
        )
        .count()
        .get_result(at.conn())?)
}

/// Has the account any second factor?
pub(crate) fn has_factor(at: &mut impl Reading, row: &AccountRow) -> Outcome<bool> {
    Ok(row.totp_secret.is_some() || count(at, row.id)? > 0)
}

/// Removes all, for someone who lost them.
pub(crate) fn remove_all(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(
        passkey::table.filter(
            passkey::division_id
                .eq(division)
                .and(passkey::account_id.eq(account)),
        ),
    )
    .execute(tx.conn())?;
    Ok(())
}

fn rows(at: &mut impl Reading, account: AccountId) -> Outcome<Vec<PasskeyRow>> {
    let division = at.division();
    Ok(passkey::table
        .filter(
            passkey::division_id
                .eq(division)
                .and(passkey::account_id.eq(account)),
        )
        .order(passkey::created_at)
        .select(PasskeyRow::as_select())
        .load(at.conn())?)
}

fn own(at: &mut impl Reading, who: &SignedIn, id: &str) -> Outcome<PasskeyRow> {
    rows(at, who.who.account)?
        .into_iter()
        .find(|row| crate::secret::hex(&row.credential_id) == id)
        .ok_or(Failure::NotFound)
}

fn checked_label(label: &str) -> Outcome<String> {
    let label = kernel::text::squeeze(label);
    if (1..=LONGEST_LABEL).contains(&label.chars().count()) {
        Ok(label)
    } else {
        let finding = Finding::refuse("LP-0151", "label").with("most", LONGEST_LABEL);
        Err(Failure::Invalid(finding.into()))
    }
}

fn written(value: &impl Serialize) -> Outcome<String> {
    serde_json::to_string(value).map_err(|error| Failure::Fault(format!("passkey: {error}")))
}

fn read<T: DeserializeOwned>(text: &str) -> Outcome<T> {
    serde_json::from_str(text)
        .map_err(|error| Failure::Fault(format!("passkey.credential or web_ceremony.state: {error}")))
}
