//! The attacker: whoever knows what is published and the rules, and tries to solve single respondents.

mod asked;
mod classes;
mod found;
mod further;
mod leaks;
mod named;
mod routes;
pub(crate) mod solver;
mod world;
