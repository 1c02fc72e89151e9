//! Schools, authorities and calendar years: open to every client.

use super::read::View;
use crate::store::Versioned;
use pasi_wire::messages::{
    AvailabilityStatus, GetSchoolAuthorityInformationRequest, GetSchoolAuthorityInformationResponse,
    GetSchoolCalendarYearInformationRequest, GetSchoolCalendarYearInformationResponse,
    GetSchoolInformationRequest, GetSchoolInformationResponse, SchoolAuthorityResult,
    SchoolCalendarYearResult, SchoolResult,
};

fn availability<T>(found: Option<&T>) -> AvailabilityStatus {
    match found {
        Some(_) => AvailabilityStatus::Normal,
        None => AvailabilityStatus::Unknown,
    }
}

pub(super) fn schools(from: &View<'_>, asked: &GetSchoolInformationRequest) -> GetSchoolInformationResponse {
    let results = from.list(
        &asked.schools,
        |key| key.expected_version,
        |key| {
            let found = from.world.school(key.school_code);
            let result = SchoolResult {
                school_code: key.school_code,
                availability_status: availability(found),
                school: found.cloned(),
            };
            (found.map_or(0, Versioned::version), result)
        },
    );
    GetSchoolInformationResponse {
        results,
        rejections: Vec::new(),
    }
}

pub(super) fn authorities(
    from: &View<'_>,
    asked: &GetSchoolAuthorityInformationRequest,
) -> GetSchoolAuthorityInformationResponse {
    let results = from.list(
        &asked.authorities,
        |key| key.expected_version,
        |key| {
            let found = from.world.authority(key.authority_code);
            let result = SchoolAuthorityResult {
                authority_code: key.authority_code,
                availability_status: availability(found),
                authority: found.cloned(),
            };
            (found.map_or(0, Versioned::version), result)
        },
    );
    GetSchoolAuthorityInformationResponse {
        results,
        rejections: Vec::new(),
    }
}

pub(super) fn calendar_years(
    from: &View<'_>,
    asked: &GetSchoolCalendarYearInformationRequest,
) -> GetSchoolCalendarYearInformationResponse {
    let results = from.list(
        &asked.calendar_years,
        |key| key.expected_version,
        |key| {
            let found = from.world.calendar_year(key.school_code, key.school_year);
            let result = SchoolCalendarYearResult {
                school_code: key.school_code,
                school_year: key.school_year,
                availability_status: availability(found),
                calendar_year: found.cloned(),
            };
            (found.map_or(0, Versioned::version), result)
        },
    );
    GetSchoolCalendarYearInformationResponse {
        results,
        rejections: Vec::new(),
    }
}
