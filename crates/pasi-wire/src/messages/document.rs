//! The digital student record: documents, their kinds, and what people find
//! when they look at them.

use super::{AvailabilityStatus, ReadRequest, RefIdVersion, Rejection};
use crate::xml::{Base64, choices, message};
use kernel::{Asn, Date, Instant, SchoolYear};
use uuid::Uuid;

kernel::text_enum! {
    /// The language a document is written in.
    pub enum DocumentLanguage {
        /// English.
        English = "English",
        /// French.
        French = "French",
        /// Another one.
        Other = "Other",
    }
}

kernel::text_enum! {
    /// Has somebody looked whether the document is what it is said to be?
    pub enum QualityStatus {
        /// Nobody need.
        NotRequired = "NotRequired",
        /// Somebody shall.
        Pending = "Pending",
        /// It is.
        Passed = "Passed",
        /// It is not.
        Failed = "Failed",
    }
}

kernel::text_enum! {
    /// What is wrong with a document.
    pub enum DocumentProblem {
        /// It is another student's.
        WrongStudent = "WrongStudent",
        /// It is of another kind.
        WrongDocumentType = "WrongDocumentType",
        /// It cannot be read.
        Unreadable = "Unreadable",
        /// Something else, said in the comment.
        Other = "Other",
    }
}

kernel::text_enum! {
    /// How long documents of a kind are kept.
    pub enum DocumentRetentionPeriod {
        /// Three years from the document's date on.
        ThreeYears = "3Years",
        /// Until the student's scheduled disposal date.
        Grade12Plus7Years = "Grade12Plus7Years",
    }
}
choices!(
    DocumentLanguage,
    QualityStatus,
    DocumentProblem,
    DocumentRetentionPeriod
);

message! {
    /// The kinds of documents; no parameters.
    pub request GetDocumentTypeRequest in V2018 {}
}

message! {
    /// All kinds there are.
    pub struct GetDocumentTypeResponse in V2018 {
        /// By key.
        document_types: Vec<DocumentTypeInfo> = "DocumentTypes",
    }
}

message! {
    /// A kind of document, and what one of that kind must have.
    pub struct DocumentTypeInfo in V2018 {
        /// Its key.
        document_type: String = "DocumentType" [Line(50)],
        /// Name.
        name: String = "Name" [Line(100)],
        /// What it is.
        description: String = "Description" [Line(250)],
        /// What it may serve for: `Identity`, `Citizenship`, `Historical` …
        categories: Vec<String> = "Categories",
        /// How confidential it is.
        security_classification: String = "SecurityClassification" [Line(50)],
        /// How long it is kept.
        retention_period: DocumentRetentionPeriod = "RetentionPeriod",
        /// The schedule that says so.
        retention_schedule: String = "RetentionSchedule" [Line(50)],
        /// What is done with it then.
        disposal_action: String = "DisposalAction" [Line(50)],
        /// First day on which one may be added.
        effective_start_date: Date = "EffectiveStartDate",
        /// Last day on which one may be added.
        effective_end_date: Option<Date> = "EffectiveEndDate",
        /// Must it have a date?
        is_date_required: bool = "IsDateRequired",
        /// Must it have a last day?
        is_expiry_date_required: bool = "IsExpiryDateRequired",
        /// Does it belong to a school year?
        is_school_year_bound: bool = "IsSchoolYearBound",
        /// Does it belong to the organization that added it?
        is_organization_bound: bool = "IsOrganizationBound",
        /// Is it the ministry's alone to add?
        is_restricted: bool = "IsRestricted",
        /// May several be relevant at once?
        can_have_multiple_relevant: bool = "CanHaveMultipleRelevant",
        /// Largest file, in kilobytes of 1,024 bytes.
        maximum_image_file_size: u32 = "MaximumImageFileSize",
        /// Of how many in a hundred somebody shall look at the quality.
        quality_assurance_ratio: u8 = "QualityAssuranceRatio" [Range(0, 100)],
    }
}

