//! What `verify` asks its runner to do, and what it makes of the answers. No Python runs here.
#![expect(clippy::unwrap_used, reason = "a set-up that fails fails the test")]

use std::{fs, sync::Mutex, time::Duration};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use srcify_verify::{
    Contract, Ended, Ending, InputEntry, Invocation, Limits, NoProgress, Outcome, Package, Pair,
    Progress, RunContext, RunError, Runner, Runs, Settings, Status, Verdict, verify,
};

/// Answers each invocation from a script instead of running Python.
struct ScriptedRunner {
    /// The answer to the comparison of one run of the input with the package, then of several.
    comparisons: [Value; 2],
    /// How the input ends.
    ending: Ending,
    /// Requests in the order in which they came, with the label of each.
    seen: Mutex<Vec<(String, Value)>>,
}

impl Runner for ScriptedRunner {
    fn run(&self, invocation: &Invocation, _progress: &dyn Progress) -> Result<Ended, RunError> {
        let request: Value =
            serde_json::from_str(&fs::read_to_string(&invocation.arguments[2]).unwrap()).unwrap();
        let mut ending = Ending::Exited(Some(0));
        match request["mode"].as_str().unwrap() {
            "compare" => {
                let which = usize::from(request["again"] != json!([]));
                let result = request["result"].as_str().unwrap();
                fs::write(result, self.comparisons[which].to_string()).unwrap();
            }
            mode => {
                let place = Utf8PathBuf::from(request["scratch"].as_str().unwrap());
                fs::write(place.join("record.json"), r#"{"seconds": 1.5}"#).unwrap();
                if mode == "input" {
                    ending = self.ending;
                }
            }
        }
        let label = invocation.label.clone();
        self.seen.lock().unwrap().push((label, request));
        Ok(Ended {
            ending,
            duration: Duration::from_secs(2),
        })
    }
}

impl ScriptedRunner {
    fn new(once: &str, again: &str) -> Self {
        Self {
            comparisons: [compared(once), compared(again)],
            ending: Ending::Exited(Some(0)),
            seen: Mutex::default(),
        }
    }

    fn labels(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(label, _)| label.clone()).collect()
    }

    fn requests(&self, mode: &str) -> Vec<Value> {
        let seen = self.seen.lock().unwrap();
        let of_mode = seen.iter().filter(|(_, request)| request["mode"] == mode);
        of_mode.map(|(_, request)| request.clone()).collect()
    }
}

/// A comparison in which the name `x` has the outcome.
fn compared(outcome: &str) -> Value {
    let observable = |name: &str, outcome: &str| {
        json!({"name": name, "outcome": outcome, "place": null, "differences": [], "count": 0, "largest": 0.0,
               "notes": []})
    };
    json!({"values": [observable("x", outcome)], "files": [], "text": observable("printed text", "equal")})
}

struct World {
    _keep: tempfile::TempDir,
    pair: Pair,
}

fn world() -> World {
    let keep = tempfile::tempdir().unwrap();
    let root = Utf8PathBuf::from_path_buf(keep.path().canonicalize().unwrap()).unwrap();
    let folder = root.join("eine Übung");
    fs::create_dir_all(folder.join("data")).unwrap();
    fs::write(folder.join("nb.py"), "x = 1").unwrap();
    fs::write(folder.join("data/a.csv"), "1").unwrap();
    let source = folder.join("pkg/src");
    fs::create_dir_all(source.join("churn")).unwrap();
    fs::write(source.join("churn/__init__.py"), "").unwrap();
    let package = Package::find(&folder.join("pkg"), None).unwrap();
    let inputs = vec![InputEntry {
        path: folder.join("nb.py"),
        order: None,
    }];
    World {
        _keep: keep,
        pair: Pair {
            inputs,
            package,
            folder,
        },
    }
}

fn settings(runs: Runs, jobs: u32) -> Settings {
    Settings {
        python: Utf8PathBuf::from("python3"),
        limits: Limits {
            timeout: Duration::from_secs(9),
            memory: None,
            folder: 1000,
        },
        tolerance: 1e-9,
        runs,
        jobs,
        keep: false,
        offline: false,
        kernel: None,
        record: false,
        secrets: std::collections::BTreeMap::new(),
    }
}

fn run(world: &World, runner: &ScriptedRunner, contract: &Contract, runs: Runs) -> Verdict {
    let settings = settings(runs, 1);
    let context = RunContext {
        runner,
        progress: &NoProgress,
        settings: &settings,
    };
    verify(contract, &world.pair, &context).unwrap()
}

