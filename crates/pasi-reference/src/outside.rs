//! Changes by somebody else: what a client then learns by its long poll.

use crate::access::Caller;
use crate::clients::Client;
use crate::state::State;
use crate::store::{Change, StudentRecord, World};
use crate::{ops, processor};
use kernel::{Asn, Date, Findings, OrganizationCode, PersonName};
use pasi_wire::messages::{
    CallerInfo, CallerUser, CodeValue, CreateStudentRequest, Software, Student, StudentAddress,
    StudentSchoolEnrolment,
};
use pasi_wire::{ClientRole, Fault, Request, Response};
use std::sync::Arc;

/// Acts on the records as the ministry or as another organization, without a
/// certificate; every change is stored and told as any other.
#[derive(Clone)]
pub struct Outside(pub(crate) Arc<State>);

/// Why a change from outside did not happen.
#[derive(Debug, thiserror::Error)]
pub enum OutsideError {
    /// No student has the ASN.
    #[error("no student has this Alberta Student Number")]
    UnknownStudent,
    /// There is no such record.
    #[error("there is no such record")]
    Unknown,
    /// The record is so already.
    #[error("nothing would change")]
    NothingChanged,
    /// Numbers are linked in one step: one of the two is linked otherwise, or deactivated.
    #[error("one of the numbers is linked otherwise, or deactivated")]
    Linked,
    /// Rules refused it.
    #[error("refused by {0}")]
    Refused(String),
    /// Rules refused it, each beside its field.
    #[error("refused by {}", numbers(.0))]
    Judged(Findings),
    /// The server could not do it.
    #[error("fault {}: {}", .0.code, .0.message)]
    Fault(Fault),
}

impl From<Fault> for OutsideError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

fn numbers(found: &Findings) -> String {
    let numbers: Vec<&str> = found.0.iter().map(|one| one.code.as_str()).collect();
    numbers.join(" ")
}

/// The ministry's organization code.
const MINISTRY: OrganizationCode = OrganizationCode::Other(1);

impl Outside {
    /// Corrects the legal name.
    pub async fn rename(&self, asn: Asn, name: PersonName) -> Result<i64, OutsideError> {
        self.change(asn, |student| {
            for held in student.names.iter_mut().filter(|held| held.is_legal) {
                held.name = name.clone();
            }
            student.identification.name = name.clone();
        })
        .await
    }

    /// Corrects the birth date.
    pub async fn correct_birth_date(&self, asn: Asn, born: Date) -> Result<i64, OutsideError> {
        self.change(asn, |student| student.identification.birth_date = born)
            .await
    }

    /// Adds an address, or puts it in place of the one with its `RefId`.
    pub async fn put_address(&self, asn: Asn, address: StudentAddress) -> Result<i64, OutsideError> {
        self.change(asn, |student| {
            student.addresses.retain(|held| held.ref_id != address.ref_id);
            student.addresses.push(address.clone());
        })
        .await
    }

    /// Changes anything of a student; gives the new version.
    pub async fn change(&self, asn: Asn, edit: impl FnOnce(&mut Student)) -> Result<i64, OutsideError> {
        self.act(|draft| {
            let held = draft.world.student(asn).ok_or(OutsideError::UnknownStudent)?;
            let mut changed = StudentRecord::clone(&held);
            edit(&mut changed.student);
            ops::with_computed(&mut changed.student);
            if changed == *held {
                return Err(OutsideError::NothingChanged);
            }
            ops::follow(draft, &changed.student, self.0.config.clock.now().date());
            Ok(draft.put(Change::Student(Box::new(changed))))
        })
        .await
    }

    /// Makes a student as another organization; gives the ASN. `Refused` when
    /// the province has one of that name and birth date.
    pub async fn create(
        &self,
        organization: OrganizationCode,
        name: PersonName,
        birth_date: Date,
        gender: String,
    ) -> Result<Asn, OutsideError> {
        let text = |text: &str| text.to_owned();
        let request = CreateStudentRequest {
            caller: CallerInfo {
                client_message_id: uuid::Uuid::new_v4().to_string(),
                sent_utc_time: self.0.config.clock.now(),
                software: Software {
                    manufacturer: text("Outside"),
                    product: text("Outside"),
                    version: text("1"),
                    build_number: text("1"),
                },
                user: CallerUser {
                    name: text("Outside"),
                    local_id: String::new(),
                    ip_address: String::new(),
                    organization_code: organization,
                },
            },
            name,
            birth_date,
            gender,
            source_document_type: Some(text("BirthCertificateCanada")),
            identity_document_ref_id: None,
        };
        match self.call(organization, request).await? {
            Response::CreateStudent(created) => created.asn.ok_or_else(|| {
                let codes = created.rejections.iter().map(|one| one.code.to_string());
                OutsideError::Refused(codes.collect::<Vec<_>>().join(" "))
            }),
            _ => Err(OutsideError::NothingChanged),
        }
    }

