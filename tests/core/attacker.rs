//! The attacker: whoever knows what is published and the rules, and tries to solve single respondents.

mod classes;
mod leaks;
mod world;
