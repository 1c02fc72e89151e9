//! Values that are not records: texts, numbers, dates, codes, lists.

use super::{Base, Form, Inspection, Limit, Shape, Source, Xml, element, escape};
use crate::{Namespace, WireError};
use kernel::{
    Asn, AuthorityCode, CourseCode, Date, Grade, Instant, OrganizationCode, SchoolCode, SchoolYear,
};
use std::fmt::Write as _;
use uuid::Uuid;

impl Xml for String {
    fn shape() -> Shape {
        Shape::one(Base::Simple("string"))
    }
    fn write(&self, out: &mut String) {
        escape(out, self);
    }
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        from.text().map(std::borrow::Cow::into_owned)
    }
    fn absent(limit: Limit) -> Option<Self> {
        matches!(limit, Limit::MaybeLine(_)).then(Self::new)
    }
    fn is_absent(&self, limit: Limit) -> bool {
        self.is_empty() && matches!(limit, Limit::MaybeLine(_))
    }
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
    fn inspect(&self, limit: Limit, into: &mut Inspection) {
        into.text(self, limit);
    }
}

impl Xml for bool {
    fn shape() -> Shape {
        Shape::one(Base::Simple("boolean"))
    }
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        match from.text()?.trim_ascii() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(WireError::structure("neither true nor false")),
        }
    }
}

macro_rules! numbers {
    ($($name:ty = $xsd:literal),+) => {$(
        impl Xml for $name {
            fn shape() -> Shape {
                Shape::one(Base::Simple($xsd))
            }
            fn write(&self, out: &mut String) {
                write!(out, "{self}").expect("a String takes any text");
            }
            fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
                parse(from, concat!("a number of type ", $xsd))
            }
            fn inspect(&self, limit: Limit, into: &mut Inspection) {
                if let Limit::Range(least, most) = limit
                    && !(least..=most).contains(&i64::from(*self))
                {
                    into.fail(format!("not between {least} and {most}"));
                }
            }
        }
    )+};
}
numbers!(
    u8 = "unsignedByte",
    u16 = "unsignedShort",
    u32 = "unsignedInt",
    i32 = "int",
    i64 = "long"
);

fn parse<T: std::str::FromStr>(from: &mut Source<'_>, wanted: &str) -> Result<T, WireError> {
    from.text()?
        .trim_ascii()
        .parse()
        .map_err(|_| WireError::structure(format!("not {wanted}")))
}

/// Values with a fixed text form: their text out, `FromStr` in.
macro_rules! forms {
    ($($name:ty = $type:literal $pattern:literal, like $example:literal, else $wanted:literal;)+) => {$(
        impl Xml for $name {
            fn shape() -> Shape {
                const FORM: Form = Form {
                    name: $type,
                    pattern: $pattern,
                    example: $example,
                };
                Shape::one(Base::Form(&FORM))
            }
            fn write(&self, out: &mut String) {
                self.write_form(out);
            }
            fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
                parse(from, $wanted)
            }
            fn inspect(&self, _: Limit, into: &mut Inspection) {
                if self.is_empty_form() {
                    into.fail("empty");
                }
            }
        }
    )+};
}
forms!(
    Asn = "StateProvinceId" "[0-9]{9}", like "999044182", else "an Alberta Student Number of nine digits";
    SchoolCode = "SchoolCode" "[0-9]{4}", like "0982", else "a school code of four digits";
    AuthorityCode = "SchoolAuthorityCode" "[0-9]{4}", like "3260", else "an authority code of four digits";
    CourseCode = "CourseCode" "[A-Z]{3}[0-9]{4}", like "ELA3105", else "a course code of three letters and four digits";
    OrganizationCode = "OrganizationCode" "[SA]\\.[0-9]{4}|O\\.[0-9]{1,5}", like "A.3260",
        else "an organization code such as S.0982, A.3020 or O.1";
    Uuid = "guid" "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        like "0192f1a4-7c3b-7def-8123-456789abcdef", else "a GUID";
);

/// How a value with a fixed form is written.
trait Formed {
    fn write_form(&self, out: &mut String);
    fn is_empty_form(&self) -> bool {
        false
    }
}

impl Formed for Asn {
    fn write_form(&self, out: &mut String) {
        out.push_str(self.as_str());
    }
}

impl Formed for SchoolCode {
    fn write_form(&self, out: &mut String) {
        out.push_str(self.as_str());
    }
}

impl Formed for AuthorityCode {
    fn write_form(&self, out: &mut String) {
        out.push_str(self.as_str());
    }
}

impl Formed for CourseCode {
    fn write_form(&self, out: &mut String) {
        out.push_str(self.as_str());
    }
}

impl Formed for OrganizationCode {
    fn write_form(&self, out: &mut String) {
        write!(out, "{self}").expect("a String takes any text");
    }
}

impl Formed for Uuid {
    fn write_form(&self, out: &mut String) {
        out.push_str(self.hyphenated().encode_lower(&mut Self::encode_buffer()));
    }
    fn is_empty_form(&self) -> bool {
        self.is_nil()
    }
}

