//! Rules of certificates (60000s) and of documents (64990 to 65140). What most
//! of the province's numbers mean is not published; 65190 to 65205 stand in.

use super::rules;
use crate::rules::Rule;

pub(super) const RULES: &[Rule] = rules! {
    60002 Rejection Student "asn" "This Alberta Student Number is secondary; the certificate is that of {primary}." | "Ce numéro d’élève de l’Alberta est secondaire; l’attestation est celle du {primary}." | "2.2 GetAsnCertificate";
    60003 Rejection Student "asn" "This Alberta Student Number is deactivated; it has no certificate." | "Ce numéro d’élève de l’Alberta est désactivé; il n’a pas d’attestation." | "2.2 GetAsnCertificate";
    60095 Rejection Student "asn" (open NoMessage) "A report about many students leaves out those with a disclosure restriction." | "Un rapport visant plusieurs élèves exclut ceux dont la divulgation est restreinte." | "2.6 GetStudentTranscriptDetail";
    65001 Rejection Document "" (open NoMessage) "Documents of this kind exist; whether they belong to a school year cannot change." | "Des documents de ce type existent; leur lien à une année scolaire ne peut plus changer." | "KB/rule_65xxx";
    65031 Rejection Student "source_document_type" "A source document type or a stored identity document is needed." | "Un type de document source ou un document d’identité conservé est requis." | "KB/submit_identification_information";
    65045 Rejection Document "relevant" "Document {document}, which shall not be relevant any more, was changed meanwhile: PASI has version {core}, version {client} was sent." | "Le document {document}, qui ne doit plus être pertinent, a été modifié entre-temps : PASI détient la version {core}, la version {client} a été envoyée." | "KB/submit_student_record_document";
    65058 Rejection Document "asn" (open NoMessage) "The waybill names an Alberta Student Number that nobody has; the whole submission is refused." | "Le bordereau nomme un numéro d’élève de l’Alberta que personne ne porte; tout l’envoi est refusé." | "KB/managing_digital_student_documents";
    65066 Rejection Document "document_type" (open NoMessage) "The waybill names a kind of document that does not exist; the whole submission is refused." | "Le bordereau nomme un type de document qui n’existe pas; tout l’envoi est refusé." | "KB/managing_digital_student_documents";
    65067 Rejection Document "" (open NoMessage) "Only a submission that was processed can be taken back." | "Seul un envoi traité peut être annulé." | "KB/managing_digital_student_documents";
    65075 Rejection Document "image" "The file is protected by a password." | "Le fichier est protégé par un mot de passe." | "KB/submit_student_record_document";
    65134 Rejection Student "identity_document" "The document is no identity document." | "Le document n’est pas une pièce d’identité." | "KB/rule_65134";
    65190 Rejection Document "document_type" "There is no kind of document {kind}." | "Il n’existe pas de type de document {kind}." | "KB/student_document; number is a stand-in";
    65191 Rejection Document "document_type" "Documents of this kind are taken from {first} to {last} only." | "Les documents de ce type sont acceptés du {first} au {last} seulement." | "API/202df1a3; number is a stand-in";
    65192 Rejection Document "document_type" "Only the ministry adds documents of this kind." | "Seul le ministère ajoute des documents de ce type." | "API/202df1a3; number is a stand-in";
    65193 Rejection Document "document_date" "A document of this kind needs its date." | "Un document de ce type exige sa date." | "API/202df1a3; number is a stand-in";
    65194 Rejection Document "expiry_date" "A document of this kind needs its last day." | "Un document de ce type exige sa date d’expiration." | "API/202df1a3; number is a stand-in";
    65195 Rejection Document "school_year" "A document of this kind needs its school year; one of another kind has none." | "Un document de ce type exige son année scolaire; un autre n’en a pas." | "API/202df1a3; number is a stand-in";
    65196 Rejection Document "image" "A new document comes with its file; afterwards the file is never changed." | "Un nouveau document est accompagné de son fichier; le fichier ne change plus ensuite." | "KB/student_document; number is a stand-in";
    65197 Rejection Document "image" "The file is not a whole PDF." | "Le fichier n’est pas un PDF complet." | "KB/submit_student_record_document; number is a stand-in";
    65198 Rejection Document "image" "The file has {size} KB; a document of this kind has at most {most} KB." | "Le fichier compte {size} Ko; un document de ce type en compte au plus {most}." | "API/202df1a3; number is a stand-in";
    65199 Rejection Document "relevant" "Document {document} of this kind is relevant; it must be named as no longer so." | "Le document {document} de ce type est pertinent; il faut le nommer comme ne l’étant plus." | "KB/submit_student_record_document; number is a stand-in";
    65200 Rejection Document "" "Only the organization that added the document changes it." | "Seul l’organisme qui a ajouté le document le modifie." | "KB/student_document; number is a stand-in";
    65201 Rejection Document "document_type" "The kind of a document and the student it is about are never changed." | "Le type d’un document et l’élève visé ne changent jamais." | "KB/student_document; number is a stand-in";
    65202 Rejection Document "quality" "Nobody is asked to look at the quality of this document." | "Personne n’est appelé à vérifier la qualité de ce document." | "KB/student_record_documents; number is a stand-in";
    65203 Rejection Document "comment" "What is wrong must be said." | "Il faut dire ce qui ne va pas." | "KB/student_record_documents; number is a stand-in";
    65204 Rejection Document "" "Only the organization that told of the problem, or the one that added the document, settles it." | "Seul l’organisme qui a signalé le problème ou celui qui a ajouté le document le règle." | "KB/student_record_documents; number is a stand-in";
    65205 Rejection Document "" (known) "The document was disposed of and cannot come back." | "Le document a été éliminé et ne peut pas revenir." | "KB/student_record_documents; number is a stand-in";
};
