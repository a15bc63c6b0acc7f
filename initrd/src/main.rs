//! The first program of the initrd. It finds the image (on a medium, in a slot or on a web server), puts the root
//! together (`root.squashfs` read-only, `/etc` an overlay, the rest on state) and hands over to systemd.
//!
//! Read in this order: [`options`] (what the kernel command line asks for), [`medium`], [`slot`] and [`net`]
//! (the ways to find the image), [`state`] (what is writable), [`switch`] (the hand-over). At the very end [`shutdown`] unmounts what
//! was mounted here, and [`guard`] ends a machine whose medium is gone. Under the name [`net::HOOK`] the program takes down what a DHCP client has learned.

mod carrier;
mod console;
mod devices;
mod filesystem;
mod guard;
mod local_drivers;
mod loopdev;
mod manifest;
mod medium;
mod modules;
mod mounts;
mod net;
mod options;
mod place;
mod reread;
mod run;
mod shutdown;
mod slot;
mod slow;
mod state;
mod switch;
mod wwn;

use anyhow::{Context, Result};
use firn_image::run::{IMAGE, SLOT};
use options::{Options, Source};
use std::convert::Infallible;
use std::time::Duration;

/// Where the new root is put together.
const SYSROOT: &str = "/sysroot";
/// A machine that starts over the network is one of many, and nobody stands before it. Its server may be back after so long.
const ANEW: Duration = Duration::from_secs(60);

fn main() {
    // The kernel hands over words of its command line that it does not know, whatever their bytes are.
    let mut words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    let name = words.next().unwrap_or_default();
    if name.ends_with(net::HOOK) {
        return net::keep_lease();
    }
    let Err(error) = if name.ends_with(shutdown::PROGRAM) {
        match words.next().unwrap_or_default() {
            verb if verb == guard::VERB => return guard(),
            verb => shutdown::run(&verb),
        }
    } else {
        start()
    };
    console::stop(&format!("{error:#}"), None);
}

/// A guard that cannot guard says so to systemd's journal; the machine then ends as systemd can.
fn guard() {
    let Err(error) = guard::run();
    eprintln!("error: {error:#}");
    std::process::exit(1);
}

/// Everything up to the hand-over; it only comes back with an error.
fn start() -> Result<Infallible> {
    mounts::kernel_file_systems()?;
    let text = firn_visible::read_text("/proc/cmdline").context("reading /proc/cmdline")?;
    let options = Options::parse(&text)?;
    local_drivers::load();
    console::say("Firn: looking for the image");
    match &options.source {
        Source::Medium { image } => from_medium(image, &options)?,
        Source::Slot { slot, state } => from_slot(slot, state, &options)?,
        Source::Net(net) => from_net(net, &options)
            .unwrap_or_else(|error| console::stop(&format!("{error:#}"), Some(ANEW))),
    }
    if let Err(error) = shutdown::keep() {
        console::say(&format!("Firn: the shutdown will be less tidy: {error:#}"));
    }
    console::say("Firn: starting");
    switch::to_new_root(SYSROOT)
}

/// The installer: the image lies on a CD, a stick or a virtual medium, and nothing written survives.
fn from_medium(image: &str, options: &Options) -> Result<()> {
    medium::find_and_mount(image, options.wait)?;
    installer()
}

/// The same with an image that comes over the network, into memory.
fn from_net(net: &options::Net, options: &Options) -> Result<()> {
    net::fetch(net, options.wait)?;
    installer()
}

fn installer() -> Result<()> {
    mounts::image(IMAGE, SYSROOT)?;
    state::volatile(SYSROOT)
}

/// The installed host: the image lies in a slot, the state in the volume group on the same disk.
fn from_slot(slot: &str, state: &str, options: &Options) -> Result<()> {
    let found = slot::find_and_mount(slot, options.wait)?;
    mounts::image(SLOT, SYSROOT)?;
    state::activate(&found.lvm, state)?;
    state::persistent(SYSROOT)
}
