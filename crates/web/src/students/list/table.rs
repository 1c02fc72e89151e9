//! The rows: the columns that were chosen, and a tick for each student.

use super::asked::Asked;
use crate::listing::Ordered;
use crate::lookup;
use maud::{Markup, html};
use people::CardRow;
use schools::Directory;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, icon};

/// A column beside the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The provincial number.
    Asn,
    /// The number within the division.
    Number,
    /// Grade.
    Grade,
    /// Homeroom.
    Homeroom,
    /// School.
    School,
    /// Birth date.
    Born,
    /// Gender.
    Gender,
    /// Enrolled, to come, left.
    State,
    /// Enrolled since.
    Enrolled,
    /// Where the record stands with the province.
    Pasi,
}

impl Shown {
    /// Every column, in the order of the page.
    pub(crate) const ALL: [Self; 10] = [
        Self::Asn,
        Self::Number,
        Self::Grade,
        Self::Homeroom,
        Self::School,
        Self::Born,
        Self::Gender,
        Self::State,
        Self::Enrolled,
        Self::Pasi,
    ];
    const USUAL: [Self; 6] = [
        Self::Asn,
        Self::Grade,
        Self::Homeroom,
        Self::School,
        Self::Born,
        Self::Pasi,
    ];

    /// What a family is shown of its children.
    const FAMILY: [Self; 3] = [Self::School, Self::Grade, Self::Homeroom];

    /// Its word in the address and in saved lists.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Asn => "asn",
            Self::Number => "number",
            Self::Grade => "grade",
            Self::Homeroom => "homeroom",
            Self::School => "school",
            Self::Born => "born",
            Self::Gender => "gender",
            Self::State => "state",
            Self::Enrolled => "enrolled",
            Self::Pasi => "pasi",
        }
    }

    /// The words of its heading.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Asn => "column-asn",
            Self::Number => "column-number",
            Self::Grade => "column-grade",
            Self::Homeroom => "column-homeroom",
            Self::School => "column-school",
            Self::Born => "column-born",
            Self::Gender => "field-gender",
            Self::State => "column-state",
            Self::Enrolled => "column-enrolled",
            Self::Pasi => "column-pasi",
        }
    }

    /// The columns asked for, in the order of the page; the usual ones when none is named.
    pub(crate) fn of(asked: &Asked) -> Vec<Self> {
        let named: Vec<Self> = Self::ALL
            .into_iter()
            .filter(|column| asked.columns.iter().any(|word| word == column.word()))
            .collect();
        if named.is_empty() {
            Self::USUAL.to_vec()
        } else {
            named
        }
    }

    /// Has the list this order?
    const fn sorts(self) -> bool {
        !matches!(self, Self::Gender | Self::State | Self::Pasi)
    }

    /// The value as text.
    pub(crate) fn text(self, lang: Lang, card: &CardRow, directory: &Directory) -> String {
        match self {
            Self::Asn => card.asn.map(|asn| asn.to_string()).unwrap_or_default(),
            Self::Number => card.local_number.clone(),
            Self::Grade => lookup::grade(&card.grade),
            Self::Homeroom => card.homeroom.clone(),
            Self::School => card
                .school
                .map(|school| directory.name(school).to_owned())
                .unwrap_or_default(),
            Self::Born => card.birth_date.to_string(),
            Self::Gender => lookup::code(lang, codes::CodeSet::Gender, &card.gender),
            Self::State => lang
                .t(&format!("students-state-{}", card.state.as_str()))
                .into_owned(),
            Self::Enrolled => card.enrolled_on.map(|day| day.to_string()).unwrap_or_default(),
            Self::Pasi => lookup::sync(&card.sync_state).word(lang).into_owned(),
        }
    }

    fn cell(self, lang: Lang, card: &CardRow, directory: &Directory) -> Markup {
        let text = self.text(lang, card, directory);
        match self {
            Self::Asn if text.is_empty() => html! { span class="dim" { (lang.t("student-no-asn")) } },
            Self::Asn | Self::Number | Self::Born | Self::Enrolled => html! { span class="num" { (text) } },
            Self::Pasi => ui::pill::state_pill(lang, lookup::sync(&card.sync_state)),
            _ => html! { (text) },
        }
    }
}

