//! Good and bad values, with the exact sentences.

use super::*;
use firn_words::Text;

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm admin";

fn wrong(result: Result<(), Text>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn host_names() {
    for good in [
        "xen1",
        "xen1.example.net",
        "XEN-1",
        "a.b.c",
        "4you.example.net",
    ] {
        assert_eq!(check_host_name(good), Ok(()), "{good}");
    }
    let table = [
        ("", r#""" is no name; write it as "xen1.example.net""#),
        (
            "xen_1",
            r#""xen_1" has '_' in it, a name takes letters, digits and hyphens only; write "xen-1""#,
        ),
        (
            "xen 1",
            r#""xen 1" has ' ' in it, a name takes letters, digits and hyphens only"#,
        ),
        ("-xen", r#""-xen" in "-xen" begins or ends with a hyphen"#),
        ("xen..net", r#""xen..net" has nothing between two dots"#),
        ("xen.", r#""xen." ends with a dot; write "xen""#),
        (
            "localhost",
            r#""localhost" is the name that every machine gives itself"#,
        ),
        (
            "192.0.2.1",
            r#""192.0.2.1" is a number, no name; begin it with a letter"#,
        ),
    ];
    for (name, text) in table {
        assert_eq!(wrong(check_host_name(name)), text);
    }
    for (name, text) in [
        (
            "xen1.localhost",
            r#""xen1.localhost" is the name that every machine gives itself"#,
        ),
        (
            "LOCALHOST",
            r#""LOCALHOST" is the name that every machine gives itself"#,
        ),
        (
            "123",
            r#""123" is a number, no name; begin it with a letter"#,
        ),
        (
            "xen1.123",
            r#""xen1.123" ends in the number "123", as addresses do; let its last part begin with a letter"#,
        ),
        (
            "münchen.example.net",
            r#""münchen.example.net" has 'ü' in it, a name takes the letters a to z, digits and hyphens only; other letters are written as "xn--…""#,
        ),
    ] {
        assert_eq!(wrong(check_host_name(name)), text);
    }
    // Linux takes 64 bytes for its first part, DNS 63.
    assert_eq!(check_host_name(&"x".repeat(63)), Ok(()));
    assert_eq!(check_host_name("xn--mnchen-3ya.example.net"), Ok(()));
    assert!(check_host_name(&"x".repeat(64)).is_err());
}

#[test]
fn ssh_keys() {
    assert_eq!(check_ssh_key(KEY), Ok(()));
    assert_eq!(
        check_ssh_key(&format!("no-pty,from=\"10.*\" {KEY}")),
        Ok(())
    );
    let table = [
        (
            "",
            r#""" is no SSH key; it begins with "ssh-ed25519", "ssh-rsa" or "ecdsa-sha2-nistp256""#,
        ),
        (
            "ssh-ed25519 AAAA admin",
            r#""ssh-ed25519 AAAA admin" is not whole; copy the key again, on one line"#,
        ),
        (
            "ssh-ed2551 AAAA",
            r#""ssh-ed2551 AAAA" is no SSH key; it begins with "ssh-ed25519", "ssh-rsa" or "ecdsa-sha2-nistp256"; did you mean "ssh-ed25519"?"#,
        ),
        (
            "ssh-dss AAAA",
            r#""ssh-dss AAAA" is a DSA key, which OpenSSH no longer takes"#,
        ),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            "this is a private key; give the public one, the file that ends in .pub",
        ),
        (
            "ssh-rsa AAAA\nssh-rsa AAAA",
            r#""ssh-rsa AAAA…" has more than one line; give each key on its own"#,
        ),
    ];
    for (key, text) in table {
        assert_eq!(wrong(check_ssh_key(key)), text);
    }
}

#[test]
fn hashes_are_never_shown() {
    let sum = format!("{}.", "a".repeat(85));
    let yescrypt = format!("$y$j9T$ab..$ {}.", "b".repeat(42)).replace(' ', "");
    for good in [
        format!("$6$saltsalt${sum}"),
        format!("$6$rounds=5000$saltsalt${sum}"),
        yescrypt,
    ] {
        assert_eq!(check_password_hash(&good), Ok(()), "{good}");
    }
    for bad in ["$6$saltsalt$short", "$y$j9T$salt", "$1$salt$hash", "geheim"] {
        let text = wrong(check_password_hash(bad));
        assert!(!text.contains(bad), "{text}");
    }
}

#[test]
fn keyboards_zones_servers() {
    assert_eq!(check_keyboard("de"), Ok(()));
    for zone in [
        "UTC",
        "GMT",
        "Europe/Kyiv",
        "Europe/Kiev",
        "US/Eastern",
        "Asia/Saigon",
    ] {
        assert_eq!(check_timezone(zone), Ok(()), "{zone}");
    }
    assert_eq!(check_ntp_server("192.0.2.1"), Ok(()));
    assert_eq!(check_ntp_server("0.pool.ntp.org"), Ok(()));
    for (server, text) in [
        (
            "dhcp",
            r#""dhcp" is no server; it stands alone and not in a list: ntp = "dhcp""#,
        ),
        (
            "none",
            r#""none" is no server; it stands alone and not in a list: ntp = "none""#,
        ),
        (
            "0.0.0.0",
            r#""0.0.0.0" means no address at all; give the server's own address"#,
        ),
        (
            "127.0.0.1",
            r#""127.0.0.1" is what every machine calls itself; give the server's own address"#,
        ),
        (
            "localhost",
            r#""localhost" is the name that every machine gives itself"#,
        ),
    ] {
        assert_eq!(wrong(check_ntp_server(server)), text);
    }
    for domain in ["example.net", "my_domain.local", "corp"] {
        assert_eq!(check_search_domain(domain), Ok(()), "{domain}");
    }
    for (domain, text) in [
        (
            ".",
            r#""." is the root of all domains, in which no short name is found; leave it out"#,
        ),
        (
            "_tcp.example.net",
            r#""_tcp.example.net" begins with an underscore, as services do and no domain with hosts; write "example.net""#,
        ),
        (
            "_ldap._tcp.example.net",
            r#""_ldap._tcp.example.net" begins with an underscore, as services do and no domain with hosts; write "example.net""#,
        ),
        (
            "example.net.",
            r#""example.net." ends with a dot; write "example.net""#,
        ),
        (
            "~example.net",
            r#""~example.net" has '~' in it, a name takes letters, digits and hyphens only"#,
        ),
    ] {
        assert_eq!(wrong(check_search_domain(domain)), text);
    }
    let table = [
        (
            check_keyboard("ch-fr"),
            r#""ch-fr" is no keyboard that Firn knows; did you mean "ch:fr"?"#,
        ),
        (
            check_keyboard("xx"),
            r#""xx" is no keyboard that Firn knows; it is an XKB layout, or layout:variant, such as "us", "de" or "ch:fr""#,
        ),
        (
            check_keyboard("de:klingonisch"),
            r#""de:klingonisch" is no keyboard that Firn knows; did you mean "de"?"#,
        ),
        (
            check_timezone("Europe/Berln"),
            r#""Europe/Berln" is no time zone; did you mean "Europe/Berlin"?"#,
        ),
        (
            check_keyboard("uk"),
            r#""uk" is no keyboard that Firn knows; did you mean "gb"?"#,
        ),
        (
            check_keyboard("qq"),
            r#""qq" is no keyboard that Firn knows; it is an XKB layout, or layout:variant, such as "us", "de" or "ch:fr""#,
        ),
        (
            check_keyboard("pt_BR"),
            r#""pt_BR" is no keyboard that Firn knows; did you mean "br"?"#,
        ),
        (
            check_timezone("CET"),
            r#""CET" is an abbreviation, which does not say whether there is summer time; write a place's name, such as "Europe/Berlin""#,
        ),
        (
            check_timezone("EST"),
            r#""EST" is an abbreviation, which does not say whether there is summer time; write a place's name, such as "America/New_York""#,
        ),
        (
            check_timezone("Europe/Kiew"),
            r#""Europe/Kiew" is no time zone; did you mean "Europe/Kyiv"?"#,
        ),
        (
            check_timezone("Europa/Wien"),
            r#""Europa/Wien" is no time zone; did you mean "Europe/Vienna"?"#,
        ),
        (
            check_timezone("Europe/Bern"),
            r#""Europe/Bern" is no time zone; did you mean "Europe/Zurich"?"#,
        ),
        (
            check_timezone("US/Estern"),
            r#""US/Estern" is no time zone; did you mean "America/New_York"?"#,
        ),
        (
            check_timezone("utc"),
            r#""utc" is no time zone; did you mean "UTC"?"#,
        ),
        (
            check_timezone("UTC+1"),
            r#""UTC+1" is no time zone; it is a name such as "Europe/Berlin" or "UTC""#,
        ),
        (
            check_timezone("Berlin"),
            r#""Berlin" is no time zone; did you mean "Europe/Berlin"?"#,
        ),
        (
            check_timezone("Mars"),
            r#""Mars" is no time zone; it is a name such as "Europe/Berlin" or "UTC""#,
        ),
        (
            check_ntp_server("192.0.2.300"),
            r#""192.0.2.300" is no IP address"#,
        ),
        (
            check_mac("52:54"),
            r#""52:54" is no MAC address; write it as "52:54:00:12:34:56""#,
        ),
    ];
    for (result, text) in table {
        assert_eq!(wrong(result), text);
    }
}
