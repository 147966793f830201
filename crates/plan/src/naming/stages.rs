//! Words for stages of a job: long runs of statements that do several things.

use srcify_effects::{CallFacts, Callee, Effect, EffectSet};

use super::functions::Passage;
use super::sentence;
use super::summaries::{capital, joined};
use super::verbs::{is_bundled_data, verb_of_call, verb_of_word};
use crate::resources::fetches_data;

impl Passage<'_> {
    /// What a long run of statements does, in one verb for all of it: reading and cleaning is preparing.
    pub(crate) fn stage_name(&self) -> Option<String> {
        if let Some(name) = self.set_up_name() {
            return Some(name);
        }
        let phrases = self.phrases();
        let has = |wanted: &[&str]| phrases.iter().any(|(_, it)| wanted.contains(it));
        let fits = has(&["fit the models", "search for the best settings"]);
        let cleans = [
            "clean the data",
            "transform the data",
            "encode the features",
            "put the data together",
        ];
        if fits && has(&["measure the quality"]) {
            let verb = if has(&["search for the best settings"]) {
                "tune"
            } else {
                "fit"
            };
            let noun = if self.subject.fits > 1 {
                "models"
            } else {
                "model"
            };
            return Some(format!("{verb}_and_evaluate_{noun}"));
        }
        if fits {
            let noun = if self.subject.fits > 1 {
                "models"
            } else {
                "model"
            };
            return Some(format!("fit_{noun}"));
        }
        (has(&["read the data"]) && has(&cleans)).then(|| format!("prepare_{}", self.data_noun()))
    }

    /// `summarize_events`: the step that a run of statements is about, where its main call says too little of it.
    pub(crate) fn told_name(&self) -> Option<String> {
        let phrases = self.phrases();
        let does = |phrase: &str| phrases.iter().any(|(_, it)| *it == phrase);
        let (verb, phrase) = TELLING.iter().find(|(_, phrase)| does(phrase))?;
        let noun = match *phrase {
            "write the results" => "results".to_owned(),
            _ => self.data_noun(),
        };
        Some(format!("{verb}_{noun}"))
    }

    /// Whether a name says that something is built where statements read, or write, and do nothing else that is told.
    pub(crate) fn is_named_beside_the_point(&self, name: &str) -> bool {
        let phrases = self.phrases();
        let moves = |phrase: &str| matches!(phrase, "read the data" | "write the results");
        let builds = name.starts_with("build_") || name.starts_with("create_");
        let outside = [
            Effect::ReadFile,
            Effect::WriteFile,
            Effect::Database,
            Effect::Network,
        ];
        let calls = self.graph.calls_in_any(self.ranges);
        // By what they do, and not by what functions are called.
        builds
            && !phrases.is_empty()
            && phrases.iter().all(|(_, it)| moves(it))
            && calls
                .iter()
                .any(|it| it.effects.intersects(EffectSet::from_slice(&outside)))
    }

    /// `load_and_clean_customers`: the two verbs that tell most.
    pub(crate) fn double_name(&self) -> Option<String> {
        let mut phrases = self.phrases();
        phrases.retain(|(_, phrase)| *phrase != "write the results");
        let rank = |phrase: &str| STAGES.iter().position(|(_, it)| *it == phrase);
        phrases.sort_by_key(|(_, phrase)| rank(phrase));
        phrases.truncate(2);
        phrases.sort_by_key(|(at, _)| *at);
        let verb = |phrase: &str| STAGES.iter().find(|(_, it)| *it == phrase).map(|it| it.0);
        match phrases[..] {
            [(_, first), (_, second)] => Some(format!(
                "{}_and_{}_{}",
                verb(first)?,
                verb(second)?,
                self.data_noun()
            )),
            _ => None,
        }
    }

    /// What a long run of statements does, step by step: "Clean the data, fit the model and write the results."
    pub(crate) fn stages(&self) -> Option<String> {
        let mut phrases = self.phrases();
        let length =
            |phrases: &[(u32, &str)]| phrases.iter().map(|(_, it)| it.len() + 2).sum::<usize>();
        // What tells least goes first, until the rest fits on a line.
        while phrases.len() > 5 || length(&phrases) > 78 {
            let rank = |phrase: &str| STAGES.iter().position(|(_, it)| *it == phrase);
            let least = (0..phrases.len()).max_by_key(|&at| rank(phrases[at].1));
            phrases.remove(least.unwrap_or_default());
        }
        let phrases: Vec<&str> = phrases.into_iter().map(|(_, phrase)| phrase).collect();
        (!phrases.is_empty()).then(|| sentence_of(&phrases))
    }

    /// What statements do, by their calls, each thing once, with the place where it begins.
    fn phrases(&self) -> Vec<(u32, &'static str)> {
        let mut phrases: Vec<(u32, &'static str)> = Vec::new();
        let mut note = |at: u32, phrase: &'static str| {
            if !phrases.iter().any(|(_, known)| *known == phrase) {
                phrases.push((at, phrase));
            }
        };
        for call in self.graph.calls_in_any(self.ranges) {
            let at = u32::from(call.range.start());
            let function = self.program.text(call.function);
            // What simulates something need not draw.
            let draws = call.effects.contains(Effect::Random);
            let told = phrase_of_user(&call.callee);
            if let Some(phrase) = told.filter(|it| draws || *it != DRAWING) {
                note(at, phrase);
                continue;
            }
            if let Some(phrase) = moved_by(call, function) {
                note(at, phrase);
            }
            let Callee::Library(name) = &call.callee else {
                continue;
            };
            let method = name.rsplit('.').next().unwrap_or(name);
            let verb = verb_of_call(name).filter(|_| method != "drop");
            let Some(verb) = verb
                .map(|it| it.1.verb)
                .or((method == "backward").then_some("fit"))
            else {
                continue;
            };
            let phrase = STAGES.iter().find(|(known, _)| *known == verb);
            match (phrase, method) {
                (Some(_), "polyfit" | "curve_fit" | "lstsq") => note(at, "fit curves"),
                (Some(_), "minimize") => note(at, "optimize the parameters"),
                (Some((_, phrase)), _) => note(at, phrase),
                (None, _) => {}
            }
        }
        phrases.sort_by_key(|(at, _)| *at);
        let place = |wanted: &str| phrases.iter().position(|(_, it)| *it == wanted);
        let (read, written) = (place("read the data"), place("write the results"));
        // What is read only after something was written is that, read again.
        if read.is_some() && written.is_some() && read > written {
            phrases.retain(|(_, it)| *it != "read the data");
        }
        phrases
    }
}

