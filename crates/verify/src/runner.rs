//! Starting a program, watching it, and ending it with all of its children.

use std::{
    fs,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use camino::{Utf8Path, Utf8PathBuf};

use crate::RunError;

/// How long a program may take to say where it was after its time is up.
const GRACE: Duration = Duration::from_secs(5);
/// How often we look after a running program.
const BEAT: Duration = Duration::from_millis(20);
/// A program that prints more than this is stopped: the disk is not ours to fill.
const MOST_OUTPUT: u64 = 512 * 1024 * 1024;

/// A program to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// What is run, for people: `input`, `package`.
    pub label: String,
    /// The interpreter.
    pub program: Utf8PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Where it starts.
    pub directory: Utf8PathBuf,
    /// Variables beside those of this process.
    pub variables: Vec<(String, String)>,
    /// The file that receives what it prints.
    pub output: Utf8PathBuf,
    /// The file that receives what it complains about.
    pub errors: Utf8PathBuf,
    /// A file to which it appends one line per step.
    pub steps: Utf8PathBuf,
    /// How long it may run.
    pub timeout: Duration,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// By itself, with a status; `None` when a signal ended it.
    Exited(Option<i32>),
    /// We ended it, for its time was up.
    TimedOut,
    /// We ended it, for it printed without end.
    TooMuchOutput,
}

/// What is known of a program that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// How.
    pub ending: Ending,
    /// After how long.
    pub duration: Duration,
}

/// Runs programs: really, or in tests from a script.
pub trait Runner: Sync {
    /// Runs a program to its end.
    fn run(&self, invocation: &Invocation, progress: &dyn Progress) -> Result<Ended, RunError>;
}

/// Hears what is being done, to show it.
pub trait Progress: Sync {
    /// A run begins.
    fn started(&self, label: &str);
    /// A run came to its next step, e.g. `cell 3 of 12`.
    fn reached(&self, label: &str, step: &str);
    /// A run is over.
    fn finished(&self, label: &str);
}

/// Shows nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn started(&self, _label: &str) {}
    fn reached(&self, _label: &str, _step: &str) {}
    fn finished(&self, _label: &str) {}
}

/// Whether the user asked us to stop.
#[derive(Debug, Clone)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// An interrupt that nobody raises but [`Self::raise`].
    pub fn new() -> Self {
        Self(Arc::new(AtomicBool::new(false)))
    }

    /// An interrupt raised by Ctrl-C and by a request to terminate; a second Ctrl-C ends the process at once.
    #[cfg(unix)]
    pub fn on_signals() -> std::io::Result<Self> {
        use signal_hook::{
            consts::{SIGINT, SIGTERM},
            flag,
        };
        let interrupt = Self::new();
        for signal in [SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(signal, 130, Arc::clone(&interrupt.0))?;
            flag::register(signal, Arc::clone(&interrupt.0))?;
        }
        Ok(interrupt)
    }

    /// An interrupt that nobody raises: here, Ctrl-C ends the process group as a whole.
    #[cfg(not(unix))]
    pub fn on_signals() -> std::io::Result<Self> {
        Ok(Self::new())
    }

    /// Asks to stop.
    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody did.
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Default for Interrupt {
    fn default() -> Self {
        Self::new()
    }
}

/// Runs each program in a process group of its own.
#[derive(Debug, Clone)]
pub struct ProcessRunner {
    /// Ends what is running when raised.
    pub interrupt: Interrupt,
}

impl Runner for ProcessRunner {
    fn run(&self, invocation: &Invocation, progress: &dyn Progress) -> Result<Ended, RunError> {
        let mut group = Group::start(invocation)?;
        let start = Instant::now();
        let mut steps = Steps::new(&invocation.steps);
        progress.started(&invocation.label);
        let ending = loop {
            if let Some(status) = group.ended() {
                break Ending::Exited(status.code());
            }
            if self.interrupt.is_raised() {
                return Err(RunError::Interrupted);
            }
            if start.elapsed() >= invocation.timeout {
                group.stop_gently(&self.interrupt);
                break Ending::TimedOut;
            }
            if fs::metadata(&invocation.output).is_ok_and(|file| file.len() > MOST_OUTPUT) {
                group.stop_gently(&self.interrupt);
                break Ending::TooMuchOutput;
            }
            if let Some(step) = steps.latest() {
                progress.reached(&invocation.label, &step);
            }
            thread::sleep(BEAT);
        };
        progress.finished(&invocation.label);
        Ok(Ended {
            ending,
            duration: start.elapsed(),
        })
    }
}

/// A running program and its children; none of them survives this value.
struct Group {
    child: Child,
}

