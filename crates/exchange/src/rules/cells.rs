//! The cells of a row, by field.

use crate::export::as_it_was;
use crate::model::{DateForm, Mapping, heading_key};
use kernel::text::{fold, squeeze};
use kernel::{Finding, Findings};
use std::collections::{BTreeMap, HashMap};

/// A mapping laid on the headings of one file.
pub(crate) struct Bound {
    pub(crate) dates: DateForm,
    pub(crate) exit_is_day_after: bool,
    columns: usize,
    places: HashMap<String, (usize, BTreeMap<String, String>)>,
}

impl Bound {
    /// Fields whose column the file does not have are left out.
    pub(crate) fn new(mapping: &Mapping, headings: &[String]) -> Self {
        let keys: Vec<String> = headings.iter().map(|heading| heading_key(heading)).collect();
        let mut places = HashMap::new();
        for one in &mapping.columns {
            let wanted = heading_key(&one.column);
            if let Some(at) = keys.iter().position(|key| *key == wanted) {
                let values = one
                    .values
                    .iter()
                    .map(|(from, to)| (fold(from), to.clone()))
                    .collect();
                places.entry(one.field.clone()).or_insert((at, values));
            }
        }
        Self {
            dates: mapping.dates,
            exit_is_day_after: mapping.exit_is_day_after,
            columns: headings.len(),
            places,
        }
    }
    pub(crate) fn has(&self, field: &str) -> bool {
        self.places.contains_key(field)
    }
    /// Where the field stands.
    pub(crate) fn place(&self, field: &str) -> Option<usize> {
        self.places.get(field).map(|(at, _)| *at)
    }
}

/// One row, with what is found in it.
pub(crate) struct Cells<'a> {
    pub(crate) bound: &'a Bound,
    texts: &'a [String],
    pub(crate) found: Findings,
}

impl<'a> Cells<'a> {
    /// Judges the row as a row: letters that were lost (`LP-0808`), cells that
    /// do not fit the headings (`LP-0807`), letters no record may hold (`LP-0812`).
    pub(crate) fn new(bound: &'a Bound, cells: &'a [String], (width, is_damaged): (usize, bool)) -> Self {
        let mut found = Findings::default();
        if width > bound.columns {
            found.push(
                Finding::refuse("LP-0807", "")
                    .with("has", width)
                    .with("wanted", bound.columns),
            );
        } else if width < bound.columns {
            found.push(
                Finding::note("LP-0813", "")
                    .with("has", width)
                    .with("wanted", bound.columns),
            );
        }
        let mut this = Self {
            bound,
            texts: cells,
            found: Findings::default(),
        };
        let names: Vec<&String> = bound.places.keys().collect();
        let mut at_fault: Vec<Finding> = Vec::new();
        for name in names {
            let text = this.raw(name);
            if text.contains('\u{fffd}') {
                at_fault.push(Finding::refuse("LP-0808", name.clone()));
            } else if text
                .chars()
                .any(|letter| letter.is_control() && !matches!(letter, '\n' | '\t' | '\r'))
            {
                at_fault.push(Finding::refuse("LP-0812", name.clone()));
            } else if is_misread(text) {
                at_fault.push(Finding::warn("LP-0811", name.clone()));
            }
        }
        at_fault.sort_by_key(|one| bound.place(&one.field));
        if is_damaged && at_fault.iter().all(|one| one.code != "LP-0808") {
            found.push(Finding::note("LP-0808", ""));
        }
        found.extend(at_fault);
        this.found = found;
        this
    }

    fn raw(&self, field: &str) -> &'a str {
        self.bound
            .places
            .get(field)
            .and_then(|(at, _)| self.texts.get(*at))
            .map_or("", |cell| as_it_was(cell))
    }

    /// The value, blanks squeezed and translated; empty when there is none.
    pub(crate) fn get(&self, field: &str) -> String {
        let text = squeeze(self.raw(field));
        match self
            .bound
            .places
            .get(field)
            .and_then(|(_, values)| values.get(&fold(&text)))
        {
            Some(meaning) if !text.is_empty() => meaning.clone(),
            _ if matches!(text.as_str(), "NULL" | "null" | "#N/A" | "N/A") => String::new(),
            _ => text,
        }
    }

    /// The value when there is one.
    pub(crate) fn some(&self, field: &str) -> Option<String> {
        Some(self.get(field)).filter(|text| !text.is_empty())
    }

    /// The value; a refusing finding when it is missing.
    pub(crate) fn needed(&mut self, field: &str) -> String {
        let text = self.get(field);
        if text.is_empty() && self.found.of(field).next().is_none() {
            self.found.push(Finding::refuse("LP-0820", field));
        }
        text
    }

    pub(crate) fn refuse(&mut self, code: &str, field: &str) {
        self.found.push(Finding::refuse(code, field));
    }

    /// Says that a value was repaired, and to what.
    pub(crate) fn repaired(&mut self, code: &str, field: &str, to: impl ToString) {
        self.found.push(Finding::note(code, field).with("to", to));
    }
}

/// Letters of UTF-8 read as Windows letters: `Ã©` for `é`.
fn is_misread(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters
        .windows(2)
        .any(|pair| matches!(pair[0], 'Ã' | 'Â') && ('\u{80}'..='\u{bf}').contains(&pair[1]))
        || text.contains("â€")
}

/// A row that is none: a footnote, a total.
pub(crate) fn skip(cells: &[String]) -> Option<Finding> {
    let mut filled = cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty());
    let (first, more) = (filled.next()?, filled.next());
    let folded = fold(first);
    if more.is_none()
        && cells.len() > 1
        && (first.starts_with('*') || folded.starts_with("note") || first.len() > 60)
    {
        Some(Finding::note("LP-0841", ""))
    } else if matches!(
        folded.as_str(),
        "total" | "totals" | "grand total" | "sum" | "total general"
    ) {
        Some(Finding::note("LP-0843", ""))
    } else {
        None
    }
}
