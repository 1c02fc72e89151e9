//! Who calls: in every request.

use crate::xml::message;
use kernel::{Instant, OrganizationCode};

message! {
    /// Who calls, with what, and for which organization.
    pub struct CallerInfo in V2009 {
        /// A fresh GUID per call; the key of both sides' logs.
        client_message_id: String = "ClientMessageID" [Line(50)],
        /// When it was sent.
        sent_utc_time: Instant = "SentUtcTime",
        /// The program.
        software: Software = "Software",
        /// The person, or the machine acting by itself.
        user: CallerUser = "User",
    }
}

message! {
    /// The calling program.
    pub struct Software in V2009 {
        /// Who makes it.
        manufacturer: String = "Manufacturer" [Line(100)],
        /// Its name.
        product: String = "Product" [Line(100)],
        /// Its version.
        version: String = "Version" [Line(30)],
        /// Its build.
        build_number: String = "BuildNumber" [Line(30)],
    }
}

message! {
    /// The person behind the call, kept also when the call waited in a queue.
    pub struct CallerUser in V2009 {
        /// Name, or `[System] Sync` for the program itself.
        name: String = "Name" [Line(100)],
        /// Local user id.
        local_id: String = "LocalID" [Line(50)],
        /// Address the person worked from.
        ip_address: String = "IPAddress" [Line(45)],
        /// Whom the call speaks for.
        organization_code: OrganizationCode = "OrganizationCode",
    }
}
