//! Reads elements one after another, within limits of size and depth.

use super::{Limit, Xml};
use crate::{Defect, WireError};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;

/// Deepest nesting read; the deepest message has nine levels.
const MAX_DEPTH: usize = 24;

/// A document being read.
///
/// Names are compared without namespace. Document types, processing
/// instructions and entities other than XML's own five are refused.
pub struct Source<'a> {
    reader: Reader<&'a [u8]>,
    name: String,
    depth: usize,
    nil: bool,
    strict: bool,
}

impl<'a> Source<'a> {
    /// Starts reading; `strict` refuses elements the contract does not name.
    pub fn new(bytes: &'a [u8], limit: usize, strict: bool) -> Result<Self, WireError> {
        if bytes.len() > limit {
            return Err(WireError::TooLarge {
                size: bytes.len(),
                limit,
            });
        }
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("not UTF-8"))?;
        let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Ok(Self {
            reader,
            name: String::new(),
            depth: 0,
            nil: false,
            strict,
        })
    }

    /// Opens the next element inside the open one; `false` at the end of the
    /// open one, which is then closed.
    pub fn child(&mut self) -> Result<bool, WireError> {
        loop {
            match self.next()? {
                Event::Start(start) => return self.open(&start).map(|()| true),
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(false);
                }
                Event::Eof if self.depth == 0 => return Ok(false),
                Event::Eof => return Err(malformed("ends too early")),
                Event::Text(text) if is_blank(&text.xml10_content()) => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    return Err(WireError::Schema(Defect::here("text between elements")));
                }
                _ => {}
            }
        }
    }

    /// Name of the element last opened, without prefix.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of the open element, which is then closed.
    pub fn text(&mut self) -> Result<Cow<'a, str>, WireError> {
        let mut whole: Cow<'a, str> = Cow::Borrowed("");
        loop {
            match self.next()? {
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(whole);
                }
                Event::Text(text) => append(&mut whole, text.xml10_content()),
                Event::CData(text) => append(&mut whole, text.xml10_content()),
                Event::GeneralRef(named) => append(&mut whole, resolve(&named)?),
                Event::Start(_) => return Err(WireError::Schema(Defect::here("an element inside text"))),
                Event::Eof => return Err(malformed("ends too early")),
                _ => {}
            }
        }
    }

    /// Reads the open element as a field; a second one of the same name is refused.
    pub fn field<T: Xml>(&mut self, name: &'static str, into: &mut Option<T>) -> Result<(), WireError> {
        if into.is_some() {
            return Err(WireError::Schema(Defect::here("given twice").within(name)));
        }
        *into = Some(T::read(self).map_err(|error| error.within(name))?);
        Ok(())
    }

    /// The field's value, or what its absence means.
    pub fn given<T: Xml>(name: &'static str, value: Option<T>, limit: Limit) -> Result<T, WireError> {
        value
            .or_else(|| T::absent(limit))
            .ok_or_else(|| WireError::structure("mandatory").within(name))
    }

    /// The open element is not of the contract: refused in a request, passed over in a response.
    pub fn unknown(&mut self) -> Result<(), WireError> {
        if self.strict {
            return Err(WireError::Schema(
                Defect::here("not an element of this contract").within(&self.name),
            ));
        }
        self.skip()
    }

    /// Passes over the open element with all that is in it.
    pub fn skip(&mut self) -> Result<(), WireError> {
        let around = self.depth - 1;
        while self.depth > around {
            match self.next()? {
                Event::Start(start) => {
                    self.open(&start)?;
                }
                Event::End(_) => self.depth -= 1,
                Event::Eof => return Err(malformed("ends too early")),
                _ => {}
            }
        }
        Ok(())
    }

    /// Was the element just opened marked `xsi:nil`?
    pub fn is_nil(&self) -> bool {
        self.nil
    }

    /// Nothing but blanks and comments may follow.
    pub fn finish(&mut self) -> Result<(), WireError> {
        if self.child()? {
            return Err(malformed("more than one root"));
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Event<'a>, WireError> {
        match self.reader.read_event() {
            Err(error) => Err(malformed(&error.to_string())),
            Ok(Event::DocType(_)) => Err(malformed("a document type is not accepted")),
            Ok(Event::PI(_)) => Err(malformed("a processing instruction is not accepted")),
            Ok(Event::Decl(decl)) => match decl.encoding() {
                Some(Ok(encoding)) if !encoding.eq_ignore_ascii_case("utf-8") => {
                    Err(malformed("only UTF-8 is accepted"))
                }
                Some(Err(error)) => Err(malformed(&error.to_string())),
                _ => Ok(Event::Decl(decl)),
            },
            Ok(event) => Ok(event),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), WireError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(malformed("nested too deeply"));
        }
        self.nil = false;
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| malformed(&error.to_string()))?;
            if local(attribute.key.0) == "nil" {
                self.nil = matches!(attribute.value.as_ref(), "true" | "1");
            }
        }
        self.name.clear();
        self.name.push_str(local(start.name().0));
        Ok(())
    }
}

fn append<'a>(whole: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if whole.is_empty() {
        *whole = more;
    } else {
        whole.to_mut().push_str(&more);
    }
}

fn resolve<'a>(named: &BytesRef<'a>) -> Result<Cow<'a, str>, WireError> {
    if let Some(letter) = named
        .resolve_char_ref()
        .map_err(|error| malformed(&error.to_string()))?
    {
        return Ok(Cow::Owned(letter.to_string()));
    }
    match named.clone().into_inner().as_ref() {
        "amp" => Ok(Cow::Borrowed("&")),
        "lt" => Ok(Cow::Borrowed("<")),
        "gt" => Ok(Cow::Borrowed(">")),
        "quot" => Ok(Cow::Borrowed("\"")),
        "apos" => Ok(Cow::Borrowed("'")),
        _ => Err(malformed("entities are not accepted")),
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_whitespace())
}

fn malformed(why: &str) -> WireError {
    WireError::Malformed(why.to_owned())
}
