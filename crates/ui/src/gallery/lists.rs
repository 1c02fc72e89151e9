//! Tables, lists, differences.

use maud::{Markup, html};

use super::sample::{LONG_NAME, say};
use super::{Cases, Empty, block};
use crate::card::{Head, bare_card};
use crate::diff::{Chosen, Decision, Difference, Sides, differences as drawn};
use crate::form::{Choice, Finding, Severity};
use crate::list::{FilterSelect, Filters, Pager, choices, filters, list_card, pager};
use crate::pill::state_pill;
use crate::table::{Column, Order, Row, Table, cell};
use crate::{Lang, State, chart, waiting};

/// How many students a table shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    Some,
    None,
    /// A page of the longest names.
    Most,
}

pub(super) fn students(lang: Lang, rows: Rows) -> Table {
    let columns = vec![
        Column::new(say(lang, "Name", "Nom")).sort("?sort=-name", Some(Order::Up)),
        Column::new(say(lang, "ASN", "ASN")),
        Column::figures(say(lang, "Grade", "Niveau")).sort("?sort=grade", None),
        Column::new(say(lang, "School", "École")).hide_on_phone(),
        Column::new(say(lang, "PASI", "PASI")),
    ];
    let longest = (
        LONG_NAME,
        "9990-4418-2",
        "12",
        "École Notre-Dame-des-Sept-Douleurs de la Vallée",
        State::Conflict,
    );
    let sample = [
        (
            "Beaulieu, Noémie",
            "9990-1123-4",
            "4",
            "Marten Lake School",
            State::InSync,
        ),
        (
            "Nguyen, Thảo",
            "9990-8812-0",
            "K",
            "Alder Creek School",
            State::Pending,
        ),
        ("Ngozi", "", "1", "Sandhill Colony School", State::Offline),
    ];
    let row = |(name, asn, grade, school, state): (&str, &str, &str, &str, State)| {
        Row::new(vec![
            cell(name),
            cell(html! { span class="num nw" { (asn) } }),
            cell(grade),
            cell(school),
            state_pill(lang, state),
        ])
        .link(0, "#")
    };
    let none = waiting::empty(
        say(
            lang,
            "No student matches this filter.",
            "Aucun élève ne correspond à ce filtre.",
        ),
        None,
    );
    let table = Table::new(say(lang, "Students", "Élèves"), columns).empty(none);
    match rows {
        Rows::Some => table.rows(sample.into_iter().map(row).collect()),
        Rows::None => table,
        Rows::Most => table.rows(std::iter::repeat_n(longest, 50).map(row).collect()),
    }
}

pub(super) fn table(lang: Lang) -> Cases {
    let named = |id, table: Markup| {
        bare_card(
            &Head::new(id, format!("{} ({id})", say(lang, "Students", "Élèves"))),
            &table,
        )
    };
    Cases {
        sample: named("t1", students(lang, Rows::Some).draw(lang)),
        empty: Empty::Drawn(named("t2", students(lang, Rows::None).draw(lang))),
        longest: named("t3", students(lang, Rows::Most).draw(lang)),
        more: Vec::new(),
    }
}

pub(super) fn charts(lang: Lang) -> Cases {
    let columns = vec![
        Column::new(lang.t("lag-hour")),
        Column::figures(lang.t("lag-sent-half")),
        Column::figures(lang.t("lag-received-half")),
    ];
    let hour = |hour: i64| {
        let micros = (hour != 11).then_some(hour * 40_000);
        let words = format!("{} ms", hour * 40);
        Row::new(vec![
            html! { (hour) ":00" },
            chart::seconds(micros, &words),
            chart::seconds(Some(hour * hour * 9_000), &words),
        ])
    };
    let over = |hours: std::ops::Range<i64>| {
        let table = Table::new(lang.t("lag-title"), columns.clone()).rows(hours.map(hour).collect());
        chart::lines(lang, &lang.t("lag-sent-none"), &table)
    };
    Cases {
        sample: over(8..16),
        empty: Empty::Drawn(over(0..0)),
        longest: over(0..168),
        more: vec![block("shares", shares(lang))],
    }
}

fn shares(lang: Lang) -> Markup {
    let columns = vec![
        Column::new(lang.t("division-month")),
        Column::figures(say(lang, "Of the month", "Du mois")),
        Column::figures(say(lang, "Of the year so far", "De l’année jusqu’ici")),
    ];
    let month = |month: i64| {
        let of_month = (month != 1).then_some(40 + 13 * (month % 4));
        Row::new(vec![
            html! { (month) },
            chart::share(lang, of_month),
            chart::share(lang, Some(52 + month * 3)),
        ])
    };
    let title = say(lang, "A tenth or more missed", "Un dixième ou plus manqué");
    let table = Table::new(title, columns).rows((1..10).map(month).collect());
    let select = FilterSelect {
        name: "grade".into(),
        label: say(lang, "Every grade", "Tous les niveaux").into(),
        choices: vec![Choice::new("7", "7")],
        value: "7".into(),
    };
    html! {
        (choices(lang, "/ui/charts", &[select], &[("by", "month")], &html! {}))
        (chart::shares(lang, title, &table))
    }
}

