//! An authenticator in software, for tests: makes one P-256 key and answers as
//! a browser would. Source: W3C Web Authentication, sections 6.1 and 6.5.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// Flags of authenticator data: person present, person verified, key enclosed.
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ENCLOSED: u8 = 0x40;

/// The authenticator.
pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    origin: String,
    uses: u32,
    /// Answers without having verified the person (no fingerprint, no PIN).
    pub(crate) is_careless: bool,
}

impl Authenticator {
    #[expect(clippy::disallowed_methods, reason = "an authenticator is another machine")]
    pub(crate) fn new(origin: &str, id: &[u8]) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
        Self {
            key: EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).expect("the key just made"),
            id: id.to_vec(),
            origin: origin.to_owned(),
            uses: 0,
            is_careless: false,
        }
    }

    /// `navigator.credentials.create`.
    pub(crate) fn create(&mut self, options: &Value) -> String {
        let asked = &options["publicKey"];
        let client = self.client_data("webauthn.create", asked);
        let mut data = self.data(asked["rp"]["id"].as_str().expect("rp.id"), ENCLOSED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("a short id").to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose_key());
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attestation.push(u8::try_from(data.len()).expect("below 256 bytes"));
        attestation.extend(&data);
        self.answer(&json!({ "attestationObject": BASE64.encode(attestation), "clientDataJSON": BASE64.encode(client) }))
    }

    /// `navigator.credentials.get`.
    #[expect(clippy::disallowed_methods, reason = "an authenticator is another machine")]
    pub(crate) fn get(&mut self, options: &Value) -> String {
        let asked = &options["publicKey"];
        let client = self.client_data("webauthn.get", asked);
        let data = self.data(asked["rpId"].as_str().expect("rpId"), 0);
        let signed = [data.as_slice(), digest(&SHA256, &client).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).expect("a signature");
        self.answer(&json!({
            "authenticatorData": BASE64.encode(data),
            "clientDataJSON": BASE64.encode(client),
            "signature": BASE64.encode(signature),
            "userHandle": null,
        }))
    }

    fn client_data(&self, kind: &str, asked: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(&mut self, site: &str, more: u8) -> Vec<u8> {
        self.uses += 1;
        let verified = if self.is_careless { 0 } else { VERIFIED };
        let mut data = digest(&SHA256, site.as_bytes()).as_ref().to_vec();
        data.push(PRESENT | verified | more);
        data.extend(self.uses.to_be_bytes());
        data
    }

    /// EC2 key, ES256, P-256, x, y.
    fn cose_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        [
            b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(),
            x,
            b"\x22\x58\x20",
            y,
        ]
        .concat()
    }

    fn answer(&self, response: &Value) -> String {
        let id = BASE64.encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} })
            .to_string()
    }
}
