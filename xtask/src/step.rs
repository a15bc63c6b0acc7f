//! Steps with content-addressed outputs: the one engine that every build goes through.
//!
//! A step's key is the hash of its inputs and of the keys of the steps that it needs; its output lies in the cache under that
//! key. An output that is there is never made again; one that is being made lies beside it and is renamed when it is whole,
//! so a build that was killed leaves nothing that could be taken for a result.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};

use crate::cache::Cache;
use crate::hash;
use crate::progress::Line;

type Action<'a> = Box<dyn Fn(&Job<'_>) -> Result<()> + 'a>;

/// One step: what goes in, what it needs, and how its output is made.
pub struct Step<'a> {
    name: &'static str,
    inputs: BTreeMap<String, String>,
    needs: Vec<&'static str>,
    action: Action<'a>,
}

/// What a running step may use.
pub struct Job<'a> {
    /// Where the output is to be made: a file or a folder, not there yet.
    pub out: &'a Path,
    /// The step's log file.
    pub log: &'a Path,
    outputs: &'a BTreeMap<&'static str, Output>,
}

impl Job<'_> {
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

impl<'a> Step<'a> {
    /// A step without inputs yet.
    pub fn new(name: &'static str, action: impl Fn(&Job<'_>) -> Result<()> + 'a) -> Self {
        Self {
            name,
            inputs: BTreeMap::new(),
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

    /// Adds each file below a folder as an input.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn tree(mut self, workspace: &Path, folder: &str) -> Result<Self> {
        self.inputs.extend(hash::tree(workspace, folder)?);
        Ok(self)
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

    /// Runs what is not in the cache yet.
    ///
    /// # Errors
    /// The first step that fails, with its last lines and where its log is.
    pub fn run(&self) -> Result<BTreeMap<&'static str, Output>> {
        let mut outputs = BTreeMap::new();
        for (number, step) in self.steps.iter().enumerate() {
            let inputs = self.inputs(step, &outputs);
            let line = Line::start(number + 1, self.steps.len(), step.name);
            let output = self.make(step, &inputs, &outputs)?;
            line.finish(output.built, output.time);
            outputs.insert(step.name, output);
        }
        Ok(outputs)
    }

    /// Says for each step why it will or will not run.
    pub fn explain(&self) -> Vec<String> {
        let mut outputs = BTreeMap::new();
        let mut lines = Vec::new();
        for step in &self.steps {
            let inputs = self.inputs(step, &outputs);
            let key = hash::map(&inputs);
            let path = self.cache.output(step.name, &key);
            lines.push(format!(
                "{:<12} {}",
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
        lines
    }

    fn inputs(
        &self,
        step: &Step<'_>,
        outputs: &BTreeMap<&'static str, Output>,
    ) -> BTreeMap<String, String> {
        let mut inputs = step.inputs.clone();
        for need in &step.needs {
            let key = outputs.get(need).map_or("missing", |o| &o.key);
            inputs.insert(format!("step {need}"), key.into());
        }
        inputs
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
        inputs: &BTreeMap<String, String>,
        outputs: &BTreeMap<&'static str, Output>,
    ) -> Result<Output> {
        let started = Instant::now();
        let key = hash::map(inputs);
        let path = self.cache.output(step.name, &key);
        let built = !path.exists();
        if built {
            self.build(step, &path, outputs)?;
            self.remember(step.name, inputs)?;
        }
        let time = started.elapsed();
        Ok(Output {
            path,
            key,
            built,
            time,
        })
    }

    fn build(
        &self,
        step: &Step<'_>,
        path: &Path,
        outputs: &BTreeMap<&'static str, Output>,
    ) -> Result<()> {
        let partial = path.with_extension("partial");
        self.cache.remove(&partial)?;
        let log = self.cache.log(step.name);
        std::fs::write(&log, "").with_context(|| format!("writing the log {}", log.display()))?;
        let job = Job {
            out: &partial,
            log: &log,
            outputs,
        };
        (step.action)(&job).with_context(|| {
            format!(
                "building the step `{}` (its whole log: {})",
                step.name,
                log.display()
            )
        })?;
        std::fs::rename(&partial, path)
            .with_context(|| format!("moving the finished output to {}", path.display()))?;
        self.cache.forget_older(step.name, path)
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
