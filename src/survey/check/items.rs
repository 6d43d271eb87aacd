//! Attributes, parts and items, in the order in which they are asked.

use super::choices::{Scales, choices, one_write_in};
use super::index::IndexTree;
use super::rating::Criteria;
use super::routing::{RoutedSubject, condition};
use super::{ITEMS_MAX, PARTS_MAX};
use crate::definition::Text;
use crate::definition::diagnostic::{Flaw, FoundFaults, Many, Thing, shown};
use crate::definition::names::{Names, limit};
use crate::definition::source::Code;
use crate::definition::words::Languages;
use crate::survey::source::{self, Source};
use crate::survey::{Choice, Item, Kind, Part, Role};

/// Code of the part that holds the attributes.
const ATTRIBUTES: &str = "attributes";

/// Codes that no item can have: fields of the form and columns of an import file. A field for own words is called after its
/// item with `.other` behind, which no code can be, because codes have no dots.
const RESERVED_ITEMS: [&str; 12] =
    ["key", "code", "lang", "mode", "turn", "confirm", "unit", "rated_unit", "not_worked_with", "group", "stratum", "psu"];

/// What is asked.
pub(super) struct AskedItem {
    /// Parts in order; part 0 holds the attributes where there are any.
    pub(super) parts: Vec<Part>,
    /// Items in order.
    pub(super) items: Vec<Item>,
}

/// Checks attributes, parts and items.
pub(super) fn read(
    source: &Source,
    languages: &Languages,
    scales: &mut Scales,
    tree: &mut IndexTree,
    faults: &mut FoundFaults,
) -> AskedItem {
    let attributes = source.attribute.iter().map(|attribute| &attribute.code);
    let codes: Vec<&Code> = attributes.chain(source.part.iter().flat_map(|part| &part.item).map(|item| &item.code)).collect();
    limit(&codes, ITEMS_MAX, Many::Items, faults);
    let names = Names::of(Thing::Item, &RESERVED_ITEMS, codes, faults);
    part_codes(source, faults);
    let yes_no = yes_no(source, languages, faults);
    let asked = AskedItem { parts: Vec::new(), items: Vec::new() };
    let criteria = Criteria::read(source, faults);
    let mut reader = Reader { source, languages, scales, tree, criteria, names, yes_no, asked };
    reader.attributes(faults);
    source.part.iter().for_each(|part| reader.part(part, faults));
    reader.asked
}

fn part_codes(source: &Source, faults: &mut FoundFaults) {
    let codes: Vec<&Code> = source.part.iter().map(|part| &part.code).collect();
    limit(&codes, PARTS_MAX, Many::Parts, faults);
    Names::of(Thing::Part, &[ATTRIBUTES], codes, faults);
    if source.part.is_empty() {
        faults.add(&source.id.0.span, Flaw::NoParts);
    }
}

/// The options of every yes-no item.
fn yes_no(source: &Source, languages: &Languages, faults: &mut FoundFaults) -> [Choice; 2] {
    let needed = source.part.iter().flat_map(|part| &part.item).any(|item| item.kind.value == source::Kind::YesNo);
    let choice = |code: &str, text: Text| Choice { code: code.to_owned(), text, write_in: false, satisfied: false, weight: None };
    let yes = languages.label("yes_label", source.yes_label.as_ref(), [("vi", "Có"), ("en", "Yes")], needed, faults);
    let no = languages.label("no_label", source.no_label.as_ref(), [("vi", "Không"), ("en", "No")], needed, faults);
    [choice("1", yes), choice("2", no)]
}

struct Reader<'a> {
    source: &'a Source,
    languages: &'a Languages,
    scales: &'a mut Scales,
    tree: &'a mut IndexTree,
    criteria: Criteria,
    names: Names,
    yes_no: [Choice; 2],
    asked: AskedItem,
}

