//! A server with a small province, and a client that calls it over mutual TLS.
#![allow(dead_code, unused_macros, reason = "each test file uses a part of it")]
#![allow(unreachable_pub, reason = "a module of the tests")]

use kernel::{
    Asn, AuthorityCode, Date, FixedClock, Grade, Instant, OrganizationCode, PersonName, SchoolCode,
    SchoolYear,
};
use pasi_reference::seed::{Province, SeedStudent, Seeded};
use pasi_reference::{Config, Credentials, NewClient, Server, serve};
use pasi_wire::messages::*;
use pasi_wire::soap::{decode_response, encode_request};
use pasi_wire::{ClientRole, Fault, Request, Response};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

pub const OURS: &str = "3260";
pub const OTHERS: &str = "3020";
pub const SCHOOL: &str = "2601";
pub const OTHER_SCHOOL: &str = "0982";
/// The child at our school, from the seed.
pub const AIYANA: &str = "999000001";
/// A child at the other authority's school, from the seed.
pub const BRUNO: &str = "999000002";

/// The answer to a call, by its operation.
macro_rules! answer {
    ($client:expr, $operation:ident, $request:expr) => {
        match $client.call($request).await.expect("an answer") {
            pasi_wire::Response::$operation(answer) => answer,
            other => panic!("{} answered", other.operation()),
        }
    };
}
#[allow(unused_imports, reason = "each test file uses a part of it")]
pub(crate) use answer;

pub fn date(text: &str) -> Date {
    text.parse().expect("test date")
}
pub fn asn(text: &str) -> Asn {
    text.parse().expect("test ASN")
}
pub fn school(text: &str) -> SchoolCode {
    text.parse().expect("test school")
}
pub fn authority(text: &str) -> OrganizationCode {
    OrganizationCode::Authority(text.parse().expect("test authority"))
}
pub fn year(ends: i32) -> SchoolYear {
    SchoolYear::ending(ends).expect("test year")
}
pub fn guid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// The server under test with its clock.
pub struct World {
    pub server: Server,
    pub clock: Arc<FixedClock>,
    pub seeded: Seeded,
    pub folder: tempfile::TempDir,
}

pub fn config(folder: &Path, clock: &Arc<FixedClock>) -> Config {
    let listen = "127.0.0.1:0".parse().expect("an address");
    let mut config = Config::new(folder, listen, Arc::clone(clock) as Arc<dyn kernel::Clock>);
    config.version_wait = Duration::from_millis(60);
    config.poll_minute = Duration::from_millis(150);
    config.console = true;
    config
}

impl World {
    pub async fn start() -> Self {
        Self::of(province()).await
    }
    pub async fn of(province: Province) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let noon = Instant::from_rfc3339("2026-11-23T19:00:00Z").expect("a moment");
        let clock = Arc::new(FixedClock::at(noon));
        let server = serve(config(folder.path(), &clock))
            .await
            .expect("the server starts");
        let seeded = server.seed(province).expect("the province loads");
        server.settled().await;
        Self {
            server,
            clock,
            seeded,
            folder,
        }
    }
    /// Our authority's client.
    pub fn client(&self) -> Client {
        self.client_of("ours", OURS)
    }
    pub fn client_of(&self, name: &str, code: &str) -> Client {
        let credentials = self
            .server
            .register(NewClient::school_authority(name, authority(code)))
            .expect("a client");
        Client::new(&self.server, &credentials, authority(code))
    }
    /// A system of the ministry's.
    pub fn client_of_ministry(&self) -> Client {
        let ministry = OrganizationCode::Other(1);
        let new = NewClient {
            roles: ClientRole::ALL.to_vec(),
            ..NewClient::school_authority("ministry", ministry)
        };
        let credentials = self.server.register(new).expect("a client");
        Client::new(&self.server, &credentials, ministry)
    }
    /// Ends the server as if killed, and starts it on the same folder.
    pub async fn restart(self) -> Self {
        self.server.kill().await;
        let server = serve(config(self.folder.path(), &self.clock))
            .await
            .expect("the server starts again");
        server.settled().await;
        Self { server, ..self }
    }
    pub fn at(&self, moment: &str) {
        self.clock.set(Instant::from_rfc3339(moment).expect("a moment"));
    }
}

/// A system calling over mutual TLS.
#[derive(Clone)]
pub struct Client {
    pub http: reqwest::Client,
    pub url: String,
    pub organization: OrganizationCode,
}