message! {
    /// What is known of a document; its file is kept apart.
    pub struct StudentRecordDocument in V2018 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// Which kind; never changed.
        document_type: String = "DocumentType" [Line(50)],
        /// What it is called.
        title: String = "Title" [Line(100)],
        /// Its date, if the kind has one.
        document_date: Option<Date> = "DocumentDate",
        /// Its last day, if the kind has one.
        expiry_date: Option<Date> = "ExpiryDate",
        /// Its school year, if the kind has one.
        school_year: Option<SchoolYear> = "SchoolYear",
        /// Its language.
        language: DocumentLanguage = "DocumentLanguage",
        /// A scan of paper?
        is_digitized: bool = "IsDigitized",
        /// The one that counts now?
        is_relevant: bool = "IsRelevant",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
        /// Kept until then, whatever is computed; set by the ministry.
        disposal_override_date: Option<Date> = "DisposalOverrideDate",
        /// Who added it; set by PASI, ignored when sent.
        created_by_organization: Option<String> = "CreatedByOrganization" [Line(10)],
        /// Until when it is kept; computed by PASI, ignored when sent.
        scheduled_disposal_date: Option<Date> = "ScheduledDisposalDate",
        /// Name of the file; made by PASI, ignored when sent.
        file_name: Option<String> = "FileName" [Line(150)],
        /// Has somebody looked at it? Set by PASI, ignored when sent.
        quality_assurance: Option<DocumentQuality> = "QualityAssurance",
        /// What people found wrong; ignored when sent.
        problem_reports: Vec<DocumentProblemReport> = "ProblemReports",
        /// Set by PASI.
        last_update_utc_time: Option<Instant> = "LastUpdateUtcTime",
        /// Its version; 0 for a new one.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// What came of looking at a document's quality.
    pub struct DocumentQuality in V2018 {
        /// How it stands.
        status: QualityStatus = "Status",
        /// What was found.
        comment: Option<String> = "Comment" [Lines(1000)],
        /// Who looked.
        organization: Option<String> = "Organization" [Line(10)],
        /// When.
        utc_time: Option<Instant> = "UtcTime",
    }
}

message! {
    /// Something wrong with a document, told by somebody who read it.
    pub struct DocumentProblemReport in V2018 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// What is wrong.
        problem: DocumentProblem = "ProblemType",
        /// More about it.
        comment: Option<String> = "Comment" [Lines(1000)],
        /// Is it settled?
        is_resolved: bool = "IsResolved",
        /// Who told; set by PASI, ignored when sent.
        organization: Option<String> = "Organization" [Line(10)],
        /// Set by PASI.
        last_update_utc_time: Option<Instant> = "LastUpdateUtcTime",
    }
}

message! {
    /// Adds one document with its file, or changes, deletes or restores what is known of one.
    pub request SubmitStudentRecordDocumentRequest in V2018 {
        /// The document as it shall be.
        document: StudentRecordDocument = "StudentRecordDocument",
        /// The file, a PDF; with a new document, and never again.
        image: Option<Base64> = "DocumentImage",
        /// Need nobody look at its quality?
        is_exempt_from_qa: bool = "IsExemptFromQA",
        /// Has somebody looked at its quality before it was sent?
        is_qa_already_performed: bool = "IsQAAlreadyPerformed",
        /// Documents of the kind that shall not be relevant any more, with their versions.
        no_longer_relevant: Vec<RefIdVersion> = "DocumentsNoLongerRelevant" [Items(100)],
    }
}

message! {
    /// Documents to read, in order.
    pub request GetStudentRecordDocumentRequest in V2018 {
        /// By GUID; one alone when its file shall come along.
        documents: Vec<RefIdVersion> = "StudentRecordDocuments" [Items(500)],
        /// Shall the file come along?
        is_image_requested: bool = "IsImageRequested",
    }
}

message! {
    /// Those read until a version differed.
    pub struct GetStudentRecordDocumentResponse in V2018 {
        /// In the order asked; shorter when a version differed.
        results: Vec<StudentRecordDocumentResult> = "Results",
        /// Why none are given.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// One of the documents asked for.
    pub struct StudentRecordDocumentResult in V2018 {
        /// As it was asked.
        ref_id: Uuid = "RefId",
        /// Is it given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// What is known of it.
        document: Option<StudentRecordDocument> = "StudentRecordDocument",
        /// Its file, when it was asked for.
        image: Option<Base64> = "DocumentImage",
    }
}

impl ReadRequest for GetStudentRecordDocumentRequest {
    type Record = StudentRecordDocument;
    type Key = RefIdVersion;
    type Result = StudentRecordDocumentResult;
    type Response = GetStudentRecordDocumentResponse;
    fn keys(&self) -> &[RefIdVersion] {
        &self.documents
    }
    fn result(
        key: &RefIdVersion,
        availability_status: AvailabilityStatus,
        document: Option<StudentRecordDocument>,
    ) -> StudentRecordDocumentResult {
        StudentRecordDocumentResult {
            ref_id: key.ref_id,
            availability_status,
            document,
            image: None,
        }
    }
    fn response(results: Vec<StudentRecordDocumentResult>) -> GetStudentRecordDocumentResponse {
        GetStudentRecordDocumentResponse {
            results,
            rejections: Vec::new(),
        }
    }
}

message! {
    /// What came of looking at a document's quality.
    pub request SubmitStudentRecordDocumentQualityAssuranceRequest in V2018 {
        /// The document.
        ref_id: Uuid = "RefId",
        /// The document's version the user saw.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
        /// Is it what it is said to be, and readable?
        is_acceptable: bool = "IsAcceptable",
        /// What was found.
        comment: Option<String> = "Comment" [Lines(1000)],
    }
}

message! {
    /// Tells what is wrong with a document, or that it is settled.
    pub request SubmitStudentRecordDocumentProblemReportRequest in V2018 {
        /// The document.
        ref_id: Uuid = "RefId",
        /// The document's version the user saw.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
        /// The report as it shall be.
        report: DocumentProblemReport = "ProblemReport",
    }
}
