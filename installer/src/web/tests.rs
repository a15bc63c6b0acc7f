//! curl against small servers of our own, plain and encrypted.

use super::{Reply, Request, Server, send};
use base64ct::{Base64, Encoding};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, PublicKeyData,
    date_time_ymd,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// What a server is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `GET /path` or `POST /path`
    pub line: String,
    /// All header lines.
    pub headers: Vec<String>,
    /// What was posted.
    pub body: String,
}

/// A server that answers with status and body, and with `Retry-After: 1` where a 503 has a text; gives where its addresses begin.
pub fn site(answer: impl FnMut(&Asked) -> (u16, Vec<u8>) + Send + 'static) -> String {
    serve(Some, "http", answer)
}

fn serve<S: Read + Write>(
    wrap: impl Fn(TcpStream) -> Option<S> + Send + 'static,
    scheme: &str,
    mut answer: impl FnMut(&Asked) -> (u16, Vec<u8>) + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("{scheme}://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Some(mut stream) = wrap(stream) else {
                continue;
            };
            // A client that hangs up early is part of some tests.
            if let Some(asked) = read(&mut stream) {
                let (status, body) = answer(&asked);
                let again = match (status, body.is_empty()) {
                    (503, false) => "Retry-After: 1\r\n",
                    _ => "",
                };
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status} X\r\n{again}Content-Length: {length}\r\nConnection: close\r\n\r\n"
                );
                let _ = stream.write_all(head.as_bytes());
                let _ = stream.write_all(&body);
                let _ = stream.flush();
            }
        }
    });
    origin
}

fn read(stream: &mut impl Read) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        headers.push(header.trim().to_owned());
    }
    let length = headers
        .iter()
        .find_map(|h| h.strip_prefix("Content-Length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Asked {
        line: line.trim().trim_end_matches(" HTTP/1.1").to_owned(),
        headers,
        body: String::from_utf8(body).unwrap(),
    })
}

/// An authority, and certificates that it has signed.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // An issuer of the same name as a certificate would look like that certificate.
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server for `name` whose certificate is valid in these years; gives where its addresses begin, and its pin.
    pub fn site(
        &self,
        name: &str,
        years: (i32, i32),
        answer: impl FnMut(&Asked) -> (u16, Vec<u8>) + Send + 'static,
    ) -> (String, String) {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(years.0, 1, 1);
        params.not_after = date_time_ymd(years.1, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let pin = Base64::encode_string(&Sha256::digest(key.subject_public_key_info()));
        let secret = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config =
            ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![certificate.der().clone()], secret)
                .unwrap();
        let config = Arc::new(config);
        let wrap = move |stream| {
            Some(StreamOwned::new(
                ServerConnection::new(config.clone()).ok()?,
                stream,
            ))
        };
        (serve(wrap, "https", answer), format!("sha256//{pin}"))
    }
}

const VALID: (i32, i32) = (2020, 2100);

fn said(url: &str, server: &Server) -> String {
    let request = Request::get(url, server);
    match send(&request) {
        Ok(Reply { status, body, .. }) => format!("{status} {}", String::from_utf8_lossy(&body)),
        // The port is another each time.
        Err(trouble) => trouble.text("https://server:443").to_string(),
    }
}

fn trusting(ca: Option<&Authority>, pins: &[&str]) -> Server {
    Server {
        ca: ca.map(Authority::pem),
        pins: pins.iter().map(|pin| (*pin).to_owned()).collect(),
    }
}

