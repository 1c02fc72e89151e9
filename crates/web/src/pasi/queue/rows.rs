//! The rows of the queue: where each stands, in one line, and how long it waits.

use super::{Asked, ROWS, Shown, filters};
use crate::pasi::bulk;
use crate::who::Who;
use kernel::Instant;
use kernel::text::fold;
use maud::{Markup, html};
use pasi::{Acknowledgement, ItemState, QueueRow, RuleSaid};
use schools::Directory;
use ui::queue::{Heading, Item};
use ui::{Lang, State as PillState};

pub(super) fn rows(lang: Lang, who: &Who, asked: &Asked, shown: &Shown, now: Instant) -> Markup {
    let items: Vec<Item> = shown
        .rows
        .iter()
        .map(|row| item(lang, asked, row, &shown.directory, now))
        .collect();
    let heading = |(name, by): (&str, Option<&str>)| Heading {
        words: lang.t(&format!("pasi-page-column-{name}")).into_owned(),
        sort: by.map(|by| asked.order().link(by, |sort| asked.ordering(sort).path())),
    };
    let headings = [
        ("state", Some("gravity")),
        ("finding", Some("name")),
        ("rule", Some("rule")),
        ("school", Some("school")),
        ("age", Some("age")),
    ]
    .map(heading);
    let cleared = if asked.q.is_empty() {
        "pasi-page-cleared"
    } else {
        "pasi-page-no-match"
    };
    let table = ui::queue::items(lang, &lang.t("queue-items"), &headings, &items, &lang.t(cleared));
    let is_cut = i64::try_from(shown.rows.len()).is_ok_and(|count| count >= ROWS);
    let foot = html! {
        (bulk::draw(who, asked, &shown.rows))
        div class="ch b-top sm dim no-print" {
            span class="grow" { (lang.tx("pasi-page-shown", &[("n", shown.rows.len().into())])) }
            span class="row-x hide-ph" {
                span { kbd { "J" } " " kbd { "K" } " " (lang.t("pasi-keys-move")) }
                span { kbd { "Enter" } " " (lang.t("pasi-keys-open")) }
                span { kbd { "1" } "–" kbd { "3" } " " (lang.t("pasi-keys-act")) }
            }
        }
        @if is_cut { p class="cb sm sub m-0 b-top" { (lang.tx("pasi-page-first", &[("n", ROWS.into())])) } }
    };
    ui::list::list_card(
        &lang.t("queue-items"),
        "queue-rows",
        &filters::filters(lang, who, asked, &shown.directory),
        &table,
        &foot,
    )
}

/// Keeps the rows that hold what was typed, in the order asked for. What a
/// caution covers orders no row.
pub(in crate::pasi) fn keep_fitting(rows: &mut Vec<QueueRow>, directory: &Directory, asked: &Asked) {
    let typed = fold(&asked.q);
    rows.retain(|row| typed.is_empty() || fits(row, directory, &typed));
    let order = asked.order();
    match order.by {
        "name" => order.put(rows, |row| fold(&row.name)),
        "rule" => order.put(rows, |row| rule(row).parse::<u32>().unwrap_or(u32::MAX)),
        "school" => order.put(rows, |row| {
            let school = row.school.filter(|_| !row.is_cautioned);
            school
                .map(|school| fold(directory.name(school)))
                .unwrap_or_default()
        }),
        // The longest wait is the highest.
        "age" => order.put(rows, |row| std::cmp::Reverse(row.since)),
        _ => {}
    }
}

/// What names a row in the address.
pub(super) fn key(row: &QueueRow) -> String {
    row.item
        .as_ref()
        .map_or_else(|| row.student.to_string(), |item| item.id.to_string())
}

/// Does the row hold what was typed: in the name, the school, the rule?
fn fits(row: &QueueRow, directory: &Directory, typed: &str) -> bool {
    let school = row
        .school
        .map(|school| directory.name(school))
        .unwrap_or_default();
    fold(&row.name).contains(typed)
        || (!row.is_cautioned && (fold(school).contains(typed) || rule(row).starts_with(typed)))
}

pub(in crate::pasi) fn rule(row: &QueueRow) -> String {
    let item = row.item.as_ref().filter(|_| !row.is_cautioned);
    let answer = item.map(pasi::Item::answer).unwrap_or_default();
    answer
        .rules
        .first()
        .map(|rule| rule.code.to_string())
        .unwrap_or_default()
}

fn item(lang: Lang, asked: &Asked, row: &QueueRow, directory: &Directory, now: Instant) -> Item {
    let school = row
        .school
        .filter(|_| !row.is_cautioned)
        .map(|school| directory.name(school))
        .unwrap_or_default();
    let key = key(row);
    Item {
        state: state(row.item.as_ref()),
        name: row.name.clone(),
        finding: line(lang, row),
        care: care(lang, row),
        rule: rule(row),
        school: school.strip_suffix(" School").unwrap_or(school).to_owned(),
        age: age(lang, row.since, now),
        href: asked.opening(&key).path(),
        open: key == asked.open,
    }
}

