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

use anyhow::{Context, Result, bail};
use clap::Parser;
use peer::Peer;
use std::fs::{self, File, TryLockError};
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
    let _alone = alone(&arguments.socket)?;
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
    let done = runtime.block_on(serve(daemon, arguments));
    // Who waits for a task or uploads is not waited for: the journal has what tasks have begun.
    runtime.shutdown_background();
    done
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
    // Streams of events never end by themselves, so that no connection is waited for.
    tokio::select! {
        served = axum::serve(listener, service) => served.context("listening"),
        () = ended() => Ok(()),
    }
}

/// Takes the lock beside the socket, for as long as the file is open: a second firnd would end what the first one works on.
fn alone(socket: &Path) -> Result<File> {
    let folder = socket.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let path = socket.with_added_extension("lock");
    let file = File::create(&path).with_context(|| format!("opening {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "another firnd works with {}. End it first, or name another socket with --socket.",
            socket.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("locking {}", path.display()))
        }
    }
}

fn listen(socket: &Path) -> Result<UnixListener> {
    let shown = socket.display();
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
