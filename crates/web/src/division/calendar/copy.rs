//! A school's calendar for other schools: what would change, then the change.

use super::{Page, kind_words, open, path, shell};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, stale};
use access::Permit;
use access::action::{ManageSchools, ViewSchools};
use axum::extract::{Path, Query, State};
use kernel::SchoolId;
use maud::{Markup, html};
use schools::{CopyCalendar, CopyChange, CopyParts, School, Seen};
use ui::ctx::Ctx;
use ui::form::{Choice, Field, Finding as Shown, Form, Width, finding_line, summary};
use ui::{Action, Icon, Lang, card};

/// What may be copied, by the name of its tick.
const PARTS: [&str; 3] = ["days", "terms", "bells"];
/// Days of a change that are told one by one.
const DAYS: usize = 12;

/// What is asked for, from the address or a form.
struct Asked {
    parts: CopyParts,
    to: Vec<SchoolId>,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        let parts = fields.all("part");
        let has = |name: &str| parts.iter().any(|part| part == name);
        Self {
            parts: CopyParts {
                days: has("days"),
                terms: has("terms"),
                bells: has("bells"),
            },
            to: fields.all("to").iter().filter_map(|id| id.parse().ok()).collect(),
        }
    }
    fn names(&self) -> Vec<&'static str> {
        let has = [self.parts.days, self.parts.terms, self.parts.bells];
        PARTS
            .iter()
            .zip(has)
            .filter(|(_, has)| *has)
            .map(|(name, _)| *name)
            .collect()
    }
    fn is_anything(&self) -> bool {
        !self.names().is_empty() && !self.to.is_empty()
    }
}

fn address(school: SchoolId) -> String {
    format!("{}/copy", path(school))
}

/// The page: what to copy and where to, and what that would change once both are chosen.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<SchoolId>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> PageResult {
    Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let is_first = pairs.is_empty();
    let mut asked = Asked::of(&Fields::from(pairs));
    if is_first {
        asked.parts = CopyParts {
            days: true,
            terms: true,
            bells: true,
        };
    }
    show(&app, &who, id, &asked, (Vec::new(), false)).await
}

async fn show(
    app: &App,
    who: &Who,
    id: SchoolId,
    asked: &Asked,
    (found, is_stale): (Vec<Shown>, bool),
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(app, who)?;
    let opened = open(app, who, id).await?;
    let ctx = shell(app, who).await?;
    let lang = ctx.lang;
    if opened.teaching.is_none() {
        return Ok(Answer::page(opened.draw(
            &ctx,
            Page::Year,
            Vec::new(),
            &opened.none(lang),
        )));
    }
    let view = Permit::<ViewSchools>::wide(who.standing()).or_stop(app, who)?;
    let (year, parts, to) = (opened.year, asked.parts, asked.to.clone());
    let is_anything = asked.is_anything();
    let read = app.store().read(who.division(), move |at| {
        let changes = if is_anything {
            schools::copy_preview(at, &permit, (id, year), parts, &to)?
        } else {
            Vec::new()
        };
        Ok((schools::schools(at, &view)?, changes))
    });
    let (all, changes) = read.await.or_stop(app, who)?;
    let others: Vec<&School> = all.iter().filter(|school| school.id != id).collect();
    let body = html! {
        div class="grid" {
            div class="s5 stack" { (choose(lang, id, asked, &others, &found)) }
            div class="s7 stack" { @if is_anything { (preview(&ctx, id, asked, &all, &changes)) } }
        }
    };
    let drawn = opened.draw(&ctx, Page::Year, Vec::new(), &body);
    Ok(match (is_stale, found.is_empty()) {
        (true, _) => Answer::stale(drawn),
        (false, false) => Answer::again(drawn),
        (false, true) => Answer::page(drawn),
    })
}

fn choose(lang: Lang, id: SchoolId, asked: &Asked, others: &[&School], found: &[Shown]) -> Markup {
    let parts: Vec<Choice> = PARTS
        .iter()
        .map(|part| Choice::new(*part, lang.t(&format!("calendar-copy-{part}"))))
        .collect();
    let schools: Vec<Choice> = others
        .iter()
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    let chosen: Vec<String> = asked.to.iter().map(ToString::to_string).collect();
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let field = |name: &'static str, label: &str, choices: &[Choice], chosen: &[&str]| {
        Field::new(lang, name, label)
            .findings(found)
            .width(Width::Whole)
            .checkboxes(choices, chosen)
    };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["to", "part"]))
            (field("part", &lang.t("calendar-copy-what"), &parts, &asked.names()))
            (field("to", &lang.t("calendar-copy-to"), &schools, &chosen))
            div class="f w12" { (Action::submit(lang.t("calendar-copy-preview")).icon(Icon::Eye)) }
        }
    };
    let form = Form::get(&address(id)).draw("", &fields);
    card::bare_card(&card::Head::new("copy", lang.t("calendar-copy-head")), &form)
}

