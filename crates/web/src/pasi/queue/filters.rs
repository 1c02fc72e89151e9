//! What narrows the rows: words, a school, only one's own.

use super::Asked;
use crate::who::Who;
use maud::{Markup, html};
use schools::Directory;
use ui::form::Choice;
use ui::list::{FilterSelect, Filters};
use ui::{Action, Icon, Lang};

pub(super) fn filters(lang: Lang, who: &Who, asked: &Asked, directory: &Directory) -> Markup {
    let own = &who.standing().schools;
    let reachable = directory
        .all()
        .iter()
        .filter(|school| own.is_empty() || own.contains(&school.id));
    let schools: Vec<Choice> = reachable
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    let mut selects = Vec::new();
    if schools.len() > 1 && who.school().is_none() {
        let label = lang.t("pasi-page-all-schools").into_owned();
        selects.push(FilterSelect {
            name: "school".to_owned(),
            label,
            choices: schools,
            value: asked.school.clone(),
        });
    }
    let is_filtered = !asked.q.is_empty() || !asked.school.is_empty() || asked.mine == "1";
    let bare = Asked {
        tab: asked.tab.clone(),
        ..Asked::default()
    };
    let filters = Filters {
        action: "/pasi".to_owned(),
        text_label: lang.t("pasi-page-filter").into_owned(),
        text: asked.q.clone(),
        selects,
        hidden: [("tab", &asked.tab), ("mine", &asked.mine), ("sort", &asked.sort)]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        clear: is_filtered.then(|| bare.path()),
        results_id: "queue-rows".to_owned(),
    };
    let is_mine = asked.mine == "1";
    let other = Asked {
        mine: if is_mine { String::new() } else { "1".to_owned() },
        ..asked.opening("")
    };
    let mut mine = Action::link(lang.t("pasi-page-mine"), other.path())
        .icon(Icon::User)
        .small();
    if is_mine {
        mine = mine.primary().with("aria-current", "true");
    }
    ui::list::filters(
        lang,
        &filters,
        &html! { (mine) span class="sm dim nw hide-ph" { (lang.t("pasi-page-order")) } },
    )
}
