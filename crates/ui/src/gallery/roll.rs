//! Roll call: seats, tallies, the earlier days.

use maud::{Markup, html};

use super::sample::{LONG_NAME, ctx, say};
use crate::ctx::Job;
use crate::form::{Finding, Severity};
use crate::head::PageHead;
use crate::roll::{Code, EarlierRow, Seat, Seats, Tone, earlier, kept_banner, tallies};
use crate::{Action, Icon, Lang, assets, shell, waiting};

fn codes(lang: Lang) -> Vec<Code> {
    let code = |letter: &str, en, fr, tone, is_near| Code {
        letter: letter.into(),
        label: say(lang, en, fr).into(),
        tone,
        is_near,
    };
    vec![
        code("P", "Present", "Présent", Tone::Present, true),
        code("A", "Absent", "Absent", Tone::Absent, true),
        code("L", "Late", "En retard", Tone::Late, true),
        code("E", "Excused", "Excusé", Tone::Excused, true),
        code("T", "School activity", "Activité scolaire", Tone::Excused, false),
    ]
}

fn seat(id: usize, name: &str, letter: &str) -> Seat {
    Seat {
        id: format!("s{id}"),
        name: name.into(),
        first: name.split(' ').next().unwrap_or_default().into(),
        letter: letter.into(),
        last: "P".into(),
        ..Seat::default()
    }
}

fn class(lang: Lang) -> Vec<Seat> {
    let mut seats: Vec<Seat> = [
        ("Hodan Abdi", "P"),
        ("Noémie Beaulieu", "P"),
        ("Tristan Cardinal", "P"),
        ("Lucía Castellano", "L"),
        ("Arjan Dhaliwal", "P"),
        ("Jonas Fehr", "E"),
        ("Yusuf Nasser", "A"),
        ("Althea Reyes", "P"),
    ]
    .iter()
    .enumerate()
    .map(|(place, (name, letter))| seat(place, name, letter))
    .collect();
    seats[3].minutes = "11".into();
    seats[5].note = say(lang, "Dentist", "Dentiste").into();
    seats[5].by = say(lang, "Office 8:31", "Secrétariat 8:31").into();
    seats[6].is_shielded = true;
    seats
}

fn page(lang: Lang, seats: &[Seat], findings: &[Finding], as_list: bool) -> Markup {
    let codes = codes(lang);
    let drawn = Seats {
        lang,
        codes: &codes,
        seats,
        findings,
        is_open: true,
        as_list,
    };
    let days: Vec<(String, String)> = (16..21)
        .map(|day| (format!("2026-11-{day}"), day.to_string()))
        .collect();
    let rows: Vec<EarlierRow> = seats
        .iter()
        .enumerate()
        .map(|(place, seat)| EarlierRow {
            name: seat.name.clone(),
            days: (0..5)
                .map(|day| match (place + day) % 7 {
                    0 => Some(Some(("A".into(), Tone::Absent))),
                    1 => Some(Some(("L".into(), Tone::Late))),
                    2 => None,
                    _ => Some(None),
                })
                .collect(),
        })
        .collect();
    let mut ctx = ctx(lang);
    ctx.job = Some(Job::Attendance);
    let head = PageHead::new(say(lang, "Homeroom 8B", "Classe 8B"))
        .facts(say(
            lang,
            "Monday, November 23 · Morning",
            "Lundi 23 novembre · Matin",
        ))
        .action(
            Action::scripted(lang.t("roll-submit"))
                .icon(Icon::Check)
                .primary(),
        );
    let body = html! {
        (head.draw())
        (kept_banner(lang))
        @if seats.is_empty() { (waiting::empty(&lang.t("attendance-no-homerooms"), None)) } @else {
            (tallies(lang, &codes, seats, true))
            form data-roll-form="sample" method="post" action="#" {
                (crate::action::csrf_field(&ctx.csrf))
                input type="hidden" name="key" value="sample";
                div class="grid" {
                    section class="s9" aria-label=(lang.t("roll-class")) { (drawn.draw()) }
                    aside class="s3 stack hide-ph" { (earlier(lang, &lang.t("roll-earlier"), &days, &rows)) }
                }
            }
        }
        script type="module" src=(assets::url("js/roll.js")) {}
    };
    shell::page(&ctx, lang.t("nav-attendance"), body)
}

pub(super) fn sample(lang: Lang) -> Markup {
    page(lang, &class(lang), &[], false)
}

pub(super) fn empty(lang: Lang) -> Markup {
    page(lang, &[], &[], false)
}

pub(super) fn longest(lang: Lang) -> Markup {
    let mut seats = vec![
        seat(0, LONG_NAME, "L"),
        seat(1, LONG_NAME, "T"),
        seat(2, LONG_NAME, "P"),
    ];
    seats[0].minutes = "400".into();
    seats[0].note = say(
        lang,
        "The bus from the north did not come because of the snow",
        "L’autobus du nord n’est pas venu à cause de la neige de la nuit",
    )
    .into();
    seats[1].is_shielded = true;
    let found = [Finding::new(
        Severity::Refuse,
        "minutes-s0",
        say(
            lang,
            "Minutes late are a whole number.",
            "Les minutes de retard sont un nombre entier.",
        ),
    )];
    page(lang, &seats, &found, false)
}

pub(super) fn as_list(lang: Lang) -> Markup {
    page(lang, &class(lang), &[], true)
}
