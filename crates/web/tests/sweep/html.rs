//! The forms of a page, read from its text: enough of HTML for what `maud`
//! writes, where every attribute stands in double quotes.

/// A form of a page.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) is_posted: bool,
    /// It carries a file.
    pub(crate) is_of_parts: bool,
    pub(crate) controls: Vec<Control>,
}

/// A field of a form.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one attribute of the tag")]
pub(crate) struct Control {
    pub(crate) name: String,
    /// The type of an input, else `select` or `textarea`.
    pub(crate) kind: String,
    pub(crate) value: String,
    /// What can be chosen.
    pub(crate) options: Vec<String>,
    pub(crate) is_required: bool,
    pub(crate) is_numeric: bool,
    pub(crate) is_checked: bool,
    is_disabled: bool,
    /// A code that serves once is never shown again.
    pub(crate) is_once: bool,
    /// Most characters that a browser lets through.
    pub(crate) longest: Option<usize>,
    /// The ids of what describes it.
    pub(crate) described_by: Vec<String>,
}

impl Control {
    /// Does a person answer it?
    pub(crate) fn is_asked(&self) -> bool {
        !self.is_disabled && !matches!(self.kind.as_str(), "hidden" | "submit" | "button" | "reset")
    }
}

/// A tag: its name and attributes, and where the text after it begins.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    after: usize,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<String> {
        let (_, rest) = self.attributes.split_once(&format!(" {name}=\""))?;
        rest.split_once('"').map(|(value, _)| plain(value))
    }
    fn has(&self, name: &str) -> bool {
        let bare = self.attributes.split('"').step_by(2);
        bare.flat_map(str::split_whitespace).any(|word| word == name)
    }
    fn ids(&self) -> Vec<String> {
        let all = self.get("aria-describedby").unwrap_or_default();
        all.split_whitespace().map(str::to_owned).collect()
    }
}

/// Entities as the letters they stand for.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// The tags of a page, in order. A `>` within an attribute does not end one.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = page[at..].find('<').map(|far| at + far) {
        let mut in_quotes = false;
        let Some(close) = page[open..].find(|sign: char| {
            in_quotes ^= sign == '"';
            sign == '>' && !in_quotes
        }) else {
            break;
        };
        let inner = &page[open + 1..open + close];
        let name = inner.split([' ', '\n']).next().unwrap_or_default();
        at = open + close + 1;
        found.push(Tag {
            name,
            attributes: &inner[name.len()..],
            after: at,
        });
    }
    found
}

/// The forms of a page.
pub(crate) fn forms(page: &str) -> Vec<Form> {
    let mut all: Vec<Form> = Vec::new();
    let mut is_open = false;
    let mut group: Option<Vec<String>> = None;
    for tag in tags(page) {
        match tag.name {
            "form" => {
                is_open = true;
                all.push(Form {
                    is_of_parts: tag.has("enctype") || tag.get("enctype").is_some(),
                    action: tag.get("action").unwrap_or_default(),
                    is_posted: tag.get("method").is_some_and(|how| how == "post"),
                    controls: Vec::new(),
                });
            }
            "/form" => is_open = false,
            "fieldset" => group = Some(tag.ids()),
            "/fieldset" => group = None,
            "input" | "select" | "textarea" if is_open => {
                if let (Some(form), Some(control)) = (all.last_mut(), control(&tag, page, group.as_ref())) {
                    form.take(control);
                }
            }
            "option" if is_open => {
                if let Some(select) = all.last_mut().and_then(|form| form.controls.last_mut()) {
                    select.offer(tag.get("value").unwrap_or_default(), tag.has("selected"));
                }
            }
            _ => {}
        }
    }
    all
}

impl Form {
    /// Radios of one name are one field.
    fn take(&mut self, new: Control) {
        let there = self
            .controls
            .iter_mut()
            .find(|one| one.kind == "radio" && new.kind == "radio" && one.name == new.name);
        match there {
            Some(radios) => radios.offer(new.value, new.is_checked),
            None => self.controls.push(new.begun()),
        }
    }
}

impl Control {
    fn offer(&mut self, value: String, is_chosen: bool) {
        if is_chosen {
            self.value.clone_from(&value);
        }
        self.options.push(value);
    }
    /// The first radio of its name holds its own value as a choice.
    fn begun(mut self) -> Self {
        if self.kind == "radio" {
            let (value, is_chosen) = (std::mem::take(&mut self.value), self.is_checked);
            self.offer(value, is_chosen);
        }
        self
    }
}

fn control(tag: &Tag<'_>, page: &str, group: Option<&Vec<String>>) -> Option<Control> {
    let name = tag.get("name").filter(|name| !name.is_empty())?;
    let (kind, value) = match tag.name {
        "textarea" => {
            let text = page[tag.after..].split("</textarea>").next().unwrap_or_default();
            ("textarea".to_owned(), plain(text))
        }
        "select" => ("select".to_owned(), String::new()),
        _ => (
            tag.get("type").unwrap_or_else(|| "text".to_owned()),
            tag.get("value").unwrap_or_default(),
        ),
    };
    let own = tag.ids();
    let mode = tag.get("inputmode").unwrap_or_default();
    Some(Control {
        name,
        kind,
        value,
        options: Vec::new(),
        is_required: tag.get("aria-required").is_some_and(|said| said == "true"),
        is_numeric: matches!(mode.as_str(), "numeric" | "decimal" | "tel"),
        is_checked: tag.has("checked"),
        is_disabled: tag.has("disabled"),
        is_once: tag
            .get("autocomplete")
            .is_some_and(|token| token == "one-time-code"),
        longest: tag.get("maxlength").and_then(|most| most.parse().ok()),
        described_by: if own.is_empty() {
            group.cloned().unwrap_or_default()
        } else {
            own
        },
    })
}

/// Does an element with the id stand on the page?
pub(crate) fn shows(page: &str, id: &str) -> bool {
    page.contains(&format!(" id=\"{id}\""))
}

#[test]
fn fields_are_read_as_a_browser_would() {
    let page = "<form method=\"post\" action=\"/a?b=1&amp;c=2\"><input type=\"hidden\" name=\"csrf\" value=\"t\">\
        <input class=\"x\" name=\"last\" value=\"O&#39;Brien &gt; &lt;\" aria-required=\"true\" aria-describedby=\"f-last-hint f-last-find-0\">\
        <fieldset aria-describedby=\"f-kind-find-0\"><input type=\"radio\" name=\"kind\" value=\"a\"><input type=\"radio\" name=\"kind\" value=\"b\" checked></fieldset>\
        <select name=\"grade\"><option value=\"\"></option><option value=\"6\" selected>6</option></select>\
        <textarea name=\"why\">Because &amp; so</textarea></form>";
    let form = forms(page).remove(0);
    assert_eq!((form.action.as_str(), form.is_posted), ("/a?b=1&c=2", true));
    let read: Vec<(&str, &str, &str)> = form
        .controls
        .iter()
        .map(|one| (one.name.as_str(), one.kind.as_str(), one.value.as_str()))
        .collect();
    assert_eq!(
        read,
        [
            ("csrf", "hidden", "t"),
            ("last", "text", "O'Brien > <"),
            ("kind", "radio", "b"),
            ("grade", "select", "6"),
            ("why", "textarea", "Because & so"),
        ]
    );
    assert_eq!(form.controls[1].described_by, ["f-last-hint", "f-last-find-0"]);
    assert_eq!(form.controls[2].described_by, ["f-kind-find-0"]);
    assert_eq!(form.controls[2].options, ["a", "b"]);
}
