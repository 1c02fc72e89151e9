//! Small components.

use maud::html;

use super::sample::{LONG_NAME, say};
use super::{Block, block};
use crate::avatar::{self, Size};
use crate::card::{Head, card};
use crate::dialog::{Confirm, confirm, dialog};
use crate::facts::{Facts, Share, bar, figure};
use crate::notice::{Tone, Undo, banner, toast};
use crate::pill::{Badge, BadgeKind, badge, pill, state_pill};
use crate::search::{Found, Kind, results};
use crate::steps::{Progress, Step, along, beside, phone_bar};
use crate::tabs::{Tab, segmented};
use crate::timeline::{Moment, timeline as moments};
use crate::{Action, Icon, Lang, State, icon, waiting as wait};

pub(super) fn pills(lang: Lang) -> Vec<Block> {
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
    vec![
        block(
            "states",
            html! { div class="row-x wrap" { @for state in State::ALL { (state_pill(lang, state)) } } },
        ),
        block(
            "with words",
            html! { div class="row-x wrap" { (pill(State::Conflict, say(lang, "3 to decide", "3 à décider"))) (pill(State::Neutral, "6")) } },
        ),
        block(
            "badges",
            html! { div class="row-x wrap" { @for (kind, text) in kinds { (badge(&Badge { kind, text: text.into(), href: Some("/".into()) })) } } },
        ),
    ]
}

pub(super) fn actions(lang: Lang) -> Vec<Block> {
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
    vec![
        block(
            "ranks",
            html! { div class="row-x wrap" { @for action in &ranks { (action) } } },
        ),
        block("longest", html! { (longest.primary()) }),
    ]
}

pub(super) fn icons(_: Lang) -> Vec<Block> {
    vec![block(
        "all",
        html! { div class="row-x wrap gap-l" { @for glyph in Icon::ALL { span class="row-x sm" { (icon(*glyph)) (glyph.name()) } } } },
    )]
}

pub(super) fn avatars(lang: Lang) -> Vec<Block> {
    let names = [
        "Whitebear, Aiyana",
        "Nguyen, Thảo",
        "Beaulieu, Noémie",
        "Osei, Kwabena",
        "LNU, Ngozi",
        LONG_NAME,
        "Singh, Gurnoor",
        "",
    ];
    vec![
        block(
            "sample",
            html! { div class="row-x wrap" { @for name in names { (avatar::initials(name, Size::S40)) } } },
        ),
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
    ]
}

pub(super) fn cards(lang: Lang) -> Vec<Block> {
    let head = Head::new("c1", say(lang, "Enrolment 2026/27", "Inscription 2026/27"))
        .end(state_pill(lang, State::InSync));
    let longest = Head::new(
        "c2",
        say(
            lang,
            "A heading as long as a heading may become on a page",
            "Un titre aussi long qu’un titre puisse le devenir dans une page",
        ),
    )
    .beside(pill(State::Conflict, say(lang, "3 to decide", "3 à décider")))
    .end(html! { (Action::scripted(lang.t("apply")).small()) (Action::scripted(lang.t("later")).small()) });
    vec![
        block("sample", card(&head, &html! { (LONG_NAME) })),
        block("longest", card(&longest, &html! { (LONG_NAME) })),
    ]
}

pub(super) fn facts(lang: Lang) -> Vec<Block> {
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
        )
        .fact(
            say(
                lang,
                "Indigenous declaration",
                "Déclaration d’identité autochtone",
            ),
            LONG_NAME,
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
    vec![
        block(
            "facts",
            card(
                &Head::new("f1", say(lang, "Enrolment", "Inscription")),
                &list.draw(),
            ),
        ),
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
    ]
}

pub(super) fn tabs(lang: Lang) -> Vec<Block> {
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
    vec![
        block("tabs", crate::tabs::tabs(lang, &lang.t("student-record"), &list)),
        block("segmented", segmented(say(lang, "Show", "Afficher"), &views)),
    ]
}

pub(super) fn timeline(lang: Lang) -> Vec<Block> {
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
        moment(
            LONG_NAME,
            say(lang, "read by M.-È. Lavallée", "consultée par M.-È. Lavallée"),
            false,
        ),
    ];
    vec![
        block("sample", moments(lang, &some)),
        block("empty", moments(lang, &[])),
    ]
}

pub(super) fn steps(lang: Lang) -> Vec<Block> {
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
    vec![
        block("beside", beside(lang, &steps)),
        block("along", along(lang, &steps)),
        block("phone", phone_bar(lang, 2, 5)),
    ]
}

pub(super) fn notices(lang: Lang) -> Vec<Block> {
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
    };
    vec![
        block(
            "banners",
            html! { div class="stack-s" { @for tone in [Tone::Plain, Tone::Info, Tone::Warn, Tone::Bad, Tone::Conflict] { (banner(tone, title, text, &actions)) } } },
        ),
        block(
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
        ),
    ]
}

pub(super) fn waiting(lang: Lang) -> Vec<Block> {
    let add = Action::link(say(lang, "Add a contact", "Ajouter une personne-ressource"), "#").primary();
    vec![
        block(
            "loading",
            card(
                &Head::new("w1", say(lang, "Students", "Élèves")),
                &wait::loading(lang, 3, "#"),
            ),
        ),
        block(
            "empty",
            card(
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
        block(
            "not permitted",
            card(
                &Head::new("w5", say(lang, "Medical", "Santé")),
                &wait::not_permitted(lang, say(lang, "The principal", "La direction de l’école")),
            ),
        ),
    ]
}

pub(super) fn dialogs(lang: Lang) -> Vec<Block> {
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
    vec![
        block(
            "confirm",
            html! { (Action::opens(about.verb, "d1").danger()) (confirm(lang, &about)) },
        ),
        block(
            "dialog",
            html! { (Action::opens(say(lang, "Sign", "Signer"), "d2")) (plain) },
        ),
        block("keys", html! { (Action::opens(lang.t("keys-open"), "keys")) }),
    ]
}

pub(super) fn search(lang: Lang) -> Vec<Block> {
    let found = [
        Found {
            kind: Kind::Student,
            name: "Whitebear, Aiyana".into(),
            detail: "9990-4418-2".into(),
            href: "#".into(),
            restricted: true,
        },
        Found {
            kind: Kind::Student,
            name: LONG_NAME.into(),
            detail: "9990-4418-2".into(),
            href: "#".into(),
            restricted: false,
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
    vec![
        block("sample", listed(&found, "r1")),
        block("page", html! { p class="m-0" { (lang.t("find-none")) } }),
    ]
}
