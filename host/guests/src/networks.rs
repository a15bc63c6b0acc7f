//! What NICs plug into.

use std::collections::BTreeMap;

/// The networks by name, each with its bridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Networks(BTreeMap<String, String>);

/// The network that every host has, which the host itself is on.
pub const HOST: &str = "host";

impl Default for Networks {
    fn default() -> Self {
        Self([(HOST.to_owned(), firn_config::BRIDGE.to_owned())].into())
    }
}

impl Networks {
    /// The bridge of a network.
    pub fn bridge(&self, network: &str) -> Option<&str> {
        self.0.get(network).map(String::as_str)
    }

    /// Names and bridges.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, bridge)| (name.as_str(), bridge.as_str()))
    }
}
