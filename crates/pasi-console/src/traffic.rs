//! What the clients sent and what they were answered, by `ClientMessageID`.

use crate::at::{At, item};
use crate::narrowed::{Narrowed, counted};
use crate::posted::Fields;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use pasi_reference::Call;
use ui::card::{Head, bare_card, card};
use ui::facts::Facts;
use ui::form::Choice;
use ui::head::{Crumb, PageHead};
use ui::list::FilterSelect;
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};

/// Most calls shown.
const MOST: usize = 100;

/// The last calls, the latest first.
pub(crate) async fn list(at: At, Query(query): Query<Vec<(String, String)>>) -> Response {
    let query = Fields::from(query);
    let (typed, outcome, client) = (query.get("q"), query.get("outcome"), query.get("client"));
    let all = at.desk.calls();
    let hits: Vec<&Call> = all
        .iter()
        .rev()
        .filter(|call| is_meant(call, &typed) && ends_so(call, &outcome))
        .filter(|call| client.is_empty() || call.client == client)
        .collect();
    let shown = &hits[..hits.len().min(MOST)];
    let select = |name: &str, words: &str, value: &str, choices: Vec<Choice>| FilterSelect {
        name: name.to_owned(),
        label: at.t(words),
        choices,
        value: value.to_owned(),
    };
    let outcomes = ["ok", "rejected", "fault", "lost"]
        .map(|kind| Choice::new(kind, at.t(&format!("desk-outcome-{kind}"))));
    let clients = at
        .desk
        .clients()
        .into_iter()
        .map(|client| Choice::new(&client.name, &client.name));
    let list = Narrowed {
        item: item::TRAFFIC,
        title: "desk-traffic",
        holds: "desk-traffic",
        results: "calls",
        find: "desk-traffic-find",
        typed,
        selects: vec![
            select("outcome", "desk-outcome", &outcome, outcomes.into()),
            select("client", "desk-client", &client, clients.collect()),
        ],
    };
    list.draw(&at, &table(&at, shown), &counted(&at, shown.len(), hits.len()))
}

/// Does the message id begin so, or the operation hold the words?
fn is_meant(call: &Call, typed: &str) -> bool {
    let typed = typed.to_ascii_lowercase();
    call.message_id.to_ascii_lowercase().starts_with(&typed)
        || call.operation.to_ascii_lowercase().contains(&typed)
}

fn ends_so(call: &Call, kind: &str) -> bool {
    match kind {
        "" => true,
        "lost" => {
            !call.is_ok() && !call.outcome.starts_with("rejected") && !call.outcome.starts_with("fault")
        }
        kind => call.outcome.starts_with(kind),
    }
}

