//! Trouble on purpose, so that other people's systems can be seen to bear it.

use crate::at::{At, item};
use crate::posted::{Fields, Posted, done, told, wrong};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, Render as _, html};
use pasi_reference::{Outage, Trouble};
use ui::Action;
use ui::card::{Head, card};
use ui::form::{Choice, Field, Finding, Form, Width, summary};
use ui::head::PageHead;

/// A kind of trouble that ends by itself, after so many calls.
struct Counted {
    name: &'static str,
    of: fn(&mut Trouble) -> &mut u32,
}

const COUNTED: [Counted; 6] = [
    Counted {
        name: "spare",
        of: |trouble| &mut trouble.spared_calls,
    },
    Counted {
        name: "drop",
        of: |trouble| &mut trouble.drop_calls,
    },
    Counted {
        name: "lose",
        of: |trouble| &mut trouble.lose_answers,
    },
    Counted {
        name: "cut",
        of: |trouble| &mut trouble.cut_answers,
    },
    Counted {
        name: "garbage",
        of: |trouble| &mut trouble.garbage_answers,
    },
    Counted {
        name: "race",
        of: |trouble| &mut trouble.race_submits,
    },
];

/// Most calls one kind may spoil.
const MOST_CALLS: u32 = 10_000;
/// Longest delay, in milliseconds.
const LONGEST_MS: u64 = 120_000;

/// What is wrong, each kind in words.
pub(crate) fn in_words(at: &At, trouble: &Trouble) -> Vec<String> {
    let mut said = Vec::new();
    match trouble.outage {
        Some(Outage::Refuse) => said.push(at.t("desk-is-refusing")),
        Some(Outage::Fault) => said.push(at.t("desk-is-faulting")),
        None => {}
    }
    if trouble.latency_ms > 0 {
        let ms = i64::try_from(trouble.latency_ms).unwrap_or(i64::MAX);
        said.push(at.with("desk-is-slow", "ms", ms));
    }
    if trouble.is_lagging {
        said.push(at.t("desk-is-lagging"));
    }
    let mut trouble = trouble.clone();
    for counted in &COUNTED {
        let left = *(counted.of)(&mut trouble);
        if left > 0 {
            said.push(at.with(&format!("desk-is-{}", counted.name), "n", left));
        }
    }
    said
}

/// The switches.
pub(crate) async fn page(at: At, Query(query): Query<Vec<(String, String)>>) -> Response {
    let done = Fields::from(query).some("done");
    let trouble = at.desk.trouble();
    draw(&at, StatusCode::OK, &trouble, &[], done.as_deref())
}

fn draw(
    at: &At,
    status: StatusCode,
    trouble: &Trouble,
    findings: &[Finding],
    done: Option<&str>,
) -> Response {
    let end = Form::post(item::TROUBLE).draw(
        &at.token,
        &Action::submit(at.t("desk-trouble-end"))
            .danger()
            .named("verb", "end")
            .render(),
    );
    let body = html! {
        (PageHead::new(at.t("desk-trouble")).facts(at.t("desk-trouble-facts")).draw())
        (told(at, done))
        (summary(at.lang, findings, &["latency", "spare", "drop", "lose", "cut", "garbage", "race"]))
        div class="stack" {
            @if trouble.is_any() {
                (card(&Head::new("now", at.t("desk-trouble-now")).end(end), &now(at, trouble)))
            }
            (card(&Head::new("switches", at.t("desk-trouble-set")), &switches(at, trouble, findings)))
        }
    };
    at.page_with(status, item::TROUBLE, &at.t("desk-trouble"), body)
}

fn now(at: &At, trouble: &Trouble) -> Markup {
    html! { ul class="m-0" { @for what in in_words(at, trouble) { li { (what) } } } }
}

fn switches(at: &At, trouble: &Trouble, findings: &[Finding]) -> Markup {
    let outage = match trouble.outage {
        None => "none",
        Some(Outage::Refuse) => "refuse",
        Some(Outage::Fault) => "fault",
    };
    let outages = ["none", "refuse", "fault"].map(|kind| {
        Choice::new(kind, at.t(&format!("desk-outage-{kind}")))
            .note(at.t(&format!("desk-outage-{kind}-text")))
    });
    let (outage_label, latency_label, latency_hint) = (
        at.t("desk-outage"),
        at.t("desk-latency"),
        at.t("desk-latency-hint"),
    );
    let (lagging_label, lagging_hint) = (at.t("desk-lagging"), at.t("desk-lagging-hint"));
    let latency = trouble.latency_ms.to_string();
    let mut held = trouble.clone();
    let fields = html! {
        (Field::new(at.lang, "outage", &outage_label).value(outage).width(Width::Whole).radios(&outages))
        (Field::new(at.lang, "latency", &latency_label).hint(&latency_hint).value(&latency).findings(findings).number())
        (Field::new(at.lang, "lagging", &lagging_label).hint(&lagging_hint).value(if trouble.is_lagging { "yes" } else { "" }).checkbox())
        @for counted in &COUNTED {
            (count(at, counted, *(counted.of)(&mut held), findings))
        }
        div class="form-end w12" { span class="end" { (Action::submit(at.t("desk-trouble-save")).primary().named("verb", "set")) } }
    };
    Form::post(item::TROUBLE).class("fg").draw(&at.token, &fields)
}

fn count(at: &At, counted: &Counted, value: u32, findings: &[Finding]) -> Markup {
    let (label, hint) = (
        at.t(&format!("desk-{}", counted.name)),
        at.t(&format!("desk-{}-hint", counted.name)),
    );
    Field::new(at.lang, counted.name, &label)
        .hint(&hint)
        .value(&value.to_string())
        .findings(findings)
        .number()
}

/// Sets or ends it.
pub(crate) async fn send(Posted { at, fields }: Posted) -> Response {
    if fields.get("verb") == "end" {
        at.desk.set_trouble(&Trouble::default());
        return done(item::TROUBLE, "calm");
    }
    let mut trouble = Trouble {
        outage: match fields.get("outage").as_str() {
            "refuse" => Some(Outage::Refuse),
            "fault" => Some(Outage::Fault),
            _ => None,
        },
        is_lagging: fields.is_on("lagging"),
        ..Trouble::default()
    };
    let mut findings = Vec::new();
    match whole(&fields, "latency", LONGEST_MS) {
        Some(ms) => trouble.latency_ms = ms,
        None => findings.push(wrong(&at, "latency", "desk-latency-wrong")),
    }
    for counted in &COUNTED {
        match whole(&fields, counted.name, MOST_CALLS) {
            Some(calls) => *(counted.of)(&mut trouble) = calls,
            None => findings.push(wrong(&at, counted.name, "desk-count-wrong")),
        }
    }
    if !findings.is_empty() {
        return draw(&at, StatusCode::UNPROCESSABLE_ENTITY, &trouble, &findings, None);
    }
    at.desk.set_trouble(&trouble);
    done(item::TROUBLE, "trouble")
}

/// A whole number up to the most allowed; nothing typed is 0.
fn whole<N: std::str::FromStr + PartialOrd + Default + Copy>(
    fields: &Fields,
    name: &str,
    most: N,
) -> Option<N> {
    match fields.some(name) {
        None => Some(N::default()),
        Some(typed) => typed.parse().ok().filter(|number| *number <= most),
    }
}
