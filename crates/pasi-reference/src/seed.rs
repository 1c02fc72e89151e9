//! A practice province in plain structs, loaded in one piece: tens of
//! thousands of records a second, and no notification for those who load the
//! same records themselves.

use crate::ops::{new_record, with_computed};
use crate::store::{Associate, Change, Versioned, World};
use kernel::{Asn, AuthorityCode, Date, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    CitizenshipStatus, Course, DiplomaExam, DisclosureRestriction, IdentificationRecord, MedicalAlert,
    ParentGuardian, ResponsibleSchool, School, SchoolAuthority, SchoolCalendarYear, StudentAddress,
    StudentEmail, StudentName, StudentPhone, StudentSchoolEnrolment,
};
use uuid::Uuid;

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
    /// Diploma exams.
    pub diploma_exams: Vec<DiplomaExam>,
    /// Students with their enrolments.
    pub students: Vec<SeedStudent>,
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
    /// Of authorities.
    pub authorities: Vec<(AuthorityCode, i64)>,
    /// Of schools.
    pub schools: Vec<(SchoolCode, i64)>,
    /// Of calendar years.
    pub calendar_years: Vec<(SchoolCode, SchoolYear, i64)>,
    /// Of students.
    pub students: Vec<(Asn, i64)>,
    /// Of enrolments.
    pub enrolments: Vec<(Uuid, i64)>,
    /// Of responsible schools.
    pub responsible_schools: Vec<(Uuid, i64)>,
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

/// Gives every record its version.
pub(crate) fn changes(world: &World, province: Province) -> Result<(Vec<Change>, Seeded), SeedError> {
    if world.student_count() > 0 {
        return Err(SeedError::NotEmpty(world.student_count()));
    }
    let mut loading = Loading {
        changes: Vec::with_capacity(province.students.len() * 3),
        seeded: Seeded {
            version: world.version(),
            ..Seeded::default()
        },
        authority_of: std::collections::HashMap::new(),
        asns: std::collections::HashSet::new(),
    };
    loading.organizations(province.authorities, province.schools, province.calendar_years);
    for course in province.courses {
        loading.put(course.into());
    }
    for exam in province.diploma_exams {
        loading.put(exam.into());
    }
    for student in province.students {
        loading.student(student)?;
    }
    Ok((loading.changes, loading.seeded))
}

struct Loading {
    changes: Vec<Change>,
    seeded: Seeded,
    authority_of: std::collections::HashMap<SchoolCode, Option<AuthorityCode>>,
    asns: std::collections::HashSet<Asn>,
}

impl Loading {
    fn put(&mut self, mut change: Change) -> i64 {
        self.seeded.version += 1;
        change.set_version(self.seeded.version);
        self.changes.push(change);
        self.seeded.version
    }

    fn organizations(
        &mut self,
        authorities: Vec<SchoolAuthority>,
        schools: Vec<School>,
        calendar_years: Vec<SchoolCalendarYear>,
    ) {
        for authority in authorities {
            let code = authority.authority_code;
            let version = self.put(authority.into());
            self.seeded.authorities.push((code, version));
        }
        for school in schools {
            let code = school.school_code;
            let latest = school
                .authorities
                .iter()
                .max_by_key(|period| period.effective_date);
            self.authority_of
                .insert(code, latest.map(|period| period.authority_code));
            let version = self.put(school.into());
            self.seeded.schools.push((code, version));
        }
        for year in calendar_years {
            let (school, ends) = (year.school_code, year.school_year);
            let version = self.put(year.into());
            self.seeded.calendar_years.push((school, ends, version));
        }
    }

    fn student(&mut self, seed: SeedStudent) -> Result<(), SeedError> {
        let asn = seed.asn;
        if !self.asns.insert(asn) {
            return Err(SeedError::DoubleAsn);
        }
        let mut record = new_record(asn, seed.identification, seed.created_on);
        for enrolment in &seed.enrolments {
            let code = enrolment.school_code;
            let of = self
                .authority_of
                .get(&code)
                .ok_or(SeedError::UnknownSchool(code))?;
            if let Some(authority) = *of
                && !record
                    .associates
                    .iter()
                    .any(|associate| associate.authority == authority)
            {
                record.associates.push(Associate { authority, since: 0 });
            }
        }
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
            let ref_id = enrolment.ref_id;
            let version = self.put(enrolment.into());
            self.seeded.enrolments.push((ref_id, version));
        }
        for mut responsible in seed.responsible_schools {
            responsible.asn = asn;
            let ref_id = responsible.ref_id;
            let version = self.put(responsible.into());
            self.seeded.responsible_schools.push((ref_id, version));
        }
        Ok(())
    }
}
