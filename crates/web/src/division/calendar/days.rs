//! Days that are not as the others: their list, and the form that says what days are.

use super::marks::{Span, spans};
use super::year::{Attempt, show};
use super::{Ask, Open, Sent, bell_choices, cycle_words, kind_words, path};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::{App, context, findings, stale};
use access::Permit;
use access::action::ManageSchools;
use axum::extract::{Path, State};
use jiff::civil::Weekday;
use kernel::{BellScheduleId, Findings, Outcome, SchoolId, SchoolYear};
use maud::{Markup, html};
use schools::{ClosureKind, CycleKind, DayAs, DayKind, SetDays, TeachingYear};
use ui::ctx::Ctx;
use ui::form::{Choice, Form, Severity, Width, finding_line, summary};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card, pill};

/// Names of the form's fields.
const FIELDS: [&str; 6] = ["from", "until", "kind", "reason", "bell", "cycle_day"];

/// The days that are not as the others; with a way back for each when the person may change them.
pub(super) fn list(ctx: &Ctx, opened: &Open, teaching: &TeachingYear) -> Markup {
    let lang = ctx.lang;
    let mut columns = vec![
        Column::new(lang.t("calendar-days")),
        Column::new(lang.t("calendar-field-kind")),
        Column::new(lang.t("calendar-field-reason")),
    ];
    if opened.may_edit {
        columns.push(Column::new(lang.t("calendar-open-again")).unseen_label());
    }
    let row = |span: &Span| {
        let mut cells = vec![
            dates(lang, span),
            html! { span class="nw" { (pill::pill(PillState::Neutral, &kind_words(lang, span.kind))) } },
            html! { (span.reason) @if let Some(beside) = beside(lang, teaching, span) { div class="sm sub" { (beside) } } },
        ];
        if opened.may_edit {
            cells.push(opener(ctx, opened.school.id, teaching, span));
        }
        Row::new(cells)
    };
    let all = spans(teaching);
    let table = Table::new(lang.t("calendar-special"), columns)
        .rows(all.iter().map(row).collect())
        .empty(ui::waiting::empty(&lang.t("calendar-special-none"), None));
    card::bare_card(
        &card::Head::new("special", lang.t("calendar-special")),
        &table.draw(lang),
    )
}

fn dates(lang: Lang, span: &Span) -> Markup {
    html! {
        span class="nw" { (lang.deadline(span.from.civil())) }
        @if span.until != span.from { " – " span class="nw" { (lang.deadline(span.until.civil())) } }
    }
}

/// The bell schedule and the day of the cycle of special days.
fn beside(lang: Lang, teaching: &TeachingYear, span: &Span) -> Option<String> {
    let bell = span
        .bell
        .and_then(|id| teaching.bell(id))
        .map(|bell| bell.name.clone());
    let day = span.cycle_day.map(|day| turn_words(lang, teaching, day));
    let parts: Vec<String> = bell.into_iter().chain(day).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// A day of the cycle in words; of weekdays, as which of them it runs.
fn turn_words(lang: Lang, teaching: &TeachingYear, day: u8) -> String {
    if teaching.plan.cycle.kind != CycleKind::Weekday {
        return cycle_words(lang, teaching.plan.cycle, day);
    }
    let weekday = i8::try_from(day)
        .ok()
        .and_then(|day| Weekday::from_monday_one_offset(day).ok());
    let name = weekday.map(|day| lang.weekday(day)).unwrap_or_default();
    lang.tx("calendar-as-weekday", &[("day", name.into())])
        .into_owned()
}

/// Makes the days of a span days as the others.
fn opener(ctx: &Ctx, school: SchoolId, teaching: &TeachingYear, span: &Span) -> Markup {
    let lang = ctx.lang;
    let day = span.from.to_string();
    let spoken = lang.tx("calendar-open-again-day", &[("day", day.into())]);
    let fields = html! {
        input type="hidden" name="version" value=(teaching.calendar.version);
        input type="hidden" name="from" value=(span.from);
        input type="hidden" name="until" value=(span.until);
        input type="hidden" name="kind" value=(DayKind::Instructional);
        (Action::submit(spoken).small().quiet().icon_only(Icon::Trash))
    };
    Form::post(&format!("{}/days", path(school))).draw_in(ctx, &fields)
}

/// The form that says what days are.
pub(super) fn form(ctx: &Ctx, opened: &Open, teaching: &TeachingYear, sent: Option<&Sent>) -> Markup {
    let lang = ctx.lang;
    let (typed, found) = sent.cloned().unwrap_or_default();
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let kinds: Vec<Choice> = DayKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), kind_words(lang, *kind)))
        .collect();
    let turns: Vec<Choice> = teaching
        .plan
        .cycle
        .days()
        .map(|day| Choice::new(day.to_string(), turn_words(lang, teaching, day)))
        .collect();
    let version = typed.version("version").unwrap_or(teaching.calendar.version);
    let fields = html! {
        div class="cb fg" {
            (summary(lang, &found, &FIELDS))
            @for note in found.iter().filter(|note| note.severity != Severity::Refuse) { div class="f w12" { (finding_line(lang, note)) } }
            input type="hidden" name="version" value=(version);
            (ask.date("from", "from", Width::Half))
            (ask.date("until", "until", Width::Half))
            (ask.choice("kind", "kind", Width::Half, &kinds))
            (ask.text("reason", "reason", Width::Half))
            (ask.option("bell", "bell", Width::Half, &bell_choices(teaching)))
            (ask.option("cycle_day", "cycle-day", Width::Half, &turns))
            p class="f w12 sm sub m-0" { (lang.t("calendar-days-note")) }
            div class="f w12" { (Action::submit(lang.t("calendar-days-save")).primary()) }
        }
    };
    let drawn = Form::post(&format!("{}/days", path(opened.school.id))).draw_in(ctx, &fields);
    card::bare_card(&card::Head::new("change", lang.t("calendar-days-change")), &drawn)
}

