//! Rules of students, responsible schools and answers to alerts (11000 to 12999).

use super::rules;
use crate::rules::Rule;

pub(super) const RULES: &[Rule] = rules! {
    11012 Advice Student "state_province" "{province} is not in {country}." | "{province} ne se trouve pas dans ce pays : {country}." | "KB/submit_student_address";
    11090 Advice Student "gender" "The student is enrolled, and the gender is not known." | "L’élève est inscrit, et son genre n’est pas connu." | "KB/managing_student_information; number is a stand-in";
    11351 Rejection Student "asn" (known) "Alberta Student Numbers are given by PASI alone." | "Les numéros d’élève de l’Alberta sont attribués par PASI seulement." | "KB/alberta_student_number_student";
    11404 Rejection Student "" "A student with this name and birth date exists: {asn}." | "Un élève ayant ce nom et cette date de naissance existe : {asn}." | "KB/creating_students";
    11405 Rejection Student "" "The student cannot be created; contact the ministry." | "L’élève ne peut pas être créé; communiquez avec le ministère." | "KB/rule_11405";
    11621 Advice ResponsibleSchool "transition_reason" "The reason for the change of school is still to be determined." | "Le motif du changement d’école reste à déterminer." | "KB/rule_11621";
    11626 Rejection ResponsibleSchool "transition_reason" "{reason} is set by PASI alone." | "{reason} est attribué par PASI seulement." | "KB/add_school_transition";
    11690 Rejection ResponsibleSchool "effective_date" "There is a responsible school from {date} on already." | "Une école responsable figure déjà à compter du {date}." | "KB/add_school_transition; number is a stand-in";
    11691 Rejection ResponsibleSchool "school" "The record next to it in time names the same school." | "La fiche voisine dans le temps nomme la même école." | "KB/add_school_transition; number is a stand-in";
    11692 Rejection ResponsibleSchool "transition_reason" "{reason} is not a reason for {has}." | "{reason} n’est pas un motif pour {has}." | "KB/get_code_value_relationships; number is a stand-in";
    11693 Rejection ResponsibleSchool "school" "A responsible school must be named." | "Une école responsable doit être nommée." | "KB/add_school_transition; number is a stand-in";
    12000 Rejection Acknowledgement "" "There is no alert {alert} on this record." | "Aucune alerte {alert} ne figure sur cette fiche." | "KB/core_alerts_overview";
    12001 Rejection Acknowledgement "" "Alert {alert} has other values meanwhile." | "L’alerte {alert} a d’autres valeurs entre-temps." | "KB/core_alerts_overview";
    12002 Rejection Acknowledgement "" "A warning cannot be acknowledged; it must be fixed." | "Un avertissement ne peut pas être accepté; il doit être corrigé." | "KB/core_alerts_overview";
    12003 Rejection Acknowledgement "" "Only the ministry overrides an alert, and only a warning." | "Seul le ministère passe outre à une alerte, et seulement à un avertissement." | "KB/core_alerts_overview";
    12004 Rejection Acknowledgement "" "Alert {alert} stands at {status} already." | "L’alerte {alert} porte déjà l’état {status}." | "KB/core_alerts_overview";
    12005 Rejection Acknowledgement "" (known) "The record of the alert is not known." | "La fiche de l’alerte est inconnue." | "KB/core_alerts_overview";
    12006 Rejection Student "source_document_type" "This source document type cannot be submitted." | "Ce type de document source ne peut pas être envoyé." | "KB/submit_identification_information";
};
