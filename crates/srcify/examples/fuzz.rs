//! Feeds broken and odd inputs to each stage: no panic, no hang, and whatever is emitted parses.
//!
//! Usage: `fuzz TARGET SECONDS SEED FILE…`, where the target is `read`, `lower`, `analyze`, `plan` or `emit` and the
//! files are seeds. Notebooks are put together from cells; Python is changed by lines and by words. The same seed gives
//! the same inputs. The status is 1 when something was found; the input lies in the folder for temporary files.
#![expect(
    clippy::print_stderr,
    reason = "a developer's tool reads its seeds and talks to the terminal"
)]

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use srcify_effects::{Catalog, analyze, imported_libraries};
use srcify_plan::Preferences;
use srcify_syntax::{
    Diagnostic, ParseOptions, Program, Severity, Warned, parse_with, read, snippet,
};

/// One input may take this long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Words that make Python hard.
const WORDS: &[&str] = &[
    "global x",
    "nonlocal x",
    "del x",
    "x = y = []",
    "x += 1",
    "yield x",
    "await f()",
    "lambda: x",
    "print(x)",
    "with open('a') as x:",
    "try:",
    "except E as e:",
    "finally:",
    "for x in y:",
    "while x:",
    "else:",
    "def f(x=x):",
    "class C(x):",
    "return",
    "match x:",
    "case _:",
    "import x",
    "from x import *",
    "x = !ls",
    "%time x",
    "!pip install x",
    "x?",
    "%run x.py",
    "%store x",
    "from google.colab import files",
    "x = files.upload()",
    "dbutils.widgets.get('x')",
    "del list",
    "class C:\n    x = x",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'''",
    "\"\"\"",
    "\\",
    ":",
    ",",
    "=",
    "*x",
    "**x",
    "@x",
    "x if y else z",
    "f'{x=}'",
    "# %%",
    "# +",
    "# -",
    "exec('x')",
    "__name__",
    "if __name__ == '__main__':",
    "main()",
    "x[:]",
    "x.append(x)",
    "é",
    "\u{0}",
    "    ",
    "\t",
    "\n",
    "\r",
    "pass",
    "...",
    "x: int",
    "assert x",
    "raise x",
    "x := 1",
    "not",
    "and",
    "0x",
    "1e999",
    "\u{feff}",
];

/// Numbers that look random (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 1).unwrap_or(usize::MAX)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.next() % limit.max(1)
    }
}

/// When the input at work began, in milliseconds since the start; 0 for none.
static BEGAN: AtomicU64 = AtomicU64::new(0);

fn main() -> ExitCode {
    // Deep code needs a deep stack, as in the binary.
    let worker = std::thread::Builder::new().stack_size(256 << 20).spawn(run);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        Ok(Err(_)) | Err(_) => ExitCode::FAILURE,
    }
}

fn run() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [target, seconds, seed, files @ ..] = &arguments[..] else {
        eprintln!("usage: fuzz TARGET SECONDS SEED FILE…");
        return ExitCode::from(2);
    };
    let seeds: Vec<String> = files
        .iter()
        .filter_map(|file| std::fs::read_to_string(file).ok())
        .collect();
    let limit = Duration::from_secs(seconds.parse().unwrap_or(10));
    let mut random = Random(seed.parse::<u64>().unwrap_or(1) * 2 + 1);
    let started = Instant::now();
    let case = Utf8PathBuf::from_path_buf(
        std::env::temp_dir().join(format!("fuzz-{}", std::process::id())),
    )
    .unwrap_or_default();
    watch(started, case.clone());
    let (mut count, mut found) = (0_u64, 0_u64);
    while started.elapsed() < limit {
        let (name, bytes) = input(&mut random, &seeds);
        // Written before it runs, so that it is there when the process is stopped.
        let _ = std::fs::write(&case, &bytes);
        BEGAN.store(millis(started).max(1), Ordering::SeqCst);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            stage(target, Utf8Path::new(name), &bytes)
        }));
        BEGAN.store(0, Ordering::SeqCst);
        count += 1;
        let complaint = match outcome {
            Ok(complaint) => complaint,
            Err(_) => Some("panicked".to_owned()),
        };
        if let Some(complaint) = complaint {
            found += 1;
            let kept = format!("{case}-{found}-{name}");
            let _ = std::fs::write(&kept, &bytes);
            eprintln!("{complaint}: {kept}");
        }
    }
    eprintln!(
        "{target}: {count} inputs in {} s, {found} found",
        started.elapsed().as_secs()
    );
    ExitCode::from(u8::from(found > 0))
}

fn millis(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Ends the process when one input takes too long.
fn watch(started: Instant, case: Utf8PathBuf) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let began = BEGAN.load(Ordering::SeqCst);
            let patience = u64::try_from(PATIENCE.as_millis()).unwrap_or(u64::MAX);
            if began != 0 && millis(started).saturating_sub(began) > patience {
                eprintln!("hangs: {case}");
                std::process::exit(1);
            }
        }
    });
}

/// Runs an input up to a stage; what is wrong with what comes out.
fn stage(target: &str, path: &Utf8Path, bytes: &[u8]) -> Option<String> {
    let source = read(path, bytes).ok()?.output;
    if target == "read" {
        return None;
    }
    let parsed = parse_with(source, ParseOptions { skip_broken: true });
    let is_error = |it: &Diagnostic| it.severity == Severity::Error;
    let program = parsed.output;
    // What cannot be read goes no further.
    let ends = target == "lower" || program.units().len() > 400;
    if ends || parsed.diagnostics.iter().any(is_error) {
        return None;
    }
    let program = plainer(program);
    let libraries = imported_libraries(&program);
    let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
    let analysis = |program: &Program| analyze(program, &catalog, &|_| None);
    let graph = analysis(&program);
    if target == "analyze" {
        return None;
    }
    let untangled = srcify_plan::untangle(program, &catalog, &analysis, &BTreeSet::new());
    drop(graph);
    let (program, graph) = (untangled.program, untangled.graph);
    let plan = srcify_plan::plan(&program, &graph, &catalog, &Preferences::default()).output;
    if target == "plan" {
        return None;
    }
    let tree = srcify_emit::emit(&plan);
    let is_python = |path: &Utf8Path| path.extension() == Some("py");
    let mut files = tree.iter().filter(|(path, _)| is_python(path));
    let broken = files.find(|(_, text)| !snippet(text).is_valid())?;
    Some(format!("emitted `{}` does not parse", broken.0))
}

/// What the binary makes of a program before it analyses it.
fn plainer(program: Program) -> Program {
    let read = Warned {
        output: program,
        diagnostics: Vec::new(),
    };
    let program = srcify_link::include_runs(read, &|_| None).output;
    let program = srcify_link::leave_hosts(program).output;
    let program = srcify_link::unwrap_main(program);
    let program = srcify_link::unwrap_options(program).output;
    srcify_link::fit_for_functions(srcify_link::open_containers(program))
}

/// A new input: a script, or a notebook of cells.
fn input(random: &mut Random, seeds: &[String]) -> (&'static str, Vec<u8>) {
    let text = changed(random, seeds);
    match random.below(8) {
        0 => ("a.ipynb", bytes_changed(random, text.into_bytes())),
        1 => ("a.ipynb", notebook(random, &text).into_bytes()),
        2 => ("a.md", text.into_bytes()),
        3 => ("a.py", bytes_changed(random, text.into_bytes())),
        _ => ("a.py", text.into_bytes()),
    }
}

/// Lines of seeds: left out, doubled, moved, indented, mixed, and with words put in.
fn changed(random: &mut Random, seeds: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for _ in 0..=random.below(2) {
        let at = random.below(seeds.len());
        let Some(seed) = seeds.get(at) else { continue };
        let all: Vec<&str> = seed.lines().collect();
        let start = random.below(all.len());
        let length = random.below(60);
        lines.extend(
            all.iter()
                .skip(start)
                .take(length)
                .map(|line| (*line).to_owned()),
        );
    }
    for _ in 0..random.below(8) {
        let at = random.below(lines.len());
        let word = WORDS[random.below(WORDS.len())];
        match random.below(6) {
            0 if !lines.is_empty() => drop(lines.remove(at)),
            1 if !lines.is_empty() => {
                let other = random.below(lines.len());
                lines.swap(at, other);
            }
            2 if !lines.is_empty() => lines.insert(at, lines[at].clone()),
            3 if !lines.is_empty() => {
                let line = &mut lines[at];
                let places: Vec<usize> = line.char_indices().map(|(place, _)| place).collect();
                let place = places.get(random.below(places.len())).copied().unwrap_or(0);
                line.insert_str(place, word);
            }
            4 if !lines.is_empty() => lines[at] = format!("    {}", lines[at]),
            _ => lines.insert(at.min(lines.len()), word.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

fn bytes_changed(random: &mut Random, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => bytes[at] = u8::try_from(random.below(256)).unwrap_or(0),
            1 => bytes.truncate(at),
            _ => drop(bytes.remove(at)),
        }
    }
    bytes
}

/// A notebook of the paragraphs of `text`, with oddities.
fn notebook(random: &mut Random, text: &str) -> String {
    let mut cells = Vec::new();
    for paragraph in text.split("\n\n") {
        let kind = ["code", "code", "code", "markdown", "raw", "heading"][random.below(6)];
        let count = ["null", "1", "2", "3", "\"x\""][random.below(5)];
        let source = serde_json::to_string(paragraph).unwrap_or_default();
        let key = ["source", "source", "source", "input"][random.below(4)];
        cells.push(format!(
            r#"{{"cell_type": "{kind}", "execution_count": {count}, "{key}": {source}}}"#
        ));
    }
    let cells = cells.join(", ");
    match random.below(4) {
        0 => format!(r#"{{"nbformat": 3, "worksheets": [{{"cells": [{cells}]}}]}}"#),
        1 => format!(r#"{{"cells": [{cells}]}}"#),
        _ => format!(r#"{{"cells": [{cells}], "metadata": {{}}, "nbformat": 4}}"#),
    }
}
