//! Words that a name does without.

/// Words before a noun that say nothing of it.
pub(super) const ARTICLES: &[&str] = &[
    "the",
    "a",
    "an",
    "our",
    "some",
    "its",
    "their",
    "all",
    "this",
    "that",
    "these",
    "those",
    "each",
    "every",
    "any",
    "new",
    "different",
    "simple",
    "following",
    "same",
    "own",
    "such",
    "more",
    "various",
    "appropriate",
    "only",
];

/// Words that end the object of a verb.
pub(super) const STOPS: &[&str] = &[
    "with",
    "using",
    "from",
    "for",
    "by",
    "in",
    "on",
    "of",
    "and",
    "that",
    "which",
    "to",
    "into",
    "as",
    "via",
    "when",
    "because",
    "so",
    "is",
    "are",
    "we",
    "or",
    "at",
    "than",
    "without",
    "where",
    "if",
    "then",
    "between",
    "over",
    "under",
    "per",
    "vs",
    "versus",
    "based",
    "through",
    "it",
    "them",
    "up",
    "out",
    "be",
    "being",
    "has",
    "have",
    "can",
    "will",
    "while",
    "after",
    "before",
    "until",
    "whether",
    "how",
    "what",
    "given",
    "across",
    "against",
    "like",
    "but",
    "not",
    "since",
    "there",
    "here",
    "you",
    "i",
    "was",
    "were",
    "does",
    "do",
    "containing",
    "according",
    "instead",
    "s",
    "t",
];

/// Objects that say nothing.
pub(super) const EMPTY: &[&str] = &[
    "it",
    "them",
    "this",
    "that",
    "everything",
    "something",
    "things",
    "thing",
    "sure",
    "use",
    "help",
];

/// Whether a part of a name can be read aloud: `importances`, but not `cdf`, `x2` or `lwage`.
pub(crate) fn is_word(part: &str) -> bool {
    if !part.chars().all(|c| c.is_ascii_lowercase()) {
        return false;
    }
    let is_vowel = |c: char| "aeiou".contains(c);
    let is_vowel_at = |(at, c): (usize, char)| is_vowel(c) || (c == 'y' && at > 0);
    let length = part.chars().enumerate().position(is_vowel_at);
    let onset = &part[..length.unwrap_or_default().min(part.len())];
    let begins_well = onset.len() < 2 || ONSETS.contains(&onset);
    let tail = part
        .rfind(|c| is_vowel(c) || c == 'y')
        .map_or(0, |at| at + 1);
    let coda = &part[tail..];
    let ends_well = (coda.len() < 2 || CODAS.contains(&coda.trim_end_matches('s')) || coda == "ss")
        && !part.ends_with('u');
    if ABBREVIATIONS.contains(&part) || !ends_well {
        return false;
    }
    SHORT_WORDS.contains(&part)
        || (part.len() > 3
            && part.contains(|c| is_vowel(c) || c == 'y')
            && part.contains(|c| !is_vowel(c))
            && begins_well)
}

/// Consonants that English words begin with, where there are several.
const ONSETS: &[&str] = &[
    "bl", "br", "ch", "chr", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "kn", "ph", "phr", "pl",
    "pr", "ps", "sc", "sch", "scr", "sh", "shr", "sk", "sl", "sm", "sn", "sp", "spl", "spr", "st",
    "str", "sw", "th", "thr", "tr", "tw", "wh", "wr",
];

/// Consonants that English words end with, where there are several, without an `s`.
const CODAS: &[&str] = &[
    "b", "c", "ck", "ct", "d", "f", "ff", "ft", "g", "gh", "ght", "gn", "k", "l", "ld", "lf", "lk",
    "ll", "lm", "lp", "lt", "lth", "m", "mb", "mn", "mp", "mpt", "n", "nch", "nd", "ng", "ngth",
    "nk", "nt", "nth", "p", "ph", "pt", "pth", "r", "rb", "rc", "rch", "rd", "rf", "rg", "rk",
    "rl", "rld", "rm", "rn", "rp", "rr", "rsh", "rst", "rt", "rth", "rv", "sh", "sk", "sm", "sp",
    "ss", "st", "t", "tch", "th", "tt", "v", "w", "wd", "wl", "wn", "wth", "x", "xt", "z", "zz",
    "ch",
];

/// Parts of names that read like words, and are none.
const ABBREVIATIONS: &[&str] = &[
    "coef", "cond", "conf", "corr", "dens", "diag", "elem", "endog", "exog", "expo", "feat",
    "grad", "hist", "info", "init", "orig", "perc", "pred", "prev", "prob", "proj", "prop",
    "quant", "surv", "temp", "vect",
];

/// Short words that are words.
const SHORT_WORDS: &[&str] = &[
    "age", "air", "all", "bar", "bin", "box", "car", "cut", "day", "end", "fit", "gap", "gas",
    "key", "lag", "log", "map", "max", "mean", "min", "new", "odd", "oil", "old", "one", "per",
    "raw", "row", "run", "sea", "set", "sex", "sky", "sum", "sun", "tab", "tag", "tax", "top",
    "two", "way", "web", "zip",
];

