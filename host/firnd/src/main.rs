//! The daemon of the host: the one program that changes guests. It listens on a Unix socket; what it has started goes on without it.

mod clock;
mod create;
mod daemon;
mod events;
mod fetch;
mod http;
mod library;
mod neighbours;
mod peer;
mod seed;
mod setup;
mod shown;
mod tasks;
mod template;
mod uploads;
mod watch;

use anyhow::{Context, Result};
use clap::Parser;
use peer::Peer;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::UnixListener;

/// Looks after the guests of this host, and answers the API.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen
    #[arg(long, default_value = firn_api::SOCKET)]
    socket: PathBuf,
    /// Run simulated guests, with everything in this folder; needs neither Xen nor root
    #[arg(long, value_name = "FOLDER")]
    simulated: Option<PathBuf>,
    /// Begin with so many simulated guests
    #[arg(long, default_value_t = 0, requires = "simulated")]
    guests: u32,
    /// Write the API's document, and end
    #[arg(long, hide = true)]
    document: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .without_time()
        .with_target(false)
        .with_ansi(false)
        .init();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "error: {}",
                firn_visible::visible_lines(&format!("{error:#}"))
            );
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    if arguments.document {
        println!("{}", http::document()?);
        return Ok(());
    }
    let daemon = match &arguments.simulated {
        Some(folder) => setup::simulated(folder)?,
        None => setup::xen()?,
    };
    let daemon = Arc::new(daemon);
    setup::populate(&daemon, arguments.guests)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(64)
        .build()
        .context("starting")?;
    runtime.block_on(serve(daemon, arguments))
}

async fn serve(daemon: Arc<daemon::Daemon>, arguments: &Arguments) -> Result<()> {
    let socket = &arguments.socket;
    let listener = listen(socket)?;
    setup::go(&daemon, arguments.simulated.as_deref())?;
    let router = http::routes(daemon);
    // Not on systemd is no error.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
    tracing::info!("listening on {}", socket.display());
    let service = router.into_make_service_with_connect_info::<Peer>();
    axum::serve(listener, service)
        .with_graceful_shutdown(ended())
        .await
        .context("listening")
}

fn listen(socket: &Path) -> Result<UnixListener> {
    let shown = socket.display();
    let folder = socket.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    if socket.exists() {
        fs::remove_file(socket).with_context(|| format!("removing the old {shown}"))?;
    }
    let listener = UnixListener::bind(socket).with_context(|| format!("listening on {shown}"))?;
    fs::set_permissions(socket, fs::Permissions::from_mode(0o600))
        .with_context(|| format!("closing {shown} to others"))?;
    Ok(listener)
}

async fn ended() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    let Ok(mut int) = signal(SignalKind::interrupt()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}
