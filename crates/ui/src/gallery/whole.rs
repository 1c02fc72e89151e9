//! Whole pages: the student, the queue, the review of a registration, the shell's notes, families, sign-in, errors.

use maud::{Markup, html};

use super::lists::sample_rows;
use super::sample::{LONG_NAME, ctx, option, say};
use crate::card::{Head, bare_card, card};
use crate::ctx::{Ctx, Job, OtherYear, PasiState, Person, Switch};
use crate::diff::{Decision, Difference, Sides, differences};
use crate::error_page::{Trouble, alone, in_shell};
use crate::facts::Facts;
use crate::family::{self, FamilyCtx};
use crate::form::{Choice, Field, Finding, Form, Severity, Width};
use crate::head::{Crumb, PageHead};
use crate::pill::{Badge, BadgeKind, pill, state_pill};
use crate::print::{Foot, foot};
use crate::queue::{self, Drawer, Item};
use crate::sign_in::{self as entrance, Before, PracticeRole};
use crate::steps::{Progress, Step, along, beside, phone_bar};
use crate::student::{
    Gate, Identity, Name, Place, StudentHeader, as_of, covered, place_line, student_header,
};
use crate::tabs::{Tab, tabs};
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
                (super::lists::students(lang, true).draw(lang))
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

pub(super) fn student(lang: Lang) -> Markup {
    student_page(lang, &header(lang), &summary(lang))
}