/// Why a call had no answer.
#[derive(Debug)]
pub enum Failed {
    Fault(Fault),
    Connection,
}

impl Failed {
    pub fn code(&self) -> u32 {
        match self {
            Self::Fault(fault) => fault.code,
            Self::Connection => panic!("the connection broke"),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a foreign client of the server")]
pub fn http(ca_pem: &str, credentials: Option<&Credentials>) -> reqwest::Client {
    // The first test of the process installs it; the others find it there.
    drop(rustls::crypto::ring::default_provider().install_default());
    let ca = reqwest::Certificate::from_pem(ca_pem.as_bytes()).expect("a CA");
    let mut builder = reqwest::Client::builder().tls_certs_only([ca]);
    if let Some(credentials) = credentials {
        let pem = format!("{}{}", credentials.certificate_pem, credentials.key_pem);
        builder = builder.identity(reqwest::Identity::from_pem(pem.as_bytes()).expect("an identity"));
    }
    builder.build().expect("a client")
}

impl Client {
    pub fn new(server: &Server, credentials: &Credentials, organization: OrganizationCode) -> Self {
        Self {
            http: http(server.ca_pem(), Some(credentials)),
            url: server.url(),
            organization,
        }
    }
    pub fn caller(&self) -> CallerInfo {
        CallerInfo {
            client_message_id: Uuid::now_v7().to_string(),
            sent_utc_time: Instant::from_micros(0),
            software: Software {
                manufacturer: "Test".into(),
                product: "Test".into(),
                version: "1".into(),
                build_number: "1".into(),
            },
            user: CallerUser {
                name: "Test Person".into(),
                local_id: "test".into(),
                ip_address: "127.0.0.1".into(),
                organization_code: self.organization,
            },
        }
    }
    pub async fn send(&self, body: impl Into<reqwest::Body>) -> Result<(u16, Vec<u8>), Failed> {
        Self::answer(self.post(body)).await
    }
    /// The same, saying which operation it is.
    pub async fn send_as(
        &self,
        action: &str,
        body: impl Into<reqwest::Body>,
    ) -> Result<(u16, Vec<u8>), Failed> {
        Self::answer(self.post(body).header("soapaction", format!("\"{action}\""))).await
    }
    fn post(&self, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
        let post = self.http.post(&self.url);
        post.header("content-type", "text/xml").body(body)
    }
    async fn answer(post: reqwest::RequestBuilder) -> Result<(u16, Vec<u8>), Failed> {
        let answer = post.send().await.map_err(|_| Failed::Connection)?;
        let status = answer.status().as_u16();
        let bytes = answer.bytes().await.map_err(|_| Failed::Connection)?;
        Ok((status, bytes.to_vec()))
    }
    pub async fn call(&self, request: impl Into<Request>) -> Result<Response, Failed> {
        let request = request.into();
        let action = request.operation().soap_action();
        let (_, bytes) = self.send_as(&action, encode_request(&request)).await?;
        decode_response(request.operation(), &bytes).map_err(Failed::Fault)
    }
    /// A submit's answer.
    pub async fn submit(&self, request: impl Into<Request>) -> SubmitResponse {
        match self.call(request).await.expect("an answer") {
            Response::SubmitIdentificationInformation(answer)
            | Response::SubmitName(answer)
            | Response::SubmitStudentAddress(answer)
            | Response::SubmitStudentPhone(answer)
            | Response::SubmitStudentEmail(answer)
            | Response::SubmitStudentCitizenshipStatus(answer)
            | Response::SubmitStudentSection23EligibilityStatus(answer)
            | Response::SubmitStudentDisclosureRestriction(answer)
            | Response::SubmitLanguageAtHome(answer)
            | Response::SubmitParentGuardian(answer)
            | Response::SubmitMedicalAlert(answer)
            | Response::SubmitStudentSchoolEnrolment(answer)
            | Response::SubmitResponsibleSchool(answer)
            | Response::SubmitStudentStatusAcknowledgement(answer)
            | Response::SubmitStudentSchoolEnrolmentStatusAcknowledgement(answer)
            | Response::SubmitResponsibleSchoolStatusAcknowledgement(answer)
            | Response::SubmitClassroomAccommodation(answer)
            | Response::SubmitClassroomAccommodationStatusAcknowledgement(answer)
            | Response::SubmitStudentRecordDocument(answer)
            | Response::SubmitStudentRecordDocumentQualityAssurance(answer)
            | Response::SubmitStudentRecordDocumentProblemReport(answer)
            | Response::SubmitSection(answer)
            | Response::SubmitSectionStatusAcknowledgement(answer)
            | Response::SubmitCourseEnrolmentStatusAcknowledgement(answer)
            | Response::SubmitEvaluatedMarkStatusAcknowledgement(answer)
            | Response::SubmitDiplomaExamSitting(answer)
            | Response::SubmitDiplomaExamMark(answer)
            | Response::SubmitCredentialRequirementExemption(answer) => answer,
            other => panic!("{} answered", other.operation()),
        }
    }
    /// The answer of a submit of several records.
    pub async fn submit_list(&self, request: impl Into<Request>) -> SubmitListResponse {
        match self.call(request).await.expect("an answer") {
            Response::SubmitCourseEnrolment(answer)
            | Response::SubmitEvaluatedMark(answer)
            | Response::SubmitMarkApproval(answer) => answer,
            other => panic!("{} answered", other.operation()),
        }
    }
    pub async fn hello(&self) -> Result<Response, Failed> {
        self.call(HelloWorldRequest {
            caller: self.caller(),
        })
        .await
    }
    pub async fn create(&self, first: &str, last: &str, born: &str) -> CreateStudentResponse {
        let request = CreateStudentRequest {
            caller: self.caller(),
            name: PersonName::new(first, last),
            birth_date: date(born),
            gender: "X".into(),
            source_document_type: Some("BirthCertificateCanada".into()),
            identity_document_ref_id: None,
        };
        match self.call(request).await.expect("an answer") {
            Response::CreateStudent(answer) => answer,
            other => panic!("{} answered", other.operation()),
        }
    }
    pub async fn student(&self, asn: Asn, expected_version: i64) -> Vec<StudentResult> {
        let request = GetStudentRequest {
            caller: self.caller(),
            students: vec![AsnVersion {
                asn,
                expected_version,
            }],
        };
        match self.call(request).await.expect("an answer") {
            Response::GetStudent(answer) => answer.results,
            other => panic!("{} answered", other.operation()),
        }
    }
    pub async fn enrol(&self, enrolment: StudentSchoolEnrolment) -> SubmitResponse {
        let caller = self.caller();
        self.submit(SubmitStudentSchoolEnrolmentRequest { caller, enrolment })
            .await
    }
    pub async fn news(
        &self,
        topic: &str,
        known: i64,
        minutes: i32,
    ) -> Result<Vec<DataNotificationResultTypeInfo>, Failed> {
        self.news_with_hash(topic, known, minutes, None).await
    }
    pub async fn news_with_hash(
        &self,
        topic: &str,
        known: i64,
        minutes: i32,
        hash: Option<String>,
    ) -> Result<Vec<DataNotificationResultTypeInfo>, Failed> {
        let request = DataNotificationRequest {
            caller: self.caller(),
            wait_time_in_minutes: minutes,
            registered_types: vec![DataNotificationRequestTypeInfo {
                notification_type: topic.into(),
                max_pasi_core_version: known,
                pasi_core_version_hash: hash,
            }],
        };
        match self.call(request).await? {
            Response::IsDataAvailable(answer) => Ok(answer.results),
            other => panic!("{} answered", other.operation()),
        }
    }
}

/// A regular enrolment of the current year.
pub fn enrolment(number: u128, asn: Asn, at: &str) -> StudentSchoolEnrolment {
    StudentSchoolEnrolment {
        ref_id: guid(number),
        asn,
        school_code: school(at),
        school_year: year(2027),
        grade: Some(Grade::G6),
        registration_start_date: date("2026-09-01"),
        registration_exit_date: None,
        exit_date_type: ExitDateType::CompletionDate,
        programming_type: "Regular".into(),
        programming_timeframe: "Day".into(),
        calendar_ref_id: None,
        school_provided_program_percentage: None,
        hours_of_instruction: None,
        is_deleted: false,
        source_change_code: None,
        extended: EnrolmentExtras::default(),
        pasi_core_version: 0,
    }
}

/// A mailing address in Barrhead.
pub fn address(number: u128, street: &str) -> StudentAddress {
    StudentAddress {
        ref_id: guid(number),
        address_type: "Mailing".into(),
        address_format: "Mail-CA".into(),
        street: Some(street.into()),
        city: Some("Barrhead".into()),
        state_province: Some("AB".into()),
        country: Some("Canada".into()),
        postal_code: Some("T7N 1A1".into()),
        latitude: None,
        longitude: None,
        effective_date: date("2026-09-01"),
        expiry_date: None,
        expiry_date_override: None,
        is_deleted: false,
        last_update_utc_time: None,
    }
}

pub fn identification(first: &str, last: &str, born: &str) -> IdentificationRecord {
    IdentificationRecord {
        name: PersonName::new(first, last),
        birth_date: date(born),
        gender: "F".into(),
        source_document_type: Some("BirthCertificateCanada".into()),
        identity_document_ref_id: None,
    }
}

pub fn citizenship(number: u128) -> CitizenshipStatus {
    CitizenshipStatus {
        ref_id: guid(number),
        status: "1".into(),
        effective_date: date("2015-04-17"),
        country: Some("CA".into()),
        document_expiry_date: None,
        guardian_ref_id: None,
        guardian_status: None,
        created_by_organization: None,
        is_deleted: false,
    }
}

/// A caution since September 1.
pub fn restriction(number: u128) -> DisclosureRestriction {
    DisclosureRestriction {
        ref_id: guid(number),
        code: "Caution".into(),
        details: None,
        effective_date: date("2026-09-01"),
        expiry_date: None,
        is_active: true,
        is_deleted: false,
        last_update_utc_time: None,
    }
}

pub fn medical_alert(number: u128) -> MedicalAlert {
    MedicalAlert {
        ref_id: guid(number),
        alert_type: "Serious".into(),
        details: None,
        effective_date: None,
        expiry_date: None,
        is_deleted: false,
    }
}

/// One record to read, at whatever version.
pub fn any_version(number: u128) -> RefIdVersion {
    RefIdVersion {
        ref_id: guid(number),
        expected_version: 0,
    }
}

/// Two authorities with a school each, and a child in each school.
pub fn province() -> Province {
    let mut province = Province::default();
    for (authority, code) in [(OURS, SCHOOL), (OTHERS, OTHER_SCHOOL)] {
        let authority_code: AuthorityCode = authority.parse().expect("test authority");
        province.authorities.push(SchoolAuthority {
            authority_code,
            name: format!("Authority {authority}"),
            authority_type: "Public".into(),
            restriction_level: "LOW".into(),
            is_international: false,
            address: None,
            pasi_core_version: 0,
        });
        province.schools.push(School {
            school_code: school(code),
            name: format!("School {code}"),
            authorities: vec![SchoolAuthorityPeriod {
                authority_code,
                effective_date: date("2000-09-01"),
                expiry_date: None,
            }],
            school_type: "Public".into(),
            is_limited_access: false,
            is_international: false,
            is_designated_special_education: false,
            address: None,
            open_date: None,
            close_date: None,
            pasi_core_version: 0,
        });
        province.calendar_years.push(SchoolCalendarYear {
            school_code: school(code),
            school_year: year(2027),
            grades_offered: [Grade::G1, Grade::G6]
                .map(|grade| GradeOffered { grade })
                .to_vec(),
            programs_offered: [
                "Regular",
                "SpecialEducation",
                "AlternativeFrench",
                "FrenchSecondLanguage",
                "Outreach",
            ]
            .map(String::from)
            .to_vec(),
            calendars: vec![OperatingSchedule {
                ref_id: guid(u128::from(code.parse::<u32>().expect("digits"))),
                name: "Regular".into(),
                start_date: date("2026-09-01"),
                end_date: date("2027-06-25"),
                instructional_days: 182,
            }],
            pasi_core_version: 0,
        });
    }
    for (number, (asn_text, first, last, at)) in (1_u128..).zip([
        (AIYANA, "Aiyana", "Whitebear", SCHOOL),
        (BRUNO, "Bruno", "Kowalski", OTHER_SCHOOL),
    ]) {
        let born = if number == 1 { "2015-04-17" } else { "2015-02-03" };
        let asn = asn(asn_text);
        let mut student = SeedStudent::new(asn, identification(first, last, born), date("2020-09-01"));
        student.enrolments.push(enrolment(1_000 + number, asn, at));
        province.students.push(student);
    }
    province
}
