//! The way in to every page about a student: [`open`] reads the head, keeps a
//! record covered until its caution was read, and only then lets the page read
//! its own things. The head itself: gate, identity, badges, tabs.

use crate::answer::{OrStop, Stop, Stopped};
use crate::context::{self, may};
use crate::pasi::offer::{self, Offered};
use crate::posted::Fields;
use crate::who::{Look, Who};
use crate::{App, cover, lookup};
use access::action::{ViewAttendance, ViewCustody, ViewHistory, ViewMedical, ViewStudents};
use access::ties::{self, Around, Tie, TieKind};
use access::{Permit, Reason, Scope};
use db::{Reader, Reading};
use kernel::{Failure, Outcome, StudentId};
use maud::{Markup, html};
use people::{StudentHeader, StudentView};
use schools::Directory;
use ui::ctx::{Ctx, Job};
use ui::head::Crumb;
use ui::notice::{Tone, banner};
use ui::pill::{Badge, BadgeKind};
use ui::student::{Gate, Identity, Name};
use ui::tabs::Tab;
use ui::{Action, Icon, Lang};

/// The pages of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// What matters at a glance.
    Summary,
    /// Guardians, contacts, addresses, phones.
    Family,
    /// Names, birth, document, citizenship, photograph.
    Identity,
    /// Enrolments and responsible schools.
    Enrolment,
    /// Who has what when.
    Timetable,
    /// Absences and lates of the year.
    Attendance,
    /// Medical alerts, restrictions, custody.
    Medical,
    /// What changed, by whom, why.
    History,
}

impl Page {
    const ALL: [Self; 8] = [
        Self::Summary,
        Self::Family,
        Self::Identity,
        Self::Enrolment,
        Self::Timetable,
        Self::Attendance,
        Self::Medical,
        Self::History,
    ];

    fn path(self) -> &'static str {
        match self {
            Self::Summary => "",
            Self::Family => "/family",
            Self::Identity => "/identity",
            Self::Enrolment => "/enrolment",
            Self::Timetable => "/timetable",
            Self::Attendance => "/attendance",
            Self::Medical => "/medical",
            Self::History => "/history",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Summary => "student-tab-summary",
            Self::Family => "student-tab-family",
            Self::Identity => "student-tab-identity",
            Self::Enrolment => "student-tab-enrolment",
            Self::Timetable => "student-tab-timetable",
            Self::Attendance => "student-tab-attendance",
            Self::Medical => "student-tab-medical",
            Self::History => "student-tab-history",
        }
    }

    fn is_open_to(self, who: &Who) -> bool {
        match self {
            Self::Attendance => may::<ViewAttendance>(who.standing()),
            Self::Medical => may::<ViewMedical>(who.standing()),
            Self::History => may::<ViewHistory>(who.standing()),
            _ => true,
        }
    }
}

/// The address of a page of a student.
pub(crate) fn path(student: StudentId, page: Page) -> String {
    format!("/students/{student}{}", page.path())
}

/// What the head needs, read with one connection.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// The record's head.
    pub(crate) header: StudentHeader,
    /// The record as it is today.
    pub(crate) student: people::Student,
    /// The division's schools.
    pub(crate) directory: Directory,
    /// Why the person sees the record.
    pub(crate) reason: Reason,
    /// The tie by which the person sees the record, for a role that sees by ties.
    pub(crate) tie: Option<Tie>,
    /// The section by whose staff the person sees the record, where no tie says so.
    pub(crate) class: Option<courses::Section>,
    /// How many fields differ from PASI's.
    pub(crate) differences: usize,
    /// The versions of PASI's copies that the page shows, or that the form it
    /// shows again was first drawn with.
    pub(crate) seen: String,
    /// The difference from which a form was opened.
    pub(crate) offered: Option<Offered>,
}

/// A page of a student, opened.
pub(crate) struct Opened<T> {
    /// The head.
    pub(crate) head: Head,
    /// The shell.
    pub(crate) ctx: Ctx,
    /// What the page read.
    pub(crate) shown: T,
}

/// What was found with one connection.
enum Found<T> {
    /// The page.
    Page(Box<Head>, context::Foot, T),
    /// A caution nobody read since signing in.
    Covered(Box<Head>, context::Foot),
    /// Nothing of the page was known then.
    Unknown(Box<Head>, context::Foot),
}

/// Opens a page of a student: `read` runs after the head, in the same
/// connection, and never while the record is covered by a caution that the
/// person has not read since signing in. `NotFound` when the student is not
/// the person's to know.
pub(crate) async fn open<T: Send + 'static>(
    app: &App,
    who: &Who,
    student: StudentId,
    read: impl FnOnce(&mut Reader, &Permit<ViewStudents>) -> Outcome<T> + Send + 'static,
) -> Result<Opened<T>, Stopped> {
    open_with(app, who, student, |at, permit, _| read(at, permit)).await
}

