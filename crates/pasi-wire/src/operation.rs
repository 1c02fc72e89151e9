//! The operations: one line each.

#[allow(clippy::wildcard_imports, reason = "an operation is one line in this file")]
use crate::messages::*;
use crate::xml::{Inspection, Shape, Source, Xml};
use crate::{Defect, WireError};

kernel::text_enum! {
    /// A security role of a PASI client, by the province's name.
    pub enum ClientRole {
        /// May call HelloWorld.
        HelloWorld = "Hello World User",
        /// School authorities' systems: search and read.
        K12Organization = "K-12 Organization Client",
        /// May create students and change them.
        SubmitStudent = "Submit Student User",
        /// May change enrolments and responsible schools.
        SubmitEnrolment = "Submit Enrolment User",
        /// May read enrolments and responsible schools.
        ViewEnrolment = "View Enrolment User",
        /// May change sections, course enrolments and marks.
        SubmitAcademicRecord = "Submit Academic Record User",
        /// May read sections, course enrolments and marks.
        ViewAcademicRecord = "View Academic Record User",
        /// May add documents.
        SubmitStudentDocument = "Submit Student Document User",
        /// May read and change medical alerts.
        MedicalAlert = "Medical Alert User",
        /// The ministry's own systems.
        Ministry = "Ministry Client User",
    }
}

/// What an operation does with the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Neither reads nor writes a record.
    Infrastructure,
    /// Reads.
    Read,
    /// Creates, changes or deletes; carries a version.
    Submit,
    /// Answers a core alert.
    Acknowledge,
}

/// Every request names its caller.
pub trait Called {
    /// Who calls, and for which organization.
    fn caller(&self) -> &CallerInfo;
}

/// An answer as that of a submit, where it is one.
macro_rules! submitted {
    ($answer:ident, SubmitResponse) => {
        Some($answer)
    };
    ($answer:ident, $other:ident) => {
        None
    };
}

/// What is said of each record of a list, where an answer is to one.
macro_rules! submitted_each {
    ($answer:ident, SubmitListResponse) => {
        &$answer.results
    };
    ($answer:ident, $other:ident) => {
        &[]
    };
}

/// `Operation`, `Request` and `Response` from one list.
macro_rules! contract {
    ($($(#[$meta:meta])* $name:ident: $request:ident => $response:ident, $kind:ident, $role:ident;)+) => {
        /// An operation of the contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation { $($(#[$meta])* $name),+ }

        /// What a client asks.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Request { $($(#[$meta])* $name($request)),+ }

        /// What the server answers, when it does not answer with a fault.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Response { $($(#[$meta])* $name($response)),+ }

        impl Operation {
            /// Every operation, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
            /// Its name on the wire.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }
            /// What it does with the record.
            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind),+ }
            }
            /// The role a client needs; without it the call ends in fault 1007.
            pub const fn role(self) -> ClientRole {
                match self { $(Self::$name => ClientRole::$role),+ }
            }
            pub(crate) fn shapes(self) -> (Shape, Shape) {
                match self { $(Self::$name => ($request::shape(), $response::shape())),+ }
            }
        }

        impl Request {
            /// Which operation it asks for.
            pub const fn operation(&self) -> Operation {
                match self { $(Self::$name(_) => Operation::$name),+ }
            }
            /// Who calls, and for which organization.
            pub fn caller(&self) -> &CallerInfo {
                match self { $(Self::$name(request) => Called::caller(request)),+ }
            }
            /// Checks every limit and collects the code values used.
            pub fn inspect(&self) -> Inspection {
                let mut found = Inspection::default();
                match self { $(Self::$name(request) => request.inspect(crate::xml::Limit::Free, &mut found)),+ }
                found
            }
            pub(crate) fn write(&self, out: &mut String) {
                match self { $(Self::$name(request) => request.write(out)),+ }
            }
            pub(crate) fn read(operation: Operation, from: &mut Source<'_>) -> Result<Self, WireError> {
                match operation { $(Operation::$name => $request::read(from).map(Self::$name)),+ }
            }
        }

        impl Response {
            /// Which operation it answers.
            pub const fn operation(&self) -> Operation {
                match self { $(Self::$name(_) => Operation::$name),+ }
            }
            /// Why nothing was stored or given; empty when it was.
            pub fn rejections(&self) -> &[Rejection] {
                match self { $(Self::$name(response) => response.rejections()),+ }
            }
            /// What a submit answers; none for answers of another shape.
            pub const fn submitted(&self) -> Option<&SubmitResponse> {
                match self { $(Self::$name(_response) => submitted!(_response, $response)),+ }
            }
            /// What a submit of a list answers for each record; nothing for answers of another shape.
            pub fn submitted_each(&self) -> &[SubmitResponse] {
                match self { $(Self::$name(_response) => submitted_each!(_response, $response)),+ }
            }
            pub(crate) fn write(&self, out: &mut String) {
                match self { $(Self::$name(response) => response.write(out)),+ }
            }
            pub(crate) fn read(operation: Operation, from: &mut Source<'_>) -> Result<Self, WireError> {
                match operation { $(Operation::$name => $response::read(from).map(Self::$name)),+ }
            }
        }

        $(impl From<$request> for Request {
            fn from(request: $request) -> Self { Self::$name(request) }
        })+
    };
}

