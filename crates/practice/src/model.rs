//! What a practice division is made of. Codes are texts of the province's
//! code sets, named at each field; people are linked by their places in the
//! family, so that siblings share guardians and households.

use kernel::{Asn, AuthorityCode, Date, Grade, PersonName, Role, SchoolCode, SchoolYear};

/// A school authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeAuthority {
    /// Code.
    pub code: AuthorityCode,
    /// Official name: `The Fort McMurray School Division`.
    pub name: String,
    /// Code of `AuthorityType`: `Public`, `Separate`, `Francophone` …
    pub category: String,
    /// City of its office; empty when the directory does not know it.
    pub city: String,
}

impl PracticeAuthority {
    /// The name as it is said: `Fort McMurray School Division`.
    pub fn short_name(&self) -> &str {
        self.name.strip_prefix("The ").unwrap_or(&self.name)
    }
}

/// A school with its official counts, scaled to the size asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeSchool {
    /// Code.
    pub code: SchoolCode,
    /// Official name.
    pub name: String,
    /// Address of the school; of the authority's city when the directory of 2021 does not know it.
    pub address: PracticeAddress,
    /// Invented telephone number, ten digits.
    pub phone: String,
    /// Students in ECS and grades 1 to 12.
    pub counts: [u32; 13],
    /// Codes of `SchoolProgram` it offers.
    pub programs: Vec<&'static str>,
    /// Degrees north, in millionths.
    pub latitude_micro: Option<i32>,
    /// Degrees east, in millionths.
    pub longitude_micro: Option<i32>,
}

impl PracticeSchool {
    /// Students in all grades.
    pub fn students(&self) -> u32 {
        self.counts.iter().sum()
    }
    /// The grades with students.
    pub fn grades(&self) -> impl Iterator<Item = Grade> {
        Grade::ALL
            .iter()
            .zip(self.counts)
            .filter(|(_, count)| *count > 0)
            .map(|(grade, _)| *grade)
    }
    /// Does it offer the program?
    pub fn offers(&self, program: &str) -> bool {
        self.programs.contains(&program)
    }
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeStaff {
    /// Stays the same for the same authority and seed; ids derive from it.
    pub key: String,
    /// Name.
    pub name: PersonName,
    /// Role in the product.
    pub role: Role,
    /// The school; none for the division office.
    pub school: Option<SchoolCode>,
    /// Invented address at example.ca, unique in the division.
    pub email: String,
    /// Invented telephone number, ten digits.
    pub phone: String,
    /// A teacher's homeroom, such as `4B`.
    pub homeroom: Option<String>,
}

/// One family: its households, its adults and its children in the division.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeFamily {
    /// Stays the same for the same authority and seed; ids derive from it.
    pub key: String,
    /// Homes; a second one when the parents live apart.
    pub households: Vec<PracticeHousehold>,
    /// Parents, guardians and emergency contacts.
    pub adults: Vec<PracticeAdult>,
    /// Children enrolled in the division; at least one.
    pub students: Vec<PracticeStudent>,
}

/// A home.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeHousehold {
    /// Where it stands.
    pub physical: PracticeAddress,
    /// Where mail goes; the same but for homes in the country.
    pub mailing: PracticeAddress,
    /// Home telephone, ten digits; many have none.
    pub home_phone: Option<String>,
    /// Since when.
    pub since: Date,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeAddress {
    /// Code of `AddressFormat`.
    pub format: &'static str,
    /// Street, post office box, rural address or legal land description.
    pub street: String,
    /// City or hamlet.
    pub city: String,
    /// Code of `Province`.
    pub province: &'static str,
    /// `A9A 9A9`; empty for a legal land description.
    pub postal_code: String,
    /// Code of `Country`.
    pub country: &'static str,
}

/// A parent, guardian or emergency contact; siblings share them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeAdult {
    /// Stays the same for the same authority and seed.
    pub key: String,
    /// Name.
    pub name: PersonName,
    /// Place of the home in the family; none for a contact who lives elsewhere.
    pub household: Option<usize>,
    /// Mobile telephone, ten digits.
    pub mobile: Option<String>,
    /// Work telephone, ten digits.
    pub work_phone: Option<String>,
    /// Extension of the work telephone, digits.
    pub work_extension: Option<String>,
    /// Invented address at example.ca, unique in the division.
    pub email: Option<String>,
    /// Code of `LanguageAtHome`.
    pub language: &'static str,
}

kernel::text_enum! {
    /// What the law or the family's arrangement gives an adult for a child.
    pub enum Custody {
        /// Guardian without limits.
        Full = "full",
        /// Shared between two homes.
        Shared = "shared",
        /// Visits and information, no decisions.
        AccessOnly = "access-only",
        /// No contact by order of a court.
        NoContact = "no-contact",
        /// Not a guardian: a contact for emergencies.
        Contact = "contact",
    }
}

