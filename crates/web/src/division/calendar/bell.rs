//! One bell schedule: its form.

use super::periods::{lines, said, typed};
use super::{Ask, Open, Page, Sent, Twice, answer, open, shell};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, stale};
use access::Permit;
use access::action::ManageSchools;
use axum::extract::{Path, State};
use kernel::{BellScheduleId, Failure, SchoolId};
use maud::{Markup, html};
use schools::{BellSchedule, PeriodKind, SetBell};
use ui::ctx::Ctx;
use ui::form::{Choice, Form, Severity, Width, finding_line, form_end, summary};
use ui::{Action, Icon, Lang, card, dialog};

/// What was sent to the page and is shown again.
#[derive(Default)]
struct Attempt {
    sent: Option<Sent>,
    /// What somebody else saved first.
    twice: Option<Fields>,
}

fn path(school: SchoolId, bell: BellScheduleId) -> String {
    format!("{}/{bell}", Page::Bells.path(school))
}

/// What a period is for, in words.
pub(super) fn kind_words(lang: Lang, kind: PeriodKind) -> String {
    lang.t(&format!("calendar-period-{}", kind.as_str())).into_owned()
}

/// The form of a new one.
pub(crate) async fn new_page(State(app): State<App>, who: Who, Path(id): Path<SchoolId>) -> PageResult {
    Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let opened = open(&app, &who, id).await?;
    let fresh = BellScheduleId::fresh(app.store().now());
    show(&app, &who, &opened, (fresh, None), Attempt::default()).await
}

/// The form of one there is.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path((id, bell)): Path<(SchoolId, BellScheduleId)>,
) -> PageResult {
    Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let opened = open(&app, &who, id).await?;
    let known = opened
        .teaching
        .as_ref()
        .and_then(|teaching| teaching.bell(bell))
        .cloned();
    let known = known.ok_or(Failure::NotFound).or_stop(&app, &who)?;
    show(&app, &who, &opened, (bell, Some(&known)), Attempt::default()).await
}

async fn show(
    app: &App,
    who: &Who,
    opened: &Open,
    (id, bell): (BellScheduleId, Option<&BellSchedule>),
    attempt: Attempt,
) -> PageResult {
    let ctx = shell(app, who).await?;
    let lang = ctx.lang;
    let title = bell.map_or_else(
        || lang.t("calendar-bell-new").into_owned(),
        |bell| bell.name.clone(),
    );
    let body = match (&opened.teaching, bell, &attempt.twice) {
        (None, ..) => opened.none(lang),
        (_, Some(bell), Some(typed)) => twice(&ctx, opened.school.id, bell, typed),
        _ => {
            let form = form(&ctx, opened.school.id, (id, bell), attempt.sent.as_ref());
            html! {
                (card::bare_card(&card::Head::new("bell", title), &form))
                @if let Some(bell) = bell { (removal(&ctx, opened.school.id, bell)) }
            }
        }
    };
    let drawn = opened.draw(&ctx, Page::Bells, Vec::new(), &body);
    if attempt.twice.is_some() {
        return Ok(Answer::stale(drawn));
    }
    Ok(answer(drawn, attempt.sent.as_ref()))
}

fn form(
    ctx: &Ctx,
    school: SchoolId,
    (id, bell): (BellScheduleId, Option<&BellSchedule>),
    sent: Option<&Sent>,
) -> Markup {
    let lang = ctx.lang;
    let (typed, found) = sent
        .cloned()
        .unwrap_or_else(|| (bell.map(said).unwrap_or_default(), Vec::new()));
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let lines = lines(bell, &typed);
    let names: Vec<String> = (1..=lines)
        .flat_map(|at| ["number", "name", "starts", "ends", "kind"].map(|what| format!("{what}-{at}")))
        .collect();
    let names: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .chain(["name", "is_usual"])
        .collect();
    let fields = html! {
        (stale::seen(bell.map_or(0, |bell| bell.version), &typed))
        div class="cb stack-s" {
            (summary(lang, &found, &names))
            @for note in found.iter().filter(|note| note.severity != Severity::Refuse) { (finding_line(lang, note)) }
            div class="fg" {
                (ask.text("name", "name", Width::Half))
                (ask.tick("is_usual", "is-usual", Width::Half))
            }
            @for at in 1..=lines { (line(ask, at)) }
            p class="sm sub m-0" { (lang.t("calendar-bell-note")) }
        }
        (form_end(lang, &html! {}, &Page::Bells.path(school), &Action::submit(lang.t("save")).primary()))
    };
    Form::post(&path(school, id)).draw_in(ctx, &fields)
}

fn line(ask: Ask<'_>, at: usize) -> Markup {
    let lang = ask.lang;
    let name = |what: &str| format!("{what}-{at}");
    let kinds: Vec<Choice> = PeriodKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), kind_words(lang, *kind)))
        .collect();
    html! {
        fieldset class="fg line-x" {
            legend class="visually-hidden" { (lang.tx("calendar-period-line", &[("n", at.into())])) }
            (ask.number(&name("number"), "number", Width::Sixth))
            (ask.text(&name("name"), "name", Width::Quarter))
            (ask.time(&name("starts"), "starts", Width::Sixth))
            (ask.time(&name("ends"), "ends", Width::Sixth))
            (ask.option(&name("kind"), "period-kind", Width::Quarter, &kinds))
        }
    }
}

