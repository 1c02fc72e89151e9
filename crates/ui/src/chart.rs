//! Charts over time. A chart has no figures of its own: it draws those of the
//! table it stands with, which is there without a script, on paper, and for
//! whoever would rather read.

use maud::{Markup, html};

use crate::table::Table;
use crate::{Lang, assets};

/// Lines over the rows of a table: one for each column that has [`seconds`]
/// in it; the first column names the moments, the earliest first. `finding`
/// says in a sentence what is to be seen.
pub fn lines(lang: Lang, finding: &str, table: &Table) -> Markup {
    figure(lang, "lines", finding, table)
}

/// As [`lines`], of columns with [`share`] in them, over an axis of hundredths that begins at zero.
pub fn shares(lang: Lang, finding: &str, table: &Table) -> Markup {
    figure(lang, "shares", finding, table)
}

fn figure(lang: Lang, kind: &str, finding: &str, table: &Table) -> Markup {
    html! {
        figure class="chart" data-chart=(kind) {
            div class="ch" data-views hidden {
                div class="seg" role="group" aria-label=(lang.t("chart-shown-as")) {
                    @for (view, words) in [("chart", "chart-as-chart"), ("table", "chart-as-table")] {
                        button type="button" data-view-of value=(view) aria-pressed=(view == "chart") { (lang.t(words)) }
                    }
                }
            }
            div class="chart-box" role="img" aria-label=(finding) {}
            (table.draw(lang))
        }
        script type="module" src=(assets::url("js/charts.js")) {}
    }
}

/// A time for a cell of the table, drawn by the chart; a dash for none.
pub fn seconds(micros: Option<i64>, words: &str) -> Markup {
    let Some(micros) = micros else {
        return html! { span class="dim" { "–" } };
    };
    // The axis is logarithmic, and nothing takes no time at all.
    let millis = (micros / 1_000).max(1);
    html! { data value={ (millis / 1_000) "." (format!("{:03}", millis % 1_000)) } { (words) } }
}

/// A share for a cell of the table, of a thousand, drawn by the chart in hundredths; a dash for none.
pub fn share(lang: Lang, permille: Option<i64>) -> Markup {
    let Some(permille) = permille else {
        return html! { span class="dim" { "–" } };
    };
    html! { data value={ (permille / 10) "." (permille % 10) } { (lang.percent(permille)) } }
}

#[cfg(test)]
mod tests {
    use super::{lines, seconds, share, shares};
    use crate::Lang;
    use crate::table::{Column, Row, Table};

    #[test]
    fn a_chart_is_a_table_with_a_finding_until_it_is_drawn() {
        let columns = vec![Column::new("Hour"), Column::figures("Half")];
        let row = Row::new(vec![maud::html! { "9:00" }, seconds(Some(1_250_000), "1.3 s")]);
        let drawn = lines(
            Lang::EnCa,
            "Half within 1.3 s.",
            &Table::new("Times", columns).rows(vec![row]),
        )
        .0;
        assert!(drawn.contains("aria-label=\"Half within 1.3 s.\""), "{drawn}");
        assert!(drawn.contains("<data value=\"1.250\">1.3 s</data>"), "{drawn}");
        assert!(
            !drawn.contains("data-view="),
            "without a script the table is all there is"
        );
    }

    #[test]
    fn a_share_is_drawn_in_hundredths_and_none_is_a_dash() {
        assert!(share(Lang::EnCa, Some(70)).0.contains("value=\"7.0\""));
        assert!(share(Lang::EnCa, None).0.contains('–'));
        let drawn = shares(Lang::FrCa, "Sept.", &Table::new("Parts", Vec::new())).0;
        assert!(drawn.contains("data-chart=\"shares\""), "{drawn}");
    }

    #[test]
    fn no_figure_is_a_dash_and_none_is_zero() {
        assert!(seconds(None, "").0.contains('–'));
        assert!(seconds(Some(0), "0 ms").0.contains("value=\"0.001\""));
    }
}
