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

#[test]
fn options_of_libraries_are_not_results() {
    let options = "# %% [markdown]\n# # Many fits\n\n# %%\nimport seaborn as sns\nimport matplotlib.pyplot as plt\nimport statsmodels.api as sm\n\nsns.set_style(\"darkgrid\")\nplt.rc(\"figure\", figsize=(16, 6))\nplt.rc(\"savefig\", dpi=90)\nplt.rc(\"font\", family=\"sans-serif\")\nplt.rc(\"font\", size=14)\n\n# %% [markdown]\n# ## Data\n\n# %%\ndata = sm.datasets.longley.load_pandas()\nX = sm.add_constant(data.exog)\ny = data.endog\n\n";
    let fits: Vec<String> = (0..16)
        .map(|it| {
            format!(
                "# %% [markdown]\n# ## Fit {it}\n\n# %%\nmodel = sm.OLS(y * {it}, X)\nresult = model.fit()\nprint(result.summary())\nprint(result.params)\n\n"
            )
        })
        .collect();
    let fits = fits.concat();
    says(
        &format!("{options}{fits}"),
        &[
            "def _configure_plots() -> None:",
            "\"\"\"Set options of seaborn and matplotlib.\"\"\"",
        ],
        &["Compute the results."],
    );
}

#[test]
fn data_of_a_library_that_is_computed_with_is_not_loaded() {
    let loads = "import skimage as ski\n\nimage = ski.data.camera()\nblurred = ski.filters.gaussian(image, sigma=3)\nedges = ski.filters.sobel(image)\nprint(blurred.mean(), edges.mean())\n";
    says(loads, &["def filter_edges("], &["def load_"]);
    let loads = "import skimage as ski\n\nimage = ski.data.camera()\nprint(image.mean())\n";
    says(loads, &["ski.data.camera()"], &["def compute_"]);
}

#[test]
fn what_a_library_keeps_of_its_data_is_no_result() {
    says(
        "import skimage as ski\n\nbrain = ski.exposure.rescale_intensity(ski.data.brain().astype(float))\nprint(brain.shape)\n",
        &["def run_analysis("],
        &["rite the results"],
    );
}

#[test]
fn functions_are_not_numbered_as_their_results_are() {
    let head = "import pandas as pd\n\nsales = pd.read_csv(\"sales.csv\")\nprint(sales.shape)\n";
    says(
        &format!("{head}gross2 = sales[\"price\"] * 2 + sales[\"tax\"] ** 2\nprint(gross2)\n"),
        &["def compute_gross("],
        &["compute_gross2"],
    );
}

#[test]
fn all_results_are_named_where_there_is_room() {
    says(
        "import numpy as np\n\ndata = np.load(\"data.npy\")\nprint(data.shape)\nlowest = data.min() * 2\nmiddle = np.median(data) - 1\nhighest = data.max() + 3\nrange_all = highest ** 2 - lowest\nsum_all = data.sum() - 1\nprint(lowest)\nprint(middle)\nprint(highest)\nprint(range_all)\nprint(sum_all)\n",
        &["the lowest, the highest, `sum_all`, the middle and `range_all`"],
        &["intermediate results"],
    );
}

#[test]
fn what_is_put_together_is_named() {
    says(
        "import pandas as pd\n\nsales = pd.read_csv(\"sales.csv\")\nreturns = pd.read_csv(\"returns.csv\")\nprint(sales.shape, returns.shape)\nmovements = pd.concat([sales, returns])\nprint(movements.shape)\n",
        &["\"\"\"Put the movements together."],
        &["Put the parts together"],
    );
}