/// What functions that are called for their names do, as a verb and a sentence.
pub(crate) struct Told {
    pub verb: &'static str,
    pub summary: String,
}

/// What most of some calls do, as they are written: `summarize_visits(…)`, `ScoreTable(…).write(…)`. `None` where not even
/// two of them tell.
pub(crate) fn told_by_calls(calls: &[String]) -> Option<Told> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    let phrases = calls.iter().filter_map(|call| phrase_of_written(call));
    for phrase in phrases.filter(|it| *it != DRAWING) {
        match counts.iter_mut().find(|it| it.0 == phrase) {
            Some((_, count)) => *count += 1,
            None => counts.push((phrase, 1)),
        }
    }
    let is_computed = |phrase: &str| !matches!(phrase, "write the results" | "read the data");
    let computed = || counts.iter().filter(|it| is_computed(it.0));
    if computed().map(|it| it.1).sum::<usize>() < 2 {
        return None;
    }
    let rank = |phrase: &str| STAGES.iter().position(|(_, it)| *it == phrase);
    let (most, _) = computed().min_by_key(|it| (usize::MAX - it.1, rank(it.0)))?;
    let mut phrases: Vec<&str> = counts.iter().map(|it| it.0).collect();
    phrases.sort_by_key(|it| *it == "write the results");
    Some(Told {
        verb: STAGES.iter().find(|(_, it)| it == most)?.0,
        summary: sentence_of(&phrases),
    })
}

/// What a call does that is written `fit_forest` or `ScoreTable(config.output.path).write`.
fn phrase_of_written(call: &str) -> Option<&'static str> {
    if call.starts_with(char::is_uppercase) && call.contains("(config") {
        return match call.rsplit('.').next()? {
            "save" | "write" => Some("write the results"),
            "read" => Some("read the data"),
            _ => None,
        };
    }
    let is_own = call.contains('_') && !call.contains(['.', '(']);
    is_own.then(|| phrase_of_name(call))?
}

/// Whether a call reads data or writes results, by what it does.
fn moved_by(call: &CallFacts, function: &str) -> Option<&'static str> {
    let method = function.rsplit('.').next().unwrap_or(function);
    let makes_folder = ["makedirs", "mkdir"]
        .iter()
        .any(|it| function.ends_with(it));
    let library = match &call.callee {
        Callee::Library(name) => Some(name.as_str()),
        _ => None,
    };
    let fetches = library.is_some_and(fetches_data) && call.own_effects.contains(Effect::Network);
    // What a library keeps of the data that comes with it, and what it shows, is no result.
    let is_kept = library.is_some_and(is_bundled_data);
    // Of what nobody knows, nobody knows that it writes.
    let is_known = library.is_some() || !call.own_effects.contains(Effect::Unknown);
    let writes = call.own_effects.contains(Effect::WriteFile) && is_known;
    if writes && !(makes_folder || fetches || is_kept || method == "show") {
        return Some("write the results");
    }
    // What is sent asks for what is not known: it may be a message.
    let reads = EffectSet::from_slice(&[Effect::ReadFile, Effect::Database, Effect::Network]);
    (!SENDING.contains(&method) && call.own_effects.intersects(reads)).then_some("read the data")
}

