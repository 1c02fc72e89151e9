//! What a person at the province's desk sees and decides. The console's pages
//! are made from it; it is no client, and needs no certificate.

use crate::clients::{Client, NewClient};
use crate::outside::{Outside, OutsideError};
use crate::pki::{Credentials, PkiError, Validity};
use crate::state::State;
use crate::store::{StudentRecord, World};
use crate::{Call, Trouble, console};
use kernel::text::fold;
use kernel::{Asn, AuthorityCode, Date, Instant, OrganizationCode, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    CodeValue, CourseEnrolment, RecordStatus, ResponsibleSchool, School, SchoolAuthority, SchoolCalendarYear,
    SchoolYearConfiguration, Section, Student, StudentSchoolEnrolment, StudentStatus,
};
use std::sync::{Arc, PoisonError};

/// The province's desk. Cheap to clone.
#[derive(Clone)]
pub struct Ministry(pub(crate) Arc<State>);

/// How the province stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overview {
    /// Highest version given so far.
    pub version: i64,
    /// How many students there are.
    pub students: usize,
    /// How many schools.
    pub schools: usize,
    /// How many authorities.
    pub authorities: usize,
    /// Long polls that wait now.
    pub polls: usize,
    /// Records that wait for the status processors.
    pub to_judge: usize,
}

/// What a student is looked for by; everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Parts of names, in any order, without accents; or an ASN.
    pub words: String,
    /// The birth date.
    pub born: Option<Date>,
}

/// Everything about a student.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The person, with nothing held back.
    pub student: Student,
    /// The authority that made the ASN.
    pub created_by: Option<AuthorityCode>,
    /// When it was made.
    pub created_on: Date,
    /// Authorities that are or were associated.
    pub associates: Vec<AuthorityCode>,
    /// What the processor found about the person.
    pub status: Option<StudentStatus>,
    /// Enrolments with what was found about each, the latest first; deleted ones too.
    pub enrolments: Vec<(StudentSchoolEnrolment, Option<RecordStatus>)>,
    /// Responsible schools with what was found about each, the latest first; deleted ones too.
    pub responsible_schools: Vec<(ResponsibleSchool, Option<RecordStatus>)>,
    /// Course enrolments with their sections, the latest first; deleted ones too.
    pub course_enrolments: Vec<(CourseEnrolment, Option<Section>)>,
}

/// A school year and whether the ministry set it by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearAtDesk {
    /// As clients are told.
    pub year: SchoolYearConfiguration,
    /// Opened or closed by hand, against or with the calendar.
    pub is_set: bool,
}

/// How many students are looked at before writers get their turn.
const AT_ONCE: usize = 4_000;

impl Ministry {
    /// Changes records as the ministry or as another organization.
    pub fn outside(&self) -> Outside {
        Outside(Arc::clone(&self.0))
    }
    /// The time by the server's clock.
    pub fn now(&self) -> Instant {
        self.0.config.clock.now()
    }
    /// How the province stands.
    pub fn overview(&self) -> Overview {
        let (polls, to_judge) = (self.0.polls.count(), self.0.queue.waiting());
        self.0.store.read(|world| Overview {
            version: world.version(),
            students: world.student_count(),
            schools: world.all::<School>().count(),
            authorities: world.all::<SchoolAuthority>().count(),
            polls,
            to_judge,
        })
    }

    /// What is wrong on purpose.
    pub fn trouble(&self) -> Trouble {
        let troubles = self.0.troubles.lock().unwrap_or_else(PoisonError::into_inner);
        troubles.now.clone()
    }
    /// Sets what is wrong from now on; the default ends all trouble.
    pub fn set_trouble(&self, trouble: &Trouble) {
        console::set_trouble(&self.0, trouble);
        self.note("trouble", if trouble.is_any() { "set" } else { "ended" }, &[]);
    }

    /// The last calls, the latest last.
    pub fn calls(&self) -> Vec<Call> {
        self.0.calls.all()
    }
    /// A call by its number, while it is kept.
    pub fn call(&self, number: u64) -> Option<Call> {
        self.0.calls.all().into_iter().find(|call| call.number == number)
    }

