//! Terms of a year, and the cycle of its days.

use super::{Ask, Open, Page, Sent, Twice, answer, open, pair, shell};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, stale};
use access::Permit;
use access::action::ManageSchools;
use axum::extract::{Path, State};
use kernel::{Failure, Finding, Findings, Outcome, SchoolId, TermId};
use maud::{Markup, html};
use schools::{Cycle, CycleKind, Plan, PlanPart, TermDetails, TermKind};
use ui::ctx::Ctx;
use ui::form::{Choice, Form, Width, summary};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, card};

/// Lines for new terms below those there are.
const MORE: usize = 2;
/// Most lines of the form.
const MOST: usize = 12;

/// What was sent to the page and is shown again.
#[derive(Default)]
struct Attempt {
    terms: Option<Sent>,
    cycle: Option<Sent>,
    /// A form that somebody else saved first, and whether it is that of the cycle.
    twice: Option<(Fields, bool)>,
}

fn path(school: SchoolId) -> String {
    Page::Terms.path(school)
}

fn cycle_path(school: SchoolId) -> String {
    format!("{}/cycle", super::path(school))
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(id): Path<SchoolId>) -> PageResult {
    show(&app, &who, id, Attempt::default()).await
}

async fn show(app: &App, who: &Who, id: SchoolId, attempt: Attempt) -> PageResult {
    let opened = open(app, who, id).await?;
    let ctx = shell(app, who).await?;
    let body = match &opened.teaching {
        None => opened.none(ctx.lang),
        Some(teaching) => html! {
            @if let Some((typed, is_cycle)) = &attempt.twice { (twice(&ctx, id, &teaching.plan, typed, *is_cycle)) }
            div class="grid" {
                div class="s7 stack" { (terms_card(&ctx, &opened, &teaching.plan, attempt.terms.as_ref())) }
                div class="s5 stack" { (cycle_card(&ctx, &opened, &teaching.plan, attempt.cycle.as_ref())) }
            }
        },
    };
    let drawn = opened.draw(&ctx, Page::Terms, Vec::new(), &body);
    if attempt.twice.is_some() {
        return Ok(Answer::stale(drawn));
    }
    Ok(answer(drawn, attempt.terms.as_ref().or(attempt.cycle.as_ref())))
}

fn term_kind(lang: Lang, kind: TermKind) -> String {
    lang.t(&format!("calendar-term-{}", kind.as_str())).into_owned()
}

fn terms_card(ctx: &Ctx, opened: &Open, plan: &Plan, sent: Option<&Sent>) -> Markup {
    let lang = ctx.lang;
    let body = if opened.may_edit {
        terms_form(ctx, opened.school.id, plan, sent)
    } else {
        terms_table(lang, plan)
    };
    card::bare_card(&card::Head::new("terms", lang.t("calendar-terms")), &body)
}

fn terms_table(lang: Lang, plan: &Plan) -> Markup {
    let columns = vec![
        Column::new(lang.t("calendar-field-name")),
        Column::new(lang.t("calendar-field-term-kind")),
        Column::new(lang.t("calendar-field-first-day")),
        Column::new(lang.t("calendar-field-last-day")),
    ];
    let rows = plan.terms.iter().map(|term| {
        Row::new(vec![
            html! { (term.name) },
            html! { (term_kind(lang, term.kind)) },
            html! { span class="num nw" { (term.first_day) } },
            html! { span class="num nw" { (term.last_day) } },
        ])
    });
    Table::new(lang.t("calendar-terms"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("calendar-terms-none"), None))
        .draw(lang)
}

/// The terms as the form fills them.
fn said(plan: &Plan) -> Fields {
    let mut pairs = Vec::new();
    for (at, term) in plan.terms.iter().enumerate() {
        let name = |what: &str| format!("{what}-{}", at + 1);
        pairs.push(pair(&name("id"), term.id));
        pairs.push(pair(&name("name"), &term.name));
        pairs.push(pair(&name("kind"), term.kind));
        pairs.push(pair(&name("first_day"), term.first_day));
        pairs.push(pair(&name("last_day"), term.last_day));
    }
    Fields::from(pairs)
}

/// How many lines the form shows: those that were sent, else the terms and some more.
fn lines(plan: &Plan, typed: &Fields) -> usize {
    let sent = typed
        .pairs()
        .filter(|(name, _)| name.starts_with("first_day-"))
        .count();
    sent.max(plan.terms.len() + MORE).min(MOST)
}

