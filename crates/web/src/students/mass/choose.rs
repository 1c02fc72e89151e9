//! What shall change: one thing, its new value, and why.

use super::{head, path};
use crate::lookup;
use crate::posted::Fields;
use codes::CodeSet;
use enrolment::mass::{Batch, MassChange, StudentField};
use kernel::{Date, Failure, Finding as Found, Findings, Grade, Outcome, SchoolYear};
use maud::{Markup, html};
use ui::form::{self, Choice, Field, Finding, Form, Width};
use ui::{Action, Ctx, Icon, card, icon};

/// Characters of a homeroom's name, at most.
const LONGEST_HOMEROOM: u16 = 20;
/// Digits of an authority's code.
const LONGEST_BOARD: u16 = 4;

/// What may be changed, in the order of the page, each with its key.
const KINDS: [(&str, &str); 12] = [
    ("homeroom", "1"),
    ("grade", "2"),
    ("start", "3"),
    ("end", "4"),
    ("programming", "5"),
    ("add-grant", "6"),
    ("remove-grant", "7"),
    ("resident-board", "8"),
    ("withdraw", "9"),
    ("language-at-home", "h"),
    ("letters-in", "w"),
    ("section23", "f"),
];

/// The fields as the batch stands; `kind` when another thing shall change.
pub(super) fn fields_of(batch: &Batch, kind: &str) -> Fields {
    let mut pairs = vec![("change", kind.to_owned()), ("reason", batch.reason.clone())];
    if let Some(change) = batch.change.as_ref().filter(|change| change.word() == kind) {
        match change {
            MassChange::Homeroom { to }
            | MassChange::ResidentBoard { to }
            | MassChange::Student { to, .. } => pairs.push(("to", to.clone())),
            MassChange::Grade { to } => pairs.push(("to", to.as_str().to_owned())),
            MassChange::Start { to } | MassChange::End { to } => pairs.push(("to", to.to_string())),
            MassChange::Withdraw { last_day } => pairs.push(("to", last_day.to_string())),
            MassChange::AddGrant { code } | MassChange::RemoveGrant { code } => {
                pairs.push(("to", code.clone()));
            }
            MassChange::Programming { kind, timeframe } => {
                pairs.push(("to", kind.clone()));
                pairs.push(("timeframe", timeframe.clone()));
            }
            MassChange::Close(_) | MassChange::Register(_) => {}
        }
    }
    Fields::from(
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Vec<_>>(),
    )
}

/// The form as a change; every wrong field at once.
pub(super) fn change(fields: &Fields) -> Outcome<MassChange> {
    let mut findings = Findings::default();
    let text = || fields.get("to").to_owned();
    let mut needed = |code: &str| {
        if fields.get("to").is_empty() {
            findings.push(Found::refuse(code, "to"));
        }
    };
    let change = match fields.get("change") {
        "homeroom" => {
            fields.at_most("to", LONGEST_HOMEROOM.into())?;
            Some(MassChange::Homeroom { to: text() })
        }
        "resident-board" => {
            fields.at_most("to", LONGEST_BOARD.into())?;
            Some(MassChange::ResidentBoard { to: text() })
        }
        "grade" => {
            needed("LP-0004");
            let grade = fields.parsed::<Grade>("to", "LP-0004", &mut findings);
            grade.map(|to| MassChange::Grade { to })
        }
        kind @ ("start" | "end" | "withdraw") => {
            needed("LP-0001");
            let day = fields.parsed::<Date>("to", "LP-0001", &mut findings);
            day.map(|to| match kind {
                "start" => MassChange::Start { to },
                "end" => MassChange::End { to },
                _ => MassChange::Withdraw { last_day: to },
            })
        }
        "programming" => Some(MassChange::Programming {
            kind: text(),
            timeframe: fields.get("timeframe").to_owned(),
        }),
        "add-grant" => {
            needed("LP-0443");
            Some(MassChange::AddGrant { code: text() })
        }
        "remove-grant" => {
            needed("LP-0443");
            Some(MassChange::RemoveGrant { code: text() })
        }
        other => {
            let field = other.parse::<StudentField>().ok();
            if field.is_some() {
                needed("LP-0443");
            }
            field.map(|field| MassChange::Student { field, to: text() })
        }
    };
    findings.or_refuse()?;
    change.ok_or_else(|| Failure::refuse("LP-0443", "to"))
}

/// The page: what may be changed, or the question of the one that was chosen.
pub(super) fn draw(ctx: &Ctx, batch: &Batch, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let facts = lang.tx("mass-students", &[("n", batch.counts.all().into())]);
    let kind = fields.get("change");
    let body = if KINDS.iter().any(|(word, _)| *word == kind) {
        question(ctx, batch, kind, (fields, found))
    } else {
        kinds(ctx, batch)
    };
    html! { (head(lang, &lang.t("mass-title"), &facts).draw()) (body) }
}