/// What was asked for; refused when a part is missing or has not its form.
fn asked(school: SchoolId, year: SchoolYear, fields: &Fields) -> Outcome<SetDays> {
    let mut found = Findings::default();
    let from = fields.day("from", &mut found);
    // A single day needs no last one.
    let until = if fields.get("until").is_empty() {
        from
    } else {
        fields.date("until", &mut found)
    };
    let kind: Option<DayKind> = fields.chosen("kind", "LP-0008", &mut found);
    let bell: Option<BellScheduleId> = fields.parsed("bell", "LP-0008", &mut found);
    let cycle_day: Option<u8> = fields.parsed("cycle_day", "LP-0008", &mut found);
    let seen = fields.version("version");
    let (Some(from), Some(until), Some(kind)) = (from, until, kind) else {
        return Err(kernel::Failure::Invalid(found));
    };
    found.or_refuse()?;
    Ok(SetDays {
        school,
        year,
        seen: seen?,
        from,
        until,
        kind: day_as(kind, bell, cycle_day),
        reason: fields.get("reason").to_owned(),
    })
}

fn day_as(kind: DayKind, bell: Option<BellScheduleId>, cycle_day: Option<u8>) -> DayAs {
    match kind {
        DayKind::Professional => DayAs::Closed(ClosureKind::Professional),
        DayKind::Holiday => DayAs::Closed(ClosureKind::Holiday),
        DayKind::Other => DayAs::Closed(ClosureKind::Other),
        DayKind::Instructional | DayKind::EarlyDismissal => DayAs::Taught {
            is_early: kind == DayKind::EarlyDismissal,
            bell,
            cycle_day,
        },
    }
}

/// Says what days are.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let year = context::year_shown(&who);
    let saved = match fields.fit().and_then(|()| asked(id, year, &fields)) {
        Ok(cmd) => {
            let write = move |tx: &mut db::Tx| schools::set_days(tx, &permit, &cmd);
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    let sent = match saved {
        Ok(_) => return Ok(Answer::see(path(id))),
        Err(failure) if stale::is_stale(&failure) => stale::again(who.lang(), &fields),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            (fields, found.into_iter().map(beside_reason).collect())
        }
    };
    let attempt = Attempt {
        days: Some(sent),
        ..Attempt::default()
    };
    show(&app, &who, id, attempt).await
}

/// A closure without a reason is told beside the reason; what is found in the calendar as a whole, above the form.
fn beside_reason(mut found: ui::form::Finding) -> ui::form::Finding {
    if found.field == "closures" {
        "reason".clone_into(&mut found.field);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Failure;

    #[test]
    fn days_are_asked_for_by_a_span_and_a_kind() {
        let (school, year) = (
            SchoolId::derived("school"),
            SchoolYear::ending(2027).expect("a year"),
        );
        let of = |pairs: &[(&str, &str)]| asked(school, year, &Fields::of(pairs));
        let one = of(&[
            ("from", "2026-09-07"),
            ("kind", "holiday"),
            ("reason", "Labour Day"),
            ("version", "3"),
        ]);
        let one = one.expect("complete");
        assert_eq!((one.from, one.seen), (one.until, 3));
        assert_eq!(one.kind, DayAs::Closed(ClosureKind::Holiday));
        for (pairs, fields) in [
            (vec![("kind", "holiday"), ("version", "1")], vec!["from"]),
            (
                vec![("from", "soon"), ("kind", "feast"), ("version", "1")],
                vec!["from", "kind"],
            ),
            (
                vec![
                    ("from", "2026-09-07"),
                    ("kind", "instructional"),
                    ("bell", "x"),
                    ("cycle_day", "D"),
                    ("version", "1"),
                ],
                vec!["bell", "cycle_day"],
            ),
            (vec![("from", "2026-09-07"), ("kind", "holiday")], vec![""]),
        ] {
            let Err(Failure::Invalid(found)) = of(&pairs) else {
                panic!("{pairs:?} was taken");
            };
            let told: Vec<&str> = found.0.iter().map(|finding| finding.field.as_str()).collect();
            assert_eq!(told, fields, "{pairs:?}");
        }
    }
}
