use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use srcify_syntax::ast::Stmt;
use srcify_syntax::snippet;

use super::excerpts::Function;

/// The function with its best part taken out, and the part; nothing where it stays whole.
fn divided(code: &str) -> Option<String> {
    let parsed = snippet(code);
    let [Stmt::FunctionDef(function)] = parsed.statements() else {
        return None;
    };
    let mentioned = BTreeSet::from(["mentioned".to_owned()]);
    let function = Function::of(code, &parsed, function, &mentioned);
    let excerpt = function.best_excerpt()?;
    let rest = function.call(&excerpt, "part");
    let rest: Vec<&str> = rest.lines().filter(|it| !it.contains("hook")).collect();
    Some(format!(
        "part({}):\n{}---\n{}\n",
        excerpt.inputs.join(", "),
        function.body_of(&excerpt),
        rest.join("\n")
    ))
}

/// Divides a function that ends with `lines`, after more than enough others that nothing can be made of.
fn check(lines: &str, expected: &Expect) {
    let before = "    def hook(): pass\n".repeat(36);
    let found = divided(&format!(
        "def job(rows, k):\n    total = 0\n{before}{lines}"
    ));
    expected.assert_eq(&found.unwrap_or_default());
}

/// Whether a function of twenty times these lines in a loop stays whole.
fn stays(lines: &str) -> bool {
    let body = format!(
        "{}    return state\n",
        format!("        {lines}\n").repeat(41)
    );
    divided(&format!(
        "def job(rows, k):\n    state = 0\n    for row in rows:\n{body}"
    ))
    .is_none()
}

#[test]
fn what_a_loop_does_becomes_a_function_of_what_it_reads() {
    check(
        "    for row in rows:\n        # Scale it.\n        a = row * k\n        show(a)\n        show(a)\n        show(a)\n        total += a\n    return total\n",
        &expect![[r"
            part(k, total, row):
                # Scale it.
                a = row * k
                show(a)
                show(a)
                show(a)
                total += a
                return total
            ---
            def job(rows, k):
                total = 0
                for row in rows:
                    total = part(k, total, row)
                return total
        "]],
    );
}

#[test]
fn what_is_read_in_the_next_turn_is_given_back() {
    check(
        "    last = None\n    for row in rows:\n        show(last)\n        show(row)\n        show(row)\n        show(row)\n        last = row\n",
        &expect![[r"
            part(last, row):
                show(last)
                show(row)
                show(row)
                show(row)
                last = row
                return last
            ---
            def job(rows, k):
                total = 0
                last = None
                for row in rows:
                    last = part(last, row)
        "]],
    );
}

#[test]
fn the_end_of_a_function_gives_what_the_function_gives() {
    check(
        "\n    # Choose.\n    if k:\n        return total\n    show(k)\n    show(k)\n    show(k)\n    return k\n",
        &expect![[r"
            part(k, total):
                # Choose.
                if k:
                    return total
                show(k)
                show(k)
                show(k)
                return k
            ---
            def job(rows, k):
                total = 0

                return part(k, total)
        "]],
    );
}

#[test]
fn texts_keep_their_blanks_and_comments_move_along() {
    check(
        "\n    # Say it.\n    text = '''a\n        b'''\n    show(text)\n    show(text)\n    show(text)\n\n    show(k)\n",
        &expect![[r"
            part():
                # Say it.
                text = '''a
                    b'''
                show(text)
                show(text)
                show(text)
            ---
            def job(rows, k):
                total = 0

                part()

                show(k)
        "]],
    );
}

#[test]
fn a_value_that_is_bound_on_some_paths_is_not_passed() {
    check(
        "    if k:\n        found = 1\n\n    show(found)\n    show(found)\n    show(found)\n    show(found)\n    show(found)\n",
        &expect![""],
    );
}

#[test]
fn what_a_later_text_names_is_given_back() {
    check(
        &format!(
            "    a, b, c, d = rows\n{}    frame = table(a, b, c, d)\n    hook(k)\n    ask.sql(f'SELECT * FROM frame')\n",
            "    show(a, b, c, d)\n".repeat(12)
        ),
        &expect![[r"
            part(rows):
                a, b, c, d = rows
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                show(a, b, c, d)
                frame = table(a, b, c, d)
                return frame
            ---
            def job(rows, k):
                total = 0
                frame = part(rows)
                ask.sql(f'SELECT * FROM frame')
        "]],
    );
}

#[test]
fn what_the_text_alone_does_not_prove_stays() {
    assert!(!stays("show(row)"), "nothing is in the way");
    for lines in [
        // Jumps.
        "if row: break",
        "if row: continue",
        "if row: return 1",
        // What looks up names of the function that it is in.
        "show(locals())",
        "eval('k + 1')",
        "table.query('a > @mentioned'); mentioned = k",
        // Functions that see later values.
        "hooks.append(lambda: row)",
        "hooks.append(row + i for i in rows)",
        // What may be unbound, or is another scope's.
        "del state; state = 1",
        "yield row",
        "global other",
        // What lives as long as its name.
        "folder = TemporaryDirectory()",
        // Definitions know where they were made.
        "class Row: pass",
    ] {
        assert!(stays(lines), "{lines}");
    }
}

#[test]
fn an_exception_leaves_names_as_they_were() {
    let guarded = |line: &str| {
        let body = format!("        {line}\n").repeat(45);
        divided(&format!(
            "def job(rows):\n    state = 0\n    try:\n{body}    except ValueError:\n        show(state)\n"
        ))
    };
    assert_eq!(guarded("state = read(rows)"), None);
    assert!(guarded("show(rows)").is_some());
}

/// Whether the end of a loop that binds `report` after `before` has bound it last, once it is a function.
fn binds_report_last(before: &str) -> bool {
    let hooks = "        def hook(): pass\n".repeat(36);
    let end = "        # Again.\n        report = table(k)\n        report.a(report)\n        report.b(report)\n        report.c(report)\n        report.d(report)\n";
    let code =
        format!("def job(rows, k):\n    for row in rows:\n{before}{hooks}{end}    return k\n");
    let parsed = snippet(&code);
    let [Stmt::FunctionDef(function)] = parsed.statements() else {
        return false;
    };
    let mentioned = BTreeSet::new();
    let function = Function::of(&code, &parsed, function, &mentioned);
    let excerpt = function.best_excerpt().expect("it is long");
    assert_eq!(excerpt.binds, ["report"]);
    excerpt.is_last_binding_of("report")
}

#[test]
fn what_a_round_of_a_loop_binds_again_is_bound_last_there() {
    assert!(binds_report_last("        report = text(row)\n"));
    assert!(!binds_report_last(
        "        report = text(row)\n        if report: continue\n"
    ));
}
