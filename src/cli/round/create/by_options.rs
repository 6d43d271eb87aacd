//! A round with one questionnaire, described by options.

use anyhow::Context;
use clap::Args;

use crate::import::round_file::{Asks, Described, Given};

/// What describes it, where no file does.
#[derive(Debug, Args)]
pub(super) struct ByOptions {
    /// Id of the round, part of addresses: 1 to 40 of a-z, 0-9, - and _
    #[arg(long, env = "PAR_SURVEY_ROUND_ID", conflicts_with = "file")]
    #[arg(requires_all = ["name_vi", "name_en", "year", "opens", "closes"])]
    id: Option<String>,
    /// Name in Vietnamese
    #[arg(long, env = "PAR_SURVEY_ROUND_NAME_VI", value_name = "NAME", conflicts_with = "file")]
    name_vi: Option<String>,
    /// Name in English
    #[arg(long, env = "PAR_SURVEY_ROUND_NAME_EN", value_name = "NAME", conflicts_with = "file")]
    name_en: Option<String>,
    /// The year that the round rates
    #[arg(long, env = "PAR_SURVEY_ROUND_YEAR", conflicts_with = "file")]
    year: Option<i64>,
    /// First day, or time of opening
    #[arg(long, env = "PAR_SURVEY_ROUND_OPENS", value_name = "DATE", conflicts_with = "file")]
    opens: Option<String>,
    /// Last day, or time of closing
    #[arg(long, env = "PAR_SURVEY_ROUND_CLOSES", value_name = "DATE", conflicts_with = "file")]
    closes: Option<String>,
    /// Id of the questionnaire; may be left out where there is a scheme
    #[arg(long, env = "PAR_SURVEY_ROUND_QUESTIONNAIRE", value_name = "ID", conflicts_with = "file")]
    questionnaire: Option<String>,
    /// Ask about all units of this block; may be repeated, or several joined by ","
    #[arg(long = "block", env = "PAR_SURVEY_ROUND_BLOCK", value_name = "BLOCK", value_delimiter = ',', conflicts_with = "file")]
    blocks: Vec<String>,
    /// Ask about this unit; may be repeated, or several joined by ","
    #[arg(long = "unit", env = "PAR_SURVEY_ROUND_UNIT", value_name = "CODE", value_delimiter = ',', conflicts_with = "file")]
    units: Vec<String>,
    /// Score and rank by this scheme; may be repeated, or several joined by ","
    #[arg(long = "scheme", env = "PAR_SURVEY_ROUND_SCHEME", value_name = "ID", value_delimiter = ',', conflicts_with = "file")]
    schemes: Vec<String>,
    /// Measure changes against this round instead of the last one before
    #[arg(long, env = "PAR_SURVEY_ROUND_PREVIOUS", value_name = "ID", conflicts_with = "file")]
    previous: Option<String>,
    /// The answers are made up; every page will say so
    #[arg(long, env = "PAR_SURVEY_ROUND_SYNTHETIC", conflicts_with = "file")]
    synthetic: bool,
}

impl ByOptions {
    /// The description.
    pub(super) fn described(&self) -> anyhow::Result<Described> {
        let Self { id, name_vi, name_en, year, opens, closes, questionnaire, blocks, units, schemes, previous, synthetic } = self;
        let text = |value: &Option<String>, option| {
            let value = value.clone().with_context(|| format!("{option} is missing"))?;
            Ok::<_, anyhow::Error>(Given::by_option(value, option))
        };
        let all = |values: &[String], option| values.iter().map(|value| Given::by_option(value.clone(), option)).collect();
        let asks = |id: &String| Asks {
            id: Given::by_option(id.clone(), "--questionnaire"),
            units: all(units, "--unit"),
            blocks: all(blocks, "--block"),
        };
        Ok(Described {
            id: text(id, "--id")?,
            name_vi: text(name_vi, "--name-vi")?,
            name_en: text(name_en, "--name-en")?,
            year: Given::by_option(year.context("--year is missing")?, "--year"),
            opens: text(opens, "--opens")?,
            closes: text(closes, "--closes")?,
            synthetic: *synthetic,
            organiser: None,
            questionnaires: questionnaire.iter().map(asks).collect(),
            schemes: all(schemes, "--scheme"),
            previous: previous.clone().map(|code| Given::by_option(code, "--previous")),
            steps: Vec::new(),
        })
    }
}
