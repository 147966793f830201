//! What does the same is one function, or one class, of the emitted package.

use srcify_testing::Code;

fn code_of(input: &str) -> Code {
    Code::of(env!("CARGO_BIN_EXE_srcify"), input)
}

const HEAD: &str = "import pandas as pd\nimport statsmodels.api as sm\n\nsales = pd.read_csv(\"sales.csv\")\nols = sm.OLS(sales[\"price\"], sales[[\"amount\"]]).fit()\nprint(ols.summary())\nwls = sm.WLS(sales[\"price\"], sales[[\"amount\"]], weights=sales[\"weight\"]).fit()\nprint(wls.summary())\n";

#[test]
fn functions_that_differ_by_names_alone_are_one() {
    let code = code_of(&format!(
        "{HEAD}\npred_ols = ols.get_prediction()\nlow_ols = pred_ols.summary_frame()[\"obs_ci_lower\"]\nprint(low_ols)\n\npred_wls = wls.get_prediction()\nlow_wls = pred_wls.summary_frame()[\"obs_ci_lower\"]\nprint(low_wls)\n"
    ));
    code.says(&["low_ols = predict_low(ols)", "low_wls = predict_low(wls)"]);
    code.says(&[
        "def predict_low(results: RegressionResultsWrapper) -> pd.Series:",
        "pred = results.get_prediction()",
    ]);
    code.never_says(&["pred_ols =", "pred_wls ="]);
}

#[test]
fn functions_that_differ_by_more_than_names_are_two() {
    let code = code_of(&format!(
        "{HEAD}\npred_ols = ols.get_prediction()\nlow_ols = pred_ols.summary_frame()[\"obs_ci_lower\"]\nprint(low_ols)\n\npred_wls = wls.get_prediction()\nlow_wls = pred_wls.summary_frame()[\"obs_ci_upper\"]\nprint(low_wls)\n"
    ));
    code.says(&["obs_ci_lower", "obs_ci_upper"]);
}

#[test]
fn variables_that_a_query_names_keep_their_names() {
    let code = code_of(
        "import pandas as pd\n\nsales = pd.read_csv(\"sales.csv\")\norders = pd.read_csv(\"orders.csv\")\nprint(sales.shape, orders.shape)\n\nmost = sales[\"price\"].max() * sales[\"amount\"].sum()\ndear = sales.query(\"price == @most\")\nprint(dear)\n\nlimit = orders[\"price\"].max() * orders[\"amount\"].sum()\ncheap = orders.query(\"price == @limit\")\nprint(cheap)\n",
    );
    code.says(&["@most", "@limit"]);
}

#[test]
fn what_is_said_of_one_call_stands_there() {
    let code = code_of(&format!(
        "{HEAD}\n# the ordinary one, as published in 1998\npred_ols = ols.get_prediction()\nlow_ols = pred_ols.summary_frame()[\"obs_ci_lower\"]\nprint(low_ols)\n\n# now with what we weighed by hand\npred_wls = wls.get_prediction()\nlow_wls = pred_wls.summary_frame()[\"obs_ci_lower\"]\nprint(low_wls)\n"
    ));
    code.says(&["    # now with what we weighed by hand\n    low_wls = "]);
}

#[test]
fn data_to_train_and_to_test_on_are_read_by_one_class() {
    let rest =
        "print(train.shape, test.shape)\nboth = pd.concat([train, test])\nprint(both.describe())\n";
    let code = code_of(&format!(
        "import pandas as pd\n\ntrain = pd.read_csv(\"train.csv\", index_col=0)\ntest = pd.read_csv(\"test.csv\", index_col=0)\n{rest}"
    ));
    code.says(&[
        "class InputDataset:\n    \"\"\"CSV file with data to train or to test on.\"\"\"",
        "test = InputDataset(config.data.test_path).read()",
    ]);
    code.never_says(&["TestDataset", "TrainDataset"]);
    // The same word for both.
    let code = code_of(&format!(
        "import pandas as pd\n\ntrain = pd.read_csv(\"house_train.csv\", index_col=0)\ntest = pd.read_csv(\"house_test.csv\", index_col=0)\n{rest}"
    ));
    code.says(&["test = HouseDataset(config.data.house_test_path).read()"]);
    code.never_says(&["TestDataset"]);
    // Another way to read.
    let code = code_of(&format!(
        "import pandas as pd\n\ntrain = pd.read_csv(\"train.csv\", index_col=0)\ntest = pd.read_csv(\"test.csv\")\n{rest}"
    ));
    code.says(&["class TrainDataset", "class TestDataset"]);
}

#[test]
fn a_place_that_is_written_the_same_is_another_one_once_its_variable_is() {
    let code = code_of(
        "import pandas as pd\n\ndef near(url):\n    return url.replace(\"https://example.org\", \"data\")\n\nfor kind in [\"a\", \"b\"]:\n    url = f\"https://example.org/{kind}.csv\"\n    plants = pd.read_csv(near(url), sep=\";\")\n    print(plants.shape)\n\nfor kind in [\"c\", \"d\"]:\n    url = f\"https://example.org/{kind}.csv\"\n    stones = pd.read_csv(near(url), sep=\"\\t\")\n    print(stones.shape)\n",
    );
    code.says(&["class PlantsDataset", "class StonesDataset"]);
    code.never_says(&["PlantsDataset2"]);
}

#[test]
fn a_constant_by_which_functions_differ_is_a_parameter() {
    let head = "import numpy as np\nfrom scipy import ndimage as ndi\n\nimage = np.load(\"image.npy\")\nprint(image.shape)\n";
    let code = code_of(&format!(
        "{head}\nfirst = ndi.rotate(image, angle=190, reshape=False)\nturned_first = first - first.mean()\nprint(turned_first)\n\nsecond = ndi.rotate(image, angle=70, reshape=False)\nturned_second = second - second.mean()\nprint(turned_second)\n"
    ));
    code.says(&[
        "def compute_turned(image: np.ndarray, angle: int) -> np.ndarray:",
        "turned_second = compute_turned(image, angle=70)",
    ]);
    // A word is one of those that there are.
    let code = code_of(&format!(
        "{head}\nfirst = ndi.gaussian_filter(image, sigma=2, mode=\"nearest\")\nblurred_first = first - first.mean()\nprint(blurred_first)\n\nsecond = ndi.gaussian_filter(image, sigma=2, mode=\"wrap\")\nblurred_second = second - second.mean()\nprint(blurred_second)\n"
    ));
    code.says(&[
        "mode: Literal[\"nearest\", \"wrap\"]",
        "from typing import Literal",
    ]);
}
