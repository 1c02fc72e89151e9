//! Small components.

use maud::html;

use super::sample::{LONG_NAME, say};
use super::{Cases, Empty, block};
use crate::avatar::{self, Size};
use crate::card::{Head, card};
use crate::dialog::{Confirm, confirm, dialog};
use crate::facts::{Facts, Share, bar, figure};
use crate::notice::{Tone, Undo, banner, toast};
use crate::pill::{Badge, BadgeKind, badge, pill, state_pill};
use crate::search::{Found, Kind, results};
use crate::steps::{Progress, Step, along, beside};
use crate::tabs::{Tab, segmented};
use crate::timeline::{Moment, timeline as moments};
use crate::{Action, Icon, Lang, State, icon, waiting as wait};

pub(super) fn pills(lang: Lang) -> Cases {
    let kinds = [
        (
            BadgeKind::Restriction,
            say(lang, "Court ordered", "Ordonnance du tribunal"),
        ),
        (
            BadgeKind::Medical,
            say(
                lang,
                "Peanut, EpiPen in office",
                "Arachides, EpiPen au secrétariat",
            ),
        ),
        (BadgeKind::Plans, say(lang, "Code 54 · IPP", "Code 54 · PIA")),
        (BadgeKind::Transport, say(lang, "Bus 14", "Autobus 14")),
        (
            BadgeKind::Pasi(State::Conflict),
            say(lang, "PASI: 3 fields differ", "PASI : 3 champs diffèrent"),
        ),
        (
            BadgeKind::Other,
            say(lang, "Over 18, with guardian", "Plus de 18 ans, avec tuteur"),
        ),
    ];
    let longest = say(
        lang,
        "Disclosure restricted by a court order of another province until further notice",
        "Divulgation restreinte par une ordonnance d’un tribunal d’une autre province jusqu’à nouvel ordre",
    );
    let of_long = Badge {
        kind: BadgeKind::Restriction,
        text: longest.into(),
        href: Some("/".into()),
    };
    Cases {
        sample: html! { div class="row-x wrap" { @for state in State::ALL { (state_pill(lang, state)) } } },
        empty: Empty::Never("a state always has its word"),
        longest: html! { div class="row-x wrap" { (pill(State::Conflict, longest)) (badge(&of_long)) } },
        more: vec![
            block(
                "with words",
                html! { div class="row-x wrap" { (pill(State::Conflict, say(lang, "3 to decide", "3 à décider"))) (pill(State::Neutral, "6")) } },
            ),
            block(
                "badges",
                html! { div class="row-x wrap" { @for (kind, text) in kinds { (badge(&Badge { kind, text: text.into(), href: Some("/".into()) })) } } },
            ),
        ],
    }
}

pub(super) fn actions(lang: Lang) -> Cases {
    let save = || lang.t("save");
    let ranks = [
        Action::scripted(save()).primary(),
        Action::scripted(save()),
        Action::scripted(save()).quiet(),
        Action::scripted(say(lang, "Delete enrolment", "Supprimer l’inscription")).danger(),
        Action::scripted(save()).small(),
        Action::scripted(save()).icon(Icon::DeviceFloppy),
        Action::scripted(save()).icon_only(Icon::DeviceFloppy),
        Action::scripted(save()).disabled(),
        Action::link(say(lang, "Daily bulletin", "Bulletin du jour"), "/").icon(Icon::FileText),
    ];
    let longest = Action::scripted(say(
        lang,
        "Send the registration to the other school authority",
        "Transmettre l’inscription à l’autre autorité scolaire",
    ));
    Cases {
        sample: html! { div class="row-x wrap" { @for action in &ranks { (action) } } },
        empty: Empty::Never("a button without words is not accessible; one with a glyph alone is read"),
        longest: html! { (longest.primary()) },
        more: Vec::new(),
    }
}

