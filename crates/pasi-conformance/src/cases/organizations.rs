//! Schools, authorities, calendar years.

use super::{answer, is_given, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use kernel::SchoolCode;
use pasi_wire::Operation;
use pasi_wire::messages::{
    AuthorityVersion, AvailabilityStatus, CalendarYearVersion, GetSchoolAuthorityInformationRequest,
    GetSchoolCalendarYearInformationRequest, GetSchoolInformationRequest, SchoolVersion,
};

fn school(scene: &Scene, school_code: SchoolCode, expected_version: i64) -> Option<Ask> {
    let key = SchoolVersion {
        school_code,
        expected_version,
    };
    Some(
        GetSchoolInformationRequest {
            caller: scene.caller(),
            schools: vec![key],
        }
        .into(),
    )
}

fn authority(scene: &Scene, (code, expected_version): (&str, i64)) -> Option<Ask> {
    let key = AuthorityVersion {
        authority_code: code.parse().ok()?,
        expected_version,
    };
    Some(
        GetSchoolAuthorityInformationRequest {
            caller: scene.caller(),
            authorities: vec![key],
        }
        .into(),
    )
}

fn calendar(scene: &Scene, school_code: SchoolCode) -> Option<Ask> {
    let key = CalendarYearVersion {
        school_code,
        school_year: scene.year,
        expected_version: 0,
    };
    Some(
        GetSchoolCalendarYearInformationRequest {
            caller: scene.caller(),
            calendar_years: vec![key],
        }
        .into(),
    )
}

/// Nobody has this code.
const NO_SCHOOL: &str = "0000";

pub(super) const CASES: &[Case] = &[
    Case {
        of: Operation::GetSchoolInformation,
        what: "a school of the organization, at the version told",
        shows: &[10],
        ask: |scene| {
            let held = scene.school.clone()?;
            school(scene, held.school_code, held.pasi_core_version)
        },
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetSchoolInformation);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)
        }),
    },
    Case {
        of: Operation::GetSchoolInformation,
        what: "another version than there is ends the list",
        shows: &[10],
        ask: |scene| {
            let held = scene.school.clone()?;
            school(scene, held.school_code, held.pasi_core_version + 1_000_000)
        },
        expect: Expect::Withheld(|_, response| {
            let answer = answer!(response, GetSchoolInformation);
            must(answer.results.is_empty(), "read on where a version differed")
        }),
    },
    Case {
        of: Operation::GetSchoolInformation,
        what: "a school there is not is unknown",
        shows: &[],
        ask: |scene| school(scene, NO_SCHOOL.parse().ok()?, 0),
        expect: Expect::Withheld(|_, response| {
            let answer = answer!(response, GetSchoolInformation);
            let status = answer.results.first().map(|result| result.availability_status);
            must(
                status == Some(AvailabilityStatus::Unknown),
                "given though it is not there",
            )
        }),
    },
    Case {
        of: Operation::GetSchoolAuthorityInformation,
        what: "an authority, at the version told",
        shows: &[10],
        ask: |scene| {
            let (code, version) = scene.authorities.first()?;
            authority(scene, (code, *version))
        },
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetSchoolAuthorityInformation);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)
        }),
    },
    Case {
        of: Operation::GetSchoolAuthorityInformation,
        what: "an authority there is not is unknown",
        shows: &[],
        ask: |scene| authority(scene, (NO_SCHOOL, 0)),
        expect: Expect::Withheld(|_, response| {
            let answer = answer!(response, GetSchoolAuthorityInformation);
            let status = answer.results.first().map(|result| result.availability_status);
            must(
                status == Some(AvailabilityStatus::Unknown),
                "given though it is not there",
            )
        }),
    },
    Case {
        of: Operation::GetSchoolCalendarYearInformation,
        what: "what the school offers this year",
        shows: &[10],
        ask: |scene| calendar(scene, scene.school.as_ref()?.school_code),
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetSchoolCalendarYearInformation);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)
        }),
    },
    Case {
        of: Operation::GetSchoolCalendarYearInformation,
        what: "the year of a school there is not is unknown",
        shows: &[],
        ask: |scene| calendar(scene, NO_SCHOOL.parse().ok()?),
        expect: Expect::Withheld(|_, response| {
            let answer = answer!(response, GetSchoolCalendarYearInformation);
            let status = answer.results.first().map(|result| result.availability_status);
            must(
                status == Some(AvailabilityStatus::Unknown),
                "given though it is not there",
            )
        }),
    },
];