/// [`open`] for a page that reads on from what the head has read.
pub(crate) async fn open_with<T: Send + 'static>(
    app: &App,
    who: &Who,
    student: StudentId,
    read: impl FnOnce(&mut Reader, &Permit<ViewStudents>, &StudentView) -> Outcome<T> + Send + 'static,
) -> Result<Opened<T>, Stopped> {
    let (asking, is_connected) = (who.clone(), app.connector().is_some());
    let found = app
        .store()
        .read(who.division(), move |at| {
            find(at, &asking, student, is_connected, read)
        })
        .await
        .or_stop(app, who)?;
    let shell = |head: &Head, foot| {
        let mut ctx = context::shell(app, who, Job::Students, &head.directory, foot);
        ctx.seen.clone_from(&head.seen);
        ctx
    };
    let (head, instead) = match found {
        Found::Page(head, foot, shown) => {
            let ctx = shell(&head, foot);
            return Ok(Opened {
                head: *head,
                ctx,
                shown,
            });
        }
        Found::Covered(head, foot) => {
            let ctx = shell(&head, foot);
            let cover = head.cover(who).unwrap_or_default();
            (head, ui::shell::page(&ctx, ctx.lang.t("nav-students"), cover))
        }
        Found::Unknown(head, foot) => {
            let ctx = shell(&head, foot);
            let body = html! {
                (head.draw(who, Page::Summary, Vec::new()))
                (ui::waiting::empty(&ctx.lang.t("as-of-nothing"), None))
            };
            (head, ui::shell::page(&ctx, ctx.lang.t("student-record"), body))
        }
    };
    tracing::debug!(student = %head.header.id, "another page stands in place of the one asked for");
    let mut stopped = Stop::Instead(instead).at(who.visit.clone());
    stopped.who = Some(Box::new((app.clone(), who.clone())));
    Err(stopped)
}

/// [`open`] for a page that needs nothing but the head.
pub(crate) async fn open_head(app: &App, who: &Who, student: StudentId) -> Result<Opened<()>, Stopped> {
    open(app, who, student, |_, _| Ok(())).await
}

fn find<T>(
    at: &mut Reader,
    who: &Who,
    student: StudentId,
    is_connected: bool,
    read: impl FnOnce(&mut Reader, &Permit<ViewStudents>, &StudentView) -> Outcome<T>,
) -> Outcome<Found<T>> {
    let permit = Permit::<ViewStudents>::student(at, who.standing(), student)?;
    let medical = Permit::<ViewMedical>::wide(who.standing()).ok();
    // Before anything is read: what PASI changes in between was not seen.
    let seen = match who.actor().seen.as_str() {
        "" => pasi::seen(at, &[student])?,
        sent => sent.to_owned(),
    };
    let view = people::student_view(at, &permit, medical.as_ref(), student)?;
    let directory = schools::directory(at)?;
    let differences = pasi::differences(at, student)?.len();
    let tie = match permit.scope() {
        Scope::Tied(account, kind) => ties::why(at, *account, student, *kind)?,
        Scope::Division | Scope::Schools(_) => None,
    };
    let class = match permit.scope() {
        Scope::Tied(account, TieKind::Teacher) if tie.is_none() => courses::why_seen(at, *account, student)?,
        _ => None,
    };
    let offered = offer::read(at, student, &who.visit.path)?;
    let head = |view: StudentView| {
        Box::new(Head {
            header: view.header,
            student: view.student,
            directory,
            reason: permit.reason(),
            tie,
            class,
            differences,
            seen,
            offered,
        })
    };
    let foot = context::read_foot(at, who.standing(), who.lang(), is_connected)?;
    let (account, since) = (who.holder().account, who.signed_in.since);
    if cover::covers(at, Some(account), since, &view.header)? {
        return Ok(Found::Covered(head(view), foot));
    }
    match read(at, &permit, &view) {
        Ok(shown) => Ok(Found::Page(head(view), foot, shown)),
        Err(Failure::NotFound) if who.visit.look.is_some() => Ok(Found::Unknown(head(view), foot)),
        Err(failure) => Err(failure),
    }
}

/// The student as it is, or as it was on the day the reader asks about.
pub(crate) fn record(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    student: StudentId,
    look: Option<Look>,
) -> Outcome<people::Student> {
    match look {
        None => people::student(at, permit, student),
        Some(look) => people::student_as_of(at, permit, student, look.on, look.moment()),
    }
}

