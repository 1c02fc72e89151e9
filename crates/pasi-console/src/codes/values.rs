//! The values of a code class: listed, added, said otherwise, expired.

use super::title;
use crate::answer::encoded;
use crate::at::{At, item};
use crate::clients::not_saved;
use crate::posted::{Fields, Posted, Tried, done, told, wrong};
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::SchoolYear;
use maud::{Markup, html};
use pasi_wire::messages::CodeValue;
use pasi_wire::rules::submit::line;
use ui::Action;
use ui::card::{Head, bare_card, card};
use ui::form::{Field, Finding, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};

/// The text fields: name in the form, words, longest text.
const TEXTS: [(&str, &str, u16); 4] = [
    ("short", "desk-short", 50),
    ("short_fr", "desk-short-fr", 50),
    ("long", "desk-long", 160),
    ("long_fr", "desk-long-fr", 160),
];
/// Longest code.
const CODE_MAX: u16 = 50;

fn path(class: &str) -> String {
    format!("{}/{}", item::CODES, encoded(class))
}

fn values(at: &At, class: &str) -> Vec<CodeValue> {
    let mut values = at.desk.code_values();
    values.retain(|value| value.code_class_name == class);
    values.sort_by(|one, other| {
        (one.display_sequence, &one.short_description)
            .cmp(&(other.display_sequence, &other.short_description))
    });
    values
}

/// The values of a class.
pub(crate) async fn list(
    at: At,
    Path(class): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let values = values(&at, &class);
    if values.is_empty() {
        return at.missing(item::CODES);
    }
    let done = Fields::from(query).some("done");
    let columns = vec![
        Column::new(at.t("desk-code")),
        Column::new(at.t("desk-short")),
        Column::new(at.t("desk-short-fr")).hide_on_phone(),
        Column::new(at.t("desk-years")).hide_on_phone(),
        Column::new(at.t("desk-state")),
        Column::figures(at.t("desk-version")).hide_on_phone(),
    ];
    let year = SchoolYear::of(at.today());
    let rows = values.iter().map(|value| {
        Row::new(vec![
            html! { span class="num" { (value.code_text) } },
            cell(&value.short_description),
            cell(&value.french_short_description),
            html! { span class="num nw" { (years(&at, value)) } },
            state(&at, value, year),
            cell(at.lang.number(value.pasi_core_version)),
        ])
        .link(
            0,
            format!("{}/value?text={}", path(&class), encoded(&value.code_text)),
        )
    });
    let table = Table::new(title(&at, &class), columns)
        .rows(rows.collect())
        .draw(at.lang);
    let body = html! {
        (PageHead::new(title(&at, &class))
            .crumbs(vec![Crumb::link(at.t("desk-codes"), item::CODES), Crumb::here(&*class)])
            .action(Action::link(at.t("desk-code-add"), format!("{}/value", path(&class))).primary())
            .draw())
        (told(&at, done.as_deref()))
        (bare_card(&Head::new("values", at.t("desk-values")), &table))
    };
    at.page(item::CODES, &at.t("desk-codes"), body)
}

fn years(at: &At, value: &CodeValue) -> String {
    let text = |year: Option<SchoolYear>| year.map_or_else(String::new, |year| year.to_string());
    match (value.effective_school_year, value.expiry_school_year) {
        (None, None) => at.t("desk-always"),
        (from, until) => format!("{} – {}", text(from), text(until)),
    }
}

fn state(at: &At, value: &CodeValue, year: SchoolYear) -> Markup {
    if value.expiry_school_year.is_some_and(|last| last < year) {
        pill(State::Neutral, &at.t("desk-expired"))
    } else if value.effective_school_year.is_some_and(|first| first > year) {
        pill(State::Pending, &at.t("desk-not-open"))
    } else {
        pill(State::Ok, &at.t("desk-valid"))
    }
}

/// One value, or a new one.
pub(crate) async fn page(
    at: At,
    Path(class): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let text = Fields::from(query).get("text");
    let held = values(&at, &class)
        .into_iter()
        .find(|value| value.code_text == text);
    if held.is_none() && (!text.is_empty() || values(&at, &class).is_empty()) {
        return at.missing(item::CODES);
    }
    let fields = held.as_ref().map(as_fields).unwrap_or_default();
    draw(
        &at,
        &class,
        held.is_some(),
        &Tried::refused("value", fields, Vec::new()),
    )
}

