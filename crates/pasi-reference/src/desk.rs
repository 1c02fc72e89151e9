//! What both desks do, the pages and the JSON console: each deed is noted in
//! the desk's own trail.

use crate::clients::Client;
use crate::ministry::Ministry;
use crate::outside::OutsideError;
use crate::store::{Under, World};
use kernel::{Asn, AuthorityCode, Date, OrganizationCode, PersonName};
use pasi_wire::messages::{CourseEnrolment, SchoolAuthority, Section, Student};
use pasi_wire::{ClientRole, Fault, Request, Response};
use std::io;
use std::net::IpAddr;
use uuid::Uuid;

/// The ministry, by its organization code.
const MINISTRY: OrganizationCode = OrganizationCode::Other(1);

/// What a client may do, besides the certificates it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientTerms {
    /// What it is for.
    pub description: String,
    /// The vendor or product.
    pub system_name: String,
    /// Whom it may speak for, at least one.
    pub organizations: Vec<OrganizationCode>,
    /// What it may call, at least one.
    pub roles: Vec<ClientRole>,
    /// Addresses it may call from; empty for any.
    pub addresses: Vec<IpAddr>,
}

impl ClientTerms {
    /// As a client has them now.
    pub fn of(client: &Client) -> Self {
        Self {
            description: client.description.clone(),
            system_name: client.system_name.clone(),
            organizations: client.organizations.clone(),
            roles: client.roles.clone(),
            addresses: client.addresses.clone(),
        }
    }

    /// The parts in which two differ.
    fn parts(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("description", self.description != other.description),
            ("system", self.system_name != other.system_name),
            ("organizations", self.organizations != other.organizations),
            ("roles", self.roles != other.roles),
            ("addresses", self.addresses != other.addresses),
        ];
        parts
            .into_iter()
            .filter(|(_, is)| *is)
            .map(|(part, _)| part)
            .collect()
    }
}

impl Ministry {
    /// Changes what a client may do, from its next call on; saved before it
    /// returns. `false` when there is none of that name. Fails when nobody and
    /// nothing would be left to speak for or to call.
    pub fn change_client(&self, name: &str, terms: ClientTerms) -> io::Result<bool> {
        if terms.organizations.is_empty() || terms.roles.is_empty() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let parts = self.0.registry.edit(|clients| {
            let client = clients.iter_mut().find(|client| client.name == name)?;
            let parts = terms.parts(&ClientTerms::of(client));
            client.description = terms.description;
            client.system_name = terms.system_name;
            client.organizations = terms.organizations;
            client.roles = terms.roles;
            client.addresses = terms.addresses;
            Some(parts)
        })?;
        let Some(parts) = parts else {
            return Ok(false);
        };
        if !parts.is_empty() {
            self.note("client.terms", name, &parts);
        }
        Ok(true)
    }

    /// Changes anything of a student; gives the new version.
    pub async fn change_student(
        &self,
        asn: Asn,
        parts: &[&str],
        edit: impl FnOnce(&mut Student),
    ) -> Result<i64, OutsideError> {
        let version = self.outside().change(asn, edit).await?;
        self.note("student.changed", asn, parts);
        Ok(version)
    }

    /// Changes anything of a course enrolment; gives the new version.
    pub async fn change_course_enrolment(
        &self,
        ref_id: Uuid,
        edit: impl FnOnce(&mut CourseEnrolment),
    ) -> Result<i64, OutsideError> {
        let mut asn = None;
        let outside = self.outside();
        let version = outside.put(|world| {
            let held = world.get::<CourseEnrolment>(ref_id)?;
            let mut changed = CourseEnrolment::clone(&held);
            edit(&mut changed);
            asn = Some(changed.asn);
            Some((changed != *held).then(|| changed.into()))
        });
        let version = version.await?;
        if let Some(asn) = asn {
            self.note("student.course-enrolment", asn, &[]);
        }
        Ok(version)
    }

    /// A course enrolment with nothing held back.
    pub fn course_enrolment(&self, ref_id: Uuid) -> Option<CourseEnrolment> {
        let held = |world: &World| {
            let held = world.get::<CourseEnrolment>(ref_id)?;
            Some(CourseEnrolment::clone(&held))
        };
        self.0.store.read(held)
    }

    /// A section, and who is or was in it, by their numbers; deleted records too.
    pub fn section(&self, ref_id: Uuid) -> Option<(Section, Vec<CourseEnrolment>)> {
        self.0.store.read(|world| {
            let section = world.get::<Section>(ref_id)?.clone();
            let seats = world.under::<CourseEnrolment>(Under::Record(ref_id));
            let mut seats: Vec<CourseEnrolment> = seats.map(|held| *held).collect();
            seats.sort_by_key(|held| held.asn);
            Some((section, seats))
        })
    }

    /// Changes anything of a section; gives the new version.
    pub async fn change_section(
        &self,
        ref_id: Uuid,
        edit: impl FnOnce(&mut Section),
    ) -> Result<i64, OutsideError> {
        let outside = self.outside();
        let version = outside.put(|world| {
            let held = world.get::<Section>(ref_id)?;
            let mut changed = Section::clone(held);
            edit(&mut changed);
            Some((changed != *held).then(|| changed.into()))
        });
        let version = version.await?;
        self.note("section.changed", ref_id, &[]);
        Ok(version)
    }

    /// Makes a student as another organization; gives the ASN. `Refused` when
    /// the province has one of that name and birth date.
    pub async fn create_student(
        &self,
        organization: OrganizationCode,
        name: PersonName,
        birth_date: Date,
        gender: String,
    ) -> Result<Asn, OutsideError> {
        let outside = self.outside();
        let asn = outside.create(organization, name, birth_date, gender).await?;
        self.note("student.created", asn, &[]);
        Ok(asn)
    }

    /// Submits a record of a student as the ministry, judged as any other
    /// submit is. `part` names the record; what was refused is not noted.
    pub async fn submit(&self, asn: Asn, part: &str, request: impl Into<Request>) -> Result<Response, Fault> {
        let answer = self.outside().call(MINISTRY, request).await?;
        if answer.rejections().is_empty() {
            self.note(&format!("student.{part}"), asn, &[]);
        }
        Ok(answer)
    }

    /// Puts the mark of a diploma exam that was marked again in place of the
    /// one that stands; gives its version. The request to mark it again is
    /// closed, or recorded as closed. `Judged` when no mark stands.
    pub async fn rescore(&self, mark: Uuid, percent: u8) -> Result<i64, OutsideError> {
        let (asn, version) = self.outside().rescore(mark, percent).await?;
        self.note("student.rescored", asn, &[]);
        Ok(version)
    }

    /// An authority, by its code.
    pub fn authority(&self, code: AuthorityCode) -> Option<SchoolAuthority> {
        self.0
            .store
            .read(|world| world.get::<SchoolAuthority>(code).cloned())
    }

    /// Changes an authority; clients are told. Gives its version.
    pub async fn change_authority(
        &self,
        code: AuthorityCode,
        edit: impl FnOnce(&mut SchoolAuthority),
    ) -> Result<i64, OutsideError> {
        let change = |world: &World| {
            let held = world.get::<SchoolAuthority>(code)?;
            let mut changed = held.clone();
            edit(&mut changed);
            Some((changed != *held).then_some(changed.into()))
        };
        let version = self.outside().put(change).await?;
        self.note("authority.changed", OrganizationCode::Authority(code), &[]);
        Ok(version)
    }
}
