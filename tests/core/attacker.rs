//! The attacker: whoever knows what is published and the rules, and tries to solve single respondents.

mod asked;
mod classes;
mod found;
mod leaks;
mod named;
pub(crate) mod solver;
mod world;
