//! The limit: a server that answers every request with one file, by the kernel's own copying.

use super::client::fetch;
use anyhow::{Context, Result};
use firn_image::file;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Instant;
use tokio::task::JoinSet;

/// What a machine fetches, in its order.
const FILES: [&str; 7] = [
    file::KERNEL,
    file::NETBOOT_INITRD,
    file::XEN,
    file::KERNEL,
    file::INITRD,
    file::ROOT,
    file::BOOT,
];

/// How long so many clients take for the files of this folder.
///
/// # Errors
/// When a file is missing, or a socket fails.
pub async fn seconds(folder: &Path, clients: u16) -> Result<f64> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("opening a port")?;
    let server = format!("http://{}", listener.local_addr()?);
    let folder = folder.join(file::FOLDER);
    // It ends with the program.
    std::thread::spawn(move || serve(&listener, &folder));
    let start = Instant::now();
    let mut all = JoinSet::new();
    for _ in 0..clients {
        let server = server.clone();
        all.spawn(async move {
            let http = reqwest::Client::new();
            for file in FILES {
                fetch(&http, &format!("{server}/{file}")).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = all.join_next().await {
        ended.context("measuring the limit")??;
    }
    Ok(start.elapsed().as_secs_f64())
}

fn serve(listener: &TcpListener, folder: &Path) {
    for stream in listener.incoming().map_while(Result::ok) {
        let folder = folder.to_owned();
        // A client that goes away is its own affair: it reports what it misses.
        std::thread::spawn(move || send(stream, &folder).ok());
    }
}

/// Answers the requests of one connection.
fn send(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut requests = BufReader::new(stream.try_clone()?).lines();
    while let Some(path) = next(&mut requests, folder)? {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n"
        )?;
        std::io::copy(&mut file, &mut stream)?;
    }
    Ok(())
}

/// The file of the next request, once all its lines are read.
fn next(
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
    folder: &Path,
) -> std::io::Result<Option<PathBuf>> {
    let Some(first) = lines.next().transpose()? else {
        return Ok(None);
    };
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let name = first.split_whitespace().nth(1).unwrap_or_default();
    let name = Path::new(name).file_name().unwrap_or_default();
    Ok(Some(folder.join(name)))
}
