//! Answers by URL: the network, the URL with its variables, the server, and whether what came may be believed.

use super::channel::{self, Channel};
use super::fetch::{self, Order, PAUSES};
use super::trust::trust;
use super::{Found, Search, Wishes, file, url};
use crate::bootnet::{self, Facts};
use crate::probe;
use firn_config::Problem;
use firn_image::cmdline::key;
use firn_words::{Text, say};
use serde_json::json;
use std::path::Path;

/// Asks for answers at `template`, a URL with variables.
///
/// # Errors
/// One sentence: why there are none.
pub fn find(
    template: &str,
    wishes: &Wishes,
    image: &Path,
    say: &mut dyn FnMut(&str),
) -> Result<Search, Problem> {
    let trust = trust(image)?;
    let failed = |text: Text| problem(template, text);
    let channel = Channel::of(template, wishes.sha256.is_some(), &trust).map_err(failed)?;
    channel
        .warnings()
        .iter()
        .for_each(|text| say(&format!("warning: {text}")));
    let facts = connect(wishes, say).map_err(failed)?;
    let url = url::expand(template, &facts).map_err(failed)?;
    say(&format!("firn: asking for answers at {url}"));
    let order = Order {
        url: &url,
        body: wishes.post.then(|| probed(&facts)),
        server: channel::server(&trust),
        sha256: wishes.sha256.as_deref(),
        keys: &trust.keys,
        pauses: PAUSES,
    };
    let fetched = fetch::fetch(&order, say).map_err(|text| problem(&url, text))?;
    let Some(bytes) = fetched else {
        return Ok(Search::NoneAt(url));
    };
    let text = file::text(&bytes, &url)?;
    Ok(Search::Found(Found {
        text,
        from: url,
        channel,
        disks: Vec::new(),
    }))
}

/// What is said where a file was needed and the server has none.
pub fn none(url: &str) -> Problem {
    problem(url, say!("answers-none"))
}

fn problem(url: &str, reason: Text) -> Problem {
    Problem::new(
        key::ANSWERS,
        say!("answers-fetch", url = url, reason = reason),
    )
}

/// Brings up the network; gives what tells this machine from others.
fn connect(wishes: &Wishes, say: &mut dyn FnMut(&str)) -> Result<Facts, Text> {
    say("firn: waiting for an address from the network");
    bootnet::start(wishes.vlan)
        .map_err(|e| say!("answers-network-failed", reason = e.to_string()))?;
    if !bootnet::wait(wishes.wait) {
        return Err(say!("answers-no-address", seconds = wishes.wait.as_secs()));
    }
    Ok(bootnet::facts(wishes.bootif.as_deref()))
}

/// This machine, for a server that chooses by it.
fn probed(facts: &Facts) -> String {
    let machine = json!({
        "version": 1,
        "mac": facts.mac,
        "uuid": facts.uuid,
        "serial": facts.serial,
        "product": facts.product,
        "machine": probe::machine_with_links(),
    });
    machine.to_string()
}