/// Who has the row, and that someone told PASI to be on it.
fn care(lang: Lang, row: &QueueRow) -> String {
    if row.is_cautioned {
        return String::new();
    }
    let answer = row.item.as_ref().map(pasi::Item::answer).unwrap_or_default();
    let mut parts = Vec::new();
    if answer.acknowledgement() == Acknowledgement::InProgress {
        parts.push(lang.t("pasi-ack-in-progress").into_owned());
    }
    parts.extend(row.assigned.as_ref().map(|assigned| assigned.name.clone()));
    parts.join(" · ")
}

/// Where a row stands, as a state of the design.
pub(in crate::pasi) fn state(item: Option<&pasi::Item>) -> PillState {
    let Some(item) = item else {
        return PillState::Conflict;
    };
    match item.state {
        ItemState::Rejected => PillState::Rejected,
        ItemState::Conflict => PillState::Conflict,
        ItemState::Alert if item.operation == "Warning" => PillState::Warning,
        ItemState::Alert => PillState::Advice,
        ItemState::Approval | ItemState::Early | ItemState::Waiting | ItemState::Sending => {
            PillState::Pending
        }
        ItemState::Done => PillState::Ok,
        ItemState::Dropped => PillState::Neutral,
    }
}

/// The finding in one line: what PASI said where it said something; nothing of
/// it while a caution has to be read first.
pub(in crate::pasi) fn line(lang: Lang, row: &QueueRow) -> String {
    if row.is_cautioned {
        return lang.t("pasi-page-line-covered").into_owned();
    }
    let Some(item) = &row.item else {
        return lang
            .tx("pasi-page-line-differs", &[("n", row.fields.into())])
            .into_owned();
    };
    if let Some(rule) = item.answer().rules.first() {
        // PASI's own text, unaltered, stands in the details of the message.
        let said = pasi::rule_sentence(&rule.code.to_string(), &rule.arguments, lang == Lang::FrCa);
        let whole = said.filter(|said| !said.contains('{'));
        return whole.unwrap_or_else(|| rule.message.clone());
    }
    let record = lang.t(&format!("record-{}", item.record_kind));
    lang.tx(
        &format!("pasi-page-line-{}", item.state.as_str()),
        &[("record", record.into())],
    )
    .into_owned()
}

/// PASI speaks English: the register's sentence in French, where it knows the number and every value.
pub(crate) fn translated(lang: Lang, rule: &RuleSaid) -> Option<String> {
    let said = pasi::rule_sentence(&rule.code.to_string(), &rule.arguments, true);
    said.filter(|said| lang == Lang::FrCa && !said.contains('{'))
}

/// How long a row waits.
pub(super) fn age(lang: Lang, since: Instant, now: Instant) -> String {
    let seconds = since.seconds_until(now).max(0);
    let (words, count) = match seconds {
        0..3_600 => ("pasi-page-age-minutes", seconds / 60),
        3_600..86_400 => ("pasi-page-age-hours", seconds / 3_600),
        _ => ("pasi-page-age-days", seconds / 86_400),
    };
    lang.tx(words, &[("n", count.into())]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{RuleSaid, age, translated};
    use kernel::Instant;
    use ui::Lang;

    #[test]
    fn what_pasi_says_is_told_in_french_where_the_register_knows_all_of_it() {
        let said = |code, arguments: &[(&str, &str)]| RuleSaid {
            code,
            message: "In English.".to_owned(),
            arguments: arguments
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        };
        let whole = said(10_017, &[("age", "4"), ("grade", "07")]);
        assert!(
            translated(Lang::FrCa, &whole).is_some_and(|text| text.contains(" 4 ") && text.contains(" 7"))
        );
        for (lang, rule) in [
            (Lang::EnCa, whole),
            (Lang::FrCa, said(10_017, &[("age", "4")])),
            (Lang::FrCa, said(99_999, &[])),
        ] {
            assert_eq!(translated(lang, &rule), None, "{rule:?}");
        }
    }

    #[test]
    fn a_wait_is_told_in_its_largest_unit() {
        for (seconds, told) in [
            (-5, "0 min"),
            (59 * 60, "59 min"),
            (3_600, "1 h"),
            (47 * 3_600, "1 d"),
            (3 * 86_400, "3 d"),
        ] {
            let now = Instant::from_micros(1_000_000_000_000_000);
            assert_eq!(
                age(Lang::EnCa, now.plus_seconds(-seconds), now).replace('\u{a0}', " "),
                told,
                "{seconds}"
            );
        }
    }
}
