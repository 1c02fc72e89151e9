//! The register of the rules of this domain.

use kernel::Severity;

/// A rule: its code, weight, sentence and source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// `LP-02nn`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The sentence in English; `{name}` stands for an argument.
    pub text_en: &'static str,
    /// The sentence in French.
    pub text_fr: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// The rule with a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

macro_rules! rules {
    ($($code:literal $severity:ident $en:literal $fr:literal $source:literal;)+) => {
        /// Every rule of the domain.
        pub const RULES: &[Rule] = &[$(Rule {
            code: $code, severity: Severity::$severity, text_en: $en, text_fr: $fr, source: $source,
        }),+];
    };
}

rules! {
    "LP-0205" Refuse "The birth date lies in the future." "La date de naissance est dans l’avenir." "PASI 4.4";
    "LP-0206" Refuse "The birth date lies before 1900." "La date de naissance est antérieure à 1900." "Lodgepole";
    "LP-0207" Refuse "Choose the gender; Unknown when it is not known." "Choisissez le genre; Inconnu s’il n’est pas connu." "PASI 4.4: unknown is mandatory when not known";
    "LP-0208" Refuse "Exactly one name is the one gone by." "Exactement un nom est celui d’usage." "PASI 4.4: exactly one preferred name";
    "LP-0209" Refuse "Not a code of Section 23 eligibility." "N’est pas un code d’admissibilité à l’article 23." "PASI 5.2";
    "LP-0210" Refuse "Not a language of the list." "N’est pas une langue de la liste." "PASI 5.2";
    "LP-0211" Refuse "Not a document of the list." "N’est pas un document de la liste." "PASI 5.2";
    "LP-0212" Refuse "Only the last four letters or digits of the document." "Seulement les quatre derniers caractères du document." "PASI field: last four characters";
    "LP-0213" Refuse "The date of death lies in the future." "La date du décès est dans l’avenir." "Lodgepole";
    "LP-0214" Refuse "The date of death lies before the birth date." "La date du décès précède la naissance." "Lodgepole";
    "LP-0215" Refuse "Exactly one name is the legal one; it is changed, not removed." "Exactement un nom est le nom légal; il se modifie mais ne se supprime pas." "PASI 4.4";
    "LP-0216" Note "A gender-related name: the legal name is shown until the guardians were told and, under 16, consented in writing." "Nom lié au genre : le nom légal est affiché tant que les tuteurs n’ont pas été avisés et, avant 16 ans, n’ont pas consenti par écrit." "Education Act, names and pronouns, in force 2025-09-01";
    "LP-0217" Refuse "This ASN is already another student’s." "Ce numéro d’élève appartient déjà à un autre élève." "PASI 4.1";
    "LP-0218" Refuse "This local number is taken." "Ce numéro local est déjà pris." "Lodgepole";
    "LP-0219" Refuse "A student of this name and birth date is already here, without an Alberta Student Number." "Un élève de ce nom et de cette date de naissance est déjà ici, sans numéro d’élève de l’Alberta." "PASI 4.3, the test behind rule 11404";
    "LP-0220" Refuse "This format is not for this kind of address." "Ce format ne convient pas à ce genre d’adresse." "PASI 4.5";
    "LP-0222" Refuse "Type the city." "Tapez la ville." "PASI 4.5";
    "LP-0226" Refuse "The country does not fit the format." "Le pays ne correspond pas au format." "PASI 4.5";
    "LP-0227" Refuse "A land description reads quarter-section-township-range-meridian: NW-12-082-05-W6." "Une description de terrain se lit quart-section-canton-rang-méridien : NW-12-082-05-W6." "Alberta Township Survey System";
    "LP-0228" Refuse "It ends before it begins ({effective})." "La fin précède le début ({effective})." "PASI 1.9: expiry later than effective";
    "LP-0229" Refuse "At most {most} letters." "Au plus {most} lettres." "Column lengths";
    "LP-0233" Refuse "A number from elsewhere has 8 to 15 digits." "Un numéro d’ailleurs compte de 8 à 15 chiffres." "ITU-T E.164";
    "LP-0232" Refuse "Not a kind of phone." "N’est pas un genre de téléphone." "PASI 5.2";
    "LP-0236" Refuse "Choose the kind of e-mail." "Choisissez le genre de courriel." "Lodgepole";
    "LP-0237" Warn "Two addresses of the same kind begin on the same day." "Deux adresses du même genre commencent le même jour." "PASI 4.5: expiry derives from the next address";
    "LP-0240" Refuse "Not a citizenship status." "N’est pas un statut de citoyenneté." "PASI 4.6";
    "LP-0241" Refuse "Not a country of the list." "N’est pas un pays de la liste." "ISO 3166-1";
    "LP-0246" Refuse "Type what everyone must read." "Tapez ce que chacun doit lire." "PASI 4.8: made aware before details";
    "LP-0247" Refuse "Choose the kind of restriction." "Choisissez le genre de restriction." "PASI 4.8";
    "LP-0250" Refuse "Type the alert." "Tapez l’alerte." "Lodgepole";
    "LP-0251" Refuse "Type what to do." "Tapez ce qu’il faut faire." "Lodgepole";
    "LP-0252" Refuse "Choose how grave it is." "Choisissez la gravité." "Lodgepole";
    "LP-0270" Refuse "Choose a picture." "Choisissez une image." "Lodgepole";
    "LP-0271" Refuse "Only a JPEG, PNG or WebP picture." "Seulement une image JPEG, PNG ou WebP." "Lodgepole: judged by content, not by name";
    "LP-0272" Refuse "At most {bytes} MB and {pixels} million pixels." "Au plus {bytes} Mo et {pixels} millions de pixels." "Lodgepole";
    "LP-0273" Refuse "This picture is damaged: it cannot be read to its end." "Cette image est endommagée : elle ne peut être lue jusqu’à la fin." "Lodgepole";
    "LP-0262" Refuse "Choose the relationship." "Choisissez le lien." "PASI 4.7";
    "LP-0263" Refuse "Two contacts have the same place in the calling order." "Deux contacts ont le même rang d’appel." "Lodgepole";
    "LP-0264" Refuse "The calling order is a number from 0 to 99." "Le rang d’appel est un nombre de 0 à 99." "Lodgepole";
    "LP-0265" Refuse "A court forbids contact: no pick-up, no access to the family pages." "Un tribunal interdit le contact : ni ramassage, ni accès aux pages des familles." "Lodgepole";
    "LP-0267" Refuse "{name} is on file with this phone or e-mail: choose the person instead of typing it again." "{name} est au dossier avec ce téléphone ou ce courriel : choisissez la personne au lieu de la retaper." "Lodgepole";
    "LP-0268" Warn "A Canadian postal code reads A1A 1A1." "Un code postal canadien se lit A1A 1A1." "Canada Post, Addressing Guidelines";
    "LP-0269" Warn "Not a province or state of the list." "N’est pas une province ou un État de la liste." "PASI 5.2";
    "LP-0280" Refuse "Name the list." "Nommez la liste." "Lodgepole";
    "LP-0281" Refuse "At most {most} letters." "Au plus {most} lettres." "Lodgepole";
    "LP-0282" Refuse "Another of your lists has this name." "Une autre de vos listes porte ce nom." "Lodgepole";
    "LP-0283" Refuse "Choose the school to share it with." "Choisissez l’école avec qui la partager." "Lodgepole";
    "LP-0284" Refuse "At most {most} columns." "Au plus {most} colonnes." "Lodgepole";
    "LP-0285" Refuse "One to twenty letters, digits or signs - . / _" "De un à vingt lettres, chiffres ou signes - . / _" "Lodgepole";
    "LP-0287" Refuse "Choose why the name changes from the list." "Choisissez dans la liste la raison du changement de nom." "PASI 2.2: SourceChangeCode of SubmitName";
    "LP-0286" Refuse "This is the language at home already." "C’est déjà la langue parlée à la maison." "Lodgepole";
    "LP-0266" Refuse "This person already is a contact of the student." "Cette personne est déjà un contact de l’élève." "Lodgepole";
}
