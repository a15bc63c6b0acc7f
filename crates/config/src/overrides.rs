//! Answers on the kernel command line.

use crate::problem::Problem;
use crate::schema::{self, Kind, ROOT};
use firn_image::cmdline::{key::PREFIX, words};
use firn_words::nearest;

/// One answer from the kernel command line, which wins over the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The key, `host.name`.
    pub key: String,
    /// Its value, as it was written, without quotes around it.
    pub value: String,
}

/// Finds the answers (`firn.host.name=xen1`) on a kernel command line; other words that begin with `firn.` are left alone.
///
/// # Errors
/// A secret on the command line, an answer without a value, or a key that looks mistyped.
pub fn overrides(cmdline: &str) -> Result<Vec<Override>, Vec<Problem>> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for word in words(cmdline) {
        let Some(key) = word.name.strip_prefix(PREFIX) else {
            continue;
        };
        match judge(key, word.value) {
            Ok(Some(answer)) => found.push(answer),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(problems)
    }
}

fn judge(key: &str, value: Option<String>) -> Result<Option<Override>, Problem> {
    let first = key.split('.').next().unwrap_or_default();
    if !ROOT.iter().any(|k| k.name == first) {
        return mistyped(key, first);
    }
    if schema::find(key).is_some_and(|k| matches!(k.kind, Kind::Secret)) {
        let text = format!(
            "\"firn.{key}\" must not stand on the kernel command line, where everybody can read it; put it into the answer file"
        );
        return Err(Problem::new(key, text));
    }
    let Some(value) = value else {
        let text = format!(
            "\"firn.{key}\" on the kernel command line has no value; write firn.{key}=VALUE"
        );
        return Err(Problem::new(key, text));
    };
    Ok(Some(Override {
        key: key.to_owned(),
        value,
    }))
}

/// Only words with a second dot can be meant as answers: `firn.root` and its like have none.
fn mistyped(key: &str, first: &str) -> Result<Option<Override>, Problem> {
    let near = nearest(first, ROOT.iter().map(|k| k.name)).filter(|_| key.contains('.'));
    let Some(near) = near else {
        return Ok(None);
    };
    let meant = key.replacen(first, near, 1);
    let text = format!(
        "\"firn.{key}\" on the kernel command line is no answer; did you mean \"firn.{meant}\"?"
    );
    Err(Problem::new(key, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(cmdline: &str) -> Vec<(String, String)> {
        let answers = overrides(cmdline).unwrap();
        answers.into_iter().map(|o| (o.key, o.value)).collect()
    }

    #[test]
    fn finds_answers_and_leaves_the_rest() {
        let line = "firn.root=medium firn.image=00 quiet firn.host.name=xen1 firn.network.vlan=42 \
                    firn.host.ssh-keys=\"ssh-ed25519 AAAA me\" \"firn.timezone=UTC\" firn.answers=http://x/a.b=c";
        let expected = [
            ("host.name", "xen1"),
            ("network.vlan", "42"),
            ("host.ssh-keys", "ssh-ed25519 AAAA me"),
            ("timezone", "UTC"),
        ];
        assert_eq!(pairs(line), expected.map(|(k, v)| (k.into(), v.into())));
    }

    /// White space out of a value, unless it stands between quotes.
    fn packed(value: &str) -> String {
        let mut quoted = false;
        let keep = |c: &char| {
            quoted ^= *c == '"';
            quoted || !c.is_whitespace()
        };
        value.chars().filter(keep).collect()
    }

    /// Paths of all keys below these, tables and what is in them.
    fn paths(keys: &'static [schema::Key], before: &str) -> Vec<(String, &'static schema::Key)> {
        let mut all = Vec::new();
        for key in keys {
            let path = format!("{before}{}", key.name);
            if !matches!(key.kind, Kind::Tables(_)) {
                all.extend(paths(key.kind.keys(), &format!("{path}.")));
            }
            all.push((path, key));
        }
        all
    }

    #[test]
    fn every_key_but_secrets_can_be_given() {
        let base = "version = 1\n[host]\nname = \"a\"\nroot-password = \"x\"\n[report]\nurl = \"https://example.net\"\n";
        let mut given = 0;
        for (path, key) in paths(ROOT, "") {
            let value = [key.example, key.default]
                .into_iter()
                .find(|v| !v.is_empty());
            // What has several lines does not fit on that one.
            let fits = |value: &&str| !matches!(key.kind, Kind::Secret) && !value.contains("\\n");
            let Some(value) = value.filter(fits) else {
                continue;
            };
            let value = packed(value);
            let bare = value.trim_matches('"');
            let value = if value.starts_with('"') { bare } else { &value };
            let word = format!("quiet firn.{path}={value} splash");
            let answers = overrides(&word).unwrap();
            assert_eq!(answers.len(), 1, "{word}");
            assert_eq!(crate::parse(base, &answers).map(drop), Ok(()), "{word}");
            given += 1;
        }
        assert!(given > 20, "only {given} keys were given");
        let disks = overrides("firn.guests.disks=[{serial=\"A\"},{wwn=\"0x5*\"}]").unwrap();
        let answers = crate::parse(base, &disks).unwrap();
        assert_eq!(answers.guests.disks.len(), 2);
    }

    #[test]
    fn refuses_secrets_slips_and_missing_values() {
        let line = "firn.host.root-password=geheim firn.hots.name=xen1 firn.keyboard";
        let problems = overrides(line).unwrap_err();
        let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        problem host.root-password: "firn.host.root-password" must not stand on the kernel command line, where everybody can read it; put it into the answer file
        problem hots.name: "firn.hots.name" on the kernel command line is no answer; did you mean "firn.host.name"?
        problem keyboard: "firn.keyboard" on the kernel command line has no value; write firn.keyboard=VALUE
        "#);
    }
}
