//! The reads of what PASI told is newer.

use kernel::{Asn, Failure, Outcome, SchoolYear};
use pasi_wire::Request;
use pasi_wire::messages::{
    AsnVersion, AuthorityVersion, CalendarYearVersion, CallerInfo, CourseVersion, DataNotificationIdVersion,
    GetCourseEnrolmentRequest, GetCourseEnrolmentStatusRequest, GetCourseRequest,
    GetResponsibleSchoolRequest, GetResponsibleSchoolStatusRequest, GetSchoolAuthorityInformationRequest,
    GetSchoolCalendarYearInformationRequest, GetSchoolInformationRequest, GetSectionRequest,
    GetSectionStatusRequest, GetStudentRequest, GetStudentSchoolEnrolmentRequest,
    GetStudentSchoolEnrolmentStatusRequest, GetStudentStatusRequest, RefIdVersion, SchoolVersion,
    StatusAsnVersion, StatusRefIdVersion,
};
use pasi_wire::window::NotificationType;

type Pair = DataNotificationIdVersion;

/// The read of records of one kind, in the order told. A fault for a kind that
/// is not listened for, or a key that is none.
pub fn read_request(kind: NotificationType, pairs: &[Pair], caller: CallerInfo) -> Outcome<Request> {
    Ok(match kind {
        NotificationType::Student => GetStudentRequest {
            caller,
            students: each(pairs, |pair| {
                Ok(AsnVersion {
                    asn: asn(pair)?,
                    expected_version: 0,
                })
            })?,
        }
        .into(),
        NotificationType::School => GetSchoolInformationRequest {
            caller,
            schools: each(pairs, |pair| {
                Ok(SchoolVersion {
                    school_code: pair.id.parse().map_err(|_| no_key(pair))?,
                    expected_version: 0,
                })
            })?,
        }
        .into(),
        NotificationType::SchoolAuthority => GetSchoolAuthorityInformationRequest {
            caller,
            authorities: each(pairs, |pair| {
                Ok(AuthorityVersion {
                    authority_code: pair.id.parse().map_err(|_| no_key(pair))?,
                    expected_version: 0,
                })
            })?,
        }
        .into(),
        NotificationType::SchoolCalendarYear => GetSchoolCalendarYearInformationRequest {
            caller,
            calendar_years: each(pairs, calendar_year)?,
        }
        .into(),
        NotificationType::StudentStatus => GetStudentStatusRequest {
            caller,
            students: each(pairs, |pair| {
                Ok(StatusAsnVersion {
                    asn: asn(pair)?,
                    expected_version: 0,
                    known_source_version: i64::MAX,
                })
            })?,
        }
        .into(),
        NotificationType::StudentSchoolEnrolment => GetStudentSchoolEnrolmentRequest {
            caller,
            enrolments: each(pairs, record)?,
        }
        .into(),
        NotificationType::StudentSchoolEnrolmentStatus => GetStudentSchoolEnrolmentStatusRequest {
            caller,
            enrolments: each(pairs, status)?,
        }
        .into(),
        NotificationType::ResponsibleSchool => GetResponsibleSchoolRequest {
            caller,
            responsible_schools: each(pairs, record)?,
        }
        .into(),
        NotificationType::ResponsibleSchoolStatus => GetResponsibleSchoolStatusRequest {
            caller,
            responsible_schools: each(pairs, status)?,
        }
        .into(),
        NotificationType::Course => GetCourseRequest {
            caller,
            courses: each(pairs, |pair| {
                Ok(CourseVersion {
                    course_code: pair.id.parse().map_err(|_| no_key(pair))?,
                    expected_version: 0,
                })
            })?,
        }
        .into(),
        NotificationType::Section => GetSectionRequest {
            caller,
            sections: each(pairs, record)?,
        }
        .into(),
        NotificationType::SectionStatus => GetSectionStatusRequest {
            caller,
            sections: each(pairs, status)?,
        }
        .into(),
        NotificationType::CourseEnrolment => GetCourseEnrolmentRequest {
            caller,
            course_enrolments: each(pairs, record)?,
        }
        .into(),
        NotificationType::CourseEnrolmentStatus => GetCourseEnrolmentStatusRequest {
            caller,
            course_enrolments: each(pairs, status)?,
        }
        .into(),
        other => return Err(Failure::Fault(format!("{other} is not listened for"))),
    })
}

/// Told as the school's code and the year in which the school year ends: `0982.2027`.
fn calendar_year(pair: &Pair) -> Outcome<CalendarYearVersion> {
    let parts = pair.id.split_once('.').and_then(|(school, year)| {
        let year = year.parse().ok().and_then(SchoolYear::ending)?;
        Some((school.parse().ok()?, year))
    });
    let (school_code, school_year) = parts.ok_or_else(|| no_key(pair))?;
    Ok(CalendarYearVersion {
        school_code,
        school_year,
        expected_version: 0,
    })
}

fn each<T>(pairs: &[Pair], of: impl Fn(&Pair) -> Outcome<T>) -> Outcome<Vec<T>> {
    pairs.iter().map(of).collect()
}

fn asn(pair: &Pair) -> Outcome<Asn> {
    pair.id.parse().map_err(|_| no_key(pair))
}

fn guid(pair: &Pair) -> Outcome<uuid::Uuid> {
    pair.id.parse().map_err(|_| no_key(pair))
}

fn no_key(pair: &Pair) -> Failure {
    Failure::Fault(format!("{} is no key", pair.id))
}

fn record(pair: &Pair) -> Outcome<RefIdVersion> {
    Ok(RefIdVersion {
        ref_id: guid(pair)?,
        expected_version: 0,
    })
}

fn status(pair: &Pair) -> Outcome<StatusRefIdVersion> {
    Ok(StatusRefIdVersion {
        ref_id: guid(pair)?,
        expected_version: 0,
        known_source_version: i64::MAX,
    })
}