/// What the table is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    /// The screen; with ticks when many may be changed at once.
    Screen {
        /// A tick before each name.
        ticks: bool,
    },
    /// The screen of a family: own children, nothing of the office's.
    Family,
    /// Paper: nothing to press.
    Paper,
}

/// The table of the list.
pub(super) fn table(lang: Lang, asked: &Asked, rows: &[CardRow], directory: &Directory, on: On) -> Table {
    let columns = if on == On::Family {
        Shown::FAMILY.to_vec()
    } else {
        Shown::of(asked)
    };
    let ticks = on == On::Screen { ticks: true };
    let mut heads = Vec::new();
    if ticks {
        heads.push(Column::new(lang.t("students-tick")).unseen_label());
    }
    heads.push(head(lang, asked, "column-name", on, Some("name")));
    for column in &columns {
        let sort = column.sorts().then(|| column.word());
        let drawn = head(lang, asked, column.label(), on, sort);
        let stays = matches!(column, Shown::Grade | Shown::Pasi) || on == On::Family;
        heads.push(if stays || on == On::Paper {
            drawn
        } else {
            drawn.hide_on_phone()
        });
    }
    let rows = rows
        .iter()
        .map(|card| row(lang, card, directory, &columns, on))
        .collect();
    let everyone = Action::link(lang.t("students-show-all"), "/students?list=none&state=all");
    let everyone = Some(&everyone).filter(|_| on != On::Family);
    Table::new(lang.t("students-title"), heads)
        .rows(rows)
        .empty(ui::waiting::empty(&lang.t("students-none"), everyone))
}

/// A heading; pressed again, the order is turned round.
fn head(lang: Lang, asked: &Asked, label: &str, on: On, sort: Option<&str>) -> Column {
    let column = Column::new(lang.t(label));
    let Some(word) = sort.filter(|_| matches!(on, On::Screen { .. })) else {
        return column;
    };
    let known = Shown::ALL.map(Shown::word);
    let known: Vec<&str> = std::iter::once("name").chain(known).collect();
    Ordered::of(&asked.sort, &known).heading(column, word, |next| asked.with("sort", next))
}

fn row(lang: Lang, card: &CardRow, directory: &Directory, columns: &[Shown], on: On) -> Row {
    let ticks = on == On::Screen { ticks: true };
    let mut cells = Vec::new();
    if ticks {
        let label = lang.tx("students-tick-one", &[("name", card.list_name.as_str().into())]);
        cells.push(html! { input class="form-check-input" type="checkbox" name="student" value=(card.student) aria-label=(label); });
    }
    cells.push(name(lang, card));
    cells.extend(columns.iter().map(|column| column.cell(lang, card, directory)));
    let row = Row::new(cells);
    if on == On::Paper {
        row
    } else {
        row.link(usize::from(ticks), format!("/students/{}", card.student))
            .leads()
    }
}

/// The name, what the student goes by, and the shield of a restriction.
pub(crate) fn name(lang: Lang, card: &CardRow) -> Markup {
    let goes_by = kernel::text::fold(&card.preferred_name);
    html! {
        (card.list_name)
        @if !goes_by.is_empty() && !goes_by.split(' ').all(|word| card.sort_name.contains(word)) {
            " " span class="dim sm" { (lang.tx("students-goes-by", &[("name", card.preferred_name.as_str().into())])) }
        }
        @if card.is_shielded() {
            " " span class="p bad sq" { (icon(Icon::ShieldLock)) (lang.t("search-restricted")) }
        }
    }
}
