//! A practice province in plain structs, loaded in one piece: tens of
//! thousands of records a second, and no notification for those who load the
//! same records themselves. Its students may come one at a time, so that a
//! province of 800,000 never lies unpacked in memory.

use crate::ops::{new_record, with_computed};
use crate::store::{Associate, Change, Versioned as _, World};
use kernel::{Asn, Date, SchoolCode};
use pasi_wire::messages::{
    CitizenshipStatus, Course, CourseEnrolment, DiplomaExam, DisclosureRestriction, IdentificationRecord,
    MedicalAlert, ParentGuardian, ProvincialAchievementTest, ResponsibleSchool, School, SchoolAuthority,
    SchoolCalendarYear, Section, StudentAddress, StudentEmail, StudentName, StudentPhone,
    StudentSchoolEnrolment,
};

/// A province to begin with. Versions in the records are ignored and given anew.
#[derive(Debug, Clone, Default)]
pub struct Province {
    /// School authorities.
    pub authorities: Vec<SchoolAuthority>,
    /// Schools.
    pub schools: Vec<School>,
    /// Calendar years of schools.
    pub calendar_years: Vec<SchoolCalendarYear>,
    /// Courses; [`crate::catalogue`] has those of the practice province.
    pub courses: Vec<Course>,
    /// Diploma exams; [`crate::diploma_exams`] has those of the practice province.
    pub diploma_exams: Vec<DiplomaExam>,
    /// Achievement tests; [`crate::achievement_tests`] has those of the practice province.
    pub achievement_tests: Vec<ProvincialAchievementTest>,
    /// Students with their enrolments.
    pub students: Vec<SeedStudent>,
    /// Sections of schools.
    pub sections: Vec<Section>,
    /// Students in courses of those sections.
    pub course_enrolments: Vec<CourseEnrolment>,
}

/// A student to begin with.
#[derive(Debug, Clone)]
pub struct SeedStudent {
    /// ASN; twice the same is refused.
    pub asn: Asn,
    /// Legal name, birth date, gender and what proves them.
    pub identification: IdentificationRecord,
    /// Names besides the legal one.
    pub other_names: Vec<StudentName>,
    /// Addresses.
    pub addresses: Vec<StudentAddress>,
    /// Phone numbers.
    pub phones: Vec<StudentPhone>,
    /// E-mail addresses.
    pub emails: Vec<StudentEmail>,
    /// Citizenship.
    pub citizenship: Vec<CitizenshipStatus>,
    /// Section 23: Y, B or C.
    pub section23_eligibility: Option<String>,
    /// Language at home.
    pub language_at_home: Option<String>,
    /// Disclosure restrictions.
    pub disclosure_restrictions: Vec<DisclosureRestriction>,
    /// Medical alerts.
    pub medical_alerts: Vec<MedicalAlert>,
    /// Parents and guardians.
    pub guardians: Vec<ParentGuardian>,
    /// Enrolments; their ASN is set to this student's.
    pub enrolments: Vec<StudentSchoolEnrolment>,
    /// Responsible schools; their ASN is set to this student's.
    pub responsible_schools: Vec<ResponsibleSchool>,
    /// The day the ASN was made.
    pub created_on: Date,
}

impl SeedStudent {
    /// A student with an identity and nothing else.
    pub fn new(asn: Asn, identification: IdentificationRecord, created_on: Date) -> Self {
        Self {
            asn,
            identification,
            other_names: Vec::new(),
            addresses: Vec::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            citizenship: Vec::new(),
            section23_eligibility: None,
            language_at_home: None,
            disclosure_restrictions: Vec::new(),
            medical_alerts: Vec::new(),
            guardians: Vec::new(),
            enrolments: Vec::new(),
            responsible_schools: Vec::new(),
            created_on,
        }
    }
}

/// The versions given, in the order of the records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Of schools.
    pub schools: Vec<(SchoolCode, i64)>,
    /// Of students.
    pub students: Vec<(Asn, i64)>,
    /// How many enrolments there are.
    pub enrolments: usize,
    /// The highest version given: from here on `IsDataAvailable` tells only what
    /// happened later (core alerts among it).
    pub version: i64,
}

