//! Who calls, and how much of a student that organization may know.

use crate::association::{Association, association};
use crate::clients::Client;
use crate::store::World;
use kernel::{Asn, AuthorityCode, Date, Instant, OrganizationCode, SchoolCode};
use pasi_wire::messages::{AvailabilityStatus, School, SchoolAuthority};
use pasi_wire::{ClientRole, Fault};
use std::sync::Arc;

/// Who calls: a client, for one of its organizations, at a moment.
pub(crate) struct Caller {
    pub(crate) client: Arc<Client>,
    pub(crate) organization: OrganizationCode,
    /// The authorities the client belongs to; they decide what it may know.
    pub(crate) authorities: Vec<AuthorityCode>,
    pub(crate) now: Instant,
    pub(crate) today: Date,
}

impl Caller {
    /// Judges the organization the call speaks for: fault 1008.
    pub(crate) fn new(
        world: &World,
        client: Arc<Client>,
        organization: OrganizationCode,
        now: Instant,
    ) -> Result<Self, Fault> {
        let registered = &client.organizations;
        let authority = world.authority_behind(organization);
        let speaks_through = authority.map(OrganizationCode::Authority);
        if !registered.contains(&organization)
            && !speaks_through.is_some_and(|code| registered.contains(&code))
        {
            let text = format!("the client may not speak for {organization}");
            return Err(Fault::new(1008, text));
        }
        let mut authorities: Vec<AuthorityCode> = registered
            .iter()
            .filter_map(|code| world.authority_behind(*code))
            .collect();
        authorities.sort_unstable();
        authorities.dedup();
        Ok(Self {
            client,
            organization,
            authorities,
            now,
            today: now.date(),
        })
    }
    pub(crate) fn is_ministry(&self) -> bool {
        self.client.is_ministry()
    }
    pub(crate) fn has_role(&self, role: ClientRole) -> bool {
        self.client.roles.contains(&role)
    }
    pub(crate) fn association(&self, world: &World, asn: Asn) -> Association {
        if self.is_ministry() {
            return Association::Ministry;
        }
        association(world, asn, &self.authorities, self.today)
    }
    /// May it know of the student? An organization outside Canada needs one of
    /// the four strongest associations, and is not told that there is more.
    pub(crate) fn availability(&self, world: &World, asn: Asn) -> AvailabilityStatus {
        if !world.has_student(asn) {
            return AvailabilityStatus::Unknown;
        }
        let association = self.association(world, asn);
        match self.is_international(world) {
            true if association.is_close() => AvailabilityStatus::Normal,
            true => AvailabilityStatus::Unknown,
            false if association == Association::None => AvailabilityStatus::NoAccess,
            false => AvailabilityStatus::Normal,
        }
    }
    /// May it read the student?
    pub(crate) fn may_know(&self, world: &World, asn: Asn) -> bool {
        self.availability(world, asn) == AvailabilityStatus::Normal
    }
    /// Is the authority one of the client's?
    pub(crate) fn speaks_for(&self, authority: AuthorityCode) -> bool {
        self.is_ministry() || self.authorities.contains(&authority)
    }
    /// Is the school one of the client's?
    pub(crate) fn owns(&self, world: &World, school: SchoolCode) -> bool {
        let authority = world.authority_of(school);
        self.is_ministry() || authority.is_some_and(|code| self.speaks_for(code))
    }
    /// Does the organization see less of students (11405 instead of 11404)?
    pub(crate) fn is_limited(&self, world: &World) -> bool {
        match self.organization {
            OrganizationCode::School(code) => world
                .get::<School>(code)
                .is_some_and(|school| school.is_limited_access),
            _ => false,
        }
    }
    /// Is the organization it speaks for outside Canada?
    fn is_international(&self, world: &World) -> bool {
        let school = match self.organization {
            OrganizationCode::School(code) => world.get::<School>(code),
            _ => None,
        };
        let authority = world.authority_behind(self.organization);
        let authority = authority.and_then(|code| world.get::<SchoolAuthority>(code));
        !self.is_ministry()
            && (school.is_some_and(|held| held.is_international)
                || authority.is_some_and(|held| held.is_international))
    }
}
