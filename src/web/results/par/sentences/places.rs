//! Where the fields of a unit stand: at their maximum, near it, high or low in the block. Each field is named in one sentence.

use super::super::view::{BlockView, list};
use super::inside::inside;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{Direction, FieldPlace, MoveCause, NEAR_PERCENT, Standing, Third};

/// The fields of a unit, as sentences speak of them.
pub(super) struct Fields<'v> {
    view: &'v BlockView<'v>,
    standing: &'v Standing,
    cause: &'v MoveCause,
    /// The best rank first.
    places: Vec<FieldPlace>,
    /// Fields that have an index.
    all: usize,
}

impl<'v> Fields<'v> {
    pub(super) fn of(view: &'v BlockView<'v>, standing: &'v Standing, cause: &'v MoveCause, places: Vec<FieldPlace>) -> Self {
        let all = standing.fields.iter().filter(|field| field.index.is_some()).count();
        Self { view, standing, cause, places, all }
    }

    /// What a rise or a fall asks for; of a unit by itself, everything.
    pub(super) fn said(&self, direction: Direction) -> Vec<String> {
        let sentences = match direction {
            Direction::Up => self.risen(),
            Direction::Down => self.fallen(),
            Direction::Level => self.everything(),
        };
        sentences.into_iter().flatten().collect()
    }

    /// What is high, then the span of the others.
    fn risen(&self) -> Vec<Option<String>> {
        let high = self.high();
        let rest = self.places_of_all().filter(|field| !high.contains(field)).collect::<Vec<_>>();
        vec![self.full(), self.almost(), self.near(), self.top(&high), self.rest(&rest)]
    }

    /// What is low, then the best, which is out of the top third where there is nothing better.
    fn fallen(&self) -> Vec<Option<String>> {
        let best = self.best();
        let [lowest, low] = self.low(|field| !best.contains(&field));
        vec![lowest, low, self.best_of(&best)]
    }

    fn everything(&self) -> Vec<Option<String>> {
        let [lowest, low] = self.low(|field| !self.is_near(field));
        vec![self.full(), self.almost(), self.near(), self.top(&self.high()), lowest, low]
    }

    fn places_of_all(&self) -> impl Iterator<Item = usize> {
        let fields = self.standing.fields.iter().enumerate();
        fields.filter(|(_, field)| field.index.is_some()).map(|(place, _)| place)
    }

    fn place(&self, field: usize) -> Option<&FieldPlace> {
        self.places.iter().find(|place| place.field == field)
    }

    fn index(&self, field: usize) -> Held {
        self.standing.fields.get(field).and_then(|field| field.index).unwrap_or_default()
    }

    /// Whether a field was named for how near its maximum it is.
    fn is_near(&self, field: usize) -> bool {
        [&self.cause.full, &self.cause.almost, &self.cause.near].iter().any(|fields| fields.contains(&field))
    }

    /// Fields that are near their maximum or in the top third, the best rank first. Who shares the last rank is in no top third.
    fn high(&self) -> Vec<usize> {
        let is_top = |place: &&FieldPlace| place.third == Third::Top && !place.is_last;
        let top = self.places.iter().filter(is_top).map(|place| place.field).filter(|field| !self.is_near(*field));
        let near = self.places_of_all().filter(|field| self.is_near(*field));
        top.chain(near).collect()
    }

    fn full(&self) -> Option<String> {
        self.counted("par-fields-full", &self.cause.full, |field| inside(self.view.field(field)))
    }

    fn almost(&self) -> Option<String> {
        self.counted("par-fields-almost", &self.cause.almost, |field| inside(self.view.field(field)))
    }

    /// Fields near their maximum with their indices and ranks, the best rank first.
    fn near(&self) -> Option<String> {
        let ranked = self.places.iter().map(|place| place.field).filter(|field| self.cause.near.contains(field));
        let others = self.cause.near.iter().copied().filter(|field| self.place(*field).is_none());
        let near: Vec<usize> = ranked.chain(others).collect();
        self.counted("par-fields-near", &near, |field| self.item(field, &near))
    }

