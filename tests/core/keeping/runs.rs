//! Random runs, by the thousand: `PAR_SURVEY_MODEL_STEPS=1000000` for the long form.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use super::figures::Figures;
use super::keys::{Keys, ROUNDS};
use super::rules::Rules;
use super::steps::Step;
use super::world::World;

/// Steps of the short form, and of one run before it is brought to its end.
const STEPS: usize = 20_000;
const OF_ONE_RUN: usize = 250;

/// What anybody outside knows without asking: which sheets were sent, and which rounds were marked.
#[derive(Debug, Clone)]
struct Outside {
    sent: Keys,
    marked: [bool; ROUNDS],
}

/// Respondents, operators and bad luck.
struct Reference;

impl ReferenceStateMachine for Reference {
    type State = Outside;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Outside> {
        Just(Outside { sent: Keys::NONE, marked: [false; ROUNDS] }).boxed()
    }

    fn transitions(_: &Outside) -> BoxedStrategy<Step> {
        any_step().boxed()
    }

    fn apply(mut state: Outside, step: &Step) -> Outside {
        match *step {
            Step::Send(_, key) => state.sent = state.sent | Keys::one(key),
            Step::Mark(round) => state.marked[round] = true,
            _ => {}
        }
        state
    }
}

/// The protocol with all its rules.
struct Protocol;

thread_local! {
    static TOTAL: Cell<Figures> = Cell::default();
}

impl StateMachineTest for Protocol {
    type SystemUnderTest = World;
    type Reference = Reference;

    fn init_test(_: &Outside) -> World {
        World::new(Rules::ALL)
    }

    fn apply(mut world: World, _: &Outside, step: Step) -> World {
        world.step(step);
        world
    }

    fn check_invariants(world: &World, outside: &Outside) {
        assert_eq!(world.broken_promise(), None);
        assert_eq!((world.sent, world.marked.map(|marked| marked.is_some())), (outside.sent, outside.marked));
    }

    fn teardown(mut world: World, _: Outside) {
        let steps = u64::from(world.now);
        assert_eq!(world.settle(), None);
        let figures = Figures { steps, ..world.figures };
        TOTAL.set(TOTAL.get().and(figures));
    }
}

fn any_step() -> impl Strategy<Value = Step> {
    any::<(u8, u8, u8)>().prop_map(|(kind, at, which)| Step::of(kind, at, which))
}

fn runs(cases: usize) -> Config {
    let cases = u32::try_from(cases).unwrap();
    Config { cases, failure_persistence: None, max_shrink_iters: 200_000, ..Config::default() }
}

#[test]
fn whatever_fails_a_sheet_that_was_thanked_for_counts_once() {
    let steps = std::env::var("PAR_SURVEY_MODEL_STEPS").map_or(STEPS, |steps| steps.parse().unwrap());
    let config = runs(steps.div_ceil(OF_ONE_RUN));
    let run = TestRunner::new(config.clone()).run(&Reference::sequential_strategy(OF_ONE_RUN), |(state, steps, seen)| {
        Protocol::test_sequential(config.clone(), state, steps, seen);
        Ok(())
    });
    println!("{}", TOTAL.get());
    if let Err(TestError::Fail(reason, (_, steps, _))) = run {
        panic!("{reason}\n{:?}", as_it_went(Rules::ALL, &steps));
    }
    assert!(run.is_ok() && TOTAL.get().closings > 0, "{run:?}");
}

/// The model can fail: with the driver's fault and nothing read back, as it was released, and with the second alone.
#[test]
fn chance_finds_the_loss_where_nothing_is_read_back() {
    let without = Rules { reads_back: false, ..Rules::ALL };
    let lost = |rules: Rules| hunt(|steps| walk(rules, steps).map(drop), "on no disk");
    assert!(lost(without));
    assert!(lost(Rules { closes_failed_connections: false, ..without }));
}

/// A connection that failed and is kept loses nothing as long as hashes are read back; but its instance never gets through.
#[test]
fn chance_finds_the_standstill_where_failed_connections_are_kept() {
    let without = Rules { closes_failed_connections: false, ..Rules::ALL };
    assert!(hunt(|steps| follow(without, steps), "does not get through"));
}

/// Whether chance, the same each time, finds a run in which something goes wrong in this way.
fn hunt(run: impl Fn(&[Step]) -> Result<(), String>, why: &str) -> bool {
    let config = Config { max_shrink_iters: 0, ..runs(5_000) };
    let chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let found = TestRunner::new_with_rng(config, chance).run(&prop::collection::vec(any_step(), 100..200), |steps| match run(&steps) {
        Err(what) if what.contains(why) => Err(TestCaseError::fail(what)),
        _ => Ok(()),
    });
    found.is_err()
}

/// A run with the steps that writers, mixers and starts really took.
fn as_it_went(rules: Rules, steps: &[Step]) -> Vec<Step> {
    let mut world = World::new(rules);
    let mut went = |step: &Step| {
        let next = world.next(*step);
        world.step(next);
        next
    };
    steps.iter().map(&mut went).collect()
}

/// Goes through a run and says which promise was broken.
pub(super) fn walk(rules: Rules, steps: &[Step]) -> Result<World, String> {
    let mut world = World::new(rules);
    for step in steps {
        world.step(*step);
        world.broken_promise().map_or(Ok(()), Err)?;
    }
    Ok(world)
}

/// The same, to its end.
pub(super) fn follow(rules: Rules, steps: &[Step]) -> Result<(), String> {
    walk(rules, steps)?.settle().map_or(Ok(()), Err)
}
