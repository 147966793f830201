//! Training and inference from one input: the predict job gives what the input predicted.

use std::process::Command;

use srcify_testing::{Sandbox, run};

/// Fits on two thirds of the rows, and writes the rest and what is predicted for it.
const CHURN: &str = r#""""Predict who leaves."""
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

rows = pd.read_csv("rows.csv")
rows["charges"] = pd.to_numeric(rows["charges"], errors="coerce")
rows["charges"] = rows["charges"].fillna(rows["charges"].mean())
rows["ratio"] = rows["charges"] / rows["months"]
features = pd.get_dummies(rows[["charges", "ratio", "plan"]], columns=["plan"])
left = rows["left"]
train_x, test_x, train_y, test_y = train_test_split(features, left, test_size=0.3, random_state=3)
scaler = StandardScaler()
train_s = scaler.fit_transform(train_x)
test_s = scaler.transform(test_x)
model = LogisticRegression()
model.fit(train_s, train_y)
guess = model.predict(test_s)
print(guess.tolist())
pd.read_csv("rows.csv").loc[test_x.index].to_csv("test_rows.csv", index=False)
"#;

fn rows() -> String {
    let mut text = "charges,months,plan,left\n".to_owned();
    for index in 0..60 {
        let charges = match index % 7 {
            0 => " ".to_owned(),
            other => format!("{}.5", other * 10 + index % 11),
        };
        let plan = ["a", "b", "c", "a", "b"][index % 5];
        text.push_str(&format!(
            "{charges},{},{plan},{}\n",
            index % 9 + 1,
            usize::from(index % 3 == 0)
        ));
    }
    text
}

