//! Reading records by key: every kind is asked for, answered and, where it is
//! judged, acknowledged in the same way. A kind is one block of [`reads!`].

use super::{
    AsnVersion, AuthorityVersion, AvailabilityStatus, CalendarYearVersion, CourseVersion, RecordStatus,
    RefIdVersion, SchoolVersion, StatusRefIdVersion,
};
use kernel::{Asn, AuthorityCode, CourseCode, SchoolCode, SchoolYear};
use uuid::Uuid;

/// Names a record to read, with the version expected.
pub trait ReadKey {
    /// What names it among those of its kind.
    type Name;
    /// Its name.
    fn name(&self) -> Self::Name;
    /// The version expected; 0 for whatever there is.
    fn expected_version(&self) -> i64;
}

macro_rules! read_keys {
    ($($key:ty: $name:ty = |$it:ident| $value:expr;)+) => {$(
        impl ReadKey for $key {
            type Name = $name;
            fn name(&self) -> $name {
                let $it = self;
                $value
            }
            fn expected_version(&self) -> i64 {
                self.expected_version
            }
        }
    )+};
}
read_keys! {
    RefIdVersion: Uuid = |it| it.ref_id;
    StatusRefIdVersion: Uuid = |it| it.ref_id;
    AsnVersion: Asn = |it| it.asn;
    CourseVersion: CourseCode = |it| it.course_code;
    SchoolVersion: SchoolCode = |it| it.school_code;
    AuthorityVersion: AuthorityCode = |it| it.authority_code;
    CalendarYearVersion: (SchoolCode, SchoolYear) = |it| (it.school_code, it.school_year);
}

/// Asks for records of one kind.
pub trait ReadRequest {
    /// The kind.
    type Record;
    /// How a record is named.
    type Key: ReadKey;
    /// The answer for one record.
    type Result;
    /// The answer.
    type Response;
    /// Which, in order.
    fn keys(&self) -> &[Self::Key];
    /// The answer for one record.
    fn result(
        key: &Self::Key,
        availability: AvailabilityStatus,
        record: Option<Self::Record>,
    ) -> Self::Result;
    /// The answer.
    fn response(results: Vec<Self::Result>) -> Self::Response;
}

/// Asks for the alerts of records of one kind.
pub trait StatusRequest {
    /// The kind.
    type Record;
    /// The answer for one record.
    type Result;
    /// The answer.
    type Response;
    /// Which, in order.
    fn keys(&self) -> &[StatusRefIdVersion];
    /// The answer for one record; the record comes along when newer than the client's.
    fn result(
        key: &StatusRefIdVersion,
        availability: AvailabilityStatus,
        status: Option<RecordStatus>,
        source: Option<Self::Record>,
    ) -> Self::Result;
    /// The answer.
    fn response(results: Vec<Self::Result>) -> Self::Response;
}

/// What a person says to an alert of a record of one kind.
pub trait AcknowledgementRequest {
    /// The kind.
    type Record;
    /// The record.
    fn ref_id(&self) -> Uuid;
    /// Which alert, and what of it.
    fn acknowledgement(&self) -> &super::AlertAcknowledgement;
}

