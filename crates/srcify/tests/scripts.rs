//! What the code of packages says that are made from scripts with functions and classes of their own.

use srcify_testing::Code;

/// Says that some file of the package holds each of `parts`.
#[track_caller]
fn says(input: &str, parts: &[&str]) {
    Code::of(env!("CARGO_BIN_EXE_srcify"), input).says(parts);
}

#[track_caller]
fn never_says(input: &str, parts: &[&str]) {
    Code::of(env!("CARGO_BIN_EXE_srcify"), input).never_says(parts);
}

#[test]
fn types_with_a_name_stand_at_the_head_of_modules() {
    let input = "from typing import Callable, Dict, List, Optional, Tuple\n\n\nclass Node:\n    def __init__(self, at: int):\n        self.at = at\n\n\nPlace = Tuple[int, int]\nGrid = List[List[int]]\nNodes = List[Node]\nVisit = Callable[[Node], None]\nIndex = Dict[str, \"Node\"]\nFound = Optional[Node]\n\n\nclass Board:\n    def __init__(self, size: Place):\n        self.rows, self.cols = size\n\n    def blank(self) -> Grid:\n        return [[0] * self.cols for _ in range(self.rows)]\n\n\ndef each(nodes: Nodes, visit: Visit) -> None:\n    for node in nodes:\n        visit(node)\n\n\ndef index(nodes: Nodes) -> Index:\n    return {str(node.at): node for node in nodes}\n\n\ndef first(nodes: Nodes) -> Found:\n    return nodes[0] if nodes else None\n\n\nnodes = [Node(3)]\neach(nodes, lambda it: print(it.at))\nprint(Board((2, 3)).blank(), len(index(nodes)), first([]))\n";
    says(
        input,
        &[
            "\nPlace = tuple[int, int]\n",
            "\nGrid = list[list[int]]\n",
            "\nNodes = list[Node]\n",
            "\nVisit = Callable[[Node], None]\n",
            "\nIndex = dict[str, \"Node\"]\n",
            "\nFound = Node | None\n",
            "\nclass Board:\n",
            "    def blank(self) -> Grid:\n",
            "\ndef first(nodes: Nodes) -> Found:\n",
        ],
    );
    // What the program looks at stays the object that it was.
    says(
        &format!("{input}print(Place)\n"),
        &["Place = Tuple[int, int]\n", "\nGrid = list[list[int]]\n"],
    );
    // An entry of a table is no type.
    never_says(
        "import sys\n\nsizes = [[1, 2], [3, 4]]\nlist = {1: 2}\nsize = list[1]\n\n\ndef area():\n    return size * 2\n\n\nprint(area(), sizes, sys.argv)\n",
        &["\nsize = list[1]\n"],
    );
}

#[test]
fn a_main_function_that_ends_early_is_the_job() {
    let input = "import os\nimport pandas as pd\n\n\ndef main():\n    path = \"sales.csv\"\n    if not os.path.exists(path):\n        print(\"no file\")\n        return\n    sales = pd.read_csv(path)\n    total = sales.groupby(\"shop\")[\"price\"].sum()\n    if len(total) > 100:\n        print(\"too many\")\n        return False\n    total.to_csv(\"total.csv\")\n    return total\n\n\nif __name__ == \"__main__\":\n    main()\n";
    says(
        input,
        &[
            "        logger.info(\"no file\")\n        return\n",
            "        logger.info(\"too many\")\n        return\n",
            "sales = SalesDataset(config.data.path).read()",
        ],
    );
    never_says(input, &["def main() -> pd"]);
    // More follows, or something may notice that the function is left.
    for other in [
        format!("{input}    print(\"bye\")\n"),
        input.replace("return False", "return print(\"late\")"),
        input.replace(
            "        print(\"no file\")\n        return\n",
            "        try:\n            return\n        finally:\n            print(\"no file\")\n",
        ),
    ] {
        says(&other, &["def main("]);
    }
}

