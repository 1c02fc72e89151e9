//! The review of a registration.

use maud::{Markup, html};

use super::lists::sample_rows;
use super::sample::{LONG_NAME, ctx, say};
use crate::card::{Head, bare_card};
use crate::ctx::Job;
use crate::diff::{Decision, Difference, Sides, differences};
use crate::form::{Finding, Severity};
use crate::head::{Crumb, PageHead};
use crate::pill::pill;
use crate::steps::{Progress, Step, along};
use crate::{Action, Icon, Lang, State, shell};

fn page(lang: Lang, name: &str, facts: &str, rows: &[Difference], count: &str) -> Markup {
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
    let head = PageHead::new(name)
        .crumbs(vec![
            Crumb::link(lang.t("nav-registration"), "/registration"),
            Crumb::here(say(lang, "3 of 9 to review", "3 sur 9 à examiner")),
        ])
        .facts(facts)
        .action(Action::scripted(say(lang, "Ask the family", "Demander à la famille")).icon(Icon::Message))
        .action(Action::scripted(say(lang, "Accept all 6", "Accepter les 6")))
        .action(
            Action::submit(say(lang, "Approve and write", "Approuver et inscrire"))
                .icon(Icon::Check)
                .primary(),
        );
    let mut ctx = ctx(lang);
    ctx.job = Some(Job::Registration);
    let body = if rows.is_empty() {
        let none = say(lang, "The family changed nothing.", "La famille n’a rien changé.");
        crate::waiting::empty(none, None)
    } else {
        differences(lang, &sides, Decision::AcceptOrKeep, rows)
    };
    let changed = Head::new(
        "ch",
        say(lang, "What the family changed", "Ce que la famille a changé"),
    )
    .beside(pill(State::Selected, count));
    shell::page(
        &ctx,
        lang.t("nav-registration"),
        html! {
            (head.draw())
            div class="mb" { (along(lang, &steps)) }
            div class="grid" { div class="s8" { (bare_card(&changed, &body)) } }
        },
    )
}

/// What the family sent, the last of it with a finding.
fn changed(lang: Lang) -> Vec<Difference> {
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
    rows
}

const NAME: &str = "Castellano, Mateo Andrés";

fn sent(lang: Lang) -> &'static str {
    say(
        lang,
        "Returning student · grade 5 to 6 · sent by Inés Castellano, November 21, 19:12",
        "Élève de retour · 5e à 6e année · transmise par Inés Castellano le 21 novembre à 19 h 12",
    )
}

pub(super) fn sample(lang: Lang) -> Markup {
    page(
        lang,
        NAME,
        sent(lang),
        &changed(lang),
        say(lang, "3 changes", "3 changements"),
    )
}

pub(super) fn empty(lang: Lang) -> Markup {
    page(
        lang,
        NAME,
        sent(lang),
        &[],
        say(lang, "No change", "Aucun changement"),
    )
}

/// Every field changed, each to something long.
pub(super) fn longest(lang: Lang) -> Markup {
    let mut rows = Vec::new();
    for part in 0..12 {
        for mut row in changed(lang) {
            row.name = format!("{}-{part}", row.name);
            row.theirs = Some(format!("{LONG_NAME}\n{LONG_NAME}"));
            rows.push(row);
        }
    }
    page(
        lang,
        LONG_NAME,
        sent(lang),
        &rows,
        say(lang, "36 changes", "36 changements"),
    )
}
