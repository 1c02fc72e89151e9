//! Lists the province keeps besides its code tables. Their contents are not
//! published and stand in for the province's own.

use pasi_wire::messages::{
    DocumentRetentionPeriod, DocumentTypeInfo, PartnerPostSecondaryInstitution, SourceDocumentTypeQuality,
};
use std::sync::LazyLock;

/// Version of the built-in list of qualities.
const VERSION: i64 = 1;

/// How much identity documents prove: 1 the most.
const QUALITIES: [(u8, &[&str]); 4] = [
    (
        1,
        &[
            "BirthCertificateCanada",
            "CertificateIndianStatus",
            "ChangeOfName",
            "CitizenshipCertificate",
            "PassportCanada",
        ],
    ),
    (
        2,
        &[
            "AdoptionOrder",
            "ConfirmationPermanentResidence",
            "CourtOrder",
            "PassportForeign",
            "PermanentResidentCard",
            "RefugeeClaimantDocument",
            "StudyPermit",
        ],
    ),
    (
        3,
        &["BaptismalCertificate", "BirthCertificateForeign", "VisitorRecord"],
    ),
    (
        4,
        &[
            "NoLongerAvailable",
            "SelfDeclared",
            "StudentDocumentSupported",
            "StudentDocumentVerified",
        ],
    ),
];

/// The full list by quality and kind, or nothing when the client knows it.
pub(crate) fn source_document_qualities(last_known: i64) -> Vec<SourceDocumentTypeQuality> {
    let rows = QUALITIES.iter().flat_map(|(quality, kinds)| {
        kinds.iter().map(|kind| SourceDocumentTypeQuality {
            quality: *quality,
            code_text: (*kind).to_owned(),
            pasi_core_version: VERSION,
        })
    });
    rows.filter(|_| last_known < VERSION).collect()
}

const INSTITUTIONS: [&str; 19] = [
    "Alberta University of the Arts",
    "Athabasca University",
    "Bow Valley College",
    "Keyano College",
    "Lakeland College",
    "Lethbridge Polytechnic",
    "MacEwan University",
    "Medicine Hat College",
    "Mount Royal University",
    "NorQuest College",
    "Northern Alberta Institute of Technology",
    "Northern Lakes College",
    "Northwestern Polytechnic",
    "Olds College",
    "Portage College",
    "Red Deer Polytechnic",
    "Southern Alberta Institute of Technology",
    "University of Alberta",
    "University of Calgary",
];
/// Number of the first institution; the others follow.
const FIRST_INSTITUTION: usize = 7001;

/// Who teaches high-school students for credit, by number.
pub(crate) fn institutions() -> Vec<PartnerPostSecondaryInstitution> {
    let numbered = INSTITUTIONS.iter().zip(FIRST_INSTITUTION..);
    numbered
        .map(|(name, number)| PartnerPostSecondaryInstitution {
            number: number.to_string(),
            name: (*name).to_owned(),
            is_active: true,
        })
        .collect()
}

/// What a kind of document needs and allows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trait {
    Date,
    Expiry,
    Year,
    Organization,
    Restricted,
    Several,
}

/// Key, name, categories, retention, what it needs and allows, of how many in
/// a hundred the quality is looked at.
type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    DocumentRetentionPeriod,
    &'static [Trait],
    u8,
);

