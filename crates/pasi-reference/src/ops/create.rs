//! `CreateStudent`: a new ASN, unless the child has one already.

use crate::code_tables::is_systems;
use crate::refusal::{OrReject as _, fault_in};
use crate::state::Submit;
use crate::store::{Associate, Change, StudentRecord, World};
use codes::CodeSet;
use kernel::{Asn, Date, Findings};
use pasi_wire::Fault;
use pasi_wire::messages::{
    CreateStudentRequest, CreateStudentResponse, IdentificationRecord, Student, StudentName,
};
use pasi_wire::rules::document::scheduled_disposal;
use pasi_wire::rules::person::{
    self, Identity, duplicate, identification_source, is_duplicate, source_document,
};
use pasi_wire::rules::{finding, rejections};
use uuid::Uuid;

pub(super) fn create(
    at: &mut Submit<'_, '_>,
    asked: &CreateStudentRequest,
    first_asn: Asn,
) -> Result<CreateStudentResponse, Fault> {
    match decide(at, asked, first_asn) {
        Ok((asn, pasi_core_version)) => Ok(CreateStudentResponse {
            asn: Some(asn),
            pasi_core_version,
            rejections: Vec::new(),
        }),
        Err(findings) => match fault_in(&findings) {
            Some(fault) => Err(fault),
            None => Ok(CreateStudentResponse {
                asn: None,
                pasi_core_version: 0,
                rejections: rejections(&findings),
            }),
        },
    }
}

fn decide(
    at: &mut Submit<'_, '_>,
    asked: &CreateStudentRequest,
    first_asn: Asn,
) -> Result<(Asn, i64), Findings> {
    let identification = IdentificationRecord {
        name: asked.name.clone(),
        birth_date: asked.birth_date,
        gender: asked.gender.clone(),
        source_document_type: asked.source_document_type.clone(),
        identity_document_ref_id: asked.identity_document_ref_id,
    };
    judge_identification(&identification, at.by.today)?;
    let world = at.draft.world;
    if let Some(double) = double_of(world, &identification) {
        return Err(duplicate(double, at.by.is_limited(world)).into());
    }
    let asn = world.free_asn(first_asn).ok_or_else(|| finding(11_351))?;
    let mut record = new_record(asn, identification, at.by.today);
    record.created_by = world.authority_behind(at.by.organization);
    if let Some(authority) = record.created_by {
        let since = at.draft.next_version();
        record.associates.push(Associate { authority, since });
    }
    Ok((asn, at.draft.put(Change::Student(Box::new(record)))))
}

/// The name, the source document and its kind, and the birth date.
pub(super) fn judge_identification(record: &IdentificationRecord, today: Date) -> Result<(), Findings> {
    let mut found = person::identification(record, today);
    let source = record.source_document_type.as_deref();
    found.extend(identification_source(
        source,
        record.identity_document_ref_id.is_some(),
    ));
    let is_systems = source.is_some_and(|text| is_systems(CodeSet::SourceDocumentType, text));
    found.extend(source_document(is_systems));
    found.or_reject()
}

/// A student who is not deactivated and has the same legal identity.
fn double_of(world: &World, asked: &IdentificationRecord) -> Option<Asn> {
    world.born_on(asked.birth_date).iter().copied().find(|asn| {
        world.student(*asn).is_some_and(|held| {
            let held = &held.student;
            !held.is_deactivated && is_duplicate(identity_of(asked), identity_of(&held.identification))
        })
    })
}

fn identity_of(record: &IdentificationRecord) -> Identity<'_> {
    Identity {
        name: &record.name,
        birth_date: record.birth_date,
    }
}

/// A student with nothing but an identity; the name is legal, preferred and original.
pub(crate) fn new_record(asn: Asn, identification: IdentificationRecord, today: Date) -> StudentRecord {
    let name = StudentName {
        ref_id: Uuid::new_v5(
            &Uuid::NAMESPACE_URL,
            format!("pasi-reference:name:{}", asn.as_str()).as_bytes(),
        ),
        name: identification.name.clone(),
        is_preferred: true,
        is_legal: true,
        is_original: true,
        is_deleted: false,
        source_change_code: None,
        last_update_utc_time: None,
    };
    let scheduled_disposal = scheduled_disposal(identification.birth_date);
    StudentRecord {
        student: Student {
            asn,
            primary_asn: None,
            secondary_asns: Vec::new(),
            is_deactivated: false,
            identification,
            names: vec![name],
            maturity_date: None,
            maturity_reason: None,
            is_deceased: false,
            date_of_death: None,
            addresses: Vec::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            citizenship: Vec::new(),
            section23_eligibility: None,
            language_at_home: None,
            disclosure_restrictions: Vec::new(),
            medical_alerts: Vec::new(),
            guardians: Vec::new(),
            pasi_core_version: 0,
        },
        created_by: None,
        created_on: today,
        associates: Vec::new(),
        scheduled_disposal,
        lent: Vec::new(),
    }
}
