//! Steps with content-addressed outputs: the one engine that every build goes through.
//!
//! A step's key is the hash of its inputs and of the keys of the steps that it needs; its output lies in the cache under that
//! key. An output that is there is never made again; one that is being made lies beside it and is renamed when it is whole,
//! so a build that was killed leaves nothing that could be taken for a result. Files of the workspace are hashed before and after a
//! step: when somebody has saved one meanwhile, the step runs again, because nobody knows which of the two it has read.

use crate::cache::Cache;
use crate::hash;
use crate::progress::Line;
use anyhow::{Context, Result, anyhow, bail};
use firn_tree::Root;
use rustix::fs::Mode;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often a step runs whose sources change while it does.
const ATTEMPTS: usize = 3;

type Action<'a> = Box<dyn Fn(&Job<'_>) -> Result<()> + 'a>;

/// One step: what goes in, what it needs, and how its output is made.
pub struct Step<'a> {
    name: &'static str,
    inputs: BTreeMap<String, String>,
    sources: Vec<Source>,
    needs: Vec<&'static str>,
    action: Action<'a>,
}

/// Files that people change, also while a build runs.
enum Source {
    /// Each file below a folder of the workspace, by its path there.
    Tree {
        workspace: PathBuf,
        folder: &'static str,
        without: &'static [&'static str],
    },
    /// One file, by a name of its own.
    File { name: &'static str, path: PathBuf },
}

impl Source {
    fn hashes(&self) -> Result<BTreeMap<String, String>> {
        match self {
            Source::Tree {
                workspace,
                folder,
                without,
            } => {
                let mut found = hash::tree(workspace, folder)?;
                found.retain(|name, _| !without.iter().any(|start| name.starts_with(start)));
                Ok(found)
            }
            Source::File { name, path } => {
                Ok(BTreeMap::from([((*name).to_owned(), hash::file(path)?)]))
            }
        }
    }
}

/// What a running step may use.
pub struct Job<'a> {
    /// Where the output is to be made: a file or a folder, not there yet.
    pub out: &'a Path,
    /// The step's log file.
    pub log: &'a Path,
    outputs: &'a BTreeMap<&'static str, Output>,
}

/// Where the outputs of all steps are, inside a tree: the same on every build host.
const OUTPUTS: &str = "/outputs";

impl Job<'_> {
    /// The tree that a step has made, to run programs in. All outputs, this step's own and what lies beside it, are inside where
    /// [`Root::inside`] says.
    ///
    /// # Errors
    /// When no such step ran before.
    pub fn room(&self, name: &str) -> Result<Root> {
        let folder = self.out.parent().context("finding the cache's outputs")?;
        Ok(Root::open(self.output(name)?)?.bind_at(folder, OUTPUTS))
    }

    /// The output of a step that this one needs.
    ///
    /// # Errors
    /// When no such step ran before: a mistake in the builder.
    pub fn output(&self, name: &str) -> Result<&Path> {
        self.outputs
            .get(name)
            .map(|o| o.path.as_path())
            .ok_or_else(|| anyhow!("the step `{name}` has not run"))
    }
}

/// A finished step.
#[derive(Debug, Clone)]
pub struct Output {
    pub path: PathBuf,
    pub key: String,
    pub built: bool,
    pub time: Duration,
}

/// What a step's last run was made from, kept to explain the next one.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    inputs: BTreeMap<String, String>,
}

/// What every step depends on: the rules by which programs run in trees, where they find outputs, and the time that files bear.
fn rules() -> String {
    format!("{}\n{OUTPUTS}\n{}", firn_tree::rules(), crate::EPOCH)
}

