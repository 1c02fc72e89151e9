//! `HelloWorld` and `IsDataAvailable`.

use crate::xml::message;
use kernel::Instant;

message! {
    /// Is anyone there, and do they know me?
    pub request HelloWorldRequest in V2009 {}
}

message! {
    /// The server is there and knows the certificate.
    pub struct HelloWorldResponse in V2009 {
        /// A greeting.
        message: String = "Message",
        /// The server's moment; clients see their clock's error by it.
        server_utc_time: Instant = "ServerUtcTime",
        /// The server's release.
        version: String = "Version",
    }
}

message! {
    /// What is newer than what I have? The server waits until something is.
    pub request DataNotificationRequest in V2009 {
        /// Longest wait; 0 to 5, else fault 3007.
        wait_time_in_minutes: i32 = "WaitTimeInMinutes",
        /// What is asked about, with the versions known.
        registered_types: Vec<DataNotificationRequestTypeInfo> = "RegisteredTypes" [Items(200)],
    }
}

message! {
    /// One kind of record, and up to where the client knows it.
    pub struct DataNotificationRequestTypeInfo in V2009 {
        /// `Student`, or with a school year `StudentSchoolEnrolment.2027`.
        notification_type: String = "NotificationType" [Line(100)],
        /// Highest version the client has; 0 asks for everything.
        max_pasi_core_version: i64 = "MaxPASICoreVersion" [Range(0, i64::MAX)],
        /// Hash of all pairs the client has; see [`crate::hash`].
        pasi_core_version_hash: Option<String> = "PASICoreVersionHash" [Line(32)],
    }
}

message! {
    /// What is newer, by kind of record.
    pub struct DataNotificationResponse in V2009 {
        /// One per kind that has something to tell.
        results: Vec<DataNotificationResultTypeInfo> = "Results",
    }
}

message! {
    /// What is newer of one kind.
    pub struct DataNotificationResultTypeInfo in V2009 {
        /// As it was asked.
        notification_type: String = "NotificationType",
        /// Newer records by ascending version; cut at the page size, then ask again from the last.
        id_versions: Vec<DataNotificationIdVersion> = "IdVersions",
        /// The client's hash differs though its highest version agrees: resolve everything.
        is_hash_mismatch: bool = "IsHashMismatch",
    }
}

message! {
    /// A record and its version.
    pub struct DataNotificationIdVersion in V2009 {
        /// ASN, school code or GUID; of a calendar year `nnnn.yyyy`.
        id: String = "Id" [Line(50)],
        /// Its version.
        version: i64 = "Version",
    }
}
