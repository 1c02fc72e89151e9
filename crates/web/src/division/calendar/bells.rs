//! The bell schedules of a school, and when each is used.

use super::bell::kind_words;
use super::terms::{Kept, keep};
use super::{Ask, Open, Page, Sent, Twice, answer, bell_choices, cycle_words, open, pair, shell};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, stale};
use access::Permit;
use access::action::ManageSchools;
use axum::extract::{Path, State};
use jiff::civil::Weekday;
use kernel::{BellScheduleId, Findings, Grade, Outcome, SchoolId};
use maud::{Markup, html};
use schools::rules::hours::minutes_of;
use schools::rules::judge::field_of;
use schools::{BellSchedule, BellUse, CycleKind, PlanPart, TeachingYear, UsedOn};
use ui::ctx::Ctx;
use ui::form::{Field, Form, Width, summary};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card, pill};

/// What was sent to the page and is shown again.
#[derive(Default)]
struct Attempt {
    uses: Option<Sent>,
    /// What somebody else saved first.
    twice: Option<Fields>,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(id): Path<SchoolId>) -> PageResult {
    show(&app, &who, id, Attempt::default()).await
}

async fn show(app: &App, who: &Who, id: SchoolId, attempt: Attempt) -> PageResult {
    let opened = open(app, who, id).await?;
    let ctx = shell(app, who).await?;
    let lang = ctx.lang;
    let mut actions = Vec::new();
    let body = match &opened.teaching {
        None => opened.none(lang),
        Some(teaching) => {
            if opened.may_edit {
                let way = format!("{}/new", Page::Bells.path(id));
                actions.push(
                    Action::link(lang.t("calendar-bell-new"), way)
                        .icon(Icon::Plus)
                        .primary(),
                );
            }
            html! {
                @if let Some(typed) = &attempt.twice { (twice(&ctx, &opened, teaching, typed)) }
                div class="grid" {
                    div class="s7 stack" { (schedules(lang, &opened, teaching)) }
                    @if !teaching.bells.is_empty() {
                        div class="s5 stack" { (uses_card(&ctx, &opened, teaching, attempt.uses.as_ref())) }
                    }
                }
            }
        }
    };
    let drawn = opened.draw(&ctx, Page::Bells, actions, &body);
    if attempt.twice.is_some() {
        return Ok(Answer::stale(drawn));
    }
    Ok(answer(drawn, attempt.uses.as_ref()))
}

fn schedules(lang: Lang, opened: &Open, teaching: &TeachingYear) -> Markup {
    let words = lang.t("calendar-bells-none");
    html! {
        @if teaching.bells.is_empty() { (card::unheaded_card(&lang.t("calendar-tab-bells"), &ui::waiting::empty(&words, None))) }
        @for bell in &teaching.bells { (schedule(lang, opened, bell)) }
    }
}

fn schedule(lang: Lang, opened: &Open, bell: &BellSchedule) -> Markup {
    let columns = vec![
        Column::figures(lang.t("calendar-field-number")),
        Column::new(lang.t("calendar-field-name")),
        Column::new(lang.t("calendar-times")),
        Column::new(lang.t("calendar-field-period-kind")),
        Column::figures(lang.t("calendar-minutes")),
    ];
    let rows = bell.periods.iter().map(|period| {
        let times = format!("{} – {}", lang.minutes(period.starts), lang.minutes(period.ends));
        Row::new(vec![
            html! { (period.number) },
            html! { (period.name) },
            html! { span class="num nw" { (times) } },
            html! { (kind_words(lang, period.kind)) },
            html! { (period.minutes()) },
        ])
    });
    let table = Table::new(bell.name.clone(), columns)
        .rows(rows.collect())
        .draw(lang);
    let taught = lang.tx("calendar-taught", &[("minutes", minutes_of(bell, None).into())]);
    let usual = lang.t("calendar-usual");
    let mut head = card::Head::new(format!("bell-{}", bell.id), bell.name.clone()).beside(html! {
        @if bell.is_usual { (pill::pill(PillState::Selected, &usual)) }
        span class="sm sub nw" { (taught) }
    });
    if opened.may_edit {
        let way = format!("{}/{}", Page::Bells.path(opened.school.id), bell.id);
        let spoken = lang.tx("calendar-bell-change", &[("name", bell.name.as_str().into())]);
        let action = Action::link(lang.t("calendar-change"), way)
            .small()
            .icon(Icon::Pencil)
            .spoken(spoken);
        head = head.end(html! { (action) });
    }
    card::bare_card(&head, &table)
}

/// The days on which another bell schedule than the usual one may be used.
fn places(opened: &Open, teaching: &TeachingYear) -> Vec<UsedOn> {
    let cycle = teaching.plan.cycle;
    let weekdays = (1..=5).map(UsedOn::Weekday);
    let days = cycle
        .days()
        .filter(|_| cycle.kind != CycleKind::Weekday)
        .map(UsedOn::CycleDay);
    let grades = opened.school.grades().map(UsedOn::Grade);
    // What was set before the cycle was shortened stays on the form until it is taken away.
    let set = teaching.plan.uses.iter().map(|one| one.on);
    let mut all: Vec<UsedOn> = weekdays.chain(days).chain(grades).chain(set).collect();
    all.sort();
    all.dedup();
    all
}

