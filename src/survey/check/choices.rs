//! Options of items and steps of scales.

use super::{NAMED_MAX, OPTIONS_MAX};
use crate::definition::diagnostic::{Flaw, FoundFaults, Many, Thing, shown};
use crate::definition::names::{Names, limit};
use crate::definition::source::{At, Code, Words};
use crate::definition::words::Languages;
use crate::survey::Choice;
use crate::survey::reading::NO_OPINION_CODE;
use crate::survey::source::{AttributeOption, ItemOption, Scale, Step};

/// Codes that an option cannot have: forms and import files use this one for "not applicable".
const RESERVED_OPTIONS: [&str; 1] = [NO_OPINION_CODE];

/// One option as the file has it, whatever table it stands in.
#[derive(Clone, Copy)]
pub(super) struct Draft<'s> {
    code: &'s Code,
    text: &'s Words,
    write_in: bool,
    satisfied: bool,
    weight: Option<&'s At<i64>>,
}

impl<'s> From<&'s AttributeOption> for Draft<'s> {
    fn from(AttributeOption { code, text }: &'s AttributeOption) -> Self {
        Self { code, text, write_in: false, satisfied: false, weight: None }
    }
}

impl<'s> From<&'s ItemOption> for Draft<'s> {
    fn from(ItemOption { code, text, write_in, weight }: &'s ItemOption) -> Self {
        Self { code, text, write_in: write_in.value, satisfied: false, weight: weight.as_ref() }
    }
}

impl<'s> From<&'s Step> for Draft<'s> {
    fn from(Step { code, text, satisfied, weight }: &'s Step) -> Self {
        Self { code, text, write_in: false, satisfied: *satisfied, weight: weight.as_ref() }
    }
}

/// Checks the options of something.
pub(super) fn choices<'s, D: Into<Draft<'s>>>(
    owner: &At<String>,
    options: impl IntoIterator<Item = D>,
    languages: &Languages,
    faults: &mut FoundFaults,
) -> Vec<Choice> {
    let drafts: Vec<Draft<'s>> = options.into_iter().map(Into::into).collect();
    let codes: Vec<&Code> = drafts.iter().map(|draft| draft.code).collect();
    Names::of(Thing::Option, &RESERVED_OPTIONS, codes.iter().copied(), faults);
    limit(&codes, OPTIONS_MAX, Many::Options, faults);
    if drafts.len() < 2 {
        faults.add(&owner.span, Flaw::FewOptions { owner: shown(&owner.value), count: drafts.len() });
    }
    // A hostile list is not copied into every item that uses it.
    let choice = |draft: Draft<'s>| Choice {
        code: draft.code.0.value.clone(),
        text: languages.text(draft.text, faults),
        write_in: draft.write_in,
        satisfied: draft.satisfied,
        weight: draft.weight.and_then(|weight| percent(weight, faults)),
    };
    drafts.into_iter().take(OPTIONS_MAX).map(choice).collect()
}

fn percent(At { value, span }: &At<i64>, faults: &mut FoundFaults) -> Option<u8> {
    let percent = u8::try_from(*value).ok().filter(|percent| *percent <= 100);
    if percent.is_none() {
        faults.add(span, Flaw::BadWeight { given: value.to_string() });
    }
    percent
}

/// Reports a second option with a field for own words: the form has one such field an item.
pub(super) fn one_write_in(options: &[ItemOption], faults: &mut FoundFaults) {
    for second in options.iter().filter(|option| option.write_in.value).skip(1) {
        faults.add(&second.write_in.span, Flaw::SecondWriteIn);
    }
}

/// The scales of a file.
pub(super) struct Scales {
    names: Names,
    list: Vec<CheckedScale>,
}

/// One scale.
pub(super) struct CheckedScale {
    /// Its id and where that stands.
    pub(super) id: Code,
    /// Its steps, lowest first.
    pub(super) steps: Vec<Choice>,
    used: bool,
}

impl Scales {
    /// Checks the scales.
    pub(super) fn read(source: &[Scale], languages: &Languages, faults: &mut FoundFaults) -> Self {
        let codes: Vec<&Code> = source.iter().map(|scale| &scale.id).collect();
        limit(&codes, NAMED_MAX, Many::Scales, faults);
        let names = Names::of(Thing::Scale, &[], codes, faults);
        let mut list = Vec::new();
        for Scale { id, option } in source {
            satisfied_last(option, faults);
            let steps = choices(&id.0, option, languages, faults);
            list.push(CheckedScale { id: id.clone(), steps, used: false });
        }
        Self { names, list }
    }

    /// The scale that an item names, which is used from now on.
    pub(super) fn take(&mut self, reference: &Code, faults: &mut FoundFaults) -> Option<&CheckedScale> {
        let place = self.names.resolve(reference, faults)?;
        let scale = self.list.get_mut(place)?;
        scale.used = true;
        Some(scale)
    }

    /// A scale by its id.
    pub(super) fn get(&self, id: &str) -> Option<&CheckedScale> {
        self.names.place(id).and_then(|place| self.list.get(place))
    }

    /// Notes that some item may have named any scale.
    pub(super) fn unclear(&mut self) {
        self.names.unclear();
    }

    /// Reports scales that no item names.
    pub(super) fn report_unused(&self, faults: &mut FoundFaults) {
        let unused = self.list.iter().enumerate().filter(|(place, scale)| !scale.used && self.names.knows(&scale.id, *place));
        for (_, scale) in unused {
            let At { value: id, span } = &scale.id.0;
            faults.add(span, Flaw::UnusedScale { scale: shown(id) });
        }
    }
}

/// Reports a satisfied step under one that is not: the steps stand upside down, or a line was forgotten.
fn satisfied_last(steps: &[Step], faults: &mut FoundFaults) {
    let first = steps.iter().position(|step| step.satisfied).unwrap_or(steps.len());
    for step in steps.iter().skip(first).filter(|step| !step.satisfied) {
        faults.add(&step.code.0.span, Flaw::SatisfiedBelow { given: shown(&step.code.0.value) });
    }
}
