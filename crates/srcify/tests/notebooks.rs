//! What notebooks do that scripts seldom do.

use srcify_testing::Code;

/// Says that some file of the package holds each of `parts`.
#[track_caller]
fn says(input: &str, parts: &[&str]) {
    Code::of(env!("CARGO_BIN_EXE_srcify"), input).says(parts);
}

/// Says that no file of the package holds one of `parts`.
#[track_caller]
fn never_says(input: &str, parts: &[&str]) {
    Code::of(env!("CARGO_BIN_EXE_srcify"), input).never_says(parts);
}

/// Whether a file of the package in `folder` holds `part`.
fn says_in(folder: &str, input: &str, part: &str) -> bool {
    let code = Code::of(env!("CARGO_BIN_EXE_srcify"), input);
    let mut files = code.0.iter().filter(|(path, _)| path.contains(folder));
    files.any(|(_, text)| text.contains(part))
}

/// They name a table as a module that they import later; the import stands at the head of a module all the same.
#[test]
fn a_variable_with_the_name_of_an_import_gets_its_own() {
    let input = "import pandas as pd\n\ntable = pd.read_csv(\"a.csv\")\nos = pd.get_dummies(table[\"security\"])\nprint(os.shape)\ntable = pd.concat([table, os], axis=1)\nimport os\n\nos.makedirs(\"out\", exist_ok=True)\ntable.to_csv(\"out/a.csv\")\n";
    says(input, &["os_table = pd.get_dummies("]);
    never_says(input, &["    import os"]);
    let after = "import pandas as pd\nfrom sklearn import metrics\n\ntable = pd.read_csv(\"a.csv\")\nprint(metrics.accuracy_score(table.a, table.b))\nmetrics = metrics.confusion_matrix(table.a, table.b)\nprint(metrics)\n";
    says(after, &["\nfrom sklearn import metrics\n", "metrics_array"]);
    never_says(after, &["    from sklearn import metrics"]);
}

/// Groups of a table that a function copies are groups of the copy.
#[test]
fn groups_of_a_table_are_no_reason_to_change_it_in_the_job() {
    let input = "import pandas as pd\n\ntable = pd.read_csv(\"a.csv\")\ngroups = table.groupby(\"shop\")[\"day\"]\ntable[\"first\"] = groups.transform(\"min\")\nprint(table.head())\ngroups = table.groupby([\"first\", \"day\"])\nprint(groups[\"sales\"].sum())\n";
    assert!(says_in("domain/", input, "groups.transform"));
}

/// Sample sizes of experiments are computed, whatever name the class goes by.
#[test]
fn the_power_of_a_test_is_pure() {
    let input = "import statsmodels.stats.api as sms\nfrom statsmodels.stats.power import TTestIndPower\n\neffect = sms.proportion_effectsize(0.13, 0.15)\nneeded = sms.NormalIndPower().solve_power(effect, power=0.8, alpha=0.05, ratio=1)\nprint(round(needed))\nsize = TTestIndPower().solve_power(0.5, power=0.8, alpha=0.05)\nprint(round(size))\n";
    for part in [
        "NormalIndPower().solve_power(",
        "TTestIndPower().solve_power(",
    ] {
        assert!(says_in("domain/", input, part), "{part}");
    }
}

/// A probability plot draws where it is given something to draw on.
#[test]
fn a_probability_plot_draws() {
    let input = "import matplotlib.pyplot as plt\nimport pandas as pd\nfrom scipy import stats\n\ntable = pd.read_csv(\"a.csv\")\nres = stats.probplot(table.a, plot=plt)\nplt.show()\nprint(table.a.mean())\n";
    never_says(input, &["probplot"]);
    let numbers = "import pandas as pd\nfrom scipy import stats\n\ntable = pd.read_csv(\"a.csv\")\nres = stats.probplot(table.a)\nprint(res)\n";
    says(numbers, &["stats.probplot("]);
}

/// Boosted trees are trained by functions, too.
#[test]
fn a_job_that_trains_boosted_trees_is_called_so() {
    let input = "import lightgbm as lgb\nimport pandas as pd\n\ntable = pd.read_csv(\"a.csv\")\nmodel = lgb.train({\"verbosity\": -1}, lgb.Dataset(table[[\"a\"]], label=table.b), 10)\ntable[\"c\"] = model.predict(table[[\"a\"]])\ntable.to_csv(\"c.csv\")\n";
    says(input, &["def run_training("]);
}

/// Where something was found is no summary of what it does, and nobody wants `l` as a name.
#[test]
fn words_of_notebooks_become_names_that_say_something() {
    let start = "import numpy as np\nimport pandas as pd\n\ntable = pd.read_csv(\"a.csv\")\n";
    let found = "# Referenced: https://example.org/questions/1\nmeans = table.groupby(\"city\").mean()\nmeans[\"best\"] = means.max(axis=1)\nprint(means)\n";
    never_says(&format!("{start}{found}"), &["\"\"\"Referenced"]);
    let length = "g, L = 9.81, 1.2\ntable[\"period\"] = 2 * np.pi * np.sqrt(L / g) * table.a\nprint(table)\n";
    never_says(&format!("{start}{length}"), &["    l: float"]);
}

/// A model that is fitted under two names is made and fitted in one function.
#[test]
fn a_model_of_two_names_is_fitted_in_the_domain() {
    let input = "import pandas as pd\nfrom sklearn.linear_model import LinearRegression, Ridge\n\ntable = pd.read_csv(\"a.csv\")\nmodel = LinearRegression()\nfitted = model.fit(table[[\"a\"]], table.b)\nprint(fitted.coef_, model.intercept_)\nridge = Ridge()\nfitted = ridge.fit(table[[\"a\"]], table.b)\nprint(fitted.coef_, ridge.intercept_)\n";
    for part in ["model.fit(", "ridge.fit("] {
        assert!(says_in("domain/", input, part), "{part}");
    }
    // It is made in the job, which goes on to use it.
    let apart = "import sys\n\nimport pandas as pd\nfrom sklearn.linear_model import LinearRegression\n\ntable = pd.read_csv(\"a.csv\")\nmodels = [LinearRegression(fit_intercept=len(sys.argv) > 1)]\nmodel = models[0]\nfitted = model.fit(table[[\"a\"]], table.b)\nprint(fitted.coef_, models[0].intercept_)\n";
    assert!(!says_in("domain/", apart, "return fitted\n"));
}
