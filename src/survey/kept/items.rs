//! Attributes, parts, items and their options.

use super::{Built, Unreadable, label, place, whole, words};
use crate::definition::Text;
use crate::definition::source::Code;
use crate::survey::source::{self, ShowIf, Source};
use crate::survey::{Choice, Item, Kind, Part, Role, ShownWhen};

/// Code of the part that holds the attributes.
const ATTRIBUTES: &str = "attributes";
/// Heading of that part where a text gives none.
const ABOUT_YOU: [(&str, &str); 2] = [("vi", "Thông tin về ông/bà"), ("en", "About you")];
/// Words of the options of an item that is answered by yes or no, where a text gives none.
const YES: [(&str, &str); 2] = [("vi", "Có"), ("en", "Yes")];
const NO: [(&str, &str); 2] = [("vi", "Không"), ("en", "No")];

/// Parts and items in order; part 0 holds the attributes where there are any.
pub(super) fn read(source: &Source) -> Built<(Vec<Part>, Vec<Item>)> {
    let (mut parts, mut items) = (Vec::new(), Vec::new());
    if !source.attribute.is_empty() {
        let title = label(source.attributes_title.as_ref(), ABOUT_YOU);
        parts.push(Part { code: ATTRIBUTES.to_owned(), title, help: None, show_if: None });
    }
    items.extend(source.attribute.iter().map(attribute));
    for part in &source.part {
        let show_if = condition(part.show_if.as_ref().map(|given| &given.value), &items)?;
        let (code, help) = (part.code.0.value.clone(), part.help.as_ref().map(words));
        parts.push(Part { code, title: words(&part.title), help, show_if });
        for given in &part.item {
            let item = item(source, given, parts.len() - 1, &items)?;
            items.push(item);
        }
    }
    Ok((parts, items))
}

fn attribute(source: &source::Attribute) -> Item {
    let options = source.option.iter().map(|option| choice(&option.code, words(&option.text))).collect();
    Item {
        code: source.code.0.value.clone(),
        role: Role::Attribute,
        text: words(&source.text),
        help: source.help.as_ref().map(words),
        kind: Kind::Single(options),
        required: false,
        no_opinion: false,
        factor: None,
        criterion: None,
        example: false,
        part: 0,
        show_if: None,
    }
}

fn item(source: &Source, given: &source::Item, part: usize, earlier: &[Item]) -> Built<Item> {
    let kind = kind(source, given)?;
    let no_opinion = given.no_opinion.as_ref().map_or(source.no_opinion, |no_opinion| no_opinion.value);
    let factor = |code| place(source.factor.iter().map(|factor| &factor.code), code);
    let criterion = |code| place(source.criterion.iter().map(|criterion| &criterion.code), code);
    Ok(Item {
        code: given.code.0.value.clone(),
        role: Role::Question,
        text: words(&given.text),
        help: given.help.as_ref().map(words),
        required: given.required,
        no_opinion: no_opinion && kind != Kind::Remark,
        factor: given.factor.as_ref().map(factor).transpose()?,
        criterion: given.criterion.as_ref().map(criterion).transpose()?,
        example: given.example,
        kind,
        part,
        show_if: condition(given.show_if.as_ref().map(|given| &given.value), earlier)?,
    })
}

fn kind(source: &Source, given: &source::Item) -> Built<Kind> {
    Ok(match given.kind.value {
        source::Kind::Scale => {
            let reference = given.scale.as_ref().ok_or_else(|| Unreadable::because(format!("`{}` names no scale", given.code.0.value)))?;
            let scale = source.scale.get(place(source.scale.iter().map(|scale| &scale.id), reference)?);
            let steps = scale.into_iter().flat_map(|scale| &scale.option).map(step).collect::<Built<_>>()?;
            Kind::Scale { scale: reference.0.value.clone(), steps }
        }
        source::Kind::Single => Kind::Single(given.option.iter().map(option).collect::<Built<_>>()?),
        source::Kind::Multiple => Kind::Multiple(given.option.iter().map(option).collect::<Built<_>>()?),
        source::Kind::YesNo => {
            Kind::YesNo(vec![plain("1", label(source.yes_label.as_ref(), YES)), plain("2", label(source.no_label.as_ref(), NO))])
        }
        source::Kind::Remark => Kind::Remark,
    })
}

fn step(source: &source::Step) -> Built<Choice> {
    let weight = source.weight.as_ref().map(|weight| whole(Some(weight), 0)).transpose()?;
    Ok(Choice { satisfied: source.satisfied, weight, ..choice(&source.code, words(&source.text)) })
}

fn option(source: &source::ItemOption) -> Built<Choice> {
    let weight = source.weight.as_ref().map(|weight| whole(Some(weight), 0)).transpose()?;
    Ok(Choice { write_in: source.write_in.value, weight, ..choice(&source.code, words(&source.text)) })
}

fn choice(code: &Code, text: Text) -> Choice {
    plain(&code.0.value, text)
}

fn plain(code: &str, text: Text) -> Choice {
    Choice { code: code.to_owned(), text, write_in: false, satisfied: false, weight: None }
}

/// A condition on an item that was asked before.
fn condition(source: Option<&ShowIf>, earlier: &[Item]) -> Built<Option<ShownWhen>> {
    let Some(ShowIf { item, any_of }) = source else { return Ok(None) };
    let missing = |what: &str| Unreadable::because(format!("a condition asks about `{what}`, which is not there before it"));
    let place = earlier.iter().position(|asked| asked.code == item.0.value);
    let (place, asked) = place.and_then(|place| Some((place, earlier.get(place)?))).ok_or_else(|| missing(&item.0.value))?;
    let option = |word: &str| asked.choices().iter().position(|choice| choice.code == word).ok_or_else(|| missing(word));
    let any_of = any_of.value.iter().map(|word| option(&word.value)).collect::<Built<_>>()?;
    Ok(Some(ShownWhen { item: place, any_of }))
}
