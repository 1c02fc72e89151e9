//! Certificates of numbers, what documents prove, and what schools' partners are.

use super::{answer, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use pasi_wire::Operation;
use pasi_wire::messages::*;

fn certificate(scene: &Scene, asn: kernel::Asn) -> Option<Ask> {
    let caller = scene.caller();
    Some(GetAsnCertificateRequest { caller, asn }.into())
}

/// A list that everybody may read, asked for in the name of an organization
/// that is not the client's.
macro_rules! of_another {
    ($operation:ident($request:ident $(, $field:ident: $value:expr)?)) => {
        Case {
            of: Operation::$operation,
            what: "the same for an organization that is not the client's",
            shows: &[8],
            ask: |scene| {
                let mut caller = scene.caller();
                caller.user.organization_code = "O.65000".parse().ok()?;
                Some($request { caller, $($field: $value)? }.into())
            },
            expect: Expect::Faulted(&[1008]),
        }
    };
}

pub(super) const CASES: &[Case] = &[
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
        ask: |scene| certificate(scene, scene.nobody()?),
        expect: Expect::Rejected(&[9002, 9058]),
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
    of_another!(GetSourceDocumentTypeQualityValues(
        GetSourceDocumentTypeQualityValuesRequest,
        last_known_source_version: 0
    )),
    of_another!(GetPartnerPostSecondaryInstitutions(
        GetPartnerPostSecondaryInstitutionsRequest
    )),
    of_another!(GetDocumentType(GetDocumentTypeRequest)),
    of_another!(GetCodeValueRelationships(GetCodeValueRelationshipsRequest)),
    Case {
        of: Operation::GetSourceDocumentTypeQualityValues,
        what: "a list whose newest version is known is empty",
        shows: &[9],
        ask: |scene| {
            let (caller, last_known_source_version) = (scene.caller(), i64::MAX);
            let request = GetSourceDocumentTypeQualityValuesRequest {
                caller,
                last_known_source_version,
            };
            Some(request.into())
        },
        expect: Expect::Withheld(|_, response| {
            let answer = answer!(response, GetSourceDocumentTypeQualityValues);
            must(answer.values.is_empty(), "given though the client knows it")
        }),
    },
];