fn as_fields(value: &CodeValue) -> Fields {
    let year = |year: Option<SchoolYear>| year.map_or_else(String::new, |year| year.number().to_string());
    let pairs = [
        ("text", value.code_text.clone()),
        ("short", value.short_description.clone()),
        ("short_fr", value.french_short_description.clone()),
        ("long", value.description.clone()),
        ("long_fr", value.french_description.clone()),
        ("sequence", value.display_sequence.to_string()),
        ("from", year(value.effective_school_year)),
        ("until", year(value.expiry_school_year)),
    ];
    Fields::from(pairs.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

fn draw(at: &At, class: &str, is_held: bool, tried: &Tried) -> Response {
    let (typed, findings) = (&tried.fields, &tried.findings);
    let field = |name: &'static str, words: &str| (name, at.t(words), typed.get(name));
    let hint = at.t("desk-year-hint");
    let code = field("text", "desk-code");
    let expire = Action::submit(at.t("desk-expire"))
        .danger()
        .named("verb", "expire");
    let fields = html! {
        (summary(at.lang, findings, &["text", "short", "short_fr", "long", "long_fr", "sequence", "from", "until"]))
        @if is_held {
            input type="hidden" name="held" value="yes";
            input type="hidden" name="text" value=(code.2);
        } @else {
            (Field::new(at.lang, code.0, &code.1).value(&code.2).findings(findings).required().max_length(CODE_MAX).width(Width::Whole).text())
        }
        @for (name, words, most) in TEXTS {
            @let (name, label, value) = field(name, words);
            (Field::new(at.lang, name, &label).value(&value).findings(findings).max_length(most).text())
        }
        @for (name, words) in [("from", "desk-first-year"), ("until", "desk-last-year")] {
            @let (name, label, value) = field(name, words);
            (Field::new(at.lang, name, &label).hint(&hint).value(&value).findings(findings).width(Width::Third).optional().number())
        }
        @let (name, label, value) = field("sequence", "desk-sequence");
        (Field::new(at.lang, name, &label).value(&value).findings(findings).width(Width::Third).number())
        (form_end(at.lang, &html! { @if is_held { (expire) } }, &path(class), &Action::submit(at.t("desk-save")).primary().named("verb", "save")))
    };
    let heading = if is_held {
        code.2.clone()
    } else {
        at.t("desk-code-add")
    };
    let to = format!("{}/value", path(class));
    let body = html! {
        (PageHead::new(&*heading)
            .crumbs(vec![Crumb::link(at.t("desk-codes"), item::CODES), Crumb::link(title(at, class), path(class)), Crumb::here(&*heading)])
            .draw())
        (card(&Head::new("value", title(at, class)), &Form::post(&to).class("fg").draw(&at.token, &fields)))
    };
    at.page_with(tried.status(), item::CODES, &at.t("desk-codes"), body)
}

/// Adds or changes a value, or lets it expire with the present school year.
pub(crate) async fn send(Path(class): Path<String>, Posted { at, fields }: Posted) -> Response {
    let all = values(&at, &class);
    let held = all.iter().find(|value| value.code_text == fields.get("text"));
    let is_held = fields.is_on("held");
    if all.is_empty() || (is_held && held.is_none()) {
        return at.missing(item::CODES);
    }
    if let (Some(held), "expire") = (held, fields.get("verb").as_str()) {
        let expired = CodeValue {
            expiry_school_year: Some(SchoolYear::of(at.today())),
            ..held.clone()
        };
        return kept(&at, &class, expired, "expired");
    }
    let mut findings = Vec::new();
    if !is_held && held.is_some() {
        findings.push(wrong(&at, "text", "desk-code-taken"));
    }
    match read(&at, &class, &fields, &mut findings) {
        Some(value) if findings.is_empty() => kept(&at, &class, value, "code"),
        _ => draw(&at, &class, is_held, &Tried::refused("value", fields, findings)),
    }
}

fn kept(at: &At, class: &str, value: CodeValue, what: &str) -> Response {
    match at.desk.put_code(value) {
        Ok(()) => done(&path(class), what),
        Err(error) => not_saved(at, &error),
    }
}

/// The value as typed; every mistake is found.
fn read(at: &At, class: &str, fields: &Fields, findings: &mut Vec<Finding>) -> Option<CodeValue> {
    for (name, most) in TEXTS
        .iter()
        .map(|(name, _, most)| (*name, *most))
        .chain([("text", CODE_MAX)])
    {
        let typed = fields.get(name);
        let must = matches!(name, "text" | "short" | "long");
        if (must && typed.is_empty()) || !line(name, &typed, most.into()).is_empty() {
            findings.push(wrong(at, name, "desk-text-wrong"));
        }
    }
    let mut year = |name: &str| {
        let typed = fields.some(name)?;
        let year = typed.parse().ok().and_then(SchoolYear::ending);
        if year.is_none() {
            findings.push(wrong(at, name, "desk-year-wrong"));
        }
        year
    };
    let (from, until) = (year("from"), year("until"));
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        findings.push(wrong(at, "until", "desk-year-before"));
    }
    let sequence = fields
        .some("sequence")
        .map_or(Some(0), |typed| typed.parse().ok());
    if sequence.is_none() {
        findings.push(wrong(at, "sequence", "desk-count-wrong"));
    }
    Some(CodeValue {
        code_class_name: class.to_owned(),
        code_text: fields.get("text"),
        short_description: fields.get("short"),
        description: fields.get("long"),
        french_short_description: fields.get("short_fr"),
        french_description: fields.get("long_fr"),
        display_sequence: sequence?,
        pasi_core_version: 0,
        effective_school_year: from,
        expiry_school_year: until,
    })
}
