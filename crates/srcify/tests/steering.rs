//! What the author wishes: tags, comments and `[tool.srcify.convert]`.

use srcify_testing::{Outcome, Sandbox};

const SHOP: &str = "\"\"\"Report on the shop.\"\"\"\nimport pandas as pd\n\nSEED = 3\nRATE = 1.2\n\n# srcify: job=report\nrows = pd.read_csv(\"shop.csv\")\n\n# srcify: name=keep_paid\nrows = rows.dropna(subset=[\"amount\"])\nrows[\"taxed\"] = rows[\"amount\"] * RATE\n\n# srcify: drop\nprint(\"debugging\", SEED)\n\n# srcify: layer=application\nbig = rows[rows[\"taxed\"] > SEED]\n\nprint(len(big))\n";

fn convert(input: &str, settings: Option<&str>) -> (Sandbox, Outcome) {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("shop.py", input);
    if let Some(settings) = settings {
        sandbox.write("srcify.toml", settings);
    }
    let outcome = sandbox.run(&["convert", "shop.py", "-o", "pkg", "--no-lock", "-v"]);
    (sandbox, outcome)
}

#[test]
fn comments_steer_what_becomes_of_their_paragraph() {
    let (sandbox, outcome) = convert(SHOP, None);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("refused"), "{}", outcome.stderr);
    let job = sandbox.read("pkg/src/shop/application/report.py");
    assert!(job.contains("rows = keep_paid(rows"), "{job}");
    assert!(job.contains("big = rows[rows[\"taxed\"] >"), "{job}");
    assert!(
        !job.contains("debugging") && !job.contains("srcify"),
        "{job}"
    );
    let features = sandbox.read("pkg/src/shop/domain/features.py");
    assert!(features.contains("def keep_paid("), "{features}");
}

#[test]
fn tags_of_cells_do_the_same() {
    let cell = |tags: &str, source: &str| {
        format!(
            r#"{{"cell_type": "code", "execution_count": null, "metadata": {{"tags": [{tags}]}}, "outputs": [], "source": "{source}"}}"#
        )
    };
    let cells = [
        cell("", "import pandas as pd\\nrows = pd.read_csv('shop.csv')"),
        cell(
            "\"srcify:name=keep_paid\"",
            "rows = rows.dropna()\\nrows = rows[rows['a'] > 1]",
        ),
        cell("\"srcify:keep\"", "rows.plot()"),
        cell("\"srcify:drop\"", "print('debugging')"),
        cell("", "print(len(rows))"),
    ];
    let text = format!(
        r#"{{"cells": [{}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}"#,
        cells.join(", ")
    );
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("shop.ipynb", text);
    let outcome = sandbox.run(&["convert", "shop.ipynb", "-o", "pkg", "--no-lock", "-v"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let job = sandbox.read("pkg/src/shop/application/analysis.py");
    assert!(job.contains("keep_paid(rows)"), "{job}");
    assert!(job.contains("rows.plot()"), "{job}");
    assert!(!job.contains("debugging"), "{job}");
}

#[test]
fn a_wish_that_is_not_safe_is_refused_with_the_reason() {
    let needed = SHOP.replace("# srcify: layer=application", "# srcify: drop");
    let (sandbox, outcome) = convert(&needed, None);
    assert_eq!(outcome.status, Some(0));
    assert!(
        outcome
            .stderr
            .contains("`srcify:drop` is refused: `big`, which it binds or changes, is read later"),
        "{}",
        outcome.stderr
    );
    let job = sandbox.read("pkg/src/shop/application/report.py");
    assert!(job.contains("big"), "{job}");

    let (_, outcome) = convert(
        "open('a.txt', 'w').write('x')  # why\n# srcify: layer=domain\nopen('b.txt', 'w').write('y')\n# srcify: layer=domain\nword = input()\n# srcify: colour=red\nprint(1)\n",
        None,
    );
    let said = outcome.stderr;
    assert!(
        said.contains("`srcify:layer=domain` is refused: it goes to `io/files.py: OutputFile"),
        "{said}"
    );
    assert!(
        said.contains("`srcify:layer=domain` is refused: it stays in place: has the effect"),
        "{said}"
    );
    assert!(
        said.contains("`srcify:colour=red` is refused: the wishes are"),
        "{said}"
    );
}

#[test]
fn settings_beside_the_input_are_wishes_too() {
    let settings = "[tool.srcify.convert]\nname = \"store\"\nin-code = [\"SEED\"]\njobs = {\"shop.py\" = \"daily\"}\n";
    let (sandbox, outcome) = convert(SHOP, Some(settings));
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let config = sandbox.read("pkg/src/store/config.py");
    assert!(
        config.contains("rate") && !config.contains("seed"),
        "{config}"
    );
    let job = sandbox.read("pkg/src/store/application/daily.py");
    assert!(job.contains("SEED = 3"), "{job}");

    let (_, outcome) = convert(SHOP, Some("[tool.srcify.convert]\nnmae = \"store\"\n"));
    assert_eq!(outcome.status, Some(2));
    assert!(
        outcome
            .stderr
            .contains("`tool.srcify.convert.nmae` of `srcify.toml` is no setting"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn the_first_name_of_a_job_is_the_name_and_another_is_refused() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    let input = SHOP.replace("# srcify: drop", "# srcify: job=a_second");
    sandbox.write("shop.py", input);
    let outcome = sandbox.run(&["convert", "shop.py", "-o", "pkg", "--no-lock", "-v"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    assert!(
        !sandbox
            .read("pkg/src/shop/application/report.py")
            .is_empty()
    );
    let said =
        "`srcify:job=a_second` is refused: one input is one job, and `report` is named before";
    assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
}
