//! The head of every page about a student: gate, identity, badges, tabs; and
//! the cover of a record whose notice has not been read.

use crate::App;
use crate::answer::{OrStop, Stopped};
use crate::context::may;
use crate::lookup;
use crate::who::Who;
use access::action::{ViewHistory, ViewMedical, ViewStudents};
use access::{Permit, Reason};
use db::Reading;
use kernel::{Outcome, StudentId};
use maud::{Markup, html};
use people::{RestrictionCode, StudentHeader};
use schools::Directory;
use ui::head::Crumb;
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
    /// Enrolments and responsible schools.
    Enrolment,
    /// What changed, by whom, why.
    History,
}

impl Page {
    const ALL: [Self; 4] = [Self::Summary, Self::Family, Self::Enrolment, Self::History];

    fn path(self) -> &'static str {
        match self {
            Self::Summary => "",
            Self::Family => "/family",
            Self::Enrolment => "/enrolment",
            Self::History => "/history",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Summary => "student-tab-summary",
            Self::Family => "student-tab-family",
            Self::Enrolment => "student-tab-enrolment",
            Self::History => "student-tab-history",
        }
    }

    fn is_open_to(self, who: &Who) -> bool {
        match self {
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
    /// The division's schools.
    pub(crate) directory: Directory,
    /// Why the person sees the record.
    pub(crate) reason: Reason,
    /// How many fields differ from PASI's.
    pub(crate) differences: usize,
}

/// Reads the head. `NotFound` when the student is not the person's to know.
pub(crate) fn read(at: &mut impl Reading, who: &access::Standing, student: StudentId) -> Outcome<Head> {
    let permit = Permit::<ViewStudents>::student(at, who, student)?;
    let medical = Permit::<ViewMedical>::wide(who).ok();
    Ok(Head {
        header: people::header(at, &permit, medical.as_ref(), student)?,
        directory: schools::directory(at)?,
        reason: permit.reason(),
        differences: pasi::differences(at, student)?.len(),
    })
}

/// [`read`] for a page.
pub(crate) async fn load(app: &App, who: &Who, student: StudentId) -> Result<Head, Stopped> {
    let standing = who.standing().clone();
    app.store()
        .read(who.division(), move |at| read(at, &standing, student))
        .await
        .or_stop(app, who)
}

impl Head {
    /// The gravest restriction is a caution: details stay covered until it was read.
    pub(crate) fn caution(&self) -> Option<&people::HeaderRestriction> {
        self.header
            .restrictions
            .iter()
            .find(|restriction| restriction.code == RestrictionCode::Caution)
    }

    fn gates(&self, lang: Lang) -> Vec<Gate> {
        let gates = self
            .header
            .restrictions
            .iter()
            .filter(|restriction| restriction.code.is_gate());
        gates
            .map(|restriction| Gate {
                title: lang
                    .t(&format!("gate-{}", restriction.code.as_str()))
                    .into_owned(),
                text: restriction.notice.clone(),
                action: None,
            })
            .collect()
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
            photo: None,
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

    fn badges(&self, lang: Lang) -> Vec<Badge> {
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
                href: None,
            });
        }
        for action in &self.header.medical {
            badges.push(Badge {
                kind: BadgeKind::Medical,
                text: action.clone(),
                href: None,
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
        let tabs = Page::ALL.into_iter().filter(|one| one.is_open_to(who));
        let drawn = ui::student::StudentHeader {
            gates: self.gates(lang),
            identity: self.identity(lang),
            badges: self.badges(lang),
            tabs: tabs
                .map(|one| Tab::new(lang.t(one.words()), path(student, one)).current(one == page))
                .collect(),
            actions,
        };
        html! {
            (ui::student::place_line(lang, &self.crumbs(lang), None))
            (ui::student::student_header(lang, &drawn))
        }
    }

    /// What stands in place of the page until a caution has been read.
    pub(crate) fn cover(&self, who: &Who) -> Option<Markup> {
        let caution = self.caution()?;
        let lang = who.lang();
        let gate = Gate {
            title: lang.t("gate-Caution").into_owned(),
            text: caution.notice.clone(),
            action: None,
        };
        let address = format!("/students/{}/read-notice", self.header.id);
        Some(html! {
            h1 class="visually-hidden" { (lang.t("student-record")) }
            (ui::student::place_line(lang, &self.crumbs(lang), None))
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
        html! { p class="sm dim no-print mt" { (ui::icon(Icon::InfoCircle)) " " (lang.tx(words, &[("role", role.into())])) } }
    }
}
