//! The fields a file may bring, by kind.

use crate::model::Kind;

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Of which kind of file.
    pub kind: Kind,
    /// Its name, in mappings and findings.
    pub name: &'static str,
    /// Without it no row can be taken.
    pub is_required: bool,
    /// Further headings it is known by, letters and digits alone.
    pub also: &'static [&'static str],
}

/// The fields of a kind, in the order they are offered.
pub fn fields_of(kind: Kind) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.kind == kind)
}

macro_rules! fields {
    ($($kind:ident { $($name:literal $($required:ident)? [$($also:literal),*];)+ })+) => {
        /// Every field.
        pub const FIELDS: &[Field] = &[$($(
            Field { kind: Kind::$kind, name: $name, is_required: fields!(@ $($required)?), also: &[$($also),*] },
        )+)+];
    };
    (@ required) => { true };
    (@) => { false };
}

fields! {
    Students {
        "local_number" ["studentnumber", "studentid", "localid", "numerolocal", "schoolstudentid"];
        "asn" ["albertastudentnumber", "stateprovinceid", "statestudentnumber", "numerodeleve", "nea"];
        "first_name" required ["firstname", "givenname", "legalfirstname", "prenom"];
        "middle_name" ["middlename", "secondprenom", "legalmiddlename"];
        "last_name" required ["lastname", "surname", "familyname", "legallastname", "nom", "nomdefamille"];
        "suffix" ["namesuffix"];
        "preferred_first_name" ["preferredname", "preferredfirstname", "nickname", "prenomusuel"];
        "preferred_last_name" ["preferredlastname"];
        "birth_date" required ["dob", "birthdate", "dateofbirth", "datedenaissance", "naissance"];
        "gender" required ["sex", "genre", "sexe"];
        "language_at_home" ["homelanguage", "language", "primarylanguage", "langue"];
        "other_language" ["otherlanguage", "secondlanguage", "autrelangue"];
        "first_language" ["firstlanguage", "mothertongue", "languepremiere", "languematernelle"];
        "letters_in" ["correspondencelanguage", "languageofcorrespondence", "languedecorrespondance"];
        "section23" ["section23eligibility", "section23status", "article23"];
        "citizenship" ["citizenshipstatus", "citoyennete"];
        "street" ["mailingstreet", "address", "mailingaddress", "rue", "adresse"];
        "city" ["mailingcity", "town", "ville"];
        "province" ["mailingstate", "state", "mailingprovince"];
        "postal_code" ["mailingzip", "zip", "postalcode", "mailingpostalcode", "codepostal"];
        "home_street" ["physicalstreet", "homestreet", "residencestreet"];
        "home_city" ["physicalcity", "homecity"];
        "home_province" ["physicalstate", "homestate", "homeprovince"];
        "home_postal_code" ["physicalzip", "homezip", "homepostalcode"];
        "phone" ["homephone", "telephone", "phonenumber"];
        "mobile_phone" ["cellphone", "cell", "mobile", "cellulaire"];
        "email" ["emailaddress", "studentemail", "courriel"];
        "guardian1_first_name" ["guardianfirstname", "parent1firstname", "motherfirst", "contact1firstname"];
        "guardian1_last_name" ["guardianlastname", "parent1lastname", "motherlast", "contact1lastname"];
        "guardian1_relationship" ["guardianrelationship", "parent1relationship", "contact1relationship"];
        "guardian1_phone" ["guardianphone", "parent1phone", "motherhomephone", "contact1phone"];
        "guardian1_mobile_phone" ["parent1cell", "mothercellphone", "parent1mobile"];
        "guardian1_email" ["guardianemail", "parent1email", "motheremail", "contact1email"];
        "guardian2_first_name" ["parent2firstname", "fatherfirst", "contact2firstname"];
        "guardian2_last_name" ["parent2lastname", "fatherlast", "contact2lastname"];
        "guardian2_relationship" ["parent2relationship", "contact2relationship"];
        "guardian2_phone" ["parent2phone", "fatherhomephone", "contact2phone"];
        "guardian2_mobile_phone" ["parent2cell", "fathercellphone", "parent2mobile"];
        "guardian2_email" ["parent2email", "fatheremail", "contact2email"];
        "school" ["schoolid", "schoolcode", "schoolnumber", "ecole"];
        "school_year" ["year", "yearid", "anneescolaire"];
        "grade" ["gradelevel", "niveau"];
        "homeroom" ["homeroomname", "classe"];
        "start" ["entrydate", "startdate", "enrolmentdate", "enrollmentdate", "entree"];
        "exit" ["exitdate", "enddate", "withdrawaldate", "sortie"];
        "enrolment_types" ["enrolmenttype", "types"];
        "grants" ["grantsprogramcode", "grantcodes"];
    }
    Contacts {
        "student_asn" ["asn", "albertastudentnumber", "stateprovinceid", "statestudentnumber"];
        "student_number" ["studentnumber", "localnumber", "studentid", "localid"];
        "first_name" required ["firstname", "contactfirstname", "guardianfirstname", "prenom"];
        "middle_name" ["middlename", "contactmiddlename", "secondprenom"];
        "last_name" required ["lastname", "contactlastname", "guardianlastname", "nom"];
        "suffix" ["namesuffix"];
        "relationship" required ["relation", "relationshiptype", "lien"];
        "home_phone" ["phone", "homephone", "telephone"];
        "mobile_phone" ["cell", "cellphone", "mobile", "mobilephone", "cellulaire"];
        "work_phone" ["workphone", "businessphone"];
        "email" ["emailaddress", "courriel"];
        "other_email" ["email2", "secondemail", "otheremail", "autrecourriel"];
        "language" ["langue"];
        "street" ["address", "adresse"];
        "city" ["ville"];
        "province" ["state"];
        "postal_code" ["zip", "postalcode", "codepostal"];
        "country" ["pays"];
        "call_order" ["order", "priority", "contactpriority", "rang"];
        "lives_with" ["liveswith", "resideswith"];
        "may_pick_up" ["pickup", "schoolpickup", "canpickup"];
        "is_emergency" ["emergency", "emergencycontact", "urgence"];
        "custody" ["hascustody", "custodial", "garde"];
        "portal_access" ["portal", "portalaccess", "allowwebaccess", "accesportail"];
        "effective_on" ["startdate", "effectivedate", "begins", "datedebut"];
        "expires_on" ["enddate", "expirydate", "ends", "datefin"];
    }
    Enrolments {
        "student_asn" ["asn", "albertastudentnumber", "stateprovinceid", "statestudentnumber"];
        "student_number" ["studentnumber", "localnumber", "studentid", "localid"];
        "school" required ["schoolid", "schoolcode", "schoolnumber", "ecole"];
        "school_year" ["year", "anneescolaire"];
        "grade" required ["gradelevel", "niveau"];
        "homeroom" ["homeroomname", "classe"];
        "start" required ["entrydate", "startdate", "entree"];
        "exit" ["exitdate", "enddate", "sortie"];
        "exit_kind" ["exittype", "exitkind"];
        "programming_type" ["programmingtype"];
        "programming_timeframe" ["timeframe"];
        "enrolment_types" ["enrolmenttype", "types"];
        "exceptions" ["exceptioncodes"];
        "grants" ["grantsprogramcode", "grantcodes"];
        "resident_board" ["residentboardcode", "board"];
        "percentage" ["programpercentage", "fte"];
        "french_hours" ["hoursinfrench"];
        "francophone_board" ["francophoneboardcode", "conseilfrancophone"];
        "indigenous_declaration" ["indigenous", "indigenousselfidentification", "fnmi", "autochtone"];
        "instruction_hours" ["hoursofinstruction", "instructionalhours", "heuresdenseignement"];
        "operating_schedule" ["calendarrefid", "operatingscheduleid", "horaireexploitation"];
        "source_change" ["sourcechangecode", "reasonforchange", "raisonmodification"];
    }
    Staff {
        "username" required ["login", "loginid", "teacherloginid", "user"];
        "first_name" ["firstname", "prenom"];
        "last_name" ["lastname", "nom"];
        "display_name" ["name", "fullname", "lastfirst"];
        "email" ["emailaddr", "emailaddress", "courriel"];
        "role" required ["roleid", "stafftype", "fonction"];
        "school" ["schoolid", "schoolcode", "homeschoolid", "ecole"];
        "from" ["startdate", "debut"];
    }
    Schools {
        "code" required ["schoolcode", "schoolnumber"];
        "name" required ["schoolname"];
        "authority" required ["schoolauthoritycode", "authoritycode"];
        "authority_name" ["schoolauthorityname", "authorityname"];
        "authority_kind" ["schoolauthoritycategory", "authoritytype"];
        "street" ["schooladdress1", "address"];
        "city" ["schoolcity"];
        "postal_code" ["schoolpostalcode"];
        "phone" ["schoolphone"];
        "ecs" ["ecstaught"];
        "elementary" ["elementarytaught"];
        "junior_high" ["juniorhightaught"];
        "senior_high" ["seniorhightaught"];
        "grade_1" ["grade1"]; "grade_2" ["grade2"]; "grade_3" ["grade3"]; "grade_4" ["grade4"];
        "grade_5" ["grade5"]; "grade_6" ["grade6"]; "grade_7" ["grade7"]; "grade_8" ["grade8"];
        "grade_9" ["grade9"]; "grade_10" ["grade10"]; "grade_11" ["grade11"]; "grade_12" ["grade12"];
        "total" [];
    }
}