fn converted(input: &str) -> (Sandbox, String) {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    // Not named as the package, which it would hide.
    sandbox.write("leaving.py", input);
    sandbox.write("rows.csv", rows());
    let outcome = sandbox.run(&[
        "convert",
        "leaving.py",
        "--name",
        "churn",
        "-o",
        "pkg",
        "--predict",
        "--no-lock",
        "-v",
    ]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    (sandbox, outcome.stderr)
}

#[test]
fn a_conversion_says_that_there_could_be_a_predict_job() {
    let said = |input: &str, option: &[&str]| {
        let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
        sandbox.write("leaving.py", input);
        let arguments = ["convert", "leaving.py", "-o", "pkg", "--no-lock"];
        let outcome = sandbox.run(&[&arguments[..], option].concat());
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        outcome.stderr.contains("with `--predict`")
    };
    assert!(said(CHURN, &[]));
    assert!(!said(CHURN, &["--predict"]));
    assert!(!said(CHURN, &["--quiet"]));
    // What is not proven is not promised.
    let ranked = CHURN.replace("left = rows", "features = features.rank()\nleft = rows");
    assert!(!said(&ranked, &[]));
}

#[test]
fn a_slice_that_is_not_proven_is_refused_with_the_reason() {
    for (before, after, reason) in [
        (
            "left = rows",
            "features = pd.DataFrame(features.apply(lambda column: column.max()))\nleft = rows",
            "is not known to treat each row alone",
        ),
        (
            "rows[\"ratio\"] =",
            "def centred(rows):\n    rows[\"months\"] = rows[\"months\"] - rows[\"months\"].mean()\n    return rows\nrows = centred(rows)\nrows[\"ratio\"] =",
            "is not known to treat each row alone",
        ),
        (
            "left = rows",
            "features = features.rank()\nleft = rows",
            "is not known to treat each row alone",
        ),
        (
            "features = pd.get_dummies(rows[[\"charges\", \"ratio\", \"plan\"]], columns=[\"plan\"])",
            "rows[\"plan\"] = rows[\"plan\"].astype(\"category\").cat.codes\nfeatures = rows[[\"charges\", \"ratio\", \"plan\"]]",
            "is not known to treat each row alone",
        ),
        (
            "left = rows",
            "features = features.drop([3, 4])\nleft = rows",
            "is not known to treat each row alone",
        ),
        (
            "features = pd.get_dummies(rows[[",
            "features = pd.get_dummies(rows.iloc[[1, 2, 3, 4, 5, 6, 7, 8]][[",
            "is not known to treat each row alone",
        ),
        (
            "features = pd",
            "rows[\"months\"] = rows[\"months\"] / rows.shape[0] + rows.size\nfeatures = pd",
            "is not known to treat each row alone",
        ),
        (
            "print(guess",
            "model.fit(test_s, test_y)\nprint(guess",
            "changes `model` after it predicted",
        ),
        (
            "guess = model.predict(test_s)",
            "guess = [1]",
            "no statement predicts",
        ),
    ] {
        let (sandbox, said) = converted(&CHURN.replace(before, after));
        assert!(
            said.contains("there is no predict job") && said.contains(reason),
            "{said}"
        );
        assert!(
            !sandbox
                .folder()
                .join("pkg/src/churn/application/predict.py")
                .exists()
        );
    }
}

#[test]
fn the_predict_job_predicts_what_the_input_did() {
    check_predictions(CHURN);
}

#[test]
fn a_prediction_inside_a_message_is_one_too() {
    let input = CHURN.replace(
        "guess = model.predict(test_s)\nprint(guess.tolist())",
        "print(model.predict(test_s).tolist())",
    );
    assert_ne!(input, CHURN);
    check_predictions(&input);
}

#[test]
fn columns_are_renamed_gaps_are_filled_in_place_and_pairs_are_bound_as_in_the_input() {
    let input = CHURN
        .replace(
            "rows[\"charges\"] = rows[\"charges\"].fillna(rows[\"charges\"].mean())\n",
            "rows.columns = [c.strip().lower() for c in rows.columns]\nrows.loc[rows[\"charges\"] > 60, \"charges\"] = 60\nrows = rows.fillna({\"charges\": 7})\n",
        )
        .replace(
            "features = pd.get_dummies(rows[[\"charges\", \"ratio\", \"plan\"]], columns=[\"plan\"])\nleft = rows[\"left\"]\n",
            "features, left = rows[[\"charges\", \"ratio\"]], rows[\"left\"]\n",
        )
        .replace(
            "train_s = scaler.fit_transform(train_x)\ntest_s = scaler.transform(test_x)\n",
            "NUMBERS = [\"charges\", \"ratio\"]\ntrain_s, test_s = train_x.copy(), test_x.copy()\ntrain_s[NUMBERS] = scaler.fit_transform(train_s[NUMBERS])\ntest_s[NUMBERS] = scaler.transform(test_s[NUMBERS])\n",
        );
    check_predictions(&input);
}

#[test]
fn dummies_without_the_first_category_have_the_columns_of_the_training() {
    let input = CHURN.replace(
        "columns=[\"plan\"])",
        "columns=[\"plan\"], drop_first=True)",
    );
    assert_ne!(input, CHURN);
    check_predictions(&input);
}

#[test]
fn each_column_of_a_loop_keeps_its_own_encoder_and_value() {
    let input = CHURN
        .replace(
            "rows[\"charges\"] = rows[\"charges\"].fillna(rows[\"charges\"].mean())\n",
            "for name in [\"charges\", \"months\"]:\n    rows[name] = rows[name].fillna(rows[name].median())\n",
        )
        .replace(
            "features = pd.get_dummies(rows[[\"charges\", \"ratio\", \"plan\"]], columns=[\"plan\"])\n",
            "from sklearn.preprocessing import LabelEncoder\nrows[\"kind\"] = rows[\"plan\"] + \"x\"\nencoder = LabelEncoder()\nfor name in rows.select_dtypes(\"object\").columns:\n    rows[name] = encoder.fit_transform(rows[name].astype(str))\nfeatures = rows[[\"charges\", \"ratio\", \"plan\", \"kind\"]]\n",
        );
    assert!(input.contains("fill") && input.contains("encoder.fit_transform"));
    check_predictions(&input);
}

#[test]
fn loops_over_tables_say_what_is_done_to_the_rows_that_are_predicted() {
    let loops = r#"LIMIT = 30
pd.read_csv("rows.csv").head(40).to_csv("known.csv", index=False)
known = pd.read_csv("known.csv")
rows = pd.read_csv("rows.csv")
both = [known, rows]
sizes = both[0].shape, both[1].shape
known = known.drop_duplicates()
both = [known, rows]
for table in both:
    table["charges"] = pd.to_numeric(table["charges"], errors="coerce")
    table["high"] = 0
    table.loc[table["charges"] > LIMIT, "high"] = 1
for table in both:
    table["charges"] = table["charges"].fillna(table["charges"].median())
    table.loc[table["charges"] > 60, "charges"] = 60
    table["charges"] *= 2
common = known["plan"].dropna().mode()[0]
for table in both:
    table["plan"] = table["plan"].fillna(common).map({"a": 0, "b": 1, "c": 2})
left = known["left"]
model = LogisticRegression()
model.fit(known[["charges", "high", "plan"]], left)
guess = model.predict(rows[["charges", "high", "plan"]])
print(guess.tolist())
pd.read_csv("rows.csv").to_csv("test_rows.csv", index=False)
"#;
    let start = CHURN.find("rows = pd").expect("it reads");
    let input = format!("{}{loops}", &CHURN[..start]);
    check_predictions(&input);
    let (sandbox, _) = converted(&input);
    // Both are given to one function, and nobody needs the list.
    let functions = sandbox.read("pkg/src/churn/domain/functions.py");
    assert_eq!(
        functions.matches("[\"high\"] = 0").count(),
        1,
        "{functions}"
    );
    let job = sandbox.read("pkg/src/churn/application/training.py");
    assert!(!job.contains("both"), "{job}");
}

#[test]
fn functions_of_the_author_are_taken_along() {
    let input = CHURN
        .replace(
            "rows = pd.read_csv(\"rows.csv\")\n",
            "LIMIT = 30\ndef is_high(charge):\n    return 1 if charge > LIMIT else 0\ndef load(path):\n    return pd.read_csv(path)\ndef tidy(rows):\n    rows = rows.copy()\n    rows[\"charges\"] = pd.to_numeric(rows[\"charges\"], errors=\"coerce\")\n    rows[\"high\"] = rows[\"charges\"].apply(is_high)\n    return rows\nrows = load(\"rows.csv\")\nrows = tidy(rows)\nrows.drop_duplicates(inplace=True)\n",
        )
        .replace("left = rows[\"left\"]\n", "")
        .replace("features = pd.get_dummies(rows[[\"charges\",", "left = rows.pop(\"left\").astype(int)\nfeatures = pd.get_dummies(rows[[\"high\", \"charges\",");
    assert!(input.contains("rows.pop") && input.contains("tidy(rows)"));
    check_predictions(&input);
}

/// `CHURN` with labels that are cleaned in many ways, and dropped with what is no feature.
fn with_labels_cleaned() -> String {
    CHURN
        .replace(
            "rows[\"charges\"] = pd",
            "rows = rows.dropna(subset=[\"left\"])\nrows = rows[rows[\"left\"] >= 0]\nrows[\"left\"] *= 1\nrows[\"left\"] = rows[\"left\"].map({0: \"no\", 1: \"yes\"})\nrows[\"charges\"] = pd",
        )
        .replace("rows[[\"charges\", \"ratio\", \"plan\"]]", "rows.drop(columns=[\"left\", \"months\"])")
}

#[test]
fn new_rows_need_no_labels() {
    let input = with_labels_cleaned().replace(
        "test_x.index].to_csv",
        "test_x.index].drop(columns=[\"left\"]).to_csv",
    );
    assert!(input.contains("drop(columns=[\"left\", \"months\"])"));
    check_predictions(&input.replace("guess.tolist()", "\"[\" + \", \".join(guess) + \"]\""));
}

#[test]
fn predictions_are_in_the_units_of_what_was_predicted() {
    let regression = CHURN
        .replace("import LogisticRegression", "import LinearRegression")
        .replace("LogisticRegression()", "LinearRegression()")
        .replace(
            "import pandas as pd",
            "import numpy as np\nimport pandas as pd",
        )
        .replace(
            "left = rows[\"left\"]",
            "left = np.log1p(rows[\"left\"] + rows[\"months\"])",
        );
    for guess in [
        "guess = np.expm1(model.predict(test_s))\n",
        "guess = model.predict(test_s)\nguess = np.expm1(guess)\n",
        "logged = model.predict(test_s)\nprint(end=\"\")\nguess = np.expm1(logged)\n",
        "logged = model.predict(test_s)\nguess = list(np.expm1(logged))\nguess = pd.Series(guess)\n",
    ] {
        let input = regression.replace("guess = model.predict(test_s)\n", guess);
        check_predictions(&input);
    }
    let encoded = CHURN
        .replace(
            "import StandardScaler",
            "import LabelEncoder, StandardScaler",
        )
        .replace(
            "left = rows[\"left\"]",
            "names = LabelEncoder()\nleft = names.fit_transform(rows[\"left\"] + 7)",
        )
        .replace(
            "guess = model.predict(test_s)\n",
            "codes = model.predict(test_s)\nguess = names.inverse_transform(codes)\n",
        );
    check_predictions(&encoded);
}

#[test]
fn what_is_fitted_twice_is_stored_as_it_was_used() {
    let input = CHURN
        .replace("import StandardScaler", "import LabelEncoder, StandardScaler")
        .replace(
            "features = pd.get_dummies(rows[[\"charges\", \"ratio\", \"plan\"]], columns=[\"plan\"])",
            "rows[\"kind\"] = rows[\"plan\"].map({\"a\": \"b\", \"b\": \"c\", \"c\": \"b\"})\ncoder = LabelEncoder()\nrows[\"plan\"] = coder.fit_transform(rows[\"plan\"])\nrows[\"kind\"] = coder.fit_transform(rows[\"kind\"])\nfeatures = rows[[\"charges\", \"ratio\", \"plan\", \"kind\"]]",
        );
    assert!(input.contains("coder.fit_transform(rows[\"kind\"])"));
    check_predictions(&input);
}

#[test]
fn scaled_predictions_are_one_column() {
    let input = CHURN
        .replace("import LogisticRegression", "import LinearRegression")
        .replace("LogisticRegression()", "LinearRegression()")
        .replace(
            "left = rows[\"left\"]",
            "scale = StandardScaler()\nleft = scale.fit_transform(rows[[\"months\"]])",
        )
        .replace(
            "guess = model.predict(test_s)\n",
            "guess = scale.inverse_transform(model.predict(test_s))\n",
        )
        .replace("guess.tolist()", "guess[:, 0].tolist()");
    check_predictions(&input);
}

#[test]
fn where_rows_are_left_out_each_prediction_says_its_row() {
    let input = CHURN.replace(
        "rows[\"charges\"] = rows[\"charges\"].fillna(rows[\"charges\"].mean())\n",
        "rows = rows.dropna()\nrows = rows[rows[\"months\"] > 2]\n",
    );
    let Some((sandbox, _)) = predicted(&input, "rows.csv") else {
        return;
    };
    let mut expected = Vec::new();
    for (number, line) in rows().lines().skip(1).enumerate() {
        let fields: Vec<&str> = line.split(',').collect();
        if fields[0] != " " && fields[1].parse::<u32>().expect("a number") > 2 {
            expected.push(number.to_string());
        }
    }
    let written = sandbox.read("predictions.csv");
    let numbers: Vec<&str> = written
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap_or_default())
        .collect();
    assert!(written.starts_with("row,prediction\n"), "{written}");
    assert_eq!(numbers, expected);
}

