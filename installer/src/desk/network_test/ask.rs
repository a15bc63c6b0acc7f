//! One question to a name server, one to a time server: the smallest packets that get an answer.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6, ToSocketAddrs, UdpSocket};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// For an answer; each question is asked twice.
const ANSWER: Duration = Duration::from_secs(2);
const TRIES: u32 = 2;
/// For finding the address of a name.
const NAME: Duration = Duration::from_secs(8);
/// From 1900, where NTP begins, to 1970.
const NTP_ERA: u64 = 2_208_988_800;

/// Whether a name server answers at all; what it answers does not matter. `device` is the number of the network device that a
/// link-local address belongs to.
pub fn name_server(server: IpAddr, device: u32) -> bool {
    let id = (now() & 0xffff) as u16;
    let answer = exchange(socket_address(server, 53, device), &dns_question(id));
    answer.is_ok_and(|bytes| is_dns_answer(id, &bytes))
}

/// How far this machine's clock is behind the server's, in seconds.
///
/// # Errors
/// When its name has no address, or it does not answer.
pub fn time_server(server: &str) -> io::Result<f64> {
    let address = resolve(server)?;
    let sent = now();
    let answer = exchange(address, &ntp_question(sent))?;
    ntp_offset(sent, now(), &answer).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

fn socket_address(server: IpAddr, port: u16, device: u32) -> SocketAddr {
    match server {
        IpAddr::V6(six) if six.is_unicast_link_local() => {
            SocketAddrV6::new(six, port, 0, device).into()
        }
        server => (server, port).into(),
    }
}

/// The system's resolver takes its time where no name server answers; then nobody waits for it.
fn resolve(name: &str) -> io::Result<SocketAddr> {
    let (tell, told) = mpsc::channel();
    let name = name.to_owned();
    thread::spawn(move || {
        let found = (name.as_str(), 123).to_socket_addrs();
        let _ = tell.send(found.map(|mut all| all.next()));
    });
    let found = told
        .recv_timeout(NAME)
        .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?;
    found?.ok_or_else(|| io::ErrorKind::NotFound.into())
}

fn exchange(server: SocketAddr, question: &[u8]) -> io::Result<Vec<u8>> {
    let own: IpAddr = match server {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((own, 0))?;
    // Only this server's answers come through then.
    socket.connect(server)?;
    socket.set_read_timeout(Some(ANSWER))?;
    let mut bytes = vec![0; 1500];
    let mut last = io::ErrorKind::TimedOut.into();
    for _ in 0..TRIES {
        let end = Instant::now() + ANSWER;
        socket.send(question)?;
        match socket.recv(&mut bytes) {
            Ok(size) => {
                bytes.truncate(size);
                return Ok(bytes);
            }
            Err(error) => last = error,
        }
        // A refusal comes at once; the second try should not.
        thread::sleep(
            end.saturating_duration_since(Instant::now())
                .min(Duration::from_millis(300)),
        );
    }
    Err(last)
}

/// "Who are the name servers of the root?", which every resolver knows.
pub(super) fn dns_question(id: u16) -> Vec<u8> {
    let mut bytes = id.to_be_bytes().to_vec();
    // Recursion desired; one question, no other records; the root; type NS, class IN.
    bytes.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1]);
    bytes
}

pub(super) fn is_dns_answer(id: u16, bytes: &[u8]) -> bool {
    bytes.len() >= 12 && bytes[..2] == id.to_be_bytes() && bytes[2] & 0x80 != 0
}

/// Nanoseconds since 1970.
fn now() -> u128 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_nanos()
}

/// A time as NTP writes it: seconds since 1900, and their 2^32nd parts.
fn ntp_time(nanos: u128) -> [u8; 8] {
    let seconds = (nanos / 1_000_000_000) as u64 + NTP_ERA;
    let part = ((nanos % 1_000_000_000) << 32) / 1_000_000_000;
    ((seconds << 32) | part as u64).to_be_bytes()
}

fn seconds(stamp: &[u8]) -> Option<f64> {
    let stamp = u64::from_be_bytes(stamp.try_into().ok()?);
    Some((stamp as f64) / 4_294_967_296.0)
}

pub(super) fn ntp_question(sent: u128) -> Vec<u8> {
    let mut bytes = vec![0; 48];
    // Version 4, client.
    bytes[0] = 0x23;
    bytes[40..].copy_from_slice(&ntp_time(sent));
    bytes
}

/// Out of a server's answer; none if it is no answer to this question, or the server itself has no time.
pub(super) fn ntp_offset(sent: u128, received: u128, bytes: &[u8]) -> Option<f64> {
    let server = bytes.len() >= 48 && bytes[0] & 7 == 4 && (1..16).contains(&bytes[1]);
    let unsynchronised = bytes.first()? >> 6 == 3;
    if !server || unsynchronised || bytes[24..32] != ntp_time(sent) {
        return None;
    }
    let (there, back) = (seconds(&bytes[32..40])?, seconds(&bytes[40..48])?);
    let (left, came) = (seconds(&ntp_time(sent))?, seconds(&ntp_time(received))?);
    Some(((there - left) + (back - came)) / 2.0)
}