fn preview(ctx: &Ctx, id: SchoolId, asked: &Asked, all: &[School], changes: &[CopyChange]) -> Markup {
    let lang = ctx.lang;
    let name = |id: SchoolId| {
        all.iter()
            .find(|school| school.id == id)
            .map_or("", |school| &school.name)
    };
    let open: Vec<&CopyChange> = changes.iter().filter(|change| !change.is_empty()).collect();
    let may = !open.is_empty() && changes.iter().all(|change| !change.findings.refuse());
    let fields = html! {
        @for part in asked.names() { input type="hidden" name="part" value=(part); }
        @for change in changes {
            input type="hidden" name="to" value=(change.school);
            input type="hidden" name={ "seen-" (change.school) } value=(change.seen.0);
        }
        ul class="list" {
            @for change in changes {
                li class="cb b-top" {
                    b { (name(change.school)) }
                    (told(lang, change))
                }
            }
        }
        @if may {
            div class="ch b-top" {
                span class="sm sub grow" { (lang.t("calendar-copy-note")) }
                (Action::submit(lang.tx("calendar-copy-send", &[("n", open.len().into())])).primary())
            }
        }
    };
    let form = Form::post(&address(id)).draw_in(ctx, &fields);
    card::bare_card(
        &card::Head::new("preview", lang.t("calendar-copy-changes")),
        &form,
    )
}

/// What would change at one school, a line each.
fn told(lang: Lang, change: &CopyChange) -> Markup {
    if change.is_empty() {
        return html! { div class="sm sub" { (lang.t("calendar-copy-same")) } };
    }
    let kind = |kind: Option<schools::DayKind>| {
        kind.map_or_else(
            || lang.t("calendar-kind-none").into_owned(),
            |kind| kind_words(lang, kind),
        )
    };
    let span = |(first, last): (kernel::Date, kernel::Date)| format!("{first} – {last}");
    html! {
        ul class="sm m-0" {
            @if let Some((was, is)) = &change.span {
                li { (lang.t("calendar-copy-span")) ": " @if let Some(was) = was { s { (span(*was)) } " " } b { (span(*is)) } }
            }
            @for (day, was, is) in change.days.iter().take(DAYS) {
                li { (lang.deadline(day.civil())) ": " s { (kind(*was)) } " " b { (kind(*is)) } }
            }
            @if change.days.len() > DAYS { li { (lang.tx("calendar-copy-more", &[("n", (change.days.len() - DAYS).into())])) } }
            @if let Some((was, is)) = &change.terms {
                li { (lang.t("calendar-terms")) ": " @if !was.is_empty() { s { (was.join(", ")) } " " } b { (is.join(", ")) } }
            }
            @if !change.bells.is_empty() { li { (lang.t("calendar-tab-bells")) ": " b { (change.bells.join(", ")) } } }
            @if change.is_plan_changed { li { (lang.t("calendar-copy-plan")) } }
        }
        @for finding in findings::shown(lang, &change.findings) { (finding_line(lang, &finding)) }
    }
}

/// Copies.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let asked = Asked::of(&fields);
    let to = asked.to.iter().map(|school| {
        let seen = Seen(fields.get(&format!("seen-{school}")).to_owned());
        (*school, seen)
    });
    let cmd = CopyCalendar {
        from: id,
        year: context::year_shown(&who),
        parts: asked.parts,
        to: to.collect(),
    };
    let write = move |tx: &mut db::Tx| schools::copy_calendar(tx, &permit, &cmd);
    let told = match app.store().write(who.actor(), write).await {
        Ok(_) => return Ok(Answer::see(path(id))),
        Err(failure) if stale::is_stale(&failure) => (stale::again(who.lang(), &fields).1, true),
        Err(failure) => (
            findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
            false,
        ),
    };
    show(&app, &who, id, &asked, told).await
}
