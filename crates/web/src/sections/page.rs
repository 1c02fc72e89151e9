//! One section: its facts, who teaches it, when it meets, and the class list.

use super::words::{Sent, is_refused, meets};
use super::{class, day_of, home_crumb, pasi, path, staff};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::pattern::Pattern;
use crate::who::Who;
use crate::{App, context};
use access::Permit;
use access::action::{ManageSections, ViewPasi, ViewSections, ViewStudents};
use axum::extract::{Path, State};
use courses::{ClassLine, SectionState, SectionView};
use db::Reading;
use kernel::{CourseEnrolmentId, Instant, SectionId, StudentId};
use maud::{Markup, html};
use people::CardRow;
use schools::Directory;
use std::collections::HashMap;
use ui::ctx::{Ctx, Job};
use ui::facts::Facts;
use ui::form::Finding as Shown;
use ui::head::PageHead;
use ui::timetable::Lesson;
use ui::{Action, Icon, Lang, State as PillState, card, pill};

/// A section with everything its page shows.
pub(super) struct Loaded {
    /// The section.
    pub(super) view: SectionView,
    /// Who is in it or waits.
    pub(super) lines: Vec<ClassLine>,
    /// The cards of those whom the person may know.
    pub(super) cards: HashMap<StudentId, CardRow>,
    /// Who may be put among its staff.
    pub(super) teachers: Vec<access::Reacher>,
    /// How the school calls days and periods.
    pub(super) pattern: Pattern,
    /// The terms of the school.
    pub(super) terms: Vec<schools::Term>,
    /// The division's schools.
    pub(super) directory: Directory,
    /// How the section and who is in it stand with PASI.
    pub(super) pasi: pasi::Both,
    /// Which of PASI's copies the page shows.
    pub(super) seen: String,
    /// This moment.
    pub(super) now: Instant,
}

impl Loaded {
    /// The page's context: what its forms send carries which of PASI's copies stood on it.
    pub(super) async fn ctx(&self, app: &App, who: &Who) -> Result<Ctx, Stopped> {
        let mut ctx = context::of(app, who, Job::Classes).await?;
        ctx.seen.clone_from(&self.seen);
        Ok(ctx)
    }
}

/// Reads a section; not found when it is not the person's to see.
pub(super) async fn load(app: &App, who: &Who, id: SectionId) -> Result<Loaded, Stopped> {
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(app, who)?;
    let standing = who.standing().clone();
    let today = app.store().now().date();
    let (posted, is_shown) = (who.actor().seen.clone(), context::may::<ViewPasi>(who.standing()));
    let read = app.store().read(who.division(), move |at| {
        let view = courses::section(at, &permit, id)?;
        let pasi = pasi::read(at, &permit, (id, is_shown))?;
        let seats: Vec<CourseEnrolmentId> = pasi.seats.keys().copied().collect();
        let seen = match posted.as_str() {
            "" => ::pasi::seen_section(at, id, &seats)?,
            posted => posted.to_owned(),
        };
        let day = day_of(today, view.section.year).clamp(view.section.first_day, view.section.last_day);
        let lines = courses::class_list(at, &permit, id, day)?;
        let students: Vec<StudentId> = lines.iter().map(|line| line.seat.student).collect();
        let cards = match Permit::<ViewStudents>::wide(&standing) {
            Ok(view) => people::cards_of(at, &view, &students)?,
            Err(_) => Vec::new(),
        };
        Ok(Loaded {
            teachers: access::staff::teachers_at(at, view.section.school, day.max(today))?,
            directory: schools::directory(at)?,
            pattern: Pattern::read(at, Some(view.section.school), view.section.year)?,
            terms: schools::terms(at, view.section.school, view.section.year)?,
            cards: cards.into_iter().map(|card| (card.student, card)).collect(),
            lines,
            pasi,
            seen,
            now: at.now(),
            view,
        })
    });
    read.await.or_stop(app, who)
}

/// May the person change the section, in the year on screen?
pub(super) fn may_change(who: &Who, loaded: &Loaded) -> bool {
    let section = &loaded.view.section;
    who.may_now::<ManageSections>()
        && section.state == SectionState::Open
        && section.year >= who.this_year
        && Permit::<ManageSections>::school(who.standing(), section.school).is_ok()
}

/// The head of a page of a section.
pub(super) fn head(lang: Lang, loaded: &Loaded) -> PageHead {
    let section = &loaded.view.section;
    let facts = [
        loaded.directory.name(section.school).to_owned(),
        section.year.to_string(),
        format!("{} – {}", section.first_day, section.last_day),
    ];
    PageHead::new(format!("{} · {}", section.number, loaded.view.title()))
        .crumbs(vec![home_crumb(lang)])
        .facts(facts.join(" · "))
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(id): Path<SectionId>) -> PageResult {
    show(&app, &who, id, None).await
}

/// The page, saying above all why what was decided cannot be.
pub(super) async fn show_refused(app: &App, who: &Who, id: SectionId, found: Vec<Shown>) -> PageResult {
    show_with(app, who, id, (None, found)).await
}

