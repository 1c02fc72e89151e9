//! Every choice made where the province's pages are silent or were only read
//! in part, in one table; and the names that hang on those choices.

use crate::Operation;

/// How firmly the choice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The pages do not say.
    Gap,
    /// Deduced from what they say.
    Inferred,
    /// Two pages disagree.
    Conflict,
}

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assumption {
    /// Its number, counted from 1.
    pub number: u32,
    /// The question.
    pub what: &'static str,
    /// The answer taken.
    pub choice: &'static str,
    /// Where to change it.
    pub how_to_change: &'static str,
    /// How firmly it stands.
    pub mark: Mark,
}

/// An XML namespace of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Namespace {
    /// Data contracts last changed in 2009.
    V2009,
    /// Last changed in December 2012.
    V201204,
    /// Last changed in 2017.
    V2017,
    /// Last changed in 2018.
    V2018,
    /// Last changed in 2019.
    V2019,
    /// Last changed in 2020.
    V2020,
    /// Lists of plain values.
    Arrays,
}

/// The namespace of the operations' own elements.
pub const SERVICE_NAMESPACE: &str = "http://tempuri.org/";
/// Name of the contract's interface, part of every `SOAPAction`.
pub(crate) const CONTRACT: &str = "IPASIService2020";

/// The `SOAPAction` header of an operation, without quotes.
pub fn soap_action(operation: Operation) -> String {
    format!("{SERVICE_NAMESPACE}{CONTRACT}/{operation}")
}

impl Namespace {
    /// Every namespace.
    pub const ALL: &'static [Self] = &[
        Self::V2009,
        Self::V201204,
        Self::V2017,
        Self::V2018,
        Self::V2019,
        Self::V2020,
        Self::Arrays,
    ];
    /// Its address.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::V2009 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2009",
            Self::V201204 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V201204",
            Self::V2017 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2017",
            Self::V2018 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2018",
            Self::V2019 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2019",
            Self::V2020 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2020",
            Self::Arrays => "http://schemas.microsoft.com/2003/10/Serialization/Arrays",
        }
    }
    /// The prefix our envelopes use.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::V2009 => "a",
            Self::V201204 => "b",
            Self::V2017 => "c",
            Self::V2018 => "d",
            Self::V2019 => "e",
            Self::V2020 => "f",
            Self::Arrays => "g",
        }
    }
}

