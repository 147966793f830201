//! Runs the probe over one side, in a copy of the input's folder, and reads what it recorded.

use std::{collections::BTreeMap, fs, time::Duration};

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    Contract, Ended, Ending, Failure, InputEntry, Invocation, Progress, RunError, Runner,
    SideReport, copy_folder,
    verdict::{Compared, Comparison},
};

/// The observer; one readable file.
const PROBE: &str = include_str!("../python/probe.py");

/// The package on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The project's folder.
    pub root: Utf8PathBuf,
    /// The folder to import from: `<root>/src`.
    pub source: Utf8PathBuf,
    /// The import name.
    pub name: String,
}

impl Package {
    /// Finds the package in a project's folder; `name` when it is known.
    pub fn find(root: &Utf8Path, name: Option<&str>) -> Result<Self, RunError> {
        let root = root
            .canonicalize_utf8()
            .map_err(RunError::io("read", root.as_str()))?;
        for source in [root.join("src"), root.clone()] {
            if let Some(found) = package_in(&source, name) {
                return Ok(Self {
                    root,
                    source,
                    name: found,
                });
            }
        }
        Err(RunError::NoPackage { folder: root })
    }
}

/// The first package in a folder, by name; tests are none.
fn package_in(source: &Utf8Path, name: Option<&str>) -> Option<String> {
    if let Some(name) = name {
        return source
            .join(name)
            .join("__init__.py")
            .is_file()
            .then(|| name.to_owned());
    }
    let mut names: Vec<String> = source
        .read_dir_utf8()
        .ok()?
        .flatten()
        .filter(|entry| entry.path().join("__init__.py").is_file())
        .map(|entry| entry.file_name().to_owned())
        .filter(|name| name != "tests")
        .collect();
    names.sort();
    names.into_iter().next()
}

/// What is compared: inputs, and the package made from them.
#[derive(Debug, Clone)]
pub struct Pair {
    /// In the order in which they run.
    pub inputs: Vec<InputEntry>,
    /// The package.
    pub package: Package,
    /// The folder that is copied for each run; the first input's own unless said otherwise.
    pub folder: Utf8PathBuf,
}

/// What a run may use.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Time of each run.
    pub timeout: Duration,
    /// Bytes of memory of each run.
    pub memory: Option<u64>,
    /// Bytes of the folder that is copied.
    pub folder: u64,
}

/// How often the input runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// Once, and once more to judge a difference.
    AsNeeded,
    /// So often, at least once.
    Exactly(u32),
}

/// How to verify.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The interpreter of both sides.
    pub python: Utf8PathBuf,
    /// What a run may use.
    pub limits: Limits,
    /// Numbers that differ by less, absolutely or relatively, are equal.
    pub tolerance: f64,
    /// How often the input runs.
    pub runs: Runs,
    /// How many runs at once.
    pub jobs: u32,
    /// Whether the copies stay.
    pub keep: bool,
    /// Whether Python code is kept from the network.
    pub offline: bool,
    /// The Jupyter kernel that runs the input; else the probe does it alone.
    pub kernel: Option<String>,
    /// Whether what was observed is prepared as a test of the package.
    pub record: bool,
    /// Variables of the package's runs: the secrets that the input holds as literals.
    pub secrets: BTreeMap<String, String>,
}

/// What a verification works with.
pub struct RunContext<'a> {
    /// Starts programs.
    pub runner: &'a dyn Runner,
    /// Hears of each step.
    pub progress: &'a dyn Progress,
    /// How to verify.
    pub settings: &'a Settings,
}

/// The scratch folder of one verification; removed with this value.
pub(crate) struct Bench<'a> {
    context: &'a RunContext<'a>,
    pair: &'a Pair,
    scratch: TempDir,
    root: Utf8PathBuf,
}

/// One side after its run.
pub(crate) struct Observed {
    folder: Utf8PathBuf,
    /// Where each process left its record.
    pub scratches: Vec<Utf8PathBuf>,
    outputs: Vec<Utf8PathBuf>,
    /// How it ran.
    pub report: SideReport,
}