fn terms_form(ctx: &Ctx, school: SchoolId, plan: &Plan, sent: Option<&Sent>) -> Markup {
    let lang = ctx.lang;
    let (typed, found) = sent.cloned().unwrap_or_else(|| (said(plan), Vec::new()));
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let kinds: Vec<Choice> = TermKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), term_kind(lang, *kind)))
        .collect();
    let lines = lines(plan, &typed);
    let names: Vec<String> = (1..=lines)
        .flat_map(|at| ["name", "kind", "first_day", "last_day"].map(|what| format!("{what}-{at}")))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let fields = html! {
        (stale::seen(plan.version, &typed))
        div class="cb stack-s" {
            (summary(lang, &found, &names))
            @for at in 1..=lines {
                @let name = |what: &str| format!("{what}-{at}");
                fieldset class="fg line-x" {
                    legend class="visually-hidden" { (lang.tx("calendar-term-line", &[("n", at.into())])) }
                    input type="hidden" name=(name("id")) value=(typed.get(&name("id")));
                    (ask.text(&name("name"), "name", Width::Quarter))
                    (ask.option(&name("kind"), "term-kind", Width::Quarter, &kinds))
                    (ask.date(&name("first_day"), "first-day", Width::Quarter))
                    (ask.date(&name("last_day"), "last-day", Width::Quarter))
                }
            }
            p class="sm sub m-0" { (lang.t("calendar-terms-note")) }
            div { (Action::submit(lang.t("save")).primary()) }
        }
    };
    Form::post(&path(school)).draw_in(ctx, &fields)
}

/// The terms that were typed, each with its line: a line with nothing but a kind is none.
fn typed_terms(fields: &Fields) -> Outcome<(Vec<TermDetails>, Vec<usize>)> {
    let mut found = Findings::default();
    let (mut terms, mut lines) = (Vec::new(), Vec::new());
    for at in 1..=MOST {
        let name = |what: &str| format!("{what}-{at}");
        let is_blank = ["name", "first_day", "last_day"]
            .iter()
            .all(|what| fields.get(&name(what)).is_empty());
        let kind: Option<TermKind> = fields.parsed(&name("kind"), "LP-0008", &mut found);
        if is_blank {
            continue;
        }
        if fields.get(&name("kind")).is_empty() {
            found.push(Finding::refuse("LP-0008", name("kind")));
        }
        let first_day = fields.day(&name("first_day"), &mut found);
        let last_day = fields.day(&name("last_day"), &mut found);
        let id: Option<TermId> = fields.get(&name("id")).parse().ok();
        if let (Some(kind), Some(first_day), Some(last_day)) = (kind, first_day, last_day) {
            lines.push(at);
            terms.push(TermDetails {
                id,
                name: fields.get(&name("name")).to_owned(),
                kind,
                first_day,
                last_day,
            });
        }
    }
    found.or_refuse().map(|_| (terms, lines))
}

/// Keeps the terms.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let part = fields
        .fit()
        .and_then(|()| typed_terms(&fields))
        .map(|(terms, lines)| (PlanPart::Terms(terms), lines));
    match keep(&app, &who, id, &fields, part).await? {
        Kept::Saved => Ok(Answer::see(path(id))),
        Kept::Twice => {
            let attempt = Attempt {
                twice: Some((fields, false)),
                ..Attempt::default()
            };
            show(&app, &who, id, attempt).await
        }
        Kept::Refused(found) => {
            let attempt = Attempt {
                terms: Some((fields, found)),
                ..Attempt::default()
            };
            show(&app, &who, id, attempt).await
        }
    }
}

/// How keeping a part of the plan went.
pub(super) enum Kept {
    Saved,
    Twice,
    Refused(Vec<ui::form::Finding>),
}

/// Keeps a part of the plan, when it could be read; what the rules say of its nth entry is told beside its line.
pub(super) async fn keep(
    app: &App,
    who: &Who,
    id: SchoolId,
    fields: &Fields,
    part: Outcome<(PlanPart, Vec<usize>)>,
) -> Result<Kept, crate::answer::Stopped> {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(app, who)?;
    let year = context::year_shown(who);
    let read = part.and_then(|(part, lines)| Ok((part, lines, fields.version("version")?)));
    let (part, lines, seen) = match read {
        Ok(read) => read,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(app, who)?;
            return Ok(Kept::Refused(found));
        }
    };
    let write = move |tx: &mut db::Tx| schools::set_plan(tx, &permit, (id, year), seen, part.clone());
    match app.store().write(who.actor(), write).await {
        Ok(_) => Ok(Kept::Saved),
        Err(failure) if stale::is_stale(&failure) => Ok(Kept::Twice),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(app, who)?;
            Ok(Kept::Refused(super::at_lines(found, &lines)))
        }
    }
}