/// Every choice, in order of number.
pub const ASSUMPTIONS: &[Assumption] = &[
    Assumption {
        number: 1,
        what: "Which SOAP version, binding and transport security?",
        choice: "SOAP 1.1 over HTTPS, document/literal wrapped, client certificate in TLS, no WS-* headers (any header is passed over)",
        how_to_change: "soap/mod.rs; the binding in wsdl.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 2,
        what: "Which namespace, interface name and SOAPAction do the operations have?",
        choice: "http://tempuri.org/ and IPASIService2020, as WCF writes them by default: http://tempuri.org/IPASIService2020/<operation>",
        how_to_change: "SERVICE_NAMESPACE and CONTRACT in assumptions.rs",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 3,
        what: "What exactly is hashed for PASICoreVersionHash?",
        choice: "id:version pairs, sorted by id in lower case, joined by ;, UTF-8, MD5, Base64",
        how_to_change: "hash::version_hash",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 4,
        what: "Which namespaces do the data contracts have?",
        choice: "http://schemas.datacontract.org/2004/07/PASI.DataContract.V<version>; the version a record last changed in is named beside each message",
        how_to_change: "Namespace::uri; `in V…` in messages/",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 5,
        what: "Are namespaces judged when reading?",
        choice: "No: elements are known by local name, in any order; CallerInfo stands in the namespace of the request around it",
        how_to_change: "xml/source.rs",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 6,
        what: "Are elements the contract does not name refused?",
        choice: "In a request yes (3001); in a response they are passed over",
        how_to_change: "Source::new's `strict`",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 7,
        what: "How do lists and the parts of a name travel?",
        choice: "A wrapping element with one element per item, named by the item's type; a name as FirstName, MiddleName, LastName, Suffix inside one element",
        how_to_change: "xml/values.rs; PersonName in messages/common.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 8,
        what: "Which codes are faults and which rejections?",
        choice: "1xxx, 2001, 3001, 3002 found while reading, 3005-3008, 4002 and 9001 are faults; all else is a rejection in the response. 3002 found by a rule on a read request is a rejection",
        how_to_change: "kind of each row in rules/register/",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 9,
        what: "What is a fault's code on the wire?",
        choice: "faultcode holds the number, with or without prefix; faultstring the words",
        how_to_change: "soap::encode_fault, soap::decode_response",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 10,
        what: "How long may the texts of CallerInfo's user be?",
        choice: "Name 100, LocalID 50, IPAddress 45",
        how_to_change: "messages/caller.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 11,
        what: "How long may a client ask to wait?",
        choice: "0 to 5 minutes, else 3007",
        how_to_change: "window::WAIT_MINUTES",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 12,
        what: "Do ResponsibleSchool and its status take a school year in IsDataAvailable?",
        choice: "No: they are not kept by school year, though the list of suffix-free types omits them",
        how_to_change: "NotificationType::is_by_year",
        mark: Mark::Conflict,
    },
    Assumption {
        number: 13,
        what: "What are the members of the IsDataAvailable response called?",
        choice: "Results, IdVersions, IsHashMismatch; pairs ascend by version",
        how_to_change: "messages/infrastructure.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 14,
        what: "Which id does a school's calendar year have in IsDataAvailable?",
        choice: "School code and year: 0982.2027",
        how_to_change: "DataNotificationIdVersion's writer",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 15,
        what: "What is the version of a new record?",
        choice: "0 is demanded (the page of rule 3004), although class descriptions say it is ignored",
        how_to_change: "rules::submit::version",
        mark: Mark::Conflict,
    },
    Assumption {
        number: 16,
        what: "What does a read answer when a version differs?",
        choice: "The results end before that key; neither it nor a later one is answered",
        how_to_change: "GetStudentResponse and its likes",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 17,
        what: "Which operation changes e-mail and medical alerts, and the gender?",
        choice: "SubmitStudentEmail and SubmitMedicalAlert; the gender goes with SubmitIdentificationInformation",
        how_to_change: "messages/submit.rs; IdentificationRecord",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 18,
        what: "How long may names, addresses, phones and details be?",
        choice: "Names 50, suffix 10; street 140, city 60, province 20, country 60, postal code 15; phone 20, extension 10; e-mail 100; details 1000",
        how_to_change: "the limits in messages/person.rs and common.rs",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 19,
        what: "Which number refuses a letter, a phone or an address that is not allowed?",
        choice: "3002 with the failed check; names take letters, hyphen, apostrophe, period and space",
        how_to_change: "rules::person",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 20,
        what: "How many hours are wrong for codes 211 (10011) and 230 (10012)?",
        choice: "Fewer than 190 and fewer than 50 in a year",
        how_to_change: "LEAST_HOURS_211 and LEAST_HOURS_230 in rules/enrolment/boards.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 21,
        what: "Which combination do 10030, 10033, 10051 and 10081 each refuse?",
        choice: "10030 two of the 300 series (four pairs excepted); 10033 300/640 with 600, 610, 611, 612; 10051 300/640 with 620, 630; 10081 500 with 630",
        how_to_change: "rules/enrolment/grants.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 22,
        what: "Which wrong use of 110 do 10032, 10043 and 10044 refuse, and which codes 10057?",
        choice: "10032 in ECS; 10043 without a code of 51 to 59; 10044 in a school not designated; 10057 home education codes 600, 610, 611, 612 in ECS",
        how_to_change: "rules/enrolment/grants.rs",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 23,
        what: "Does an exception code with 110 need 500 (10055)?",
        choice: "No: 110 has its own exception codes",
        how_to_change: "rules/enrolment/grants.rs",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 24,
        what: "What does 10027 compare?",
        choice: "Code 302 (pays fees) with citizenship status 1 or 2, which are funded",
        how_to_change: "rules/enrolment/grants.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 25,
        what: "Which change of coding is 10052?",
        choice: "The codes among 301, 302, 303 differ from last year's; 10053 is only known by name",
        how_to_change: "rules/enrolment/grants.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 26,
        what: "Which resident board is unexpected (10041)?",
        choice: "One without any of the codes 110, 140, 150",
        how_to_change: "rules/enrolment/boards.rs",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 27,
        what: "When is a program percentage unexpected (10064)?",
        choice: "Without any of the codes 600, 610, 611, 612",
        how_to_change: "rules/enrolment/boards.rs",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 28,
        what: "How do 10003 and 10035 differ?",
        choice: "10003: the period leaves the span from the first to the last day of all schedules; 10035: the first day is in none of the schedules. Both only for Regular/Day, not deleted, not a future year",
        how_to_change: "rules/enrolment/dates.rs",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 29,
        what: "What are the texts of programming types, timeframes and transition reasons?",
        choice: "Regular, ContinuingEducation, Day; ToBeDetermined, DataConversion, UpdatedByASL are the system's reasons",
        how_to_change: "constants in rules/enrolment/mod.rs and rules/responsible.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 30,
        what: "Which numbers refuse a responsible school with a used date, the same school twice, a reason that does not fit, or no school?",
        choice: "Stand-ins 11690, 11691, 11692, 11693 (the province's numbers are not published)",
        how_to_change: "rules/register/person.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 31,
        what: "What does each of 12000 to 12005 mean?",
        choice: "12000 no such alert, 12001 other values, 12002 a warning cannot be acknowledged, 12003 only the ministry overrides and only warnings, 12004 stands so already, 12005 record not known",
        how_to_change: "rules::responsible::acknowledged",
        mark: Mark::Gap,
    },
    Assumption {
        number: 32,
        what: "Do case and accents count when a duplicate is looked for?",
        choice: "Case does not, accents do",
        how_to_change: "rules::person::is_duplicate",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 33,
        what: "Which countries and provinces does 11012 know?",
        choice: "Canada's 13 and the United States' 56 by letters; a Canadian province elsewhere does not fit, other places are not judged",
        how_to_change: "rules/person.rs",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 34,
        what: "What must an address of each format have?",
        choice: "ATS and rural: street; Canada and United States: street, city, province, postal code; abroad: street, country",
        how_to_change: "rules::person::address",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 35,
        what: "Is the check digit of an ASN judged?",
        choice: "No: the algorithm is not published and test numbers fail it",
        how_to_change: "kernel::Asn",
        mark: Mark::Gap,
    },
    Assumption {
        number: 36,
        what: "How many keys may one read name?",
        choice: "500; a client keeps to soap::READ_BATCH so that the request stays below 65,536 bytes",
        how_to_change: "[Items(500)] in messages/; soap::READ_BATCH",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 37,
        what: "What are the code classes called?",
        choice: "As the fields: Gender, AddressType, AddressFormat, PhoneType, CitizenshipStatus, Country, Section23Eligibility, LanguageAtHome, DisclosureRestriction, GuardianRelationshipType, SourceDocumentType, SourceChangeCode, MedicalAlertType, ProgrammingType, ProgrammingTimeframe, FNMIDeclaration, EnrolmentType, ExceptionCode, GrantsProgramCode, TransitionReason",
        how_to_change: "[Code(…)] in messages/",
        mark: Mark::Inferred,
    },
    Assumption {
        number: 38,
        what: "Where is the school-year configuration?",
        choice: "Beside the code values, with kinds Current, Historical, Future, PreRegistration and the day pre-registration opens",
        how_to_change: "messages/code.rs",
        mark: Mark::Gap,
    },
    Assumption {
        number: 39,
        what: "How does GetCodeValues answer a version that is known?",
        choice: "Empty when nothing is newer, else the full list",
        how_to_change: "GetCodeValuesResponse",
        mark: Mark::Conflict,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assumptions_are_numbered_from_1_without_gaps() {
        for (at, assumption) in (1u32..).zip(ASSUMPTIONS) {
            assert_eq!(assumption.number, at, "{}", assumption.what);
        }
    }
}