/// What must be read before any detail.
pub(crate) fn gates(lang: Lang, restrictions: &[people::HeaderRestriction]) -> Vec<Gate> {
    restrictions
        .iter()
        .filter(|restriction| restriction.code.is_gate())
        .map(|restriction| Gate {
            title: lang
                .t(&format!("gate-{}", restriction.code.as_str()))
                .into_owned(),
            text: restriction.notice.clone(),
            action: None,
        })
        .collect()
}

/// Whom a court or custody keeps from the student, in words.
pub(crate) fn custody_gates(lang: Lang, limits: &[people::CustodyLimit]) -> Vec<Gate> {
    limits
        .iter()
        .map(|limit| {
            let relationship = lookup::relationship(lang, &limit.relationship);
            let args = [
                ("person", limit.person.as_str().into()),
                ("relationship", relationship.as_str().into()),
            ];
            let words = format!("gate-{}", limit.kind.as_str());
            Gate {
                title: lang.tx(&words, &args).into_owned(),
                text: lang.t(&format!("{words}-text")).into_owned(),
                action: None,
            }
        })
        .collect()
}

impl Head {
    fn gates(&self, lang: Lang) -> Vec<Gate> {
        let mut gates = gates(lang, &self.header.restrictions);
        gates.extend(custody_gates(lang, &self.header.custody));
        gates
    }

    fn identity(&self, lang: Lang) -> Identity {
        let (header, card) = (&self.header, &self.header.card);
        let listed = header.legal.list();
        let sent = kernel::text::latin1(&listed);
        Identity {
            name: Name {
                goes_by: header.goes_by.as_ref().map(kernel::PersonName::sentence),
                sent_as: (sent != listed).then_some(sent),
                listed,
            },
            photo: header
                .photo
                .as_ref()
                .map(|tag| super::photo::address(header.id, tag)),
            asn: card.asn.map(|asn| asn.to_string()),
            grade: lookup::grade(&card.grade),
            homeroom: card.homeroom.clone(),
            school: card.school.map_or_else(
                || lang.t("student-no-school").into_owned(),
                |school| self.directory.name(school).to_owned(),
            ),
            born: card.birth_date.to_string(),
            age: header.age,
            local_number: card.local_number.clone(),
        }
    }

    fn badges(&self, who: &Who) -> Vec<Badge> {
        let lang = who.lang();
        let medical = path(self.header.id, Page::Medical);
        let safety = may::<ViewCustody>(who.standing()).then(|| medical.clone());
        let mut badges = Vec::new();
        for restriction in &self.header.restrictions {
            let kind = if restriction.code.is_gate() {
                BadgeKind::Restriction
            } else {
                BadgeKind::Other
            };
            let text = lang
                .t(&format!("badge-{}", restriction.code.as_str()))
                .into_owned();
            badges.push(Badge {
                kind,
                text,
                href: safety.clone(),
            });
        }
        for action in &self.header.medical {
            badges.push(Badge {
                kind: BadgeKind::Medical,
                text: action.clone(),
                href: Some(medical.clone()),
            });
        }
        if self.header.deceased_on.is_some() {
            badges.push(Badge {
                kind: BadgeKind::Other,
                text: lang.t("badge-deceased").into_owned(),
                href: None,
            });
        }
        badges.push(self.pasi_badge(lang));
        badges
    }

    fn pasi_badge(&self, lang: Lang) -> Badge {
        let state = lookup::sync(&self.header.card.sync_state);
        let text = match self.differences {
            0 if state == ui::State::Neutral => lang.t("badge-pasi-unknown").into_owned(),
            0 => lang
                .tx("badge-pasi", &[("state", state.word(lang).into())])
                .into_owned(),
            count => lang.tx("badge-pasi-differs", &[("n", count.into())]).into_owned(),
        };
        Badge {
            kind: BadgeKind::Pasi(state),
            text,
            href: Some(path(self.header.id, Page::Summary)),
        }
    }

    /// The head, drawn. `actions` are at most two.
    pub(crate) fn draw(&self, who: &Who, page: Page, actions: Vec<Action>) -> Markup {
        let lang = who.lang();
        let student = self.header.id;
        let query = who.visit.look.map(Look::query).unwrap_or_default();
        let tabs = Page::ALL.into_iter().filter(|one| one.is_open_to(who));
        let drawn = ui::student::StudentHeader {
            gates: self.gates(lang),
            identity: self.identity(lang),
            badges: self.badges(who),
            tabs: tabs
                .map(|one| {
                    Tab::new(lang.t(one.words()), format!("{}{query}", path(student, one)))
                        .current(one == page)
                })
                .collect(),
            actions,
        };
        html! {
            (ui::student::place_line(lang, &self.crumbs(lang), None, &as_of(who, &path(student, page))))
            (ui::student::student_header(lang, &drawn))
            @if let Some(look) = who.visit.look { (another_day(lang, look, &path(student, page))) }
            @if let Some(offered) = &self.offered { (offered.draw(lang)) }
        }
    }

