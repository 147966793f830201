//! What the words of emitted packages say: names, docstrings and descriptions are true of what they name.

use srcify_testing::Code;

/// Says that some file of the package holds each of `parts`, and none holds any of `others`: of what depends on the input.
#[track_caller]
fn says(input: &str, parts: &[&str], others: &[&str]) {
    let code = Code::of(env!("CARGO_BIN_EXE_srcify"), input);
    let code = code.without(&["scripts.py", "io/configs.py"]);
    code.says(parts);
    code.never_says(others);
}

#[test]
fn a_fit_is_told_to_be_to_its_data_alone() {
    let head = "import pandas as pd\nimport statsmodels.api as sm\n\nsales = pd.read_csv(\"sales.csv\")\nprint(sales.shape)\n";
    // What is fitted to comes from one parameter, and the others only say how.
    says(
        &format!(
            "{head}weights = [row * 2 for row in range(10)]\nprint(weights)\nresult = sm.WLS(sales[\"price\"], sales[[\"amount\"]], weights=weights).fit()\nprint(result.summary())\n"
        ),
        &["\"\"\"Fit a WLS model to the sales."],
        &["the sales and the weights"],
    );
    // The model is there already.
    says(
        &format!(
            "{head}model = sm.OLS(sales[\"price\"], sm.add_constant(sales[\"amount\"]))\nprint(model.exog_names)\nresult = model.fit()\nprint(result.summary())\nresult = model.fit(cov_type=\"HC3\")\nprint(result.summary())\n"
        ),
        &["\"\"\"Fit the OLS model."],
        &["to the model"],
    );
}

#[test]
fn what_comes_of_data_is_not_told_to_be_sorted() {
    // What is sorted is what is given: its order comes of it.
    says(
        "import numpy as np\n\nheights = np.load(\"heights.npy\")\nprint(heights.shape)\norder = np.argsort(heights)\nprint(order)\n",
        &["\"\"\"Compute the order from the heights with `argsort`.\"\"\""],
        &["Sort the order"],
    );
}

#[test]
fn what_is_called_make_draws_no_data() {
    // Only `make_…` of data sets does.
    says(
        "import pandas as pd\nfrom lmfit.models import GaussianModel\n\ncurve = pd.read_csv(\"curve.csv\")\nprint(curve.shape)\nmodel = GaussianModel()\nparams = model.make_params(sigma=1.5)\nprint(params)\n",
        &["def build_"],
        &["at random", "draw random data"],
    );
}

#[test]
fn data_is_called_what_it_is_where_it_is_used() {
    // A variable holds one table after another.
    says(
        "import pandas as pd\nimport statsmodels.api as sm\n\ndata = pd.read_csv(\"orders.csv\")\nresult = sm.OLS(data[\"price\"], data[[\"amount\"]]).fit()\nprint(result.summary())\ndata = pd.read_csv(\"parcels.csv\")\nresult = sm.OLS(data[\"weight\"], data[[\"size\"]]).fit()\nprint(result.summary())\n",
        &[
            "Fit an OLS model to the orders.",
            "Fit an OLS model to the parcels.",
        ],
        &[],
    );
    // What a library calls its data is no word for it.
    says(
        "from sklearn.datasets import load_wine\n\nwine = load_wine(as_frame=True).frame\nmagnesium = wine[wine[\"magnesium\"] > 100]\nprint(wine.shape, magnesium.shape)\n",
        &["Load the wine data"],
        &[],
    );
}

#[test]
fn settings_are_described_by_what_they_are() {
    // A switch that is called like a list is a switch.
    let head = "import pandas as pd\n\nsales = pd.read_csv(\"sales.csv\")\n";
    says(
        &format!(
            "{head}categorical = False\nshow_totals = True\nif categorical:\n    print(sales.dtypes)\nif show_totals:\n    print(sales.sum())\n"
        ),
        &["Whether `categorical` is set.", "Whether to show totals."],
        &["Columns with categories"],
    );
    // What is no word is quoted.
    says(
        &format!("{head}dlt0 = 10\nshifted = sales[\"price\"] + dlt0\nprint(shifted)\n"),
        &["Value of `dlt0` that `shifted` is computed with."],
        &["The dlt0"],
    );
}

#[test]
fn functions_are_named_after_what_says_most() {
    // Of a letter and a word, the word names the second function of a kind.
    says(
        "import numpy as np\nimport pandas as pd\nfrom sklearn.naive_bayes import GaussianNB\nfrom sklearn.svm import SVC\n\n\ndef grid(count, width):\n    points = np.linspace(0, width, count)\n    return points.reshape(-1, 1), points > width / 2\n\n\nsales = pd.read_csv(\"sales.csv\")\nprint(sales.shape)\nX, y = grid(100, 2.0)\nmodels = [SVC(), GaussianNB()]\nprint(X.mean(), y.mean(), models)\nX, y = grid(300, 3.0)\nrivals = [GaussianNB(), SVC()]\nprint(X.mean(), y.mean(), rivals)\nX, y = grid(500, 5.0)\ncandidates = [SVC(C=2.0), GaussianNB()]\nprint(X.mean(), y.mean(), candidates)\n",
        &[
            "def build_features(",
            "def build_rivals(",
            "def build_candidates(",
        ],
        &["def build_x("],
    );
}

#[test]
fn what_is_only_shown_is_not_told_to_be_written() {
    says(
        "import pandas as pd\nfrom bokeh.plotting import figure, show\n\nsales = pd.read_csv(\"sales.csv\")\nprint(sales.shape)\nplot = figure(title=\"Sales\")\nplot.line(sales[\"day\"], sales[\"price\"])\nshow(plot)\n",
        &["\"\"\"Read the data.\"\"\""],
        &["write the results"],
    );
}
