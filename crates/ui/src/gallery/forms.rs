//! Fields, choices, findings.

use maud::{Markup, html};

use super::sample::{LONG_NAME, say};
use super::{Block, block};
use crate::card::{Head, bare_card};
use crate::form::{Choice, Field, Finding, Form, Password, Severity, Width, finding_line, form_end, summary};
use crate::{Action, Icon, Lang};

fn found(lang: Lang) -> Vec<Finding> {
    vec![
        Finding::new(
            Severity::Refuse,
            "born",
            say(lang, "The month is 1 to 12.", "Le mois va de 1 à 12."),
        )
        .code("F102"),
        Finding::new(
            Severity::Refuse,
            "postal",
            say(
                lang,
                "Type the postal code as T0Z 1A0.",
                "Écrivez le code postal comme T0Z 1A0.",
            ),
        ),
        Finding::new(
            Severity::Refuse,
            "record",
            say(
                lang,
                "Somebody else changed this record while you typed. Both versions are below.",
                "Quelqu’un d’autre a modifié ce dossier pendant votre saisie. Les deux versions sont ci-dessous.",
            ),
        ),
        Finding::new(
            Severity::Warn,
            "grade",
            say(
                lang,
                "Age 12 in grade 5: please confirm.",
                "12 ans en 5e année : veuillez confirmer.",
            ),
        )
        .code("10017"),
        Finding::new(
            Severity::Note,
            "first",
            say(
                lang,
                "Sent to PASI as Thao.",
                "Transmis à PASI sous la forme Thao.",
            ),
        ),
        Finding::new(
            Severity::Confirmed,
            "asn",
            say(
                lang,
                "Matched in PASI: name and birth date.",
                "Trouvé dans PASI : nom et date de naissance.",
            ),
        ),
    ]
}

pub(super) fn fields(lang: Lang) -> Vec<Block> {
    let found = found(lang);
    let first = say(lang, "Legal first name", "Prénom légal");
    let born = say(lang, "Date of birth", "Date de naissance");
    let grid = html! {
        (Field::new(lang, "first", first).value("Thảo").findings(&found).required().text())
        (Field::new(lang, "last", say(lang, "Legal last name", "Nom de famille légal")).value(LONG_NAME).required().text())
        (Field::new(lang, "born", born).hint(say(lang, "For example 2021 04 17", "Par exemple 2021 04 17")).value("2015-13-02").findings(&found).required().three_box_date())
        (Field::new(lang, "start", say(lang, "Start date", "Date de début")).value("2026-09-01").date())
        (Field::new(lang, "asn", say(lang, "Alberta Student Number (ASN)", "Numéro d’élève de l’Alberta (ASN)")).value("9990-4418-2").findings(&found).number())
        (Field::new(lang, "phone", say(lang, "Home phone", "Téléphone à la maison")).optional().phone())
        (Field::new(lang, "mail", say(lang, "E-mail", "Courriel")).optional().autocomplete("email").email())
        (Field::new(lang, "postal", say(lang, "Postal code", "Code postal")).value("T0Z").findings(&found).width(Width::Quarter).beside(html! { (Action::scripted(say(lang, "Look up", "Chercher")).icon(Icon::Search)) }).text())
        (Field::new(lang, "order", say(lang, "Call order", "Ordre d’appel")).width(Width::Quarter).value("1").number())
        (Field::new(lang, "allergy", say(lang, "Allergy", "Allergie")).sensitive().optional().width(Width::Whole).textarea(3))
        (Field::new(lang, "file", say(lang, "Birth certificate", "Acte de naissance")).file("image/*,application/pdf", true))
        (Field::new(lang, "secret", say(lang, "Password", "Mot de passe")).password(Password::Current))
        (Field::new(lang, "code", say(lang, "Six-digit code", "Code à six chiffres")).one_time_code())
        (Field::new(lang, "fixed", say(lang, "Local number", "Numéro local")).value("204118").disabled(true).text())
    };
    vec![block("all kinds", in_form(lang, &grid))]
}

fn in_form(lang: Lang, grid: &Markup) -> Markup {
    let body = html! {
        div class="cb fg" { (grid) }
        (form_end(lang, &html! { (Action::scripted(say(lang, "Delete enrolment", "Supprimer l’inscription")).danger()) }, "#", &Action::submit(lang.t("save")).primary()))
    };
    bare_card(
        &Head::new("form", say(lang, "Identity", "Identité")),
        &Form::post("/ui")
            .draft("ui-fields")
            .once("1")
            .draw("sample", &body),
    )
}

pub(super) fn choices(lang: Lang) -> Vec<Block> {
    let found = found(lang);
    let grades: Vec<Choice> = (1..=12)
        .map(|grade| {
            Choice::new(grade.to_string(), grade.to_string()).group(if grade < 10 {
                say(lang, "Grades 1 to 9", "1re à 9e année")
            } else {
                say(lang, "High school", "Deuxième cycle du secondaire")
            })
        })
        .collect();
    let two = [
        Choice::new("yes", say(lang, "Yes", "Oui")),
        Choice::new(
            "no",
            say(lang, "No, this is the first time", "Non, c’est la première fois"),
        ),
    ];
    let outcomes = [
        Choice::new(
            "keep",
            say(
                lang,
                "Keep PASI’s exit and add our 303 code",
                "Garder la sortie de PASI et ajouter notre code 303",
            ),
        )
        .note(say(
            lang,
            "The enrolment stays ended on Nov 20",
            "L’inscription reste terminée au 20 nov.",
        ))
        .key("1"),
        Choice::new(
            "drop",
            say(lang, "Accept PASI as it is", "Accepter PASI tel quel"),
        )
        .note(say(
            lang,
            "Our 303 code is dropped",
            "Notre code 303 est abandonné",
        ))
        .key("2"),
    ];
    let grid = html! {
        (Field::new(lang, "grade", say(lang, "Grade", "Niveau")).value("5").findings(&found).select(&grades))
        (Field::new(lang, "before", say(lang, "Has Ngozi been to school in Alberta before?", "Ngozi a-t-elle déjà fréquenté une école de l’Alberta?")).value("no").radios(&two))
        (Field::new(lang, "lives", say(lang, "Lives with", "Habite avec")).value("yes").segmented(&two))
        (Field::new(lang, "agree", say(lang, "I have read this", "J’ai lu ceci")).value("yes").checkbox())
        (Field::new(lang, "days", say(lang, "Picks up", "Vient chercher")).checkboxes(&two, &["yes"]))
        (Field::new(lang, "outcome", say(lang, "What should happen?", "Que faut-il faire?")).value("keep").width(Width::Whole).radios(&outcomes))
    };
    vec![block(
        "all kinds",
        html! { div class="card" { div class="cb fg" { (grid) } } },
    )]
}

pub(super) fn findings(lang: Lang) -> Vec<Block> {
    let found = found(lang);
    let named = html! {
        (Field::new(lang, "born", say(lang, "Date of birth", "Date de naissance")).value("2015-13-02").findings(&found).three_box_date())
        (Field::new(lang, "postal", say(lang, "Postal code", "Code postal")).findings(&found).text())
    };
    vec![
        block(
            "summary",
            html! { (summary(lang, &found, &["born", "postal"])) div class="fg mt" { (named) } },
        ),
        block(
            "one by one",
            html! { @for finding in &found { (finding_line(lang, finding)) } },
        ),
    ]
}