fn twice(ctx: &Ctx, id: SchoolId, plan: &Plan, typed: &Fields, is_cycle: bool) -> Markup {
    let lang = ctx.lang;
    let (address, now) = if is_cycle {
        (cycle_path(id), cycle_said(plan.cycle))
    } else {
        (path(id), said(plan))
    };
    let back = path(id);
    let card = Twice {
        address: &address,
        back: &back,
        version: plan.version,
        typed,
        now: &now,
    };
    let label = |name: &str| {
        let (what, line) = name.rsplit_once('-').unwrap_or((name, ""));
        let key = match what {
            "kind" if is_cycle => "cycle-kind".to_owned(),
            "kind" => "term-kind".to_owned(),
            other => other.replace('_', "-"),
        };
        format!("{} {line}", lang.t(&format!("calendar-field-{key}")))
    };
    let say = |name: &str, value: &str| match (name.starts_with("kind"), is_cycle) {
        (true, false) => value
            .parse()
            .map_or(value.to_owned(), |kind| term_kind(lang, kind)),
        (true, true) => lang.t(&format!("calendar-cycle-kind-{value}")).into_owned(),
        _ => value.to_owned(),
    };
    card.card(ctx, &label, &say)
}

fn cycle_said(cycle: Cycle) -> Fields {
    Fields::from(vec![
        pair("kind", cycle.kind),
        pair("length", cycle.length),
        pair("has_letters", if cycle.has_letters { "yes" } else { "" }),
    ])
}

fn cycle_card(ctx: &Ctx, opened: &Open, plan: &Plan, sent: Option<&Sent>) -> Markup {
    let lang = ctx.lang;
    let head = card::Head::new("cycle", lang.t("calendar-cycle"));
    let kind = |kind: CycleKind| {
        lang.t(&format!("calendar-cycle-kind-{}", kind.as_str()))
            .into_owned()
    };
    if !opened.may_edit {
        let days: Vec<String> = plan.cycle.days().map(|day| plan.cycle.label(day)).collect();
        let body =
            html! { p class="m-0" { (kind(plan.cycle.kind)) } p class="m-0 sub num" { (days.join(" ")) } };
        return card::card(&head, &body);
    }
    let (typed, found) = sent
        .cloned()
        .unwrap_or_else(|| (cycle_said(plan.cycle), Vec::new()));
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let kinds: Vec<Choice> = CycleKind::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), kind(*one)))
        .collect();
    let fields = html! {
        div class="cb fg" {
            (summary(lang, &found, &["kind", "length", "has_letters"]))
            (stale::seen(plan.version, &typed))
            (ask.choice("kind", "cycle-kind", Width::Whole, &kinds))
            (ask.number("length", "length", Width::Half))
            (ask.tick("has_letters", "has-letters", Width::Half))
            p class="f w12 sm sub m-0" { (lang.t("calendar-cycle-note")) }
            div class="f w12" { (Action::submit(lang.t("save")).primary()) }
        }
    };
    card::bare_card(
        &head,
        &Form::post(&cycle_path(opened.school.id)).draw_in(ctx, &fields),
    )
}

fn typed_cycle(fields: &Fields) -> Outcome<Cycle> {
    let mut found = Findings::default();
    let kind: Option<CycleKind> = fields.chosen("kind", "LP-0008", &mut found);
    let length: Option<u8> = fields.chosen("length", "LP-0006", &mut found);
    match (kind, length) {
        (Some(kind), Some(length)) => Ok(Cycle {
            kind,
            length,
            has_letters: fields.is_on("has_letters"),
        }),
        _ => Err(Failure::Invalid(found)),
    }
}

/// Keeps the cycle.
pub(crate) async fn send_cycle(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let part = fields.fit().and_then(|()| typed_cycle(&fields));
    let part = part.map(|cycle| (PlanPart::Cycle(cycle), Vec::new()));
    let attempt = match keep(&app, &who, id, &fields, part).await? {
        Kept::Saved => return Ok(Answer::see(path(id))),
        Kept::Twice => Attempt {
            twice: Some((fields, true)),
            ..Attempt::default()
        },
        Kept::Refused(found) => Attempt {
            cycle: Some((fields, found)),
            ..Attempt::default()
        },
    };
    show(&app, &who, id, attempt).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_name_and_days_is_no_term() {
        let fields = Fields::of(&[
            ("name-1", "Semester 1"),
            ("kind-1", "semester"),
            ("first_day-1", "2026-09-01"),
            ("last_day-1", "2027-01-29"),
            ("kind-2", "semester"),
        ]);
        let (terms, lines) = typed_terms(&fields).expect("one term");
        assert_eq!((terms.len(), lines), (1, vec![1]));
        let Err(Failure::Invalid(found)) = typed_terms(&Fields::of(&[("name-3", "Half"), ("kind-4", "age")]))
        else {
            panic!("half a term was taken");
        };
        let told: Vec<(&str, &str)> = found
            .0
            .iter()
            .map(|finding| (finding.code.as_str(), finding.field.as_str()))
            .collect();
        let wanted = [
            ("LP-0008", "kind-3"),
            ("LP-0001", "first_day-3"),
            ("LP-0001", "last_day-3"),
            ("LP-0008", "kind-4"),
        ];
        assert_eq!(told, wanted);
    }
}
