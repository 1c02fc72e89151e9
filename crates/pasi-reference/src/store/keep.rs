//! How records lie in memory: as they are, or packed. A province of 800,000
//! students has millions of records of a few kinds; packed, each takes a
//! fraction of the room, and is unpacked when somebody looks at it.

use super::Versioned;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::{self, Debug};
use std::marker::PhantomData;
use std::ops::Deref;

/// A record as it lies in memory.
pub(crate) trait Keep<T>: Debug {
    /// The record, to be looked at.
    type Held<'a>: Deref<Target = T>
    where
        Self: 'a,
        T: 'a;
    fn keep(record: Box<T>) -> Self;
    fn held(&self) -> Self::Held<'_>;
    /// Its version, without unpacking the rest.
    fn version(&self) -> i64;
}

/// A record as it is: for kinds of which there are few, or that are looked at with every call.
#[derive(Debug)]
pub(crate) struct Plain<T>(Box<T>);

impl<T: Versioned + Debug> Keep<T> for Plain<T> {
    type Held<'a>
        = &'a T
    where
        T: 'a;
    fn keep(record: Box<T>) -> Self {
        Self(record)
    }
    fn held(&self) -> &T {
        &self.0
    }
    fn version(&self) -> i64 {
        self.0.version()
    }
}

/// A record in as few bytes as it has: for kinds of which there are millions.
/// The bytes never leave the process.
pub(crate) struct Packed<T> {
    /// The version in eight bytes, then the record.
    bytes: Box<[u8]>,
    of: PhantomData<fn() -> T>,
}

impl<T> Debug for Packed<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} bytes", self.bytes.len())
    }
}

const VERSION: usize = size_of::<i64>();

impl<T: Versioned + Serialize + DeserializeOwned> Keep<T> for Packed<T> {
    type Held<'a>
        = Box<T>
    where
        T: 'a;
    fn keep(record: Box<T>) -> Self {
        let head = record.version().to_le_bytes().to_vec();
        let bytes = postcard::to_extend(&*record, head).expect("a record is plain data of known length");
        Self {
            bytes: bytes.into_boxed_slice(),
            of: PhantomData,
        }
    }
    fn held(&self) -> Box<T> {
        let record = postcard::from_bytes(&self.bytes[VERSION..]);
        Box::new(record.expect("the bytes were packed by this process from the same type"))
    }
    fn version(&self) -> i64 {
        let head = self
            .bytes
            .first_chunk()
            .expect("every packed record begins with its version");
        i64::from_le_bytes(*head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::new_record;
    use crate::store::StudentRecord;
    use kernel::{Asn, Date, PersonName};
    use pasi_wire::messages::IdentificationRecord;

    #[test]
    fn a_packed_record_is_the_same_unpacked_and_says_its_version() {
        let day = Date::new(2012, 3, 4).expect("a day of the calendar");
        let identification = IdentificationRecord {
            name: PersonName::new("Aiyana", "Whitebear"),
            birth_date: day,
            gender: "F".to_owned(),
            source_document_type: Some("BirthCertificateCanada".to_owned()),
            identity_document_ref_id: None,
        };
        let asn = Asn::from_number(999_000_017).expect("nine digits");
        let mut record = new_record(asn, identification, day);
        record.set_version(4_711);
        record.lent.push(uuid::Uuid::nil());
        let packed: Packed<StudentRecord> = Packed::keep(Box::new(record.clone()));
        assert_eq!(*packed.held(), record);
        assert_eq!(packed.version(), 4_711);
        assert!(packed.bytes.len() < 256, "{} bytes", packed.bytes.len());
    }
}
