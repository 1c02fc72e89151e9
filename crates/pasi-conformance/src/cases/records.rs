//! Accommodations, certificates, connections; what schools' partners are.

use super::{answer, is_given, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use pasi_wire::Operation;
use pasi_wire::messages::*;
use uuid::Uuid;

const ACCOMMODATION: &str = "accommodation";

/// Extra time in the classroom from today on.
fn accommodation(scene: &mut Scene, change: impl FnOnce(&mut ClassroomAccommodation)) -> Option<Ask> {
    let held = scene.record(ACCOMMODATION);
    let mut accommodation = ClassroomAccommodation {
        ref_id: held.ref_id,
        asn: scene.asn?,
        school_code: scene.school.as_ref()?.school_code,
        accommodation_type: "ExtraTime".to_owned(),
        accommodation_format: None,
        accommodation_detail: Some("One half more".to_owned()),
        start_date: scene.today,
        end_date: None,
        end_date_override: None,
        is_deleted: false,
        last_update_utc_time: None,
        pasi_core_version: held.version,
    };
    change(&mut accommodation);
    let caller = scene.caller();
    Some(
        SubmitClassroomAccommodationRequest {
            caller,
            accommodation,
        }
        .into(),
    )
}

fn read(scene: &Scene, ref_id: Uuid) -> Option<Ask> {
    let accommodations = vec![any(ref_id)];
    let caller = scene.caller();
    Some(
        GetClassroomAccommodationRequest {
            caller,
            accommodations,
        }
        .into(),
    )
}

/// A record at whatever version it has.
pub(super) fn any(ref_id: Uuid) -> RefIdVersion {
    RefIdVersion {
        ref_id,
        expected_version: 0,
    }
}

fn certificate(scene: &Scene, asn: kernel::Asn) -> Option<Ask> {
    let caller = scene.caller();
    Some(GetAsnCertificateRequest { caller, asn }.into())
}

const fn submit(
    what: &'static str,
    shows: &'static [u8],
    ask: fn(&mut Scene) -> Option<Ask>,
    expect: Expect,
) -> Case {
    Case {
        of: Operation::SubmitClassroomAccommodation,
        what,
        shows,
        ask,
        expect,
    }
}

pub(super) const CASES: &[Case] = &[
    submit(
        "an accommodation is stored",
        &[],
        |scene| accommodation(scene, |_| {}),
        Expect::Stored(|scene, answer| {
            scene.keep(ACCOMMODATION, answer.pasi_core_version);
        }),
    ),
    submit(
        "an accommodation that is so already",
        &[13],
        |scene| accommodation(scene, |_| {}),
        Expect::Rejected(&[9023]),
    ),
    submit(
        "an accommodation at an older version",
        &[12],
        |scene| accommodation(scene, |record| record.pasi_core_version -= 1),
        Expect::Rejected(&[3004]),
    ),
    Case {
        of: Operation::GetClassroomAccommodation,
        what: "the accommodation",
        shows: &[10],
        ask: |scene| {
            let held = scene.record(ACCOMMODATION);
            read(scene, held.ref_id)
        },
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetClassroomAccommodation);
            is_given(answer.results.first().ok_or("no result")?.availability_status)
        }),
    },
    Case {
        of: Operation::GetClassroomAccommodation,
        what: "an accommodation there is not is unknown",
        shows: &[],
        ask: |scene| read(scene, Uuid::new_v4()),
        expect: Expect::Withheld(|_, response| {
            let answer = answer!(response, GetClassroomAccommodation);
            let status = answer.results.first().map(|result| result.availability_status);
            must(
                status == Some(AvailabilityStatus::Unknown),
                "given though it is not there",
            )
        }),
    },
    Case {
        of: Operation::GetClassroomAccommodationStatus,
        what: "what was found about the accommodation",
        shows: &[14],
        ask: |scene| {
            let accommodations = vec![StatusRefIdVersion {
                ref_id: scene.record(ACCOMMODATION).ref_id,
                expected_version: 0,
                known_source_version: 0,
            }];
            Some(
                GetClassroomAccommodationStatusRequest {
                    caller: scene.caller(),
                    accommodations,
                }
                .into(),
            )
        },
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetClassroomAccommodationStatus);
            is_given(answer.results.first().ok_or("no result")?.availability_status)
        }),
    },
    Case {
        of: Operation::GetAsnCertificate,
        what: "the certificate of the student's number, a PDF",
        shows: &[16],
        ask: |scene| certificate(scene, scene.asn?),
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetAsnCertificate);
            let file = answer.certificate.as_ref().ok_or("no certificate")?;
            must(file.0.starts_with(b"%PDF"), "no PDF")
        }),
    },
    Case {
        of: Operation::GetAsnCertificate,
        what: "the certificate of nobody's number",
        shows: &[16],
        ask: |scene| certificate(scene, "000000000".parse().ok()?),
        expect: Expect::Rejected(&[9002, 9058]),
    },
    Case {
        of: Operation::GetEducationAccountConnection,
        what: "a connection there is not is unknown, and the question is answered",
        shows: &[10],
        ask: |scene| {
            let (caller, connections) = (scene.caller(), vec![any(Uuid::new_v4())]);
            Some(GetEducationAccountConnectionRequest { caller, connections }.into())
        },
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetEducationAccountConnection);
            let status = answer.results.first().map(|result| result.availability_status);
            must(
                status == Some(AvailabilityStatus::Unknown),
                "given though it is not there",
            )
        }),
    },
    Case {
        of: Operation::GetSourceDocumentTypeQualityValues,
        what: "how far each document is trusted",
        shows: &[9],
        ask: |scene| {
            let (caller, last_known_source_version) = (scene.caller(), 0);
            Some(
                GetSourceDocumentTypeQualityValuesRequest {
                    caller,
                    last_known_source_version,
                }
                .into(),
            )
        },
        expect: Expect::Given(|_, response| {
            let _ = answer!(response, GetSourceDocumentTypeQualityValues);
            Ok(())
        }),
    },
    Case {
        of: Operation::GetPartnerPostSecondaryInstitutions,
        what: "with whom students may earn two credits at once",
        shows: &[],
        ask: |scene| {
            let caller = scene.caller();
            Some(GetPartnerPostSecondaryInstitutionsRequest { caller }.into())
        },
        expect: Expect::Given(|_, response| {
            let _ = answer!(response, GetPartnerPostSecondaryInstitutions);
            Ok(())
        }),
    },
];
