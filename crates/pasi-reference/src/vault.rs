//! Sealing the files of documents, as the province does: AES-256-GCM with a key
//! that lies apart from them. A sealed file is nonce, ciphertext and tag.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Name of the file with the key.
const FILE: &str = "documents.key";
/// Bytes of a key.
const KEY: usize = 32;

/// The key.
pub(crate) struct Vault(LessSafeKey);

impl Vault {
    /// Reads the key of the folder; makes it, for the owner alone, when absent.
    pub(crate) fn open(folder: &Path) -> io::Result<Self> {
        let file = folder.join(FILE);
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut fresh = [0; KEY];
                random(&mut fresh)?;
                make(folder, &fresh)?;
                fresh.to_vec()
            }
            Err(error) => return Err(error),
        };
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| broken("the key of documents"))?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// The bytes, sealed with a nonce of their own.
    pub(crate) fn seal(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        random(&mut nonce)?;
        let mut sealed = Vec::with_capacity(NONCE_LEN + bytes.len() + AES_256_GCM.tag_len());
        sealed.extend_from_slice(bytes);
        let own = Nonce::assume_unique_for_key(nonce);
        self.0
            .seal_in_place_append_tag(own, Aad::empty(), &mut sealed)
            .map_err(|_| broken("a document"))?;
        sealed.splice(..0, nonce);
        Ok(sealed)
    }

    /// What was sealed; an error when a byte of it changed.
    pub(crate) fn open_sealed(&self, mut sealed: Vec<u8>) -> io::Result<Vec<u8>> {
        let lock = |_| broken("a document");
        let (nonce, rest) = sealed
            .split_at_mut_checked(NONCE_LEN)
            .ok_or_else(|| broken("a document"))?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(lock)?;
        let plain = self.0.open_in_place(nonce, Aad::empty(), rest).map_err(lock)?;
        Ok(plain.to_vec())
    }
}

/// Writes the key whole or not at all, safe on disk before anything is sealed with it.
fn make(folder: &Path, key: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let making = folder.join(format!("{FILE}.new"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&making)?;
    file.write_all(key)?;
    file.sync_all()?;
    fs::rename(making, folder.join(FILE))?;
    File::open(folder)?.sync_all()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the province shares no code with the product"
)]
fn random(into: &mut [u8]) -> io::Result<()> {
    SystemRandom::new()
        .fill(into)
        .map_err(|_| io::Error::other("the system gives no random bytes"))
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{what} is broken"))
}