#[test]
fn what_functions_call_by_a_name_of_their_own_becomes_a_setting() {
    let input = "import json\nimport random\nimport pandas as pd\nfrom sklearn.linear_model import Ridge\n\n\ndef load():\n    path = \"sales.csv\"\n    return pd.read_csv(path)\n\n\ndef fit(table):\n    alpha = 0.5  # how much is held back\n    return Ridge(alpha=alpha).fit(table, table)\n\n\ndef simulate():\n    n_trials = 1000\n    hits = 0\n    for _ in range(n_trials):\n        hits += random.random() < 0.5\n    return hits\n\n\nclass Report:\n    def __init__(self, hits):\n        self.hits = hits\n\n    def write(self):\n        out = \"report.json\"\n        with open(out, \"w\") as file:\n            json.dump(self.hits, file)\n\n\nprint(fit(load()).coef_)\nReport(simulate()).write()\n";
    says(
        input,
        &[
            "def load(*, sales_path: Path)",
            "    return pd.read_csv(sales_path)",
            "def fit(table: pd.DataFrame, *, alpha: float)",
            "description=\"How much is held back.\"",
            "def simulate(*, n_trials: int)",
            "with open(self.report_path, \"w\") as file:",
        ],
    );
    never_says(input, &["alpha = 0.5", "n_trials = 1000\n"]);
    // It is bound again, a function around has it, or a text shows its name.
    for (one, other) in [
        ("    hits = 0\n", "    hits = 0\n    n_trials -= 1\n"),
        (
            "    hits = 0\n",
            "    hits = 0\n    print(f\"{n_trials=}\")\n",
        ),
        ("    n_trials", "    global n_trials\n    n_trials"),
    ] {
        says(&input.replace(one, other), &["n_trials = 1000\n"]);
    }
}

#[test]
fn what_orders_is_called_with_what_it_reads() {
    let input = "import random\n\nWEIGHTS = [0.5, 0.25, 0.25]\n\n\ndef cost(tour):\n    return sum(w * t for w, t in zip(WEIGHTS, tour))\n\n\ndef best(tours):\n    return min(tours, key=cost)\n\n\ndef ranked(tours):\n    tours = list(tours)\n    tours.sort(key=cost)\n    return tours + sorted(tours, key=cost)\n\n\ntours = [[random.random() for _ in range(3)] for _ in range(9)]\nprint(best(tours), ranked(tours), list(map(cost, tours)))\n";
    says(
        input,
        &[
            "\ndef cost(tour",
            "return min(tours, key=lambda tour: cost(tour, weights=weights))",
            "tours.sort(key=lambda tour: cost(tour, weights=weights))",
            "map(lambda tour: cost(tour, weights=list(config.analysis.weights)), tours)",
        ],
    );
    // It reads nothing, or something else gets it, too.
    for other in [
        input.replace("zip(WEIGHTS, tour)", "zip(tour, tour)"),
        format!("{input}keep = [cost]\nprint(keep[0](tours[0]))\n"),
    ] {
        never_says(&other, &["lambda tour"]);
    }
}

#[test]
fn methods_that_python_calls_say_what_they_give() {
    let input = "class Settings:\n    _instance = None\n\n    def __new__(cls):\n        if cls._instance is None:\n            cls._instance = super().__new__(cls)\n        return cls._instance\n\n\nclass Held:\n    def __init__(self, name):\n        self.name = name\n\n    def __enter__(self):\n        print(\"open\", self.name)\n        return self\n\n    def __exit__(self, kind, error, trace):\n        print(\"close\", self.name)\n        return False\n\n\nwith Held(\"a\") as held:\n    print(held.name, Settings() is Settings())\n";
    says(
        input,
        &[
            "def __new__(cls) -> Self:\n        \"\"\"Make an instance.\"\"\"",
            "-> Literal[False]:",
            "from typing import Literal, Self",
        ],
    );
    says(
        &input.replace("return False", "return kind is KeyError"),
        &["-> bool:"],
    );
}

#[test]
fn rows_that_river_reads_one_by_one_come_from_a_class_of_io() {
    let input = "from river import datasets, stream\n\nbikes = datasets.Bikes()\nrows = stream.iter_csv(bikes.path, target=\"bikes\")\nx, y = next(rows)\nprint(x, y)\nfor x, y in stream.iter_csv(\"shops.csv\"):\n    print(x)\n";
    says(
        input,
        &[
            "rows = BikesFile(bikes.path).read()",
            "for x, y in ShopsFile(config.data.path).read():",
            "def read(self) -> Iterator[tuple[dict[Hashable, Any], Any]]:",
        ],
    );
}

#[test]
fn results_that_a_library_documents_in_a_module_of_its_own_are_imported_for_type_checkers() {
    let input = "import numpy as np\nfrom statsmodels.discrete.discrete_model import Poisson\n\ny = np.loadtxt(\"y.txt\")\nexog = np.loadtxt(\"exog.txt\")\nres = Poisson(y, exog).fit(disp=0)\n\n\ndef interval(guess):\n    return guess.conf_int()\n\n\nprint(interval(res.get_prediction(exog)))\n";
    says(
        input,
        &[
            "if TYPE_CHECKING:\n    from statsmodels.base._prediction_inference import PredictionResultsBase",
            "def interval(guess: PredictionResultsBase) -> np.ndarray:",
        ],
    );
}

