//! Work queues: rows at the left, the open item at the right with what happened, the sides and two or three outcomes.

use maud::{Markup, html};

use crate::avatar::{self, Size};
use crate::form::{Choice, Field, Width};
use crate::pill::pill;
use crate::table::{Column, Order, Row, Table, cell};
use crate::timeline::{Moment, timeline};
use crate::{Action, Icon, Lang, State, icon, waiting};

/// One row of a queue.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its state.
    pub state: State,
    /// `Last, First`.
    pub name: String,
    /// The finding in one line.
    pub finding: String,
    /// What people do about it: who has it, that someone is on it; may be empty.
    pub care: String,
    /// The rule's number; empty for none.
    pub rule: String,
    /// School in short.
    pub school: String,
    /// How long it waits, in words.
    pub age: String,
    /// Address of the page with this item open.
    pub href: String,
    /// Whether it is the open one.
    pub open: bool,
}

/// A heading of a queue: its words, and where it leads to order the rows by it.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// What stands there.
    pub words: String,
    /// The address of the rows ordered by it, and how they are ordered by it now.
    pub sort: Option<(String, Option<Order>)>,
}

impl Heading {
    fn column(&self, column: Column) -> Column {
        match &self.sort {
            Some((href, order)) => column.sort(href.clone(), *order),
            None => column,
        }
    }
}

/// The rows of a queue as a table: state, finding, rule, school, age; `cleared`
/// is said when there are none.
pub fn items(lang: Lang, caption: &str, headings: &[Heading; 5], rows: &[Item], cleared: &str) -> Markup {
    let [state, finding, rule, school, age] = headings;
    let columns = vec![
        state.column(Column::new(&state.words)),
        finding.column(Column::new(&finding.words)),
        rule.column(Column::new(&rule.words).hide_on_phone()),
        school.column(Column::new(&school.words).hide_on_phone()),
        age.column(Column::figures(&age.words)),
    ];
    let rows = rows.iter().map(|item| row(lang, item)).collect();
    Table::new(caption, columns)
        .rows(rows)
        .empty(waiting::cleared(cleared))
        .draw(lang)
}

fn row(lang: Lang, item: &Item) -> Row {
    let finding = html! { a class="plain b" href=(item.href) { (item.name) }
        div class="sm sub" { (item.finding) }
        @if !item.care.is_empty() { div class="xs dim" { (icon(Icon::User)) " " (item.care) } }
    };
    Row::new(vec![
        pill(item.state, &item.state.word(lang)),
        finding,
        cell(html! { span class="num dim" { (item.rule) } }),
        cell(html! { span class="sub nw" { (item.school) } }),
        cell(html! { span class="dim nw" { (item.age) } }),
    ])
    .selected(item.open)
    .leads()
}

/// The open item.
#[derive(Clone, Debug)]
pub struct Drawer<'a> {
    /// `Last, First`.
    pub name: &'a str,
    /// ASN, grade, school.
    pub facts: &'a str,
    /// Its state.
    pub state: State,
    /// Address of the queue without an open item.
    pub close: &'a str,
    /// What it is about, as in "School enrolment, 2026/27".
    pub subject: &'a str,
    /// What happened, blaming nobody.
    pub story: &'a str,
    /// The sides (see [`crate::diff::differences`]).
    pub sides: Markup,
    /// Two or three outcomes with their consequence; keys 1 to 3 choose. None where nothing is to be decided.
    pub outcomes: Vec<Choice>,
    /// The outcome chosen at first: its value.
    pub proposed: &'a str,
    /// Where the choice is sent, as `outcome`.
    pub action: &'a str,
    /// Token of the request.
    pub csrf: &'a str,
    /// What the row shows of other systems' copies; may be empty.
    pub seen: &'a str,
    /// The verb of the main button, as in "Apply and send".
    pub verb: &'a str,
    /// Further buttons: assign, note.
    pub more: Vec<Action>,
    /// Who has it, what was written to it, and the form of the button that was pressed.
    pub care: Markup,
    /// Rule, message id, versions: behind "Message details".
    pub details: &'a str,
    /// What happened before.
    pub history: Vec<Moment>,
}

/// Draws the open item. It has the id `drawer`, which htmx replaces.
pub fn drawer(lang: Lang, item: &Drawer<'_>) -> Markup {
    html! {
        section class="card drawer" id="drawer" aria-labelledby="drawer-h" tabindex="-1" {
            div class="ch top" {
                (avatar::initials(item.name, Size::S40))
                div class="grow" { h2 id="drawer-h" { (item.name) } div class="sm sub num" { (item.facts) } }
                (pill(item.state, &item.state.word(lang)))
                (Action::link(lang.t("queue-close"), item.close).quiet().small().icon_only(Icon::X).with("data-escape", ""))
            }
            div class="cb" { h3 { (item.subject) } p class="sub m-0" { (item.story) } }
            (item.sides)
            @if !item.outcomes.is_empty() { (outcome_form(lang, item)) }
            @else if !item.more.is_empty() {
                div class="cb b-top row-x wrap" { @for action in &item.more { (action) } }
            }
            (item.care)
            details {
                summary class="sub" { (lang.t("queue-details")) " " span class="num dim sm" { (item.details) } }
                (timeline(lang, &item.history))
            }
        }
    }
}

fn outcome_form(lang: Lang, item: &Drawer<'_>) -> Markup {
    const KEYS: [&str; 3] = ["1", "2", "3"];
    let question = lang.t("queue-what");
    let outcomes: Vec<Choice> = item
        .outcomes
        .iter()
        .cloned()
        .zip(KEYS)
        .map(|(choice, key)| choice.key(key))
        .collect();
    html! {
        form method="post" action=(item.action) class="cb b-top" data-guard data-apply {
            (crate::action::csrf_field(item.csrf))
            (crate::action::seen_field(item.seen))
            (Field::new(lang, "outcome", &question).value(item.proposed).width(Width::Whole).radios(&outcomes))
            div class="row-x wrap mt" {
                (Action::submit(item.verb).primary())
                @for action in &item.more { (action) }
            }
        }
    }
}

/// What stands beside the rows while no item is open.
pub fn drawer_empty(lang: Lang) -> Markup {
    html! { section class="card drawer hide-ph" id="drawer" { p class="drawer-empty m-0" { (lang.t("queue-choose")) } } }
}

/// Rows and drawer side by side.
pub fn layout(rows: &Markup, drawer: &Markup) -> Markup {
    html! { div class="q" { (rows) (drawer) } }
}
