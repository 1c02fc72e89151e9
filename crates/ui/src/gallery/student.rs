//! The record of a student.

use maud::{Markup, html};

use super::lists::sample_rows;
use super::sample::{LONG_NAME, ctx, say};
use crate::card::{Head, bare_card, card};
use crate::diff::{Decision, Sides, differences};
use crate::facts::Facts;
use crate::form::Form;
use crate::head::{Crumb, PageHead};
use crate::pill::{Badge, BadgeKind, pill, state_pill};
use crate::print::{Foot, foot};
use crate::student::{
    Gate, Identity, Name, Place, StudentHeader, as_of, covered, place_line, student_header,
};
use crate::tabs::Tab;
use crate::timeline::{Moment, timeline};
use crate::{Action, Icon, Lang, State, shell};

fn record_tabs(lang: Lang) -> Vec<Tab> {
    let tab = |en, fr, count: u32, current| {
        let tab = Tab::new(say(lang, en, fr), "#").current(current);
        if count > 0 { tab.count(count) } else { tab }
    };
    vec![
        tab("Summary", "Sommaire", 0, true),
        tab("Family & contacts", "Famille et contacts", 4, false),
        tab("Enrolment", "Inscription", 0, false),
        tab("Attendance", "Présences", 0, false),
        tab("Assessment", "Évaluation", 0, false),
        tab("Plans", "Plans", 2, false),
        tab("Medical", "Santé", 0, false),
        tab("Documents", "Documents", 17, false),
        tab("History", "Historique", 0, false),
    ]
}

fn gate(lang: Lang) -> Gate {
    Gate {
        title: say(lang, "Court order in effect.", "Ordonnance du tribunal en vigueur.").into(),
        text: say(lang, "Release only to Dawn Whitebear or Elsie Cardinal. Do not share address or school by phone.", "Remettre l’enfant à Dawn Whitebear ou à Elsie Cardinal seulement. Ne donner ni l’adresse ni l’école par téléphone.").into(),
        action: Some(Action::link(say(lang, "Read order", "Lire l’ordonnance"), "#").small().class("nw")),
    }
}

fn badges(lang: Lang) -> Vec<Badge> {
    let badge = |kind, en, fr| Badge {
        kind,
        text: say(lang, en, fr).into(),
        href: Some("#".into()),
    };
    vec![
        badge(BadgeKind::Restriction, "Court ordered", "Ordonnance du tribunal"),
        badge(
            BadgeKind::Medical,
            "Peanut, EpiPen in office",
            "Arachides, EpiPen au secrétariat",
        ),
        badge(BadgeKind::Plans, "Code 54 · IPP", "Code 54 · PIA"),
        badge(BadgeKind::Transport, "Bus 14", "Autobus 14"),
        badge(
            BadgeKind::Pasi(State::Conflict),
            "PASI: 3 fields differ",
            "PASI : 3 champs diffèrent",
        ),
    ]
}

fn identity() -> Identity {
    Identity {
        name: Name {
            listed: "Whitebear, Aiyana Rose".into(),
            goes_by: Some("Aya".into()),
            sent_as: None,
        },
        photo: None,
        asn: Some("9990-4418-2".into()),
        grade: "8".into(),
        homeroom: "8-2".into(),
        school: "Marten Lake School".into(),
        born: "2013-04-17".into(),
        age: 13,
        local_number: "204118".into(),
    }
}

fn header(lang: Lang) -> StudentHeader {
    StudentHeader {
        gates: vec![gate(lang)],
        identity: identity(),
        badges: badges(lang),
        tabs: record_tabs(lang),
        actions: vec![
            Action::link(say(lang, "Message family", "Écrire à la famille"), "#").icon(Icon::Mail),
            Action::scripted(say(lang, "More", "Plus")).icon(Icon::Dots),
        ],
    }
}

