//! `%run`: another file's code in the place of the magic.

mod common;

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_link::include_runs;
use srcify_syntax::{Warned, parse, read};

/// Includes what `files[0]`, a script with magics, runs; shows the text, what is said, and where.
fn check(files: &[(&str, &str)], expected: Expect) {
    let source = |(path, text): &(&str, &str)| {
        read(Utf8Path::new(path), text.as_bytes()).expect("the text is UTF-8")
    };
    let find = |name: &str| {
        let path = if name.contains('.') {
            name.to_owned()
        } else {
            format!("{name}.py")
        };
        files.iter().find(|(it, _)| *it == path).map(source)
    };
    let read = source(&files[0]);
    let parsed = parse(read.output);
    let diagnostics = [read.diagnostics, parsed.diagnostics].concat();
    let output = parsed.output;
    let both = include_runs(
        Warned {
            output,
            diagnostics,
        },
        &find,
    );
    expected.assert_eq(&common::shown(&both));
}

#[test]
fn a_script_stands_where_it_runs() {
    check(
        &[
            (
                "a.py",
                "# %%\nx = 1\n%run helper.py\nprint(double(x))\n%%sql\n",
            ),
            (
                "helper.py",
                "def double(x):\n    return 2 * x\n\nif __name__ == '__main__':\n    print('helper')\n",
            ),
        ],
        expect![[r"
            # %%
            x = 1
            def double(x):
                return 2 * x
            print('helper')
            print(double(x))
            left out: %%sql: it connects the notebook to a database
        "]],
    );
}

#[test]
fn a_notebook_shares_the_names() {
    let cells =
        r#"{"cells": [{"cell_type": "code", "source": "y = x + 1\n%%R\n"}], "nbformat": 4}"#;
    check(
        &[
            ("a.py", "# %%\nx = 1\n%run b.ipynb\nprint(y)\n"),
            ("b.ipynb", cells),
        ],
        expect![[r#"
            # %%
            x = 1
            y = x + 1
            raise NotImplementedError("cell 1: %%R")
            print(y)
            b.ipynb:2:1: `%%R` has no Python equal: it runs R
        "#]],
    );
}

#[test]
fn arguments_are_those_of_the_script() {
    check(
        &[
            ("a.py", "# %%\n%run helper 1 'b'\nprint(n)\n"),
            ("helper.py", "import sys\nn = len(sys.argv)\n"),
        ],
        expect![[r#"
            # %%
            import sys
            own_arguments = sys.argv
            sys.argv = ["helper.py", "1", "b"]
            import sys
            n = len(sys.argv)
            sys.argv = own_arguments
            print(n)
        "#]],
    );
}

#[test]
fn what_could_tell_the_difference_stops_the_package() {
    check(
        &[
            (
                "a.py",
                "# %%\nx = 1\n%run reads\n%run later\n%run missing\nfactor = 3\nif x:\n    %run later\nprint(f(2))\n",
            ),
            ("reads.py", "print(x)\n"),
            ("later.py", "factor = 2\ndef f(y):\n    return y * factor\n"),
        ],
        expect![[r#"
            # %%
            x = 1
            raise NotImplementedError("3:1: %run")
            raise NotImplementedError("4:1: %run")
            raise NotImplementedError("5:1: %run")
            factor = 3
            if x:
                raise NotImplementedError("8:5: %run")
            print(f(2))
            3:1: `%run reads` runs a script that reads `x`, which it would not see
            4:1: `%run later` runs a script whose functions read a `factor` of their own, which the notebook binds as well
            5:1: `%run missing` names a file that is not beside the input
            8:5: `%run later` stands inside another statement
        "#]],
    );
}

#[test]
fn files_that_run_each_other_end() {
    check(
        &[
            ("a.py", "# %%\n%run b\n"),
            ("b.py", "# %%\nx = 1\n%run b\n"),
        ],
        expect![[r#"
            # %%
            # %%
            x = 1
            raise NotImplementedError("3:1: %run")
            b.py:3:1: `%run b` runs what runs it
        "#]],
    );
}
