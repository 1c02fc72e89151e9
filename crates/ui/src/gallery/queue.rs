//! The work queue and its drawer.

use maud::Markup;
use maud::html;

use super::sample::{LONG_NAME, ctx, say};
use crate::ctx::Job;
use crate::diff::{Decision, Difference, Sides, differences};
use crate::form::Choice;
use crate::head::PageHead;
use crate::queue::{self, Drawer, Item};
use crate::tabs::{Tab, tabs};
use crate::timeline::Moment;
use crate::{Action, Icon, Lang, State, shell};

fn queue_items(lang: Lang) -> Vec<Item> {
    let item = |state, name: &str, en, fr, rule: &str, school: &str, open| Item {
        state,
        name: name.into(),
        finding: say(lang, en, fr).into(),
        care: String::new(),
        rule: rule.into(),
        school: school.into(),
        age: say(lang, "2 d", "2 j").into(),
        href: "#".into(),
        open,
    };
    vec![
        item(
            State::Rejected,
            "Tremblay, Maëlle",
            "Enrolment changed in PASI before ours arrived",
            "Inscription modifiée dans PASI avant l’arrivée de la nôtre",
            "3004",
            "Marten Lake",
            true,
        ),
        item(
            State::Rejected,
            "Osei, Kwabena",
            "School authority code not allowed for this school",
            "Code d’autorité scolaire non permis pour cette école",
            "9020",
            "Aurora Ridge",
            false,
        ),
        item(
            State::Conflict,
            "Whitebear, Aiyana",
            "Address, phone and other name differ",
            "Adresse, téléphone et autre nom diffèrent",
            "",
            "Marten Lake",
            false,
        ),
        item(
            State::Warning,
            LONG_NAME,
            "Grants code 500 without an exception code",
            "Code de subvention 500 sans code d’exception",
            "10054",
            "Notre-Dame-des-Sept-Douleurs",
            false,
        ),
        item(
            State::Advice,
            "Haddad, Layan",
            "Age 12 in grade 5: please confirm",
            "12 ans en 5e année : veuillez confirmer",
            "10017",
            "Alder Creek",
            false,
        ),
    ]
}

fn queue_page(lang: Lang, items: &[Item], drawer: &Markup) -> Markup {
    let headings = [
        say(lang, "State", "État"),
        say(lang, "Student and finding", "Élève et constat"),
        say(lang, "Rule", "Règle"),
        say(lang, "School", "École"),
        say(lang, "Age", "Attente"),
    ]
    .map(|words| queue::Heading {
        words: words.to_owned(),
        sort: Some(("#".to_owned(), None)),
    });
    let title = say(lang, "PASI work queue", "File de travail PASI");
    let rows = queue::items(
        lang,
        &lang.t("queue-items"),
        &headings,
        items,
        say(
            lang,
            "All 23 done. Next check 14:00.",
            "Les 23 sont faits. Prochaine vérification à 14 h.",
        ),
    );
    let list = [
        Tab::new(say(lang, "To do", "À faire"), "#")
            .count(23)
            .current(true),
        Tab::new(say(lang, "Rejected", "Refusés"), "#").count(4),
        Tab::new(say(lang, "Conflicts", "Conflits"), "#").count(6),
    ];
    let mut ctx = ctx(lang);
    ctx.job = Some(Job::Pasi);
    let head = PageHead::new(title)
        .facts(say(
            lang,
            "5,201 of 5,224 students fully in sync · last exchange 9:42:18",
            "5 201 élèves sur 5 224 entièrement synchronisés · dernier échange à 9 h 42",
        ))
        .action(
            Action::link(say(lang, "Check PASI now", "Interroger PASI maintenant"), "#").icon(Icon::Refresh),
        )
        .action(Action::link(say(lang, "Export list", "Exporter la liste"), "#").icon(Icon::Download));
    shell::page(
        &ctx,
        title,
        html! {
            (head.draw())
            div class="mb" { (tabs(lang, title, &list)) }
            (queue::layout(&crate::card::unheaded_card(&lang.t("queue-items"), &rows), drawer))
        },
    )
}

