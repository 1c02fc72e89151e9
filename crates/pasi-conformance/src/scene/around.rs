//! What an endpoint has before anything is made: a school and its calendar,
//! courses, an exam, and records that the province alone makes. All of it is
//! found as any client finds it; what is not there leaves the cases that need
//! it without.

use super::{Held, Scene, pairs, told};
use crate::endpoint::{Line, Said};
use kernel::{AuthorityCode, Instant, OrganizationCode, SchoolCode};
use pasi_wire::messages::{
    CalendarYearVersion, Course, CourseVersion, DiplomaExam, GetCourseRequest, GetDiplomaExamRequest,
    GetResponsibleSchoolStatusRequest, GetSchoolCalendarYearInformationRequest, GetSchoolInformationRequest,
    OperatingSchedule, RefIdVersion, School, SchoolVersion, StatusRefIdVersion,
};
use pasi_wire::rules::mark::PERCENT;
use pasi_wire::soap::READ_BATCH;
use pasi_wire::window::NotificationType;
use pasi_wire::{Request, Response};

/// What the province alone makes, by the word the cases call it.
const TOLD: [(&str, NotificationType); 4] = [
    (told::RESCORE, NotificationType::DiplomaExamRescoreRequest),
    (told::TEST, NotificationType::ProvincialAchievementTest),
    (
        told::TEST_RESULT,
        NotificationType::ProvincialAchievementTestResult,
    ),
    (told::CONNECTION, NotificationType::EducationAccountConnection),
];

/// The results of a read; nothing where it is not answered.
macro_rules! results {
    ($line:expr, $operation:ident, $request:expr) => {
        match answered($line, $request.into()).await {
            Some(Response::$operation(answer)) => answer.results,
            _ => Vec::new(),
        }
    };
}

async fn answered(line: &Line, request: Request) -> Option<Response> {
    match line.ask(&request).await {
        Said::Answer(answer) => Some(*answer),
        Said::Fault(_) | Said::Broken(_) => None,
    }
}

impl Scene {
    /// Looks at everything the cases may build on.
    pub(crate) async fn look_around(&mut self, line: &Line) {
        self.find_school(line).await;
        self.calendar = self.calendar(line).await;
        self.authorities = self.told(line, "SchoolAuthority").await;
        self.courses = self.courses(line).await;
        self.find_exam(line).await;
        for (word, kind) in TOLD {
            if let Some(held) = self.last_told(line, kind).await {
                self.records.insert(word, held);
            }
        }
        self.find_to_determine(line).await;
    }

    /// A school of the organization that is open, and another one.
    async fn find_school(&mut self, line: &Line) {
        let told = self.told(line, "School").await;
        let codes: Vec<SchoolCode> = told.into_iter().filter_map(|(id, _)| id.parse().ok()).collect();
        let mut schools = Vec::new();
        for some in codes.chunks(READ_BATCH) {
            let request = GetSchoolInformationRequest {
                caller: self.caller(),
                schools: some.iter().copied().map(any_version).collect(),
            };
            let found = results!(line, GetSchoolInformation, request);
            schools.extend(found.into_iter().filter_map(|result| result.school));
        }
        let (organization, today) = (self.organization, self.today);
        let mut ours: Vec<School> = schools
            .into_iter()
            .filter(|school| is_of(school, organization) && school.close_date.is_none_or(|day| day > today))
            .collect();
        ours.sort_by_key(|school| school.school_code);
        self.school = ours.into_iter().next();
    }

    async fn calendar(&self, line: &Line) -> Option<OperatingSchedule> {
        let request = GetSchoolCalendarYearInformationRequest {
            caller: self.caller(),
            calendar_years: vec![CalendarYearVersion {
                school_code: self.school_code()?,
                school_year: self.year,
                expected_version: 0,
            }],
        };
        let found = results!(line, GetSchoolCalendarYearInformation, request);
        let year = found.into_iter().next()?.calendar_year?;
        year.calendars.into_iter().next()
    }

