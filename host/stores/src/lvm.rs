//! A store in a thin pool of LVM. Whose a volume is stands in its tags.

mod calls;
mod report;
#[cfg(test)]
mod tests;

use crate::{Error, Facts, Owner, Result, Store, Volume, name};
use firn_command::limited::{Programs, Run};
use report::{Entry, Report};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How long LVM may take: it waits for others who use it, and for disks.
const LIMIT: Duration = Duration::from_secs(120);

/// A store in a thin pool.
pub struct Lvm {
    run: Box<dyn Run>,
    group: String,
    pool: String,
}

impl Default for Lvm {
    /// The pool that the installer makes.
    fn default() -> Self {
        Self::with(Box::new(Programs), "firn", "guests")
    }
}

impl fmt::Debug for Lvm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lvm({}/{})", self.group, self.pool)
    }
}

impl Lvm {
    fn with(run: Box<dyn Run>, group: &str, pool: &str) -> Self {
        Self {
            run,
            group: group.to_owned(),
            pool: pool.to_owned(),
        }
    }

    fn call(&self, args: &[String]) -> Result<String> {
        let failed = |reason: String| Error::Command {
            program: format!("lvm {}", args.first().map_or("", String::as_str)),
            reason,
        };
        match self.run.run("lvm", args, LIMIT) {
            Ok(output) if output.success => Ok(output.text),
            Ok(output) => Err(failed(output.last_words)),
            Err(trouble) => Err(failed(trouble.to_string())),
        }
    }

    fn report(&self) -> Result<Report> {
        let args = calls::list(&self.group);
        let text = self.call(&args)?;
        report::parse(&text, &self.pool).ok_or_else(|| Error::Command {
            program: "lvm lvs".into(),
            reason: format!(
                "it does not tell about the thin pool {}/{}",
                self.group, self.pool
            ),
        })
    }

    /// A volume that is there.
    fn existing(&self, volume: &str) -> Result<(Entry, Report)> {
        let mut report = self.report()?;
        match report.take(name::checked(volume)?) {
            Some(entry) => Ok((entry, report)),
            None => Err(Error::NoVolume {
                volume: volume.to_owned(),
            }),
        }
    }

    fn full(&self, volume: &str) -> String {
        format!("{}/{volume}", self.group)
    }

    fn device(&self, volume: &str) -> PathBuf {
        PathBuf::from(format!("/dev/{}/{volume}", self.group))
    }

    fn extend(&self, entry: &Entry, size: u64, extent: u64) -> Result<()> {
        let volume = &entry.volume;
        if volume.size >= size.saturating_add(extent) {
            return Err(Error::Shrink {
                volume: volume.name.clone(),
                size: volume.size,
            });
        }
        if volume.size >= size {
            return Ok(());
        }
        self.call(&calls::extend(&self.full(&volume.name), size))
            .map(drop)
    }
}

impl Store for Lvm {
    fn facts(&self) -> Result<Facts> {
        Ok(self.report()?.facts())
    }

    fn volumes(&self) -> Result<Vec<Volume>> {
        let entries = self.report()?.entries;
        let mut volumes: Vec<Volume> = entries.into_iter().map(|entry| entry.volume).collect();
        volumes.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(volumes)
    }

    fn create(&self, name: &str, size: u64, owner: &Owner) -> Result<PathBuf> {
        let mut report = self.report()?;
        match report.take(name::checked(name)?) {
            Some(there) if there.volume.owner != *owner => Err(Error::Taken {
                volume: name.to_owned(),
            }),
            Some(there) if there.volume.size >= size => self.path(name),
            Some(there) => {
                self.extend(&there, size, report.extent)?;
                self.path(name)
            }
            None => {
                report.facts().has_room()?;
                let pool = self.full(&self.pool);
                self.call(&calls::create(&pool, name, size, owner))?;
                Ok(self.device(name))
            }
        }
    }

    fn remove(&self, name: &str) -> Result<()> {
        match self.report()?.take(name::checked(name)?) {
            Some(_) => self.call(&calls::remove(&self.full(name))).map(drop),
            None => Ok(()),
        }
    }

    fn rename(&self, from: &str, to: &str) -> Result<()> {
        let mut report = self.report()?;
        let source = report.take(name::checked(from)?);
        let target = report.take(name::checked(to)?);
        match (source, target) {
            (Some(_), None) => self.call(&calls::rename(&self.group, from, to)).map(drop),
            (None, Some(_)) => Ok(()),
            (Some(_), Some(_)) => Err(Error::Taken {
                volume: to.to_owned(),
            }),
            (None, None) => Err(Error::NoVolume {
                volume: from.to_owned(),
            }),
        }
    }

    fn own(&self, name: &str, owner: &Owner) -> Result<()> {
        let (entry, _) = self.existing(name)?;
        let call = calls::own(&self.full(name), &entry.volume.owner, owner);
        call.map_or(Ok(()), |args| self.call(&args).map(drop))
    }

    fn grow(&self, name: &str, size: u64) -> Result<()> {
        let (entry, report) = self.existing(name)?;
        self.extend(&entry, size, report.extent)
    }

    fn path(&self, name: &str) -> Result<PathBuf> {
        let (entry, _) = self.existing(name)?;
        if !entry.active {
            self.call(&calls::activate(&self.full(name)))?;
        }
        Ok(self.device(name))
    }
}