    /// Fields in the top third that are not near their maximum.
    fn top(&self, high: &[usize]) -> Option<String> {
        let fields: Vec<usize> = high.iter().copied().filter(|field| !self.is_near(*field)).collect();
        self.counted("par-fields-top", &fields, |field| self.item(field, &fields))
    }

    /// From where to where the fields reach that nothing else was said of, and whether all of them rose.
    fn rest(&self, fields: &[usize]) -> Option<String> {
        let words = self.view.words;
        let indices = || fields.iter().map(|field| self.index(*field));
        let (low, high) = (self.view.percent(indices().min()?), self.view.percent(indices().max()?));
        let reach = if low == high { "par-reach-one" } else { "par-reach-span" };
        let reach = words.with(reach, [("low", &low), ("high", &high)]);
        let higher = fields.iter().filter(|field| self.cause.rose.contains(field)).count();
        let which = match (fields.len(), higher) {
            (1, 0) => "one",
            (1, _) => "one-higher",
            (_, 0) => "none",
            (n, higher) if n == higher => "all",
            _ => "some",
        };
        let (n, higher, year) = (fields.len().to_string(), higher.to_string(), self.view.previous().unwrap_or_default());
        let key = if fields.len() == self.all { "par-fields-reach" } else { "par-fields-rest" };
        Some(words.with(key, [("n", &n), ("which", which), ("higher", &higher), ("year", &year), ("reach", &reach)]))
    }

    /// The fields with the best rank, however low that is; nothing where a unit is last in all of them.
    fn best(&self) -> Vec<usize> {
        let places = self.places.iter().filter(|place| !place.is_last);
        let best = places.clone().map(|place| place.rank).min();
        places.filter(|place| Some(place.rank) == best).map(|place| place.field).collect()
    }

    fn best_of(&self, best: &[usize]) -> Option<String> {
        let place = self.place(*best.first()?)?;
        let which = match (place.rank, place.third) {
            (1, _) => "first",
            (_, Third::Bottom) => "only",
            (_, Third::Middle) if place.has_thirds => "only",
            _ => "top",
        };
        let names: Vec<String> = best.iter().map(|field| inside(self.view.field(*field))).collect();
        let values = [("which", which), ("fields", &list(self.view.words, &names)), ("rank", &place.rank.to_string())];
        Some(self.view.words.with("par-fields-best", values))
    }

    /// Fields in which no unit is lower, and others that are out of the top third; one alone in which no unit is lower stands among them.
    fn low(&self, wanted: impl Fn(usize) -> bool) -> [Option<String>; 2] {
        let low = self.places.iter().filter(|place| (place.is_last || place.third != Third::Top) && wanted(place.field));
        let (last, others): (Vec<FieldPlace>, Vec<FieldPlace>) = low.partition(|place| place.is_last);
        if let ([last], [_, ..]) = (last.as_slice(), others.as_slice()) {
            return [None, self.lower(&[others, vec![*last]].concat())];
        }
        let fields: Vec<usize> = last.iter().map(|place| place.field).collect();
        [self.counted("par-fields-lowest", &fields, |field| inside(self.view.field(field))), self.lower(&others)]
    }

    /// Fields by their ranks, each rank once.
    fn lower(&self, low: &[FieldPlace]) -> Option<String> {
        let words = self.view.words;
        let mut ranks: Vec<u32> = low.iter().map(|place| place.rank).collect();
        ranks.dedup();
        let group = |rank: &u32| {
            let places: Vec<&FieldPlace> = low.iter().filter(|place| place.rank == *rank).collect();
            let names: Vec<String> = places.iter().map(|place| inside(self.view.field(place.field))).collect();
            let last = if places.iter().all(|place| place.is_last) { "yes" } else { "no" };
            let (rank, names) = (rank.to_string(), list(words, &names));
            if ranks.len() == 1 { names } else { words.with("par-rank-group", [("rank", &rank), ("last", last), ("fields", &names)]) }
        };
        let groups: Vec<String> = ranks.iter().map(group).collect();
        let fields: Vec<usize> = low.iter().map(|place| place.field).collect();
        self.sentence("par-fields-low", &fields, &groups.join("; "))
    }