    /// Two courses any school may teach this year, of the first that are told.
    async fn courses(&self, line: &Line) -> Vec<Course> {
        let told = self.told(line, "Course").await;
        let codes = told.into_iter().filter_map(|(id, _)| id.parse().ok());
        let request = GetCourseRequest {
            caller: self.caller(),
            courses: codes
                .take(READ_BATCH)
                .map(|course_code| CourseVersion {
                    course_code,
                    expected_version: 0,
                })
                .collect(),
        };
        let found = results!(line, GetCourse, request).into_iter();
        let is_for_all = |course: &Course| {
            course.mark_format == PERCENT
                && !course.is_diploma_exam_course
                && !course.is_permission_required
                && course.authorized.is_empty()
                && course.holds_in(self.year)
        };
        let all = found.filter_map(|result| result.course).filter(is_for_all);
        all.take(2).collect()
    }

    /// A diploma exam of which every part is still to be written.
    async fn find_exam(&mut self, line: &Line) {
        for year in [self.year, self.year.next()] {
            let told = self.told(line, &format!("DiplomaExam.{}", year.number())).await;
            let keys: Vec<Held> = told.iter().filter_map(held).take(READ_BATCH).collect();
            let request = GetDiplomaExamRequest {
                caller: self.caller(),
                diploma_exams: keys.iter().copied().map(at_any_version).collect(),
            };
            let found = results!(line, GetDiplomaExam, request).into_iter();
            let now = self.now;
            let mut ahead = found
                .filter_map(|result| result.diploma_exam)
                .filter(|exam| is_ahead(exam, now));
            if let Some(exam) = ahead.next() {
                let (ref_id, version) = (exam.ref_id, exam.pasi_core_version);
                self.records.insert(told::EXAM, Held { ref_id, version });
                self.exam = Some(exam);
                return;
            }
        }
    }

    /// A change of school that nobody told of, with its alert.
    async fn find_to_determine(&mut self, line: &Line) {
        let told = self.told(line, "ResponsibleSchoolStatus").await;
        let keys: Vec<Held> = told.iter().filter_map(held).collect();
        for some in keys.chunks(READ_BATCH) {
            let request = GetResponsibleSchoolStatusRequest {
                caller: self.caller(),
                responsible_schools: some
                    .iter()
                    .map(|held| StatusRefIdVersion {
                        ref_id: held.ref_id,
                        expected_version: 0,
                        known_source_version: 0,
                    })
                    .collect(),
            };
            let found = results!(line, GetResponsibleSchoolStatus, request);
            let mut standing = found.into_iter().filter_map(|result| result.status);
            if let Some(status) = standing.find(|status| !status.alerts.is_empty()) {
                let (ref_id, version) = (status.ref_id, status.pasi_core_version);
                self.records.insert(super::TO_DETERMINE, Held { ref_id, version });
                self.alerts.insert(super::TO_DETERMINE, status.alerts[0].clone());
                return;
            }
        }
    }

    /// The last record told of a kind, this year's where it is kept by year.
    async fn last_told(&self, line: &Line, kind: NotificationType) -> Option<Held> {
        let topic = if kind.is_by_year() {
            format!("{kind}.{}", self.year.number())
        } else {
            kind.to_string()
        };
        self.told(line, &topic).await.last().and_then(held)
    }

    /// Everything of a kind, with its versions.
    async fn told(&self, line: &Line, kind: &str) -> Vec<(String, i64)> {
        match answered(line, self.news(kind, 0, None)).await {
            Some(Response::IsDataAvailable(answer)) => pairs(&answer),
            _ => Vec::new(),
        }
    }
}

fn held((id, version): &(String, i64)) -> Option<Held> {
    let ref_id = id.parse().ok()?;
    Some(Held {
        ref_id,
        version: *version,
    })
}

fn at_any_version(held: Held) -> RefIdVersion {
    RefIdVersion {
        ref_id: held.ref_id,
        expected_version: 0,
    }
}

fn any_version(school_code: SchoolCode) -> SchoolVersion {
    SchoolVersion {
        school_code,
        expected_version: 0,
    }
}

fn is_ahead(exam: &DiplomaExam, now: Instant) -> bool {
    !exam.components.is_empty() && exam.components.iter().all(|part| part.starts_at > now)
}

/// Is the school the organization, or does it report to it?
fn is_of(school: &School, organization: OrganizationCode) -> bool {
    let latest: Option<AuthorityCode> = school
        .authorities
        .iter()
        .max_by_key(|period| period.effective_date)
        .map(|period| period.authority_code);
    match organization {
        OrganizationCode::School(code) => school.school_code == code,
        OrganizationCode::Authority(code) => latest == Some(code),
        OrganizationCode::Other(_) => false,
    }
}
