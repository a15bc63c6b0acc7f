//! Whole sessions of key presses on recorded machines, and pictures of every page.

mod desk;
mod pages;
mod random;
mod recorded;
mod session;
mod walk;