pub(super) fn icons(_: Lang) -> Cases {
    let named = |glyph: Icon| html! { span class="row-x sm" { (icon(glyph)) (glyph.name()) } };
    Cases {
        sample: html! { div class="row-x wrap gap-l" { @for glyph in Icon::ALL.iter().take(8) { (named(*glyph)) } } },
        empty: Empty::Never("a glyph is drawn or is not there"),
        longest: html! { div class="row-x wrap gap-l" { @for glyph in Icon::ALL { (named(*glyph)) } } },
        more: Vec::new(),
    }
}

pub(super) fn avatars(lang: Lang) -> Cases {
    let names = [
        "Whitebear, Aiyana",
        "Nguyen, Thảo",
        "Beaulieu, Noémie",
        "Osei, Kwabena",
        "LNU, Ngozi",
        "Singh, Gurnoor",
    ];
    Cases {
        sample: html! { div class="row-x wrap" { @for name in names { (avatar::initials(name, Size::S40)) } } },
        empty: Empty::Drawn(avatar::initials("", Size::S40)),
        longest: avatar::initials(LONG_NAME, Size::S40),
        more: vec![
            block(
                "sizes",
                html! { div class="row-x wrap" { @for size in [Size::S26, Size::S30, Size::S40, Size::S92] { (avatar::initials("Osei, Kwabena", size)) } } },
            ),
            block(
                "photo",
                avatar::photo(
                    crate::assets::url("mark.svg"),
                    say(lang, "Photo of Kwabena Osei", "Photo de Kwabena Osei"),
                    Size::S92,
                ),
            ),
        ],
    }
}

pub(super) fn cards(lang: Lang) -> Cases {
    let head = Head::new("c1", say(lang, "Enrolment 2026/27", "Inscription 2026/27"))
        .end(state_pill(lang, State::InSync));
    let wide = Head::new(
        "c2",
        say(
            lang,
            "A heading as long as a heading may become on a page",
            "Un titre aussi long qu’un titre puisse le devenir dans une page",
        ),
    )
    .beside(pill(State::Conflict, say(lang, "3 to decide", "3 à décider")))
    .end(html! { (Action::scripted(lang.t("apply")).small()) (Action::scripted(lang.t("later")).small()) });
    let bare = Head::new("c3", say(lang, "Enrolment 2027/28", "Inscription 2027/28"));
    let none = say(
        lang,
        "Not enrolled in that year.",
        "Aucune inscription cette année-là.",
    );
    let longest = say(
        lang,
        "The student goes to school at home with a program of the division, and comes to the school of the neighbourhood on Tuesdays and Thursdays for science, physical education and the noon-hour choir.",
        "L’élève suit à la maison un programme du conseil et fréquente l’école du quartier les mardis et jeudis pour les sciences, l’éducation physique et la chorale du midi.",
    );
    Cases {
        sample: card(&head, &html! { "Marten Lake School, 8-2" }),
        empty: Empty::Drawn(card(&bare, &wait::empty(none, None))),
        longest: card(&wide, &html! { p { (LONG_NAME) } p class="m-0" { (longest) } }),
        more: Vec::new(),
    }
}