fn kinds(ctx: &Ctx, batch: &Batch) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        ul class="list kinds" {
            @for (word, key) in KINDS {
                li {
                    a class="row-x plain" href={ (path(batch.id)) "?change=" (word) } data-key=(key) {
                        kbd { (key) }
                        span class="grow" { b { (lang.t(&format!("mass-{word}"))) } br; span class="sub sm" { (lang.t(&format!("mass-{word}-note"))) } }
                        (icon(Icon::ChevronRight))
                    }
                }
            }
        }
    };
    card::bare_card(&card::Head::new("what", lang.t("mass-what")), &body)
}

fn question(ctx: &Ctx, batch: &Batch, kind: &str, (fields, found): (&Fields, &[Finding])) -> Markup {
    let lang = ctx.lang;
    let (to, timeframe, reason) = (
        lang.t(&format!("mass-{kind}-to")),
        lang.t("field-timeframe"),
        lang.t("field-reason"),
    );
    let field = Field::new(lang, "to", &to)
        .value(fields.get("to"))
        .findings(found)
        .focus()
        .width(Width::Third);
    let asked = match kind {
        "grade" => field.required().select(
            &Grade::ALL
                .iter()
                .map(|grade| Choice::new(grade.as_str(), grade.label()))
                .collect::<Vec<_>>(),
        ),
        "start" | "end" | "withdraw" => field.required().date(),
        "programming" => html! {
            (field.required().select(&codes(ctx, CodeSet::ProgrammingType)))
            (Field::new(lang, "timeframe", &timeframe).value(fields.get("timeframe")).findings(found).required().width(Width::Third).select(&codes(ctx, CodeSet::ProgrammingTimeframe)))
        },
        "add-grant" | "remove-grant" => {
            field
                .required()
                .width(Width::Half)
                .select(&lookup::numbered_choices(
                    lang,
                    CodeSet::GrantsProgramCode,
                    SchoolYear::of(ctx.today.into()),
                ))
        }
        "language-at-home" | "letters-in" => field.required().select(&codes(ctx, CodeSet::LanguageAtHome)),
        "section23" => field
            .required()
            .width(Width::Half)
            .select(&codes(ctx, CodeSet::Section23Eligibility)),
        "resident-board" => field.max_length(LONGEST_BOARD).numeric().text(),
        _ => field.max_length(LONGEST_HOMEROOM).text(),
    };
    let send = Action::submit(lang.t("mass-look")).primary().key("Ctrl Enter");
    let inner = html! {
        input type="hidden" name="change" value=(kind);
        p class="sub m-0 mb" { (lang.t(&format!("mass-{kind}-note"))) }
        (form::summary(lang, found, &["to", "timeframe", "reason"]))
        div class="fg" {
            (asked)
            (Field::new(lang, "reason", &reason).value(fields.get("reason")).findings(found).optional().max_length(120).width(Width::TwoThirds).text())
        }
        (form::form_end(lang, &html! {
            a class="sm" href=(path(batch.id)) { (lang.t("mass-other")) }
        }, "/students", &send))
    };
    let drawn = Form::post(&format!("{}/choose", path(batch.id))).draw_in(ctx, &inner);
    card::card(&card::Head::new("what", lang.t(&format!("mass-{kind}"))), &drawn)
}

fn codes(ctx: &Ctx, set: CodeSet) -> Vec<Choice> {
    lookup::choices(ctx.lang, set, SchoolYear::of(ctx.today.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_a_change_or_says_what_is_wrong() {
        for (fields, want) in [
            (&[("change", "homeroom"), ("to", "7B")][..], Some("homeroom")),
            (&[("change", "homeroom"), ("to", "")], Some("homeroom")),
            (&[("change", "homeroom"), ("to", "seven B of the old wing")], None),
            (&[("change", "resident-board"), ("to", "30201")], None),
            (&[("change", "grade"), ("to", "07")], Some("grade")),
            (&[("change", "grade"), ("to", "77")], None),
            (&[("change", "withdraw"), ("to", "2026-11-20")], Some("withdraw")),
            (&[("change", "withdraw"), ("to", "")], None),
            (&[("change", "start"), ("to", "yesterday")], None),
            (&[("change", "add-grant"), ("to", "500")], Some("add-grant")),
            (&[("change", "letters-in"), ("to", "FRA")], Some("letters-in")),
            (&[("change", "section23"), ("to", "")], None),
            (&[("change", "nothing"), ("to", "x")], None),
            (&[], None),
        ] {
            let read = change(&Fields::of(fields));
            assert_eq!(read.ok().as_ref().map(MassChange::word), want, "{fields:?}");
        }
    }
}