contract! {
    /// Connectivity and certificate check; heartbeat.
    HelloWorld: HelloWorldRequest => HelloWorldResponse, Infrastructure, HelloWorld;
    /// What is newer than the client knows; a long poll.
    IsDataAvailable: DataNotificationRequest => DataNotificationResponse, Infrastructure, K12Organization;
    /// The code tables.
    GetCodeValues: GetCodeValuesRequest => GetCodeValuesResponse, Read, K12Organization;
    /// Which code value may follow which.
    GetCodeValueRelationships: GetCodeValueRelationshipsRequest => GetCodeValueRelationshipsResponse, Read, K12Organization;
    /// Search for a student.
    IdentifyStudent: IdentifyStudentRequest => IdentifyStudentResponse, Read, K12Organization;
    /// A new student and a new ASN.
    CreateStudent: CreateStudentRequest => CreateStudentResponse, Submit, SubmitStudent;
    /// Students with all personal data.
    GetStudent: GetStudentRequest => GetStudentResponse, Read, K12Organization;
    /// Core alerts of students.
    GetStudentStatus: GetStudentStatusRequest => GetStudentStatusResponse, Read, K12Organization;
    /// Answer to a student's core alert.
    SubmitStudentStatusAcknowledgement: SubmitStudentStatusAcknowledgementRequest => SubmitResponse, Acknowledge, SubmitStudent;
    /// Legal name, birth date, gender and what proves them.
    SubmitIdentificationInformation: SubmitIdentificationInformationRequest => SubmitResponse, Submit, SubmitStudent;
    /// Another name.
    SubmitName: SubmitNameRequest => SubmitResponse, Submit, SubmitStudent;
    /// An address.
    SubmitStudentAddress: SubmitStudentAddressRequest => SubmitResponse, Submit, SubmitStudent;
    /// A phone number.
    SubmitStudentPhone: SubmitStudentPhoneRequest => SubmitResponse, Submit, SubmitStudent;
    /// An e-mail address.
    SubmitStudentEmail: SubmitStudentEmailRequest => SubmitResponse, Submit, SubmitStudent;
    /// A citizenship status.
    SubmitStudentCitizenshipStatus: SubmitStudentCitizenshipStatusRequest => SubmitResponse, Submit, SubmitStudent;
    /// Eligibility under section 23 of the Charter.
    SubmitStudentSection23EligibilityStatus: SubmitStudentSection23EligibilityStatusRequest => SubmitResponse, Submit, SubmitStudent;
    /// A restriction on telling others.
    SubmitStudentDisclosureRestriction: SubmitStudentDisclosureRestrictionRequest => SubmitResponse, Submit, SubmitStudent;
    /// The language spoken at home.
    SubmitLanguageAtHome: SubmitLanguageAtHomeRequest => SubmitResponse, Submit, SubmitStudent;
    /// A parent or guardian.
    SubmitParentGuardian: SubmitParentGuardianRequest => SubmitResponse, Submit, SubmitStudent;
    /// A medical alert.
    SubmitMedicalAlert: SubmitMedicalAlertRequest => SubmitResponse, Submit, MedicalAlert;
    /// An enrolment in a school.
    SubmitStudentSchoolEnrolment: SubmitStudentSchoolEnrolmentRequest => SubmitResponse, Submit, SubmitEnrolment;
    /// Enrolments.
    GetStudentSchoolEnrolment: GetStudentSchoolEnrolmentRequest => GetStudentSchoolEnrolmentResponse, Read, ViewEnrolment;
    /// Core alerts of enrolments.
    GetStudentSchoolEnrolmentStatus: GetStudentSchoolEnrolmentStatusRequest => GetStudentSchoolEnrolmentStatusResponse, Read, ViewEnrolment;
    /// Answer to an enrolment's core alert.
    SubmitStudentSchoolEnrolmentStatusAcknowledgement: SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest => SubmitResponse, Acknowledge, SubmitEnrolment;
    /// Which school is responsible for a student from a date on.
    SubmitResponsibleSchool: SubmitResponsibleSchoolRequest => SubmitResponse, Submit, SubmitEnrolment;
    /// Responsible schools.
    GetResponsibleSchool: GetResponsibleSchoolRequest => GetResponsibleSchoolResponse, Read, ViewEnrolment;
    /// Core alerts of responsible schools.
    GetResponsibleSchoolStatus: GetResponsibleSchoolStatusRequest => GetResponsibleSchoolStatusResponse, Read, ViewEnrolment;
    /// Answer to a responsible school's core alert.
    SubmitResponsibleSchoolStatusAcknowledgement: SubmitResponsibleSchoolStatusAcknowledgementRequest => SubmitResponse, Acknowledge, SubmitEnrolment;
    /// How much each kind of identity document proves.
    GetSourceDocumentTypeQualityValues: GetSourceDocumentTypeQualityValuesRequest => GetSourceDocumentTypeQualityValuesResponse, Read, K12Organization;
    /// A page that says whose an ASN is.
    GetAsnCertificate: GetAsnCertificateRequest => GetAsnCertificateResponse, Read, K12Organization;
    /// Accounts of the portal connected to students.
    GetEducationAccountConnection: GetEducationAccountConnectionRequest => GetEducationAccountConnectionResponse, Read, K12Organization;
    /// An accommodation.
    SubmitClassroomAccommodation: SubmitClassroomAccommodationRequest => SubmitResponse, Submit, SubmitStudent;
    /// Accommodations.
    GetClassroomAccommodation: GetClassroomAccommodationRequest => GetClassroomAccommodationResponse, Read, K12Organization;
    /// Core alerts of accommodations.
    GetClassroomAccommodationStatus: GetClassroomAccommodationStatusRequest => GetClassroomAccommodationStatusResponse, Read, K12Organization;
    /// Answer to an accommodation's core alert.
    SubmitClassroomAccommodationStatusAcknowledgement: SubmitClassroomAccommodationStatusAcknowledgementRequest => SubmitResponse, Acknowledge, SubmitStudent;
    /// The kinds of documents.
    GetDocumentType: GetDocumentTypeRequest => GetDocumentTypeResponse, Read, K12Organization;
    /// A document of the student record, with its file when it is new.
    SubmitStudentRecordDocument: SubmitStudentRecordDocumentRequest => SubmitResponse, Submit, SubmitStudentDocument;
    /// Documents of the student record.
    GetStudentRecordDocument: GetStudentRecordDocumentRequest => GetStudentRecordDocumentResponse, Read, K12Organization;
    /// What came of looking at a document's quality.
    SubmitStudentRecordDocumentQualityAssurance: SubmitStudentRecordDocumentQualityAssuranceRequest => SubmitResponse, Submit, SubmitStudentDocument;
    /// What is wrong with a document.
    SubmitStudentRecordDocumentProblemReport: SubmitStudentRecordDocumentProblemReportRequest => SubmitResponse, Submit, SubmitStudentDocument;
    /// Who teaches high-school students for credit besides schools.
    GetPartnerPostSecondaryInstitutions: GetPartnerPostSecondaryInstitutionsRequest => GetPartnerPostSecondaryInstitutionsResponse, Read, K12Organization;
    /// Schools.
    GetSchoolInformation: GetSchoolInformationRequest => GetSchoolInformationResponse, Read, K12Organization;
    /// School authorities.
    GetSchoolAuthorityInformation: GetSchoolAuthorityInformationRequest => GetSchoolAuthorityInformationResponse, Read, K12Organization;
    /// What a school offers and when, by school year.
    GetSchoolCalendarYearInformation: GetSchoolCalendarYearInformationRequest => GetSchoolCalendarYearInformationResponse, Read, K12Organization;
    /// Courses of the catalogue.
    GetCourse: GetCourseRequest => GetCourseResponse, Read, ViewAcademicRecord;
    /// A section.
    SubmitSection: SubmitSectionRequest => SubmitResponse, Submit, SubmitAcademicRecord;
    /// Sections.
    GetSection: GetSectionRequest => GetSectionResponse, Read, ViewAcademicRecord;
    /// Core alerts of sections.
    GetSectionStatus: GetSectionStatusRequest => GetSectionStatusResponse, Read, ViewAcademicRecord;
    /// Answer to a section's core alert.
    SubmitSectionStatusAcknowledgement: SubmitSectionStatusAcknowledgementRequest => SubmitResponse, Acknowledge, SubmitAcademicRecord;
    /// Course enrolments of a student.
    SubmitCourseEnrolment: SubmitCourseEnrolmentRequest => SubmitListResponse, Submit, SubmitAcademicRecord;
    /// Course enrolments.
    GetCourseEnrolment: GetCourseEnrolmentRequest => GetCourseEnrolmentResponse, Read, ViewAcademicRecord;
    /// Core alerts of course enrolments.
    GetCourseEnrolmentStatus: GetCourseEnrolmentStatusRequest => GetCourseEnrolmentStatusResponse, Read, ViewAcademicRecord;
    /// Answer to a course enrolment's core alert.
    SubmitCourseEnrolmentStatusAcknowledgement: SubmitCourseEnrolmentStatusAcknowledgementRequest => SubmitResponse, Acknowledge, SubmitAcademicRecord;
    /// Evaluated marks of a student.
    SubmitEvaluatedMark: SubmitEvaluatedMarkRequest => SubmitListResponse, Submit, SubmitAcademicRecord;
    /// Evaluated marks.
    GetEvaluatedMark: GetEvaluatedMarkRequest => GetEvaluatedMarkResponse, Read, ViewAcademicRecord;
    /// Core alerts of evaluated marks.
    GetEvaluatedMarkStatus: GetEvaluatedMarkStatusRequest => GetEvaluatedMarkStatusResponse, Read, ViewAcademicRecord;
    /// Answer to an evaluated mark's core alert.
    SubmitEvaluatedMarkStatusAcknowledgement: SubmitEvaluatedMarkStatusAcknowledgementRequest => SubmitResponse, Acknowledge, SubmitAcademicRecord;
    /// Approval of marks, from which on they count.
    SubmitMarkApproval: SubmitMarkApprovalRequest => SubmitListResponse, Submit, SubmitAcademicRecord;
    /// Diploma exams.
    GetDiplomaExam: GetDiplomaExamRequest => GetDiplomaExamResponse, Read, ViewAcademicRecord;
    /// Where a part of a diploma exam is written.
    SubmitDiplomaExamSitting: SubmitDiplomaExamSittingRequest => SubmitResponse, Submit, SubmitAcademicRecord;
    /// Sittings of diploma exams.
    GetExamSitting: GetExamSittingRequest => GetExamSittingResponse, Read, ViewAcademicRecord;
    /// A registration for a diploma exam.
    SubmitDiplomaExamMark: SubmitDiplomaExamMarkRequest => SubmitResponse, Submit, SubmitAcademicRecord;
    /// Registrations for diploma exams and their results.
    GetDiplomaExamMark: GetDiplomaExamMarkRequest => GetDiplomaExamMarkResponse, Read, ViewAcademicRecord;
    /// Requests to mark a diploma exam again.
    GetDiplomaExamRescoreRequest: GetDiplomaExamRescoreRequestRequest => GetDiplomaExamRescoreRequestResponse, Read, ViewAcademicRecord;
    /// Provincial achievement tests.
    GetProvincialAchievementTest: GetProvincialAchievementTestRequest => GetProvincialAchievementTestResponse, Read, ViewAcademicRecord;
    /// Results of provincial achievement tests.
    GetProvincialAchievementTestResult: GetProvincialAchievementTestResultRequest => GetProvincialAchievementTestResultResponse, Read, ViewAcademicRecord;
    /// An exemption from a requirement of a credential.
    SubmitCredentialRequirementExemption: SubmitCredentialRequirementExemptionRequest => SubmitResponse, Submit, SubmitAcademicRecord;
    /// Official marks and credentials.
    GetStudentTranscriptDetail: GetStudentTranscriptDetailRequest => GetStudentTranscriptDetailResponse, Read, ViewAcademicRecord;
    /// Everything of a student's learning, on demand.
    GetStudentAcademicProfile: GetStudentAcademicProfileRequest => GetStudentAcademicProfileResponse, Read, ViewAcademicRecord;
    /// A student's personal data, on demand.
    GetStudentPersonalProfile: GetStudentPersonalProfileRequest => GetStudentPersonalProfileResponse, Read, K12Organization;
}

