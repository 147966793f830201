//! Functions that change what they are given, and give nothing back.

use srcify_testing::Code;

fn code_of(input: &str) -> Code {
    Code::of(env!("CARGO_BIN_EXE_srcify"), input)
}

const CAP: &str = "\
import numpy as np
import pandas as pd

df = pd.DataFrame({'a': [1.0, 2.0, 30.0], 'b': [4.0, 5.0, 6.0]})


def cap(table, col):
    high = table[col].mean()
    if high is None:
        return
    table.loc[table[col] > high, col] = high  # the upper


";

fn capped(calls: &str) -> Code {
    code_of(&format!("{CAP}{calls}"))
}

/// The rewritten function, and that it is one of the domain.
fn gives_back(code: &Code) {
    code.says(&["def cap(table: pd.DataFrame, col: str) -> pd.DataFrame:\n"]);
    code.says(&["    table = table.copy()\n", "    return table\n"]);
    let of_domain =
        |(path, text): &(String, String)| path.starts_with("domain/") && text.contains("def cap(");
    assert!(code.0.iter().any(of_domain), "{code:#?}");
}

fn stays(code: &Code) {
    code.says(&["def cap(table: pd.DataFrame, col: str) -> None:\n"]);
    code.never_says(&["table.copy()", "= cap("]);
}

#[test]
fn it_gives_back_a_changed_copy() {
    let code = capped("cap(df, 'a')\ncap(df, 'b')\nprint(df)\n");
    gives_back(&code);
    code.says(&["df = cap(df, \"a\")\n", "        return table\n"]);
}

#[test]
fn it_does_in_loops_over_columns_and_in_branches() {
    let code = capped(
        "cols = ['a', 'b']\nfor col in cols:\n    cap(df, col)\nfor col in df.columns:\n    if df[col].max() > 4:\n        cap(df, col)\nprint(df)\n",
    );
    gives_back(&code);
    code.says(&[
        "        df = cap(df, col)\n",
        "            df = cap(df, col)\n",
    ]);
}

#[test]
fn it_stays_where_somebody_else_looks_at_the_table() {
    stays(&capped("other = df\ncap(df, 'a')\nprint(other)\n"));
    stays(&capped("tables = [df]\ncap(df, 'a')\nprint(tables)\n"));
    stays(&capped(
        "tables = {'x': df}\nfor key in tables:\n    cap(tables[key], 'a')\nprint(df)\n",
    ));
    stays(&capped(
        "look = lambda: df.sum()\ncap(df, 'a')\nprint(look())\nother = df\ncap(other, 'b')\nprint(df)\n",
    ));
}

#[test]
fn it_stays_in_loops_over_parts_of_what_it_changes() {
    let shift = "import numpy as np\ndata = np.arange(6.0).reshape(2, 3)\ndef shift(array, row):\n    array[:] = array - row\n";
    let code = code_of(&format!(
        "{shift}for row in data:\n    shift(data, row)\nprint(data)\n"
    ));
    code.never_says(&[".copy()", "= shift("]);
    let code = code_of(&format!("{shift}shift(data, data[0])\nprint(data)\n"));
    code.never_says(&[".copy()", "= shift("]);
    let code = code_of(&format!(
        "{shift}rows = [1.0, 2.0]\nfor row in rows:\n    shift(data, row)\nprint(data)\n"
    ));
    code.says(&["array = array.copy()\n", "data = shift(data, row)\n"]);
}

#[test]
fn what_it_is_given_is_bound_to_it_alone() {
    // The parameter means another table when it ends.
    let code = code_of(
        "import pandas as pd\ndf = pd.DataFrame({'a': [1]})\ndef grow(table):\n    table['b'] = 1\n    table = table.drop(columns='a')\n    table['c'] = 2\ngrow(df)\nprint(df)\n",
    );
    code.never_says(&["= grow("]);
    // It says something itself.
    let code = code_of(
        "import pandas as pd\ndf = pd.DataFrame({'a': [1]})\ndef grow(table):\n    table['b'] = 1\n    print(len(table))\ngrow(df)\nprint(df)\n",
    );
    code.never_says(&["= grow("]);
}

#[test]
fn a_function_that_draws_copies_what_it_changes() {
    let code = code_of(
        "import numpy as np\nimport pandas as pd\nnp.random.seed(3)\ndf = pd.DataFrame({'a': [1.0, 2.0]})\ndef jitter(table, n):\n    for i in range(n):\n        table['n' + str(i)] = np.random.normal(size=len(table))\n    return table\ndf = jitter(df, 2)\nprint(df)\nprint(np.random.rand())\n",
    );
    code.says(&["    table = table.copy()\n", "random_state=random_state)\n"]);
}

const PREPARE: &str = "\
import pandas as pd


def fill(table):
    table['a'] = table['a'].fillna(0)


def double(table, col):
    table[col] = table[col] * 2


def prepare(table, cols):
    fill(table)
    for col in cols:
        double(table, col)
    limit = table['a'].mean()
    table['high'] = table['a'] > limit
    table = table.dropna()
    return table


df = pd.DataFrame({'a': [1.0, None], 'b': [3.0, 4.0]})
df = prepare(df, ['a', 'b'])
print(df)
";

#[test]
fn functions_hand_on_what_they_copy_themselves() {
    let code = code_of(PREPARE);
    code.says(&[
        "    table = table.copy()\n    table = fill(table)\n",
        "        table = double(table, col)\n",
        "def fill(table: pd.DataFrame) -> pd.DataFrame:\n",
    ]);
    // Functions of functions.
    let code = code_of(&format!(
        "{PREPARE}def both(one):\n    one = prepare(one, ['a'])\n    return one\nother = both(pd.DataFrame({{'a': [1.0]}}))\nprint(other)\n"
    ));
    code.says(&["    table = fill(table)\n", "prepare(one, [\"a\"])\n"]);
}

#[test]
fn functions_do_not_hand_on_what_another_variable_leads_to() {
    for (part, other) in [
        // A column that is looked at after it was changed.
        (
            "    limit = table['a'].mean()\n",
            "    column = table['a']\n    double(table, 'a')\n    limit = column.mean()\n",
        ),
        // Another table.
        (
            "    fill(table)\n",
            "    other = table\n    fill(table)\n    print(len(other))\n",
        ),
        (
            "    fill(table)\n",
            "    table = cols[0]\n    fill(table)\n",
        ),
        // Rows that a loop goes through meanwhile.
        ("    for col in cols:\n", "    for col in table.items():\n"),
    ] {
        let input = PREPARE.replace(part, other);
        assert_ne!(input, PREPARE);
        code_of(&input).never_says(&["table.copy()"]);
    }
    // The caller's table stays somebody else's.
    let input = PREPARE.replace("df = prepare(", "old = df\ndf = prepare(");
    code_of(&format!("{input}print(old)\n")).never_says(&["table.copy()"]);
}