    /// A field with its index, and with its rank where that is not said of all.
    fn item(&self, field: usize, of: &[usize]) -> String {
        let words = self.view.words;
        let rank = self.place(field).filter(|_| self.ranks_of(of).len() > 1).map(|place| {
            let which = match place {
                FieldPlace { rank: 1, .. } => "first",
                FieldPlace { is_last: true, .. } => "last",
                _ => "other",
            };
            words.with("par-rank-in-field", [("which", which), ("rank", &place.rank.to_string())])
        });
        let said: Vec<String> = [Some(self.view.percent(self.index(field))), rank].into_iter().flatten().collect();
        words.with("par-field-at", [("field", &inside(self.view.field(field))), ("index", &said.join(", "))])
    }

    /// "2 of 7 fields …: A and B."; nothing where there are none.
    fn counted(&self, key: &str, fields: &[usize], said: impl Fn(usize) -> String) -> Option<String> {
        let names: Vec<String> = fields.iter().map(|field| said(*field)).collect();
        self.sentence(key, fields, &list(self.view.words, &names))
    }

    fn sentence(&self, key: &str, fields: &[usize], names: &str) -> Option<String> {
        let words = self.view.words;
        let (near, whole) = (words.percent(&NEAR_PERCENT.to_string()), words.percent("100"));
        let (n, all) = (fields.len().to_string(), self.all.to_string());
        let (ranks, thirds) = (self.ranks(fields), self.thirds(fields));
        let counted = [("n", n.as_str()), ("all", &all), ("fields", names), ("near", &near), ("whole", &whole)];
        let [n, all, names, near, whole] = counted;
        (!fields.is_empty()).then(|| words.with(key, [n, all, names, near, whole, ("ranks", &ranks), ("thirds", thirds)]))
    }

    /// Ranks of fields, each once, the best first.
    fn ranks_of(&self, fields: &[usize]) -> Vec<u32> {
        let mut ranks: Vec<u32> = fields.iter().filter_map(|field| Some(self.place(*field)?.rank)).collect();
        ranks.sort_unstable();
        ranks.dedup();
        ranks
    }

    /// "ranked 1 and 2 in the block", "ranked 9 to 14 in the block".
    fn ranks(&self, fields: &[usize]) -> String {
        // What only some of them have is not said of all.
        let ranks = if fields.iter().all(|field| self.place(*field).is_some()) { self.ranks_of(fields) } else { Vec::new() };
        let (first, last) = (ranks.first().copied().unwrap_or_default(), ranks.last().copied().unwrap_or_default());
        let key = match ranks.as_slice() {
            [] => return "none".to_owned(),
            [1] => "par-ranks-first",
            [_] => "par-ranks-one",
            [_, _] => "par-ranks-two",
            _ => "par-ranks-span",
        };
        self.view.words.with(key, [("first", &first.to_string()), ("last", &last.to_string())])
    }

    /// The thirds that fields lie in, by their names; nothing of a block that is too small for names.
    fn thirds(&self, fields: &[usize]) -> &'static str {
        let places: Vec<&FieldPlace> = fields.iter().filter_map(|field| self.place(*field)).collect();
        if places.iter().any(|place| !place.has_thirds) {
            return "none";
        }
        let is_in = |third: Third| places.iter().any(|place| place.third == third);
        match [Third::Top, Third::Middle, Third::Bottom].map(is_in) {
            [true, false, false] => "top",
            [false, true, false] => "middle",
            [false, false, true] => "bottom",
            [false, true, true] => "low",
            _ => "none",
        }
    }
}
