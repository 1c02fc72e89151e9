//! Sizes of files and functions. They start a conversation and gate nothing.

use crate::Found;
use crate::rust_source::{code_only, functions};
use crate::workspace::Workspace;

/// Above this many lines a file is asked which two nouns are in it.
const LONG_FILE: usize = 500;
/// Above this many lines a function is asked which two steps are in it.
const LONG_FUNCTION: usize = 80;

#[derive(Default)]
struct Sizes {
    files: Vec<usize>,
    functions: Vec<usize>,
}

/// Prints a row a crate, then the long files and functions.
pub(crate) fn print() -> Found {
    let workspace = Workspace::load()?;
    let (mut all, mut long) = (Sizes::default(), Vec::new());
    println!(
        "{:<16} {:>5} {:>7} {:>9} {:>9} {:>9} {:>7} {:>7}",
        "crate", "files", "lines", "file p50", "file p95", "functions", "fn p50", "fn p95"
    );
    for package in &workspace.packages {
        let mut own = Sizes::default();
        for source in package.sources()? {
            let path = source
                .path
                .strip_prefix(workspace.root())
                .unwrap_or(&source.path)
                .display()
                .to_string();
            let lines = source.text.lines().count();
            own.files.push(lines);
            if lines > LONG_FILE {
                long.push(format!("{lines:>5} lines  {path}"));
            }
            for function in functions(&code_only(&source.text)) {
                own.functions.push(function.lines);
                if function.lines > LONG_FUNCTION {
                    long.push(format!(
                        "{:>5} lines  {path}:{} {}",
                        function.lines, function.line, function.name
                    ));
                }
            }
        }
        row(&package.name, &mut own);
        all.files.append(&mut own.files);
        all.functions.append(&mut own.functions);
    }
    row("all", &mut all);
    println!(
        "\nfiles over {LONG_FILE} lines and functions over {LONG_FUNCTION}: {}",
        long.len()
    );
    for line in long {
        println!("{line}");
    }
    Ok(Vec::new())
}

fn row(name: &str, sizes: &mut Sizes) {
    sizes.files.sort_unstable();
    sizes.functions.sort_unstable();
    println!(
        "{name:<16} {:>5} {:>7} {:>9} {:>9} {:>9} {:>7} {:>7}",
        sizes.files.len(),
        sizes.files.iter().sum::<usize>(),
        percentile(&sizes.files, 50),
        percentile(&sizes.files, 95),
        sizes.functions.len(),
        percentile(&sizes.functions, 50),
        percentile(&sizes.functions, 95),
    );
}

/// The smallest value that `percent` of the sorted values do not exceed; 0 of none.
fn percentile(sorted: &[usize], percent: usize) -> usize {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_are_values_that_occur() {
        let values: Vec<usize> = (1..=20).collect();
        assert_eq!(
            (
                percentile(&values, 50),
                percentile(&values, 95),
                percentile(&values, 100)
            ),
            (10, 19, 20)
        );
        assert_eq!((percentile(&[], 50), percentile(&[7], 95)), (0, 7));
    }
}
