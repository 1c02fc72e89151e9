//! The sets there are, and their text.

use crate::code::{Code, Set};
use kernel::SchoolYear;
use std::sync::{LazyLock, PoisonError, RwLock};

kernel::text_enum! {
    /// A code set, by the province's class name.
    pub enum CodeSet {
        /// Gender.
        Gender = "Gender",
        /// Citizenship status.
        CitizenshipStatus = "CitizenshipStatus",
        /// Section 23 eligibility (francophone education).
        Section23Eligibility = "Section23Eligibility",
        /// Address type.
        AddressType = "AddressType",
        /// Address format.
        AddressFormat = "AddressFormat",
        /// Disclosure restriction.
        DisclosureRestriction = "DisclosureRestriction",
        /// Guardian relationship.
        GuardianRelationship = "GuardianRelationship",
        /// Indigenous self-identification.
        FnmiDeclaration = "FNMIDeclaration",
        /// Language spoken at home.
        LanguageAtHome = "LanguageAtHome",
        /// Identity document.
        SourceDocumentType = "SourceDocumentType",
        /// Why a record changes.
        SourceChangeCode = "SourceChangeCode",
        /// Grade.
        Grade = "Grade",
        /// Kind of exit date.
        ExitDateType = "ExitDateType",
        /// Registration status (former records).
        RegistrationStatus = "RegistrationStatus",
        /// Registration entry status (former records).
        RegistrationEntryStatus = "RegistrationEntryStatus",
        /// Kind of programming.
        ProgrammingType = "ProgrammingType",
        /// Programming timeframe.
        ProgrammingTimeframe = "ProgrammingTimeframe",
        /// Enrolment type.
        EnrolmentType = "EnrolmentType",
        /// Exception code.
        ExceptionCode = "ExceptionCode",
        /// Grants program code.
        GrantsProgramCode = "GrantsProgramCode",
        /// Has a responsible school.
        HasResponsibleSchool = "HasResponsibleSchool",
        /// Reason for the transition.
        TransitionReason = "TransitionReason",
        /// Acknowledgement of an alert.
        AcknowledgementStatus = "AcknowledgementStatus",
        /// Kind of alert.
        AlertType = "AlertType",
        /// Availability of a record.
        AvailabilityStatus = "AvailabilityStatus",
        /// Result of a student search.
        IdentifyStudentStatus = "IdentifyStudentStatus",
        /// Association with a student.
        AssociationType = "AssociationType",
        /// Role of a PASI client.
        ClientRole = "ClientRole",
        /// Status of an Alberta Student Number.
        StudentNumberStatus = "StudentNumberStatus",
        /// Kind of phone.
        PhoneType = "PhoneType",
        /// Where a guardian’s address comes from.
        PhysicalAddressSource = "PhysicalAddressSource",
        /// Program offered by a school.
        SchoolProgram = "SchoolProgram",
        /// Kind of school authority.
        AuthorityType = "AuthorityType",
        /// How long a document is kept.
        DocumentRetentionPeriod = "DocumentRetentionPeriod",
        /// Province, territory or state.
        Province = "Province",
        /// Country.
        Country = "Country",
        /// Kind of accommodation.
        AccommodationType = "AccommodationType",
        /// Format of an accommodation.
        AccommodationFormat = "AccommodationFormat",
        /// Form of a mark.
        MarkFormat = "MarkFormat",
        /// What a mark is a mark of.
        MarkType = "MarkType",
        /// Where a course enrolment stands.
        CourseEnrolmentStatus = "CourseEnrolmentStatus",
        /// When a section takes place.
        DeliverySchedule = "DeliverySchedule",
        /// How a section is taught.
        DeliveryMethod = "DeliveryMethod",
        /// Term of a section.
        SectionTerm = "SectionTerm",
        /// Language of a course or section.
        CourseLanguage = "CourseLanguage",
        /// How two courses relate.
        CourseRelationshipType = "CourseRelationshipType",
        /// What an evaluated mark rests on.
        EvaluatedMarkMethod = "EvaluatedMarkMethod",
        /// Where a diploma exam mark stands.
        DiplomaExamMarkStatus = "DiplomaExamMarkStatus",
        /// Where a part of an exam stands.
        ComponentMarkStatus = "ComponentMarkStatus",
        /// Session of exams.
        ExamPeriod = "ExamPeriod",
        /// May an official mark be shown?
        OfficialMarkStatus = "OfficialMarkStatus",
        /// How an official mark came about.
        OfficialMarkCalculationMethod = "OfficialMarkCalculationMethod",
        /// What is said about an official mark.
        OfficialMarkAnnotation = "OfficialMarkAnnotation",
        /// A diploma or certificate.
        Credential = "Credential",
        /// A requirement of a credential.
        CredentialRequirement = "CredentialRequirement",
        /// Why a requirement need not be met.
        ExemptionReason = "ExemptionReason",
        /// How grave a medical alert is.
        MedicalAlertType = "MedicalAlertType",
    }
}