    /// Changes anything of a student with a version that clients have passed
    /// already: they are not told of it, and only their hash shows it. Gives the
    /// version. `NothingChanged` when there is no version between the student's
    /// and the newest.
    pub async fn change_unannounced(
        &self,
        asn: Asn,
        edit: impl FnOnce(&mut Student),
    ) -> Result<i64, OutsideError> {
        self.act(|draft| {
            let held = draft.world.student(asn).ok_or(OutsideError::UnknownStudent)?;
            let mut changed = StudentRecord::clone(&held);
            edit(&mut changed.student);
            ops::with_computed(&mut changed.student);
            let version = held.student.pasi_core_version + 1;
            if changed == *held || version >= draft.world.version() {
                return Err(OutsideError::NothingChanged);
            }
            Ok(draft.put_late(Change::Student(Box::new(changed)), version))
        })
        .await
    }

    /// Puts a code value into the tables, or in place of the one with its class
    /// and text; kept. Everything is judged anew by it.
    pub fn put_code(&self, value: CodeValue) -> std::io::Result<()> {
        {
            let mut tables = self
                .0
                .codes
                .write()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            tables.put(value)?;
        }
        self.0.queue.put(self.0.store.read(processor::everything));
        Ok(())
    }

    /// Changes an organization's record. `change` looks at the world: `None` means
    /// that there is no such record, `Some(None)` that nothing would change.
    pub(crate) async fn put(
        &self,
        change: impl FnOnce(&World) -> Option<Option<Change>>,
    ) -> Result<i64, OutsideError> {
        self.act(|draft| {
            let changed = change(draft.world).ok_or(OutsideError::Unknown)?;
            Ok(draft.put(changed.ok_or(OutsideError::NothingChanged)?))
        })
        .await
    }

    /// Calls any operation as another organization, with every role: an
    /// enrolment made by a school elsewhere, a change in the ministry's own
    /// program. Versions in the request count.
    pub async fn call(
        &self,
        organization: OrganizationCode,
        request: impl Into<Request>,
    ) -> Result<Response, Fault> {
        let by = self.caller(organization)?;
        ops::answer(&self.0, &by, request.into()).await
    }

    /// A student as the ministry sees it.
    pub fn student(&self, asn: Asn) -> Option<Student> {
        self.0
            .store
            .read(|world| world.student(asn).map(|record| record.student.clone()))
    }

    /// The enrolments of a student with nothing held back.
    pub fn enrolments(&self, asn: Asn) -> Vec<StudentSchoolEnrolment> {
        self.0
            .store
            .read(|world| world.enrolments_of(asn).map(|held| *held).collect())
    }

    fn caller(&self, organization: OrganizationCode) -> Result<Caller, Fault> {
        let is_ministry = organization == MINISTRY;
        let roles = ClientRole::ALL
            .iter()
            .copied()
            .filter(|role| is_ministry || *role != ClientRole::Ministry);
        let client = Client {
            name: format!("outside {organization}"),
            description: "Another organization".to_owned(),
            system_name: "PASIprep".to_owned(),
            organizations: vec![organization],
            roles: roles.collect(),
            certificates: Vec::new(),
            addresses: Vec::new(),
            is_active: true,
        };
        let now = self.0.config.clock.now();
        self.0
            .store
            .read(|world| Caller::new(world, Arc::new(client), organization, now))
    }

    pub(crate) async fn act<T>(
        &self,
        decide: impl FnOnce(&mut crate::store::Draft<'_>) -> Result<T, OutsideError>,
    ) -> Result<T, OutsideError> {
        let by = self.caller(MINISTRY)?;
        self.0.submit(&by, 0, |at| decide(at.draft)).await?
    }
}