pub(super) fn facts(lang: Lang) -> Cases {
    let list = Facts::new()
        .fact(say(lang, "School", "École"), "Marten Lake School")
        .figure(say(lang, "Start", "Début"), "2026-09-01")
        .fact(
            say(lang, "Exception code", "Code d’exception"),
            say(lang, "54 Learning disability", "54 Trouble d’apprentissage"),
        )
        .maybe(
            lang,
            say(lang, "Resident board", "Conseil de résidence"),
            None::<&str>,
        );
    let longest = Facts::new()
        .fact(
            say(
                lang,
                "Indigenous declaration",
                "Déclaration d’identité autochtone",
            ),
            LONG_NAME,
        )
        .fact(
            say(
                lang,
                "School of the year before, and its authority",
                "École de l’année précédente et son autorité scolaire",
            ),
            "École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix, Conseil scolaire Centre-Nord no 2",
        );
    let words = say(
        lang,
        "376 present, 14 late, 15 excused, 7 not explained, 34 not taken",
        "376 présents, 14 en retard, 15 excusés, 7 non motivés, 34 sans prise de présence",
    );
    let shares = [
        (Share::Ok, 376),
        (Share::Late, 14),
        (Share::Excused, 15),
        (Share::Bad, 7),
    ];
    let nothing = Facts::new().maybe(
        lang,
        say(lang, "Resident board", "Conseil de résidence"),
        None::<&str>,
    );
    let named = |id, list: &Facts| {
        card(
            &Head::new(id, format!("{} ({id})", say(lang, "Enrolment", "Inscription"))),
            &list.draw(),
        )
    };
    Cases {
        sample: named("f1", &list),
        empty: Empty::Drawn(named("f2", &nothing)),
        longest: named("f3", &longest),
        more: vec![
            block("bar", bar(words, 446, &shares)),
            block(
                "empty bar",
                bar(
                    say(lang, "Nothing taken yet", "Aucune prise de présence encore"),
                    0,
                    &[],
                ),
            ),
            block(
                "figures",
                html! { div class="row-x gap-l" { (figure(&lang.percent(913), say(lang, "present", "présents"))) (figure(&lang.number(8_143), say(lang, "students", "élèves"))) } },
            ),
        ],
    }
}

pub(super) fn tabs(lang: Lang) -> Cases {
    let names = [
        ("Summary", "Sommaire"),
        ("Family & contacts", "Famille et contacts"),
        ("Enrolment", "Inscription"),
        ("Attendance", "Présences"),
        ("Assessment", "Évaluation"),
        ("Plans", "Plans"),
        ("Medical", "Santé"),
        ("Documents", "Documents"),
        ("History", "Historique"),
    ];
    let list: Vec<Tab> = names
        .iter()
        .zip(0_u32..)
        .map(|((en, fr), at)| Tab::new(say(lang, en, fr), "#").count(at * 7).current(at == 0))
        .collect();
    let views = [
        Tab::new(say(lang, "Changes", "Changements"), "#").current(true),
        Tab::new(say(lang, "All 48 fields", "Les 48 champs"), "#"),
    ];
    let short = [
        Tab::new(say(lang, "To do", "À faire"), "#")
            .count(23)
            .current(true),
        Tab::new(say(lang, "Done", "Faits"), "#"),
    ];
    let titled = |id: &str, all: &[Tab]| crate::tabs::tabs(lang, id, all);
    Cases {
        sample: titled(say(lang, "Work", "Travail"), &short),
        empty: Empty::Never("a page with one part has no tabs"),
        longest: titled(&lang.t("student-record"), &list),
        more: vec![block(
            "segmented",
            segmented(say(lang, "Show", "Afficher"), &views),
        )],
    }
}

pub(super) fn timeline(lang: Lang) -> Cases {
    let moment = |what: &str, detail: &str, now| Moment {
        what: what.into(),
        detail: detail.into(),
        when: lang.time(jiff::civil::time(9, 8, 0, 0)),
        now,
    };
    let some = [
        moment(
            say(lang, "Absent, Block A", "Absence, bloc A"),
            say(lang, "by S. Nakamura", "par S. Nakamura"),
            true,
        ),
        moment(
            say(lang, "Home phone", "Téléphone à la maison"),
            say(
                lang,
                "780-555-0126 to 780-555-0162 by J. Abara",
                "780-555-0126 à 780-555-0162 par J. Abara",
            ),
            false,
        ),
    ];
    let many: Vec<Moment> = (0..12)
        .map(|at| {
            moment(
                LONG_NAME,
                say(
                    lang,
                    "Box 61, 8 Willow Crescent, Marten Lake to 214 Spruce Avenue, Marten Lake, by Marie-Ève Lavallée-Montgomery",
                    "C. P. 61, 8 Willow Crescent, Marten Lake à 214 Spruce Avenue, Marten Lake, par Marie-Ève Lavallée-Montgomery",
                ),
                at == 0,
            )
        })
        .collect();
    Cases {
        sample: moments(lang, &some),
        empty: Empty::Drawn(moments(lang, &[])),
        longest: moments(lang, &many),
        more: Vec::new(),
    }
}

