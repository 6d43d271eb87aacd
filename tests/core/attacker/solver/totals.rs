//! Totals over units: sheets of the round and of blocks, of groups and modes, and what respondents said about themselves.

use serde_json::Value;

use super::What;
use super::printed::{hold_share, number};
use super::reading::{MANY, Reading, Unit};
use super::sums::{Bounds, Unknown};

impl<'d> Reading<'d> {
    pub(super) fn totals(&mut self, units: &[Unit<'d>]) {
        let results = self.results;
        let round = self.total(number(&results["sheets"]), units.iter().map(|unit| unit.sheets));
        for block in results["blocks"].as_array().unwrap() {
            let inside = units.iter().filter(|unit| block["block"] == unit.block).map(|unit| unit.sheets);
            self.total(number(&block["sheets"]), inside);
        }
        for (place, total) in results["groups"].as_array().into_iter().flatten().enumerate() {
            let alone = units.iter().flat_map(|unit| &unit.sets).filter(|set| set.groups == [place]).map(|set| set.sheets);
            self.total(number(&total["sheets"]), alone);
        }
        self.modes(units);
        self.attributes(round);
    }

    /// A printed total of numbers; none of nothing.
    fn total(&mut self, printed: Option<Bounds>, parts: impl Iterator<Item = Unknown>) -> Option<Unknown> {
        let total = self.sums.unknown(printed?);
        self.sums.adds_up(total, parts);
        Some(total)
    }

    /// Sheets by mode. In format 1 totals were of all units, since then they are of those that print theirs.
    fn modes(&mut self, units: &[Unit<'d>]) {
        let totals = self.results["modes"].as_array().unwrap();
        let mut rows: Vec<Vec<Unknown>> = Vec::new();
        for unit in units {
            let modes = &unit.figures["modes"];
            let most = self.bounds(unit.sheets).1;
            let row: Vec<Unknown> = (0..totals.len()).map(|mode| self.sums.unknown(number(&modes[mode]).unwrap_or((0, most)))).collect();
            self.sums.adds_up(unit.sheets, row.iter().copied());
            if modes.is_null() {
                self.hidden_beside_each_other(&format!("{}/modes", unit.code), &row);
            }
            rows.extend((self.counts_hidden || !modes.is_null()).then_some(row));
        }
        for (mode, total) in totals.iter().enumerate() {
            self.total(number(&total["sheets"]), rows.iter().map(|row| row[mode]));
        }
    }

    /// What respondents of the round said about themselves.
    fn attributes(&mut self, round: Option<Unknown>) {
        let Some(round) = round else { return };
        for attribute in self.results["attributes"].as_array().unwrap() {
            let item = self.questionnaire.items.iter().find(|item| attribute["code"] == item.code.as_str()).unwrap();
            let shares: Vec<&Value> = attribute["options"].as_array().unwrap().iter().chain([&attribute["no_answer"]]).collect();
            let cells: Vec<Unknown> = shares.iter().map(|_| self.sums.unknown((0, MANY))).collect();
            if item.is_multiple() {
                for cell in &cells {
                    self.sums.at_least(&[(round, 1), (*cell, -1)], 0);
                }
            } else {
                self.sums.adds_up(round, cells.iter().copied());
            }
            for (share, cell) in shares.iter().zip(&cells) {
                if share.is_null() {
                    self.protect(&format!("{}/said", item.code), What::Number(*cell));
                } else {
                    hold_share(&mut self.sums, share, *cell, round);
                }
            }
        }
    }
}