/// What of a record concerns us; the values stay with the probe.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Record {
    failure: Option<Failure>,
    outside: Vec<String>,
    notes: Vec<String>,
    seconds: f64,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(pair: &'a Pair, context: &'a RunContext<'a>) -> Result<Self, RunError> {
        let scratch = tempfile::Builder::new()
            .prefix("srcify-verify-")
            .tempdir()
            .map_err(RunError::io("create", "a temporary folder"))?;
        let real = scratch
            .path()
            .canonicalize()
            .map_err(RunError::io("read", "the temporary folder"))?;
        let shown = real.display().to_string();
        let root = Utf8PathBuf::from_path_buf(real).map_err(|_| RunError::Io {
            action: "use",
            path: shown,
            source: std::io::ErrorKind::InvalidFilename.into(),
        })?;
        fs::write(root.join("probe.py"), PROBE).map_err(RunError::io("write", "probe.py"))?;
        Ok(Self {
            context,
            pair,
            scratch,
            root,
        })
    }

    /// Leaves the copies on disk, and says where.
    pub(crate) fn keep(self) -> String {
        self.scratch.keep().display().to_string()
    }

    /// Runs all inputs, one after the other, in one copy; `run` counts from 1.
    pub(crate) fn run_input(&self, run: u32) -> Result<Observed, RunError> {
        self.run_inputs(run, false)
    }

    /// Runs the inputs with each of their expressions watched.
    pub(crate) fn watch_input(&self) -> Result<Observed, RunError> {
        self.run_inputs(1, true)
    }

    fn run_inputs(&self, run: u32, watch: bool) -> Result<Observed, RunError> {
        let side = match run {
            1 => "input".to_owned(),
            _ => format!("input, run {run}"),
        };
        let mut observed = self.prepare(&side, self.labels())?;
        for (position, input) in self.pair.inputs.iter().enumerate() {
            let request = json!({
                "mode": "input",
                "path": self.in_copy(&observed.folder, &input.path),
                "order": input.order,
                "kernel": self.context.settings.kernel,
                "observe": watch,
                "paths": [],
                // The package's runs have the seed of the first run.
                "seed": run,
            });
            self.step(&side, &mut observed, position, &request)?;
            if observed.report.failure.is_some() {
                break;
            }
        }
        Ok(observed)
    }

    /// Runs the package, or its jobs one after the other, in one copy.
    pub(crate) fn run_package(&self, contract: &Contract) -> Result<Observed, RunError> {
        let package = &self.pair.package;
        let mut observed = self.prepare("package", package.name.clone())?;
        let paths = self.paths();
        let jobs: Vec<(usize, Vec<String>)> = contract.jobs_of(&paths).collect();
        for (position, (input, arguments)) in jobs.iter().enumerate() {
            let place = paths.get(*input).and_then(|path| path.parent());
            let directory = place.map_or_else(
                || observed.folder.clone(),
                |folder| self.in_copy(&observed.folder, folder),
            );
            let request = json!({
                "mode": "package",
                "package": package.name,
                "project": package.root,
                "paths": [package.source],
                "arguments": arguments,
                "directory": directory,
                "inputs": paths.get(*input).into_iter().collect::<Vec<_>>(),
                "seed": 1,
            });
            self.step("package", &mut observed, position, &request)?;
            if observed.report.failure.is_some() {
                break;
            }
        }
        Ok(observed)
    }

    /// The paths of the inputs.
    fn paths(&self) -> Vec<Utf8PathBuf> {
        let inputs = self.pair.inputs.iter();
        inputs.map(|input| input.path.clone()).collect()
    }

    /// Which processes of both sides belong together: one of the input, those of the jobs made from it.
    fn parts(&self, contract: &Contract) -> Value {
        let paths = self.paths();
        let jobs: Vec<(usize, Vec<String>)> = contract.jobs_of(&paths).collect();
        let part = |(position, path): (usize, &Utf8PathBuf)| {
            let own = jobs.iter().enumerate();
            let own = own.filter(|(_, (input, _))| *input == position);
            json!({
                "label": path.file_name(),
                "left": [position],
                "right": own.map(|(index, _)| index).collect::<Vec<_>>(),
                "names": contract.names_of(path),
            })
        };
        paths.iter().enumerate().map(part).collect()
    }

    /// Has the probe compare the first run of the input with the package; further runs tell what never repeats.
    pub(crate) fn compare(
        &self,
        inputs: &[Observed],
        package: &Observed,
        contract: &Contract,
    ) -> Result<Comparison, RunError> {
        let place = self.root.join(format!("comparison {}", inputs.len()));
        let result = place.join("result.json");
        let mut runs = inputs.iter().map(side_request);
        let request = json!({
            "mode": "compare",
            "result": result,
            "tolerance": self.context.settings.tolerance,
            "parts": self.parts(contract),
            "drawing_left_out": contract.drawing_left_out,
            "handed": contract.handed,
            "record": self.context.settings.record.then(|| self.recorded(contract)),
            "memory": self.context.settings.limits.memory,
            "left": runs.next(),
            "again": runs.collect::<Vec<_>>(),
            "right": side_request(package),
        });
        fs::create_dir_all(&place).map_err(RunError::io("create", place.as_str()))?;
        let invocation = self.invocation("comparison", &place, &request)?;
        let ended = self
            .context
            .runner
            .run(&invocation, self.context.progress)?;
        if ended.ending == Ending::TimedOut {
            return Err(RunError::CompareTimeout {
                limit: invocation.timeout,
            });
        }
        let text = fs::read(&result).map_err(|_| RunError::Compare {
            message: last_line(&invocation.errors),
        })?;
        let compared: Compared =
            serde_json::from_slice(&text).map_err(|error| RunError::Compare {
                message: error.to_string(),
            })?;
        Ok(compared.into_comparison())
    }

    /// What the recorded test has to know beside what was observed.
    fn recorded(&self, contract: &Contract) -> Value {
        let paths = self.paths();
        let place = |input: usize| {
            let folder = paths.get(input).and_then(|path| path.parent())?;
            let inner = folder.strip_prefix(&self.pair.folder).ok()?;
            (!inner.as_str().is_empty()).then(|| inner.to_owned())
        };
        let job = |(input, arguments): (usize, Vec<String>)| {
            let directory = place(input).unwrap_or_else(|| Utf8PathBuf::from("."));
            json!({ "arguments": arguments, "directory": directory })
        };
        json!({
            "origin": self.pair.folder,
            "jobs": contract.jobs_of(&paths).map(job).collect::<Vec<_>>(),
            "needs": contract.secrets,
        })
    }

    fn labels(&self) -> String {
        let names: Vec<&str> = self
            .pair
            .inputs
            .iter()
            .filter_map(|one| one.path.file_name())
            .collect();
        names.join(", ")
    }

    /// Makes the copy of a side.
    fn prepare(&self, side: &str, label: String) -> Result<Observed, RunError> {
        let name = self.pair.folder.file_name().unwrap_or("folder");
        let folder = self.root.join(side).join(name);
        let inside = self.pair.package.root.as_std_path();
        copy_folder(
            self.pair.folder.as_std_path(),
            folder.as_std_path(),
            &[inside],
            self.context.settings.limits.folder,
        )?;
        Ok(Observed {
            folder,
            scratches: Vec::new(),
            outputs: Vec::new(),
            report: SideReport {
                label,
                ..SideReport::default()
            },
        })
    }

    /// Where a path of the original folder is in a copy.
    fn in_copy(&self, copy: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
        match path.strip_prefix(&self.pair.folder) {
            Ok(inner) if inner.as_str().is_empty() => copy.to_owned(),
            Ok(inner) => copy.join(inner),
            Err(_) => path.to_owned(),
        }
    }

    /// Runs one process of a side and adds what it recorded.
    fn step(
        &self,
        side: &str,
        observed: &mut Observed,
        position: usize,
        request: &Value,
    ) -> Result<(), RunError> {
        let place = self.root.join(side).join(format!("scratch {position}"));
        fs::create_dir_all(&place).map_err(RunError::io("create", place.as_str()))?;
        let mut request = request.clone();
        request["folder"] = json!(observed.folder);
        request["scratch"] = json!(place);
        request["progress"] = json!(place.join("steps"));
        request["memory"] = json!(self.context.settings.limits.memory);
        request["record"] = json!(self.context.settings.record);
        request["offline"] = json!(self.context.settings.offline);
        let mut invocation = self.invocation(side, &place, &request)?;
        if request["mode"] == "package" {
            // Through the environment alone: nothing of it reaches a file.
            let secrets = self.context.settings.secrets.clone();
            invocation.variables.extend(secrets);
        }
        let ended = self
            .context
            .runner
            .run(&invocation, self.context.progress)?;
        let record = read_record(&place, &ended, &invocation);
        let report = &mut observed.report;
        report.seconds += record.seconds;
        report.failure = record.failure;
        report.outside.extend(record.outside);
        report.notes.extend(record.notes);
        if place.join("record.json").is_file() {
            observed.scratches.push(place);
        }
        observed.outputs.push(invocation.output);
        Ok(())
    }

    fn invocation(
        &self,
        label: &str,
        place: &Utf8Path,
        request: &Value,
    ) -> Result<Invocation, RunError> {
        let file = place.join("request.json");
        fs::write(&file, request.to_string()).map_err(RunError::io("write", file.as_str()))?;
        let variables = [
            ("PYTHONHASHSEED", "0"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
            ("PYTHONIOENCODING", "utf-8"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        Ok(Invocation {
            label: label.to_owned(),
            program: self.context.settings.python.clone(),
            arguments: vec![
                "-u".to_owned(),
                self.root.join("probe.py").into_string(),
                file.into_string(),
            ],
            directory: self.root.clone(),
            variables,
            output: place.join("output"),
            errors: place.join("errors"),
            steps: place.join("steps"),
            timeout: self.context.settings.limits.timeout,
        })
    }
}

fn side_request(observed: &Observed) -> Value {
    json!({
        "folder": observed.folder,
        "scratches": observed.scratches,
        "output": observed.outputs,
    })
}

/// What a process recorded; when it was ended, what we know of that.
fn read_record(place: &Utf8Path, ended: &Ended, invocation: &Invocation) -> Record {
    let text = fs::read(place.join("record.json")).unwrap_or_default();
    let mut record: Record = serde_json::from_slice(&text).unwrap_or_default();
    let failure = match ended.ending {
        Ending::TimedOut => Some((
            "Timeout",
            format!("still running after {:?}", invocation.timeout),
        )),
        Ending::TooMuchOutput => Some(("Output", "printed without end".to_owned())),
        Ending::Exited(Some(0 | 3)) if !text.is_empty() => None,
        Ending::Exited(Some(status)) => Some((
            "Crash",
            format!(
                "ended with status {status}: {}",
                last_line(&invocation.errors)
            ),
        )),
        Ending::Exited(None) => Some((
            "Crash",
            "ended by a signal (out of memory, or a fault in a library)".to_owned(),
        )),
    };
    if let Some((kind, message)) = failure {
        let known = record.failure.take().unwrap_or_default();
        record.failure = Some(Failure {
            kind: kind.to_owned(),
            message,
            ..known
        });
    }
    if let Some(failure) = &mut record.failure
        && failure.kind == "SystemExit"
    {
        // A command line says on its last line why it ends; the exception has the status alone.
        failure.message = format!("{}: {}", failure.message, last_line(&invocation.errors));
    }
    if record.failure.is_some() && record.seconds == 0.0 {
        record.seconds = ended.duration.as_secs_f64();
    }
    record
}

fn last_line(path: &Utf8Path) -> String {
    let bytes = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    last.unwrap_or("it said nothing").trim().to_owned()
}