impl<'a> Step<'a> {
    /// A step without inputs yet but those of every step.
    pub fn new(name: &'static str, action: impl Fn(&Job<'_>) -> Result<()> + 'a) -> Self {
        Self {
            name,
            inputs: BTreeMap::from([("rules".into(), rules())]),
            sources: Vec::new(),
            needs: Vec::new(),
            action: Box::new(action),
        }
    }

    /// Adds an input by its name; the value may be any text, or a hash.
    #[must_use]
    pub fn input(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.inputs.insert(name.into(), value.into());
        self
    }

    /// Adds each file below a folder of the workspace as an input.
    #[must_use]
    pub fn tree(self, workspace: &Path, folder: &'static str) -> Self {
        self.tree_without(workspace, folder, &[])
    }

    /// The same without those files whose path begins like this.
    #[must_use]
    pub fn tree_without(
        mut self,
        workspace: &Path,
        folder: &'static str,
        without: &'static [&'static str],
    ) -> Self {
        let workspace = workspace.to_owned();
        self.sources.push(Source::Tree {
            workspace,
            folder,
            without,
        });
        self
    }

    /// Adds a file of the workspace as an input of this name.
    #[must_use]
    pub fn file(mut self, name: &'static str, path: PathBuf) -> Self {
        self.sources.push(Source::File { name, path });
        self
    }

    /// Names the steps whose outputs this one uses.
    #[must_use]
    pub fn needs(mut self, names: &[&'static str]) -> Self {
        self.needs.extend(names);
        self
    }
}

/// The steps in the order in which they run.
pub struct Pipeline<'a> {
    cache: &'a Cache,
    steps: Vec<Step<'a>>,
}

impl<'a> Pipeline<'a> {
    pub fn new(cache: &'a Cache) -> Self {
        Self {
            cache,
            steps: Vec::new(),
        }
    }

    /// Adds a step after all those that it needs.
    pub fn add(&mut self, step: Step<'a>) {
        self.steps.push(step);
    }

    /// Whether the output of a step that needs no others is in the cache.
    ///
    /// # Errors
    /// When a source cannot be read.
    pub fn has(cache: &Cache, step: &Step<'_>) -> Result<bool> {
        let key = hash::map(&inputs(step, &BTreeMap::new())?);
        Ok(cache.output(step.name, &key).exists())
    }