const DOCUMENT_TYPES: [Row; 11] = {
    use DocumentRetentionPeriod::{Grade12Plus7Years as Long, ThreeYears as Short};
    use Trait::{Date, Expiry, Organization, Restricted, Several, Year};
    [
        (
            "BirthCertificate",
            "Birth Certificate",
            &["Identity", "Citizenship"],
            Long,
            &[],
            10,
        ),
        (
            "CourtOrder",
            "Court Order",
            &["Legal"],
            Long,
            &[Date, Several],
            20,
        ),
        (
            "HistoricalRecord",
            "Historical Student Record",
            &["Historical"],
            Long,
            &[Several],
            25,
        ),
        (
            "HomeEducationNotificationMinister",
            "Home Education Notification - to Minister",
            &["HomeEducation"],
            Short,
            &[Date, Year],
            10,
        ),
        (
            "IndividualProgramPlan",
            "Individual Program Plan",
            &["Program"],
            Long,
            &[Date, Year, Organization, Several],
            0,
        ),
        (
            "MedicalDocument",
            "Medical Document",
            &["Medical"],
            Short,
            &[Date],
            10,
        ),
        (
            "MinistryDecision",
            "Decision of the Minister",
            &["Legal"],
            Long,
            &[Date, Restricted, Several],
            0,
        ),
        (
            "Passport",
            "Passport",
            &["Identity", "Citizenship"],
            Long,
            &[Expiry],
            10,
        ),
        (
            "ReportCard",
            "Report Card",
            &["Academic"],
            Long,
            &[Date, Year, Organization, Several],
            0,
        ),
        (
            "SpecializedAssessment",
            "Specialized Assessment",
            &["Program"],
            Long,
            &[Date, Several],
            20,
        ),
        (
            "StudyPermit",
            "Study Permit",
            &["Citizenship"],
            Short,
            &[Date, Expiry],
            10,
        ),
    ]
};
/// Largest file of any kind, in kilobytes.
const MOST_KILOBYTES: u32 = 10_240;

/// The kinds of documents, by key.
pub(crate) fn document_types() -> &'static [DocumentTypeInfo] {
    static TYPES: LazyLock<Vec<DocumentTypeInfo>> =
        LazyLock::new(|| DOCUMENT_TYPES.iter().map(document_type_of).collect());
    &TYPES
}

/// The kind with that key.
pub(crate) fn document_type(key: &str) -> Option<&'static DocumentTypeInfo> {
    document_types().iter().find(|kind| kind.document_type == key)
}

fn document_type_of((key, name, categories, retention_period, has, ratio): &Row) -> DocumentTypeInfo {
    let has = |one: Trait| has.contains(&one);
    DocumentTypeInfo {
        document_type: (*key).to_owned(),
        name: (*name).to_owned(),
        description: (*name).to_owned(),
        categories: categories.iter().map(|category| (*category).to_owned()).collect(),
        security_classification: "Protected B".to_owned(),
        retention_period: *retention_period,
        retention_schedule: "Student Record".to_owned(),
        disposal_action: "Destroy".to_owned(),
        effective_start_date: kernel::Date::new(2018, 9, 1).expect("a day of the calendar"),
        effective_end_date: None,
        is_date_required: has(Trait::Date),
        is_expiry_date_required: has(Trait::Expiry),
        is_school_year_bound: has(Trait::Year),
        is_organization_bound: has(Trait::Organization),
        is_restricted: has(Trait::Restricted),
        can_have_multiple_relevant: has(Trait::Several),
        maximum_image_file_size: MOST_KILOBYTES,
        quality_assurance_ratio: *ratio,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_document_type_has_a_quality_and_they_are_in_order() {
        let rows = source_document_qualities(0);
        assert!(rows.is_sorted());
        for code in codes::built_in(codes::CodeSet::SourceDocumentType).all() {
            let found = rows.iter().filter(|row| row.code_text == code.code).count();
            assert_eq!(found, 1, "{}", code.code);
        }
        assert!(source_document_qualities(VERSION).is_empty());
    }

    #[test]
    fn kinds_of_documents_are_found_by_key() {
        let keys: Vec<&str> = document_types()
            .iter()
            .map(|kind| kind.document_type.as_str())
            .collect();
        assert!(keys.is_sorted());
        for key in keys {
            assert_eq!(
                document_type(key).map(|kind| kind.document_type.as_str()),
                Some(key)
            );
        }
        assert!(document_type("Poster").is_none());
    }
}
