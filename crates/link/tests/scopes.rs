//! What means something else in a function, written out.

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_link::fit_for_functions;
use srcify_syntax::{parse, read};

fn check(text: &str, expected: Expect) {
    let read = read(Utf8Path::new("input.py"), text.as_bytes()).expect("the text is UTF-8");
    let program = fit_for_functions(parse(read.output).output);
    expected.assert_eq(&program.source.text);
}

#[test]
fn a_deleted_name_of_a_builtin_is_the_builtin_again() {
    check(
        "list = [1]\nif list:\n    del list, other\nprint(list('ab'))\n\ndef f(x):\n    max = x\n    del max\n",
        expect![[r"
            list = [1]
            import builtins
            if list:
                list = builtins.list; del other
            print(list('ab'))

            def f(x):
                max = x
                del max
        "]],
    );
}

#[test]
fn a_field_without_a_value_hides_the_variable_too() {
    check(
        "step = f()\n\nclass A:\n    step: int\n    more: int = step\n",
        expect![[r"
            step = f()

            step_of_module = step
            class A:
                step: int
                more: int = step_of_module
        "]],
    );
}

#[test]
fn a_class_reads_the_variable_that_it_hides() {
    check(
        "step = f()\n\nclass A:\n    step = step * 2\n    more = step + 1\n\n    def size(self, n=step):\n        return step\n\nclass B:\n    total = step\n    names = [x for x in total]\n",
        expect![[r"
            step = f()

            step_of_module = step
            class A:
                step = step_of_module * 2
                more = step + 1

                def size(self, n=step):
                    return step

            class B:
                total = step
                names = [x for x in total]
        "]],
    );
}