fn drawer(lang: Lang, name: &str) -> Markup {
    let row = |en, fr, ours: Option<&str>, theirs: Option<&str>| Difference {
        name: String::new(),
        field: say(lang, en, fr).into(),
        cause: String::new(),
        ours: ours.map(Into::into),
        theirs: theirs.map(Into::into),
        chosen: None,
        only_theirs: false,
        edit: None,
        findings: Vec::new(),
    };
    let rows = [
        row("Exit date", "Date de sortie", None, Some("2026-11-20")),
        row(
            "Grants codes",
            "Codes de subvention",
            Some("500, 303"),
            Some("500"),
        ),
        row("Exception code", "Code d’exception", Some("57"), Some("57")),
    ];
    let sides = Sides {
        ours: say(lang, "We sent, 9:24", "Transmis par nous, 9 h 24").into(),
        theirs: say(lang, "PASI now, 9:20", "PASI maintenant, 9 h 20").into(),
    };
    let outcome = |value: &str, en, fr, note_en, note_fr| {
        Choice::new(value, say(lang, en, fr)).note(say(lang, note_en, note_fr))
    };
    let drawer = Drawer {
        name,
        facts: say(
            lang,
            "ASN 9990-7120-5 · Grade 10 · Marten Lake School",
            "ASN 9990-7120-5 · 10e année · Marten Lake School",
        ),
        state: State::Rejected,
        close: "#",
        subject: say(lang, "School enrolment, 2026/27", "Inscription scolaire, 2026/27"),
        story: say(
            lang,
            "Aurora Ridge High School ended this enrolment in PASI at 9:20. Our change was made from the version before that, so PASI kept its own.",
            "Aurora Ridge High School a mis fin à cette inscription dans PASI à 9 h 20. Notre changement partait de la version d’avant; PASI a donc gardé la sienne.",
        ),
        sides: differences(lang, &sides, Decision::None, &rows),
        outcomes: vec![
            outcome(
                "both",
                "Keep PASI’s exit and add our 303 code",
                "Garder la sortie de PASI et ajouter notre code 303",
                "The enrolment stays ended on Nov 20",
                "L’inscription reste terminée au 20 nov.",
            ),
            outcome(
                "theirs",
                "Accept PASI as it is",
                "Accepter PASI tel quel",
                "Our 303 code is dropped",
                "Notre code 303 est abandonné",
            ),
            outcome(
                "ours",
                "Send ours again",
                "Retransmettre la nôtre",
                "Reopens the enrolment. Aurora Ridge is told",
                "Rouvre l’inscription. Aurora Ridge est avisée",
            ),
        ],
        proposed: "both",
        action: "/pasi/1",
        csrf: "sample",
        seen: "",
        verb: say(lang, "Apply and send", "Appliquer et transmettre"),
        more: vec![
            Action::scripted(say(lang, "Assign", "Confier")).icon(Icon::UserShare),
            Action::scripted(say(lang, "Note", "Note")).icon(Icon::Message),
        ],
        care: maud::html! {},
        details: "3004 · 1184207 · 1184395",
        history: vec![Moment {
            what: say(lang, "Refused", "Refusé").into(),
            detail: "3004".into(),
            when: lang.time(jiff::civil::time(9, 24, 0, 0)),
            now: false,
        }],
    };
    queue::drawer(lang, &drawer)
}

pub(super) fn sample(lang: Lang) -> Markup {
    queue_page(lang, &queue_items(lang), &drawer(lang, "Tremblay, Maëlle"))
}

pub(super) fn empty(lang: Lang) -> Markup {
    queue_page(lang, &[], &queue::drawer_empty(lang))
}

/// A page full of rows, each as long as a row may become.
pub(super) fn longest(lang: Lang) -> Markup {
    let longest = Item {
        state: State::Warning,
        name: LONG_NAME.into(),
        finding: say(
            lang,
            "The student is registered at two schools of different authorities on the same days, and both report the same exception code",
            "L’élève est inscrit dans deux écoles d’autorités différentes aux mêmes jours, et les deux déclarent le même code d’exception",
        )
        .into(),
        care: say(lang, "With Marie-Ève Lavallée-Montgomery", "Confié à Marie-Ève Lavallée-Montgomery").into(),
        rule: "65205, 10054".into(),
        school: "École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix".into(),
        age: say(lang, "212 d", "212 j").into(),
        href: "#".into(),
        open: false,
    };
    queue_page(lang, &vec![longest; 50], &drawer(lang, LONG_NAME))
}