/// A closed set of the contract: read, written and listed in the schema.
macro_rules! choices {
    ($($name:ident),+ $(,)?) => {$(
        impl $crate::xml::Xml for $name {
            fn shape() -> $crate::xml::Shape {
                $crate::xml::Shape::one($crate::xml::Base::Choice(stringify!($name), || {
                    Self::ALL.iter().map(|choice| choice.as_str()).collect()
                }))
            }
            fn write(&self, out: &mut String) {
                out.push_str(self.as_str());
            }
            fn read(from: &mut $crate::xml::Source<'_>) -> Result<Self, $crate::WireError> {
                from.text()?
                    .trim_ascii()
                    .parse()
                    .map_err(|_| $crate::WireError::structure(concat!("not a known ", stringify!($name))))
            }
        }
    )+};
}
pub(crate) use choices;

choices!(Grade);

impl Xml for SchoolYear {
    fn shape() -> Shape {
        Shape::one(Base::Simple("int"))
    }
    fn write(&self, out: &mut String) {
        self.number().write(out);
    }
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        Self::ending(i32::read(from)?).ok_or_else(|| WireError::structure("not a school year (1900 to 2999)"))
    }
}

impl Xml for Date {
    fn shape() -> Shape {
        Shape::one(Base::Simple("date"))
    }
    fn write(&self, out: &mut String) {
        out.push_str(self.as_str());
    }
    /// Takes `2026-09-01` and, as .NET writes it, `2026-09-01T00:00:00`.
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        let text = from.text()?;
        let text = text.trim_ascii();
        let date = match text.split_once('T') {
            Some((date, time)) if time.starts_with("00:00:00") => date,
            _ => text,
        };
        date.parse()
            .map_err(|_| WireError::structure("not a date (yyyy-MM-dd)"))
    }
}

impl Xml for Instant {
    fn shape() -> Shape {
        Shape::one(Base::Simple("dateTime"))
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.rfc3339());
    }
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        Self::from_rfc3339(from.text()?.trim_ascii())
            .map_err(|_| WireError::structure("not a moment in UTC (yyyy-MM-ddTHH:mm:ssZ)"))
    }
}

impl<T: Xml> Xml for Option<T> {
    fn shape() -> Shape {
        Shape {
            optional: true,
            ..T::shape()
        }
    }
    fn write(&self, out: &mut String) {
        if let Some(value) = self {
            value.write(out);
        }
    }
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        if from.is_nil() {
            return from.skip().map(|()| None);
        }
        T::read(from).map(|value| (!value.is_blank()).then_some(value))
    }
    fn absent(_: Limit) -> Option<Self> {
        Some(None)
    }
    fn is_absent(&self, _: Limit) -> bool {
        self.is_none()
    }
    fn inspect(&self, limit: Limit, into: &mut Inspection) {
        if let Some(value) = self {
            value.inspect(limit, into);
        }
    }
}

/// A large record behind a pointer travels as itself.
impl<T: Xml> Xml for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }
    fn write(&self, out: &mut String) {
        T::write(self, out);
    }
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        T::read(from).map(Self::new)
    }
    fn absent(limit: Limit) -> Option<Self> {
        T::absent(limit).map(Self::new)
    }
    fn is_absent(&self, limit: Limit) -> bool {
        T::is_absent(self, limit)
    }
    fn is_blank(&self) -> bool {
        T::is_blank(self)
    }
    fn inspect(&self, limit: Limit, into: &mut Inspection) {
        T::inspect(self, limit, into);
    }
}

impl<T: Xml> Xml for Vec<T> {
    fn shape() -> Shape {
        Shape {
            list: true,
            ..T::shape()
        }
    }
    fn write(&self, out: &mut String) {
        let (prefix, name) = item::<T>();
        for value in self {
            element(out, prefix, name, value);
        }
    }
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        if from.is_nil() {
            return from.skip().map(|()| Self::new());
        }
        let (_, name) = item::<T>();
        let mut all = Self::new();
        while from.child()? {
            if from.name() == name {
                all.push(T::read(from).map_err(|error| error.within(name))?);
            } else {
                from.unknown()?;
            }
        }
        Ok(all)
    }
    fn absent(_: Limit) -> Option<Self> {
        Some(Self::new())
    }
    fn is_absent(&self, _: Limit) -> bool {
        self.is_empty()
    }
    fn inspect(&self, limit: Limit, into: &mut Inspection) {
        if let Limit::Items(most) = limit
            && self.len() > most
        {
            into.fail(format!("{} items, at most {most} allowed", self.len()));
        }
        let each = if matches!(limit, Limit::Items(_)) {
            Limit::Free
        } else {
            limit
        };
        for value in self {
            value.inspect(each, into);
        }
    }
}

/// Prefix and name of the element of one item.
fn item<T: Xml>() -> (&'static str, &'static str) {
    let (namespace, name) = item_of(T::shape().base);
    (namespace.prefix(), name)
}

/// Namespace and name of the element of one item of a list.
pub(crate) const fn item_of(base: Base) -> (Namespace, &'static str) {
    match base {
        Base::Record(record) => (record.namespace, record.name),
        Base::Simple(name) => (Namespace::Arrays, name),
        Base::Choice(..) | Base::Form(_) => (Namespace::Arrays, "string"),
    }
}
