//! The WSDL, from the same tables of fields that read and write the messages.

use crate::assumptions::CONTRACT;
use crate::xml::{Base, Field, Form, Limit, Record, Shape, item_of};
use crate::{Namespace, Operation, SERVICE_NAMESPACE};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where the service is said to be when nobody says otherwise.
const DEFAULT_LOCATION: &str = "https://localhost/PASIService2020";

/// The WSDL 1.1 of every operation, with the service at a default address.
pub fn wsdl() -> String {
    wsdl_at(DEFAULT_LOCATION)
}

/// The same, with the service at `location`.
pub fn wsdl_at(location: &str) -> String {
    let types = Types::of_all_operations();
    let mut out = String::with_capacity(256 * 1024);
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<wsdl:definitions name=\"PASIService\"");
    for (prefix, uri) in [
        ("wsdl", "http://schemas.xmlsoap.org/wsdl/"),
        ("soap", "http://schemas.xmlsoap.org/wsdl/soap/"),
        ("xs", "http://www.w3.org/2001/XMLSchema"),
        ("t", SERVICE_NAMESPACE),
    ]
    .into_iter()
    .chain(
        Namespace::ALL
            .iter()
            .map(|namespace| (namespace.prefix(), namespace.uri())),
    ) {
        put(&mut out, format_args!(" xmlns:{prefix}=\"{uri}\""));
    }
    put(
        &mut out,
        format_args!(" targetNamespace=\"{SERVICE_NAMESPACE}\">\n<wsdl:types>\n"),
    );
    types.write(&mut out);
    operation_elements(&mut out);
    out.push_str("</wsdl:types>\n");
    messages_and_port(&mut out);
    binding_and_service(&mut out, location);
    out.push_str("</wsdl:definitions>\n");
    out
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a String takes any text");
}