impl Reader<'_> {
    fn attributes(&mut self, faults: &mut FoundFaults) {
        let needed = !self.source.attribute.is_empty();
        let own = [("vi", "Thông tin về ông/bà"), ("en", "About you")];
        let title = self.languages.label("attributes_title", self.source.attributes_title.as_ref(), own, needed, faults);
        if needed {
            self.asked.parts.push(Part { code: ATTRIBUTES.to_owned(), title, help: None, show_if: None });
        }
        for attribute in &self.source.attribute {
            let options = choices(&attribute.code.0, &attribute.option, self.languages, faults);
            self.asked.items.push(Item {
                code: attribute.code.0.value.clone(),
                role: Role::Attribute,
                text: self.languages.text(&attribute.text, faults),
                help: attribute.help.as_ref().map(|words| self.languages.text(words, faults)),
                kind: Kind::Single(options),
                required: false,
                no_opinion: false,
                factor: None,
                criterion: None,
                example: false,
                part: 0,
                show_if: None,
            });
        }
    }

    fn part(&mut self, source: &source::Part, faults: &mut FoundFaults) {
        if source.item.is_empty() {
            faults.add(&source.code.0.span, Flaw::EmptyPart { given: shown(&source.code.0.value) });
        }
        let subject = RoutedSubject::Part(source.item.len());
        let show_if = source.show_if.as_ref();
        let show_if = show_if.and_then(|show_if| condition(&show_if.value, subject, &self.names, &self.asked.items, faults));
        let place = self.asked.parts.len();
        self.asked.parts.push(Part {
            code: source.code.0.value.clone(),
            title: self.languages.text(&source.title, faults),
            help: source.help.as_ref().map(|words| self.languages.text(words, faults)),
            show_if,
        });
        source.item.iter().for_each(|item| self.item(item, place, faults));
    }

    fn item(&mut self, source: &source::Item, part: usize, faults: &mut FoundFaults) {
        let kind = self.kind(source, faults);
        let show_if = source.show_if.as_ref();
        let show_if = show_if.and_then(|show_if| condition(&show_if.value, RoutedSubject::Item, &self.names, &self.asked.items, faults));
        let asked_for = source.no_opinion.as_ref().map_or(self.source.no_opinion, |no_opinion| no_opinion.value);
        self.asked.items.push(Item {
            code: source.code.0.value.clone(),
            role: Role::Question,
            text: self.languages.text(&source.text, faults),
            help: source.help.as_ref().map(|words| self.languages.text(words, faults)),
            required: source.required,
            no_opinion: asked_for && kind != Kind::Remark,
            factor: self.tree.factor_of(source, faults),
            criterion: self.criteria.criterion_of(source, faults),
            example: source.example,
            kind,
            part,
            show_if,
        });
    }

    fn kind(&mut self, source: &source::Item, faults: &mut FoundFaults) -> Kind {
        // A kind that is only a placeholder says nothing about the other keys.
        if faults.is_settled(&source.kind.span) {
            self.scales.unclear();
            return Kind::Single(Vec::new());
        }
        unfit_keys(source, faults);
        match source.kind.value {
            source::Kind::Scale => self.scale(source, faults),
            source::Kind::Single => Kind::Single(choices(&source.code.0, &source.option, self.languages, faults)),
            source::Kind::Multiple => Kind::Multiple(choices(&source.code.0, &source.option, self.languages, faults)),
            source::Kind::YesNo => Kind::YesNo(self.yes_no.to_vec()),
            source::Kind::Remark => Kind::Remark,
        }
    }

    fn scale(&mut self, source: &source::Item, faults: &mut FoundFaults) -> Kind {
        let Some(reference) = &source.scale else {
            faults.add(&source.kind.span, Flaw::ScaleWanted { item: shown(&source.code.0.value) });
            self.scales.unclear();
            return Kind::Single(Vec::new());
        };
        let scale = self.scales.take(reference, faults);
        scale.map_or(Kind::Single(Vec::new()), |scale| Kind::Scale { scale: scale.id.0.value.clone(), steps: scale.steps.clone() })
    }
}

/// Reports keys that go with other kinds of items.
fn unfit_keys(item: &source::Item, faults: &mut FoundFaults) {
    use source::Kind as K;
    let kind = item.kind.value;
    one_write_in(&item.option, faults);
    let mut unfit = |key, span| faults.add(span, Flaw::UnfitKey { item: shown(&item.code.0.value), key });
    if let Some(scale) = item.scale.as_ref().filter(|_| kind != K::Scale) {
        unfit(Some("scale"), &scale.0.span);
    }
    if let Some(first) = item.option.first().filter(|_| !matches!(kind, K::Single | K::Multiple)) {
        unfit(None, &first.code.0.span);
    }
    if let Some(no_opinion) = item.no_opinion.as_ref().filter(|given| given.value && kind == K::Remark) {
        unfit(Some("no_opinion"), &no_opinion.span);
    }
}
