//! The pure core: definitions that must fail, worked cases, laws, and the tidiness of the house.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test stops where it fails, and one rewrites its table when told so")]

mod definitions;
mod laws;
mod sample;
mod scoring;
mod tidy;
