//! What statements read, bind and delete: Python's binding rules, 3.8 to 3.14.
#![allow(clippy::unwrap_used, clippy::needless_raw_string_hashes)]

use std::collections::BTreeSet;
use std::fmt::Write;

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_effects::Access;
use srcify_syntax::{parse, read};

/// A line for each statement: `reads | must bind | may bind | deletes | captures`; nothing where there is none.
fn check(python: &str, expected: Expect) {
    let source = read(Utf8Path::new("input.py"), python.as_bytes())
        .unwrap()
        .output;
    let parsed = parse(source);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let program = parsed.output;
    let mut text = String::new();
    for unit in program.units() {
        let access = Access::of(program.statement(unit.id));
        let line = program.text(unit.range).lines().next().unwrap_or_default();
        let may: BTreeSet<String> = access.may.difference(&access.must).cloned().collect();
        write!(text, "{line}").unwrap();
        for (what, names) in [
            ("reads", &access.reads),
            ("binds", &access.must),
            ("may bind", &may),
            ("deletes", &access.deletes),
            ("captures", &access.captures),
            ("globals", &access.globals),
        ] {
            if !names.is_empty() {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                write!(text, " | {what} {}", names.join(" ")).unwrap();
            }
        }
        text.push('\n');
    }
    expected.assert_eq(&text);
}

#[test]
fn patterns_bind_their_captures() {
    check(
        "match command:\n    case [first, *rest]:\n        pass\n    case {'a': x, **more}:\n        pass\n    case Point(x=px) as point if px > limit:\n        pass\n    case Colour.RED | 3:\n        pass\n    case other:\n        pass\n",
        expect![[r#"
            match command: | reads Colour Point command limit | may bind first more other point px rest x
        "#]],
    );
}

#[test]
fn exception_names_end_with_their_handler() {
    check(
        "try:\n    a = f()\nexcept ValueError as error:\n    b = error\nelse:\n    c = a\nfinally:\n    d = 1\ntry:\n    x = 1\nexcept* OSError as group:\n    y = group\n",
        expect![[r#"
            try: | reads ValueError f | binds d | may bind a b c error | deletes error
            try: | reads OSError | may bind group x y | deletes group
        "#]],
    );
}

#[test]
fn type_parameters_are_names_of_their_own() {
    check(
        "type Pair[T] = tuple[T, Other]\ndef first[T: Bound](xs: list[T]) -> T:\n    return xs[0]\nclass Box[T = int](Base[T]):\n    item: T\n",
        expect![[r#"
            type Pair[T] = tuple[T, Other] | reads Other tuple | binds Pair | captures Other tuple
            def first[T: Bound](xs: list[T]) -> T: | reads Bound list | binds first | captures Bound
            class Box[T = int](Base[T]): | reads Base int | binds Box | captures int
        "#]],
    );
}

#[test]
fn a_walrus_in_a_comprehension_binds_outside_of_it() {
    check(
        "ys = [y := f(x) for x in xs if (z := x) > 0]\nif (n := len(ys)) > 3:\n    m = n\n",
        expect![[r#"
            ys = [y := f(x) for x in xs if (z := x) > 0] | reads f xs | binds ys | may bind y z
            if (n := len(ys)) > 3: | reads len ys | binds n | may bind m
        "#]],
    );
}

#[test]
fn functions_bind_by_global_and_nonlocal() {
    check(
        "def f():\n    global total\n    total = total + 1\n    def g():\n        nonlocal_name = outer\n        return nonlocal_name\n    return g\ndef h(a, b=default):\n    a = b\n    return a + free\n",
        expect![[r#"
            def f(): | reads outer total | binds f | captures outer total | globals total
            def h(a, b=default): | reads default free | binds h | captures free
        "#]],
    );
}

#[test]
fn class_bodies_read_at_once_and_methods_later() {
    check(
        "class A(Base, metaclass=Meta):\n    limit = LIMIT\n    double = limit * 2\n    def f(self, x=limit):\n        return self.limit + later\n    ys = [it for it in source]\n",
        expect![[r#"
            class A(Base, metaclass=Meta): | reads Base LIMIT Meta later source | binds A | captures later
        "#]],
    );
}

#[test]
fn deletions_and_targets_of_every_form() {
    check(
        "del a, b[0], c.d\nx, *rest = pair\n[p, (q, r)] = nested\nbox.item = table[key] = value\nfor i, row[0] in rows:\n    pass\nwith open(p) as f, lock as (l, m):\n    pass\nx += step\nannotated: int\nbound: int = 3\n",
        expect![[r#"
            del a, b[0], c.d | reads a b c | deletes a
            x, *rest = pair | reads pair | binds rest x
            [p, (q, r)] = nested | reads nested | binds p q r
            box.item = table[key] = value | reads box key table value
            for i, row[0] in rows: | reads row rows | may bind i
            with open(p) as f, lock as (l, m): | reads lock open p | binds f l m
            x += step | reads step x | binds x
            annotated: int | reads int
            bound: int = 3 | reads int | binds bound
        "#]],
    );
}

#[test]
fn imports_bind_their_first_name() {
    check(
        "import os.path\nimport numpy.linalg as la\nfrom a import b as c, d\ntry:\n    import fast as impl\nexcept ImportError:\n    import slow as impl\nif cond:\n    from x import y\n__all__ = ['f']\n",
        expect![[r#"
            import os.path | binds os
            import numpy.linalg as la | binds la
            from a import b as c, d | binds c d
            try: | reads ImportError | binds impl
            if cond: | reads cond | may bind y
            __all__ = ['f'] | binds __all__
        "#]],
    );
}

#[test]
fn templates_and_deferred_annotations_read_when_they_run() {
    check(
        "t1 = t'hello {name!r:>{width}}'\ndef f(x: Later, y: 'Text' = default) -> Result:\n    z: Inner = x\n    return z\nlam = lambda a, b=now: a + soon\ngen = (f(v) for v in first for w in second)\nasync def g():\n    async for x in source():\n        yield x\n",
        expect![[r#"
            t1 = t'hello {name!r:>{width}}' | reads name width | binds t1
            def f(x: Later, y: 'Text' = default) -> Result: | reads Inner Later Result default | binds f | captures Inner
            lam = lambda a, b=now: a + soon | reads now soon | binds lam | captures soon
            gen = (f(v) for v in first for w in second) | reads f first second | binds gen | captures f second
            async def g(): | reads source | binds g | captures source
        "#]],
    );
}

#[test]
fn loops_bind_only_when_they_run() {
    check(
        "while cond:\n    a = 1\nelse:\n    b = 2\nfor i in xs:\n    if i:\n        break\n    c = i\nelse:\n    d = 1\nif p:\n    e = 1\nelif q:\n    e = 2\nelse:\n    e = 3\n",
        expect![[r#"
            while cond: | reads cond | binds b | may bind a
            for i in xs: | reads xs | may bind c d i
            if p: | reads p q | binds e
        "#]],
    );
}

#[test]
fn what_a_context_may_cut_short_binds_nothing_for_certain() {
    check(
        "with suppress(KeyError):\n    a = x['k']\nwith contextlib.suppress(E), open(p) as f:\n    b = 1\nwith open(p) as g:\n    c = 1\n",
        expect![[r#"
            with suppress(KeyError): | reads KeyError suppress x | may bind a
            with contextlib.suppress(E), open(p) as f: | reads E contextlib open p | binds f | may bind b
            with open(p) as g: | reads open p | binds c g
        "#]],
    );
}