/// Why a province is not loaded. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// There are students already.
    #[error("the province holds {0} students already")]
    NotEmpty(usize),
    /// An enrolment names a school that is not there.
    #[error("there is no school {0}")]
    UnknownSchool(SchoolCode),
    /// An ASN is given to two students.
    #[error("two students have one ASN")]
    DoubleAsn,
    /// The disk failed.
    #[error("the province cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

/// Puts a province into a world without students, and gives every record its
/// version. When it fails, the world is good for nothing.
pub(crate) fn fill(
    world: &mut World,
    province: Province,
    students: impl IntoIterator<Item = SeedStudent>,
) -> Result<Seeded, SeedError> {
    if world.student_count() > 0 {
        return Err(SeedError::NotEmpty(world.student_count()));
    }
    let version = world.version();
    let mut loading = Loading {
        world,
        seeded: Seeded {
            version,
            ..Seeded::default()
        },
    };
    loading.organizations(province.authorities, province.schools, province.calendar_years);
    for course in province.courses {
        loading.put(course.into());
    }
    for exam in province.diploma_exams {
        loading.put(exam.into());
    }
    for test in province.achievement_tests {
        loading.put(test.into());
    }
    for student in province.students.into_iter().chain(students) {
        loading.student(student)?;
    }
    for section in province.sections {
        loading.put(section.into());
    }
    for enrolment in province.course_enrolments {
        loading.put(enrolment.into());
    }
    Ok(loading.seeded)
}

struct Loading<'a> {
    world: &'a mut World,
    seeded: Seeded,
}

impl Loading<'_> {
    fn put(&mut self, mut change: Change) -> i64 {
        self.seeded.version += 1;
        change.set_version(self.seeded.version);
        self.world.apply(change);
        self.seeded.version
    }

    fn organizations(
        &mut self,
        authorities: Vec<SchoolAuthority>,
        schools: Vec<School>,
        calendar_years: Vec<SchoolCalendarYear>,
    ) {
        for authority in authorities {
            self.put(authority.into());
        }
        for school in schools {
            let code = school.school_code;
            let version = self.put(school.into());
            self.seeded.schools.push((code, version));
        }
        for year in calendar_years {
            self.put(year.into());
        }
    }

    fn student(&mut self, seed: SeedStudent) -> Result<(), SeedError> {
        let asn = seed.asn;
        if self.world.has_student(asn) {
            return Err(SeedError::DoubleAsn);
        }
        let mut record = new_record(asn, seed.identification, seed.created_on);
        record.associates = self.associates(&seed.enrolments)?;
        let student = &mut record.student;
        if seed.other_names.iter().any(|name| name.is_preferred) {
            student
                .names
                .iter_mut()
                .for_each(|name| name.is_preferred = false);
        }
        student.names.extend(seed.other_names);
        student.addresses = seed.addresses;
        student.phones = seed.phones;
        student.emails = seed.emails;
        student.citizenship = seed.citizenship;
        student.section23_eligibility = seed.section23_eligibility;
        student.language_at_home = seed.language_at_home;
        student.disclosure_restrictions = seed.disclosure_restrictions;
        student.medical_alerts = seed.medical_alerts;
        student.guardians = seed.guardians;
        with_computed(student);
        let version = self.put(Change::Student(Box::new(record)));
        self.seeded.students.push((asn, version));
        for mut enrolment in seed.enrolments {
            enrolment.asn = asn;
            self.put(enrolment.into());
            self.seeded.enrolments += 1;
        }
        for mut responsible in seed.responsible_schools {
            responsible.asn = asn;
            self.put(responsible.into());
        }
        Ok(())
    }

    /// The authorities of the schools attended, each once.
    fn associates(&self, enrolments: &[StudentSchoolEnrolment]) -> Result<Vec<Associate>, SeedError> {
        let mut found: Vec<Associate> = Vec::new();
        for enrolment in enrolments {
            let code = enrolment.school_code;
            if self.world.get::<School>(code).is_none() {
                return Err(SeedError::UnknownSchool(code));
            }
            if let Some(authority) = self.world.authority_of(code)
                && !found.iter().any(|associate| associate.authority == authority)
            {
                found.push(Associate { authority, since: 0 });
            }
        }
        Ok(found)
    }
}
