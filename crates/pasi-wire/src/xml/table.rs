//! The macros that list a record's fields.

/// A record of the contract: the struct and its table of fields.
///
/// `pub request` adds the `caller` that every request carries.
macro_rules! message {
    ($(#[$meta:meta])* pub request $name:ident in $ns:ident { $($body:tt)* }) => {
        $crate::xml::message! {
            $(#[$meta])*
            pub struct $name in $ns {
                /// Who calls, and for which organization.
                caller: $crate::messages::CallerInfo = "CallerInfo",
                $($body)*
            }
        }
        impl $crate::Called for $name {
            fn caller(&self) -> &$crate::messages::CallerInfo {
                &self.caller
            }
        }
    };
    ($(#[$meta:meta])* pub struct $name:ident in $ns:ident {
        $($(#[$about:meta])* $field:ident : $ty:ty = $wire:literal $([$limit:expr])?),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[$about])* pub $field: $ty),*
        }
        $crate::xml::fields! {
            $name in $ns { $($field: $ty = $wire $([$limit])?),* }
        }
    };
}

/// The table of fields of a struct: gives it [`Xml`](crate::xml::Xml).
macro_rules! fields {
    ($name:ident in $ns:ident {
        $($field:ident : $ty:ty = $wire:literal $([$limit:expr])?),* $(,)?
    }) => {
        const _: () = {
            #[allow(unused_imports, reason = "a record without limits names none")]
            use $crate::xml::Limit::{Code, Decimal, Free, Items, Line, Lines, MaybeLine, Range};
            use $crate::xml::{Base, Field, Inspection, Limit, Record, Shape, Source, Xml};

            const RECORD: Record = Record {
                name: stringify!($name),
                namespace: $crate::Namespace::$ns,
                fields: &[$(Field {
                    name: $wire,
                    limit: $crate::xml::table_limit!($($limit)?),
                    shape: <$ty as Xml>::shape,
                }),*],
            };

            impl Xml for $name {
                fn shape() -> Shape {
                    Shape::one(Base::Record(&RECORD))
                }
                fn write(&self, out: &mut String) {
                    let prefix = $crate::Namespace::$ns.prefix();
                    $(
                        let limit: Limit = $crate::xml::table_limit!($($limit)?);
                        if !self.$field.is_absent(limit) {
                            $crate::xml::element(out, prefix, $wire, &self.$field);
                        }
                    )*
                }
                fn read(from: &mut Source<'_>) -> Result<Self, $crate::WireError> {
                    $(let mut $field: Option<$ty> = None;)*
                    while from.child()? {
                        match from.name() {
                            $($wire => from.field($wire, &mut $field)?,)*
                            _ => from.unknown()?,
                        }
                    }
                    Ok(Self {
                        $($field: $crate::xml::Source::given(
                            $wire, $field, $crate::xml::table_limit!($($limit)?),
                        )?),*
                    })
                }
                fn inspect(&self, _: Limit, into: &mut Inspection) {
                    $(into.field($wire, &self.$field, $crate::xml::table_limit!($($limit)?));)*
                }
                fn rejections(&self) -> &[$crate::messages::Rejection] {
                    const NONE: &[$crate::messages::Rejection] = &[];
                    [$($crate::xml::table_rejections!(self, $field)),*]
                        .into_iter()
                        .find(|refused: &&[$crate::messages::Rejection]| !refused.is_empty())
                        .unwrap_or(NONE)
                }
            }
        };
    };
}

/// The limit a field names, or none.
macro_rules! table_limit {
    () => {
        $crate::xml::Limit::Free
    };
    ($limit:expr) => {
        $limit
    };
}

/// The refusals a field of that name holds; none for every other.
macro_rules! table_rejections {
    ($record:ident, rejections) => {
        &$record.rejections[..]
    };
    ($record:ident, $other:ident) => {
        NONE
    };
}

pub(crate) use {fields, message, table_limit, table_rejections};
