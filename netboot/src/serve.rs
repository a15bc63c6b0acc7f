//! `firn-netboot serve`: starts the parts, and ends them.

use crate::answers::Folder;
use crate::dnsmasq::{Dnsmasq, Mode};
use crate::http::{self, App, router};
use crate::journal::Journal;
use crate::network::{Interface, foreign, ports, range};
use crate::options::{ServeArgs, WhatArgs};
use crate::plain;
use crate::screen;
use crate::site::{Settings, Site};
use crate::state::{self, State};
use anyhow::{Context, Result, bail};
use firn_image::file;
use std::io::IsTerminal;
use std::net::{Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Files of the image without which a folder is no netboot folder.
const NEEDED: [&str; 3] = [file::MANIFEST, file::KERNEL, file::NETBOOT_INITRD];

/// Serves until somebody ends it.
///
/// # Errors
/// When something is missing or in the way: one sentence with what to do.
pub async fn serve(args: ServeArgs) -> Result<()> {
    let mut settings = settings(&args)?;
    let network = network(&args.what)?;
    let listener = listen(settings.port).await?;
    // With port 0 the system has chosen one.
    settings.port = listener.local_addr().context("opening the port")?.port();
    let state = State::read(&settings.state)?;
    let journal = Journal::open(args.what.log.as_deref())?;
    let site: App = Arc::new(Site::new(settings, state, journal));
    let dnsmasq = match (&network, &args.tools) {
        (Some((interface, mode)), Some(tools)) => {
            Some(Dnsmasq::start(tools, interface, *mode, &site)?)
        }
        _ => None,
    };
    let title = title(&site.settings, network.as_ref());
    let router = router(Arc::clone(&site));
    let result = tokio::select! {
        () = http::serve(listener, router) => Ok(()),
        ended = follow(dnsmasq, Arc::clone(&site)) => ended,
        ended = table(Arc::clone(&site), title) => ended,
        ended = ended() => ended,
    };
    if std::io::stdout().is_terminal() {
        screen::restore();
    }
    result
}

/// The live table where both ends of it are a terminal, else lines.
async fn table(site: App, title: String) -> Result<()> {
    if std::io::stdout().is_terminal() && std::io::stdin().is_terminal() {
        return screen::show(site, title).await;
    }
    println!("{title}; Ctrl-C ends it");
    plain::listen(Arc::clone(&site));
    plain::show(site).await;
    Ok(())
}

/// Where and how is served, in a line that fits on a screen of 80 columns.
fn title(settings: &Settings, network: Option<&(Interface, Mode)>) -> String {
    let how = match network {
        Some((interface, Mode::Proxy)) => format!(" on {}, beside its DHCP server", interface.name),
        Some((interface, Mode::Full(None))) => format!(" on {}, its DHCPv6 server", interface.name),
        Some((interface, Mode::Full(Some(range)))) => format!(
            " on {}, its DHCP server for {}-{}",
            interface.name, range.first, range.last
        ),
        None => " over HTTP only".to_owned(),
    };
    format!("serving on port {}{how}", settings.port)
}

/// The interface and how it is served, unless HTTP is all.
fn network(what: &WhatArgs) -> Result<Option<(Interface, Mode)>> {
    let Some(name) = what.interface.as_deref().filter(|_| !what.no_dhcp) else {
        return Ok(None);
    };
    let interface = Interface::find(name)?;
    let mode = mode(what, &interface)?;
    ports::free(name)?;
    if matches!(mode, Mode::Full(Some(_)))
        && let Some(server) = foreign::server(name)?
    {
        bail!(
            "there is a DHCP server on {name} already, {server}, and two would give addresses against each other; \
             use --proxy, which works beside it, or switch it off"
        );
    }
    Ok(Some((interface, mode)))
}

fn mode(what: &WhatArgs, interface: &Interface) -> Result<Mode> {
    let name = &interface.name;
    match (what.dhcp, interface.v4, &what.range) {
        (false, Some(_), _) => Ok(Mode::Proxy),
        (false, None, _) => bail!(
            "the network interface {name} has no IPv4 address, and --proxy is for IPv4 only; give it one, or use --dhcp"
        ),
        (true, None, None) => Ok(Mode::Full(None)),
        (true, None, Some(_)) => bail!(
            "--range is for IPv4, and the network interface {name} has no IPv4 address; give it one, or leave --range out"
        ),
        (true, Some((address, prefix)), text) => {
            let range = match text {
                None => range::derived(address, prefix),
                Some(text) => text
                    .parse()
                    .and_then(|range| range::check(range, address, prefix).map(|()| range)),
            };
            Ok(Mode::Full(Some(range.map_err(anyhow::Error::msg)?)))
        }
    }
}

/// dnsmasq's end, which never comes where there is none.
async fn follow(dnsmasq: Option<Dnsmasq>, site: App) -> Result<()> {
    match dnsmasq {
        Some(dnsmasq) => dnsmasq.follow(site).await,
        None => std::future::pending().await,
    }
}

fn settings(args: &ServeArgs) -> Result<Settings> {
    let what = &args.what;
    is_netboot_folder(&args.folder)?;
    let answers = what.answers.as_deref().map(Folder::open).transpose()?;
    let state = match &what.state {
        Some(path) => path.clone(),
        None => state::default_path()?,
    };
    Ok(Settings {
        folder: args.folder.clone(),
        answers,
        approve: what.approve,
        once: what.once,
        cmdline: what.cmdline.clone(),
        port: what.port(),
        state,
    })
}

fn is_netboot_folder(folder: &Path) -> Result<()> {
    let missing = |path: &String| !folder.join(path).is_file();
    match NEEDED.map(file::path).into_iter().find(missing) {
        None => Ok(()),
        Some(file) => bail!(
            "{} is no netboot folder: it has no {file}; make one with `cargo xtask netboot bundle --out DIR`",
            folder.display()
        ),
    }
}

/// The socket, for IPv4 and IPv6 alike.
async fn listen(port: u16) -> Result<TcpListener> {
    let address = SocketAddr::from((Ipv6Addr::UNSPECIFIED, port));
    TcpListener::bind(address).await.map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another program uses it already; end that, or choose another with --port N"
                    .to_owned()
            }
            std::io::ErrorKind::PermissionDenied => {
                "ports below 1024 need root; start this as root, or choose another with --port N"
                    .to_owned()
            }
            _ => error.to_string(),
        };
        anyhow::anyhow!("TCP port {port} cannot be served: {why}")
    })
}

/// Ctrl-C, or a request to end.
async fn ended() -> Result<()> {
    let listening = "listening for signals";
    let mut terminate = signal(SignalKind::terminate()).context(listening)?;
    let mut hangup = signal(SignalKind::hangup()).context(listening)?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed.context(listening),
        _ = terminate.recv() => Ok(()),
        _ = hangup.recv() => Ok(()),
    }
}