fn removal(ctx: &Ctx, school: SchoolId, bell: &BellSchedule) -> Markup {
    let lang = ctx.lang;
    let action = format!("{}/remove?version={}", path(school, bell.id), bell.version);
    let confirm = dialog::Confirm {
        id: "remove-bell",
        title: &lang.tx(
            "calendar-bell-remove-title",
            &[("name", bell.name.as_str().into())],
        ),
        effect: &lang.t("calendar-bell-remove-effect"),
        action: &action,
        csrf: &ctx.csrf,
        verb: &lang.t("calendar-bell-remove"),
        asks_digits: false,
    };
    html! {
        div class="mt no-print" { (Action::opens(lang.t("calendar-bell-remove"), "remove-bell").icon(Icon::Trash).danger()) }
        (dialog::confirm(lang, &confirm))
    }
}

fn twice(ctx: &Ctx, school: SchoolId, bell: &BellSchedule, typed: &Fields) -> Markup {
    let lang = ctx.lang;
    let (address, back) = (path(school, bell.id), Page::Bells.path(school));
    let card = Twice {
        address: &address,
        back: &back,
        version: bell.version,
        typed,
        now: &said(bell),
    };
    let label = |name: &str| {
        let (what, line) = name.rsplit_once('-').unwrap_or((name, ""));
        let key = if what == "kind" { "period-kind" } else { what };
        format!(
            "{} {line}",
            lang.t(&format!("calendar-field-{}", key.replace('_', "-")))
        )
    };
    let say = |name: &str, value: &str| match value.parse() {
        Ok(kind) if name.starts_with("kind-") => kind_words(lang, kind),
        _ => value.to_owned(),
    };
    card.card(ctx, &label, &say)
}

/// Keeps the bell schedule.
pub(crate) async fn send(
    State(app): State<App>,
    Path((id, bell)): Path<(SchoolId, BellScheduleId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let opened = open(&app, &who, id).await?;
    if opened.teaching.is_none() {
        return Err(Failure::NotFound).or_stop(&app, &who);
    }
    let year = context::year_shown(&who);
    let read = fields
        .fit()
        .and_then(|()| Ok((typed(&fields)?, fields.version("version")?)));
    let (saved, lines) = match read {
        Err(failure) => (Err(failure), None),
        Ok(((periods, lines), seen)) => {
            let cmd = SetBell {
                school: id,
                year,
                id: bell,
                seen,
                name: fields.get("name").to_owned(),
                is_usual: fields.is_on("is_usual"),
                periods,
            };
            let write = move |tx: &mut db::Tx| schools::set_bell(tx, &permit, cmd.clone());
            (app.store().write(who.actor(), write).await, Some(lines))
        }
    };
    let attempt = match saved {
        Ok(saved) if !saved.findings.is_empty() => {
            // It is kept; what the rules warn of is told above it.
            let found = findings::shown(who.lang(), &saved.findings);
            Attempt {
                sent: Some((said(&saved.record), found)),
                twice: None,
            }
        }
        Ok(_) => return Ok(Answer::see(Page::Bells.path(id))),
        Err(failure) if stale::is_stale(&failure) => Attempt {
            sent: None,
            twice: Some(fields),
        },
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let found = lines.map_or_else(|| found.clone(), |lines| super::at_lines(found.clone(), &lines));
            Attempt {
                sent: Some((fields, found)),
                twice: None,
            }
        }
    };
    let opened = open(&app, &who, id).await?;
    let known = opened
        .teaching
        .as_ref()
        .and_then(|teaching| teaching.bell(bell))
        .cloned();
    show(&app, &who, &opened, (bell, known.as_ref()), attempt).await
}

/// Takes the bell schedule away.
pub(crate) async fn remove(
    State(app): State<App>,
    Path((id, bell)): Path<(SchoolId, BellScheduleId)>,
    axum::extract::RawQuery(query): axum::extract::RawQuery,
    Posted { who, .. }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let year = context::year_shown(&who);
    let seen = query
        .as_deref()
        .and_then(|query| query.strip_prefix("version="))
        .and_then(|version| version.parse().ok())
        .unwrap_or(0);
    let write = move |tx: &mut db::Tx| schools::remove_bell(tx, &permit, (id, year), bell, seen);
    let found = match app.store().write(who.actor(), write).await {
        Ok(()) => return Ok(Answer::see(Page::Bells.path(id))),
        Err(failure) => findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
    };
    let opened = open(&app, &who, id).await?;
    let known = opened
        .teaching
        .as_ref()
        .and_then(|teaching| teaching.bell(bell))
        .cloned();
    let known = known.ok_or(Failure::NotFound).or_stop(&app, &who)?;
    let attempt = Attempt {
        sent: Some((said(&known), found)),
        twice: None,
    };
    show(&app, &who, &opened, (bell, Some(&known)), attempt).await
}