pub(super) fn steps(lang: Lang) -> Cases {
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
            note: (at < 4).then(|| say(lang, "About 3 minutes", "Environ 3 minutes").into()),
            href: (at < 2).then(|| "#".into()),
            progress: [Progress::Done, Progress::Current, Progress::Ahead][at.min(2)],
        })
        .collect();
    let many: Vec<Step> = (0..3).flat_map(|_| steps.clone()).collect();
    Cases {
        sample: beside(lang, &steps),
        empty: Empty::Never("a process without steps has none to show"),
        longest: along(lang, &many),
        more: Vec::new(),
    }
}

pub(super) fn notices(lang: Lang) -> Cases {
    let (title, text) = (
        say(lang, "PASI changed first.", "PASI a changé en premier."),
        say(
            lang,
            "Choose which value stays. Nothing changes until you apply.",
            "Choisissez la valeur à garder. Rien ne change avant que vous n’appliquiez.",
        ),
    );
    let actions = [Action::link(lang.t("try-again"), "#").small()];
    let undo = Undo {
        action: "/undo",
        csrf: "sample",
        seen: "",
    };
    let longest = say(
        lang,
        "While you typed, Aurora Ridge High School ended this enrolment in PASI with the twentieth of November, and the office of the division took the grants codes out. Both versions stand side by side below; choose for each field which one stays. Nothing changes until you apply.",
        "Pendant votre saisie, Aurora Ridge High School a mis fin à cette inscription dans PASI au vingt novembre, et le bureau du conseil a retiré les codes de subvention. Les deux versions sont côte à côte ci-dessous; choisissez pour chaque champ laquelle reste. Rien ne change avant que vous n’appliquiez.",
    );
    let three = [&actions[..], &actions[..], &actions[..]].concat();
    Cases {
        sample: html! { div class="stack-s" { @for tone in [Tone::Plain, Tone::Info, Tone::Warn, Tone::Bad, Tone::Conflict] { (banner(tone, title, text, &actions)) } } },
        empty: Empty::Never("a notice with nothing to say is not drawn"),
        longest: banner(Tone::Conflict, title, longest, &three),
        more: vec![block(
            "toast",
            toast(
                lang,
                say(
                    lang,
                    "Withdrawal saved. PASI will be told.",
                    "Départ enregistré. PASI sera avisé.",
                ),
                Some(&undo),
            ),
        )],
    }
}

pub(super) fn waiting(lang: Lang) -> Cases {
    let add = Action::link(say(lang, "Add a contact", "Ajouter une personne-ressource"), "#").primary();
    let longest = say(
        lang,
        "No student of the schools you may see fits this filter: grade 12, homeroom 12-4, without a birth certificate on file, changed since the first of September.",
        "Aucun élève des écoles que vous pouvez consulter ne correspond à ce filtre : 12e année, classe 12-4, sans acte de naissance au dossier, modifié depuis le premier septembre.",
    );
    Cases {
        sample: card(
            &Head::new("w2", say(lang, "Contacts", "Personnes-ressources")),
            &wait::empty(
                say(
                    lang,
                    "No contact is recorded yet.",
                    "Aucune personne-ressource n’est encore consignée.",
                ),
                Some(&add),
            ),
        ),
        empty: Empty::Never("it is itself what stands where data does not"),
        longest: card(
            &Head::new("w6", say(lang, "Students found", "Élèves trouvés")),
            &wait::empty(longest, Some(&add)),
        ),
        more: vec![
            block(
                "loading",
                card(
                    &Head::new("w1", say(lang, "Students", "Élèves")),
                    &wait::loading(lang, 3, "#"),
                ),
            ),
            block(
                "cleared",
                card(
                    &Head::new("w3", say(lang, "To do", "À faire")),
                    &wait::cleared(say(
                        lang,
                        "All 23 done. Next check 14:00.",
                        "Les 23 sont faits. Prochaine vérification à 14 h.",
                    )),
                ),
            ),
            block(
                "failed",
                card(
                    &Head::new("w4", say(lang, "Marks", "Notes")),
                    &wait::failed(lang, "7F3A-91AB", "#"),
                ),
            ),
        ],
    }
}