/// What one adult is to one student.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four boxes of a registration form, each ticked alone"
)]
pub struct PracticeTie {
    /// Place of the adult in the family.
    pub adult: usize,
    /// Code of `GuardianRelationship`.
    pub relationship: &'static str,
    /// Rights.
    pub custody: Custody,
    /// Does the student live with the adult?
    pub lives_with: bool,
    /// May the adult pick the student up?
    pub may_pick_up: bool,
    /// Order in which the school calls, from 1.
    pub call_order: u8,
    /// Is the adult to see the student in the family portal?
    pub portal: bool,
    /// Does mail go to the adult?
    pub receives_mail: bool,
}

/// A student.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeStudent {
    /// Stays the same for the same authority and seed; ids derive from it.
    pub key: String,
    /// Alberta Student Number; begins with 999.
    pub asn: Asn,
    /// The division's own number, six to eight digits.
    pub local_number: String,
    /// Legal name; last name `LNU` for a person with one name.
    pub name: PersonName,
    /// The name the student goes by, when it is another.
    pub preferred: Option<PersonName>,
    /// An earlier name on record.
    pub former: Option<PersonName>,
    /// Date of birth.
    pub birth_date: Date,
    /// Code of `Gender`.
    pub gender: &'static str,
    /// The document the name was read from.
    pub identity: PracticeIdentity,
    /// Citizenship.
    pub citizenship: PracticeCitizenship,
    /// Code of `Section23Eligibility`.
    pub section23: &'static str,
    /// Does an eligible family exercise the right?
    pub exercises_section23: bool,
    /// Code of `LanguageAtHome`.
    pub language: &'static str,
    /// Code of `FNMIDeclaration`, given by a few families of their own will.
    pub indigenous: Option<&'static str>,
    /// Place of the home in the family.
    pub household: usize,
    /// Place of the second home, for a child who lives in two.
    pub second_household: Option<usize>,
    /// The student's own telephone, ten digits.
    pub mobile: Option<String>,
    /// Invented address at example.ca, unique in the division.
    pub email: Option<String>,
    /// Medical alerts.
    pub medical: Vec<PracticeMedicalAlert>,
    /// Custody, caution and independence, shown before details.
    pub restrictions: Vec<PracticeRestriction>,
    /// Decides for themself under section 6 of the Education Act.
    pub independent: bool,
    /// One of two born on the same day.
    pub twin: bool,
    /// Adults, in calling order.
    pub ties: Vec<PracticeTie>,
    /// The enrolment of the school year.
    pub enrolment: PracticeEnrolment,
    /// The province's rule this record breaks on purpose, for the work queue.
    pub deliberate: Option<u16>,
}

/// The document a name and a birth date were read from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeIdentity {
    /// Code of `SourceDocumentType`.
    pub kind: &'static str,
    /// Last four characters of its number.
    pub last_four: String,
    /// Does it spell the name exactly so?
    pub exact_name: bool,
    /// End of a document that ends.
    pub expires: Option<Date>,
}

/// A citizenship.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeCitizenship {
    /// Code of `CitizenshipStatus`.
    pub status: &'static str,
    /// Code of `Country`.
    pub country: String,
    /// Since when.
    pub effective: Date,
    /// End of the permit, when it ends.
    pub expires: Option<Date>,
}

/// A medical alert.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeMedicalAlert {
    /// What it is.
    pub condition: &'static str,
    /// Is it a danger to life?
    pub life_threatening: bool,
    /// What to do.
    pub action: &'static str,
    /// Medication and where it is; empty when there is none.
    pub medication: &'static str,
}

/// A disclosure restriction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeRestriction {
    /// Code of `DisclosureRestriction`.
    pub code: &'static str,
    /// In words.
    pub details: String,
    /// From.
    pub effective: Date,
    /// Until.
    pub expires: Option<Date>,
}

/// A school enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeEnrolment {
    /// School.
    pub school: SchoolCode,
    /// School year.
    pub year: SchoolYear,
    /// Grade.
    pub grade: Grade,
    /// First day.
    pub start: Date,
    /// Last day expected.
    pub exit: Date,
    /// Code of `ExitDateType`.
    pub exit_type: &'static str,
    /// Code of `ProgrammingType`.
    pub programming: &'static str,
    /// Code of `ProgrammingTimeframe`.
    pub timeframe: &'static str,
    /// Share given by the school in per cent, for home education and shared responsibility.
    pub program_percentage: Option<u8>,
    /// Hours of instruction in the year.
    pub hours: u16,
    /// Hours in French, when a grants program code asks for them.
    pub french_hours: Option<u16>,
    /// The board the student resides in, when a grants program code asks for it.
    pub resident_board: Option<AuthorityCode>,
    /// Codes of `EnrolmentType`, at most 3.
    pub enrolment_types: Vec<&'static str>,
    /// Codes of `ExceptionCode`, at most 2.
    pub exceptions: Vec<&'static str>,
    /// Codes of `GrantsProgramCode`, at most 3.
    pub grants: Vec<&'static str>,
    /// Homeroom, such as `4B`.
    pub homeroom: String,
}