/// Calls as a table.
pub(crate) fn table(at: &At, calls: &[&Call]) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-when")),
        Column::new(at.t("desk-operation")),
        Column::new(at.t("desk-client")).hide_on_phone(),
        Column::new(at.t("desk-speaks-for")).hide_on_phone(),
        Column::new(at.t("desk-outcome")),
        Column::figures(at.t("desk-took")).hide_on_phone(),
    ];
    let rows = calls.iter().map(|call| {
        let operation = some(at, &call.operation);
        Row::new(vec![
            html! { span class="num nw" { (at.lang.time_to_second(call.at.local().time())) } },
            html! { span class="op" { (operation) } },
            cell(some(at, &call.client)),
            html! { span class="num" { (some(at, &call.organization)) } },
            outcome(at, call),
            cell(at.with(
                "desk-ms",
                "ms",
                i64::try_from(call.milliseconds).unwrap_or(i64::MAX),
            )),
        ])
        .link(1, format!("{}/{}", item::TRAFFIC, call.number))
    });
    Table::new(at.t("desk-traffic"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-traffic-none"), None))
        .draw(at.lang)
}

fn some(at: &At, text: &str) -> String {
    if text.is_empty() {
        at.t("desk-unknown")
    } else {
        text.to_owned()
    }
}

fn outcome(at: &At, call: &Call) -> Markup {
    if call.is_ok() {
        return pill(State::Ok, &at.t("desk-outcome-ok"));
    }
    let (state, words) = match call.outcome.split_once(' ') {
        Some(("rejected", codes)) => (State::Rejected, at.with("desk-rejected-by", "codes", codes)),
        Some(("fault", code)) => (State::Blocked, at.with("desk-fault-is", "code", code)),
        _ => (State::Offline, at.t("desk-outcome-lost")),
    };
    pill(state, &words)
}

/// One call with what travelled.
pub(crate) async fn call(at: At, Path(number): Path<String>) -> Response {
    let Some(call) = number.parse().ok().and_then(|number| at.desk.call(number)) else {
        return at.missing(item::TRAFFIC);
    };
    let facts = Facts::new()
        .fact(at.t("desk-outcome"), outcome(&at, &call))
        .fact(
            at.t("desk-message-id"),
            html! { span class="code" { (some(&at, &call.message_id)) } },
        )
        .fact(at.t("desk-client"), some(&at, &call.client))
        .figure(at.t("desk-speaks-for"), some(&at, &call.organization))
        .figure(at.t("desk-when"), call.at.rfc3339())
        .figure(
            at.t("desk-took"),
            at.with(
                "desk-ms",
                "ms",
                i64::try_from(call.milliseconds).unwrap_or(i64::MAX),
            ),
        );
    let operation = some(&at, &call.operation);
    let body = html! {
        (PageHead::new(&*operation)
            .crumbs(vec![Crumb::link(at.t("desk-traffic"), item::TRAFFIC), Crumb::here(at.with("desk-call-number", "n", call.number.to_string()))])
            .draw())
        div class="stack" {
            (card(&Head::new("call", at.t("desk-call")), &facts.draw()))
            (envelope(&at, "sent", "desk-sent", &call.request()))
            (envelope(&at, "answered", "desk-answered", &call.answer()))
        }
    };
    at.page(item::TRAFFIC, &at.t("desk-call"), body)
}

fn envelope(at: &At, id: &'static str, words: &str, text: &str) -> Markup {
    let body = if text.is_empty() {
        ui::waiting::empty(&at.t("desk-not-kept"), None)
    } else {
        let label = at.t(words);
        html! { pre class="xml code" tabindex="0" role="group" aria-label=(label) { (indented(text)) } }
    };
    bare_card(&Head::new(id, at.t(words)), &body)
}

/// One element a line, so that a person can read it. What is no XML stays as it is.
fn indented(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len() * 2);
    let mut depth = 0_usize;
    let mut rest = xml.trim();
    while let Some(open) = rest.find('<') {
        let (text, tag_on) = rest.split_at(open);
        let Some(end) = tag_on.find('>') else { break };
        let (tag, after) = tag_on.split_at(end + 1);
        let is_closing = tag.starts_with("</");
        if is_closing {
            depth = depth.saturating_sub(1);
        }
        if !(is_closing && (!text.is_empty() || out.ends_with('>') && closes(&out, tag))) {
            new_line(&mut out, depth);
        }
        // The text belongs to the line of its element.
        if text.trim().is_empty() {
            out.push_str(tag);
        } else {
            let at = out.trim_end().len();
            out.truncate(at);
            out.push_str(text.trim());
            out.push_str(tag);
        }
        if !is_closing && !tag.ends_with("/>") && !tag.starts_with("<?") {
            depth += 1;
        }
        rest = after;
    }
    out.push_str(rest);
    out.trim().to_owned()
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// Is the last thing written the opening of what `tag` closes?
fn closes(out: &str, tag: &str) -> bool {
    let name = tag.trim_start_matches("</").trim_end_matches('>');
    let last = out.rfind('<').map_or("", |at| &out[at + 1..]);
    last.trim_end_matches('>').split(' ').next() == Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_read_line_by_line() {
        assert_eq!(
            indented("<s:A x=\"1\"><b>one</b><c></c><d><e>2</e></d><f/></s:A>"),
            "<s:A x=\"1\">\n  <b>one</b>\n  <c></c>\n  <d>\n    <e>2</e>\n  </d>\n  <f/>\n</s:A>"
        );
    }

    #[test]
    fn what_is_no_xml_stays_as_it_is() {
        for text in ["Bad Gateway", "", "<half", "a < b"] {
            assert_eq!(indented(text), text, "{text}");
        }
        indented("</a></b>><<x></y>");
    }
}