#[test]
fn equal_sides_need_no_second_run() {
    let runner = ScriptedRunner::new("equal", "equal");
    let verdict = run(&world(), &runner, &Contract::default(), Runs::AsNeeded);
    assert_eq!(verdict.status(), Status::Equal);
    assert_eq!(runner.labels(), ["input", "package", "comparison"]);
    assert!((verdict.input.seconds - 1.5).abs() < 1e-12);
}

#[test]
fn a_difference_is_judged_by_a_second_run_of_the_input() {
    let runner = ScriptedRunner::new("different", "different");
    let verdict = run(&world(), &runner, &Contract::default(), Runs::AsNeeded);
    assert_eq!(verdict.status(), Status::Different);
    assert_eq!(verdict.runs, 2);
    assert_eq!(
        runner.labels(),
        [
            "input",
            "package",
            "comparison",
            "input, run 2",
            "comparison"
        ]
    );
}

#[test]
fn what_differs_between_runs_of_the_input_is_no_difference() {
    let runner = ScriptedRunner::new("different", "non-deterministic");
    let verdict = run(&world(), &runner, &Contract::default(), Runs::AsNeeded);
    assert_eq!(verdict.observables[0].outcome, Outcome::NonDeterministic);
    assert_eq!(verdict.status(), Status::Equal);
}

#[test]
fn runs_that_were_asked_for_are_made() {
    let runner = ScriptedRunner::new("equal", "equal");
    let verdict = run(&world(), &runner, &Contract::default(), Runs::Exactly(3));
    assert_eq!(verdict.runs, 3);
    let seeds: Vec<Value> = runner
        .requests("input")
        .iter()
        .map(|one| one["seed"].clone())
        .collect();
    assert_eq!(seeds, [1, 2, 3]);
    assert_eq!(runner.requests("package")[0]["seed"], 1);
}

#[test]
fn an_input_whose_time_is_up_could_not_run() {
    let mut runner = ScriptedRunner::new("equal", "equal");
    runner.ending = Ending::TimedOut;
    let verdict = run(&world(), &runner, &Contract::default(), Runs::AsNeeded);
    let failure = verdict.input.failure.clone().unwrap();
    assert_eq!(failure.kind, "Timeout");
    assert_eq!(failure.message, "still running after 9s");
    assert_eq!(verdict.status(), Status::CouldNotRun);
}

#[test]
fn several_jobs_run_one_after_the_other_in_one_copy() {
    let contract = Contract::parse(r#"{"jobs": [{"name": "training"}, {"name": "evaluation"}]}"#);
    let runner = ScriptedRunner::new("equal", "equal");
    run(&world(), &runner, &contract, Runs::AsNeeded);
    let requests = runner.requests("package");
    assert_eq!(requests[0]["arguments"], json!(["training"]));
    assert_eq!(requests[1]["arguments"], json!(["evaluation"]));
    assert_eq!(requests[0]["folder"], requests[1]["folder"]);
    let compare = &runner.requests("compare")[0];
    assert_eq!(compare["right"]["scratches"].as_array().unwrap().len(), 2);
}

#[test]
fn the_sides_have_copies_of_their_own_that_are_gone_afterwards() {
    let world = world();
    let runner = ScriptedRunner::new("equal", "equal");
    run(&world, &runner, &Contract::default(), Runs::AsNeeded);
    let folder = |mode: &str| {
        runner.requests(mode)[0]["folder"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let folders = [folder("input"), folder("package")];
    assert_ne!(folders[0], folders[1]);
    for copy in &folders {
        assert!(copy.ends_with("eine Übung"), "{copy}");
        assert!(!Utf8Path::new(copy).exists());
    }
    assert!(world.pair.folder.join("data/a.csv").exists());
}

#[test]
fn two_jobs_run_both_sides_at_once_with_the_same_result() {
    let world = world();
    let runner = ScriptedRunner::new("equal", "equal");
    let settings = settings(Runs::AsNeeded, 2);
    let context = RunContext {
        runner: &runner,
        progress: &NoProgress,
        settings: &settings,
    };
    let verdict = verify(&Contract::default(), &world.pair, &context).unwrap();
    assert_eq!(verdict.status(), Status::Equal);
    let mut labels = runner.labels();
    labels.sort();
    assert_eq!(labels, ["comparison", "input", "package"]);
}

#[test]
fn a_folder_without_a_package_is_said_to_be_one() {
    let folder = tempfile::tempdir().unwrap();
    let error = Package::find(Utf8Path::from_path(folder.path()).unwrap(), None).unwrap_err();
    assert!(error.to_string().contains("holds no package"), "{error}");
}
