//! Plans made by hand.

use srcify_plan::{
    Dependency, Field, Folder, Job, Literal, Module, Plan, Secret, Section, Settings,
};

fn text(value: &str) -> Literal {
    Literal::Str(value.to_owned())
}

fn int(digits: &str) -> Literal {
    Literal::Int(digits.to_owned())
}

fn float(written: &str) -> Literal {
    Literal::Float(written.to_owned())
}

fn texts(values: &[&str]) -> Literal {
    Literal::List(values.iter().map(|value| text(value)).collect())
}

fn field(name: &str, annotation: &str, default: Literal, description: &str) -> Field {
    Field {
        name: name.to_owned(),
        annotation: annotation.to_owned(),
        default,
        description: description.to_owned(),
        comment: None,
        bounds: Vec::new(),
        is_required: false,
    }
}

trait With {
    fn bounded(self, bounds: &[(&'static str, &str)]) -> Self;
    fn commented(self, comment: &str) -> Self;
}

impl With for Field {
    fn bounded(mut self, bounds: &[(&'static str, &str)]) -> Self {
        self.bounds = bounds
            .iter()
            .map(|(bound, limit)| (*bound, (*limit).to_owned()))
            .collect();
        self
    }

    fn commented(mut self, comment: &str) -> Self {
        self.comment = Some(comment.to_owned());
        self
    }
}

fn section(name: &str, class: &str, summary: &str, fields: Vec<Field>) -> Section {
    Section {
        name: name.to_owned(),
        class: class.to_owned(),
        summary: summary.to_owned(),
        fields,
    }
}

fn job(name: &str, summary: &str, class: &str, sections: Vec<Section>) -> Job {
    Job {
        origin: "churn.ipynb".to_owned(),
        name: name.to_owned(),
        summary: summary.to_owned(),
        about: String::new(),
        function: format!("run_{name}"),
        is_async: false,
        settings: Settings {
            class: class.to_owned(),
            sections,
        },
    }
}

fn dependency(
    distribution: &str,
    specifier: &str,
    module: &str,
    stubs: Option<&str>,
) -> Dependency {
    Dependency {
        distribution: distribution.to_owned(),
        specifier: specifier.to_owned(),
        module: module.to_owned(),
        stubs: stubs.map(ToOwned::to_owned),
        typed: false,
        is_for_checkers: false,
    }
}

fn module(folder: Folder, name: &str) -> Module {
    Module {
        folder,
        name: name.to_owned(),
        summary: "A module.".to_owned(),
        imports: std::collections::BTreeSet::new(),
        items: Vec::new(),
    }
}

/// The sample of the style guide.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn churn() -> Plan {
    let positive: &[_] = &[("gt", "0")];
    let sections = vec![
        section(
            "data",
            "DataConfig",
            "Where the customers are read from.",
            vec![field(
                "path",
                "Path",
                text("data/customers.csv"),
                "CSV file of customers.",
            )],
        ),
        section(
            "features",
            "FeatureConfig",
            "Which columns feed the model, and how tenure is cut into bands.",
            vec![
                field(
                    "tenure_edges",
                    "tuple[int, ...]",
                    Literal::List(["0", "12", "24", "48", "72"].map(int).to_vec()),
                    "Edges of the bands, in months.",
                )
                .bounded(&[("min_length", "2")])
                .commented("months"),
                field(
                    "numeric",
                    "tuple[str, ...]",
                    texts(&["tenure_band", "charge_ratio", "MonthlyCharges"]),
                    "Columns used as they are.",
                ),
            ],
        ),
        section(
            "split",
            "SplitConfig",
            "How customers are held out for evaluation.",
            vec![
                field(
                    "test_size",
                    "float",
                    float("0.2"),
                    "Share of customers held out.",
                )
                .bounded(&[("gt", "0"), ("lt", "1")]),
                field(
                    "seed",
                    "int",
                    int("42"),
                    "Decides which customers are held out.",
                ),
            ],
        ),
        section(
            "model",
            "ModelConfig",
            "Hyperparameters of the random forest.",
            vec![
                field("n_estimators", "int", int("300"), "Number of trees.").bounded(positive),
                field(
                    "max_depth",
                    "int | None",
                    int("8"),
                    "Depth of a tree; null: no limit.",
                )
                .bounded(positive),
            ],
        ),
        section(
            "output",
            "OutputConfig",
            "Where the results are written.",
            vec![
                field(
                    "model_path",
                    "Path",
                    text("model.joblib"),
                    "File of the fitted model.",
                ),
                field(
                    "metrics_path",
                    "Path | None",
                    Literal::None,
                    "JSON file of the metrics; null: not written.",
                )
                .commented("e.g. metrics.json"),
            ],
        ),
    ];
    Plan {
        package: "churn".to_owned(),
        project: "churn".to_owned(),
        summary: "Predict which customers will leave".to_owned(),
        origins: vec!["notebook/churn.py".to_owned()],
        jobs: vec![job(
            "training",
            "Train the churn model",
            "TrainingConfig",
            sections,
        )],
        modules: vec![
            module(Folder::Domain, "features"),
            module(Folder::Application, "training"),
        ],
        dependencies: vec![
            dependency("scikit-learn", "", "sklearn", None),
            dependency("pandas", "", "pandas", Some("pandas-stubs")),
            dependency("joblib", "", "joblib", None),
        ],
        ..Plan::default()
    }
}

/// An input without anything to set.
pub fn bare() -> Plan {
    Plan {
        package: "bare".to_owned(),
        project: "bare".to_owned(),
        origins: vec!["Untitled.ipynb".to_owned()],
        jobs: vec![job("report", "", "", Vec::new())],
        modules: vec![module(Folder::Application, "report")],
        ..Plan::default()
    }
}

/// A job that awaits, whose only settings are texts.
pub fn coroutine() -> Plan {
    let fields = vec![field(
        "url",
        "str",
        text("https://example.org/?a=%s"),
        "Where to ask.",
    )];
    let sections = vec![section(
        "api",
        "ApiConfig",
        "Where the answers come from.",
        fields,
    )];
    let mut job = job("crawling", "Ask 100% of them", "CrawlingConfig", sections);
    job.is_async = true;
    Plan {
        package: "crawler".to_owned(),
        project: "crawler".to_owned(),
        summary: "ask \"them\" all, 100%".to_owned(),
        origins: vec!["crawl.py".to_owned(), "Übung 1.ipynb".to_owned()],
        jobs: vec![job],
        modules: vec![module(Folder::Application, "crawling")],
        ..Plan::default()
    }
}

/// Two jobs and a secret, with `text` wherever the author has a say.
pub fn saying(text: &str) -> Plan {
    let fields = vec![
        field("text", "str", self::text(text), text).commented(text),
        field("path", "Path | None", self::text(text), text),
        field(
            "map",
            "dict[str, str]",
            Literal::Map(vec![(text.to_owned(), self::text(text))]),
            text,
        ),
    ];
    let sections = vec![section("said", "SaidConfig", text, fields)];
    Plan {
        package: "said".to_owned(),
        project: "said".to_owned(),
        summary: text.to_owned(),
        origins: vec![text.to_owned()],
        jobs: vec![
            job("one", text, "OneConfig", sections),
            job("two", text, "", Vec::new()),
        ],
        secrets: vec![Secret {
            variable: "KEY".to_owned(),
            description: text.to_owned(),
        }],
        ..Plan::default()
    }
}

/// A job whose settings cannot be shown to count, with a default that does not equal itself.
pub fn flags() -> Plan {
    let fields = vec![
        field("verbose", "bool", Literal::Bool(false), "Say more."),
        field("missing", "float", float("nan"), "What stands for nothing.")
            .bounded(&[("strict", "True")]),
    ];
    let sections = vec![section("options", "OptionConfig", "What to do.", fields)];
    Plan {
        package: "flags".to_owned(),
        project: "Other.Name".to_owned(),
        summary: "Flags".to_owned(),
        origins: vec!["a.ipynb".to_owned()],
        jobs: vec![job("run", "Run", "RunConfig", sections)],
        modules: vec![module(Folder::Application, "run")],
        ..Plan::default()
    }
}

/// Two jobs, secrets, and every value that is hard to write down.
pub fn nasty() -> Plan {
    let shared = section(
        "shared",
        "SharedConfig",
        "What \\both\\ \"jobs\" need.",
        nasty_fields(),
    );
    let first = job(
        "scoring",
        "Score \"everyone\",\nat 100% {speed} — été \\o/",
        "ScoringConfig",
        vec![
            shared.clone(),
            section("paths", "PathConfig", "", path_fields()),
        ],
    );
    let second = job(
        "night_run",
        &"a very long summary ".repeat(12),
        "NightRunConfig",
        vec![shared],
    );
    let mut third = job("waiting", "Wait", "", Vec::new());
    third.is_async = true;
    Plan {
        package: "night_shift".to_owned(),
        project: "night-shift".to_owned(),
        summary: "\"Quoted\" \\ back\nslash %(prog)s 50% {braces} {{ jinja }} 日本".to_owned(),
        origins: vec![
            "a.ipynb".to_owned(),
            "b.ipynb".to_owned(),
            "c.ipynb".to_owned(),
        ],
        jobs: vec![first, second, third],
        modules: vec![module(Folder::Application, "scoring")],
        secrets: vec![
            Secret {
                variable: "API_KEY".to_owned(),
                description: "Key of the\nAPI".to_owned(),
            },
            Secret {
                variable: "TOKEN".to_owned(),
                description: String::new(),
            },
        ],
        dependencies: vec![
            dependency("pyyaml", ">=6", "yaml", Some("types-pyyaml")),
            dependency("some-long-distribution-name", "==1.0.0", "some_long", None),
            dependency(
                "another-long-distribution-name",
                "@ https://example.org/a.whl",
                "another",
                None,
            ),
        ],
        ..Plan::default()
    }
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn nasty_fields() -> Vec<Field> {
    let strings = [
        "",
        " ",
        " a",
        "a ",
        "yes",
        "No",
        "null",
        "~",
        "1",
        "1e3",
        "1_000",
        "012",
        "0x1f",
        "1:30",
        "2020-01-01",
        "2020-01-01 10:00:00",
        "a: b",
        "a #b",
        "#a",
        "- a",
        "[a]",
        "{a}",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "=",
        "<<",
        "???",
        ".inf",
        "nan",
        "a, b",
        "true",
        "?",
        "|",
        ">",
        "'a'",
        "\"a\"",
        "'\"",
        "a\nb",
        "\n",
        "a\tb",
        "\r",
        "\\",
        "\\n",
        "${x}",
        "a\\${x}",
        "\\\\${",
        "$${y}",
        "${a:b} ${",
        "é日本🙂",
        "\u{200b}",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "\u{7f}",
        "\u{1}",
        "${env:HOME}",
        "\u{a0}",
        "\u{301}",
        "👩\u{200d}🔬",
    ];
    vec![
        field(
            "strings",
            "tuple[str, ...]",
            texts(&strings),
            "Texts, \"quoted\" and \\escaped ${x}.",
        ),
        field("empty", "str", text(""), ""),
        field(
            "long",
            "str",
            text(&"SELECT \"a\" FROM b WHERE c = 'd' ".repeat(20)),
            "Long.",
        ),
        field(
            "longer",
            "str",
            text(&"日本\\".repeat(60)),
            &"Many words in it. ".repeat(15),
        ),
        field(
            "reference",
            "str",
            text("${shared.empty}/x"),
            "Not a reference.",
        )
        .commented("see\n#1: \u{7}"),
        field("template", "str", text("%(prog)s %s"), "A template, 100%.")
            .commented(&"a long comment ".repeat(12)),
        field(
            "none",
            "tuple[str, ...]",
            Literal::List(Vec::new()),
            "Nothing.",
        ),
        field(
            "one",
            "tuple[int, ...]",
            Literal::List(vec![int("1")]),
            "One.",
        ),
        field(
            "mapping",
            "dict[str, float]",
            Literal::Map(Vec::new()),
            "Nothing.",
        ),
        field(
            "nested",
            "dict[str, tuple[tuple[int, float], ...]]",
            Literal::Map(vec![
                (
                    "1".to_owned(),
                    Literal::List(vec![Literal::List(vec![int("-1"), float(".5")])]),
                ),
                ("yes".to_owned(), Literal::List(Vec::new())),
                ("a.b: ${c}".to_owned(), Literal::List(Vec::new())),
            ]),
            "Numbers.",
        ),
        field(
            "floats",
            "tuple[float, ...]",
            Literal::List(
                [
                    "1e-3", "1E5", "1.", "1_000.5", "1e999", "-inf", "3e-05", "1e22",
                ]
                .map(float)
                .to_vec(),
            ),
            "Floats.",
        ),
        field("big", "int", int("123456789012345678901234567890"), "Big."),
        field("flag", "bool", Literal::Bool(true), "Flag."),
        field(
            "model_dump_path",
            "Path | None",
            text("./out//x/"),
            "Like a method.",
        ),
        field("kind", "Literal[\"a\", \"Path\"]", text("a"), "One of two."),
        field("anything", "Any", Literal::None, "Anything."),
        field("ratio", "float", int("1"), "An integer for a float.")
            .bounded(&[("ge", "0"), ("le", "1")]),
        field("items", "int | float", int("3"), "A number."),
    ]
}

fn path_fields() -> Vec<Field> {
    let both = Literal::Map(vec![(
        "a b".to_owned(),
        texts(&["data/a.csv", "/data/b.csv"]),
    )]);
    vec![
        field("folder", "Path", text("."), "Here."),
        field("input", "Path", text("in put/${x} #1.csv"), "There."),
        field("files", "dict[str, tuple[Path, ...]]", both, "Everywhere."),
        field("words", "list[str]", texts(&["a", "b"]), "A list."),
        field("text_or_path", "str | Path", text("a//b"), "Either."),
    ]
}
