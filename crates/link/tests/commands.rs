//! Commands of one script become a script each.

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_syntax::{parse, read};

/// Shows the scripts of the commands of `python`, without empty lines.
fn check(python: &str, expected: Expect) {
    let source = read(Utf8Path::new("a.py"), python.as_bytes()).expect("the text is UTF-8");
    let program = srcify_link::unwrap_main(parse(source.output).output);
    let mut text = String::new();
    for command in srcify_link::commands(&program) {
        let help = command.help.unwrap_or_default();
        text.push_str(&format!("== {} ({help})\n", command.name));
        let lines = command.program.source.text.lines();
        for line in lines.filter(|line| !line.trim().is_empty()) {
            text.push_str(line);
            text.push('\n');
        }
    }
    expected.assert_eq(&text);
}

const HEAD: &str = "import argparse\ndef train(args):\n    print(args.data)\ndef score(args):\n    print(args.k)\np = argparse.ArgumentParser()\nsub = p.add_subparsers(dest='command')\nq = sub.add_parser('train', help='fit it')\nq.add_argument('--data', default='a.csv')\nq.set_defaults(func=train)\nq = sub.add_parser('score')\nq.add_argument('--k', type=int, default=1)\nq.set_defaults(func=score)\nargs = p.parse_args()\n";

#[test]
fn a_command_keeps_its_options_and_its_function() {
    check(
        &format!("{HEAD}args.func(args)\n"),
        expect![[r"
        == train (fit it)
        import argparse
        p = argparse.ArgumentParser()
        p.add_argument('--data', default='a.csv')
        args = p.parse_args()
        print(args.data)
        == score ()
        import argparse
        p = argparse.ArgumentParser()
        p.add_argument('--k', type=int, default=1)
        args = p.parse_args()
        print(args.k)
    "]],
    );
}

#[test]
fn branches_on_the_command_are_chosen() {
    check(
        &format!(
            "{HEAD}if args.command is None:\n    p.print_help()\nelif args.command == 'train':\n    train(args)\nelse:\n    score(args)\nprint(args.command)\n"
        ),
        expect![[r#"
            == train (fit it)
            import argparse
            p = argparse.ArgumentParser()
            p.add_argument('--data', default='a.csv')
            args = p.parse_args()
            print(args.data)
            print("train")
            == score ()
            import argparse
            p = argparse.ArgumentParser()
            p.add_argument('--k', type=int, default=1)
            args = p.parse_args()
            print(args.k)
            print("score")
        "#]],
    );
}

#[test]
fn what_else_is_done_with_the_command_keeps_the_script_whole() {
    for python in [
        format!("{HEAD}run = args.func\nrun(args)\n"),
        format!("{HEAD}if args.command != 'train':\n    args.func(args)\n")
            .replace("dest='command'", ""),
        format!("{HEAD}sub.add_parser('other')\nargs.func(args)\n"),
    ] {
        check(&python, expect![[""]]);
    }
}

#[test]
fn commands_of_click_and_typer_stand_alone() {
    check(
        "import click\n@click.group()\ndef cli():\n    \"\"\"Tools.\"\"\"\n@cli.command()\n@click.option('--n', default=1)\ndef one(n):\n    \"\"\"Do one.\"\"\"\n    print(n)\n@cli.command('two')\ndef other():\n    print(2)\ncli()\n",
        expect![[r#"
            == one (Do one.)
            import click
            @click.command()
            @click.option('--n', default=1)
            def one(n):
                """Do one."""
                print(n)
            one()
            == two ()
            import click
            @click.command()
            def other():
                print(2)
            other()
        "#]],
    );
    check(
        "import typer\napp = typer.Typer()\n@app.command()\ndef one(n: int = 1):\n    print(n)\n@app.command(name='b')\ndef two():\n    print(2)\napp()\n",
        expect![[r"
            == one ()
            import typer
            app = typer.Typer()
            @app.command()
            def one(n: int = 1):
                print(n)
            app()
            == b ()
            import typer
            app = typer.Typer()
            @app.command()
            def two():
                print(2)
            app()
        "]],
    );
}

#[test]
fn a_group_with_options_of_its_own_stays_whole() {
    check(
        "import click\n@click.group()\n@click.option('--n', default=1)\ndef cli(n):\n    print(n)\n@cli.command()\ndef one():\n    print(1)\n@cli.command()\ndef two():\n    print(2)\ncli()\n",
        expect![[""]],
    );
}