fn place_words(lang: Lang, teaching: &TeachingYear, on: UsedOn) -> String {
    match on {
        UsedOn::Weekday(day) => i8::try_from(day)
            .ok()
            .and_then(|day| Weekday::from_monday_one_offset(day).ok())
            .map(|day| lang.weekday(day))
            .unwrap_or_default(),
        UsedOn::CycleDay(day) => cycle_words(lang, teaching.plan.cycle, day),
        UsedOn::Grade(grade) => grade_words(lang, grade),
    }
}

fn grade_words(lang: Lang, grade: Grade) -> String {
    lang.tx("calendar-grade", &[("grade", grade.label().into())])
        .into_owned()
}

fn said(teaching: &TeachingYear) -> Fields {
    let uses = teaching.plan.uses.iter();
    Fields::from(
        uses.map(|one| pair(&field_of(one.on), one.bell))
            .collect::<Vec<_>>(),
    )
}

fn uses_card(ctx: &Ctx, opened: &Open, teaching: &TeachingYear, sent: Option<&Sent>) -> Markup {
    let lang = ctx.lang;
    let head = card::Head::new("uses", lang.t("calendar-uses"));
    if !opened.may_edit {
        return card::card(&head, &uses_facts(lang, teaching));
    }
    let (typed, found) = sent.cloned().unwrap_or_else(|| (said(teaching), Vec::new()));
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let choices = bell_choices(teaching);
    let places = places(opened, teaching);
    let names: Vec<String> = places.iter().map(|on| field_of(*on)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let fields = html! {
        div class="cb fg" {
            (summary(lang, &found, &names))
            (stale::seen(teaching.plan.version, &typed))
            p class="f w12 sm sub m-0" { (lang.t("calendar-uses-note")) }
            @for on in &places {
                @let (name, label) = (field_of(*on), place_words(lang, teaching, *on));
                (Field::new(lang, &name, &label).value(ask.typed.get(&name)).findings(ask.found).width(Width::Third).select(&choices))
            }
            div class="f w12" { (Action::submit(lang.t("save")).primary()) }
        }
    };
    card::bare_card(
        &head,
        &Form::post(&Page::Bells.path(opened.school.id)).draw_in(ctx, &fields),
    )
}

fn uses_facts(lang: Lang, teaching: &TeachingYear) -> Markup {
    if teaching.plan.uses.is_empty() {
        return html! { p class="m-0" { (lang.t("calendar-uses-none")) } };
    }
    let mut facts = ui::facts::Facts::new();
    for one in &teaching.plan.uses {
        let name = teaching.bell(one.bell).map(|bell| bell.name.clone());
        facts = facts.fact(place_words(lang, teaching, one.on), name.unwrap_or_default());
    }
    facts.draw()
}

/// What was chosen for each place of the form.
fn typed_uses(places: &[UsedOn], fields: &Fields) -> Outcome<Vec<BellUse>> {
    let mut found = Findings::default();
    let uses = places.iter().filter_map(|on| {
        let bell: Option<BellScheduleId> = fields.parsed(&field_of(*on), "LP-0008", &mut found);
        Some(BellUse { on: *on, bell: bell? })
    });
    let uses = uses.collect();
    found.or_refuse().map(|_| uses)
}

fn twice(ctx: &Ctx, opened: &Open, teaching: &TeachingYear, typed: &Fields) -> Markup {
    let lang = ctx.lang;
    let address = Page::Bells.path(opened.school.id);
    let card = Twice {
        address: &address,
        back: &address,
        version: teaching.plan.version,
        typed,
        now: &said(teaching),
    };
    let places = places(opened, teaching);
    let label = |name: &str| {
        let place = places.iter().find(|on| field_of(**on) == name);
        place
            .map(|on| place_words(lang, teaching, *on))
            .unwrap_or_default()
    };
    let say = |_: &str, value: &str| {
        let id: Option<BellScheduleId> = value.parse().ok();
        id.and_then(|id| teaching.bell(id))
            .map(|bell| bell.name.clone())
            .unwrap_or_default()
    };
    card.card(ctx, &label, &say)
}

/// Keeps what is used when.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let opened = open(&app, &who, id).await?;
    let places = opened
        .teaching
        .as_ref()
        .map(|teaching| places(&opened, teaching))
        .unwrap_or_default();
    let part = fields.fit().and_then(|()| typed_uses(&places, &fields));
    let part = part.map(|uses| (PlanPart::Uses(uses), Vec::new()));
    let attempt = match keep(&app, &who, id, &fields, part).await? {
        Kept::Saved => return Ok(Answer::see(Page::Bells.path(id))),
        Kept::Twice => Attempt {
            uses: None,
            twice: Some(fields),
        },
        Kept::Refused(found) => Attempt {
            uses: Some((fields, found)),
            twice: None,
        },
    };
    show(&app, &who, id, attempt).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_without_a_choice_has_the_usual_bell_schedule() {
        let bell = BellScheduleId::derived("bell");
        let places = [UsedOn::Weekday(5), UsedOn::CycleDay(2), UsedOn::Grade(Grade::Ecs)];
        let id = bell.to_string();
        let fields = Fields::of(&[("weekday-5", ""), ("cycle-2", &id)]);
        let wanted = vec![BellUse {
            on: UsedOn::CycleDay(2),
            bell,
        }];
        assert_eq!(typed_uses(&places, &fields), Ok(wanted));
        assert!(typed_uses(&places, &Fields::of(&[("grade-EC", "x")])).is_err());
    }
}