impl Operation {
    /// Its `SOAPAction` header, without quotes.
    pub fn soap_action(self) -> String {
        crate::soap_action(self)
    }
    /// Longest request, in bytes.
    pub const fn request_cap(self) -> usize {
        match self {
            Self::SubmitStudentRecordDocument => crate::soap::DOCUMENT_CAP,
            _ => crate::soap::REQUEST_CAP,
        }
    }
    /// May the server find out that the caller's version is newer than its own (9014)?
    pub const fn takes_version(self) -> bool {
        matches!(self.kind(), Kind::Submit)
            && !matches!(
                self,
                Self::CreateStudent | Self::SubmitCredentialRequirementExemption
            )
    }
}

impl std::fmt::Display for Operation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name())
    }
}

impl std::str::FromStr for Operation {
    type Err = WireError;
    /// By its name on the wire.
    fn from_str(name: &str) -> Result<Self, WireError> {
        Self::ALL
            .iter()
            .copied()
            .find(|operation| operation.name() == name)
            .ok_or_else(|| WireError::Schema(Defect::here("not an operation of this contract").within(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_found_by_its_name_and_has_its_own_action() {
        let mut actions = std::collections::BTreeSet::new();
        for operation in Operation::ALL {
            assert_eq!(operation.name().parse(), Ok(*operation));
            assert!(
                actions.insert(operation.soap_action()),
                "{operation} repeats an action"
            );
        }
        assert!(
            "helloworld".parse::<Operation>().is_err(),
            "names are case-sensitive"
        );
    }

    #[test]
    fn submits_need_a_role_to_submit_and_reads_do_not() {
        for operation in Operation::ALL {
            let name = operation.name();
            let is_write = matches!(operation.kind(), Kind::Submit | Kind::Acknowledge);
            let may_write = matches!(
                operation.role(),
                ClientRole::SubmitStudent
                    | ClientRole::SubmitEnrolment
                    | ClientRole::MedicalAlert
                    | ClientRole::SubmitStudentDocument
                    | ClientRole::SubmitAcademicRecord
            );
            assert_eq!(is_write, may_write, "{name}");
            assert_eq!(
                name.starts_with("Submit") || name.starts_with("Create"),
                is_write,
                "{name}"
            );
            assert_eq!(
                name.ends_with("Acknowledgement"),
                operation.kind() == Kind::Acknowledge,
                "{name}"
            );
        }
    }
}