impl CodeSet {
    /// The set behind a class of the province's contract; none where the
    /// program knows no such list. A few classes go by another name there.
    pub fn of_class(class: &str) -> Option<Self> {
        match class {
            "GuardianRelationshipType" => Some(Self::GuardianRelationship),
            "StateProvince" => Some(Self::Province),
            other => other.parse().ok(),
        }
    }
    /// The set whose codes the rows of this one stand under.
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self::AddressFormat => Some(Self::AddressType),
            Self::TransitionReason => Some(Self::HasResponsibleSchool),
            Self::Province => Some(Self::Country),
            _ => None,
        }
    }
}

/// Sets that stand above the built-in ones, by place.
static ABOVE: RwLock<Vec<Option<&'static Set>>> = RwLock::new(Vec::new());

/// The rows of a set: the province's as last read, else the built-in ones.
pub fn set(which: CodeSet) -> &'static Set {
    let above = ABOVE.read().unwrap_or_else(PoisonError::into_inner);
    above
        .get(which as usize)
        .copied()
        .flatten()
        .unwrap_or_else(|| built_in(which))
}

/// Puts the province's list of a set above the built-in one, for this program
/// from now on. A code that the province does not list is not offered from
/// `year` on, and keeps its label. What the province does not tell of a code,
/// such as that it sets it alone, stays as built in.
///
/// A list lives as long as the program: records are labelled from it without
/// copying. It is made anew only when it says something else than before,
/// which is a few times a year.
pub fn put_above(which: CodeSet, listed: Vec<Code>, year: SchoolYear) {
    let merged = built_in(which).beneath(listed, year);
    if merged.all() == set(which).all() {
        return;
    }
    let mut above = ABOVE.write().unwrap_or_else(PoisonError::into_inner);
    above.resize(CodeSet::ALL.len(), None);
    above[which as usize] = Some(Box::leak(Box::new(merged)));
}

/// The rows built into the program; parsed once, at first use.
pub fn built_in(which: CodeSet) -> &'static Set {
    static SETS: LazyLock<Vec<Set>> = LazyLock::new(|| {
        CodeSet::ALL
            .iter()
            .map(|which| Set::parse(text(*which)).expect("the built-in code files are read by a test"))
            .collect()
    });
    &SETS[which as usize]
}

