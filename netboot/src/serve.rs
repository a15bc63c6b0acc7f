//! `firn-netboot serve`: starts the parts, and ends them.

use std::net::{Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::answers::Folder;
use crate::http::{App, router};
use crate::journal::Journal;
use crate::options::ServeArgs;
use crate::plain;
use crate::site::{Settings, Site};
use crate::state::{self, State};

/// Files without which a folder is no netboot folder.
const NEEDED: [&str; 3] = ["firn/manifest.json", "firn/vmlinuz", "firn/netboot.img"];

/// Serves until somebody ends it.
///
/// # Errors
/// When something is missing or in the way: one sentence with what to do.
pub async fn serve(args: ServeArgs) -> Result<()> {
    let settings = settings(&args)?;
    let listener = listen(settings.port).await?;
    let state = State::read(&settings.state)?;
    let journal = Journal::open(args.what.log.as_deref())?;
    let site: App = Arc::new(Site::new(settings, state, journal));
    let service = router(Arc::clone(&site)).into_make_service_with_connect_info::<SocketAddr>();
    println!(
        "serving {} on port {}; Ctrl-C ends it",
        args.folder.display(),
        site.settings.port
    );
    plain::listen(Arc::clone(&site));
    tokio::select! {
        served = axum::serve(listener, service) => served.context("serving HTTP"),
        () = plain::show(Arc::clone(&site)) => Ok(()),
        ended = ended() => ended,
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
    match NEEDED.iter().find(|file| !folder.join(file).is_file()) {
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
