//! One-time codes of an authenticator app: SHA-1, six digits, thirty seconds,
//! which is what every app speaks. Source: RFC 6238.

use crate::accounts::{self, AccountRow};
use crate::action::ManageAccounts;
use crate::ceremony::{self, Ceremony};
use crate::sessions::{Enroller, Holder, SignedIn};
use crate::{Permit, passkeys, secret};
use db::schema::{account, division};
use db::{FieldClass, Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Failure, Instant, Outcome};
use serde_json::json;
use totp_rs::{Algorithm, Secret, TOTP};

/// Seconds a code is shown.
const STEP_SECONDS: u64 = 30;
/// Digits of a code.
const DIGITS: usize = 6;
/// Steps a person's clock may be off, either way.
const SKEW_STEPS: i64 = 1;

/// An authenticator to be set up; nothing counts until a code of it was typed.
#[derive(Clone)]
pub struct Offer {
    /// The secret in Base32, to be typed where no camera is at hand.
    pub secret: String,
    /// `otpauth://totp/…`.
    pub uri: String,
    /// The same as a QR code: an `<svg>` element without size or colour of its own.
    pub qr_svg: String,
}

/// What checking a code found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    Right,
    /// It was right, and has been used.
    Used,
    Wrong,
}

/// Makes a secret and keeps it, sealed, until [`confirm`]. `issuer` is what the
/// app shows beside the username: the division's name.
pub fn offer(tx: &mut Tx, who: Enroller<'_>, issuer: &str) -> Outcome<Offer> {
    let who = who.holder();
    let bytes = secret::random::<20>()?;
    let text = Secret::Raw(bytes.to_vec()).to_encoded().to_string();
    ceremony::keep(tx, who.session, Ceremony::TotpEnrol, &text)?;
    offer_of(&text, issuer, &who.username)
}

/// The offer that was made before, to show the form again with a finding.
/// `NotFound` when none was, or it is too old.
pub fn offered(at: &mut impl Reading, who: Enroller<'_>, issuer: &str) -> Outcome<Offer> {
    let who = who.holder();
    let text = ceremony::peek(at, who.session, Ceremony::TotpEnrol)?.ok_or(Failure::NotFound)?;
    offer_of(&text, issuer, &who.username)
}

fn offer_of(secret: &str, issuer: &str, username: &str) -> Outcome<Offer> {
    let totp = generator(secret, issuer, username)?;
    let uri = totp.get_url();
    Ok(Offer {
        secret: totp.get_secret_base32(),
        qr_svg: qr_svg(&uri)?,
        uri,
    })
}

/// Sets up the authenticator that was offered, when `code` is one of its codes.
/// Replaces an earlier one.
///
/// Findings: LP-0140 the code is wrong (beside `code`), LP-0141 the offer is too old: begin again.
/// Writes: `account`, audit `account.enrol-totp`.
pub fn confirm(tx: &mut Tx, who: Enroller<'_>, code: &str) -> Outcome<()> {
    let who = who.holder();
    let text = ceremony::peek(tx, who.session, Ceremony::TotpEnrol)?
        .ok_or_else(|| Failure::refuse("LP-0141", "code"))?;
    let step = matching_step(&text, code, tx.now())?.ok_or_else(|| Failure::refuse("LP-0140", "code"))?;
    ceremony::take(tx, who.session, Ceremony::TotpEnrol)?;
    save(tx, who.account, &text, step)
}

fn save(tx: &mut Tx, id: AccountId, text: &str, last_step: i64) -> Outcome<()> {
    let (sealed, division) = (tx.seal(FieldClass::Factor, text)?, tx.division());
    diesel::update(account::table.find((division, id)))
        .set((
            account::totp_secret.eq(sealed),
            account::totp_last_step.eq(last_step),
        ))
        .execute(tx.conn())?;
    tx.record("account.enrol-totp", Subject::new("account", id), &json!({}));
    Ok(())
}

/// Sets up a known secret (Base32) for an account of the practice division, so that its codes can be told.
/// Denied in any other division. Writes: `account`, audit `account.enrol-totp`.
pub fn install_practice(
    tx: &mut Tx,
    _permit: &Permit<ManageAccounts>,
    account: AccountId,
    secret: &str,
) -> Outcome<()> {
    refuse_unless_practice(tx)?;
    generator(secret, "", "")?;
    accounts::get(tx, account)?;
    save(tx, account, secret, 0)
}

/// Denied unless the division is a practice one.
pub(crate) fn refuse_unless_practice(at: &mut impl Reading) -> Outcome<()> {
    let id = at.division();
    let practice: bool = division::table
        .find(id)
        .select(division::is_practice)
        .first(at.conn())?;
    if practice {
        Ok(())
    } else {
        Err(Failure::Denied("practice"))
    }
}

/// Takes the authenticator away.
///
/// Findings: LP-0142 it is the last second factor of somebody who must have one.
/// Writes: `account`, audit `account.remove-totp`.
pub fn remove(tx: &mut Tx, who: &SignedIn) -> Outcome<()> {
    let id = who.who.account;
    accounts::hold(tx, id)?;
    if who.needs_second_factor() && passkeys::count(tx, id)? == 0 {
        return Err(Failure::refuse("LP-0142", ""));
    }
    let division = tx.division();
    diesel::update(account::table.find((division, id)))
        .set(account::totp_secret.eq(None::<Vec<u8>>))
        .execute(tx.conn())?;
    tx.record("account.remove-totp", Subject::new("account", id), &json!({}));
    Ok(())
}

