//! A page for families.

use maud::{Markup, html};

use super::sample::{LONG_NAME, say};
use crate::family::{self, FamilyCtx};
use crate::form::{Choice, Field, Finding, Form, Severity, Width};
use crate::steps::{Progress, Step, beside, phone_bar};
use crate::{Action, Lang};

/// What stands in the form.
#[derive(Default)]
struct Typed<'a> {
    first: &'a str,
    last: &'a str,
    born: &'a str,
    before: &'a str,
}

fn page(lang: Lang, typed: &Typed<'_>, found: &[Finding], saved: &str) -> Markup {
    let about = FamilyCtx {
        lang,
        path: "/ui/family".into(),
        csrf: "sample".into(),
        division: "Kestrel Valley School Division".into(),
        purpose: say(
            lang,
            "School registration 2027/28",
            "Inscription scolaire 2027/28",
        )
        .into(),
    };
    let names = [
        ("Your child", "Votre enfant"),
        ("Home address", "Adresse du domicile"),
        ("Parents and contacts", "Parents et personnes-ressources"),
        ("Documents", "Documents"),
        ("Review and send", "Vérifier et envoyer"),
    ];
    let steps: Vec<Step> = names
        .iter()
        .enumerate()
        .map(|(at, (en, fr))| Step {
            label: say(lang, en, fr).into(),
            note: Some(say(lang, "About 3 minutes", "Environ 3 minutes").into()),
            href: None,
            progress: if at == 0 {
                Progress::Current
            } else {
                Progress::Ahead
            },
        })
        .collect();
    let choices = [
        Choice::new("yes", say(lang, "Yes", "Oui")),
        Choice::new(
            "no",
            say(lang, "No, this is the first time", "Non, c’est la première fois"),
        ),
    ];
    let fields = html! {
        (Field::new(lang, "first", say(lang, "Legal first name", "Prénom légal")).value(typed.first).width(Width::Whole).text())
        (Field::new(lang, "last", say(lang, "Legal last name", "Nom de famille légal")).value(typed.last).width(Width::Whole).text())
        (Field::new(lang, "born", say(lang, "Date of birth", "Date de naissance")).hint(say(lang, "For example 2021 04 17", "Par exemple 2021 04 17")).value(typed.born).findings(found).width(Width::Whole).three_box_date())
        (Field::new(lang, "before", say(lang, "Has Ngozi been to school in Alberta before?", "Ngozi a-t-elle déjà fréquenté une école de l’Alberta?")).value(typed.before).width(Width::Whole).radios(&choices))
    };
    let body = html! {
        (phone_bar(lang, &steps))
        h1 class="mb" { (say(lang, "Your child", "Votre enfant")) }
        (Form::post("#").class("fg").draft("family-1").draw("sample", &fields))
    };
    let back = Action::link(say(lang, "Back", "Retour"), "#");
    let on = Action::submit(say(lang, "Continue", "Continuer"))
        .primary()
        .with("form", "family-1");
    family::page(
        &about,
        lang.t("nav-registration"),
        &beside(lang, &steps),
        &body,
        &family::bar(Some(&back), saved, &on),
    )
}

pub(super) fn sample(lang: Lang) -> Markup {
    let found = [Finding::new(
        Severity::Confirmed,
        "born",
        say(
            lang,
            "Kindergarten in September 2027. Ngozi turns 5 before December 31.",
            "Maternelle en septembre 2027. Ngozi aura 5 ans avant le 31 décembre.",
        ),
    )];
    let typed = Typed {
        first: "Ngozi",
        last: "Adeyemi-Roy",
        born: "2022-08-30",
        before: "no",
    };
    page(
        lang,
        &typed,
        &found,
        say(lang, "Saved 9:41", "Enregistré à 9 h 41"),
    )
}

pub(super) fn empty(lang: Lang) -> Markup {
    page(lang, &Typed::default(), &[], "")
}

/// Long names, and a finding that takes its room.
pub(super) fn longest(lang: Lang) -> Markup {
    let found = [Finding::new(
        Severity::Warn,
        "born",
        say(
            lang,
            "With this birth date the school speaks with you before it answers: a child who turns five after the last day of December may begin a year later. You can go on; nothing is lost.",
            "Avec cette date de naissance, l’école communiquera avec vous avant de répondre : un enfant qui aura cinq ans après le dernier jour de décembre peut commencer un an plus tard. Vous pouvez continuer; rien n’est perdu.",
        ),
    )];
    let typed = Typed {
        first: "Maximiliana Anne-Sophie Bernadette",
        last: LONG_NAME,
        born: "2022-12-31",
        before: "yes",
    };
    page(
        lang,
        &typed,
        &found,
        say(
            lang,
            "Saved 9:41 by Maximiliana Anne-Sophie",
            "Enregistré à 9 h 41 par Maximiliana Anne-Sophie",
        ),
    )
}
