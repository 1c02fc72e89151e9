//! The filter bar: what most people ask for at once, the rest under "more".

use super::asked::Asked;
use super::table::Shown;
use crate::lookup;
use crate::who::Who;
use codes::CodeSet;
use kernel::{Date, Grade, SchoolYear};
use maud::{Markup, html};
use people::Missing;
use schools::Directory;
use ui::form::{Choice, Field, Width};
use ui::list::{FilterSelect, Filters};
use ui::{Action, Lang};

/// Where students may stand today, beside those enrolled.
const OF_TODAY: [(&str, &str); 4] = [
    ("future", "students-state-future"),
    ("left", "students-state-left"),
    ("none", "students-state-none"),
    ("all", "students-state-all"),
];

/// How a school year may have gone for them.
const OF_YEAR: [(&str, &str); 2] = [
    ("enrolled", "students-year-stayed"),
    ("left", "students-year-left"),
];

/// What the choices are made of.
pub(super) struct Offered<'a> {
    pub(super) directory: &'a Directory,
    pub(super) homerooms: &'a [String],
    pub(super) today: Date,
}

/// Draws the bar.
pub(super) fn bar(lang: Lang, asked: &Asked, who: &Who, offered: &Offered) -> Markup {
    let mut selects = Vec::new();
    let schools = schools(who, offered.directory);
    if schools.len() > 1 && who.school().is_none() {
        selects.push(select(
            lang,
            "school",
            "students-all-schools",
            schools,
            &asked.school,
        ));
    }
    let grades = Grade::ALL.iter().map(|grade| {
        let label = lang.tx("crumb-grade", &[("grade", grade.label().into())]);
        Choice::new(grade.as_str(), label.into_owned())
    });
    selects.push(select(
        lang,
        "grade",
        "students-all-grades",
        grades.collect(),
        &asked.grade,
    ));
    let mut rooms: Vec<Choice> = offered
        .homerooms
        .iter()
        .map(|room| Choice::new(room.as_str(), room.as_str()))
        .collect();
    if !asked.homeroom.is_empty() && !offered.homerooms.contains(&asked.homeroom) {
        rooms.push(Choice::new(asked.homeroom.as_str(), asked.homeroom.as_str()));
    }
    if !rooms.is_empty() {
        selects.push(select(
            lang,
            "homeroom",
            "students-all-homerooms",
            rooms,
            &asked.homeroom,
        ));
    }
    let (usual, states): (_, &[(&str, &str)]) = if who.other_year().is_some() {
        ("students-year-everyone", &OF_YEAR)
    } else {
        ("students-state-enrolled", &OF_TODAY)
    };
    let states = states
        .iter()
        .map(|(state, words)| Choice::new(*state, lang.t(words)));
    selects.push(select(lang, "state", usual, states.collect(), &asked.state));
    let hidden = [("sort", &asked.sort), ("list", &asked.list)];
    let filters = Filters {
        action: "/students".to_owned(),
        text_label: lang.t("students-filter").into_owned(),
        text: asked.q.clone(),
        selects,
        hidden: hidden
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect(),
        clear: asked.is_filtered().then(|| "/students?list=none".to_owned()),
        results_id: "students-rows".to_owned(),
    };
    ui::list::filters(lang, &filters, &more(lang, asked, offered.today))
}

fn select(lang: Lang, name: &str, label: &str, choices: Vec<Choice>, value: &str) -> FilterSelect {
    FilterSelect {
        name: name.to_owned(),
        label: lang.t(label).into_owned(),
        choices,
        value: value.to_owned(),
    }
}

fn schools(who: &Who, directory: &Directory) -> Vec<Choice> {
    let own = &who.standing().schools;
    directory
        .all()
        .iter()
        .filter(|school| own.is_empty() || own.contains(&school.id))
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect()
}

/// Provincial codes, what is missing, and the columns.
fn more(lang: Lang, asked: &Asked, today: Date) -> Markup {
    let year = SchoolYear::of(today);
    let codes = |set: CodeSet, with_code: bool| -> Vec<Choice> {
        let offered = codes::set(set).valid_in(year);
        offered
            .map(|code| {
                let label = code.label(lookup::tongue(lang));
                Choice::new(
                    code.code.as_str(),
                    if with_code {
                        format!("{} {label}", code.code)
                    } else {
                        label.to_owned()
                    },
                )
            })
            .collect()
    };
    let missing = Missing::ALL
        .iter()
        .map(|missing| Choice::new(missing.as_str(), lang.t(&format!("missing-{}", missing.as_str()))))
        .collect::<Vec<_>>();
    let syncs = pasi::SyncState::ALL
        .iter()
        .map(|state| Choice::new(state.as_str(), lookup::sync(state.as_str()).word(lang)))
        .collect::<Vec<_>>();
    let fields = [
        ("missing", "students-missing", missing, &asked.missing),
        ("sync", "column-pasi", syncs, &asked.sync),
        (
            "type",
            "field-types",
            codes(CodeSet::EnrolmentType, true),
            &asked.kind,
        ),
        (
            "grant",
            "field-grants",
            codes(CodeSet::GrantsProgramCode, true),
            &asked.grant,
        ),
        (
            "exception",
            "field-exceptions",
            codes(CodeSet::ExceptionCode, true),
            &asked.exception,
        ),
        (
            "language",
            "field-language",
            codes(CodeSet::LanguageAtHome, false),
            &asked.language,
        ),
    ];
    let set = asked.more();
    let columns = lang.t("students-columns");
    let choices: Vec<Choice> = Shown::ALL
        .iter()
        .map(|column| Choice::new(column.word(), lang.t(column.label())))
        .collect();
    let chosen: Vec<&str> = Shown::of(asked).iter().map(|column| column.word()).collect();
    html! {
        details class="more" {
            summary class="btn btn-s" {
                (ui::icon(ui::Icon::Filter)) (lang.t("students-more"))
                @if set > 0 { " " span class="n num" { (set) } }
            }
            div class="fg" {
                @for (name, label, choices, value) in &fields {
                    @let label = lang.t(label);
                    (Field::new(lang, name, &label).value(value).width(Width::Third).select(choices))
                }
                div class="w12 cols" { (Field::new(lang, "col", &columns).width(Width::Whole).checkboxes(&choices, &chosen)) }
                div class="w12" { (Action::submit(lang.t("filter-apply")).small().primary()) }
            }
        }
    }
}
