//! Choices about associations, numbers, accommodation and documents.

use super::{Assumption, assume};

pub(super) const ROWS: &[Assumption] = assume! {
    Gap "On the last day of an enrolment, is it current? And when does one without an exit date end?"
        => "It is; and with its school year", in "association/mod.rs of the reference server";
    Inferred "Which enrolment is the last one when two ended the same day?"
        => "The one that began later; schools outside Alberta are not counted as a newer school", in "association/mod.rs of the reference server";
    Inferred "Who may know a secondary ASN once its records have moved?"
        => "Who may know the primary, and who made the secondary while that lasts", in "association/mod.rs of the reference server";
    Inferred "Who has limited access, and what does it hide?"
        => "A school marked so, and an authority of restriction level HIGH with its schools: a duplicate is refused without its number (11405), and a student without association is Unknown instead of NoAccess", in "access.rs of the reference server";
    Gap "What is a duplicate when ASNs are linked, and what does unlinking do?"
        => "An enrolment in the same school and year from the same day, a responsible school from the same day, the same accommodation of the same school from the same day; unlinking moves and restores what linking moved and deleted", in "store/following.rs and numbers.rs of the reference server";
    Gap "When is a student's record scheduled for disposal?"
        => "September 1 of the birth year plus 18 plus 7, computed once when the ASN is made", in "rules::document::scheduled_disposal";
    Gap "When does PASI record a responsible school by itself?"
        => "Once a day: To Be Determined from the first day at a school other than the one last told; completion the day after grade 12 ended for who is 17 or older then; neither for a student of whom no responsible school was ever told, nor again after one was deleted", in "transitions.rs of the reference server";
    Gap "Which numbers refuse or warn of an accommodation?"
        => "Stand-ins 13990, 13991, 13992", in "rules/register/accommodation.rs";
    Inferred "Which end date does PASI compute for an accommodation?"
        => "The day before the next of the same kind and form at the same school begins, else none; the override stands before it", in "rules::accommodation::ends";
    "accommodation-by-year" as Conflict "Do accommodations and their status take a school year in IsDataAvailable?"
        => "The accommodation does not, its status does: that of the school year in which the accommodation begins", in "NotificationType::is_by_year";
    "document-by-year" as Conflict "Does StudentRecordDocument take a school year in IsDataAvailable?"
        => "No: a document has a school year only if its kind has, though the list of suffix-free types omits it", in "NotificationType::is_by_year";
    Conflict "How can a document be sent when a request has at most 65,536 bytes?"
        => "SubmitStudentRecordDocument alone may have 16 MiB; the SOAPAction says so beforehand", in "soap::DOCUMENT_CAP; Operation::request_cap";
    Gap "Which numbers refuse a document for what its kind asks?"
        => "Stand-ins 65190 to 65205; of the province's numbers 65031, 65045, 65075 and 65134 are judged", in "rules/register/document.rs";
    Inferred "Is a PDF with a password for its owner alone refused (65075)?"
        => "Every encrypted PDF is: whether it opens without a password is only known to who decrypts it", in "rules/document/pdf.rs";
    Gap "Which resolution and which level of PDF must a document have?"
        => "Neither is judged; it must be whole", in "rules/document/pdf.rs";
    Gap "Which kinds of documents are there, and how large may they be?"
        => "Eleven, of 10,240 KB at most", in "lists.rs of the reference server";
    Inferred "How is the file of a document read?"
        => "With IsImageRequested, and one document alone", in "messages/document.rs";
    Inferred "Which new documents are looked at for quality?"
        => "The next one whenever those the organization added of the kind are below the kind's ratio", in "rules::document::wants_quality_assurance";
    Gap "What do a document's quality and problem reports look like?"
        => "Acceptable or not with a comment; a kind of problem, a comment, and whether it is settled", in "messages/document.rs";
    Gap "How good is each source document type, and which institutions teach for credit, under which numbers?"
        => "Qualities 1 (the most) to 4; nineteen public institutions from number 7001 on", in "lists.rs of the reference server";
    Gap "What is a connection of the portal, and when is one suspended?"
        => "An account holder (student, guardian, third party) with a status; a third party's is suspended while any disclosure restriction is in force", in "messages/certificate.rs; ops/connections.rs of the reference server";
    Gap "What is left of a document that was disposed of?"
        => "Its record, deleted and without its file, which is never restored; and an entry with kind, id, days and who let it go", in "disposal.rs of the reference server";
    Gap "What does the certificate of an ASN say?"
        => "Legal name, number and day of issue, in both languages on one page", in "certificate.rs of the reference server";
    Gap "Which namespaces have the messages of documents, certificates and partner institutions?"
        => "V2018, V2018 and V2021", in "`in V…` in messages/";
};
