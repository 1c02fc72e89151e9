//! The calendar of a school: its year at a glance, terms and cycle, bell
//! schedules, hours of instruction, a copy for other schools, and a feed.

pub(crate) mod bell;
pub(crate) mod bells;
pub(crate) mod copy;
pub(crate) mod days;
pub(crate) mod feed;
pub(crate) mod hours;
mod ics;
mod marks;
mod part;
mod periods;
pub(crate) mod terms;
pub(crate) mod year;

pub(super) use part::summary;

use super::schools::path as school_path;
use crate::answer::{Answer, OrStop, Stopped};
use crate::context;
use crate::posted::Fields;
use crate::who::Who;
use crate::{App, stale};
use access::Permit;
use access::action::{ManageSchools, ViewSchools};
use kernel::{Failure, Outcome, SchoolId, SchoolYear};
use maud::{Markup, html};
use schools::{Cycle, CycleKind, DayKind, School, TeachingYear};
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding as Shown, Width};
use ui::head::{Crumb, PageHead};
use ui::tabs::{Tab, tabs};
use ui::{Action, Icon, Lang, card};

/// The pages of a calendar, in the order of their tabs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Year,
    Terms,
    Bells,
    Hours,
}

impl Page {
    const ALL: [Self; 4] = [Self::Year, Self::Terms, Self::Bells, Self::Hours];

    fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Terms => "terms",
            Self::Bells => "bells",
            Self::Hours => "hours",
        }
    }
    /// Its address.
    fn path(self, school: SchoolId) -> String {
        match self {
            Self::Year => path(school),
            other => format!("{}/{}", path(school), other.name()),
        }
    }
}

/// The address of a calendar.
pub(super) fn path(school: SchoolId) -> String {
    format!("{}/calendar", school_path(school))
}

/// A calendar as its pages read it.
pub(super) struct Open {
    /// Whose.
    pub(super) school: School,
    /// Which year.
    pub(super) year: SchoolYear,
    /// What was decided; none while no calendar is set.
    pub(super) teaching: Option<TeachingYear>,
    /// May the person change it?
    pub(super) may_edit: bool,
}

/// Reads the calendar of a school in the year on screen.
pub(super) async fn open(app: &App, who: &Who, id: SchoolId) -> Result<Open, Stopped> {
    Permit::<ViewSchools>::school(who.standing(), id).or_stop(app, who)?;
    let year = context::year_shown(who);
    let read = app.store().read(who.division(), move |at| {
        let teaching = known(schools::teaching_year(at, id, year))?;
        Ok((schools::school(at, id)?, teaching))
    });
    let (school, teaching) = read.await.or_stop(app, who)?;
    Ok(Open {
        school,
        year,
        teaching,
        may_edit: who.may_now::<ManageSchools>(),
    })
}

/// What is not there is none.
fn known<T>(found: Outcome<T>) -> Outcome<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Failure::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

impl Open {
    /// The page around its body.
    fn draw(&self, ctx: &Ctx, page: Page, actions: Vec<Action>, body: &Markup) -> Markup {
        let lang = ctx.lang;
        let title = lang.tx("calendar-title", &[("year", self.year.to_string().into())]);
        let mut head = PageHead::new(title.clone())
            .crumbs(vec![
                Crumb::link(lang.t("nav-division"), "/division"),
                Crumb::link(lang.t("division-part-schools"), "/division/schools"),
                Crumb::link(self.school.name.clone(), school_path(self.school.id)),
            ])
            .facts(self.school.name.clone());
        for action in actions {
            head = head.action(action);
        }
        let views: Vec<Tab> = Page::ALL
            .iter()
            .map(|one| {
                let label = lang.t(&format!("calendar-tab-{}", one.name()));
                Tab::new(label, one.path(self.school.id)).current(*one == page)
            })
            .collect();
        let body = html! {
            (head.draw())
            (tabs(lang, &title, &views))
            div class="stack mt" { (body) }
        };
        ui::shell::page(
            ctx,
            ui::Title::new(format!("{title} · {}", self.school.name)),
            body,
        )
    }

    /// What stands in place of a page that needs a calendar, with the way to the page that sets one.
    fn none(&self, lang: Lang) -> Markup {
        let way = self
            .may_edit
            .then(|| Action::link(lang.t("calendar-set-first"), path(self.school.id)).icon(Icon::Calendar));
        let words = lang.t("division-calendar-none");
        card::unheaded_card(&words, &ui::waiting::empty(&words, way.as_ref()))
    }
}

/// The shell of a calendar's page.
pub(super) async fn shell(app: &App, who: &Who) -> Result<Ctx, Stopped> {
    context::of(app, who, Job::Division).await
}

/// A form that was sent, and what was found in it.
pub(super) type Sent = (Fields, Vec<Shown>);

/// The page again after a form was refused; the page as it is after it was read.
pub(super) fn answer(page: Markup, sent: Option<&Sent>) -> Answer {
    let is_refused = sent.is_some_and(|(_, found)| super::words::is_refused(found));
    if is_refused {
        Answer::again(page)
    } else {
        Answer::page(page)
    }
}