    /// The registered clients.
    pub fn clients(&self) -> Vec<Client> {
        self.0.registry.all()
    }
    /// Lets a client call, or not; `false` when there is none of that name.
    pub fn switch_client(&self, name: &str, is_active: bool) -> std::io::Result<bool> {
        let is_there = self.0.registry.edit(|clients| {
            let client = clients.iter_mut().find(|client| client.name == name);
            client.map(|client| client.is_active = is_active).is_some()
        })?;
        if is_there {
            self.note(
                if is_active {
                    "client.enabled"
                } else {
                    "client.disabled"
                },
                name,
                &[],
            );
        }
        Ok(is_there)
    }
    /// Lets a certificate be used, or not; `false` when the client has none of that serial number.
    pub fn switch_certificate(&self, name: &str, serial: &str, is_active: bool) -> std::io::Result<bool> {
        let is_there = self.0.registry.edit(|clients| {
            let client = clients.iter_mut().find(|client| client.name == name);
            let mut held = client.into_iter().flat_map(|client| &mut client.certificates);
            let certificate = held.find(|held| held.serial == serial);
            certificate
                .map(|certificate| certificate.is_active = is_active)
                .is_some()
        })?;
        if is_there {
            let what = if is_active {
                "certificate.enabled"
            } else {
                "certificate.disabled"
            };
            self.note(what, name, &[]);
        }
        Ok(is_there)
    }
    /// Registers a client, or gives one of that name a further certificate; saved before it returns.
    pub fn register(&self, new: NewClient) -> Result<Credentials, PkiError> {
        let today = self.now().date();
        let validity = new.validity.unwrap_or_else(|| Validity::fourteen_months(today));
        let credentials = self.0.pki.issue(&new.name, validity)?;
        let name = new.name.clone();
        self.0.registry.register(new, &credentials)?;
        self.note("certificate.issued", name, &[]);
        Ok(credentials)
    }
    /// A further certificate for a client that is there, for fourteen months
    /// unless said otherwise; none when it is not. What else is said of the
    /// client stays.
    pub fn renew(&self, name: &str, validity: Option<Validity>) -> Result<Option<Credentials>, PkiError> {
        let Some(client) = self.clients().into_iter().find(|client| client.name == name) else {
            return Ok(None);
        };
        self.register(NewClient {
            name: client.name,
            organizations: client.organizations,
            roles: client.roles,
            addresses: client.addresses,
            validity,
        })
        .map(Some)
    }

    /// Students in the order of their names, at most so many.
    pub async fn find(&self, search: &Search, most: usize) -> Vec<Student> {
        let digits: String = search.words.chars().filter(|letter| *letter != '-').collect();
        let candidates: Vec<Asn> = self
            .0
            .store
            .read(|world| match (digits.trim().parse(), search.born) {
                (Ok(asn), _) => vec![asn],
                (Err(_), Some(born)) => world.born_on(born).to_vec(),
                (Err(_), None) => world.asns(),
            });
        let words: Vec<String> = match digits.trim().parse::<Asn>() {
            Ok(_) => Vec::new(),
            Err(_) => fold(&search.words)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        };
        let mut found = Vec::new();
        for some in candidates.chunks(AT_ONCE) {
            self.0.store.read(|world| {
                let students = some.iter().filter_map(|asn| world.student(*asn));
                let hits = students.filter(|record| is_meant(record, &words, search.born));
                found.extend(hits.take(most - found.len()).map(|record| record.student.clone()));
            });
            if found.len() >= most {
                break;
            }
            tokio::task::yield_now().await;
        }
        found.sort_by_key(|student| {
            let name = &student.identification.name;
            (fold(&name.last), fold(&name.first), student.asn)
        });
        found
    }

    /// Everything about a student; none when no student has the ASN.
    pub fn dossier(&self, asn: Asn) -> Option<Dossier> {
        self.0.store.read(|world| {
            let record = world.student(asn)?;
            let mut enrolments: Vec<_> = world
                .enrolments_of(asn)
                .map(|held| {
                    let status = world.status_of::<StudentSchoolEnrolment>(held.ref_id);
                    (*held, status.cloned())
                })
                .collect();
            enrolments
                .sort_by_key(|(held, _)| std::cmp::Reverse((held.school_year, held.registration_start_date)));
            Some(Dossier {
                student: record.student.clone(),
                created_by: record.created_by,
                created_on: record.created_on,
                associates: record.associates.iter().map(|one| one.authority).collect(),
                status: world.student_status(asn).cloned(),
                enrolments,
                responsible_schools: responsible_schools(world, asn),
                course_enrolments: course_enrolments(world, asn),
            })
        })
    }