/// Is an authenticator set up?
pub fn is_set_up(at: &mut impl Reading, who: &Holder) -> Outcome<bool> {
    Ok(accounts::get(at, who.account)?.totp_secret.is_some())
}

/// Checks a code and uses it up: the same code, or an older one, is refused afterwards.
pub(crate) fn check(tx: &mut Tx, row: &AccountRow, code: &str) -> Outcome<Code> {
    let Some(text) = opened(tx, row)? else {
        return Ok(Code::Wrong);
    };
    let Some(step) = matching_step(&text, code, tx.now())? else {
        return Ok(Code::Wrong);
    };
    let division = tx.division();
    let used_up = diesel::update(
        account::table
            .find((division, row.id))
            // A step beyond any that could be given now was kept by a clock that ran ahead.
            .filter(
                account::totp_last_step
                    .lt(step)
                    .or(account::totp_last_step.gt(step + 2)),
            ),
    )
    .set(account::totp_last_step.eq(step))
    .execute(tx.conn())?;
    Ok(if used_up == 1 { Code::Right } else { Code::Used })
}

/// Does the account have an authenticator whose secret opens and gives codes? For practice sign-in, which uses none up.
pub(crate) fn gives_codes(at: &mut impl Reading, row: &AccountRow) -> Outcome<bool> {
    let Some(text) = opened(at, row)? else {
        return Ok(false);
    };
    let now = at.now();
    let code = code_at(&text, now)?;
    Ok(matching_step(&text, &code, now)?.is_some())
}

fn opened(at: &impl Reading, row: &AccountRow) -> Outcome<Option<String>> {
    row.totp_secret
        .as_ref()
        .map(|sealed| at.sealer().open(FieldClass::Factor, sealed))
        .transpose()
}

/// The code an authenticator with this secret (Base32) shows: for tests and practice.
pub fn code_at(secret: &str, now: Instant) -> Outcome<String> {
    Ok(generator(secret, "", "")?.generate(seconds(now)))
}

fn seconds(now: Instant) -> u64 {
    u64::try_from(now.micros() / 1_000_000).unwrap_or(0)
}

/// The newest step, at most [`SKEW_STEPS`] from now, whose code was typed. Blanks are ignored.
fn matching_step(secret: &str, typed: &str, now: Instant) -> Outcome<Option<i64>> {
    let typed: String = typed.split_whitespace().collect();
    let (totp, current) = (
        generator(secret, "", "")?,
        i64::try_from(seconds(now) / STEP_SECONDS).unwrap_or(0),
    );
    Ok((-SKEW_STEPS..=SKEW_STEPS)
        .rev()
        .map(|skew| current + skew)
        .find(|step| {
            let at = u64::try_from(*step).unwrap_or(0) * STEP_SECONDS;
            secret::same(&totp.generate(at), &typed)
        }))
}

fn generator(text: &str, issuer: &str, username: &str) -> Outcome<TOTP> {
    // A colon separates issuer and name in the URI.
    let issuer = issuer.replace(':', " ");
    let bytes = Secret::Encoded(text.to_owned())
        .to_bytes()
        .map_err(|_| Failure::Fault("a TOTP secret is not Base32".to_owned()))?;
    TOTP::new(
        Algorithm::SHA1,
        DIGITS,
        u8::try_from(SKEW_STEPS).expect("SKEW_STEPS is 1"),
        STEP_SECONDS,
        bytes,
        (!issuer.trim().is_empty()).then_some(issuer),
        username.to_owned(),
    )
    .map_err(|error| Failure::Fault(format!("TOTP: {error}")))
}

/// One path of unit squares with the quiet zone of four that readers need.
fn qr_svg(text: &str) -> Outcome<String> {
    use std::fmt::Write;
    let code = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium)
        .map_err(|_| Failure::Fault("the otpauth URI is too long for a QR code".to_owned()))?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{},{}h1v1h-1z", x + 4, y + 4);
        }
    }
    let size = code.size() + 8;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0,0h{size}v{size}h-{size}z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, SHA-1: eight digits there, the last six here.
    const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(
                code_at(RFC_SECRET, at(seconds)).as_deref(),
                Ok(code),
                "at {seconds}"
            );
        }
    }

    #[test]
    fn a_code_is_taken_one_step_early_or_late_and_no_more() {
        let (shown, step) = (1_234_567_890, 1_234_567_890 / 30);
        for (seconds_off, taken) in [
            (-60, false),
            (-30, true),
            (0, true),
            (29, true),
            (30, true),
            (60, false),
        ] {
            let found = matching_step(RFC_SECRET, "005 924", at(shown + seconds_off)).expect("a secret");
            assert_eq!(found, taken.then_some(step), "{seconds_off} seconds off");
        }
        for wrong in ["", "00592", "0059240", "005925", "abcdef"] {
            assert_eq!(matching_step(RFC_SECRET, wrong, at(shown)), Ok(None), "{wrong}");
        }
    }

    #[test]
    fn an_offer_carries_the_same_secret_three_times() {
        let offer = offer_of(RFC_SECRET, "Division: 3260", "mlavallee").expect("an offer");
        assert_eq!(offer.secret, RFC_SECRET);
        assert_eq!(
            offer.uri,
            format!(
                "otpauth://totp/Division%20%203260:mlavallee?secret={RFC_SECRET}&issuer=Division%20%203260"
            )
        );
        assert!(offer.qr_svg.starts_with("<svg ") && offer.qr_svg.contains("h1v1h-1z"));
    }
}