/// A function with seven hyperparameters, and who calls it.
const TRAINING: &str = "import pandas as pd\nfrom sklearn.ensemble import GradientBoostingClassifier\n\n\ndef train(X, y):\n    model = GradientBoostingClassifier(\n        n_estimators=300,\n        learning_rate=0.05,\n        max_depth=4,\n        min_samples_leaf=20,\n        subsample=0.8,\n        max_features=0.5,\n        random_state=42,\n    )\n    return model.fit(X, y)\n\n\ndef compare(table):\n    print(len(table))\n    return train(table[[\"a\"]], table[\"b\"])\n\n\nrows = pd.read_csv(\"rows.csv\")\nfirst = compare(rows[rows[\"c\"] > 1])\nsecond = compare(rows[rows[\"c\"] < 1])\n";

#[test]
fn functions_get_many_settings_as_the_model_that_holds_them() {
    says(
        TRAINING,
        &[
            "def train(\n    X: pd.DataFrame, y: pd.Series, *, model_settings: ModelConfig\n) -> GradientBoostingClassifier:",
            "subsample=model_settings.subsample,",
            "random_state=model_settings.seed,",
            "def compare(table: pd.DataFrame, *, model: ModelConfig) -> GradientBoostingClassifier:",
            "return train(table[[\"a\"]], table[\"b\"], model_settings=model)",
            "first = compare(rows[rows[\"c\"] > 1], model=config.model)",
        ],
    );
    // Few are passed one by one.
    let few = TRAINING
        .replace("        min_samples_leaf=20,\n        subsample=0.8,\n", "")
        .replace("        max_features=0.5,\n", "");
    says(&few, &["n_estimators=config.model.n_estimators,"]);
    never_says(&few, &["*, model_settings: ModelConfig"]);
}

#[test]
fn what_a_library_calls_gets_the_model_along() {
    let mut input = TRAINING.replace(
        "first = compare(rows[rows[\"c\"] > 1])\n",
        "first = rows.groupby(\"d\").apply(compare)\n",
    );
    for (value, name) in [
        ("300", "TREES"),
        ("0.05", "RATE"),
        ("4", "DEPTH"),
        ("20", "LEAF"),
        ("0.8", "SHARE"),
        ("0.5", "FEATURES"),
        ("42", "SEED"),
    ] {
        input = input.replace(&format!("={value},\n"), &format!("={name},\n"));
        let head = "from sklearn.ensemble import GradientBoostingClassifier\n";
        input = input.replace(head, &format!("{head}{name} = {value}\n"));
    }
    says(&input, &["functools.partial(compare, model=config.model)"]);
}

#[test]
fn functions_of_the_application_get_all_settings_where_many_sections_meet() {
    let input = "import matplotlib.pyplot as plt\nimport numpy as np\nfrom sklearn.ensemble import GradientBoostingRegressor\nfrom sklearn.model_selection import train_test_split\n\nCOLORS = [\"red\", \"blue\"]\nROUNDS = 3\n\n\ndef compare(X, y, ax, name, extra):\n    print(\"comparing\", name, extra)\n    for number in range(ROUNDS):\n        a, b, c, d = train_test_split(X, y, test_size=0.25, random_state=number)\n        model = GradientBoostingRegressor(n_estimators=20, random_state=1).fit(a, c)\n        ax.plot([number], [model.score(b, d)], color=COLORS[0], label=name)\n\n\nX = np.linspace(0, 1, 80).reshape(40, 2)\ny = X[:, 0] * 2\nfig, ax = plt.subplots()\ncompare(X, y, ax, \"first\", \"more\")\nfig.savefig(\"plot.png\")\n";
    says(
        input,
        &[
            "extra: str, *, config: TrainingConfig\n) -> None:",
            "for number in range(config.analysis.rounds):",
            "n_estimators=config.model.n_estimators, random_state=config.model.seed",
            "compare(X, y, ax, \"first\", \"more\", config=config)",
        ],
    );
}

#[test]
fn sets_of_hyperparameters_are_one_setting_but_what_is_changed_stays() {
    let input = "import numpy as np\nfrom sklearn.neural_network import MLPRegressor\n\nparams = [\n    {\"solver\": \"sgd\", \"momentum\": 0},\n    {\"solver\": \"sgd\", \"momentum\": 0.9, \"nesterovs_momentum\": False},\n]\nX = np.loadtxt(\"x.txt\")\nfor one in params:\n    print(MLPRegressor(random_state=0, **one).fit(X, X[:, 0]).n_iter_)\n";
    says(
        input,
        &[
            "params: tuple[dict[str, bool | float | int | str], ...] = Field(",
            "config.model.params",
            "{\"solver\": \"sgd\", \"momentum\": 0.9, \"nesterovs_momentum\": False},",
        ],
    );
    let changed = input.replace(
        "for one in params:\n",
        "for one in params:\n    one[\"alpha\"] = 0.1\n",
    );
    never_says(&changed, &["config.model.params"]);
}
