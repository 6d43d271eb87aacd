//! `par-survey round open`.

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::super::options::{DatabaseOptions, DefinitionsOptions, KeysOptions, LetterboxOptions, OffsetOptions};
use super::super::output;
use super::super::seal::{Drawn, Near, SealOptions};
use crate::catalogue::{self, Catalogue, Definition};
use crate::clock;
use crate::import::round_file::Register;
use crate::round::window::Window;
use crate::round::{Round, RoundState};
use crate::store::fault::FaultKind;
use crate::store::rounds::{Asked, Text};
use crate::store::scores::KeptScheme;
use crate::store::units::Registered;
use crate::store::{Store, StoreError};

/// Open a draft, with the exact text of its questionnaires
///
/// Answers are sealed until the round is closed. The private key that then opens them is made here, and nowhere kept but where you say:
/// in a file (--seal-key) or in shares (--trustees). Losing it loses every answer. Whoever has it and the data can read answers while the round
/// is open, so that it has to lie elsewhere. Its fingerprint is printed here, on every share and by `serve`. A round that asks no questionnaire
/// needs none.
///
/// The round keeps the definitions as they are now; what is edited later changes nothing of it. Forms are shown from the first to the last
/// moment of the window; a form that was opened in time is taken until `round close`.
///
/// Refused when a definition is missing or the folder has a fault, when a questionnaire has no unit or one that does not exist in the
/// window, and when the window is over.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey round open 2026 --seal-key /media/stick/2026.key
  par-survey round open 2026 --trustees 2-of-3
  par-survey round open 2026 --trustees 2-of-3 --pages /media/stick/2026")]
pub(crate) struct OpenOptions {
    /// Id of the round
    round: String,
    #[command(flatten)]
    seal: SealOptions,
    #[command(flatten)]
    definitions: DefinitionsOptions,
    #[command(flatten)]
    offset: OffsetOptions,
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    letterbox: LetterboxOptions,
    #[command(flatten)]
    keys: KeysOptions,
}

pub(crate) async fn run(options: &OpenOptions) -> anyhow::Result<()> {
    let OpenOptions { round, seal, definitions, offset, database, letterbox, keys } = options;
    let offset = offset.utc_offset;
    let store = database.open().await?;
    let round = store.round(round).await?;
    ensure!(round.state == RoundState::Draft, "round `{}` is {}; only a draft can be opened", round.code, round.state);
    check_window(&round, &offset.closing(round.closes_at))?;
    let asked = store.asked(round.id).await?;
    let schemes = store.schemes(round.id).await?;
    ensure!(!asked.is_empty() || !schemes.is_empty(), "round `{}` asks no questionnaire and has no scheme; create it anew", round.code);
    let register = store.units().await?;
    for asked in &asked {
        check_units(asked, &register, Window::new(round.opens_at, round.closes_at, offset))?;
    }
    let found = catalogue::read_folder(&definitions.definitions)?;
    let texts: Vec<Text<'_>> = asked.iter().map(|asked| text(asked, &found.definitions)).collect::<anyhow::Result<_>>()?;
    let schemes: Vec<Text<'_>> = schemes.iter().map(|kept| scheme(kept, &round, &register, &found)).collect::<anyhow::Result<_>>()?;
    let unasked = check_schemes(&schemes, &round, &asked, &found)?;
    let planned = (!asked.is_empty()).then(|| seal.plan(&round.code, &Near::of(database, letterbox, keys))).transpose()?;
    let drawn = planned.map(|planned| planned.draw(&round)).transpose()?;
    if let Err(error) = store.open_round(&round, &texts, &schemes, drawn.as_ref().map(|drawn| &drawn.seal)).await {
        return Err(not_sealed(&store, &round, drawn.as_ref(), error).await);
    }
    for note in unasked.into_iter().chain(drawn.as_ref().map(|drawn| drawn.said.clone())) {
        output::print(&note)?;
    }
    let sealed = drawn.map(|drawn| format!("; sealed to fingerprint {}", drawn.seal.public.fingerprint())).unwrap_or_default();
    output::print(&format!(
        "opened round {}: {} to {}{sealed}",
        round.code,
        offset.opening(round.opens_at),
        offset.closing(round.closes_at)
    ))
}

