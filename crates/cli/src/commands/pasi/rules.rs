//! `pasi rules`: the register of the province's rules, and who judges them.

use pasi_wire::rules::{Area, Open, RULES, Rule, RuleKind};
use serde::Serialize;

/// Which rules, and how they are printed.
#[derive(Debug, clap::Args)]
pub(crate) struct Rules {
    /// Only those whose number begins so.
    #[arg(long, value_name = "DIGITS")]
    number: Option<String>,
    /// Only those judged there.
    #[arg(long, value_enum)]
    judged: Option<Judged>,
    /// The sentences in French.
    #[arg(long)]
    french: bool,
    /// Print JSON: a list, one rule each.
    #[arg(long)]
    json: bool,
}

/// Who judges a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
enum Judged {
    /// Here before it is sent, and by the reference server.
    Both,
    /// By the reference server; here its answer is shown.
    Reference,
    /// By nobody; the rule says why.
    Nobody,
}

/// A rule as it is printed.
#[derive(Debug, Serialize)]
struct Line {
    number: u32,
    kind: &'static str,
    area: String,
    judged: Judged,
    /// Why nobody judges it, or why it is not judged here.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<&'static str>,
    first_year: Option<i32>,
    last_year: Option<i32>,
    field: &'static str,
    text_en: &'static str,
    text_fr: &'static str,
    source: &'static str,
}

/// Who judges it.
fn judged(rule: &Rule) -> Judged {
    match (
        pasi::is_judged_here(rule),
        rule.is_judged || pasi_reference::JUDGED.contains(&rule.number),
    ) {
        (true, _) => Judged::Both,
        (false, true) => Judged::Reference,
        (false, false) => Judged::Nobody,
    }
}

const fn kind(rule: &Rule) -> &'static str {
    match rule.kind {
        RuleKind::Fault => "fault",
        RuleKind::Rejection => "rejection",
        RuleKind::Warning => "warning",
        RuleKind::Advice => "advice",
    }
}

fn line(rule: &Rule) -> Line {
    let (first_year, last_year) = rule.years;
    Line {
        number: rule.number,
        kind: kind(rule),
        area: area(rule.area),
        judged: judged(rule),
        open: rule.open.map(Open::as_str).or_else(|| pasi::why_not_here(rule)),
        first_year,
        last_year,
        field: rule.field,
        text_en: rule.text_en,
        text_fr: rule.text_fr,
        source: rule.source,
    }
}

/// The area in words: `ResponsibleSchool` is `responsible school`.
fn area(area: Area) -> String {
    let mut words = String::new();
    for letter in format!("{area:?}").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// `2017–`, `–2016`; nothing where every year counts.
fn years(line: &Line) -> String {
    let text = |year: Option<i32>| year.map_or_else(String::new, |year| year.to_string());
    match (line.first_year, line.last_year) {
        (None, None) => String::new(),
        (first, last) => format!("{}–{}", text(first), text(last)),
    }
}

/// Prints the register.
pub(crate) fn run(call: &Rules) {
    let begins = |rule: &&Rule| {
        let wanted = call.number.as_deref().unwrap_or_default();
        rule.number.to_string().starts_with(wanted)
    };
    let chosen = RULES.iter().filter(begins).map(line);
    let lines: Vec<Line> = chosen
        .filter(|line| call.judged.is_none_or(|judged| line.judged == judged))
        .collect();
    if call.json {
        println!("{}", serde_json::to_string(&lines).expect("texts are JSON"));
        return;
    }
    for line in &lines {
        let judged = match line.judged {
            Judged::Both => "here, reference",
            Judged::Reference => "reference",
            Judged::Nobody => "known only",
        };
        let text = if call.french { line.text_fr } else { line.text_en };
        println!(
            "{:>6}  {:9}  {:18}  {:15}  {:9}  {text}  [{}]{}",
            line.number,
            line.kind,
            line.area,
            judged,
            years(line),
            line.source,
            line.open.map_or_else(String::new, |why| format!("  ({why})"))
        );
    }
    let count = |judged: Judged| lines.iter().filter(|line| line.judged == judged).count();
    println!(
        "\n{} rules: {} judged here and by the reference server, {} by the reference server, {} known only",
        lines.len(),
        count(Judged::Both),
        count(Judged::Reference),
        count(Judged::Nobody)
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use pasi_wire::rules::rule;

    #[test]
    fn a_rule_is_judged_here_by_the_reference_server_or_by_nobody() {
        for (number, want) in [
            (10_054, Judged::Both),
            (1007, Judged::Reference),
            (3004, Judged::Reference),
            (11_012, Judged::Both),
            (11_404, Judged::Both),
            (11_690, Judged::Both),
            (10_129, Judged::Both),
            (10_128, Judged::Both),
            (10_046, Judged::Both),
            (10_028, Judged::Reference),
            (10_068, Judged::Both),
            (4002, Judged::Nobody),
            (10_042, Judged::Nobody),
        ] {
            assert_eq!(judged(rule(number).expect("registered")), want, "{number}");
        }
    }

    #[test]
    fn an_area_is_said_in_words() {
        assert_eq!(area(Area::ResponsibleSchool), "responsible school");
        assert_eq!(area(Area::Enrolment), "enrolment");
    }
}
