//! The practice certificate authority: one folder with its key, the server's
//! certificate, and certificates made for clients.

use kernel::{Date, Instant};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData, SerialNumber,
};
use ring::digest::{SHA256, digest};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Since when the authority and the server are valid; early enough for any machine's clock.
const SINCE: (i32, u8, u8) = (2020, 1, 1);
/// How long the authority and the server stay valid, in years.
const YEARS: i16 = 20;

/// Midnight (UTC) of a day, as the certificate maker wants it; a macro because
/// the type is not ours to name.
macro_rules! midnight {
    ($day:expr) => {{
        let day: Date = $day;
        let small = |part: i8| u8::try_from(part).expect("months and days are positive");
        rcgen::date_time_ymd(i32::from(day.year()), small(day.month()), small(day.day()))
    }};
}

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum PkiError {
    /// The folder cannot be read or written.
    #[error("the folder of certificates cannot be used: {0}")]
    Io(#[from] std::io::Error),
    /// A certificate or a key cannot be read or made.
    #[error("a certificate cannot be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A file holds no certificate.
    #[error("{0} holds no certificate")]
    Unreadable(PathBuf),
}

/// The days a certificate holds, the first and the last inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Validity {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

impl Validity {
    /// The province's fourteen months, from a day on.
    pub fn fourteen_months(from: Date) -> Self {
        Self {
            from,
            until: crate::association::plus_months(from, 14),
        }
    }
    /// Does it hold on that day?
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

/// A certificate with its key, as PEM, and what identifies it.
#[derive(Clone)]
pub struct Credentials {
    /// The certificate.
    pub certificate_pem: String,
    /// Its private key (PKCS #8).
    pub key_pem: String,
    /// The authority that signed it; also signs the server.
    pub ca_pem: String,
    /// Serial number, in hexadecimal.
    pub serial: String,
    /// SHA-256 of the certificate, in hexadecimal.
    pub fingerprint: String,
    /// When it holds.
    pub validity: Validity,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Credentials({}, until {})", self.serial, self.validity.until)
    }
}

impl Credentials {
    /// Writes `cert.pem`, `key.pem` (for its owner alone) and `ca.pem`.
    pub fn save(&self, folder: &Path) -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        write_whole(&folder.join("cert.pem"), &self.certificate_pem)?;
        write_secret(&folder.join("key.pem"), &self.key_pem)?;
        write_whole(&folder.join("ca.pem"), &self.ca_pem)
    }
}

/// The authority, kept in a folder: the same one after every start.
pub(crate) struct Pki {
    folder: PathBuf,
    ca_pem: String,
    ca_key: String,
}

impl Pki {
    /// Opens the folder; makes the authority the first time.
    pub(crate) fn open(folder: &Path, now: Instant) -> Result<Self, PkiError> {
        fs::create_dir_all(folder)?;
        let (cert, key) = (folder.join("ca.pem"), folder.join("ca-key.pem"));
        if !(cert.exists() && key.exists()) {
            let pair = KeyPair::generate()?;
            let mut params = params("Practice Certificate Authority", vec![], &pair)?;
            params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
            params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
            params.not_after = midnight!(now.date().plus_years(YEARS));
            let made = params.self_signed(&pair)?;
            write_secret(&key, &pair.serialize_pem())?;
            write_whole(&cert, &made.pem())?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            ca_pem: fs::read_to_string(cert)?,
            ca_key: fs::read_to_string(key)?,
        })
    }

    pub(crate) fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The server's certificate and key as PEM; made the first time and when
    /// the names it answers to change.
    pub(crate) fn server(&self, names: &[String], now: Instant) -> Result<(String, String), PkiError> {
        let (cert, key) = (self.folder.join("server.pem"), self.folder.join("server-key.pem"));
        let listed = self.folder.join("server-names.txt");
        let wanted = names.join("\n");
        if !fs::read_to_string(&listed).is_ok_and(|kept| kept == wanted) || !cert.exists() || !key.exists() {
            let pair = KeyPair::generate()?;
            let mut params = params("PASI reference server", names.to_vec(), &pair)?;
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
            params.not_after = midnight!(now.date().plus_years(YEARS).plus_days(-1));
            let made = params.signed_by(&pair, &self.issuer()?)?;
            write_secret(&key, &pair.serialize_pem())?;
            write_whole(&cert, &made.pem())?;
            write_whole(&listed, &wanted)?;
        }
        Ok((fs::read_to_string(cert)?, fs::read_to_string(key)?))
    }

    /// A certificate for a client. It is good for nothing until it is registered.
    pub(crate) fn issue(&self, name: &str, validity: Validity) -> Result<Credentials, PkiError> {
        let pair = KeyPair::generate()?;
        let mut params = params(name, vec![], &pair)?;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.not_before = midnight!(validity.from);
        params.not_after = midnight!(validity.until.plus_days(1));
        let made = params.signed_by(&pair, &self.issuer()?)?;
        Ok(Credentials {
            certificate_pem: made.pem(),
            key_pem: pair.serialize_pem(),
            ca_pem: self.ca_pem.clone(),
            serial: hex(&serial_of(&pair)),
            fingerprint: fingerprint(made.der()),
            validity,
        })
    }

    fn issuer(&self) -> Result<Issuer<'static, KeyPair>, PkiError> {
        Ok(Issuer::from_ca_cert_pem(
            &self.ca_pem,
            KeyPair::from_pem(&self.ca_key)?,
        )?)
    }
}

/// SHA-256 of a certificate, in hexadecimal.
pub(crate) fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    hex(digest(&SHA256, certificate).as_ref())
}

/// The fingerprint of a certificate in PEM.
pub(crate) fn fingerprint_of_pem(pem: &str) -> Option<String> {
    CertificateDer::from_pem_slice(pem.as_bytes())
        .ok()
        .map(|der| fingerprint(&der))
}

fn params(name: &str, alt_names: Vec<String>, pair: &KeyPair) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(alt_names)?;
    params.distinguished_name.push(DnType::CommonName, name);
    params
        .distinguished_name
        .push(DnType::OrganizationName, "Practice province");
    params.serial_number = Some(SerialNumber::from_slice(&serial_of(pair)));
    params.not_before = rcgen::date_time_ymd(SINCE.0, SINCE.1, SINCE.2);
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

/// Sixteen bytes of the key's digest; positive, as serial numbers are.
fn serial_of(pair: &KeyPair) -> Vec<u8> {
    let mut serial = digest(&SHA256, pair.der_bytes()).as_ref()[..16].to_vec();
    serial[0] = serial[0] & 0x7f | 0x40;
    serial
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes any text");
        text
    })
}

/// Writes a file whole or not at all: a start that is killed meanwhile leaves none behind that cannot be read.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let making = path.with_extension("making");
    fs::write(&making, text)?;
    fs::rename(making, path)
}

fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
