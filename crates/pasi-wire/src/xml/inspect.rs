//! The walk over a request that checks its limits and collects its codes.

use super::{Limit, Xml};
use crate::{Defect, text};

/// A code value a request uses; whether it exists only the code tables know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeUse {
    /// Where it stands: `Address.AddressType`.
    pub path: String,
    /// The code class.
    pub class: &'static str,
    /// The text used.
    pub text: String,
}

/// What the walk found.
#[derive(Debug, Default)]
pub struct Inspection {
    path: Vec<&'static str>,
    /// Every failed check (3002).
    pub defects: Vec<Defect>,
    /// Every code value used.
    pub codes: Vec<CodeUse>,
}

impl Inspection {
    /// Inspects one field of the record at hand.
    pub fn field<T: Xml>(&mut self, name: &'static str, value: &T, limit: Limit) {
        self.path.push(name);
        value.inspect(limit, self);
        self.path.pop();
    }
    /// Notes a failed check of the field at hand.
    pub fn fail(&mut self, check: impl Into<String>) {
        self.defects.push(Defect {
            path: self.path.join("."),
            check: check.into(),
        });
    }
    /// Checks text against its limit.
    pub(crate) fn text(&mut self, value: &str, limit: Limit) {
        match limit {
            Limit::Line(max) => self.line(value, max, true),
            Limit::MaybeLine(max) => self.line(value, max, false),
            Limit::Lines(max) => self.lines(value, max),
            Limit::Code(class) => {
                self.line(value, 50, true);
                self.codes.push(CodeUse {
                    path: self.path.join("."),
                    class,
                    text: value.to_owned(),
                });
            }
            Limit::Decimal => {
                if value.parse::<f64>().is_ok_and(f64::is_finite) {
                    self.line(value, 20, true);
                } else {
                    self.fail("not a decimal number");
                }
            }
            Limit::Free | Limit::Range(..) | Limit::Items(_) => {}
        }
    }
    fn line(&mut self, value: &str, max: usize, mandatory: bool) {
        if value.is_empty() {
            if mandatory {
                self.fail("mandatory");
            }
            return;
        }
        self.longest(value, max);
        if let Err(broken) = text::single_line(value) {
            self.fail(broken.to_string());
        }
    }
    fn lines(&mut self, value: &str, max: usize) {
        self.longest(value, max);
        if let Err(broken) = text::multi_line(value) {
            self.fail(broken.to_string());
        }
    }
    fn longest(&mut self, value: &str, max: usize) {
        let length = value.chars().count();
        if length > max {
            self.fail(format!("{length} characters, at most {max} allowed"));
        }
    }
}
