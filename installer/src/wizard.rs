//! The wizard: the questions of an installation on one console, then its progress.
//!
//! Elm style. [`model::Model`] is plain data, each page of [`pages::Pages`] has what only it must know, [`update::update`] takes a
//! message in and says what is to be done, [`view::view`] draws. Only `run` and `backends` touch the world; what takes long runs on a
//! thread and comes back as a message.

mod ask;
mod backends;
mod behaviour;
mod catalog;
mod control;
mod demo;
mod desk;
mod installer;
mod message;
mod model;
mod page;
mod pages;
mod run;
mod strength;
mod task;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use installer::{play, serve};