/// The messages that read records of a kind; with `status`, those that read
/// their alerts and answer them.
macro_rules! reads {
    ($($record:ident in $ns:ident {
        $request:ident => $response:ident of $result:ident;
        $keys:ident: $key:ty = $keys_wire:literal by { $($part:ident: $part_ty:ty = $part_wire:literal),+ };
        $one:ident = $one_wire:literal;
        $(status $status_request:ident => $status_response:ident of $status_result:ident;
        acknowledged by $acknowledgement:ident in $said_in:ident;)?
    })+) => {$(
        $crate::xml::message! {
            #[doc = concat!("Asks for records of kind [`", stringify!($record), "`], in order.")]
            pub request $request in $ns {
                /// Which, with the versions expected.
                $keys: Vec<$key> = $keys_wire [Items(500)],
            }
        }
        $crate::xml::message! {
            #[doc = concat!("Records of kind [`", stringify!($record), "`], read until a version differed.")]
            pub struct $response in $ns {
                /// In the order asked; shorter when a version differed.
                results: Vec<$result> = "Results",
                /// Why none are given.
                rejections: Vec<$crate::messages::Rejection> = "Rejections",
            }
        }
        $crate::xml::message! {
            #[doc = concat!("One of the records of kind [`", stringify!($record), "`] asked for.")]
            pub struct $result in $ns {
                $(
                    /// As it was asked.
                    $part: $part_ty = $part_wire,
                )+
                /// Is it given?
                availability_status: $crate::messages::AvailabilityStatus = "AvailabilityStatus",
                /// The record.
                $one: Option<$record> = $one_wire,
            }
        }
        impl $crate::messages::ReadRequest for $request {
            type Record = $record;
            type Key = $key;
            type Result = $result;
            type Response = $response;
            fn keys(&self) -> &[$key] {
                &self.$keys
            }
            fn result(
                key: &$key,
                availability_status: $crate::messages::AvailabilityStatus,
                $one: Option<$record>,
            ) -> $result {
                $result { $($part: key.$part.clone(),)+ availability_status, $one }
            }
            fn response(results: Vec<$result>) -> $response {
                $response { results, rejections: Vec::new() }
            }
        }
        $($crate::messages::reads::status_reads! {
            $record in $ns { $keys = $keys_wire; $status_request => $status_response of $status_result; $acknowledgement in $said_in }
        })?
    )+};
}

macro_rules! status_reads {
    ($record:ident in $ns:ident {
        $keys:ident = $keys_wire:literal; $request:ident => $response:ident of $result:ident; $acknowledgement:ident in $said_in:ident
    }) => {
        $crate::xml::message! {
            #[doc = concat!("Asks for the alerts of records of kind [`", stringify!($record), "`], in order.")]
            pub request $request in $ns {
                /// Which, with the versions expected.
                $keys: Vec<$crate::messages::StatusRefIdVersion> = $keys_wire [Items(500)],
            }
        }
        $crate::xml::message! {
            #[doc = concat!("Alerts of records of kind [`", stringify!($record), "`], read until a version differed.")]
            pub struct $response in $ns {
                /// In the order asked; shorter when a version differed.
                results: Vec<$result> = "Results",
                /// Why none are given.
                rejections: Vec<$crate::messages::Rejection> = "Rejections",
            }
        }
        $crate::xml::message! {
            #[doc = concat!("The alerts of one record of kind [`", stringify!($record), "`].")]
            pub struct $result in $ns {
                /// As it was asked.
                ref_id: uuid::Uuid = "RefId",
                /// Is the status given?
                availability_status: $crate::messages::AvailabilityStatus = "AvailabilityStatus",
                /// The alerts.
                status: Option<$crate::messages::RecordStatus> = "Status",
                /// The record, when newer than the client's.
                source: Option<$record> = "Source",
            }
        }
        $crate::xml::message! {
            #[doc = concat!("What a person says to an alert of a record of kind [`", stringify!($record), "`].")]
            pub request $acknowledgement in $said_in {
                /// The record.
                ref_id: uuid::Uuid = "RefId",
                /// Which alert, and what of it.
                acknowledgement: $crate::messages::AlertAcknowledgement = "Acknowledgement",
            }
        }
        impl $crate::messages::StatusRequest for $request {
            type Record = $record;
            type Result = $result;
            type Response = $response;
            fn keys(&self) -> &[$crate::messages::StatusRefIdVersion] {
                &self.$keys
            }
            fn result(
                key: &$crate::messages::StatusRefIdVersion,
                availability_status: $crate::messages::AvailabilityStatus,
                status: Option<$crate::messages::RecordStatus>,
                source: Option<$record>,
            ) -> $result {
                $result { ref_id: key.ref_id, availability_status, status, source }
            }
            fn response(results: Vec<$result>) -> $response {
                $response { results, rejections: Vec::new() }
            }
        }
        impl $crate::messages::AcknowledgementRequest for $acknowledgement {
            type Record = $record;
            fn ref_id(&self) -> uuid::Uuid {
                self.ref_id
            }
            fn acknowledgement(&self) -> &$crate::messages::AlertAcknowledgement {
                &self.acknowledgement
            }
        }
    };
}
pub(super) use {reads, status_reads};