impl Group {
    fn start(invocation: &Invocation) -> Result<Self, RunError> {
        let create =
            |path: &Utf8Path| fs::File::create(path).map_err(RunError::io("create", path.as_str()));
        let mut command = Command::new(&invocation.program);
        command
            .args(&invocation.arguments)
            .current_dir(&invocation.directory)
            .envs(
                invocation
                    .variables
                    .iter()
                    .map(|(name, value)| (name, value)),
            )
            .stdin(Stdio::null())
            .stdout(create(&invocation.output)?)
            .stderr(create(&invocation.errors)?);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().map_err(|source| RunError::Start {
            program: invocation.program.clone(),
            source,
        })?;
        Ok(Self { child })
    }

    fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Asks the program to stop, so that it can say where it was; [`Drop`] ends what does not listen.
    fn stop_gently(&mut self, interrupt: &Interrupt) {
        self.terminate();
        let start = Instant::now();
        while start.elapsed() < GRACE && self.ended().is_none() && !interrupt.is_raised() {
            thread::sleep(BEAT);
        }
    }

    #[cfg(unix)]
    fn terminate(&self) {
        use rustix::process::{Pid, Signal, kill_process};
        if let Some(pid) = Pid::from_raw(self.child.id().cast_signed()) {
            let _ = kill_process(pid, Signal::TERM);
        }
    }

    #[cfg(not(unix))]
    fn terminate(&self) {}

    #[cfg(unix)]
    fn kill_group(&self) {
        use rustix::process::{Pid, Signal, kill_process_group};
        if let Some(pid) = Pid::from_raw(self.child.id().cast_signed()) {
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }

    #[cfg(not(unix))]
    fn kill_group(&self) {}
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill_group();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The last line of a growing file, each told once.
struct Steps<'a> {
    path: &'a Utf8Path,
    length: u64,
}

impl<'a> Steps<'a> {
    fn new(path: &'a Utf8Path) -> Self {
        Self { path, length: 0 }
    }

    fn latest(&mut self) -> Option<String> {
        let length = fs::metadata(self.path).ok()?.len();
        if length == self.length {
            return None;
        }
        self.length = length;
        let text = fs::read_to_string(self.path).ok()?;
        text.lines().last().map(ToOwned::to_owned)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn shell(folder: &Utf8Path, script: &str, timeout: Duration) -> Invocation {
        Invocation {
            label: "input".to_owned(),
            program: Utf8PathBuf::from("/bin/sh"),
            arguments: vec!["-c".to_owned(), script.to_owned()],
            directory: folder.to_owned(),
            variables: vec![("NAME".to_owned(), "ü".to_owned())],
            output: folder.join("out"),
            errors: folder.join("err"),
            steps: folder.join("steps"),
            timeout,
        }
    }

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        (folder, path)
    }

    fn is_running(folder: &Utf8Path) -> bool {
        let pid = fs::read_to_string(folder.join("pid")).unwrap();
        let state = fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
        !state.is_empty() && !state.contains(") Z")
    }

    #[test]
    fn what_a_program_prints_is_kept_with_its_status() {
        let (_keep, folder) = folder();
        let runner = ProcessRunner {
            interrupt: Interrupt::new(),
        };
        let invocation = shell(&folder, "printf $NAME; exit 7", Duration::from_secs(20));
        let ended = runner.run(&invocation, &NoProgress).unwrap();
        assert_eq!(ended.ending, Ending::Exited(Some(7)));
        assert_eq!(fs::read_to_string(folder.join("out")).unwrap(), "ü");
    }

    #[test]
    fn a_program_whose_time_is_up_ends_with_its_children() {
        let (_keep, folder) = folder();
        let runner = ProcessRunner {
            interrupt: Interrupt::new(),
        };
        let script = "sleep 60 & echo $! > pid; wait";
        let invocation = shell(&folder, script, Duration::from_millis(300));
        let ended = runner.run(&invocation, &NoProgress).unwrap();
        assert_eq!(ended.ending, Ending::TimedOut);
        thread::sleep(Duration::from_millis(100));
        assert!(!is_running(&folder));
    }

    #[test]
    fn an_interrupt_ends_the_program_and_its_children() {
        let (_keep, folder) = folder();
        let interrupt = Interrupt::new();
        let runner = ProcessRunner {
            interrupt: interrupt.clone(),
        };
        let script = "sleep 50 & echo $! > pid; wait";
        let invocation = shell(&folder, script, Duration::from_secs(50));
        let raiser = thread::spawn(move || {
            thread::sleep(Duration::from_millis(300));
            interrupt.raise();
        });
        let error = runner.run(&invocation, &NoProgress).unwrap_err();
        raiser.join().unwrap();
        assert!(matches!(error, RunError::Interrupted));
        thread::sleep(Duration::from_millis(100));
        assert!(!is_running(&folder));
    }

    #[test]
    fn a_missing_program_is_named() {
        let (_keep, folder) = folder();
        let runner = ProcessRunner {
            interrupt: Interrupt::new(),
        };
        let mut invocation = shell(&folder, "", Duration::from_secs(1));
        invocation.program = Utf8PathBuf::from("/no/such/python");
        let error = runner.run(&invocation, &NoProgress).unwrap_err();
        assert_eq!(error.to_string(), "cannot start `/no/such/python`");
    }
}
