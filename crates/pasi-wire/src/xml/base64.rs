//! Bytes, which travel as Base64.

use super::{Base, Shape, Source, Xml};
use crate::WireError;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::fmt;

/// The bytes of a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Base64(pub Vec<u8>);

impl fmt::Debug for Base64 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Base64({} bytes)", self.0.len())
    }
}

impl serde::Serialize for Base64 {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> serde::Deserialize<'de> for Base64 {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        let bytes = BASE64_STANDARD.decode(&*text);
        bytes.map(Self).map_err(serde::de::Error::custom)
    }
}

impl Xml for Base64 {
    fn shape() -> Shape {
        Shape::one(Base::Simple("base64Binary"))
    }
    fn write(&self, out: &mut String) {
        BASE64_STANDARD.encode_string(&self.0, out);
    }
    /// Takes white space between the letters, as senders break their lines.
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        let text = from.text()?;
        let is_broken = text.bytes().any(|letter| letter.is_ascii_whitespace());
        let bytes = if is_broken {
            let letters: Vec<u8> = text
                .bytes()
                .filter(|letter| !letter.is_ascii_whitespace())
                .collect();
            BASE64_STANDARD.decode(letters)
        } else {
            BASE64_STANDARD.decode(text.as_bytes())
        };
        bytes.map(Self).map_err(|_| WireError::structure("not Base64"))
    }
    fn is_blank(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Base64, WireError> {
        let document = format!("<a>{text}</a>");
        let mut from = Source::new(document.as_bytes(), 1_000, true)?;
        from.child()?;
        Base64::read(&mut from)
    }

    #[test]
    fn bytes_are_read_with_line_ends_between_the_letters_and_written_without() {
        let bytes = Base64(b"%PDF-1.7\n".to_vec());
        let mut out = String::new();
        bytes.write(&mut out);
        assert_eq!(out, "JVBERi0xLjcK");
        for text in ["JVBERi0xLjcK", "JVBE\r\nRi0x\r\n LjcK\n"] {
            assert_eq!(read(text).as_ref(), Ok(&bytes), "{text:?}");
        }
        for text in ["JVBERi0xLjc", "JVBERi0xLj?K", "é"] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
