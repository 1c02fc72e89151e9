//! What a page names: code spans, lines of code blocks, links.

/// Something a page names that can be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// Between backticks.
    Span(String),
    /// A line of a shell block.
    Line(String),
    /// The target of a link.
    Link(String),
}

/// Everything a page names, with the line it stands on, from 1.
///
/// Blocks marked `sh`, `console` or unmarked are read line by line; other languages are examples.
pub(crate) fn named(page: &str) -> Vec<(usize, Named)> {
    let mut all = Vec::new();
    let mut block: Option<bool> = None;
    for (at, line) in page.lines().enumerate() {
        let trimmed = line.trim_start();
        if let Some(language) = trimmed.strip_prefix("```") {
            block = match block {
                None => Some(matches!(language.trim(), "" | "sh" | "console" | "bash")),
                Some(_) => None,
            };
            continue;
        }
        match block {
            Some(true) => all.push((at + 1, Named::Line(trimmed.trim_start_matches("$ ").to_owned()))),
            Some(false) => {}
            None => in_prose(line, at + 1, &mut all),
        }
    }
    all
}

fn in_prose(line: &str, number: usize, all: &mut Vec<(usize, Named)>) {
    for (at, part) in line.split('`').enumerate() {
        if at % 2 == 1 {
            all.push((number, Named::Span(part.to_owned())));
        } else {
            for (_, rest) in part.match_indices("](").map(|(at, _)| part.split_at(at + 2)) {
                if let Some((target, _)) = rest.split_once(')') {
                    all.push((number, Named::Link(target.to_owned())));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, named};

    #[test]
    fn spans_links_and_shell_lines_are_found_and_examples_are_not() {
        let page = "See `crates/db` and [the guide](docs/a.md).\n\n```sh\n$ just test\n```\n```rust\nlet x = 1;\n```\n";
        let want = vec![
            (1, Named::Span("crates/db".to_owned())),
            (1, Named::Link("docs/a.md".to_owned())),
            (4, Named::Line("just test".to_owned())),
        ];
        assert_eq!(named(page), want);
    }
}