pub(super) fn student_longest(lang: Lang) -> Markup {
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

pub(super) fn student_bare(lang: Lang) -> Markup {
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

pub(super) fn student_covered(lang: Lang) -> Markup {
    let body = html! { (PageHead::new(lang.t("student-record")).draw()) (covered(lang, &gate(lang), "/read", "sample")) };
    shell::page(&ctx(lang), lang.t("student-record"), body)
}

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
    ];
    let title = say(lang, "PASI work queue", "File de travail PASI");
    let rows = queue::items(
        lang,
        &lang.t("queue-items"),
        headings,
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

pub(super) fn queue(lang: Lang) -> Markup {
    let row = |en, fr, ours: Option<&str>, theirs: Option<&str>| Difference {
        name: String::new(),
        field: say(lang, en, fr).into(),
        cause: String::new(),
        ours: ours.map(Into::into),
        theirs: theirs.map(Into::into),
        chosen: None,
        only_theirs: false,
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
        name: "Tremblay, Maëlle",
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
    queue_page(lang, &queue_items(lang), &queue::drawer(lang, &drawer))
}

pub(super) fn queue_empty(lang: Lang) -> Markup {
    queue_page(lang, &[], &queue::drawer_empty(lang))
}

pub(super) fn review(lang: Lang) -> Markup {
    let step = |en, fr, progress| Step {
        label: say(lang, en, fr).into(),
        note: None,
        href: None,
        progress,
    };
    let steps = [
        step("Received", "Reçue", Progress::Done),
        step("Changes", "Changements", Progress::Current),
        step("Duplicate check", "Recherche de doublons", Progress::Ahead),
        step("ASN", "ASN", Progress::Done),
        step("Section and bus", "Groupe et autobus", Progress::Ahead),
        step(
            "Written to record and PASI",
            "Inscrite au dossier et dans PASI",
            Progress::Ahead,
        ),
    ];
    let sides = Sides {
        ours: say(lang, "On file", "Au dossier").into(),
        theirs: say(lang, "Family sent", "Transmis par la famille").into(),
    };
    let mut rows = sample_rows(lang);
    rows[2].findings = vec![Finding::new(
        Severity::Warn,
        "other",
        say(
            lang,
            "A legal name needs a source document. Birth certificate on file says Castellano.",
            "Un nom légal exige une pièce justificative. L’acte de naissance au dossier indique Castellano.",
        ),
    )];
    let head = PageHead::new("Castellano, Mateo Andrés")
        .crumbs(vec![
            Crumb::link(lang.t("nav-registration"), "/registration"),
            Crumb::here(say(lang, "3 of 9 to review", "3 sur 9 à examiner")),
        ])
        .facts(say(
            lang,
            "Returning student · grade 5 to 6 · sent by Inés Castellano, November 21, 19:12",
            "Élève de retour · 5e à 6e année · transmise par Inés Castellano le 21 novembre à 19 h 12",
        ))
        .action(Action::scripted(say(lang, "Ask the family", "Demander à la famille")).icon(Icon::Message))
        .action(Action::scripted(say(lang, "Accept all 6", "Accepter les 6")))
        .action(
            Action::submit(say(lang, "Approve and write", "Approuver et inscrire"))
                .icon(Icon::Check)
                .primary(),
        );
    let mut ctx = ctx(lang);
    ctx.job = Some(Job::Registration);
    let changed = Head::new(
        "ch",
        say(lang, "What the family changed", "Ce que la famille a changé"),
    )
    .beside(pill(State::Selected, say(lang, "6 changes", "6 changements")));
    shell::page(
        &ctx,
        lang.t("nav-registration"),
        html! {
            (head.draw())
            div class="mb" { (along(lang, &steps)) }
            div class="grid" { div class="s8" { (bare_card(&changed, &differences(lang, &sides, Decision::AcceptOrKeep, &rows))) } }
        },
    )
}

pub(super) fn other_year(lang: Lang) -> Markup {
    let mut ctx = ctx(lang);
    ctx.demo = true;
    ctx.year.current = "2025".into();
    ctx.year.label = "2025/26".into();
    ctx.other_year = Some(OtherYear {
        shown: "2025/26".into(),
        current: option("2026", "2026/27"),
        read_only: true,
    });
    ctx.person.acting_for = Some("Danielle Okafor".into());
    if let Some(pasi) = &mut ctx.pasi {
        pasi.state = PasiState::Away;
        pasi.waiting = 1_204;
    }
    let head = PageHead::new(lang.day_heading(ctx.today)).facts(say(
        lang,
        "Day 4 of 6 · 446 students enrolled",
        "Jour 4 de 6 · 446 élèves inscrits",
    ));
    shell::page(&ctx, lang.t("nav-today"), head.draw())
}

/// What the least of roles sees: one school, one year, one job, no province.
pub(super) fn least(lang: Lang) -> Markup {
    let mut ctx: Ctx = ctx(lang);
    ctx.nav.truncate(1);
    ctx.job = Some(Job::Today);
    ctx.pasi = None;
    ctx.notices = Some(0);
    ctx.school = Switch {
        label: "École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix".into(),
        ..Switch::default()
    };
    ctx.year = Switch {
        label: "2026/27".into(),
        ..Switch::default()
    };
    ctx.person = Person {
        name: LONG_NAME.into(),
        role: Switch {
            label: say(lang, "Substitute teacher", "Enseignante suppléante").into(),
            ..Switch::default()
        },
        acting_for: None,
    };
    shell::page(
        &ctx,
        lang.t("nav-today"),
        PageHead::new(lang.day_heading(ctx.today)).draw(),
    )
}

pub(super) fn family(lang: Lang) -> Markup {
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
    let found = [Finding::new(
        Severity::Confirmed,
        "born",
        say(
            lang,
            "Kindergarten in September 2027. Ngozi turns 5 before December 31.",
            "Maternelle en septembre 2027. Ngozi aura 5 ans avant le 31 décembre.",
        ),
    )];
    let choices = [
        Choice::new("yes", say(lang, "Yes", "Oui")),
        Choice::new(
            "no",
            say(lang, "No, this is the first time", "Non, c’est la première fois"),
        ),
    ];
    let fields = html! {
        (Field::new(lang, "first", say(lang, "Legal first name", "Prénom légal")).value("Ngozi").width(Width::Whole).text())
        (Field::new(lang, "last", say(lang, "Legal last name", "Nom de famille légal")).value("Adeyemi-Roy").width(Width::Whole).text())
        (Field::new(lang, "born", say(lang, "Date of birth", "Date de naissance")).hint(say(lang, "For example 2021 04 17", "Par exemple 2021 04 17")).value("2022-08-30").findings(&found).width(Width::Whole).three_box_date())
        (Field::new(lang, "before", say(lang, "Has Ngozi been to school in Alberta before?", "Ngozi a-t-elle déjà fréquenté une école de l’Alberta?")).value("no").width(Width::Whole).radios(&choices))
    };
    let body = html! {
        (phone_bar(lang, 1, 5))
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
        &family::bar(Some(&back), say(lang, "Saved 9:41", "Enregistré à 9 h 41"), &on),
    )
}

fn before(lang: Lang, findings: &[Finding], demo: bool) -> Before<'_> {
    Before {
        lang,
        path: "/sign-in",
        csrf: "sample",
        division: "Kestrel Valley School Division",
        demo,
        findings,
    }
}

pub(super) fn sign_in(lang: Lang) -> Markup {
    let found = [Finding::new(
        Severity::Refuse,
        "",
        say(
            lang,
            "User name and password do not match. Nothing else is said, so that nobody learns who has an account.",
            "Le nom d’utilisateur et le mot de passe ne concordent pas. Rien d’autre n’est précisé, afin que personne n’apprenne qui a un compte.",
        ),
    )];
    entrance::sign_in(&before(lang, &found, false), "mlavallee", "/", &[])
}

pub(super) fn sign_in_practice(lang: Lang) -> Markup {
    let role = |value: &str, en, fr, person: &str| PracticeRole {
        value: value.into(),
        role: say(lang, en, fr).into(),
        person: person.into(),
    };
    let roles = [
        role(
            "secretary",
            "School secretary",
            "Secrétaire d’école",
            "Marie-Ève Lavallée, Marten Lake School",
        ),
        role(
            "principal",
            "Principal",
            "Direction d’école",
            "Danielle Okafor, Marten Lake School",
        ),
        role(
            "coordinator",
            "SIS coordinator",
            "Coordination du système d’information scolaire",
            "Priya Raghavan",
        ),
        role("teacher", "Teacher", "Enseignante", LONG_NAME),
    ];
    entrance::sign_in(&before(lang, &[], true), "", "/", &roles)
}

pub(super) fn second_factor(lang: Lang) -> Markup {
    let found = [Finding::new(
        Severity::Refuse,
        "code",
        say(
            lang,
            "This code is not right or is too old. Type the one shown now.",
            "Ce code n’est pas le bon ou n’est plus valide. Tapez celui qui s’affiche maintenant.",
        ),
    )];
    entrance::second_factor(&before(lang, &found, false), true)
}

pub(super) fn set_up(lang: Lang) -> Markup {
    entrance::set_up_second_factor(
        &before(lang, &[], false),
        r##"<svg viewBox="0 0 8 8" width="160" height="160"><rect width="8" height="8" fill="#fff"/><path d="M1 1h2v2h-2zM5 1h2v2h-2zM1 5h2v2h-2zM4 4h1v1h-1zM6 6h1v1h-1z" fill="#000"/></svg>"##,
        "JBSW Y3DP EHPK 3PXP",
    )
}

pub(super) fn new_password(lang: Lang) -> Markup {
    let found = [
        Finding::new(
            Severity::Refuse,
            "password",
            say(
                lang,
                "Use at least 12 characters.",
                "Utilisez au moins 12 caractères.",
            ),
        ),
        Finding::new(
            Severity::Refuse,
            "again",
            say(
                lang,
                "The two are not the same.",
                "Les deux ne sont pas identiques.",
            ),
        ),
    ];
    entrance::new_password(&before(lang, &found, false), "/account/password", "mlavallee")
}

pub(super) fn error_400(lang: Lang) -> Markup {
    alone(lang, &Trouble::Expired)
}

pub(super) fn error_403(lang: Lang) -> Markup {
    in_shell(
        &ctx(lang),
        &Trouble::Denied {
            who_grants: say(lang, "The principal", "La direction de l’école"),
        },
    )
}

pub(super) fn error_404(lang: Lang) -> Markup {
    in_shell(&ctx(lang), &Trouble::NotFound)
}

pub(super) fn error_429(lang: Lang) -> Markup {
    alone(lang, &Trouble::TooMany { minutes: 15 })
}

pub(super) fn error_500(lang: Lang) -> Markup {
    alone(
        lang,
        &Trouble::Fault {
            incident: "7F3A-91AB",
        },
    )
}

pub(super) fn error_503(lang: Lang) -> Markup {
    alone(lang, &Trouble::Away)
}