/// Findings of the nth entry of a list beside the line in which it was typed: lines without anything are no entries.
pub(super) fn at_lines(found: Vec<Shown>, lines: &[usize]) -> Vec<Shown> {
    let moved = |mut one: Shown| {
        let place = one
            .field
            .rsplit_once('-')
            .and_then(|(what, n)| Some((what, n.parse::<usize>().ok()?)));
        if let Some((what, line)) = place.and_then(|(what, n)| Some((what, lines.get(n.checked_sub(1)?)?))) {
            one.field = format!("{what}-{line}");
        }
        one
    };
    found.into_iter().map(moved).collect()
}

/// Both versions of a form that somebody else saved first.
pub(super) struct Twice<'a> {
    /// Where the form is sent.
    pub(super) address: &'a str,
    /// The page to go back to.
    pub(super) back: &'a str,
    /// The version there is now.
    pub(super) version: i64,
    /// What was sent.
    pub(super) typed: &'a Fields,
    /// The form as the record fills it now.
    pub(super) now: &'a Fields,
}

impl Twice<'_> {
    /// The card. `label` names a field, `say` puts a value in words.
    pub(super) fn card(
        &self,
        ctx: &Ctx,
        label: &dyn Fn(&str) -> String,
        say: &dyn Fn(&str, &str) -> String,
    ) -> Markup {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in self.now.pairs().chain(self.typed.pairs()) {
            // Which record a line is of travels with the line.
            let is_own = name.starts_with("id-")
                || matches!(name, "csrf" | "version" | "was" | "seen-there" | "asked");
            if !is_own && !names.contains(&name) {
                names.push(name);
            }
        }
        let asked: Vec<(&str, String)> = names.into_iter().map(|name| (name, label(name))).collect();
        let stale = stale::Stale {
            address: self.address,
            back: self.back,
            version: self.version,
            asked: &asked,
            typed: self.typed,
            now: self.now,
            by: "",
        };
        stale.card(ctx, say)
    }
}

/// The questions of a form: what was typed, and what was found in it. A label
/// is the message `calendar-field-` and the key.
#[derive(Clone, Copy)]
pub(super) struct Ask<'a> {
    /// Language of the page.
    pub(super) lang: Lang,
    /// What was typed.
    pub(super) typed: &'a Fields,
    /// What was found.
    pub(super) found: &'a [Shown],
}

impl Ask<'_> {
    fn with(self, name: &str, key: &str, width: Width, draw: impl FnOnce(Field<'_>) -> Markup) -> Markup {
        let label = self.lang.t(&format!("calendar-field-{key}"));
        let field = Field::new(self.lang, name, &label)
            .value(self.typed.get(name))
            .findings(self.found)
            .width(width);
        draw(field)
    }
    /// A line of text.
    pub(super) fn text(self, name: &str, key: &str, width: Width) -> Markup {
        self.with(name, key, width, |field| field.text())
    }
    /// A whole number.
    pub(super) fn number(self, name: &str, key: &str, width: Width) -> Markup {
        self.with(name, key, width, |field| field.number())
    }
    /// A date.
    pub(super) fn date(self, name: &str, key: &str, width: Width) -> Markup {
        self.with(name, key, width, |field| field.date())
    }
    /// A time of day.
    pub(super) fn time(self, name: &str, key: &str, width: Width) -> Markup {
        self.with(name, key, width, |field| field.time())
    }
    /// A choice that is made.
    pub(super) fn choice(self, name: &str, key: &str, width: Width, choices: &[Choice]) -> Markup {
        self.with(name, key, width, |field| field.required().select(choices))
    }
    /// A choice that may be left out.
    pub(super) fn option(self, name: &str, key: &str, width: Width, choices: &[Choice]) -> Markup {
        self.with(name, key, width, |field| field.select(choices))
    }
    /// A tick.
    pub(super) fn tick(self, name: &str, key: &str, width: Width) -> Markup {
        self.with(name, key, width, |field| field.checkbox())
    }
}

/// A pair of a form's field and its value.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a number reads better without a reference"
)]
pub(super) fn pair(name: &str, value: impl ToString) -> (String, String) {
    (name.to_owned(), value.to_string())
}

/// A kind of day in words.
pub(super) fn kind_words(lang: Lang, kind: DayKind) -> String {
    lang.t(&format!("calendar-kind-{}", kind.as_str())).into_owned()
}

/// A day of a cycle in words: `Day 4`, `Week B`; empty where weekdays name themselves.
pub(crate) fn cycle_words(lang: Lang, cycle: Cycle, day: u8) -> String {
    let label = cycle.label(day);
    if label.is_empty() {
        return label;
    }
    let key = match cycle.kind {
        CycleKind::Weeks => "calendar-cycle-week",
        CycleKind::Terms => "calendar-cycle-term",
        _ => "calendar-cycle-day",
    };
    lang.tx(key, &[("day", label.into())]).into_owned()
}

/// The bell schedules of the year to choose from.
pub(super) fn bell_choices(teaching: &TeachingYear) -> Vec<Choice> {
    let choice = |bell: &schools::BellSchedule| Choice::new(bell.id.to_string(), bell.name.clone());
    teaching.bells.iter().map(choice).collect()
}
