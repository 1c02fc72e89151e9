//! Macros for values that are kept as text: one place says how they parse,
//! print, travel in JSON and lie in a column.

/// How a value lies in a column of an SQL type, by borrowing a part that
/// `diesel` already knows: `self.as_str()` in `Text`, `self.0` in `BigInt`.
#[doc(hidden)]
#[macro_export]
macro_rules! sql_value {
    ($name:ty, $sql:ty, $raw:ty, $stored:ty, |$this:ident| $borrow:expr, |$read:ident| $build:expr) => {
        const _: () = {
            use diesel::backend::Backend;
            use diesel::expression::AsExpression;
            use diesel::internal::derives::as_expression::Bound;
            use diesel::serialize::{Output, ToSql};
            use diesel::sql_types::{Nullable, SingleValue};
            use $crate::__diesel as diesel;

            impl AsExpression<$sql> for $name {
                type Expression = Bound<$sql, Self>;
                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }
            impl AsExpression<Nullable<$sql>> for $name {
                type Expression = Bound<Nullable<$sql>, Self>;
                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }
            impl<'expr> AsExpression<$sql> for &'expr $name {
                type Expression = Bound<$sql, Self>;
                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }
            impl<'expr> AsExpression<Nullable<$sql>> for &'expr $name {
                type Expression = Bound<Nullable<$sql>, Self>;
                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }
            impl<DB> ToSql<$sql, DB> for $name
            where
                DB: Backend,
                $raw: ToSql<$sql, DB>,
            {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> diesel::serialize::Result {
                    let $this = self;
                    <$raw as ToSql<$sql, DB>>::to_sql($borrow, out)
                }
            }
            impl<DB> ToSql<Nullable<$sql>, DB> for $name
            where
                DB: Backend,
                Self: ToSql<$sql, DB>,
            {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> diesel::serialize::Result {
                    <Self as ToSql<$sql, DB>>::to_sql(self, out)
                }
            }
            impl<DB> diesel::deserialize::FromSql<$sql, DB> for $name
            where
                DB: Backend,
                $stored: diesel::deserialize::FromSql<$sql, DB>,
            {
                fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                    let $read = <$stored as diesel::deserialize::FromSql<$sql, DB>>::from_sql(bytes)?;
                    $build
                }
            }
            impl<DB, ST> diesel::deserialize::Queryable<ST, DB> for $name
            where
                DB: Backend,
                ST: SingleValue,
                Self: diesel::deserialize::FromSql<ST, DB>,
            {
                type Row = Self;
                fn build(row: Self) -> diesel::deserialize::Result<Self> {
                    Ok(row)
                }
            }
        };
    };
}

/// [`sql_value`] for what has `as_str` and `FromStr`.
#[doc(hidden)]
#[macro_export]
macro_rules! sql_text {
    ($name:ty) => {
        $crate::sql_value!(
            $name,
            $crate::__diesel::sql_types::Text,
            str,
            String,
            |this| this.as_str(),
            |text| text
                .parse()
                .map_err(|_| format!("column holds {text:?}, not a {}", stringify!($name)).into())
        );
    };
}

/// Implements `FromStr`-based `serde` and the text column for a type that has `as_str(&self) -> &str` and `FromStr`.
macro_rules! stored_as_text {
    ($($name:ty),+ $(,)?) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        $crate::sql_text!($name);
    )+};
}

/// Declares a closed set of states or kinds kept as text.
///
/// ```
/// kernel::text_enum! {
///     #[doc = "Where the item stands."]
///     pub enum Light {
///         #[doc = "Go."]
///         Green = "green",
///         #[doc = "Stop."]
///         Red = "red",
///     }
/// }
/// assert_eq!("red".parse::<Light>(), Ok(Light::Red));
/// assert_eq!(Light::Green.as_str(), "green");
/// ```
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in declared order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The text that is stored and sent.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                out.write_str(self.as_str())
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownText;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownText { kind: stringify!($name), text: text.to_owned() }),
                }
            }
        }
        impl $crate::__serde::Serialize for $name {
            fn serialize<S: $crate::__serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err($crate::__serde::de::Error::custom)
            }
        }
        $crate::sql_text!($name);
    };
}

pub(crate) use stored_as_text;