/// The types in use, by namespace and name.
#[derive(Default)]
struct Types {
    records: BTreeMap<(Namespace, &'static str), &'static Record>,
    choices: BTreeMap<&'static str, fn() -> Vec<&'static str>>,
    forms: BTreeMap<&'static str, &'static Form>,
    lists: BTreeMap<(Namespace, &'static str), Base>,
}

impl Types {
    fn of_all_operations() -> Self {
        let mut types = Self::default();
        for operation in Operation::ALL {
            let (request, response) = operation.shapes();
            types.add(request);
            types.add(response);
        }
        types
    }

    fn add(&mut self, shape: Shape) {
        if shape.list {
            self.lists.insert(item_of(shape.base), shape.base);
        }
        match shape.base {
            Base::Simple(_) => {}
            Base::Choice(name, texts) => {
                self.choices.insert(name, texts);
            }
            Base::Form(form) => {
                self.forms.insert(form.name, form);
            }
            Base::Record(record) => {
                if self
                    .records
                    .insert((record.namespace, record.name), record)
                    .is_none()
                {
                    for field in record.fields {
                        self.add((field.shape)());
                    }
                }
            }
        }
    }

    fn write(&self, out: &mut String) {
        for namespace in Namespace::ALL {
            let uri = namespace.uri();
            put(
                out,
                format_args!("<xs:schema elementFormDefault=\"qualified\" targetNamespace=\"{uri}\">\n"),
            );
            for other in Namespace::ALL.iter().filter(|other| *other != namespace) {
                put(out, format_args!("<xs:import namespace=\"{}\"/>\n", other.uri()));
            }
            let here = |at: &Namespace| at == namespace;
            for record in self.records.values().filter(|record| here(&record.namespace)) {
                write_record(out, record);
            }
            for ((_, name), base) in self.lists.iter().filter(|((at, _), _)| here(at)) {
                let of = item_type(*base);
                put(
                    out,
                    format_args!(
                        "<xs:complexType name=\"ArrayOf{name}\"><xs:sequence><xs:element name=\"{name}\" \
                         type=\"{of}\" minOccurs=\"0\" maxOccurs=\"unbounded\"/></xs:sequence></xs:complexType>\n"
                    ),
                );
            }
            if here(&TEXTS) {
                self.write_choices(out);
                self.write_forms(out);
            }
            out.push_str("</xs:schema>\n");
        }
    }

    fn write_choices(&self, out: &mut String) {
        for (name, texts) in &self.choices {
            put(
                out,
                format_args!("<xs:simpleType name=\"{name}\"><xs:restriction base=\"xs:string\">"),
            );
            for text in texts() {
                put(out, format_args!("<xs:enumeration value=\"{text}\"/>"));
            }
            out.push_str("</xs:restriction></xs:simpleType>\n");
        }
    }

    fn write_forms(&self, out: &mut String) {
        for form in self.forms.values() {
            put(
                out,
                format_args!(
                    "<xs:simpleType name=\"{}\"><xs:restriction base=\"xs:string\"><xs:pattern value=\"{}\"/>\
                     </xs:restriction></xs:simpleType>\n",
                    form.name, form.pattern
                ),
            );
        }
    }
}

/// Where the closed sets and the forms of text are defined.
const TEXTS: Namespace = Namespace::V2009;

fn write_record(out: &mut String, record: &Record) {
    put(
        out,
        format_args!("<xs:complexType name=\"{}\"><xs:sequence>", record.name),
    );
    for field in record.fields {
        write_field(out, field);
    }
    out.push_str("</xs:sequence></xs:complexType>\n");
}

fn write_field(out: &mut String, field: &Field) {
    let shape = (field.shape)();
    let may_miss = shape.optional || shape.list || matches!(field.limit, Limit::MaybeLine(_));
    put(out, format_args!("<xs:element name=\"{}\"", field.name));
    if may_miss {
        out.push_str(" minOccurs=\"0\" nillable=\"true\"");
    }
    let facets = facets(field.limit);
    match shape.base {
        _ if shape.list => {
            let (namespace, name) = item_of(shape.base);
            put(
                out,
                format_args!(" type=\"{}:ArrayOf{name}\"/>", namespace.prefix()),
            );
        }
        Base::Simple(of) if !facets.is_empty() => put(
            out,
            format_args!(
                "><xs:simpleType><xs:restriction base=\"xs:{of}\">{facets}</xs:restriction></xs:simpleType></xs:element>"
            ),
        ),
        base => put(out, format_args!(" type=\"{}\"/>", type_name(base))),
    }
}

/// The part of a limit that XML Schema can say.
fn facets(limit: Limit) -> String {
    match limit {
        Limit::Line(max) => format!("<xs:minLength value=\"1\"/><xs:maxLength value=\"{max}\"/>"),
        Limit::Code(_) => "<xs:minLength value=\"1\"/><xs:maxLength value=\"50\"/>".to_owned(),
        Limit::MaybeLine(max) | Limit::Lines(max) => format!("<xs:maxLength value=\"{max}\"/>"),
        Limit::Range(least, most) => {
            format!("<xs:minInclusive value=\"{least}\"/><xs:maxInclusive value=\"{most}\"/>")
        }
        Limit::Decimal => "<xs:pattern value=\"-?[0-9]{1,3}(\\.[0-9]{1,12})?\"/>".to_owned(),
        Limit::Free | Limit::Items(_) => String::new(),
    }
}

fn type_name(base: Base) -> String {
    match base {
        Base::Simple(name) => format!("xs:{name}"),
        Base::Choice(name, _) => format!("{}:{name}", TEXTS.prefix()),
        Base::Form(form) => format!("{}:{}", TEXTS.prefix(), form.name),
        Base::Record(record) => format!("{}:{}", record.namespace.prefix(), record.name),
    }
}

/// Items of a list that are not records are plain values, whatever their form.
fn item_type(base: Base) -> String {
    match base {
        Base::Choice(..) | Base::Form(_) => "xs:string".to_owned(),
        base => type_name(base),
    }
}

fn operation_elements(out: &mut String) {
    put(
        out,
        format_args!(
            "<xs:schema elementFormDefault=\"qualified\" targetNamespace=\"{SERVICE_NAMESPACE}\">\n"
        ),
    );
    for namespace in Namespace::ALL {
        put(
            out,
            format_args!("<xs:import namespace=\"{}\"/>\n", namespace.uri()),
        );
    }
    for operation in Operation::ALL {
        let (request, response) = operation.shapes();
        for (element, inner, shape) in [
            (operation.to_string(), "request".to_owned(), request),
            (
                format!("{operation}Response"),
                format!("{operation}Result"),
                response,
            ),
        ] {
            let of = type_name(shape.base);
            put(
                out,
                format_args!(
                    "<xs:element name=\"{element}\"><xs:complexType><xs:sequence><xs:element name=\"{inner}\" \
                     type=\"{of}\"/></xs:sequence></xs:complexType></xs:element>\n"
                ),
            );
        }
    }
    out.push_str("</xs:schema>\n");
}

fn messages_and_port(out: &mut String) {
    for operation in Operation::ALL {
        for (message, element) in [("InputMessage", ""), ("OutputMessage", "Response")] {
            put(
                out,
                format_args!(
                    "<wsdl:message name=\"{operation}{message}\"><wsdl:part name=\"parameters\" \
                     element=\"t:{operation}{element}\"/></wsdl:message>\n"
                ),
            );
        }
    }
    put(out, format_args!("<wsdl:portType name=\"{CONTRACT}\">\n"));
    for operation in Operation::ALL {
        put(
            out,
            format_args!(
                "<wsdl:operation name=\"{operation}\"><wsdl:input message=\"t:{operation}InputMessage\"/>\
                 <wsdl:output message=\"t:{operation}OutputMessage\"/></wsdl:operation>\n"
            ),
        );
    }
    out.push_str("</wsdl:portType>\n");
}

fn binding_and_service(out: &mut String, location: &str) {
    put(
        out,
        format_args!(
            "<wsdl:binding name=\"BasicHttpBinding_{CONTRACT}\" type=\"t:{CONTRACT}\">\n\
             <soap:binding transport=\"http://schemas.xmlsoap.org/soap/http\"/>\n"
        ),
    );
    for operation in Operation::ALL {
        let action = operation.soap_action();
        put(
            out,
            format_args!(
                "<wsdl:operation name=\"{operation}\"><soap:operation soapAction=\"{action}\" style=\"document\"/>\
                 <wsdl:input><soap:body use=\"literal\"/></wsdl:input>\
                 <wsdl:output><soap:body use=\"literal\"/></wsdl:output></wsdl:operation>\n"
            ),
        );
    }
    let mut address = String::new();
    crate::xml::escape(&mut address, location);
    put(
        out,
        format_args!(
            "</wsdl:binding>\n<wsdl:service name=\"PASIService\"><wsdl:port name=\"BasicHttpBinding_{CONTRACT}\" \
             binding=\"t:BasicHttpBinding_{CONTRACT}\"><soap:address location=\"{address}\"/></wsdl:port></wsdl:service>\n"
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wsdl_names_every_operation_and_every_type_it_refers_to() {
        let wsdl = wsdl_at("https://pasi.example/service?a=1&b=2");
        assert!(wsdl.contains("location=\"https://pasi.example/service?a=1&amp;b=2\""));
        for operation in Operation::ALL {
            assert!(
                wsdl.contains(&format!("soapAction=\"{}\"", operation.soap_action())),
                "{operation} has no binding"
            );
        }
        for piece in wsdl.split("type=\"").skip(1) {
            let used = &piece[..piece.find('"').expect("an attribute ends")];
            let (prefix, name) = used.split_once(':').expect("types carry a prefix");
            assert!(
                matches!(prefix, "xs" | "t") || wsdl.contains(&format!("Type name=\"{name}\"")),
                "{used} is not defined"
            );
        }
    }

    #[test]
    fn no_two_records_of_a_namespace_share_a_name() {
        for (key, record) in Types::of_all_operations().records {
            assert_eq!(key, (record.namespace, record.name));
            let mut names: Vec<&str> = record.fields.iter().map(|field| field.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(
                names.len(),
                record.fields.len(),
                "{} repeats a field",
                record.name
            );
        }
    }
}
