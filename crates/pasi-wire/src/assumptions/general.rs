//! Choices about transport, students, enrolments and responsible schools.

use super::{Assumption, assume};

pub(super) const ROWS: &[Assumption] = assume! {
    Gap "Which SOAP version, binding and transport security?"
        => "SOAP 1.1 over HTTPS, document/literal wrapped, client certificate in TLS, no WS-* headers (any header is passed over)", in "soap/mod.rs; the binding in wsdl.rs";
    Inferred "Which namespace, interface name and SOAPAction do the operations have?"
        => "http://tempuri.org/ and IPASIService2020, as WCF writes them by default: http://tempuri.org/IPASIService2020/<operation>", in "SERVICE_NAMESPACE and CONTRACT in assumptions/mod.rs";
    "version-hash" as Inferred "What exactly is hashed for PASICoreVersionHash?"
        => "id:version pairs, sorted by id in lower case, joined by ;, UTF-8, MD5, Base64", in "hash::version_hash";
    Inferred "Which namespaces do the data contracts have?"
        => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V<version>; the version a record last changed in is named beside each message", in "Namespace::uri; `in V…` in messages/";
    Inferred "Are namespaces judged when reading?"
        => "No: elements are known by local name, in any order; CallerInfo stands in the namespace of the request around it", in "xml/source.rs";
    Inferred "Are elements the contract does not name refused?"
        => "In a request yes (3001); in a response they are passed over", in "Source::new's `strict`";
    Gap "How do lists and the parts of a name travel?"
        => "A wrapping element with one element per item, named by the item's type; a name as FirstName, MiddleName, LastName, Suffix inside one element", in "xml/values.rs; PersonName in messages/common.rs";
    Inferred "Which codes are faults and which rejections?"
        => "1xxx, 2001, 3001, 3002 found while reading, 3005-3008, 4002 and 9001 are faults; all else is a rejection in the response. 3002 found by a rule on a read request is a rejection", in "kind of each row in rules/register/";
    Inferred "What is a fault's code on the wire?"
        => "faultcode holds the number, with or without prefix; faultstring the words", in "soap::encode_fault, soap::decode_response";
    Gap "How long may the texts of CallerInfo's user be?"
        => "Name 100, LocalID 50, IPAddress 45", in "messages/caller.rs";
    Inferred "How long may a client ask to wait?"
        => "0 to 5 minutes, else 3007", in "window::WAIT_MINUTES";
    "responsible-school-by-year" as Conflict "Do ResponsibleSchool and its status take a school year in IsDataAvailable?"
        => "No: they are not kept by school year, though the list of suffix-free types omits them", in "NotificationType::is_by_year";
    Gap "What are the members of the IsDataAvailable response called?"
        => "Results, IdVersions, IsHashMismatch; pairs ascend by version", in "messages/infrastructure.rs";
    Inferred "Which id does a school's calendar year have in IsDataAvailable?"
        => "School code and year: 0982.2027", in "DataNotificationIdVersion's writer";
    Conflict "What is the version of a new record?"
        => "0 is demanded (the page of rule 3004), although class descriptions say it is ignored", in "rules::submit::version";
    Inferred "What does a read answer when a version differs?"
        => "The results end before that key; neither it nor a later one is answered", in "GetStudentResponse and its likes";
    Inferred "Which operation changes e-mail and medical alerts, and the gender?"
        => "SubmitStudentEmail and SubmitMedicalAlert; the gender goes with SubmitIdentificationInformation", in "messages/submit.rs; IdentificationRecord";
    Gap "Which values has MedicalAlertType, and what do the details of a medical alert hold?"
        => "How grave it is: LifeThreatening, Serious, Minor; the details, line by line: what it is, what to do, the plan", in "codes/medical-alert-type.toml; map/medical.rs of the connector";
    "gender-letters" as Gap "Which letters do the four genders have?"
        => "M male, F female, X unspecified, U unknown", in "codes/gender.toml";
    "preferred-phone" as Inferred "Which phone and which e-mail address are the preferred ones?"
        => "The phone that the office marked, and the first e-mail address on record; PASI's mark comes with a phone that only PASI has, and changes no other", in "phone and email in map/travel.rs of the connector; take_phones in accept/mod.rs";
    "identify-hits" as Gap "How many students does IdentifyStudent list, and what does it answer when more fit?"
        => "20, Ambiguous; beyond that Insufficient and none", in "MOST_HITS in identify.rs of the reference server";
    "identify-age" as Gap "How far may an approximate age be off, and which births count for a small child?"
        => "Two years either way; up to the age of 5, every birth of this calendar year and the six before it", in "AGE_WINDOW, SMALL_CHILD and SMALL_CHILD_YEARS in identify.rs of the reference server";
    "identify-sound" as Gap "By which phonetic method are two names alike, and what else is nearly a match?"
        => "Soundex of the name without accents; one name that begins the other or is one of its words; a middle name that differs makes an exact match a near one", in "sound in store/people.rs and fit_of_word in identify.rs of the reference server";
    "identify-slip" as Inferred "Which wrong birth date still is a match?"
        => "Day and month exchanged, or one of the three parts wrong, with the exact name: quality low", in "is_slip in identify.rs of the reference server";
    Inferred "How long may names, addresses, phones and details be?"
        => "Names 50, suffix 10; street 140, city 60, province 20, country 60, postal code 15; phone 20, extension 10; e-mail 100; details 1000", in "the limits in messages/person.rs and common.rs";
    Inferred "Which number refuses a letter, a phone or an address that is not allowed?"
        => "3002 with the failed check; names take letters, hyphen, apostrophe, period and space", in "rules::person";
    "french-hours" as Gap "How many hours are wrong for codes 211 (10011) and 230 (10012)?"
        => "Fewer than 190 and fewer than 50 in a year", in "LEAST_HOURS_211 and LEAST_HOURS_230 in rules/enrolment/boards.rs";
    Gap "Which combination do 10030, 10033, 10051 and 10081 each refuse?"
        => "10030 two of the 300 series (four pairs excepted); 10033 300/640 with 600, 610, 611, 612; 10051 300/640 with 620, 630; 10081 500 with 630", in "rules/enrolment/grants.rs";
    Inferred "Which wrong use of 110 do 10032, 10043 and 10044 refuse, and which codes 10057?"
        => "10032 in ECS; 10043 without a code of 51 to 59; 10044 in a school not designated; 10057 home education codes 600, 610, 611, 612 in ECS", in "rules/enrolment/grants.rs";
    Inferred "Does an exception code with 110 need 500 (10055)?"
        => "No: 110 has its own exception codes", in "rules/enrolment/grants.rs";
    Gap "What does 10027 compare?"
        => "Code 302 (pays fees) with citizenship status 1 or 2, which are funded", in "rules/enrolment/grants.rs";
    Gap "Which change of coding is 10052?"
        => "The codes among 301, 302, 303 differ from last year's; how 10053 differs from it is not published, so nobody judges it", in "rules/enrolment/grants.rs";
    Inferred "Which of 10028 and 10128 holds when, and what makes coding special education?"
        => "10028 until 2015/16, 10128 after it, as 10023 and 10129; codes 500 and 110", in "rules/enrolment/offered.rs";
    Inferred "Which programs do 10038, 10046 and 10049 ask of a school?"
        => "Outreach for 630, AlternativeFrench for 211, FrenchSecondLanguage for 230; a school year that is not on record keeps them silent", in "rules/enrolment/offered.rs";
    Gap "Which number and type has the alert of a gender that is not known?"
        => "Advice 11090, a stand-in, on each enrolment of this school year or a later one", in "rules/enrolment/mod.rs; rules/register/person.rs";
    Inferred "Which resident board is unexpected (10041)?"
        => "One without any of the codes 110, 140, 150", in "rules/enrolment/boards.rs";
    Inferred "When is a program percentage unexpected (10064)?"
        => "Without any of the codes 600, 610, 611, 612", in "rules/enrolment/boards.rs";
    Inferred "How do 10003 and 10035 differ?"
        => "10003: the period leaves the span from the first to the last day of all schedules; 10035: the first day is in none of the schedules. Both only for Regular/Day, not deleted, not a future year", in "rules/enrolment/dates.rs";
    Gap "What are the texts of programming types, timeframes and transition reasons?"
        => "Regular, ContinuingEducation, Day; ToBeDetermined, DataConversion, UpdatedByASL are the system's reasons", in "constants in rules/enrolment/mod.rs and rules/responsible.rs";
    Gap "Which numbers refuse a responsible school with a used date, the same school twice, a reason that does not fit, or no school?"
        => "Stand-ins 11690, 11691, 11692, 11693 (the province's numbers are not published)", in "rules/register/person.rs";
    Gap "What does each of 12000 to 12005 mean?"
        => "12000 no such alert, 12001 other values, 12002 a warning cannot be acknowledged, 12003 only the ministry overrides and only warnings, 12004 stands so already, 12005 record not known", in "rules::acknowledgement::acknowledged";
    Inferred "Do case and accents count when a duplicate is looked for?"
        => "Case does not, accents do", in "rules::person::is_duplicate";
    Inferred "Which countries and provinces does 11012 know?"
        => "Canada's 13 and the United States' 56 by letters; a Canadian province elsewhere does not fit, other places are not judged", in "rules/person.rs";
    Inferred "What must an address of each format have?"
        => "ATS and rural: street; Canada and United States: street, city, province, postal code; abroad: street, country", in "rules::person::address";
    Gap "Is the check digit of an ASN judged?"
        => "No: the algorithm is not published and test numbers fail it", in "kernel::Asn";
    Inferred "How many keys may one read name?"
        => "500; a client keeps to soap::READ_BATCH so that the request stays below 65,536 bytes", in "[Items(500)] in messages/; soap::READ_BATCH";
    Inferred "What are the code classes called?"
        => "As the fields: Gender, AddressType, AddressFormat, PhoneType, CitizenshipStatus, Country, Section23Eligibility, LanguageAtHome, DisclosureRestriction, GuardianRelationshipType, SourceDocumentType, SourceChangeCode, MedicalAlertType, ProgrammingType, ProgrammingTimeframe, FNMIDeclaration, EnrolmentType, ExceptionCode, GrantsProgramCode, TransitionReason", in "[Code(…)] in messages/";
    Gap "Where is the school-year configuration?"
        => "Beside the code values, with kinds Current, Historical, Future, PreRegistration and the day pre-registration opens", in "messages/code.rs";
    "named-schedule" as Inferred "Is the operating schedule of an enrolment judged?"
        => "One that is named is among the school's of that school year, else 9006; none is no fault, and a year that is not on record keeps the rule silent", in "rules::enrolment::schedule";
    Gap "Which values has SourceChangeCode, and when is it asked for?"
        => "Six stand-ins; taken with another name and with an enrolment, asked for where an enrolment of a past school year changes, demanded nowhere", in "codes/source-change-code.toml";
    Gap "How many past school years are taken, and from when is one too old for an enrolment (9030)?"
        => "Five before the current one; each September one more is too old, unless the ministry opens or closes a year by hand", in "PAST_YEARS in code_tables.rs and ops/enrolments.rs of the reference server";
    Gap "When does the next school year open?"
        => "On February 1, for pre-registrations", in "OPENS_IN in code_tables.rs of the reference server";
    Inferred "Which last day does PASI compute for an address and for a guardian?"
        => "Of an address the day before the next of its type begins, else none; of a guardian the day the student is of age or independent, none while guardians stay; the override stands before both", in "with_computed in ops/sub_records.rs of the reference server";
    Gap "When is a pre-registration sent, and in which state?"
        => "As an enrolment like any other, open, from the day PASI takes its school year; until then it waits with us", in "years.rs of the connector; OPENS_IN in the reference server's code_tables.rs";
    Gap "Is there SubmitStudentPreferredPhone?"
        => "Not from endpoint 2020 on: a phone says itself whether it is preferred, as addresses lost theirs in 2019", in "StudentPhone in messages/person.rs";
    Gap "Is the academic profile by access code (APOP, 2024) part of this contract?"
        => "No: it is a service of its own for post-secondary institutions, whose WSDL is not published to us; its rejections 66000 to 66003 are not in the register. The profile that schools read is", in "GetStudentAcademicProfile in operation.rs";
    Gap "What are the services named Get Audit History?"
        => "They are named on one page without request or answer; none is built. Who changed a record, and when, stands in our own audit", in "operation.rs";
    Conflict "What is the read of diploma exam sittings called?"
        => "GetExamSitting, as the notification table has it; what it reads and what is sent is a DiplomaExamSitting", in "operation.rs";
    Conflict "How does GetCodeValues answer a version that is known?"
        => "Empty when nothing is newer, else the full list", in "GetCodeValuesResponse";
};