/// The file built in for a set.
pub(crate) const fn text(which: CodeSet) -> &'static str {
    match which {
        CodeSet::Gender => include_str!("../../../codes/gender.toml"),
        CodeSet::CitizenshipStatus => include_str!("../../../codes/citizenship-status.toml"),
        CodeSet::Section23Eligibility => include_str!("../../../codes/section23-eligibility.toml"),
        CodeSet::AddressType => include_str!("../../../codes/address-type.toml"),
        CodeSet::AddressFormat => include_str!("../../../codes/address-format.toml"),
        CodeSet::DisclosureRestriction => include_str!("../../../codes/disclosure-restriction.toml"),
        CodeSet::GuardianRelationship => include_str!("../../../codes/guardian-relationship.toml"),
        CodeSet::FnmiDeclaration => include_str!("../../../codes/fnmi-declaration.toml"),
        CodeSet::LanguageAtHome => include_str!("../../../codes/language-at-home.toml"),
        CodeSet::SourceChangeCode => include_str!("../../../codes/source-change-code.toml"),
        CodeSet::SourceDocumentType => include_str!("../../../codes/source-document-type.toml"),
        CodeSet::Grade => include_str!("../../../codes/grade.toml"),
        CodeSet::ExitDateType => include_str!("../../../codes/exit-date-type.toml"),
        CodeSet::RegistrationStatus => include_str!("../../../codes/registration-status.toml"),
        CodeSet::RegistrationEntryStatus => include_str!("../../../codes/registration-entry-status.toml"),
        CodeSet::ProgrammingType => include_str!("../../../codes/programming-type.toml"),
        CodeSet::ProgrammingTimeframe => include_str!("../../../codes/programming-timeframe.toml"),
        CodeSet::EnrolmentType => include_str!("../../../codes/enrolment-type.toml"),
        CodeSet::ExceptionCode => include_str!("../../../codes/exception-code.toml"),
        CodeSet::GrantsProgramCode => include_str!("../../../codes/grants-program-code.toml"),
        CodeSet::HasResponsibleSchool => include_str!("../../../codes/has-responsible-school.toml"),
        CodeSet::TransitionReason => include_str!("../../../codes/transition-reason.toml"),
        CodeSet::AcknowledgementStatus => include_str!("../../../codes/acknowledgement-status.toml"),
        CodeSet::AlertType => include_str!("../../../codes/alert-type.toml"),
        CodeSet::AvailabilityStatus => include_str!("../../../codes/availability-status.toml"),
        CodeSet::IdentifyStudentStatus => include_str!("../../../codes/identify-student-status.toml"),
        CodeSet::AssociationType => include_str!("../../../codes/association-type.toml"),
        CodeSet::ClientRole => include_str!("../../../codes/client-role.toml"),
        CodeSet::StudentNumberStatus => include_str!("../../../codes/student-number-status.toml"),
        CodeSet::PhoneType => include_str!("../../../codes/phone-type.toml"),
        CodeSet::PhysicalAddressSource => include_str!("../../../codes/physical-address-source.toml"),
        CodeSet::SchoolProgram => include_str!("../../../codes/school-program.toml"),
        CodeSet::AuthorityType => include_str!("../../../codes/authority-type.toml"),
        CodeSet::DocumentRetentionPeriod => include_str!("../../../codes/document-retention-period.toml"),
        CodeSet::Province => include_str!("../../../codes/province.toml"),
        CodeSet::Country => include_str!("../../../codes/country.toml"),
        CodeSet::AccommodationType => include_str!("../../../codes/accommodation-type.toml"),
        CodeSet::AccommodationFormat => include_str!("../../../codes/accommodation-format.toml"),
        CodeSet::MarkFormat => include_str!("../../../codes/mark-format.toml"),
        CodeSet::MarkType => include_str!("../../../codes/mark-type.toml"),
        CodeSet::CourseEnrolmentStatus => include_str!("../../../codes/course-enrolment-status.toml"),
        CodeSet::DeliverySchedule => include_str!("../../../codes/delivery-schedule.toml"),
        CodeSet::DeliveryMethod => include_str!("../../../codes/delivery-method.toml"),
        CodeSet::SectionTerm => include_str!("../../../codes/section-term.toml"),
        CodeSet::CourseLanguage => include_str!("../../../codes/course-language.toml"),
        CodeSet::CourseRelationshipType => include_str!("../../../codes/course-relationship-type.toml"),
        CodeSet::EvaluatedMarkMethod => include_str!("../../../codes/evaluated-mark-method.toml"),
        CodeSet::DiplomaExamMarkStatus => include_str!("../../../codes/diploma-exam-mark-status.toml"),
        CodeSet::ComponentMarkStatus => include_str!("../../../codes/component-mark-status.toml"),
        CodeSet::ExamPeriod => include_str!("../../../codes/exam-period.toml"),
        CodeSet::OfficialMarkStatus => include_str!("../../../codes/official-mark-status.toml"),
        CodeSet::OfficialMarkCalculationMethod => {
            include_str!("../../../codes/official-mark-calculation-method.toml")
        }
        CodeSet::OfficialMarkAnnotation => include_str!("../../../codes/official-mark-annotation.toml"),
        CodeSet::Credential => include_str!("../../../codes/credential.toml"),
        CodeSet::CredentialRequirement => include_str!("../../../codes/credential-requirement.toml"),
        CodeSet::ExemptionReason => include_str!("../../../codes/exemption-reason.toml"),
        CodeSet::MedicalAlertType => include_str!("../../../codes/medical-alert-type.toml"),
    }
}