fn summary(lang: Lang) -> Markup {
    let sides = Sides {
        ours: say(lang, "Lodgepole (ours)", "Lodgepole (nous)").into(),
        theirs: say(lang, "PASI (province)", "PASI (province)").into(),
    };
    let decide = html! {
        (differences(lang, &sides, Decision::OursOrTheirs, &sample_rows(lang)))
        div class="form-end" {
            span class="sm sub grow" { (say(lang, "Home phone goes to PASI. Two fields come from PASI. Nothing changes until you apply.", "Le téléphone va à PASI. Deux champs viennent de PASI. Rien ne change avant que vous n’appliquiez.")) }
            (Action::link(lang.t("later"), "#"))
            (Action::submit(say(lang, "Apply 3 choices", "Appliquer les 3 choix")).primary())
        }
    };
    let enrolment = Facts::new()
        .fact(
            say(lang, "School", "École"),
            html! { "Marten Lake School " span class="dim num" { "S.9104" } },
        )
        .figure(say(lang, "Start", "Début"), "2026-09-01")
        .fact(
            say(lang, "Program", "Programme"),
            say(lang, "Regular, full day", "Régulier, journée complète"),
        )
        .fact(
            say(lang, "Exception code", "Code d’exception"),
            say(lang, "54 Learning disability", "54 Trouble d’apprentissage"),
        )
        .fact(
            say(lang, "Grants code", "Code de subvention"),
            html! { "500 " span class="dim" { (say(lang, "with exception", "avec exception")) } },
        );
    let moments = [Moment {
        what: say(lang, "Absent, Block A", "Absence, bloc A").into(),
        detail: say(lang, "by S. Nakamura", "par S. Nakamura").into(),
        when: lang.time(jiff::civil::time(9, 8, 0, 0)),
        now: true,
    }];
    let head = Head::new("ps", say(lang, "PASI differences", "Différences avec PASI"))
        .beside(pill(State::Conflict, say(lang, "3 to decide", "3 à décider")))
        .end(html! { span class="sm dim nw" { (say(lang, "Read 9:38 today", "Lu à 9 h 38 aujourd’hui")) } });
    html! {
        div class="grid" {
            div class="s7 stack" {
                (Form::post("#").draw("sample", &bare_card(&head, &decide)))
                (super::lists::students(lang, super::lists::Rows::Some).draw(lang))
            }
            div class="s5 stack" {
                (card(&Head::new("en", say(lang, "Enrolment 2026/27", "Inscription 2026/27")).end(state_pill(lang, State::InSync)), &enrolment.draw()))
                (card(&Head::new("hi", say(lang, "Recent changes", "Changements récents")), &timeline(lang, &moments)))
            }
        }
        (foot(lang, &Foot { about: "Whitebear, Aiyana Rose", document: say(lang, "Summary", "Sommaire"), version: "3", printed_by: "Marie-Ève Lavallée", when: "2026-11-23 9:44", protection: say(lang, "Protected B", "Protégé B") }))
    }
}

fn student_page(lang: Lang, header: &StudentHeader, body: &Markup) -> Markup {
    let ctx = ctx(lang);
    let place = Place {
        at: 12,
        total: 41,
        previous: Some("#".into()),
        next: Some("#".into()),
    };
    let crumbs = [
        Crumb::link(lang.t("nav-students"), "/students"),
        Crumb::link(say(lang, "Grade 8", "8e année"), "/students?grade=8"),
    ];
    shell::page(
        &ctx,
        lang.t("student-record"),
        html! {
            (place_line(lang, &crumbs, Some(&place), &as_of(lang, "#", "", "")))
            (student_header(lang, header))
            (body)
        },
    )
}

pub(super) fn sample(lang: Lang) -> Markup {
    student_page(lang, &header(lang), &summary(lang))
}

pub(super) fn longest(lang: Lang) -> Markup {
    let mut header = header(lang);
    header.identity.name = Name {
        listed: LONG_NAME.into(),
        goes_by: Some("Maximiliana".into()),
        sent_as: Some("Montgomery-Featherstonehaugh, Maximiliana Anne-Sophie".into()),
    };
    header.identity.school = "École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix".into();
    header.gates.push(gate(lang));
    header.badges.extend(badges(lang));
    student_page(lang, &header, &summary(lang))
}

/// Just registered: nothing but a single name.
pub(super) fn empty(lang: Lang) -> Markup {
    let identity = Identity {
        name: Name {
            listed: "Ngozi".into(),
            ..Name::default()
        },
        grade: "1".into(),
        school: "Sandhill Colony School".into(),
        born: "2020-02-29".into(),
        age: 6,
        ..Identity::default()
    };
    let header = StudentHeader {
        gates: Vec::new(),
        identity,
        badges: Vec::new(),
        tabs: record_tabs(lang),
        actions: Vec::new(),
    };
    student_page(
        lang,
        &header,
        &crate::waiting::empty(
            say(
                lang,
                "No enrolment is recorded yet.",
                "Aucune inscription n’est encore consignée.",
            ),
            None,
        ),
    )
}

/// A caution that was not read yet.
pub(super) fn covered_record(lang: Lang) -> Markup {
    let body = html! { (PageHead::new(lang.t("student-record")).draw()) (covered(lang, &gate(lang), "/read", "sample")) };
    shell::page(&ctx(lang), lang.t("student-record"), body)
}