/// The page, with the form of a new member of staff as it was sent.
pub(super) async fn show(app: &App, who: &Who, id: SectionId, sent: Option<Sent>) -> PageResult {
    show_with(app, who, id, (sent, Vec::new())).await
}

async fn show_with(
    app: &App,
    who: &Who,
    id: SectionId,
    (sent, refused): (Option<Sent>, Vec<Shown>),
) -> PageResult {
    let loaded = load(app, who, id).await?;
    let ctx = loaded.ctx(app, who).await?;
    let lang = ctx.lang;
    let may = may_change(who, &loaded);
    let mut head = head(lang, &loaded).action(
        Action::scripted(lang.t("sections-print"))
            .icon(Icon::Printer)
            .with("data-print", ""),
    );
    if may {
        head = head
            .action(
                Action::link(lang.t("sections-change"), format!("{}/change", path(id))).icon(Icon::Pencil),
            )
            .action(
                Action::link(lang.t("sections-put-in"), format!("{}/add", path(id)))
                    .icon(Icon::UserPlus)
                    .primary(),
            );
    }
    let body = html! {
        (head.draw())
        (ui::form::summary(lang, &refused, &[]))
        div class="grid" {
            div class="s8 stack" {
                (pasi::differences(&ctx, who, &loaded, may))
                (class::card(lang, &loaded, may))
                (timetable(lang, &loaded))
            }
            div class="s4 stack" {
                (facts(lang, &loaded, may))
                (pasi::card(&ctx, who, &loaded, may))
                (staff::card(&ctx, &loaded, may, sent.as_ref()))
            }
        }
        (foot(app, &ctx, who, &loaded))
    };
    let title = ui::Title::new(format!(
        "{} · {}",
        loaded.view.section.number,
        lang.t("nav-classes")
    ));
    let page = ui::shell::page(&ctx, title, body);
    Ok(match sent {
        Some((_, found)) if is_refused(&found) => Answer::again(page),
        _ if is_refused(&refused) => Answer::again(page),
        _ => Answer::page(page),
    })
}

fn facts(lang: Lang, loaded: &Loaded, may: bool) -> Markup {
    let section = &loaded.view.section;
    let codes: Vec<String> = loaded
        .view
        .courses
        .iter()
        .map(|course| format!("{} {}", course.code, course.name))
        .collect();
    let (state, words) = match section.state {
        SectionState::Open => (PillState::Ok, "sections-open"),
        SectionState::Closed => (PillState::Neutral, "sections-closed"),
    };
    let term = loaded.terms.iter().find(|term| section.term == Some(term.id));
    let term = term.map(|term| term.name.clone());
    let most = section.capacity.map(|most| most.to_string());
    let room = Some(section.room.clone()).filter(|room| !room.is_empty());
    let body = html! {
        (Facts::new()
            .fact(lang.t("sections-courses"), codes.join(", "))
            .maybe(lang, lang.t("sections-room"), room)
            .fact(lang.t("sections-when"), meets(lang, &loaded.pattern, &section.meetings))
            .maybe(lang, lang.t("sections-field-term"), term)
            .maybe(lang, lang.t("sections-capacity"), most)
            .draw())
        @if may { p class="m-0 mt-s no-print" {
            (Action::link(lang.t("sections-close"), format!("{}/close", path(section.id))).small())
        } }
    };
    let head = card::Head::new("facts", lang.t("sections-section")).beside(pill::pill(state, &lang.t(words)));
    card::card(&head, &body)
}

/// When it meets, as a timetable of its own.
fn timetable(lang: Lang, loaded: &Loaded) -> Markup {
    let section = &loaded.view.section;
    let pattern = &loaded.pattern;
    let days = pattern.days(section.meetings.iter().map(|meeting| meeting.cycle_day));
    let mut periods: Vec<u8> = section.meetings.iter().map(|meeting| meeting.period).collect();
    let order = pattern.periods(periods.clone());
    periods.sort_by_key(|one| order.iter().position(|other| other == one));
    periods.dedup();
    let lessons = section.meetings.iter().map(|meeting| Lesson {
        day: meeting.cycle_day,
        period: meeting.period,
        title: section.number.clone(),
        detail: section.room.clone(),
        href: None,
    });
    let drawn = pattern
        .timetable(lang, lang.t("sections-when"), (days, periods))
        .lessons(lessons.collect())
        .empty(ui::waiting::empty(&lang.t("sections-no-meeting"), None))
        .draw(lang);
    card::bare_card(&card::Head::new("when", lang.t("sections-when")), &drawn)
}

/// The foot of the printed page.
pub(super) fn foot(app: &App, ctx: &Ctx, who: &Who, loaded: &Loaded) -> Markup {
    let now = app.store().now().local();
    let foot = ui::print::Foot {
        about: loaded.directory.name(loaded.view.section.school),
        document: &format!(
            "{} {}",
            ctx.lang.t("sections-class-list"),
            loaded.view.section.number
        ),
        version: "",
        printed_by: &who.holder().display_name,
        when: &format!("{} {}:{:02}", now.date(), now.hour(), now.minute()),
        protection: &ctx.lang.t("print-protected-b"),
    };
    ui::print::foot(ctx.lang, &foot)
}
