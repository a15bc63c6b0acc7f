//! Starting over networks of our own.

mod loaders;
mod site;

pub use loaders::run as loaders;
