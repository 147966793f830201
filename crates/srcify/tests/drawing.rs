//! Figures that an input saves: a function draws each, a class writes it, and the job calls both.

use srcify_testing::Code;

const HEAD: &str = "import matplotlib.pyplot as plt\nimport pandas as pd\n\nscores = pd.read_csv(\"scores.csv\")\nprint(scores.shape)\n\n";

/// Says that some file of the package holds each of `parts`, and none holds any of `others`.
#[track_caller]
fn says(drawing: &str, parts: &[&str], others: &[&str]) {
    let input = format!("{HEAD}{drawing}");
    let code = Code::of(env!("CARGO_BIN_EXE_srcify"), &input);
    let code = code.without(&["scripts.py", "io/configs.py"]);
    code.says(parts);
    code.never_says(others);
}

#[test]
fn a_saved_figure_is_drawn_by_a_function() {
    says(
        "# both parts\nfig, ax = plt.subplots(figsize=(8, 4))\nax.plot(scores[\"train\"])\nfor column in [\"a\", \"b\"]:\n    ax.plot(scores[column])\nax.set_title(\"\"\"two\nlines\"\"\")\nfig.savefig(\"learning_curve.png\")\n",
        &[
            "\"\"\"Draw the figures.\"\"\"",
            "def plot_learning_curve(scores: pd.DataFrame) -> Figure:\n",
            "    ax.set_title(\"\"\"two\nlines\"\"\")\n    return fig\n",
            "    # both parts\n    fig = plot_learning_curve(scores)\n    LearningCurveFigure(config.output.learning_curve_path).save(fig)\n",
        ],
        &[],
    );
}

#[test]
fn the_current_figure_is_given_by_name_where_it_is_certainly_that_one() {
    let drawn = "plt.figure(figsize=(6, 4))\nplt.hist(scores[\"a\"])\nplt.title(\"Shares of a\")\n";
    says(
        &format!("{drawn}plt.savefig(\"fig1.png\")\nplt.close()\n"),
        &[
            "    shares_of_a_figure = plt.figure(figsize=(6, 4))\n",
            "    return shares_of_a_figure\n",
            "    shares_of_a_figure = plot_shares_of_a(scores)\n",
            ".save(shares_of_a_figure)\n",
        ],
        &["plt.savefig"],
    );
    // A table draws on a figure of its own.
    says(
        "plt.figure(figsize=(6, 4))\nscores.plot(x=\"a\", y=\"b\")\nplt.savefig(\"both.png\")\nplt.close()\n",
        &[
            "def plot_both(scores: pd.DataFrame) -> None:",
            "plt.savefig(self.path)",
        ],
        &[],
    );
    // What follows draws on it, as `plt.savefig` left it.
    says(
        &format!(
            "{drawn}plt.savefig(\"first.png\")\nplt.xlabel(\"a\")\nplt.savefig(\"second.png\")\n"
        ),
        &[
            "    plot_first(scores)\n",
            "plt.savefig(self.path)",
            "    plt.xlabel(\"a\")\n",
        ],
        &["_figure = "],
    );
}

#[test]
fn what_others_need_of_a_drawing_stays_where_it_was() {
    // Later statements read more than a function should give back.
    says(
        "fig, ax = plt.subplots()\ncounts, edges, bars = ax.hist(scores[\"a\"])\nfig.savefig(\"shares.png\")\nprint(counts, edges, bars)\n",
        &["    counts, edges, bars = ax.hist(scores[\"a\"])\n"],
        &["def plot_shares"],
    );
    // A function of the author's reads it when it is called.
    says(
        "def rename(text):\n    ax.set_title(text)\n\nfig, ax = plt.subplots()\nax.plot(scores[\"a\"])\nfig.savefig(\"line.png\")\nrename(\"b\")\nfig.savefig(\"again.png\")\n",
        &["ax.plot(scores[\"a\"])\n"],
        &["def plot_line"],
    );
    // What a label is made of changes before it is drawn again.
    says(
        "from matplotlib.ticker import FuncFormatter\n\nscale = scores[\"a\"].max()\nfig, ax = plt.subplots()\nax.plot(scores[\"a\"])\nax.yaxis.set_major_formatter(FuncFormatter(lambda value, place: f\"{value / scale}\"))\nfig.savefig(\"line.png\")\nscale = scores[\"b\"].max()\nfig.savefig(\"again.png\")\n",
        &["lambda value, place"],
        &["def plot_line"],
    );
}
