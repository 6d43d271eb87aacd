//! From the text of a definition file to a checked questionnaire: every fault at once, or none.
//!
//! Four steps: the text is parsed as TOML, its shape is compared with the schema (`definition::shape`), it is read into the types
//! of [`super::source`], and the meaning is checked while the [`Questionnaire`] is built. What is faulty is replaced on the way
//! by something harmless, so that the rest can still be checked; a questionnaire is only handed out when nothing was.

mod choices;
mod index;
mod items;
mod rating;
mod routing;

use super::codebook::OPTIONS_MAX;
use super::source::Source;
use super::{FLOOR, Questionnaire, schema};
use crate::definition::VERSION_MAX;
use crate::definition::diagnostic::{Diagnostic, Flaw, FoundFaults, Thing};
use crate::definition::names::Names;
use crate::definition::reading::read;
use crate::definition::source::At;
use crate::definition::words::{self, Languages};
use crate::unit::RESERVED_IDS;
use choices::Scales;
use index::IndexTree;
use items::AskedItem;

/// Most items and attributes of a questionnaire: the longest official form has 84.
pub const ITEMS_MAX: usize = 300;
/// Most parts; a form says "part 2 of 5", and nobody wants to read "of 51".
pub const PARTS_MAX: usize = 50;
/// Most scales, factors or contents: 300 items ÷ 3 items a factor.
pub const NAMED_MAX: usize = 100;
/// Highest least number of sheets that makes sense; national surveys have 36,525 sheets in all.
pub const LEAST_SHEETS_MAX: u32 = 100_000;

/// Checks the text of a definition file that comes in; what was accepted once is read by [`super::kept::read`].
///
/// # Errors
/// All faults of the file, in the order of their places (the first 100 of them).
pub fn check(file_name: &str, text: &str) -> Result<Questionnaire, Vec<Diagnostic>> {
    let mut faults = FoundFaults::new(file_name, text);
    let made = read(text, &schema::QUESTIONNAIRE, &mut faults).map(|source| questionnaire(&source, &mut faults));
    let found = faults.finish();
    made.filter(|_| found.is_empty()).ok_or(found)
}

/// Builds the questionnaire and reports every fault of meaning.
fn questionnaire(source: &Source, faults: &mut FoundFaults) -> Questionnaire {
    let languages = Languages::read(&source.languages, faults);
    let mut ids = Names::new(Thing::Questionnaire, &RESERVED_IDS);
    ids.claim(&source.id, faults);
    let version = words::plain(&source.version, VERSION_MAX, Some("version"), faults);
    let title = languages.text(&source.title, faults);
    let introduction = source.introduction.as_ref().map(|words| languages.text(words, faults));
    let mut scales = Scales::read(&source.scale, &languages, faults);
    let mut tree = IndexTree::read(source, &languages, faults);
    let AskedItem { parts, items } = items::read(source, &languages, &mut scales, &mut tree, faults);
    scales.report_unused(faults);
    let index = tree.rule(source, &items, &scales, faults);
    let rating = rating::read(source, &items, &languages, faults);
    let offered = items.iter().any(|item| item.no_opinion);
    let own = [("vi", "Không biết / không áp dụng"), ("en", "Don't know / not applicable")];
    let no_opinion_label = languages.label("no_opinion_label", source.no_opinion_label.as_ref(), own, offered, faults);
    Questionnaire {
        id: source.id.0.value.clone(),
        version,
        languages: languages.into_list(),
        audience: source.audience,
        requires_code: source.requires_code || rating.is_some(),
        title,
        introduction,
        no_opinion_label,
        contents: tree.contents,
        factors: tree.factors,
        parts,
        items,
        index,
        rating,
        least_sheets: least_sheets(source.least_sheets.as_ref(), faults),
    }
}

fn least_sheets(given: Option<&At<i64>>, faults: &mut FoundFaults) -> u32 {
    let Some(given) = given else { return FLOOR };
    let number = u32::try_from(given.value).ok().filter(|number| (FLOOR..=LEAST_SHEETS_MAX).contains(number));
    number.unwrap_or_else(|| {
        faults.add(&given.span, Flaw::BadLeastSheets { given: given.value.to_string() });
        FLOOR
    })
}
