//! What the wizard's pages do beside installing: try the network, make a NIC blink, fetch keys, set the clock, save the answers.
//! No terminal code: everything takes plain data and gives plain data or a sentence.

pub mod blink;
pub mod clock;
pub mod network_test;
pub mod save_answers;
pub mod ssh_keys;
