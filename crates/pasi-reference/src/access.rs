//! Who calls, and how much of a student that organization may know.

use crate::association::{Association, association};
use crate::clients::Client;
use crate::store::World;
use kernel::{Asn, AuthorityCode, Date, Instant, OrganizationCode, SchoolCode};
use pasi_wire::messages::{AvailabilityStatus, School, SchoolAuthority};
use pasi_wire::{ClientRole, Fault};
use std::sync::Arc;

/// Is the authority one that sees little of students that are not its own?
pub(crate) fn is_highly_restricted(authority: &SchoolAuthority) -> bool {
    authority.restriction_level.eq_ignore_ascii_case("high")
}

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
    /// the four strongest associations. It, and one of limited access, is not
    /// told that there is such a student besides.
    pub(crate) fn availability(&self, world: &World, asn: Asn) -> AvailabilityStatus {
        if !world.has_student(asn) {
            return AvailabilityStatus::Unknown;
        }
        let association = self.association(world, asn);
        match self.is_international(world) {
            true if association.is_close() => AvailabilityStatus::Normal,
            true => AvailabilityStatus::Unknown,
            false if association != Association::None => AvailabilityStatus::Normal,
            false if self.is_limited(world) => AvailabilityStatus::Unknown,
            false => AvailabilityStatus::NoAccess,
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
    /// Does the organization see less of students? A school of limited access,
    /// and an authority of high restriction with all its schools.
    pub(crate) fn is_limited(&self, world: &World) -> bool {
        let (school, authority) = self.speaks_as(world);
        !self.is_ministry()
            && (school.is_some_and(|held| held.is_limited_access)
                || authority.is_some_and(is_highly_restricted))
    }
    /// Is the organization it speaks for outside Canada?
    fn is_international(&self, world: &World) -> bool {
        let (school, authority) = self.speaks_as(world);
        !self.is_ministry()
            && (school.is_some_and(|held| held.is_international)
                || authority.is_some_and(|held| held.is_international))
    }
    /// The school it speaks for, where it is one, and the authority behind it.
    fn speaks_as<'w>(&self, world: &'w World) -> (Option<&'w School>, Option<&'w SchoolAuthority>) {
        let school = match self.organization {
            OrganizationCode::School(code) => world.get::<School>(code),
            _ => None,
        };
        let authority = world.authority_behind(self.organization);
        (
            school,
            authority.and_then(|code| world.get::<SchoolAuthority>(code)),
        )
    }
}