/// A key is removed only when nothing can be sealed to it: after some failures it is not certain whether the round has its seal, and a key that
/// was removed too early is every answer lost.
pub(super) async fn not_sealed(store: &Store, round: &Round, drawn: Option<&Drawn>, error: StoreError) -> anyhow::Error {
    let Some(drawn) = drawn else { return error.into() };
    let refused = matches!(error, StoreError::Refused(_)) || error.kind() == Some(FaultKind::Busy);
    let unopened = store.seal(round.id).await.is_ok_and(|seal| seal.is_none_or(|seal| seal.public != drawn.seal.public));
    drawn.undo(&round.code, refused && unopened, error.into())
}

fn check_window(round: &Round, closes: &str) -> anyhow::Result<()> {
    ensure!(round.opens_at < round.closes_at, "round `{}` would close before it opens; create it anew", round.code);
    let hint = format!("`par-survey round extend {} --closes DATE` moves its end", round.code);
    ensure!(round.closes_at > clock::now(), "the window of round `{}` is over since {closes}; {hint}", round.code);
    Ok(())
}

fn check_units(asked: &Asked, register: &[Registered], window: Window) -> anyhow::Result<()> {
    ensure!(!asked.units.is_empty(), "questionnaire `{}` asks about no unit; create the round anew with some", asked.code);
    let by_code = Register::new(register);
    let refused = register.iter().filter(|unit| asked.units.contains(&unit.id)).filter_map(|unit| by_code.refusal(&unit.unit, window));
    let refused: Vec<String> = refused.collect();
    if !refused.is_empty() {
        bail!("questionnaire `{}` cannot ask about all its units; create the round anew:\n  {}", asked.code, refused.join("\n  "));
    }
    Ok(())
}

fn text<'d>(asked: &Asked, found: &'d [Definition]) -> anyhow::Result<Text<'d>> {
    let missing = || format!("there is no questionnaire `{}` among the definitions; --definitions names their folder", asked.code);
    let definition = found.iter().find(|definition| definition.questionnaire.id == asked.code).with_context(missing)?;
    Ok(Text { code: &definition.questionnaire.id, text: &definition.text, sha256: &definition.sha256 })
}

/// A scheme that applies to some units of the register in the round's year.
fn scheme<'d>(kept: &KeptScheme, round: &Round, register: &[Registered], found: &'d Catalogue) -> anyhow::Result<Text<'d>> {
    let missing = || format!("there is no scheme `{}` among the definitions; --definitions names their folder", kept.code);
    let definition = found.schemes.iter().find(|definition| definition.scheme.id == kept.code).with_context(missing)?;
    let blocks = definition.scheme.block_codes(round.year);
    let some = register.iter().any(|row| blocks.contains(&row.unit.block.as_str()));
    ensure!(some, "scheme `{}` applies to {} in {}, but the register has no unit there", kept.code, blocks.join(", "), round.year);
    Ok(Text { code: &definition.scheme.id, text: &definition.text, sha256: &definition.sha256 })
}

/// Two schemes cannot score the same block. What a scheme takes from questionnaires that the round does not ask is said, not refused: the
/// scheme says what then happens.
fn check_schemes(texts: &[Text<'_>], round: &Round, asked: &[Asked], found: &Catalogue) -> anyhow::Result<Vec<String>> {
    let schemes: Vec<_> = found
        .schemes
        .iter()
        .map(|definition| &definition.scheme)
        .filter(|scheme| texts.iter().any(|text| text.code == scheme.id))
        .collect();
    let mut blocks: Vec<(&str, &str)> = Vec::new();
    let mut notes = Vec::new();
    for scheme in schemes {
        for block in scheme.block_codes(round.year) {
            if let Some((_, other)) = blocks.iter().find(|(known, _)| *known == block) {
                bail!("the schemes `{other}` and `{}` both score the block `{block}` in {}; name one of them", scheme.id, round.year);
            }
            blocks.push((block, &scheme.id));
        }
        let missing = scheme.questionnaires().into_iter().filter(|id| !asked.iter().any(|asked| asked.code == *id));
        notes.extend(missing.map(|id| format!("scheme `{}` takes points from `{id}`, which this round does not ask", scheme.id)));
    }
    Ok(notes)
}
