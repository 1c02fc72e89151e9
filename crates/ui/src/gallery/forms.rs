//! Fields, choices, findings.

use maud::{Markup, html};

use super::sample::{LONG_NAME, say};
use super::{Cases, Empty, block};
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

pub(super) fn fields(lang: Lang) -> Cases {
    let found = found(lang);
    let first = say(lang, "Legal first name", "Prénom légal");
    let born = say(lang, "Date of birth", "Date de naissance");
    let grid = html! {
        (Field::new(lang, "first", first).value("Thảo").findings(&found).required().text())
        (Field::new(lang, "last", say(lang, "Legal last name", "Nom de famille légal")).value("Nguyen").required().text())
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
    let last = say(lang, "Legal last name", "Nom de famille légal");
    let bare = html! {
        (Field::new(lang, "e-first", first).required().text())
        (Field::new(lang, "e-last", last).required().text())
        (Field::new(lang, "e-born", born).required().three_box_date())
        (Field::new(lang, "e-start", say(lang, "Start date", "Date de début")).date())
        (Field::new(lang, "e-allergy", say(lang, "Allergy", "Allergie")).optional().width(Width::Whole).textarea(3))
    };
    let label = say(
        lang,
        "Name of the person or the agency to whom the child may be given in an emergency, as it stands on their identity card",
        "Nom de la personne ou de l’organisme à qui l’enfant peut être remis en cas d’urgence, tel qu’il figure sur sa pièce d’identité",
    );
    let hint = say(
        lang,
        "The office asks for the card at the door; without it nobody takes the child along, whatever was said on the phone.",
        "Le secrétariat demande la pièce à la porte; sans elle, personne n’emmène l’enfant, quoi qu’il ait été dit au téléphone.",
    );
    let wrong = [Finding::new(Severity::Refuse, "l-who", hint).code("LP-0207")];
    let longest = html! {
        (Field::new(lang, "l-who", label).hint(hint).value(LONG_NAME).findings(&wrong).required().width(Width::Sixth).text())
        (Field::new(lang, "l-whole", label).hint(hint).value(LONG_NAME).optional().width(Width::Whole).textarea(2))
    };
    Cases {
        sample: in_form(lang, "sample", &grid),
        empty: Empty::Drawn(in_form(lang, "empty", &bare)),
        longest: in_form(lang, "longest", &longest),
        more: Vec::new(),
    }
}

fn in_form(lang: Lang, case: &'static str, grid: &Markup) -> Markup {
    let body = html! {
        div class="cb fg" { (grid) }
        (form_end(lang, &html! { (Action::scripted(say(lang, "Delete enrolment", "Supprimer l’inscription")).danger()) }, "#", &Action::submit(lang.t("save")).primary()))
    };
    bare_card(
        &Head::new(case, format!("{} ({case})", say(lang, "Identity", "Identité"))),
        &Form::post("/ui")
            .draft(&format!("ui-{case}"))
            .once("1")
            .draw("sample", &body),
    )
}

pub(super) fn choices(lang: Lang) -> Cases {
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
    let bare = html! {
        (Field::new(lang, "e-grade", say(lang, "Grade", "Niveau")).required().select(&[]))
        (Field::new(lang, "e-days", say(lang, "Picks up", "Vient chercher")).optional().checkboxes(&two, &[]))
        (Field::new(lang, "e-outcome", say(lang, "What should happen?", "Que faut-il faire?")).radios(&outcomes))
    };
    let many = [
        Choice::new(
            "a",
            say(
                lang,
                "Home education program supervised by another school authority, with part of the courses at a school of this division",
                "Programme d’enseignement à domicile supervisé par une autre autorité scolaire, avec une partie des cours dans une école du conseil",
            ),
        )
        .note(say(
            lang,
            "The percentage is asked for next; both authorities report the student, and the ministry divides the grant by what each of them says.",
            "Le pourcentage est demandé ensuite; les deux autorités déclarent l’élève, et le ministère partage la subvention selon ce que chacune déclare.",
        )),
        Choice::new("b", LONG_NAME),
    ];
    let longest = html! {
        (Field::new(lang, "l-kind", say(lang, "Kind of program", "Genre de programme")).value("a").width(Width::Third).select(&many))
        (Field::new(lang, "l-radio", say(lang, "Kind of program, with what follows from it", "Genre de programme, avec ce qui en découle")).value("a").width(Width::Third).radios(&many))
        (Field::new(lang, "l-ticks", say(lang, "Who may pick up", "Qui peut venir chercher")).width(Width::Third).checkboxes(&many, &["b"]))
    };
    let framed = |grid: &Markup| html! { div class="card" { div class="cb fg" { (grid) } } };
    Cases {
        sample: framed(&grid),
        empty: Empty::Drawn(framed(&bare)),
        longest: framed(&longest),
        more: Vec::new(),
    }
}

pub(super) fn findings(lang: Lang) -> Cases {
    let found = found(lang);
    let named = html! {
        (Field::new(lang, "born", say(lang, "Date of birth", "Date de naissance")).value("2015-13-02").findings(&found).three_box_date())
        (Field::new(lang, "postal", say(lang, "Postal code", "Code postal")).findings(&found).text())
    };
    let longest = Finding::new(
        Severity::Refuse,
        "record",
        say(
            lang,
            "PASI has this student at École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix from the first of September to the twentieth of November, with exception code 54; yours begins before that ends. Set your first day to the twenty-first, or ask the other school to correct its last day.",
            "PASI a cet élève à l’École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix du premier septembre au vingt novembre, avec le code d’exception 54; la vôtre commence avant la fin. Fixez votre premier jour au vingt et un, ou demandez à l’autre école de corriger son dernier jour.",
        ),
    )
    .code("65205");
    Cases {
        sample: html! { (summary(lang, &found, &["born", "postal"])) div class="fg mt" { (named) } },
        empty: Empty::Never("without a finding nothing is drawn"),
        longest: finding_line(lang, &longest),
        more: vec![block(
            "one by one",
            html! { @for finding in &found { (finding_line(lang, finding)) } },
        )],
    }
}
