//! Options of the command line become variables.

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_syntax::{parse, read};

/// Shows a script after its options became variables, without empty lines, and which of them must be given.
fn check(python: &str, expected: Expect) {
    let source = read(Utf8Path::new("a.py"), python.as_bytes()).expect("the text is UTF-8");
    let program = srcify_link::unwrap_main(parse(source.output).output);
    let unwrapped = srcify_link::unwrap_options(program);
    let lines = unwrapped.output.source.text.lines();
    let mut text = String::new();
    for line in lines.filter(|line| !line.trim().is_empty()) {
        text.push_str(line);
        text.push('\n');
    }
    for diagnostic in unwrapped.diagnostics {
        text.push_str(&format!("! {}\n", diagnostic.message));
    }
    expected.assert_eq(&text);
}

/// Asserts that a script stays as it is.
fn stays(python: &str) {
    let source = read(Utf8Path::new("a.py"), python.as_bytes()).expect("the text is UTF-8");
    let unwrapped = srcify_link::unwrap_options(parse(source.output).output);
    assert_eq!(unwrapped.output.source.text, python);
    assert!(unwrapped.diagnostics.is_empty());
}

#[test]
fn defaults_are_what_argparse_makes_of_them() {
    check(
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('--lr', '-l', type=float, default='1e-2', help='Step (default: %(default)s)')\np.add_argument('-n', type=int, default=3)\np.add_argument('--dry-run', action='store_true')\np.add_argument('--mode', choices=['a', 'b'], default='a')\np.add_argument('--out')\np.add_argument('--tags', nargs='+', default=['x'])\np.add_argument('--unused', default=1)\nargs = p.parse_args()\nprint(args.lr, args.n, args.dry_run, args.mode, args.out, args.tags)\n",
        expect![[r#"
            import argparse
            lr: float = 0.01  # Step
            n: int = 3
            dry_run: bool = False
            from typing import Literal
            mode: Literal["a", "b"] = 'a'
            out: str | None = None
            tags: list[str] = ['x']
            print(lr, n, dry_run, mode, out, tags)
        "#]],
    );
}

#[test]
fn options_that_add_up_choices_of_numbers_and_defaults_from_the_environment_are_variables() {
    check(
        "import argparse\nimport os\np = argparse.ArgumentParser()\np.add_argument('--tag', action='append', default=[])\np.add_argument('--level', type=int, choices=[1, 2], default=2)\np.add_argument('--workers', type=int, default=int(os.environ.get('WORKERS', 2)))\nargs = p.parse_args()\nprint(args.tag, args.level, args.workers)\n",
        expect![[r"
            import argparse
            import os
            tag: list[str] = []
            from typing import Literal
            level: Literal[1, 2] = 2
            workers = int(os.environ.get('WORKERS', 2))
            print(tag, level, workers)
        "]],
    );
}

#[test]
fn options_that_must_be_given_are_asked_for() {
    check(
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('data', help='table')\np.add_argument('--k', type=int, required=True)\nargs = p.parse_args()\nprint(args.data)\n",
        expect![[r#"
            import argparse
            data: str | None = None  # table
            k: int | None = None
            if data is None:
                raise SystemExit("error: the setting `data` is missing")
            if k is None:
                raise SystemExit("error: the setting `k` is missing")
            print(data)
            ! the script runs only when `data` is given on its command line
            ! the script runs only when `k` is given on its command line
        "#]],
    );
}

#[test]
fn options_that_are_passed_on_stay_a_namespace() {
    check(
        "from argparse import ArgumentParser\ndef show(args):\n    args.n += 1\n    print(args.n)\np = ArgumentParser()\np.add_argument('--n', type=int, default=1)\nargs = p.parse_args()\nshow(args)\nprint(args.n)\n",
        expect![[r"
            from argparse import ArgumentParser
            def show(args):
                args.n += 1
                print(args.n)
            n: int = 1
            import argparse
            args = argparse.Namespace(n=n)
            show(args)
            print(args.n)
        "]],
    );
}

#[test]
fn a_variable_of_another_meaning_keeps_its_name() {
    check(
        "import argparse\nrows = [1]\ndef count(k):\n    return k * args.k\np = argparse.ArgumentParser()\np.add_argument('--rows', type=int, default=2)\np.add_argument('--k', type=int, default=2)\np.add_argument('--seed', type=int, default=0)\nargs = p.parse_args()\nseed = args.seed\nprint(rows, args.rows, seed, count(1))\n",
        expect![[r"
            import argparse
            rows = [1]
            def count(k):
                return k * k_option
            rows_option: int = 2
            k_option: int = 2
            seed: int = 0
            print(rows, rows_option, seed, count(1))
        "]],
    );
}

#[test]
fn a_function_that_parses_reads_variables_of_the_module() {
    check(
        "import argparse, sys\ndef main(argv=None):\n    p = argparse.ArgumentParser()\n    p.add_argument('--n', type=int, default=1)\n    args = p.parse_args(argv)\n    if args.n > 3:\n        return 1\n    print(args.n)\n    return 0\nsys.exit(main())\n",
        expect![[r"
            import argparse, sys
            n: int = 1
            def main(argv=None):
                if n > 3:
                    return 1
                print(n)
                return 0
            sys.exit(main())
        "]],
    );
}

#[test]
fn commands_run_with_their_defaults() {
    check(
        "import click\n@click.command()\n@click.option('--n', default=1, type=float, help='How many.')\n@click.option('--loud/--quiet')\ndef main(n, loud):\n    print(n, loud)\nif __name__ == '__main__':\n    main()\n",
        expect![[r"
            import click
            n: float = 1.0  # How many
            loud: bool = False
            print(n, loud)
        "]],
    );
    check(
        "import typer\napp = typer.Typer()\n@app.command()\ndef hello(name: str, count: int = typer.Option(2, help='Times')):\n    print(name, count)\napp()\n",
        expect![[r#"
            import typer
            name: str | None = None
            if name is None:
                raise SystemExit("error: the setting `name` is missing")
            count: int = 2  # Times
            print(name, count)
            ! the script runs only when `name` is given on its command line
        "#]],
    );
    check(
        "import fire\nx = 2\ndef work(x=1, y='a'):\n    x = x + 1\n    print(x, y)\nfire.Fire(work)\n",
        expect![[r"
            import fire
            x = 2
            def work(x=1, y='a'):
                x = x + 1
                print(x, y)
            x_option: int = 1
            y: str = 'a'
            work(x=x_option, y=y)
        "]],
    );
}

#[test]
fn words_have_the_default_that_the_script_gives_them() {
    check(
        "import sys\npath = sys.argv[1] if len(sys.argv) > 1 else 'a.csv'\nn = int(sys.argv[2]) if len(sys.argv) >= 3 else 5\n",
        expect![[r"
            import sys
            path = 'a.csv'
            n = 5
        "]],
    );
}

#[test]
fn what_is_of_another_form_stays() {
    let parser = "import argparse\np = argparse.ArgumentParser()\n";
    for rest in [
        "s = p.add_subparsers()\nargs = p.parse_args()\n",
        "p.add_argument('--n', action=Mine)\nargs = p.parse_args()\n",
        "p.add_argument('--n', type=convert, default='1')\nargs = p.parse_args()\n",
        "p.add_argument('--n')\nargs = p.parse_args(words)\n",
        "p.add_argument('--n')\nif x:\n    args = p.parse_args()\n",
        "p.add_argument('--n')\nargs = p.parse_args()\nargs = 3\n",
        "p.add_argument('--n')\np.set_defaults(n=3)\nargs = p.parse_args()\n",
        "p.add_argument('--n')\nargs = p.parse_args()\np.print_help()\n",
    ] {
        stays(&format!("{parser}{rest}"));
    }
    stays("import fire\ndef f(x=1):\n    return x\nfire.Fire(f)\n");
    stays("n = len([1])\nprint(n)\n");
}

#[test]
fn words_without_a_default_must_be_given() {
    check(
        "import sys\nn = int(sys.argv[1])\npath = sys.argv[2]\nprint(n, path)\n",
        expect![[r#"
            import sys
            n: int | None = None  # first word of the script's command line
            if n is None:
                raise SystemExit("error: the setting `n` is missing")
            path: str | None = None  # second word of the script's command line
            if path is None:
                raise SystemExit("error: the setting `path` is missing")
            print(n, path)
            ! the script runs only when `n` is given on its command line
            ! the script runs only when `path` is given on its command line
        "#]],
    );
    check(
        "import sys\nif len(sys.argv) != 3:\n    print(__doc__)\n    sys.exit(2)\na, b = sys.argv[1], sys.argv[2]\nprint(a, b, open(sys.argv[2]).read())\n",
        expect![[r"
            import sys
            a_option: str | None = None  # first word of the script's command line
            b_option: str | None = None  # second word of the script's command line
            if (a_option is None or b_option is None):
                print(__doc__)
                sys.exit(2)
            a, b = a_option, b_option
            print(a, b, open(b_option).read())
            ! the script runs only when `a` is given on its command line
            ! the script runs only when `b` is given on its command line
        "]],
    );
    check(
        "import sys\ndef run():\n    with open(sys.argv[1]) as file:\n        return file.read()\nprint(run())\n",
        expect![[r#"
            import sys
            path_option: str | None = None  # first word of the script's command line
            def run():
                if path_option is None:
                    raise SystemExit("error: the setting `path` is missing")
                with open(path_option) as file:
                    return file.read()
            print(run())
            ! the script runs only when `path` is given on its command line
        "#]],
    );
    check(
        "import sys\nif len(sys.argv) > 1:\n    path = sys.argv[1]\nelse:\n    path = 'a.csv'\nprint(path)\n",
        expect![[r"
            import sys
            path_option: str | None = None  # first word of the script's command line
            if path_option is not None:
                path = path_option
            else:
                path = 'a.csv'
            print(path)
        "]],
    );
}

#[test]
fn words_that_are_taken_in_another_way_stay() {
    for lines in [
        "n = sys.argv[1] if len(sys.argv) > 0 else 'a'",
        "for name in sys.argv[1:]:\n    print(name)",
        "print(sys.argv[2])",
        "try:\n    path = sys.argv[1]\nexcept IndexError:\n    path = 'a.csv'\nprint(path)",
        "try:\n    path = sys.argv[1]\nexcept:\n    path = 'a.csv'\nprint(path)",
        "def path():\n    return sys.argv[1]\ntry:\n    print(path())\nexcept IndexError:\n    print('usage')",
        "i = 1\nprint(sys.argv[i])",
        "sys.argv[1] = 'x'\nprint(sys.argv[1])",
        "print(len(sys.argv), sys.argv[1])",
        "if len(sys.argv) == 5:\n    print(sys.argv[1])",
    ] {
        let python = format!("import sys\n{lines}\n");
        let source = read(Utf8Path::new("a.py"), python.as_bytes()).expect("the text is UTF-8");
        let unwrapped = srcify_link::unwrap_options(parse(source.output).output);
        assert_eq!(unwrapped.output.source.text, python);
        assert_eq!(unwrapped.diagnostics.len(), 1, "{lines}");
    }
}

#[test]
fn the_body_of_a_main_that_is_given_its_options_takes_the_place_of_the_call() {
    let parse = "import argparse\ndef parse():\n    p = argparse.ArgumentParser()\n    p.add_argument('--n', type=int, default=1)\n    return p.parse_args()\n";
    for call in ["main(parse())", "args = parse()\n    main(args)"] {
        check(
            &format!(
                "{parse}def main(args):\n    print(args.n)\n    args.n.bit_length()\nif __name__ == '__main__':\n    {call}\n"
            ),
            expect![[r"
                import argparse
                n: int = 1
                print(n)
                n.bit_length()
            "]],
        );
    }
    check(
        "import argparse, sys\ndef main(argv):\n    p = argparse.ArgumentParser()\n    p.add_argument('--n', type=int, default=1)\n    args = p.parse_args(argv)\n    print(args.n)\nif __name__ == '__main__':\n    main(sys.argv[1:])\n",
        expect![[r"
            import argparse, sys
            n: int = 1
            print(n)
        "]],
    );
}

#[test]
fn a_main_that_keeps_more_of_its_own_stays_a_function() {
    for (definition, call) in [
        ("def main(args, n=2):\n    print(args, n)", "main(1)"),
        ("def main(*args):\n    print(args)", "main(1)"),
        (
            "def main(args):\n    args = 2\n    print(args)",
            "args = 1\n    main(args)\n    print(args)",
        ),
        (
            "def main(args):\n    if args:\n        return\n    print(args)",
            "main(1)\n    print(2)",
        ),
        ("def main(args):\n    return args", "print(main(1))"),
    ] {
        let text = format!("{definition}\nif __name__ == '__main__':\n    {call}\n");
        let source = read(Utf8Path::new("a.py"), text.as_bytes()).expect("the text is UTF-8");
        let program = srcify_link::unwrap_main(parse(source.output).output);
        let kept = &program.source.text;
        assert!(kept.contains("def main("), "{kept}");
    }
}
