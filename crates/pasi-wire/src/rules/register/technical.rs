//! Technical rules and those shared by many operations (1 to 9999).

use super::rules;
use crate::rules::Rule;

pub(super) const RULES: &[Rule] = rules! {
    1001 Fault Technical "" (known) "The certificate is not known." | "Le certificat est inconnu." | "Error Reporting";
    1002 Fault Technical "" (known) "The certificate is disabled." | "Le certificat est désactivé." | "Error Reporting";
    1003 Fault Technical "" (known) "The PASI client is disabled." | "Le client PASI est désactivé." | "Error Reporting";
    1004 Fault Technical "" (known) "The certificate's information is not valid." | "Les renseignements du certificat ne sont pas valides." | "Error Reporting";
    1006 Fault Technical "" (known) "Calls from this address are not allowed." | "Les appels provenant de cette adresse ne sont pas autorisés." | "Error Reporting";
    1007 Fault Technical "" (known) "The PASI client does not have the role {role}." | "Le client PASI n’a pas le rôle {role}." | "Error Reporting";
    1008 Fault Technical "" (known) "The PASI client may not speak for {organization}." | "Le client PASI ne peut pas agir au nom de {organization}." | "KB/rule_1008";
    1009 Fault Technical "" (open NoMessage) "This service for exam marks is retired." | "Ce service des notes d’examen n’est plus offert." | "Error Reporting";
    2001 Fault Technical "" (known) "PASI is not available." | "PASI n’est pas disponible." | "Error Reporting";
    3001 Fault Technical "" "The request does not match the schema: {check}." | "La demande ne correspond pas au schéma : {check}." | "Error Reporting";
    3002 Rejection Technical "" "Not acceptable: {check}." | "Valeur non acceptée : {check}." | "Error Reporting; 1.4";
    3004 Rejection Common "" "The record was changed meanwhile: PASI has version {core}, version {client} was sent." | "La fiche a été modifiée entre-temps : PASI détient la version {core}, la version {client} a été envoyée." | "KB/rule_3004";
    3005 Fault Technical "" "{type} is not a notification type." | "{type} n’est pas un type d’avis." | "Error Reporting";
    3006 Fault Technical "" "{type} takes no school year." | "{type} n’accepte pas d’année scolaire." | "KB/is_data_available";
    3007 Fault Technical "" "A wait of {minutes} minutes is not allowed." | "Une attente de {minutes} minutes n’est pas permise." | "Error Reporting";
    3008 Fault Technical "" "{type} needs a school year." | "{type} exige une année scolaire." | "KB/is_data_available";
    4001 Rejection Technical "" (known) "PASI could not save the record." | "PASI n’a pas pu enregistrer la fiche." | "Error Reporting";
    4002 Fault Technical "" (open NoOccasion) "PASI took too long." | "PASI a mis trop de temps." | "Error Reporting";
    5001 Rejection Common "" (open NoMessage) "The organization is missing." | "L’organisme manque." | "Error Reporting";
    9001 Fault Common "" (known) "PASI met an unexpected problem." | "PASI a rencontré un problème imprévu." | "Error Reporting";
    9002 Rejection Common "asn" "No student has this Alberta Student Number." | "Aucun élève ne porte ce numéro d’élève de l’Alberta." | "Error Reporting";
    9003 Rejection Common "school" (known) "There is no school with code {code}." | "Aucune école ne porte le code {code}." | "Error Reporting";
    9004 Rejection Common "authority" (open NoMessage) "There is no school authority with code {code}." | "Aucune autorité scolaire ne porte le code {code}." | "Error Reporting";
    9006 Rejection Common "" (known) "The reference does not lead to a record." | "La référence ne mène à aucune fiche." | "Error Reporting";
    9008 Rejection Common "" (open NoMessage) "The preferred address is not valid." | "L’adresse préférée n’est pas valide." | "Error Reporting";
    9009 Rejection Common "asn" "This Alberta Student Number is deactivated." | "Ce numéro d’élève de l’Alberta est désactivé." | "Error Reporting";
    9010 Rejection Common "" (known) "The organization is not associated with the student." | "L’organisme n’est pas associé à l’élève." | "Error Reporting";
    9011 Rejection Common "asn" "This Alberta Student Number is secondary; the primary one is {primary}." | "Ce numéro d’élève de l’Alberta est secondaire; le numéro principal est {primary}." | "Error Reporting";
    9014 Rejection Common "" "PASI does not have version {client} yet; it can be sent again as it stands." | "PASI n’a pas encore la version {client}; l’envoi peut être répété tel quel." | "Error Reporting";
    9019 Rejection Common "" (known) "The organization {code} is not known." | "L’organisme {code} est inconnu." | "Error Reporting";
    9020 Rejection Common "" (known) "The organization may not do this." | "L’organisme n’est pas autorisé à le faire." | "Error Reporting";
    9023 Rejection Common "" "Nothing would change." | "Rien ne serait modifié." | "Error Reporting";
    9025 Rejection Common "" (open Meaning) "The organization may not do this for the student." | "L’organisme n’est pas autorisé à le faire pour cet élève." | "Error Reporting";
    9026 Rejection Common "" (open Meaning) "The organization may not do this for the record." | "L’organisme n’est pas autorisé à le faire pour cette fiche." | "Error Reporting";
    9030 Rejection Common "school_year" (known) "School year {year} is too old to be sent this way." | "L’année scolaire {year} est trop ancienne pour cet envoi." | "KB/rule_9030";
    9058 Rejection Common "asn" (open Meaning) "The student is not known, or not accessible to the organization." | "L’élève est inconnu ou inaccessible à l’organisme." | "KB/rule_9058";
};
