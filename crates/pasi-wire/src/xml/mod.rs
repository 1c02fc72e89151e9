//! One mechanism for all messages: a record lists its fields once (name,
//! presence, limit); reading, writing, structural checks and the schema follow.

mod base64;
mod inspect;
mod source;
mod table;
mod values;

pub use self::base64::Base64;
pub use inspect::{CodeUse, Inspection};
pub use source::Source;
pub(crate) use table::{fields, message, table_limit, table_rejections};
pub(crate) use values::{choices, item_of};

use crate::{Namespace, WireError};

/// What a field's value may look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// As its type says.
    Free,
    /// One line of at most so many characters, by the single-line text rule.
    Line(usize),
    /// The same; empty counts as absent and is allowed.
    MaybeLine(usize),
    /// Lines of at most so many characters together, by the multi-line text rule.
    Lines(usize),
    /// The text of a value of this code class.
    Code(&'static str),
    /// A number from … to.
    Range(i64, i64),
    /// At most so many items.
    Items(usize),
    /// A decimal number as text, such as a latitude.
    Decimal,
}

/// One field of a record: its element's name and its limit.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The element.
    pub name: &'static str,
    /// The limit of its value.
    pub limit: Limit,
    /// What the value is, for the schema.
    pub shape: fn() -> Shape,
}

/// A complex type of the schema.
#[derive(Debug)]
pub struct Record {
    /// Name of the type; also of its element inside a list.
    pub name: &'static str,
    /// Where it belongs.
    pub namespace: Namespace,
    /// In the order they are written.
    pub fields: &'static [Field],
}

/// What a value is, for the schema.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The type of one value.
    pub base: Base,
    /// May be left out.
    pub optional: bool,
    /// A list: a wrapping element with one element per item.
    pub list: bool,
}

/// The type of one value.
#[derive(Debug, Clone, Copy)]
pub enum Base {
    /// A type of XML Schema, without prefix: `string`, `date`.
    Simple(&'static str),
    /// One of a closed set of texts; name and texts.
    Choice(&'static str, fn() -> Vec<&'static str>),
    /// Text of one form, such as nine digits.
    Form(&'static Form),
    /// A record.
    Record(&'static Record),
}

/// Text of one form.
#[derive(Debug)]
pub struct Form {
    /// Name of the type in the schema.
    pub name: &'static str,
    /// Pattern of XML Schema.
    pub pattern: &'static str,
    /// A value of the form.
    pub example: &'static str,
}

impl Shape {
    pub(crate) const fn one(base: Base) -> Self {
        Self {
            base,
            optional: false,
            list: false,
        }
    }
}

/// A value that can stand in an element.
pub trait Xml: Sized {
    /// What it is, for the schema.
    fn shape() -> Shape;
    /// Writes the content of its element, which is open.
    fn write(&self, out: &mut String);
    /// Reads the content of its element, which is open, to the element's end.
    fn read(from: &mut Source<'_>) -> Result<Self, WireError>;
    /// The value when the element is missing; `None` where it is mandatory.
    fn absent(_limit: Limit) -> Option<Self> {
        None
    }
    /// Is the element left out?
    fn is_absent(&self, _limit: Limit) -> bool {
        false
    }
    /// Does an empty element mean absence?
    fn is_blank(&self) -> bool {
        false
    }
    /// Checks limits and collects code values.
    fn inspect(&self, _limit: Limit, _into: &mut Inspection) {}
    /// The refusals it holds; none but for answers.
    fn rejections(&self) -> &[crate::messages::Rejection] {
        &[]
    }
}

/// Opens an element, writes the value, closes it.
pub(crate) fn element<T: Xml>(out: &mut String, prefix: &str, name: &str, value: &T) {
    for piece in ["<", prefix, ":", name, ">"] {
        out.push_str(piece);
    }
    value.write(out);
    for piece in ["</", prefix, ":", name, ">"] {
        out.push_str(piece);
    }
}

/// Writes text with everything escaped that XML would change or refuse.
///
/// A carriage return is kept as `&#xD;`; a character XML 1.0 cannot carry
/// becomes U+FFFD, which the text rules refuse.
pub(crate) fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            '\n' | '\t' => out.push(letter),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
}
