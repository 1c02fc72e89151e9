//! The reads of what PASI told is newer.

use kernel::{Asn, Failure, Outcome};
use pasi_wire::Request;
use pasi_wire::messages::{
    AsnVersion, CallerInfo, DataNotificationIdVersion, GetResponsibleSchoolRequest,
    GetResponsibleSchoolStatusRequest, GetStudentRequest, GetStudentSchoolEnrolmentRequest,
    GetStudentSchoolEnrolmentStatusRequest, GetStudentStatusRequest, RefIdVersion, StatusAsnVersion,
    StatusRefIdVersion,
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
        other => return Err(Failure::Fault(format!("{other} is not listened for"))),
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
