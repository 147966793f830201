//! Which values of an input become settings of its package, and how the code reads them.

use srcify_testing::Code;

/// Says that some file of the package holds each of `parts`, and none holds any of `others`.
#[track_caller]
fn says(input: &str, parts: &[&str], others: &[&str]) {
    let code = Code::of(env!("CARGO_BIN_EXE_srcify"), input);
    let code = code.without(&["scripts.py", "io/configs.py"]);
    code.says(parts);
    code.never_says(others);
}

#[test]
fn what_is_taken_where_an_environment_variable_is_not_set_is_a_setting() {
    says(
        "import os\nfrom os import environ\n\nmode = os.environ.get(\"MODE\", \"dev\")\nregion = os.getenv(\"REGION\", default=\"eu\")\nrate = float(environ.get(\"RATE\", \"0.10\"))\nport = int(os.getenv(\"PORT\", \"8080\"))\nlevel = int(os.getenv(\"LEVEL\", \"high\") == \"high\")\nprint(mode, region, rate, port, level)\n",
        &[
            "os.environ.get(\"MODE\", config.environment.mode)",
            "os.getenv(\"REGION\", default=config.environment.region)",
            "mode: str = Field(",
            "default=\"dev\"",
            "rate: float = Field(",
            "default=0.1",
            "port: int = Field(",
            "default=8080",
            "level: str = Field(",
            "default=\"high\"",
            "Taken where the environment variable `MODE` is not set.",
        ],
        &["Secret("],
    );
}

#[test]
fn a_secret_in_the_environment_has_no_default() {
    says(
        "import os\n\nkey = os.environ.get(\"SERVICE_API_KEY\", \"mock-key-1\")\ntoken = os.getenv(\"HF_TOKEN\", \"\")\nuser = os.getenv(\"DB_USER\", \"postgres\")\npassword = os.getenv(\"DB_PASSWORD\", \"postgres\")\nprint(len(key), len(token), user, len(password))\n",
        &[
            "Secret(\"SERVICE_API_KEY\").read()",
            "os.getenv(\"HF_TOKEN\", \"\")",
            "os.getenv(\"DB_USER\", config.environment.db_user)",
            "Secret(\"DB_PASSWORD\").read()",
        ],
        &["mock-key-1", "service_api_key", "hf_token", "db_password"],
    );
}

#[test]
fn the_address_of_a_database_without_a_password_is_a_setting() {
    says(
        "import pandas as pd\nfrom sqlalchemy import create_engine\n\nengine = create_engine(\"sqlite:///sales.db\")\nsales = pd.read_sql(\"SELECT * FROM sales\", engine)\nprint(sales.shape)\n",
        &[
            "create_engine(config.data.",
            "str = Field(default=\"sqlite:///sales.db\", description=\"Database of the sales.\")",
        ],
        &["create_engine(\"sqlite"],
    );
}

#[test]
fn widths_shares_and_horizons_are_settings() {
    says(
        "import numpy as np\nimport pandas as pd\nfrom scipy.optimize import curve_fit\nfrom statsmodels.tsa.arima.model import ARIMA\n\nsales = pd.read_csv(\"sales.csv\")\nsales[\"average\"] = sales[\"amount\"].rolling(12).mean()\nsales[\"smooth\"] = sales[\"amount\"].rolling(3, min_periods=1).mean()\nsales[\"weighted\"] = sales[\"amount\"].ewm(span=10).mean()\nsales[\"band\"] = pd.cut(sales[\"amount\"], bins=3, labels=[\"low\", \"middle\", \"high\"])\nsales[\"cut\"] = sales[\"amount\"].clip(lower=0, upper=500)\nlimit = np.percentile(sales[\"amount\"], 95)\nmiddle = sales[\"amount\"].quantile(0.5)\nfit = ARIMA(sales[\"amount\"], order=(1, 1, 1)).fit()\nahead = fit.forecast(steps=24)\ncurve, _ = curve_fit(lambda x, a, b: a * x + b, sales[\"amount\"], sales[\"smooth\"], p0=[1.5, 40])\nprint(limit, middle, ahead, curve)\nsales.to_csv(\"features.csv\")\n",
        &[
            "window: int = Field(",
            "default=12",
            "smooth_window: int = Field(",
            "default=3",
            "span: int = Field(",
            "default=10",
            "clip_upper: int = Field(",
            "default=500",
            "percentile: int = Field(",
            "default=95",
            "order: tuple[int, ...] = Field(",
            "default=(1, 1, 1)",
            "steps: int = Field(",
            "default=24",
            "p0: tuple[float | int, ...] = Field(",
            "default=(1.5, 40)",
            "p0=list(",
            ".quantile(0.5)",
            "lower=0",
            "bins=3",
        ],
        &[],
    );
}

#[test]
fn what_scores_are_compared_with_is_a_setting() {
    says(
        "import numpy as np\nimport pandas as pd\nfrom scipy import stats\nfrom sklearn.linear_model import LogisticRegression\n\nrows = pd.read_csv(\"rows.csv\")\nrows = rows[np.abs(stats.zscore(rows[\"amount\"])) < 3]\nmodel = LogisticRegression().fit(rows[[\"amount\"]], rows[\"label\"])\nscores = model.decision_function(rows[[\"amount\"]])\nodd = scores > 0.35\nsure = model.predict(rows[[\"amount\"]]) == 1.0\nprint(odd.sum(), sure.sum())\n",
        &[
            "z_threshold: int = Field(",
            "default=3, description=\"Standard deviations",
            "default=0.35, description=\"Score from which",
            "== 1.0",
        ],
        &["< 3]", "> 0.35"],
    );
}

#[test]
fn the_head_of_a_part_describes_no_value() {
    says(
        "import pandas as pd\n\n# Validation function\nn_folds = 5\n\n\ndef folds(rows):\n    return len(rows) // n_folds\n\n\nrows = pd.read_csv(\"rows.csv\")\nprint(folds(rows))\n",
        &["n_folds: int = Field(default=5"],
        &["Validation function"],
    );
    says(
        "import pandas as pd\n\n# Rows that are held out\nheld = 5\n\nrows = pd.read_csv(\"rows.csv\")\nprint(len(rows) - held)\n",
        &["description=\"Rows that are held out.\""],
        &[],
    );
}

#[test]
fn the_work_of_a_main_function_that_waits_is_the_job() {
    let head = "import asyncio\nimport json\n\nLIMIT = 3\n\n\nasync def square(number, gate):\n    async with gate:\n        await asyncio.sleep(0)\n        return number * number\n\n\n";
    let main = "async def main():\n    gate = asyncio.Semaphore(LIMIT)\n    with open(\"numbers.json\") as file:\n        numbers = json.load(file)\n    first = 10\n    squares = await asyncio.gather(*[square(it, gate) for it in numbers[:first]])\n    print(sum(squares))\n\n\n";
    let guard = "if __name__ == \"__main__\":\n    asyncio.run(main())\n";
    says(
        &format!("{head}{main}{guard}"),
        &[
            "async def run_",
            "first: int = Field(",
            "default=10",
            "path: Path = Field(",
            "default=Path(\"numbers.json\")",
        ],
        &["async def main"],
    );
    // What runs before may start a loop of its own, which is an error within another one.
    says(
        &format!("{head}import lookups\n\nlookups.load()\n\n\n{main}{guard}"),
        &["asyncio.run(main("],
        &["async def run_"],
    );
    // The loop ends with the call: what follows would be in it.
    says(
        &format!("{head}{main}asyncio.run(main())\nprint(LIMIT)\n"),
        &["asyncio.run(main("],
        &["async def run_"],
    );
}