pub(super) fn list(lang: Lang) -> Cases {
    let bar = Filters {
        action: "/ui/list".into(),
        text_label: say(lang, "Filter by name or ASN", "Filtrer par nom ou ASN").into(),
        text: String::new(),
        selects: vec![FilterSelect {
            name: "grade".into(),
            label: say(lang, "Every grade", "Tous les niveaux").into(),
            choices: (1..=12)
                .map(|grade| Choice::new(grade.to_string(), grade.to_string()))
                .collect(),
            value: String::new(),
        }],
        hidden: vec![("sort".into(), "name".into())],
        clear: Some("/ui/list".into()),
        results_id: "results".into(),
    };
    let foot = pager(
        lang,
        &Pager {
            is_longer: false,
            shown: 4,
            total: 8_143,
            previous: Some("#".into()),
            next: Some("#".into()),
        },
        &Markup::default(),
    );
    let none = Filters {
        text: say(lang, "Zzyzx", "Zzyzx").into(),
        results_id: "no-results".into(),
        ..bar.clone()
    };
    let most = Filters {
        text_label: say(
            lang,
            "Filter by name, other name, ASN, local number or phone",
            "Filtrer par nom, autre nom, ASN, numéro local ou téléphone",
        )
        .into(),
        text: LONG_NAME.into(),
        selects: vec![bar.selects[0].clone(); 5]
            .into_iter()
            .enumerate()
            .map(|(at, select)| FilterSelect {
                name: format!("grade{at}"),
                ..select
            })
            .collect(),
        results_id: "most-results".into(),
        ..bar.clone()
    };
    let listed = |bar: &Filters, rows: Rows, foot: &Markup| {
        list_card(
            &format!("{} ({})", say(lang, "Students", "Élèves"), bar.results_id),
            &bar.results_id,
            &filters(lang, bar, &Markup::default()),
            &students(lang, rows).draw(lang),
            foot,
        )
    };
    Cases {
        sample: listed(&bar, Rows::Some, &Markup::default()),
        empty: Empty::Drawn(listed(&none, Rows::None, &Markup::default())),
        longest: listed(&most, Rows::Most, &foot),
        more: Vec::new(),
    }
}

/// Three fields that differ, one of them long, one absent on our side.
pub(super) fn sample_rows(lang: Lang) -> Vec<Difference> {
    let row =
        |name: &str, field: &str, cause: &str, ours: Option<&str>, theirs: Option<&str>, chosen| Difference {
            name: name.into(),
            field: field.into(),
            cause: cause.into(),
            ours: ours.map(Into::into),
            theirs: theirs.map(Into::into),
            chosen,
            only_theirs: false,
            edit: None,
            findings: Vec::new(),
        };
    vec![
        row(
            "address",
            say(lang, "Mailing address", "Adresse postale"),
            say(
                lang,
                "Changed in PASI Nov 20 by Bighorn Pass School",
                "Modifiée dans PASI le 20 nov. par Bighorn Pass School",
            ),
            Some("214 Spruce Avenue\nMarten Lake AB  T0Z 1A0"),
            Some("Box 61, 8 Willow Crescent\nMarten Lake AB  T0Z 1A0"),
            Some(Chosen::Theirs),
        ),
        row(
            "phone",
            say(lang, "Home phone", "Téléphone à la maison"),
            say(
                lang,
                "Changed here Nov 18 by J. Abara",
                "Modifié ici le 18 nov. par J. Abara",
            ),
            Some("780-555-0162"),
            Some("780-555-0126"),
            Some(Chosen::Ours),
        ),
        row(
            "other",
            say(lang, "Other name", "Autre nom"),
            say(lang, "Only in PASI", "Seulement dans PASI"),
            None,
            Some("Cardinal, Aiyana Rose"),
            None,
        ),
    ]
}

pub(super) fn differences(lang: Lang) -> Cases {
    let sides = Sides {
        ours: say(lang, "Lodgepole (ours)", "Lodgepole (nous)").into(),
        theirs: say(lang, "PASI (province)", "PASI (province)").into(),
    };
    let sent = Sides {
        ours: say(lang, "On file", "Au dossier").into(),
        theirs: say(lang, "Family sent", "Transmis par la famille").into(),
    };
    let mut rows = sample_rows(lang);
    let mut family = sample_rows(lang);
    for row in &mut family {
        row.name = format!("family-{}", row.name);
    }
    family[2].findings = vec![Finding::new(
        Severity::Warn,
        "other",
        say(
            lang,
            "A legal name needs a source document. Ask for a name change certificate, or record it as the name used at school.",
            "Un nom légal exige une pièce justificative. Demandez un certificat de changement de nom ou consignez-le comme nom usuel.",
        ),
    )];
    rows.push(Difference {
        name: "same".into(),
        field: say(lang, "Exception code", "Code d’exception").into(),
        cause: String::new(),
        ours: Some("57".into()),
        theirs: Some("57".into()),
        chosen: None,
        only_theirs: false,
        edit: None,
        findings: Vec::new(),
    });
    let named = |id, body: Markup| {
        bare_card(
            &Head::new(
                id,
                format!(
                    "{} ({id})",
                    say(lang, "PASI differences", "Différences avec PASI")
                ),
            ),
            &body,
        )
    };
    let longest: Vec<Difference> = (0..10)
        .map(|at| Difference {
            name: format!("long-{at}"),
            ours: Some(format!("{LONG_NAME}\n{LONG_NAME}")),
            theirs: Some(LONG_NAME.into()),
            ..rows[0].clone()
        })
        .collect();
    Cases {
        sample: named("x1", drawn(lang, &sides, Decision::OursOrTheirs, &rows[..3])),
        empty: Empty::Never("where nothing differs the page says so in place of it"),
        longest: named("x4", drawn(lang, &sides, Decision::OursOrTheirs, &longest)),
        more: vec![
            block(
                "accept or keep",
                named("x2", drawn(lang, &sent, Decision::AcceptOrKeep, &family)),
            ),
            block("to read", named("x3", drawn(lang, &sides, Decision::None, &rows))),
        ],
    }
}
