//! How long changes take on their way to PASI and from it, as a chart with the
//! figures behind it.

use crate::lookup;
use kernel::Instant;
use maud::{Markup, html};
use pasi::{Lags, Span, Took, While};
use ui::table::{Column, Row, Table};
use ui::tabs::{Tab, segmented};
use ui::{Lang, card, chart};

/// The span an address asks for: `week`, else a day.
pub(super) fn asked(span: &str) -> Span {
    match span {
        "week" => Span::Week,
        _ => Span::Day,
    }
}

/// The card of the connection page.
pub(super) fn lag_card(lang: Lang, lags: &Lags, span: Span, now: Instant) -> Markup {
    let view = |words: &str, href: &str, of: Span| Tab::new(lang.t(words), href).current(span == of);
    let views = segmented(
        &lang.t("lag-span"),
        &[
            view("lag-day", "/pasi/connection#lag", Span::Day),
            view("lag-week", "/pasi/connection?span=week#lag", Span::Week),
        ],
    );
    let title = lang.t("lag-title");
    let head = card::Head::new("lag", title.clone()).end(views);
    if lags.all.sent.changes + lags.all.received.changes == 0 {
        return card::bare_card(&head, &ui::waiting::cleared(&lang.t("lag-nothing")));
    }
    let table = Table::new(title, columns(lang, span))
        .rows(lags.whiles.iter().map(|one| row(lang, one, span, now)).collect());
    let finding = format!(
        "{} {}",
        sentence(lang, "sent", lags.all.sent),
        sentence(lang, "received", lags.all.received)
    );
    let body = html! {
        p class="sm sub chart-said" { (finding) }
        (chart::lines(lang, &finding, &table))
        p class="xs dim chart-said" { (lang.t("lag-how")) }
    };
    card::bare_card(&head, &body)
}

/// What went one way in a sentence.
fn sentence(lang: Lang, way: &str, took: Took) -> String {
    let (Some(half), Some(most)) = (took.half, took.most) else {
        return lang.t(&format!("lag-{way}-none")).into_owned();
    };
    let (half, most) = (time(lang, half), time(lang, most));
    let words = lang.tx(
        &format!("lag-{way}-finding"),
        &[
            ("n", took.changes.into()),
            ("half", half.as_str().into()),
            ("most", most.as_str().into()),
        ],
    );
    words.into_owned()
}

fn columns(lang: Lang, span: Span) -> Vec<Column> {
    let first = if span == Span::Day { "lag-hour" } else { "lag-date" };
    let figures = |words: &str| Column::figures(lang.t(words));
    vec![
        Column::new(lang.t(first)),
        figures("lag-sent-half"),
        figures("lag-sent-most"),
        figures("lag-received-half"),
        figures("lag-received-most"),
        figures("lag-sent").hide_on_phone(),
        figures("lag-received").hide_on_phone(),
    ]
}

fn row(lang: Lang, one: &While, span: Span, now: Instant) -> Row {
    let begins = match span {
        Span::Day if one.begins.date() != now.date() => lookup::moment(lang, one.begins, now),
        Span::Day => lang.time(one.begins.local().time()),
        Span::Week => lang.deadline(one.begins.date().civil()),
    };
    let cell = |micros: Option<i64>| {
        let words = micros.map(|micros| time(lang, micros)).unwrap_or_default();
        chart::seconds(micros, &words)
    };
    Row::new(vec![
        html! { span class="num nw" { (begins) } },
        cell(one.sent.half),
        cell(one.sent.most),
        cell(one.received.half),
        cell(one.received.most),
        html! { (lang.number(one.sent.changes)) },
        html! { (lang.number(one.received.changes)) },
    ])
}

/// A time in its fitting unit: `84 ms`, `1.3 s`, `14 s`, `12 min`, `3.5 h`.
fn time(lang: Lang, micros: i64) -> String {
    let millis = micros / 1_000;
    match millis {
        ..1_000 => format!("{millis} ms"),
        1_000..10_000 => format!("{} s", lang.tenths(millis / 100)),
        10_000..60_000 => format!("{} s", millis / 1_000),
        60_000..3_600_000 => format!("{} min", millis / 60_000),
        _ => format!("{} h", lang.tenths(millis / 360_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::time;
    use ui::Lang;

    #[test]
    fn a_time_is_told_in_its_fitting_unit() {
        for (micros, english, french) in [
            (0, "0 ms", "0 ms"),
            (84_900, "84 ms", "84 ms"),
            (1_350_000, "1.3 s", "1,3 s"),
            (59_900_000, "59 s", "59 s"),
            (720_000_000, "12 min", "12 min"),
            (12_600_000_000, "3.5 h", "3,5 h"),
        ] {
            assert_eq!(time(Lang::EnCa, micros), english);
            assert_eq!(time(Lang::FrCa, micros), french);
        }
    }
}
