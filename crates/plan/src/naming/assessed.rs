//! Statistical tests: what they are about, in a word.

use super::functions::Passage;
use super::sentence;
use super::summaries::joined;

/// Tests by what they tell of the data.
const TESTS: &[(&str, &[&str])] = &[
    (
        "differences",
        &[
            "f_oneway",
            "kruskal",
            "mannwhitneyu",
            "ttest_1samp",
            "ttest_ind",
            "ttest_rel",
            "wilcoxon",
            "friedmanchisquare",
            "proportions_ztest",
            "pairwise_tukeyhsd",
        ],
    ),
    (
        "independence",
        &["chi2_contingency", "fisher_exact", "barnard_exact"],
    ),
    ("correlation", &["kendalltau", "pearsonr", "spearmanr"]),
    (
        "normality",
        &["jarque_bera", "lilliefors", "normaltest", "shapiro"],
    ),
    ("variances", &["bartlett", "fligner", "levene"]),
    ("distributions", &["anderson_ksamp", "ks_2samp", "kstest"]),
    (
        "heteroscedasticity",
        &["het_breuschpagan", "het_goldfeldquandt", "het_white"],
    ),
    ("stationarity", &["adfuller", "kpss"]),
    ("cointegration", &["coint", "coint_johansen"]),
];

/// What a test of `scipy` or `statsmodels` is about.
fn subject_of(callee: &str) -> Option<&'static str> {
    let is_known = ["scipy.", "statsmodels.", "pingouin."];
    if !is_known.iter().any(|it| callee.starts_with(it)) {
        return None;
    }
    let method = callee.rsplit('.').next()?;
    let found = TESTS.iter().find(|(_, tests)| tests.contains(&method));
    found.map(|(subject, _)| *subject)
}

/// Whether a function tests a hypothesis.
pub(super) fn is_test(callee: &str) -> bool {
    subject_of(callee).is_some()
}

impl Passage<'_> {
    /// The name of a function that tests hypotheses, all of one kind.
    pub(super) fn assessment_name(&self) -> Option<String> {
        let (subjects, _) = self.tests();
        match &subjects[..] {
            [one] => Some(format!("assess_{one}")),
            _ => None,
        }
    }

    /// "Test for differences with `ttest_ind` and `mannwhitneyu`."
    pub(super) fn assessment_summary(&self) -> Option<String> {
        let (subjects, tests) = self.tests();
        let subjects: Vec<String> = subjects.into_iter().map(str::to_owned).collect();
        let tests: Vec<String> = tests.into_iter().map(|it| format!("`{it}`")).collect();
        (1..=2).contains(&subjects.len()).then(|| {
            let what = joined(&subjects);
            let with = if tests.len() <= 3 {
                format!(" with {}", joined(&tests))
            } else {
                String::new()
            };
            sentence(&format!("Test for {what}{with}"))
        })
    }

    /// What is tested, and by which functions.
    fn tests(&self) -> (Vec<&'static str>, Vec<&str>) {
        let mut subjects = Vec::new();
        let mut tests = Vec::new();
        for callee in self.callees() {
            let Some(subject) = subject_of(callee) else {
                continue;
            };
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
            let test = callee.rsplit('.').next().unwrap_or(callee);
            if !tests.contains(&test) {
                tests.push(test);
            }
        }
        (subjects, tests)
    }
}