/// The predict job gives for a part of the rows what the input predicted for them.
fn check_predictions(input: &str) {
    let Some((sandbox, printed)) = predicted(input, "test_rows.csv") else {
        return;
    };
    let lines = sandbox.read("predictions.csv");
    let guesses: Vec<&str> = lines.lines().skip(1).collect();
    assert_eq!(format!("[{}]\n", guesses.join(", ")), printed);
}

/// Where the predict job has run on a file of rows, and what the input printed; nothing without a Python.
fn predicted(input: &str, new_rows: &str) -> Option<(Sandbox, String)> {
    let Ok(python) = std::env::var("SRCIFY_E2E_PYTHON") else {
        return None;
    };
    let (sandbox, said) = converted(input);
    assert!(!said.contains("there is no predict job"), "{said}");
    let command = || {
        let mut command = Command::new(&python);
        command.current_dir(sandbox.folder());
        command.env("PYTHONPATH", sandbox.folder().join("pkg/src"));
        command
    };
    let input = run(command().arg("leaving.py"));
    assert_eq!(input.status, Some(0), "{}", input.stderr);
    let files = sandbox.files().len();
    let training = run(command().args(["-m", "churn", "training"]));
    assert_eq!(training.stdout, input.stdout, "{}", training.stderr);
    assert_eq!(
        sandbox.files().len(),
        files,
        "training adds no file by default"
    );
    let path = setting(&sandbox, "training", "artifacts_path");
    let stored = run(command().args(["-m", "churn", "training", &format!("{path}=fitted.joblib")]));
    assert_eq!(stored.status, Some(0), "{}", stored.stderr);
    let path = setting(&sandbox, "predict", "artifacts_path");
    let rows = setting(&sandbox, "predict", "rows_path");
    let predicted = run(command().args([
        "-m",
        "churn",
        "predict",
        &format!("{path}=fitted.joblib"),
        &format!("{rows}={new_rows}"),
    ]));
    assert_eq!(predicted.status, Some(0), "{}", predicted.stderr);
    Some((sandbox, input.stdout))
}

/// The full name of a setting, from the YAML of a job.
fn setting(sandbox: &Sandbox, job: &str, field: &str) -> String {
    let text = sandbox.read(&format!("pkg/confs/{job}.yaml"));
    let mut section = "";
    for line in text.lines() {
        if !line.starts_with([' ', '#']) {
            section = line.trim_end_matches(':');
        }
        if line.trim_start().starts_with(&format!("{field}:")) {
            return format!("{section}.{field}");
        }
    }
    panic!("{job} has no `{field}`:\n{text}");
}

#[test]
fn the_readme_shows_how_the_training_stores_what_the_predict_job_reads() {
    let (sandbox, _) = converted(CHURN);
    let path = setting(&sandbox, "training", "artifacts_path");
    let readme = sandbox.read("pkg/README.md");
    let line = format!("uv run churn training {path}=artifacts.joblib ");
    assert!(readme.contains(&line), "{readme}");
}
