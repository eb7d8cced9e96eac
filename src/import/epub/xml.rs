//! Small XML files as a flat list of elements. Entities that a file declares itself are never
//! expanded, and nothing is ever fetched.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// Elements that are looked at.
const MAX_ELEMENTS: usize = 200_000;

/// An element; the elements that follow it with a greater depth are inside it.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name without a prefix.
    pub name: String,
    pub depth: usize,
    /// Attributes, their names without prefixes.
    attributes: Vec<(String, String)>,
    /// The text right inside it.
    pub text: String,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The elements of a file.
#[derive(Debug, Default)]
pub struct Xml {
    pub elements: Vec<Element>,
    /// Entities that were not expanded.
    pub entities: Vec<String>,
    /// Why reading stopped before the end, and the byte at which it did.
    pub error: Option<(String, usize)>,
}

/// Reads a file as far as it is XML.
pub fn read(source: &str) -> Xml {
    let mut reader = Reader::from_str(source);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut xml = Xml::default();
    // The elements that are open.
    let mut open: Vec<usize> = Vec::new();
    while xml.elements.len() < MAX_ELEMENTS {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let element = element(&start, open.len(), &mut xml.entities);
                open.push(xml.elements.len());
                xml.elements.push(element);
            }
            Ok(Event::Empty(start)) => {
                let element = element(&start, open.len(), &mut xml.entities);
                xml.elements.push(element);
            }
            Ok(Event::End(_)) => {
                open.pop();
            }
            Ok(Event::Text(text)) => add(&mut xml, &open, &text),
            Ok(Event::CData(text)) => add(&mut xml, &open, &text),
            Ok(Event::GeneralRef(name)) => {
                let char_ref = name.resolve_char_ref().ok().flatten().map(String::from);
                let known =
                    char_ref.or_else(|| resolve_predefined_entity(&name).map(str::to_owned));
                let text = known.unwrap_or_else(|| {
                    xml.entities.push(name.to_string());
                    format!("&{};", &*name)
                });
                add(&mut xml, &open, &text);
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                xml.error = Some((error.to_string(), at.min(source.len())));
                break;
            }
        }
    }
    xml
}

fn add(xml: &mut Xml, open: &[usize], text: &str) {
    if let Some(element) = open.last().and_then(|at| xml.elements.get_mut(*at)) {
        element.text.push_str(text);
    }
}

fn element(start: &BytesStart, depth: usize, entities: &mut Vec<String>) -> Element {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let attributes = start.attributes().flatten().map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_or_else(
            |_| {
                entities.push(attribute.value.to_string());
                attribute.value.to_string()
            },
            std::borrow::Cow::into_owned,
        );
        (local(attribute.key.as_ref()), value)
    });
    let attributes = attributes.collect();
    Element { name: local(start.name().as_ref()), depth, attributes, text: String::new() }
}