    /// Every school, by its code.
    pub fn schools(&self) -> Vec<School> {
        let mut all: Vec<School> = self
            .0
            .store
            .read(|world| world.all::<School>().cloned().collect());
        all.sort_by_key(|school| school.school_code);
        all
    }
    /// Every authority, by its code.
    pub fn authorities(&self) -> Vec<SchoolAuthority> {
        let mut all: Vec<SchoolAuthority> = self
            .0
            .store
            .read(|world| world.all::<SchoolAuthority>().cloned().collect());
        all.sort_by_key(|authority| authority.authority_code);
        all
    }
    /// A school with its calendar years, the first one first.
    pub fn school(&self, code: SchoolCode) -> Option<(School, Vec<SchoolCalendarYear>)> {
        self.0.store.read(|world| {
            let all = world.all::<SchoolCalendarYear>();
            let mut years: Vec<_> = all.filter(|year| year.school_code == code).cloned().collect();
            years.sort_by_key(|year| year.school_year);
            Some((world.get::<School>(code)?.clone(), years))
        })
    }
    /// Changes a school; clients are told. Gives its version.
    pub async fn change_school(
        &self,
        code: SchoolCode,
        edit: impl FnOnce(&mut School),
    ) -> Result<i64, OutsideError> {
        let change = |world: &World| {
            let held = world.get::<School>(code)?;
            let mut changed = held.clone();
            edit(&mut changed);
            Some((changed != *held).then_some(changed.into()))
        };
        let version = self.outside().put(change).await?;
        self.note("school.changed", OrganizationCode::School(code), &[]);
        Ok(version)
    }
    /// Puts a calendar year into place; clients are told. Gives its version.
    pub async fn put_calendar_year(&self, year: SchoolCalendarYear) -> Result<i64, OutsideError> {
        let school = OrganizationCode::School(year.school_code);
        let change = |world: &World| {
            world.get::<School>(year.school_code)?;
            let held = world.get::<SchoolCalendarYear>((year.school_code, year.school_year));
            let mut changed = year;
            changed.pasi_core_version = held.map_or(0, |held| held.pasi_core_version);
            Some((held != Some(&changed)).then_some(changed.into()))
        };
        let version = self.outside().put(change).await?;
        self.note("school.year", school, &[]);
        Ok(version)
    }

    /// Every value of every code class, those the ministry changed last.
    pub fn code_values(&self) -> Vec<CodeValue> {
        self.0.code_tables().all()
    }
    /// Puts a code value into the tables, or in place of the one with its class and text; kept.
    pub fn put_code(&self, value: CodeValue) -> std::io::Result<()> {
        let class = value.code_class_name.clone();
        self.outside().put_code(value)?;
        self.note("code", class, &[]);
        Ok(())
    }
    /// The school years clients are told of.
    pub fn school_years(&self) -> Vec<YearAtDesk> {
        let (tables, today) = (self.0.code_tables(), self.now().date());
        let years = tables.school_years(today).into_iter();
        years
            .map(|year| YearAtDesk {
                is_set: tables.is_set(year.school_year),
                year,
            })
            .collect()
    }
    /// Opens or closes a school year; `None` leaves it to the calendar. Kept.
    pub fn open_year(&self, year: SchoolYear, is_open: Option<bool>) -> std::io::Result<()> {
        {
            let mut tables = self.0.codes.write().unwrap_or_else(PoisonError::into_inner);
            tables.open_year(year, is_open)?;
        }
        self.note("school-year", year, &[]);
        Ok(())
    }
}

fn responsible_schools(world: &World, asn: Asn) -> Vec<(ResponsibleSchool, Option<RecordStatus>)> {
    let mut all: Vec<_> = world
        .of_student::<ResponsibleSchool>(asn)
        .map(|held| {
            let status = world.status_of::<ResponsibleSchool>(held.ref_id).cloned();
            (*held, status)
        })
        .collect();
    all.sort_by_key(|(held, _)| std::cmp::Reverse(held.effective_date));
    all
}

fn course_enrolments(world: &World, asn: Asn) -> Vec<(CourseEnrolment, Option<Section>)> {
    let mut all: Vec<_> = world
        .of_student::<CourseEnrolment>(asn)
        .map(|held| {
            let section = world.get::<Section>(held.section_ref_id);
            (*held, section.cloned())
        })
        .collect();
    all.sort_by_key(|(held, section)| {
        let begins = section.as_ref().map(|section| section.start_date);
        (std::cmp::Reverse(begins), held.course_code)
    });
    all
}

/// Does every word begin a part of one of the student's names, and is the birth date the one asked for?
fn is_meant(record: &StudentRecord, words: &[String], born: Option<Date>) -> bool {
    let student = &record.student;
    if born.is_some_and(|day| day != student.identification.birth_date) {
        return false;
    }
    if words.is_empty() {
        return true;
    }
    let legal = &student.identification.name;
    let others = student
        .names
        .iter()
        .filter(|name| !name.is_deleted)
        .map(|name| &name.name);
    let text: String = others
        .chain([legal])
        .map(|name| fold(&format!("{} {} {} ", name.first, name.middle, name.last)))
        .collect();
    let parts: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    words
        .iter()
        .all(|word| parts.iter().any(|part| part.starts_with(word.as_str())))
}