/// What a call of a function of the author's does.
fn phrase_of_user(callee: &Callee) -> Option<&'static str> {
    match callee {
        Callee::User(name) => phrase_of_name(name),
        _ => None,
    }
}

/// What a function does, by the verb that it is named with.
fn phrase_of_name(name: &str) -> Option<&'static str> {
    let word = name
        .trim_start_matches('_')
        .split('_')
        .next()
        .unwrap_or(name);
    let verb = match verb_of_word(&word.to_lowercase())? {
        "train" => "fit",
        "read" | "fetch" | "download" => "load",
        "save" | "export" => "write",
        "score" | "validate" => "evaluate",
        "preprocess" => "clean",
        verb => verb,
    };
    let phrase = STAGES.iter().find(|(known, _)| *known == verb);
    phrase.map(|(_, phrase)| *phrase)
}

/// Whether a name tells what is done to the last value at most, and nothing of a long run of statements.
pub(crate) fn is_weak(name: &str) -> bool {
    let verb = name.split('_').next().unwrap_or_default();
    WEAK.contains(&verb)
}

const DRAWING: &str = "draw random data";

/// Functions that send something to a server.
const SENDING: &[&str] = &[
    "delete",
    "notify",
    "patch",
    "post",
    "publish",
    "put",
    "send",
    "send_message",
    "sendmail",
    "upload",
    "urlopen",
];

const WEAK: &[&str] = &[
    "collect", "combine", "compute", "define", "extract", "find", "format", "list", "locate",
    "report", "reshape", "select", "sort", "stack", "use",
];

/// Steps by which a run of statements is named that does no greater one, the most telling first.
const TELLING: &[(&str, &str)] = &[
    ("evaluate", "measure the quality"),
    ("cluster", "cluster the data"),
    ("predict", "predict"),
    ("clean", "clean the data"),
    ("summarize", "summarize the data"),
    ("assess", "test the hypotheses"),
    ("encode", "encode the features"),
    ("transform", "transform the data"),
    ("detect", "detect outliers"),
    ("split", "hold data out"),
    ("simulate", DRAWING),
    ("load", "read the data"),
    ("write", "write the results"),
];

/// "Clean the data, fit the models and write the results."
fn sentence_of(phrases: &[&str]) -> String {
    let mut phrases = phrases.to_vec();
    loop {
        let text = sentence_with(&phrases);
        // A docstring begins with one line, which says how it begins and ends.
        if phrases.len() < 3 || text.chars().count() <= crate::job::SUMMARY_LENGTH {
            return text;
        }
        phrases.remove(phrases.len() - 2);
    }
}

fn sentence_with(phrases: &[&str]) -> String {
    let texts = shared_objects(phrases);
    let text = match &texts[..] {
        [one] if one == "predict" => "predict with the fitted models".to_owned(),
        [first, second] if first.contains(" and ") => format!("{first}, then {second}"),
        _ => joined(&texts),
    };
    sentence(&capital(&text))
}

/// "Read and clean the data" for two phrases that end in the data.
fn shared_objects(phrases: &[&str]) -> Vec<String> {
    const OBJECT: &str = " the data";
    let mut texts: Vec<String> = Vec::new();
    let runs = phrases.chunk_by(|one, next| one.ends_with(OBJECT) && next.ends_with(OBJECT));
    for run in runs {
        let verbs = run.iter().map(|it| it.trim_end_matches(OBJECT).to_owned());
        match run {
            [one] => texts.push((*one).to_owned()),
            _ => texts.push(joined(&verbs.collect::<Vec<_>>()) + OBJECT),
        }
    }
    texts
}

/// Steps of a job, by their verbs; what tells most comes first.
const STAGES: &[(&str, &str)] = &[
    ("fit", "fit the models"),
    ("write", "write the results"),
    ("load", "read the data"),
    ("evaluate", "measure the quality"),
    ("clean", "clean the data"),
    ("tune", "search for the best settings"),
    ("split", "hold data out"),
    ("predict", "predict"),
    ("simulate", DRAWING),
    ("assess", "test the hypotheses"),
    ("encode", "encode the features"),
    ("transform", "transform the data"),
    ("scale", "transform the data"),
    ("vectorize", "transform the data"),
    ("project", "transform the data"),
    ("resample", "transform the data"),
    ("impute", "clean the data"),
    ("cluster", "cluster the data"),
    ("detect", "detect outliers"),
    ("combine", "put the data together"),
    ("summarize", "summarize the data"),
];