    /// A form as the record fills it; opened from a difference, with PASI's value to begin from.
    pub(crate) fn offer(&self, fields: Fields) -> Fields {
        match &self.offered {
            Some(offered) => offered.fill(&fields),
            None => fields,
        }
    }

    /// What stands in place of the page until a caution has been read.
    fn cover(&self, who: &Who) -> Option<Markup> {
        let caution = cover::caution(&self.header)?;
        let lang = who.lang();
        let gate = Gate {
            title: lang.t("gate-Caution").into_owned(),
            text: caution.notice.clone(),
            action: None,
        };
        let address = format!("/students/{}/read-notice", self.header.id);
        Some(html! {
            h1 class="visually-hidden" { (lang.t("student-record")) }
            (ui::student::place_line(lang, &self.crumbs(lang), None, &html! {}))
            (ui::student::covered(lang, &gate, &address, &who.holder().csrf))
        })
    }

    fn crumbs(&self, lang: Lang) -> Vec<Crumb> {
        let mut crumbs = vec![Crumb::link(lang.t("nav-students"), "/students")];
        let card = &self.header.card;
        if let (Some(school), false) = (card.school, card.grade.is_empty()) {
            let label = lang.tx("crumb-grade", &[("grade", lookup::grade(&card.grade).into())]);
            crumbs.push(Crumb::link(
                label,
                format!("/students?school={school}&grade={}", card.grade),
            ));
        }
        crumbs
    }

    /// "You see this because …", at the foot of the page.
    pub(crate) fn because(&self, who: &Who) -> Markup {
        let lang = who.lang();
        let (words, role) = match self.reason {
            Reason::WholeDivision(role) => ("because-division", role),
            Reason::OwnSchool(role) => ("because-school", role),
            Reason::OwnStudent(role) => ("because-tied", role),
            Reason::Program => return html! {},
        };
        let role = crate::context::role_words(lang, role);
        html! { p class="sm dim no-print mt" {
            (ui::icon(Icon::InfoCircle)) " " (lang.tx(words, &[("role", role.into())]))
            @if let Some(tie) = &self.tie { " " (self.tied(lang, tie)) }
            @if let Some(class) = &self.class {
                @let school = self.directory.name(class.school);
                " " (lang.tx("because-class", &[("number", class.number.as_str().into()), ("school", school.into())]))
            }
        } }
    }

    /// What the tie is and until when. What the director wrote of a family or of the student is not for them.
    fn tied(&self, lang: Lang, tie: &Tie) -> String {
        let words = match (tie.around(), tie.kind) {
            (Ok(Around::Person(_)), _) => lang.t("because-person").into_owned(),
            (Ok(Around::Homeroom(school, room)), _) => {
                let school = self.directory.name(school);
                lang.tx(
                    "because-homeroom",
                    &[("room", room.as_str().into()), ("school", school.into())],
                )
                .into_owned()
            }
            (_, TieKind::Teacher | TieKind::Team) => lang
                .tx("because-named", &[("reason", tie.reason.as_str().into())])
                .into_owned(),
            _ => String::new(),
        };
        match tie.until_date {
            None => words,
            Some(last) => {
                let until = lang.tx("because-until", &[("day", last.to_string().into())]);
                format!("{words} {until}").trim().to_owned()
            }
        }
    }
}

/// The enrolments as they are, or those that counted on the day the reader asks about.
pub(crate) fn enrolments(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    student: StudentId,
    look: Option<Look>,
) -> Outcome<Vec<enrolment::Enrolment>> {
    match look {
        None => enrolment::enrolments(at, permit, student),
        Some(look) => {
            let (valid, known) = (look.on, look.moment());
            enrolment::as_of(at, permit, student, enrolment::AsOf { valid, known })
        }
    }
}

/// The control that asks for another day.
fn as_of(who: &Who, address: &str) -> Markup {
    let (lang, look) = (who.lang(), who.visit.look);
    ui::student::as_of(
        lang,
        address,
        look.map(|look| look.on.to_string()).unwrap_or_default().as_str(),
        look.and_then(|look| look.known)
            .map(|day| day.to_string())
            .unwrap_or_default()
            .as_str(),
    )
}

/// Says that another day is on screen, and the way back.
fn another_day(lang: Lang, look: Look, address: &str) -> Markup {
    let known = match look.known {
        Some(known) => lang.tx("as-of-known-on", &[("day", known.to_string().into())]),
        None => lang.t("as-of-known-now"),
    };
    let title = lang.tx("as-of-shown", &[("day", look.on.to_string().into())]);
    let back = Action::link(lang.t("as-of-back"), address).small();
    html! { div class="mb" { (banner(Tone::Info, &title, &known, &[back])) } }
}