pub(super) fn dialogs(lang: Lang) -> Cases {
    let about = Confirm {
        id: "d1",
        title: say(lang, "Delete this enrolment?", "Supprimer cette inscription?"),
        effect: say(
            lang,
            "The enrolment leaves Lodgepole and PASI. The student stays.",
            "L’inscription est retirée de Lodgepole et de PASI. L’élève demeure.",
        ),
        action: "/delete",
        csrf: "sample",
        verb: say(lang, "Delete enrolment", "Supprimer l’inscription"),
        asks_digits: true,
    };
    let plain = dialog(
        lang,
        "d2",
        say(lang, "Signature", "Signature"),
        &html! { p { (LONG_NAME) } },
        &html! { (Action::closes(lang.t("cancel"))) },
    );
    let longest = Confirm {
        id: "d3",
        title: say(
            lang,
            "Delete the enrolment at École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix?",
            "Supprimer l’inscription à l’École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix?",
        ),
        effect: say(
            lang,
            "The enrolment leaves Lodgepole and PASI, with its exception and grants codes of three years and the count of the thirtieth of September. The student stays, and so does what other schools recorded. The other school authority is told tomorrow morning.",
            "L’inscription est retirée de Lodgepole et de PASI, avec ses codes d’exception et de subvention de trois années et le dénombrement du trente septembre. L’élève demeure, de même que ce que d’autres écoles ont consigné. L’autre autorité scolaire est avisée demain matin.",
        ),
        ..about.clone()
    };
    Cases {
        sample: html! { (Action::opens(about.verb, "d1").danger()) (confirm(lang, &about)) },
        empty: Empty::Never("a dialog asks something"),
        longest: html! { (Action::opens(longest.verb, "d3").danger()) (confirm(lang, &longest)) },
        more: vec![
            block(
                "dialog",
                html! { (Action::opens(say(lang, "Sign", "Signer"), "d2")) (plain) },
            ),
            block("keys", html! { (Action::opens(lang.t("keys-open"), "keys")) }),
        ],
    }
}

pub(super) fn search(lang: Lang) -> Cases {
    let found = [
        Found {
            kind: Kind::Student,
            name: "Whitebear, Aiyana".into(),
            detail: "9990-4418-2".into(),
            href: "#".into(),
            restricted: true,
        },
        Found {
            kind: Kind::Page(Icon::ArrowsExchange),
            name: lang.t("nav-pasi").into_owned(),
            detail: String::new(),
            href: "#".into(),
            restricted: false,
        },
    ];
    let listed = |found: &[Found], id: &str| html! { div class="card cmd" { ul class="list" role="listbox" id=(id) aria-label=(lang.t("find-results")) { (results(lang, found)) } } };
    let longest = Found {
        kind: Kind::Student,
        name: LONG_NAME.into(),
        detail: "9990-4418-2 · École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix".into(),
        href: "#".into(),
        restricted: true,
    };
    Cases {
        sample: listed(&found, "r1"),
        empty: Empty::Drawn(html! { p class="m-0" { (lang.t("find-none")) } }),
        longest: maud::PreEscaped(
            // The ids of the results are the dialog's; a page has two lists of them here alone.
            listed(&vec![longest; 20], "r2")
                .into_string()
                .replace(" id=\"find-", " id=\"long-"),
        ),
        more: Vec::new(),
    }
}
