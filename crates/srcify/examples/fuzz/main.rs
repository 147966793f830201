//! Feeds broken and odd inputs to each stage: no panic, no hang, and whatever is emitted parses.
//!
//! Usage: `fuzz TARGET SECONDS SEED FOLDER FILE…`, where the target is `read`, `lower`, `analyze`, `plan` or `emit`, and the
//! files are scripts to begin with. Python comes from its grammar and from the files, changed by lines and by words;
//! notebooks are built cell by cell. An input that brings up what none did before (a diagnostic, a decision, an effect) is
//! kept in `FOLDER/corpus`, and later inputs are made of it. An input that shows a bug is made small, and stored in
//! `FOLDER/found`. The same seed and corpus give the same inputs. The status is 1 when something was found.
#![expect(
    clippy::print_stderr,
    reason = "a developer's tool reads its seeds and talks to the terminal"
)]

mod corpus;
mod grammar;
mod inputs;
mod minimise;
mod notebooks;
mod random;
mod stages;

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

use crate::corpus::Corpus;
use crate::random::Random;
use crate::stages::{Outcome, try_stage};

/// One input may take this long: of the processor's time, where the system tells, for the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);

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
    let [target, seconds, seed, folder, files @ ..] = &arguments[..] else {
        eprintln!("usage: fuzz TARGET SECONDS SEED FOLDER FILE…");
        return ExitCode::from(2);
    };
    stages::note_places();
    let folder = Utf8Path::new(folder).join(target);
    let mut corpus = match Corpus::open(&folder, files) {
        Ok(corpus) => corpus,
        Err(error) => {
            eprintln!("error: cannot keep a corpus in `{folder}`: {error}");
            return ExitCode::from(2);
        }
    };
    let limit = Duration::from_secs(seconds.parse().unwrap_or(60));
    let seed: u64 = seed.parse().unwrap_or(1);
    eprintln!(
        "{target}: seed {seed}, {} texts to begin with",
        corpus.texts.len()
    );
    let started = Instant::now();
    watch(started, folder.join("running"));
    let (mut count, mut found) = (0_u64, 0_u64);
    while started.elapsed() < limit {
        // Each input has a seed of its own, so that the count says where to go on.
        let mut random = Random::new(seed.wrapping_add(count.wrapping_mul(0x1_0001)));
        count += 1;
        let (name, bytes) = inputs::input(&mut random, &corpus.texts);
        // Written before it runs, so that it is there when the process is stopped.
        let _ = std::fs::write(folder.join("running"), &bytes);
        BEGAN.store(millis(started).max(1), Ordering::SeqCst);
        let outcome = try_stage(target, name, &bytes);
        BEGAN.store(0, Ordering::SeqCst);
        match outcome {
            Outcome::Fine(features) => corpus.learn(name, &bytes, features),
            Outcome::Bug(complaint) => {
                found += 1;
                eprintln!("seed {seed}, input {count}: {complaint}");
                let small = minimise::minimise(bytes, |smaller| {
                    try_stage(target, name, smaller).is_bug(&complaint)
                });
                eprintln!("  {}", corpus.keep_bug(name, &small));
            }
        }
    }
    let minutes = started.elapsed().as_secs() / 60;
    eprintln!(
        "{target}: {count} inputs in {minutes} min, {found} found, {} texts in the corpus, {} features",
        corpus.texts.len(),
        corpus.features.len()
    );
    ExitCode::from(u8::from(found > 0))
}

fn millis(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Ends the process when one input takes too long.
fn watch(started: Instant, case: Utf8PathBuf) {
    std::thread::spawn(move || {
        // The input at work, and what was spent when it was first seen.
        let mut seen = (0, Duration::ZERO);
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let began = BEGAN.load(Ordering::SeqCst);
            let now = spent().unwrap_or_else(|| started.elapsed());
            if began != seen.0 {
                seen = (began, now);
            }
            if began != 0 && now.saturating_sub(seen.1) > PATIENCE {
                eprintln!("takes longer than {} s: {case}", PATIENCE.as_secs());
                std::process::exit(1);
            }
        }
    });
}

/// Processor time of this process; `None` where the system does not tell.
fn spent() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    // Ticks of a hundredth of a second, in user and in system mode.
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: Vec<u64> = ticks.map_while(|it| it.parse().ok()).collect();
    Some(Duration::from_millis(ticks.iter().sum::<u64>() * 10))
}
