//! Who may know how much of a student, and who calls.

use crate::clients::Client;
use crate::store::World;
use kernel::{Asn, AuthorityCode, Date, Instant, OrganizationCode, SchoolCode};
use pasi_wire::messages::{AvailabilityStatus, School, SchoolAuthority, StudentSchoolEnrolment};
use pasi_wire::{ClientRole, Fault};
use std::sync::Arc;

kernel::text_enum! {
    /// How an organization is associated with a student, the strongest first.
    pub enum Association {
        /// The ministry with everybody.
        Ministry = "ByMinistry",
        /// It made the ASN, and nobody has enrolled the student yet; two years.
        Creation = "ByStudentCreation",
        /// An enrolment that has not ended.
        CurrentEnrolment = "ByCurrentSchoolEnrolment",
        /// The enrolment that ended last; six months.
        LastEnrolment = "ByLastSchoolEnrolment",
        /// Any enrolment that ended; twelve months.
        RecentEnrolment = "ByRecentSchoolEnrolment",
        /// An examination to be written there.
        ExamRegistration = "ByExamRegistration",
        /// None.
        None = "None",
    }
}

/// How long the last enrolment keeps its school associated, in months.
const LAST_MONTHS: i32 = 6;
/// How long any enrolment does, in months.
const RECENT_MONTHS: i32 = 12;
/// How long creation does, in years.
const CREATION_YEARS: i16 = 2;

/// The strongest association of any of these authorities on a day.
pub(crate) fn association(
    world: &World,
    asn: Asn,
    authorities: &[AuthorityCode],
    today: Date,
) -> Association {
    let Some(record) = world.student(asn) else {
        return Association::None;
    };
    let counted: Vec<(&StudentSchoolEnrolment, Option<AuthorityCode>)> = world
        .enrolments_of(asn)
        .filter(|enrolment| !enrolment.is_deleted)
        .map(|enrolment| (enrolment, world.authority_of(enrolment.school_code)))
        .collect();
    let is_ours = |of: Option<AuthorityCode>| of.is_some_and(|code| authorities.contains(&code));
    if counted.is_empty() {
        let lasts = record.created_on.plus_years(CREATION_YEARS) > today;
        return if is_ours(record.created_by) && lasts {
            Association::Creation
        } else {
            Association::None
        };
    }
    let ours = counted.iter().filter(|(_, of)| is_ours(*of));
    let Some(end) = ours.clone().map(|(enrolment, _)| end_of(enrolment)).max() else {
        return Association::None;
    };
    if end >= today {
        return Association::CurrentEnrolment;
    }
    let is_last = counted
        .iter()
        .all(|(enrolment, of)| is_ours(*of) || end_of(enrolment) < end);
    if is_last && plus_months(end, LAST_MONTHS) >= today {
        return Association::LastEnrolment;
    }
    let recent = ours.clone().any(|(enrolment, of)| {
        plus_months(end_of(enrolment), RECENT_MONTHS) >= today && !is_highly_restricted(world, *of)
    });
    if recent {
        Association::RecentEnrolment
    } else {
        Association::None
    }
}

/// The last day of an enrolment; where none is given, that of its school year.
pub(crate) fn end_of(enrolment: &StudentSchoolEnrolment) -> Date {
    enrolment
        .registration_exit_date
        .unwrap_or_else(|| enrolment.school_year.ends())
}

fn is_highly_restricted(world: &World, authority: Option<AuthorityCode>) -> bool {
    authority
        .and_then(|code| world.get::<SchoolAuthority>(code))
        .is_some_and(|authority| authority.restriction_level.eq_ignore_ascii_case("high"))
}

/// The same day some months later, or the last day that month has.
pub(crate) fn plus_months(from: Date, months: i32) -> Date {
    let counted = i32::from(from.year()) * 12 + i32::from(from.month()) - 1 + months;
    let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) + 1);
    let whole = |day| Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, day);
    (1..=from.day()).rev().find_map(whole).unwrap_or(from)
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
    /// May it know of the student? An organization outside Canada learns less.
    pub(crate) fn availability(&self, world: &World, asn: Asn) -> AvailabilityStatus {
        match self.association(world, asn) {
            _ if world.student(asn).is_none() => AvailabilityStatus::Unknown,
            Association::None if self.is_international(world) => AvailabilityStatus::Unknown,
            Association::None => AvailabilityStatus::NoAccess,
            Association::RecentEnrolment | Association::ExamRegistration if self.is_international(world) => {
                AvailabilityStatus::Unknown
            }
            _ => AvailabilityStatus::Normal,
        }
    }
    /// Is the school one of the client's?
    pub(crate) fn owns(&self, world: &World, school: SchoolCode) -> bool {
        let authority = world.authority_of(school);
        self.is_ministry() || authority.is_some_and(|code| self.authorities.contains(&code))
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
    fn is_international(&self, world: &World) -> bool {
        let mut authorities = self
            .authorities
            .iter()
            .filter_map(|code| world.get::<SchoolAuthority>(*code));
        authorities.any(|authority| authority.is_international)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_the_calendar_does() {
        let date = |text: &str| text.parse::<Date>().expect("test date");
        for (from, months, want) in [
            ("2026-06-26", 6, "2026-12-26"),
            ("2026-08-31", 6, "2027-02-28"),
            ("2026-11-23", 14, "2028-01-23"),
            ("2026-12-31", 14, "2028-02-29"),
        ] {
            assert_eq!(
                plus_months(date(from), months),
                date(want),
                "{from} and {months} months"
            );
        }
    }
}
