//! `GetAsnCertificate`.

use super::read::View;
use super::sub_records::asn_state;
use crate::certificate::{Facts, certificate};
use kernel::{Asn, Findings};
use pasi_wire::messages::{GetAsnCertificateRequest, GetAsnCertificateResponse};
use pasi_wire::rules::submit::AsnState;
use pasi_wire::rules::{finding, rejections};
use pasi_wire::xml::Base64;

/// The certificate; none of an ASN the caller may not know (9002), of a
/// secondary (60002) or a deactivated one (60003).
pub(super) fn get(from: &View<'_>, asked: &GetAsnCertificateRequest) -> GetAsnCertificateResponse {
    match decide(from, asked.asn) {
        Ok(page) => GetAsnCertificateResponse {
            asn: Some(asked.asn),
            certificate: Some(Base64(page)),
            rejections: Vec::new(),
        },
        Err(findings) => GetAsnCertificateResponse {
            asn: None,
            certificate: None,
            rejections: rejections(&findings),
        },
    }
}

fn decide(from: &View<'_>, asn: Asn) -> Result<Vec<u8>, Findings> {
    let refused = match asn_state(from.world, asn) {
        _ if !from.by.may_know(from.world, asn) => Some(finding(9002)),
        AsnState::Unknown => Some(finding(9002)),
        AsnState::Secondary(primary) => Some(finding(60_002).with("primary", primary)),
        AsnState::Deactivated => Some(finding(60_003)),
        AsnState::Primary => None,
    };
    let record = from.world.student(asn).ok_or_else(|| finding(9002))?;
    match refused {
        Some(found) => Err(found.into()),
        None => Ok(certificate(&Facts {
            asn,
            name: &record.student.identification.name,
            issued_on: from.by.today,
        })),
    }
}