#[test]
fn bodies_and_tokens_go_through_as_they_are() {
    let origin = site(|asked| {
        let mut seen = asked.headers.clone();
        seen.retain(|h| h.starts_with("Authorization") || h.starts_with("Content-Type"));
        (
            201,
            format!("{} {seen:?} {}\n\n", asked.line, asked.body).into_bytes(),
        )
    });
    let mut request = Request::get(format!("{origin}/a?b=[c]"), &Server::default());
    assert_eq!(send(&request).unwrap().body, b"GET /a?b=[c] [] \n\n");
    request.token = Some(firn_config::Secret("s3cret".into()));
    let body = "{\"text\":\"a \\\"quote\\\",\\ttab\\\\\"}\n";
    let reply = send(&request.with_body(body)).unwrap();
    assert_eq!(reply.status, 201);
    let text = String::from_utf8(reply.body).unwrap();
    let headers = r#"["Authorization: Bearer s3cret", "Content-Type: application/json"]"#;
    let mut sorted: Vec<&str> = headers.trim_matches(['[', ']']).split(", ").collect();
    sorted.sort_unstable();
    for header in sorted {
        assert!(text.contains(header), "{text}");
    }
    assert!(text.ends_with(&format!("{body}\n\n")), "{text}");
}

#[test]
fn whom_curl_believes() {
    let (own, other) = (Authority::new("our own"), Authority::new("another"));
    let hello = |_: &Asked| (200, b"hello".to_vec());
    let (url, pin) = own.site("127.0.0.1", VALID, hello);
    let wrong = "sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=";
    let authority = "nobody who is trusted here has signed the certificate of server:443; make the medium with --ca and the authority's certificate, or with --pin";
    let pinned = "server:443 has another key than the pin allows; it is another server, or it has a new key and the medium needs a new --pin";
    let table = [
        (trusting(None, &[]), authority),
        (trusting(Some(&other), &[]), authority),
        (trusting(Some(&own), &[]), "200 hello"),
        (trusting(None, &[&pin]), "200 hello"),
        (trusting(None, &[wrong, &pin]), "200 hello"),
        (trusting(Some(&own), &[&pin]), "200 hello"),
        (trusting(None, &[wrong]), pinned),
        (trusting(Some(&own), &[wrong]), pinned),
        (trusting(Some(&other), &[&pin]), authority),
    ];
    for (server, expected) in table {
        assert_eq!(said(&url, &server), expected, "{server:?}");
    }
}

#[test]
fn certificates_of_other_times_and_names() {
    let own = Authority::new("our own");
    let hello = |_: &Asked| (200, b"hello".to_vec());
    let server = trusting(Some(&own), &[]);
    let expired = said(&own.site("127.0.0.1", (2020, 2021), hello).0, &server);
    assert!(
        expired
            .starts_with("the certificate of server:443 has expired; this machine's clock says 2"),
        "{expired}"
    );
    let early = said(&own.site("127.0.0.1", (2090, 2100), hello).0, &server);
    assert!(
        early.starts_with(
            "the certificate of server:443 is not valid yet; this machine's clock says 2"
        ),
        "{early}"
    );
    let other = said(&own.site("example.net", VALID, hello).0, &server);
    assert_eq!(other, "the certificate of server:443 is for another name");
}

#[test]
fn what_stands_in_between() {
    let nobody = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let server = Server::default();
    assert_eq!(
        said(&format!("http://{nobody}/"), &server),
        "nothing takes connections at server:443; see whether the server runs there, and whether this network has a way to it"
    );
    assert_eq!(
        said("http://nobody.invalid/", &server),
        "the name server has no address here; see whether it is spelled right, and whether DHCP names a DNS server that knows it"
    );
    let large = site(|_| (200, vec![b'x'; (1 << 20) + 1]));
    assert_eq!(
        said(&large, &server),
        "what comes is larger than 1 MiB, which no answer file is"
    );
    let plain = site(|_| (200, Vec::new()));
    let tls = said(&plain.replace("http://", "https://"), &server);
    assert!(
        tls.starts_with("there is no encrypted connection to server:443: "),
        "{tls}"
    );
    let slow = site(|_| {
        thread::sleep(Duration::from_secs(5));
        (200, Vec::new())
    });
    let request = Request {
        patience: Duration::from_secs(1),
        ..Request::get(slow, &server)
    };
    assert_eq!(send(&request), Err(super::Trouble::Timeout));
}