    /// Runs what is not in the cache yet, of the steps that lead to these outputs.
    ///
    /// # Errors
    /// The first step that fails, with its last lines and where its log is.
    pub fn run(&self, goals: &[&'static str]) -> Result<BTreeMap<&'static str, Output>> {
        // Two builds in one cache would write into the same folders; one that finds everything writes nothing.
        let mut lock = None;
        let mut outputs = BTreeMap::new();
        let steps = self.leading_to(goals);
        for (number, step) in steps.iter().enumerate() {
            let line = Line::start(number + 1, steps.len(), step.name);
            let output = self.make(step, &outputs, &mut lock)?;
            line.finish(output.built, output.time);
            outputs.insert(step.name, output);
        }
        Ok(outputs)
    }

    /// These steps and all that they need, in order.
    fn leading_to(&self, goals: &[&'static str]) -> Vec<&Step<'a>> {
        let mut wanted: BTreeSet<&str> = goals.iter().copied().collect();
        let mut steps: Vec<&Step<'a>> = Vec::new();
        // A step stands after those that it needs.
        for step in self.steps.iter().rev() {
            if wanted.contains(step.name) {
                wanted.extend(&step.needs);
                steps.push(step);
            }
        }
        steps.reverse();
        steps
    }

    /// Says for each step why it will or will not run.
    ///
    /// # Errors
    /// When a source cannot be read.
    pub fn explain(&self) -> Result<Vec<String>> {
        let mut outputs = BTreeMap::new();
        let mut lines = Vec::new();
        for step in &self.steps {
            let inputs = inputs(step, &outputs)?;
            let key = hash::map(&inputs);
            let path = self.cache.output(step.name, &key);
            lines.push(format!(
                "{:<14} {}",
                step.name,
                self.reason(step, &inputs, &path)
            ));
            let (built, time) = (false, Duration::ZERO);
            outputs.insert(
                step.name,
                Output {
                    path,
                    key,
                    built,
                    time,
                },
            );
        }
        Ok(lines)
    }

    fn reason(&self, step: &Step<'_>, inputs: &BTreeMap<String, String>, path: &Path) -> String {
        if path.exists() {
            return "cached: nothing it depends on has changed".into();
        }
        let Some(last) = self.last(step.name) else {
            return "will run: it was never built here".into();
        };
        let changed: Vec<&str> = inputs
            .iter()
            .filter(|(name, value)| last.inputs.get(*name) != Some(value))
            .map(|(name, _)| name.as_str())
            .chain(
                last.inputs
                    .keys()
                    .filter(|n| !inputs.contains_key(*n))
                    .map(String::as_str),
            )
            .collect();
        match changed.as_slice() {
            [] => "will run: its output is gone from the cache".into(),
            some => format!("will run: changed: {}", some.join(", ")),
        }
    }

    fn make(
        &self,
        step: &Step<'_>,
        outputs: &BTreeMap<&'static str, Output>,
        lock: &mut Option<File>,
    ) -> Result<Output> {
        let started = Instant::now();
        for _ in 0..ATTEMPTS {
            let inputs = inputs(step, outputs)?;
            let key = hash::map(&inputs);
            let path = self.cache.output(step.name, &key);
            if !path.exists() && lock.is_none() {
                *lock = Some(self.cache.lock()?);
            }
            // The build that was waited for may have made it.
            let built = !path.exists();
            if built {
                let partial = path.with_extension("partial");
                self.build(step, &partial, outputs)?;
                if self::inputs(step, outputs)? != inputs {
                    self.cache.remove(&partial)?;
                    continue;
                }
                std::fs::rename(&partial, &path)
                    .with_context(|| format!("moving the finished output to {}", path.display()))?;
                self.cache.forget_older(step.name, &path)?;
                self.remember(step.name, &inputs)?;
            }
            let time = started.elapsed();
            return Ok(Output {
                path,
                key,
                built,
                time,
            });
        }
        bail!(
            "building the step `{}`: its sources were changed each of the {ATTEMPTS} times that it ran; start again when they stay",
            step.name
        )
    }

    fn build(
        &self,
        step: &Step<'_>,
        partial: &Path,
        outputs: &BTreeMap<&'static str, Output>,
    ) -> Result<()> {
        self.cache.remove(partial)?;
        let log = self.cache.log(step.name);
        std::fs::write(&log, "").with_context(|| format!("writing the log {}", log.display()))?;
        let job = Job {
            out: partial,
            log: &log,
            outputs,
        };
        let _umask = Umask::ours();
        (step.action)(&job).with_context(|| {
            format!(
                "building the step `{}` (its whole log: {})",
                step.name,
                log.display()
            )
        })
    }

    fn last(&self, name: &str) -> Option<Record> {
        serde_json::from_slice(&std::fs::read(self.cache.record(name)).ok()?).ok()
    }

    fn remember(&self, name: &str, inputs: &BTreeMap<String, String>) -> Result<()> {
        let record = Record {
            inputs: inputs.clone(),
        };
        let path = self.cache.record(name);
        std::fs::write(&path, serde_json::to_vec_pretty(&record)?)
            .with_context(|| format!("writing {}", path.display()))
    }
}

/// While its value lives, new files get the modes that they have on every build host.
struct Umask(Mode);

impl Umask {
    fn ours() -> Self {
        Self(rustix::process::umask(Mode::WGRP | Mode::WOTH))
    }
}

impl Drop for Umask {
    fn drop(&mut self) {
        rustix::process::umask(self.0);
    }
}

/// Everything that goes into a step now: what the recipes say, the sources as they are, the keys of the steps that it needs.
fn inputs(
    step: &Step<'_>,
    outputs: &BTreeMap<&'static str, Output>,
) -> Result<BTreeMap<String, String>> {
    let mut inputs = step.inputs.clone();
    for source in &step.sources {
        inputs.extend(source.hashes()?);
    }
    for need in &step.needs {
        let key = outputs.get(need).map_or("missing", |o| &o.key);
        inputs.insert(format!("step {need}"), key.into());
    }
    Ok(inputs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::fs;

    /// A step that copies a source, which `change` may touch while it runs.
    fn copied(folder: &Path, change: impl Fn(&Path)) -> Result<Output> {
        let cache = Cache::at(folder.join("cache"))?;
        let source = folder.join("source");
        let mut pipeline = Pipeline::new(&cache);
        let step = Step::new("copy", |job| {
            fs::copy(&source, job.out)?;
            change(&source);
            Ok(())
        });
        pipeline.add(step.file("source", source.clone()));
        Ok(pipeline.run(&["copy"])?.remove("copy").unwrap())
    }

    #[test]
    fn an_output_that_is_there_is_not_made_again() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("source"), "one")?;
        let first = copied(folder.path(), |_| {})?;
        let second = copied(folder.path(), |_| {})?;
        assert!(first.built && !second.built);
        assert_eq!(first.path, second.path);
        let cache = Cache::at(folder.path().join("cache"))?;
        let step = |name| Step::new(name, |_| Ok(())).file("source", folder.path().join("source"));
        assert!(Pipeline::has(&cache, &step("copy"))? && !Pipeline::has(&cache, &step("other"))?);
        Ok(())
    }

    /// One test, because the umask is the whole process's.
    #[test]
    fn outputs_have_the_same_modes_whatever_the_umask() -> Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir()?;
        let cache = Cache::at(folder.path().join("cache"))?;
        let mode =
            |path: &Path| Ok::<_, anyhow::Error>(path.metadata()?.permissions().mode() & 0o777);
        let own = rustix::process::umask(Mode::RWXG | Mode::RWXO);
        let mut pipeline = Pipeline::new(&cache);
        pipeline.add(Step::new("folder", |job| {
            fs::create_dir(job.out)?;
            Ok(fs::write(job.out.join("file"), "")?)
        }));
        let made = pipeline.run(&["folder"]);
        let after = rustix::process::umask(own);
        let path = made?.remove("folder").unwrap().path;
        assert_eq!(mode(&path)?, 0o755);
        assert_eq!(mode(&path.join("file"))?, 0o644);
        assert_eq!(after, Mode::RWXG | Mode::RWXO, "the caller's comes back");
        Ok(())
    }

    #[test]
    fn a_source_saved_meanwhile_makes_the_step_run_again() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("source"), "old")?;
        let runs = Cell::new(0);
        let output = copied(folder.path(), |source| {
            runs.set(runs.get() + 1);
            fs::write(source, "new").unwrap();
        })?;
        assert_eq!(runs.get(), 2);
        assert_eq!(fs::read_to_string(&output.path)?, "new");
        fs::write(folder.path().join("source"), "old")?;
        assert!(copied(folder.path(), |_| {})?.built, "old was never kept");
        Ok(())
    }

    #[test]
    fn only_what_leads_to_the_goal_runs() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let cache = Cache::at(folder.path().join("cache"))?;
        let mut pipeline = Pipeline::new(&cache);
        let touch = |job: &Job<'_>| Ok(fs::write(job.out, "")?);
        pipeline.add(Step::new("a", touch));
        pipeline.add(Step::new("b", touch));
        pipeline.add(Step::new("c", touch).needs(&["a"]));
        let names: Vec<_> = pipeline.run(&["c"])?.into_keys().collect();
        assert_eq!(names, ["a", "c"]);
        Ok(())
    }

    #[test]
    fn sources_that_never_stay_are_an_error() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("source"), "0")?;
        let runs = Cell::new(0);
        let error = copied(folder.path(), |source| {
            runs.set(runs.get() + 1);
            fs::write(source, runs.get().to_string()).unwrap();
        });
        assert!(error.unwrap_err().to_string().contains("changed"));
        assert_eq!(runs.get(), ATTEMPTS);
        Ok(())
    }
}
