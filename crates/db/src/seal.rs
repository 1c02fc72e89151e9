//! Sealing sensitive fields: a data key for each field class, wrapped by a
//! master key that never lies in the database. AES-256-GCM.
//!
//! A sealed value is `version (1 byte) · nonce (12) · ciphertext and tag`.

use crate::AnyConnection;
use crate::schema::data_key;
use diesel::prelude::*;
use kernel::{DivisionId, Failure, Instant, Outcome};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

kernel::text_enum! {
    /// Fields sealed with one key, granted and rotated together.
    pub enum FieldClass {
        /// Medical alerts.
        Medical = "medical",
        /// Custody and disclosure restrictions.
        Custody = "custody",
        /// Identity documents.
        Identity = "identity",
        /// Second factors of accounts.
        Factor = "factor",
    }
}

/// The master key.
pub(crate) struct Keyring(LessSafeKey);

/// Makes the file whole or not at all: a program killed meanwhile leaves none,
/// and of two that start together one makes it. It is on the disk before
/// anything is sealed with it.
fn make_master_key(folder: &Path, text: &str) -> std::io::Result<()> {
    let making = folder.join(format!("master.key.{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&making)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    let file = folder.join("master.key");
    match std::fs::hard_link(&making, &file) {
        Ok(()) => std::fs::remove_file(&making)?,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => std::fs::remove_file(&making)?,
        Err(_) => std::fs::rename(&making, &file)?, // a file system without links
    }
    std::fs::File::open(folder)?.sync_all()
}

impl Keyring {
    /// Reads `master.key` (32 bytes, hexadecimal) of the folder; makes it, readable by the owner alone, when absent.
    pub(crate) fn open(folder: &Path) -> Outcome<Self> {
        let fail = |error: std::io::Error| Failure::Unavailable(format!("master key: {error}"));
        std::fs::create_dir_all(folder).map_err(fail)?;
        let file = folder.join("master.key");
        if !file.exists() {
            make_master_key(folder, &hex(&random::<32>()?)).map_err(fail)?;
        }
        let text = std::fs::read_to_string(&file).map_err(fail)?;
        let bytes = unhex(text.trim())
            .ok_or_else(|| Failure::Unavailable("master key: not 64 hexadecimal digits".to_owned()))?;
        Ok(Self(key(&bytes)?))
    }

    /// The data keys of a division; missing ones are made and stored wrapped.
    pub(crate) fn sealer(
        &self,
        conn: &mut AnyConnection,
        division: DivisionId,
        now: Instant,
    ) -> Outcome<Sealer> {
        let mut keys = HashMap::new();
        for class in FieldClass::ALL.iter().copied() {
            let mut all = stored(conn, division, class)?;
            if all.is_empty() {
                self.make(conn, division, class, now)?;
                all = stored(conn, division, class)?;
            }
            for (version, wrapped) in all {
                let number = u8::try_from(version)
                    .map_err(|_| Failure::Fault("data_key.key_version above 255".to_owned()))?;
                let plain = open(&self.0, &aad(division, class), &wrapped).ok_or_else(|| {
                    Failure::Unavailable(format!("the master key does not open the {class} key"))
                })?;
                keys.insert((class, number), key(&plain)?);
            }
        }
        Ok(Sealer { division, keys })
    }

    fn make(
        &self,
        conn: &mut AnyConnection,
        division: DivisionId,
        class: FieldClass,
        now: Instant,
    ) -> Outcome<()> {
        let known: i64 = crate::schema::division::table
            .find(division)
            .count()
            .get_result(conn)?;
        if known == 0 {
            return Ok(()); // the division is being made; its keys are made on the next use
        }
        let wrapped = seal(&self.0, &aad(division, class), &random::<32>()?)?;
        let row = (
            data_key::division_id.eq(division),
            data_key::field_class.eq(class.as_str()),
            data_key::key_version.eq(1),
            data_key::wrapped.eq(wrapped),
            data_key::created_at.eq(now),
        );
        // Two nodes may start at once: the first key stands.
        crate::insert_ignore!(conn, data_key::table, [row])?;
        Ok(())
    }
}

fn stored(conn: &mut AnyConnection, division: DivisionId, class: FieldClass) -> Outcome<Vec<(i32, Vec<u8>)>> {
    Ok(data_key::table
        .filter(
            data_key::division_id
                .eq(division)
                .and(data_key::field_class.eq(class.as_str())),
        )
        .select((data_key::key_version, data_key::wrapped))
        .order(data_key::key_version)
        .load(conn)?)
}

/// Seals and opens the sensitive fields of one division.
pub struct Sealer {
    division: DivisionId,
    keys: HashMap<(FieldClass, u8), LessSafeKey>,
}

impl Sealer {
    /// Does it hold a key of every class? Not before the division itself is stored.
    pub(crate) fn is_ready(&self) -> bool {
        FieldClass::ALL
            .iter()
            .all(|class| self.keys.keys().any(|(of, _)| of == class))
    }
    /// Seals `text` with the newest key of the class.
    pub fn seal(&self, class: FieldClass, text: &str) -> Outcome<Vec<u8>> {
        let newest = self
            .keys
            .keys()
            .filter(|(of, _)| *of == class)
            .map(|(_, version)| *version)
            .max();
        let version = newest.ok_or_else(|| Failure::Unavailable(format!("no {class} key")))?;
        let mut sealed = vec![version];
        sealed.extend(seal(
            &self.keys[&(class, version)],
            &aad(self.division, class),
            text.as_bytes(),
        )?);
        Ok(sealed)
    }
    /// Opens what [`Self::seal`] made. Fails as a fault when it was changed or belongs to another division or class.
    pub fn open(&self, class: FieldClass, sealed: &[u8]) -> Outcome<String> {
        let wrong = || Failure::Fault(format!("a sealed {class} value cannot be opened"));
        let (version, rest) = sealed.split_first().ok_or_else(wrong)?;
        let key = self.keys.get(&(class, *version)).ok_or_else(wrong)?;
        let plain = open(key, &aad(self.division, class), rest).ok_or_else(wrong)?;
        String::from_utf8(plain).map_err(|_| wrong())
    }
}

fn aad(division: DivisionId, class: FieldClass) -> String {
    format!("{division}/{class}")
}

fn key(bytes: &[u8]) -> Outcome<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, bytes)
        .map(LessSafeKey::new)
        .map_err(|_| Failure::Unavailable("a key is not 32 bytes".to_owned()))
}

#[expect(clippy::disallowed_methods, reason = "keys and nonces are made here")]
fn random<const N: usize>() -> Outcome<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Failure::Unavailable("the machine gives no randomness".to_owned()))?;
    Ok(bytes)
}

fn seal(key: &LessSafeKey, aad: &str, plain: &[u8]) -> Outcome<Vec<u8>> {
    let nonce = random::<NONCE_LEN>()?;
    let mut body = plain.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), &mut body)
        .map_err(|_| Failure::Fault("sealing failed".to_owned()))?;
    Ok([nonce.as_slice(), &body].concat())
}

fn open(key: &LessSafeKey, aad: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, body) = sealed.split_at_checked(NONCE_LEN)?;
    let mut body = body.to_vec();
    let plain = key
        .open_in_place(
            Nonce::try_assume_unique_for_key(nonce).ok()?,
            Aad::from(aad),
            &mut body,
        )
        .ok()?;
    Some(plain.to_vec())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}