/// Whether words that are read aloud name a thing; `monthly`, `scaled` and `worst` only say what it is like.
pub(super) fn names_thing(words: &str) -> bool {
    const QUALITIES: &[&str] = &[
        "after",
        "all",
        "before",
        "best",
        "big",
        "both",
        "clean",
        "common",
        "current",
        "first",
        "final",
        "full",
        "high",
        "large",
        "last",
        "left",
        "long",
        "low",
        "missing",
        "naive",
        "new",
        "next",
        "numeric",
        "categorical",
        "old",
        "one",
        "original",
        "other",
        "plain",
        "previous",
        "raw",
        "right",
        "robust",
        "seasonal",
        "small",
        "top",
        "train",
        "test",
        "valid",
        "wide",
        "worst",
    ];
    let last = words.rsplit('_').next().unwrap_or(words);
    let is_participle =
        last.len() > 4 && last.ends_with("ed") && !matches!(last, "speed" | "breed");
    let is_adverb = last.len() > 4
        && last.ends_with("ly")
        && !matches!(last, "family" | "assembly" | "anomaly" | "reply");
    !QUALITIES.contains(&last) && !is_participle && !is_adverb
}

/// At most this many words make a name.
const MAX_WORDS: usize = 4;

/// A name of as many words as names have at most.
pub(super) fn capped(name: &str) -> String {
    name.split('_')
        .take(MAX_WORDS)
        .collect::<Vec<_>>()
        .join("_")
}

/// Words of which there is none "of" something: `few(d)` returns no few of `d`.
pub(super) const NAMING_NOTHING: &[&str] = &[
    "after",
    "again",
    "all",
    "another",
    "any",
    "bad",
    "before",
    "best",
    "better",
    "between",
    "big",
    "both",
    "cheap",
    "clean",
    "close",
    "complete",
    "dear",
    "different",
    "each",
    "early",
    "else",
    "empty",
    "even",
    "every",
    "few",
    "first",
    "full",
    "good",
    "high",
    "inner",
    "inside",
    "last",
    "late",
    "least",
    "less",
    "long",
    "low",
    "many",
    "more",
    "most",
    "much",
    "negative",
    "new",
    "next",
    "nice",
    "none",
    "odd",
    "old",
    "once",
    "other",
    "outer",
    "outside",
    "plain",
    "positive",
    "previous",
    "quick",
    "raw",
    "real",
    "same",
    "several",
    "short",
    "simple",
    "slow",
    "small",
    "some",
    "then",
    "together",
    "twice",
    "valid",
    "worse",
    "worst",
];

/// Abbreviations that analysts use, in full.
pub(super) fn spelled_out(word: &str) -> String {
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let full = match stem {
        "res" | "result" | "rslt" | "ret" => "results",
        "resid" | "resids" => "residuals",
        "pred" | "preds" => "predictions",
        "proba" | "probs" => "probabilities",
        "mod" | "mdl" | "clf" | "est" | "estimator" => "model",
        "reg" | "regr" => "regressor",
        "coef" | "coefs" => "coefficients",
        "acc" => "accuracy",
        "dist" => "distance",
        "err" => "error",
        "errs" => "errors",
        "freq" => "frequency",
        "imp" | "imps" => "importances",
        "idx" => "index",
        "img" => "image",
        "cov" => "covariance",
        "corr" => "correlations",
        "dists" => "distances",
        "feats" => "features",
        "cols" => "columns",
        "vars" => "variables",
        "freqs" => "frequencies",
        "params" => "parameters",
        "decomp" => "decomposition",
        "infl" => "influence",
        "margeff" => "marginal_effects",
        "df" => "data",
        "dta" => "data",
        _ => return word.to_owned(),
    };
    full.to_owned()
}

/// `predict_predictions` is no name: the noun of a verb does not repeat it.
pub(crate) fn without_verb(noun: &str, verb: &str) -> String {
    let words: Vec<&str> = noun.split('_').collect();
    // `combined`, by a function that combines.
    let is_participle = |word: &str| {
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        word.strip_prefix(stem) == Some("ed")
    };
    let repeats = |word: &str| {
        word == verb
            || is_participle(word)
            || (verb == "fit" && (word == "fitted" || word == "fit"))
            || (verb == "predict" && matches!(word, "predictions" | "prediction" | "predicted"))
            || (verb == "summarize" && word == "summary")
    };
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !repeats(word))
        .collect();
    if kept.is_empty() && verb == "summarize" {
        "results".to_owned()
    } else if kept.is_empty() && words.iter().any(|it| is_participle(it)) {
        "data".to_owned()
    } else if kept.is_empty() {
        "values".to_owned()
    } else {
        kept.join("_")
    }
}

/// Whether the last of several words asks for what it links to: `precision at`.
pub(super) fn ends_with_link(words: &str) -> bool {
    let links = [" at", " by", " for", " from", " in", " of", " with"];
    links.iter().any(|it| words.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::{is_word, names_thing};

    #[test]
    fn qualities_are_told_from_things() {
        for words in ["customers", "family", "best_model", "seed"] {
            assert!(names_thing(words), "{words}");
        }
        for words in ["monthly", "scaled", "worst", "orders_before"] {
            assert!(!names_thing(words), "{words}");
        }
    }

    #[test]
    fn words_are_told_from_abbreviations() {
        for word in [
            "importances",
            "age",
            "scores",
            "style",
            "split",
            "years",
            "type",
            "three",
        ] {
            assert!(is_word(word), "{word}");
        }
        for part in [
            "x2",
            "cdf",
            "lwage",
            "ydat",
            "tlen",
            "pos",
            "df",
            "",
            "ttest",
            "hrsemp",
            "nforecasts",
        ] {
            assert!(!is_word(part), "{part}");
        }
    }
}
