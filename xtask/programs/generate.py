"""Make Python programs from seeds: the same seed gives the same program.

Statements are drawn from a grammar that knows the type of every name, so that most programs run from top to bottom.
What is drawn often is what makes a conversion hard: names that are bound again, values that are changed in place
through another name, functions that read and write globals, iterators that are used up in several statements, names
that outlive their block, and every way to print.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import idioms
from shadows import shadow

INT, STR, INTS, STRS, DICT, SET = "int", "str", "ints", "strs", "dict", "set"
FLOAT, BOOL, TUPLE, NESTED, ITER, OBJECT = "float", "bool", "tuple", "nested", "iter", "object"
FRAME, SERIES, ARRAY = "frame", "series", "array"
PLAIN = (INT, STR, INTS, STRS, DICT, SET, FLOAT, BOOL, TUPLE, NESTED)
NAMES = {
    INT: ["total", "count", "size", "n", "limit", "step", "index", "id", "max_depth", "seed", "x", "counter", "k"],
    FLOAT: ["rate", "ratio", "alpha", "threshold", "score", "mean", "y", "sum"],
    STR: ["name", "label", "text", "title", "path", "message", "word", "prefix", "type", "config", "key"],
    BOOL: ["flag", "verbose", "is_ready", "found"],
    INTS: ["values", "items", "numbers", "list", "results", "data", "history", "queue", "ids", "xs", "output"],
    STRS: ["names", "labels", "words", "lines", "columns", "logger", "args"],
    DICT: ["counts", "settings", "lookup", "totals", "params", "dict", "cache", "table"],
    SET: ["seen", "unique", "tags"],
    TUPLE: ["pair", "point", "bounds", "shape"],
    NESTED: ["matrix", "rows", "grid", "groups"],
    ITER: ["stream", "pending", "iterator", "source"],
    OBJECT: ["account", "tracker", "state", "model", "store"],
    FRAME: ["df", "orders", "customers", "frame", "sales"],
    SERIES: ["prices", "column", "ages", "target"],
    ARRAY: ["array", "weights", "X", "vector", "mask"],
    "flags": ["keep", "is_big"],
    "column": ["col", "series"],
    "matrix": ["mat", "M"],
    "counter": ["counter_of", "frequencies"],
    "defaults": ["by_group", "buckets"],
    "deque": ["window", "recent"],
}
TEXTS = [
    '"alpha"', '"beta gamma"', '"100%"', '"50 %d of %s"', '"naïve café"', '"日本"', '"a\\tb"', '"two\\nlines"', '""',
    "'it''s'", '"{braces}"', '"${oc.env:HOME}"', '"yes"', '"null"', '"1e3"', '"0123"', '"# no comment"', '" padded "',
    '"""three\n  indented\nlines"""', 'r"\\d+"', '"🙂"', '"- dash: x"', '"%%"', '"~"', "'\"quoted\"'", '"a\\\\b"',
    '"2024-01-05"', '"data/orders.csv"', '"true"', '"=1"', '"@x"',
]
PREFIXES = ['"total"', '"100%"', '"{x}"', '"é:"']
SEPARATORS = ['", "', '""', '"%"', '"\\n"']
ENDS = ['""', '" | "', '"\\n\\n"', '"%\\n"']
HEADINGS = ["Load the orders", "Clean up", "Totals per customer", "Fit", "Report", "Résumé", "Prepare", "Check it"]


@dataclass
class Function:
    """A function of the program: how to call it."""

    name: str
    parameters: list[str]
    result: str


@dataclass
class Scope:
    """The names that a statement can use, by type; those of the enclosing scopes can be read only."""

    names: dict[str, str] = field(default_factory=dict)
    outer: "Scope | None" = None

    def of(self, kind: str) -> list[str]:
        """Return the names that hold a value of `kind`, the enclosing scopes' included."""
        found = [name for name, known in self.names.items() if known == kind]
        if self.outer:
            found += [name for name in self.outer.of(kind) if name not in self.names]
        return found


class Generator:
    """Draws one program."""

    def __init__(self, seed: int, libraries: bool) -> None:
        """Start a program; with `libraries`, it may use numpy and pandas."""
        self.random = random.Random(seed)
        self.libraries = libraries
        self.top = Scope()
        self.functions: list[Function] = []
        self.imports: set[str] = set()
        self.number = 0
        self.files = 0
        self.written: list[str] = []
        self.classes: list[str] = []
        self.in_function = False

    def program(self) -> str:
        """Return the text of the program."""
        body: list[str] = []
        for kind in self.random.sample([INT, INTS, STR, DICT, FLOAT, STRS, NESTED], 3):
            body += self.bind(self.top, kind, literal=True)
        length = self.random.randint(4, 16)
        guarded = self.random.random() < 0.15
        style = self.random.choice(["plain", "cells", "cells", "headings"])
        for _ in range(length):
            self.separate(body, style)
            body += self.statement(self.top, 0)
        if self.random.random() < 0.5:
            body += self.show_all()
        if guarded:
            cut = self.random.randint(len(body) // 2, len(body))
            while cut < len(body) and (body[cut].startswith((" ", "#", "el", "except", "finally", ")")) or not body[cut]):
                cut += 1
            rest = [line for line in body[cut:] if line]
            if rest and not any('"""' in line for line in rest):
                body = [*body[:cut], 'if __name__ == "__main__":', *(f"    {line}" for line in rest)]
        head = sorted(self.imports)
        if self.random.random() < 0.2:
            head = ['"""A generated program.', "", 'It has a docstring."""', *head]
        return "\n".join([*head, "", *body]) + "\n"

    def separate(self, body: list[str], style: str) -> None:
        """Begin a paragraph or a cell, sometimes."""
        draw = self.random.random()
        if style == "plain":
            if draw < 0.25:
                body.append("")
            elif draw < 0.35:
                body.extend(["", f"# {self.random.choice(HEADINGS)}"])
        elif draw < 0.35:
            if style == "headings" and draw < 0.2:
                body.extend(["", "# %% [markdown]", f"# ## {self.random.choice(HEADINGS)}", ""])
            body.extend(["", "# %%"])

    # --- names -------------------------------------------------------------------------------------------------

    def fresh(self, scope: Scope, kind: str) -> str:
        """Return a name for a value of `kind`: a new one, or one that is bound already."""
        known = [name for name, held in scope.names.items() if held == kind]
        if known and self.random.random() < 0.45:
            return self.random.choice(known)
        taken = self.everything_named()
        if scope.names and self.random.random() < 0.04:
            loose = [name for name, held in scope.names.items() if held in PLAIN]
            if loose:
                return self.random.choice(loose)
        for name in self.random.sample(NAMES[kind], len(NAMES[kind])):
            if name not in taken and not (name in ("list", "dict", "sum", "id", "type") and self.random.random() < 0.7):
                return name
        self.number += 1
        return f"{NAMES[kind][0]}_{self.number}"

    def everything_named(self) -> set[str]:
        """Return all names that mean something at top level."""
        return {*self.top.names, *(function.name for function in self.functions), *self.classes}

    def pick(self, scope: Scope, kind: str) -> str | None:
        """Return a name that holds a value of `kind`, if there is one."""
        found = scope.of(kind)
        return self.random.choice(found) if found else None

    def some(self, scope: Scope, kind: str) -> str:
        """Return a name that holds a value of `kind`, else a literal."""
        return self.pick(scope, kind) or self.literal(kind)

    # --- expressions -------------------------------------------------------------------------------------------

    def literal(self, kind: str) -> str:
        """Return a literal of `kind`."""
        draw = self.random
        if kind == INT:
            return draw.choice(["0", "1", "2", "3", "5", "7", "10", "42", "-4", "0x1F", "1_000"])
        if kind == FLOAT:
            return draw.choice(["0.5", "1.25", "-2.0", "1e-3", "3.0", "0.1", "1e16", ".75"])
        if kind == BOOL:
            return draw.choice(["True", "False"])
        if kind == STR:
            return draw.choice(TEXTS).replace("'it''s'", '"it\'s"')
        if kind == INTS:
            return "[" + ", ".join(str(draw.randint(-3, 9)) for _ in range(draw.randint(3, 6))) + "]"
        if kind == STRS:
            return "[" + ", ".join(draw.choice(['"a"', '"bb"', '"c c"', '"é"', '"%s"']) for _ in range(draw.randint(2, 4))) + "]"
        if kind == DICT:
            return "{" + ", ".join(f'"{key}": {draw.randint(0, 9)}' for key in draw.sample("abcdef", 3)) + "}"
        if kind == SET:
            return "{" + ", ".join(map(str, draw.sample(range(12), 4))) + "}"
        if kind == TUPLE:
            return f"({draw.randint(0, 9)}, {draw.randint(0, 9)})"
        if kind == NESTED:
            return f"[[1, {draw.randint(0, 9)}], [2, {draw.randint(0, 9)}], [3, {draw.randint(0, 9)}]]"
        raise AssertionError(kind)

    def expression(self, scope: Scope, kind: str, depth: int = 0) -> str:
        """Return an expression of `kind` that does not fail."""
        draw = self.random
        if depth > 2 or draw.random() < 0.25:
            return self.some(scope, kind) if kind in PLAIN else self.pick(scope, kind) or ""
        callable_ = [function for function in self.functions if function.result == kind]
        if callable_ and draw.random() < 0.3:
            return self.call(scope, draw.choice(callable_), depth)
        e = lambda wanted: self.expression(scope, wanted, depth + 1)  # noqa: E731
        n = lambda wanted: self.some(scope, wanted)  # noqa: E731
        choices: dict[str, list[Callable[[], str]]] = {
            INT: [
                lambda: f"{e(INT)} + {e(INT)}", lambda: f"({e(INT)} * {n(INT)}) % 97", lambda: f"len({n(INTS)})",
                lambda: f"sum({e(INTS)})" if "sum" not in self.everything_named() else "7",
                lambda: f"max({n(INTS)}, default={n(INT)})",
                lambda: f"{n(DICT)}.get({n(STR)}, {n(INT)})", lambda: f"{n(INTS)}[0]", lambda: f"{n(TUPLE)}[1]",
                lambda: f"{n(INTS)}[-1]", lambda: f"({e(INT)} if {e(BOOL)} else {n(INT)})", lambda: f"len({n(STR)})",
                lambda: f"{n(INTS)}.count({n(INT)})", lambda: f"abs({e(INT)}) // 2", lambda: f"len({n(SET)})",
                lambda: f"sum(v for v in {n(INTS)} if v > {n(INT)})" if "sum" not in self.everything_named() else "8",
            ],
            FLOAT: [
                lambda: f"{n(FLOAT)} * {e(INT)}", lambda: f"round({e(FLOAT)}, 2)", lambda: f"{e(INT)} / 4",
                lambda: f"{n(FLOAT)} + {n(FLOAT)}", lambda: f"float({n(INT)})", lambda: f"min({n(FLOAT)}, {n(FLOAT)})",
            ],
            STR: [
                lambda: f'f"{{{n(INT)}}}-{{{n(INT)}:>4}}"', lambda: f"str({n(INTS)})", lambda: f"{n(STR)}.upper()",
                lambda: f'"%s has %d" % ({n(STR)}, {n(INT)})', lambda: f"{n(STR)} + {n(STR)}[:5]",
                lambda: f'", ".join({n(STRS)})', lambda: f'"{{}}/{{}}".format({n(INT)}, {n(FLOAT)})',
                lambda: f"repr({n(STR)})", lambda: f'f"{{{n(FLOAT)}:.2f}} %"', lambda: f"{n(STR)}.replace('a', 'o')",
                lambda: f'f"{{{self.pick(scope, STR) or 7}!r:>12}}"', lambda: f"{n(STRS)}[0]",
            ],
            BOOL: [
                lambda: f"{n(INT)} > {n(INT)}", lambda: f"{n(STR)} in {n(STRS)}", lambda: f"not {n(BOOL)}",
                lambda: f"{n(INT)} in {n(SET)}", lambda: f"{n(INT)} <= {n(INT)} < {n(INT)}", lambda: f"bool({n(INTS)})",
                lambda: f"any(v > 4 for v in {n(INTS)})", lambda: f"{n(INTS)} is {n(INTS)}", lambda: f"{n(INTS)} == {n(INTS)}",
            ],
            INTS: [
                lambda: f"[v + {n(INT)} for v in {n(INTS)}]", lambda: f"sorted({n(INTS)})", lambda: f"{n(INTS)}[:4]",
                lambda: f"{n(INTS)} + [{n(INT)}]", lambda: f"{n(INTS)}.copy()", lambda: f"{n(INTS)}[::-1]",
                lambda: f"[*{n(INTS)}, {n(INT)}][:8]", lambda: f"[{n(INT)}, {n(INT)}]", lambda: f"{n(NESTED)}[0]",
                lambda: f"[v for row in {n(NESTED)} for v in row][:6]", lambda: f"[len(w) for w in {n(STRS)}]",
                lambda: f"sorted({n(SET)})", lambda: f"[*map(lambda v: v * {n(INT)} % 50, {n(INTS)})]",
                lambda: f"[v for v in {n(DICT)}.values()]", lambda: f"[*range(4)]", lambda: f"sorted({n(INTS)}, key=lambda v: (v % 3, v))",
            ],
            STRS: [
                lambda: f"[w.title() for w in {n(STRS)}]", lambda: f"sorted({n(STRS)})", lambda: f"[{n(STR)}, {n(STR)}]",
                lambda: f"{n(STR)}.split()  or ['none']", lambda: f"[str(v) for v in {n(INTS)}]", lambda: f"{n(STRS)}[:]",
                lambda: f"sorted({n(DICT)})",
            ],
            DICT: [
                lambda: f"{{**{n(DICT)}, {n(STR)}: {n(INT)}}}", lambda: f"{{k: v + 1 for k, v in {n(DICT)}.items()}}",
                lambda: f"{n(DICT)}.copy()", lambda: f"{{w: i for i, w in enumerate({n(STRS)})}}",
                lambda: f"dict(a={n(INT)}, b={n(INT)})" if "dict" not in self.everything_named() else "{}",
            ],
            SET: [lambda: f"set({n(INTS)})", lambda: f"{n(SET)} | {{{n(INT)}}}", lambda: f"{{v % 5 for v in {n(INTS)}}}"],
            TUPLE: [lambda: f"({e(INT)}, {n(INT)})", lambda: f"divmod({e(INT)}, 7)", lambda: f"{n(TUPLE)}[::-1]"],
            NESTED: [
                lambda: f"[{n(INTS)}, {n(INTS)}]", lambda: f"[[v, v + 1] for v in {n(INTS)}][:4]", lambda: f"[[{n(INT)}] * 2] * 3",
                lambda: f"{n(NESTED)}[:]", lambda: f"[row[:] for row in {n(NESTED)}]",
            ],
        }
        return draw.choice(choices[kind])() if kind in choices else self.pick(scope, kind) or ""

    def call(self, scope: Scope, function: Function, depth: int = 0) -> str:
        """Return a call of `function`, with fewer arguments where the last ones have defaults."""
        arguments = [
            self.expression(scope, kind.rstrip("?"), depth + 1)
            for kind in function.parameters
            if not (kind.endswith("?") and self.random.random() < 0.6)
        ]
        return f"{function.name}({', '.join(arguments)})"

    # --- statements --------------------------------------------------------------------------------------------

    def statement(self, scope: Scope, depth: int) -> list[str]:
        """Return the lines of one statement."""
        is_top = scope is self.top
        table: list[tuple[int, Callable[[Scope, int], list[str]]]] = [
            (16, self.rebind), (14, self.mutate), (10, self.alias), (14, self.show), (5, self.augment),
            (4, self.several), (4, self.item), (26, self.idiom),
        ]
        if depth < 2:
            table += [(5, self.loop), (4, self.branch), (3, self.attempt), (2, self.while_loop), (2, self.match)]
        if is_top:
            table += [
                (7, self.define), (3, self.define_class), (4, self.use_object), (4, self.make_iterator), (5, self.use_iterator),
                (5, self.write_file), (2, self.read_file), (3, self.draw_random), (4, self.bare_call), (1, self.delete),
                (2, self.make_closure), (2, self.walrus), (1, self.look_up),
            ]
            if self.libraries:
                table += [(9, self.frame), (8, self.array), (5, self.series)]
        weights, makers = zip(*table, strict=True)
        return self.random.choices(makers, weights)[0](scope, depth)

    def idiom(self, scope: Scope, depth: int) -> list[str]:
        """Write a piece that people write."""
        return idioms.fill(self, scope, depth) or self.rebind(scope, depth)

    def add_function(self, name: str, parameters: list[str], result: str) -> None:
        """Let later statements call a function."""
        self.functions.append(Function(name, parameters, result))

    def block(self, scope: Scope, depth: int, most: int = 3) -> list[str]:
        """Return the indented lines of one to `most` statements."""
        lines = []
        for _ in range(self.random.randint(1, most)):
            lines += self.statement(scope, depth + 1)
        return [f"    {line}" for line in lines]

    def bind(self, scope: Scope, kind: str, literal: bool = False) -> list[str]:
        """Bind a name of `kind`."""
        value = self.literal(kind) if literal else self.expression(scope, kind)
        name = self.fresh(scope, kind)
        scope.names[name] = kind
        comment = f"  # {self.random.choice(['how many', 'the label', 'in days'])}" if self.random.random() < 0.1 else ""
        return [f"{name} = {value}" + ("" if "\n" in value else comment)]

    def rebind(self, scope: Scope, depth: int) -> list[str]:
        """Bind a name, new or old; in a loop or branch only an old one, mostly."""
        kind = self.random.choice(PLAIN)
        return self.bind(scope, kind, literal=self.random.random() < 0.3)

    def mutate(self, scope: Scope, depth: int) -> list[str]:
        """Change a value in place."""
        kind = self.random.choice([INTS, INTS, INTS, DICT, SET, STRS, NESTED])
        name = self.pick(scope, kind)
        if name is None:
            return self.bind(scope, kind)
        e = lambda wanted: self.expression(scope, wanted, 1)  # noqa: E731
        forms = {
            INTS: [
                lambda: f"{name}.append({e(INT)})", lambda: f"{name}.sort()", lambda: f"{name}[0] = {e(INT)}",
                lambda: f"{name}.extend({e(INTS)}[:3])", lambda: f"{name}.reverse()", lambda: f"{name}.insert(0, {e(INT)})",
                lambda: f"{name}[1:2] = {e(INTS)}[:2]", lambda: f"del {name}[3:]", lambda: f"{name}.pop() if len({name}) > 3 else None",
            ],
            DICT: [
                lambda: f"{name}[{self.some(scope, STR)}] = {e(INT)}", lambda: f"{name}.update({e(DICT)})",
                lambda: f'{name}.setdefault("z", {e(INT)})', lambda: f'{name}.pop("a", None)',
                lambda: f'{name}["a"] = {name}.get("a", 0) + 1',
            ],
            SET: [lambda: f"{name}.add({e(INT)})", lambda: f"{name}.discard({e(INT)})", lambda: f"{name} |= {{{e(INT)}}}"],
            STRS: [lambda: f"{name}.append({e(STR)})", lambda: f"{name}[0] = {e(STR)}", lambda: f"{name} += [{e(STR)}]"],
            NESTED: [lambda: f"{name}[0].append({e(INT)})", lambda: f"{name}[-1][0] = {e(INT)}", lambda: f"{name}.append({self.some(scope, INTS)})"],
        }
        return [self.random.choice(forms[kind])()]

    def alias(self, scope: Scope, depth: int) -> list[str]:
        """Give a value a second name, or put it into another one."""
        kind = self.random.choice([INTS, INTS, DICT, NESTED, STRS, SET, OBJECT])
        name = self.pick(scope, kind)
        if name is None:
            return self.bind(scope, INTS)
        if kind == INTS and self.random.random() < 0.4:
            holder = self.pick(scope, NESTED)
            if holder and self.random.random() < 0.5:
                return [f"{holder}.append({name})"]
            other = self.fresh(scope, NESTED)
            scope.names[other] = NESTED
            return [f"{other} = [{name}, {name}]"]
        if kind == NESTED and self.random.random() < 0.5:
            other = self.fresh(scope, INTS)
            scope.names[other] = INTS
            return [f"{other} = {name}[{self.random.choice(['0', '-1'])}]"]
        other = self.fresh(scope, kind)
        scope.names[other] = kind
        return [f"{other} = {name}"]

    def augment(self, scope: Scope, depth: int) -> list[str]:
        """Change a name by an augmented assignment."""
        kind = self.random.choice([INT, INT, STR, INTS, INTS, FLOAT])
        name = self.pick(scope, kind)
        if name is None or name not in scope.names:
            return self.bind(scope, kind)
        value = self.expression(scope, kind, 1)
        return [f"{name} {'*=' if kind == FLOAT else '+='} {value}"]

    def several(self, scope: Scope, depth: int) -> list[str]:
        """Bind several names in one statement."""
        first, second = self.fresh(scope, INT), self.fresh(scope, INTS)
        form = self.random.randrange(6)
        if form == 0:
            other = self.fresh(scope, INTS)
            scope.names.update({second: INTS, other: INTS})
            return [f"{second} = {other} = {self.expression(scope, INTS)}"]
        if form == 1:
            line = f"{first}, *{second} = {self.expression(scope, INTS)}"
        elif form == 2:
            line = f"{first}, {second} = {self.expression(scope, INT)}, {self.expression(scope, INTS)}"
        elif form == 3:
            other = self.fresh(scope, INT)
            line = f"{first}, {other} = {self.some(scope, TUPLE)}"
            scope.names.update({first: INT, other: INT})
            return [line]
        elif form == 4 and len(scope.names) > 1:
            names = [name for name, kind in scope.names.items() if kind == INTS]
            if len(names) > 1:
                one, two = self.random.sample(names, 2)
                return [f"{one}, {two} = {two}, {one}"]
            line = f"({first}, [{second}, _]) = {self.some(scope, INT)}, [{self.some(scope, INTS)}, 0]"
        else:
            line = f"{first}: int = {self.expression(scope, INT)}; {second} = [{first}]"
        scope.names.update({first: INT, second: INTS})
        return [line]

    def item(self, scope: Scope, depth: int) -> list[str]:
        """Bind an item and a name at once, or a name in a comprehension's condition."""
        name, value = self.pick(scope, INTS), self.expression(scope, INT)
        if name is None:
            return self.bind(scope, INTS)
        other = self.fresh(scope, INT)
        if other == name:
            return self.bind(scope, INTS)
        scope.names[other] = INT
        return [f"{other} = {name}[0] = {value}"]

    def walrus(self, scope: Scope, depth: int) -> list[str]:
        """Bind a name within an expression."""
        value = self.expression(scope, INT)
        name = self.fresh(scope, INT)
        scope.names[name] = INT
        return [f"print(({name} := {value}) + 1, {name})"]

    def look_up(self, scope: Scope, depth: int) -> list[str]:
        """Look a name up by its text: one that is bound, may be bound, or is bound by this statement only."""
        draw = self.random
        known = self.pick(scope, draw.choice([INT, STR, INTS]))
        look = draw.choice(["globals()", "locals()", "vars()", "dir()"])
        value = self.expression(scope, INT)
        name = self.fresh(scope, INT)
        form = draw.randrange(7)
        if form == 0:
            scope.names[name] = INT
            other = draw.choice([[], ["else:", f"    print('there', {name})"]])
            return [f"if {name!r} not in {look}:", f"    {name} = {value}", *other]
        if form == 1 and known:
            return [f"print({known!r} in {look}, 'nothing_{self.number}' in {look})"]
        if form == 2 and known:
            return [f"print('{{{known}}} {{{known}!r:>5}}'.format(**{draw.choice(['globals()', 'locals()'])}))"]
        if form == 3 and known:
            return [f"print('%({known})s %%' % {draw.choice(['globals()', 'vars()'])})"]
        if form == 4:
            scope.names[name] = INT
            return [f"globals()[{name!r}] = {value}", f"print(globals()[{name!r}])"]
        if form == 5:
            scope.names[name] = INT
            return [f"{name} = {name} + 1 if {name!r} in {look} else {value}"]
        if form == 6 and known:
            self.number += 1
            return [
                f"def shown_{self.number}({known}, more_{self.number}=3):",
                f"    return '{{{known}}}/{{more_{self.number}}}'.format(**locals())",
                f"print(shown_{self.number}({known}))",
            ]
        return self.show(scope, depth)

    def show(self, scope: Scope, depth: int) -> list[str]:
        """Print something, in one of many forms."""
        kind = self.random.choice([*PLAIN, INTS, INT])
        e = lambda wanted: self.expression(scope, wanted, 1)  # noqa: E731
        name, draw = self.some(scope, kind), self.random.choice
        forms = [
            lambda: f"print({name})", lambda: f"print({e(kind)})", lambda: f"print({draw(PREFIXES)}, {name})",
            lambda: f"print({self.some(scope, INT)}, {name}, sep={draw(SEPARATORS)})",
            lambda: f"print({name}, end={draw(ENDS)})", lambda: "print()",
            lambda: f'print(f"{{{self.some(scope, INT)}=}} {{{self.some(scope, FLOAT)}:.3f}}")', lambda: f'print("%s and %s" % ({e(INT)}, {e(STR)}))',
            lambda: f'print("{{:>8}}|{{!r}}".format({e(INT)}, {e(STR)}))', lambda: f"print(*{self.some(scope, INTS)})", lambda: f"print({e(STR)} * 2)",
            lambda: f"print({self.some(scope, SET)} == {e(SET)})", lambda: f"print(type({name}).__name__)" if "type" not in self.everything_named() else "print(1)",
            lambda: f"print({e(INT)}); print({e(STR)})", lambda: f'print("a %d b" % {e(INT)})', lambda: f'print("50%")', lambda: f"print({name}, flush=True)",
            lambda: f'print("rows", len({self.some(scope, INTS)}), "of", {e(INT)})', lambda: f"print(sorted({self.some(scope, SET)}))",
        ]
        if self.random.random() < 0.08:
            self.imports.add("import sys")
            return [self.random.choice([f"sys.stdout.write({e(STR)})", f"print({name}, file=sys.stdout)", f"print({name}, file=sys.stderr)"])]
        return [self.random.choice(forms)()]

    def show_all(self) -> list[str]:
        """Print every plain value at the end."""
        lines = []
        for name, kind in self.top.names.items():
            if kind in PLAIN:
                lines.append(f"print({name!r}, {f'sorted({name})' if kind == SET else name})")
            elif kind in ("counter", "defaults"):
                lines.append(f"print(sorted({name}.items()))")
            elif kind == "deque":
                lines.append(f"print([*{name}])")
            elif kind in (FRAME, SERIES, ARRAY, "matrix", "column"):
                lines.append(f"print({name}.tolist())" if kind != FRAME else f"print({name}.to_dict('list'))")
        return lines

    # --- compound statements -----------------------------------------------------------------------------------

    def loop(self, scope: Scope, depth: int) -> list[str]:
        """Loop over something."""
        form = self.random.randrange(6)
        target = self.fresh(scope, INT)
        header = {
            0: f"for {target} in {self.some(scope, INTS)}[:3]:", 1: f"for {target} in range({self.random.randint(1, 3)}):",
            2: f"for _, {target} in enumerate({self.some(scope, INTS)}[:3]):",
            3: f"for key, {target} in list({self.some(scope, DICT)}.items())[:2]:" if "list" not in self.everything_named() else f"for {target} in [1, 2]:",
            4: f"for {target}, other in zip({self.some(scope, INTS)}[:3], {self.some(scope, INTS)}[:2]):",
            5: f"for {target} in sorted({self.some(scope, SET)})[:3]:",
        }[form]
        had = target in scope.names
        scope.names[target] = INT
        lines = [header, *self.block(scope, depth)]
        draw = self.random.random()
        if draw < 0.15:
            lines.append(f"    if {self.expression(scope, BOOL, 1)}:")
            lines.append(f"        {self.random.choice(['break', 'continue'])}")
            lines += self.block(scope, depth, 1)
            if draw < 0.07:
                lines += ["else:", *self.block(scope, depth, 1)]
        if not had and self.random.random() < 0.5:
            scope.names.pop(target, None)
        return lines

    def while_loop(self, scope: Scope, depth: int) -> list[str]:
        """Loop while a counter is small."""
        self.number += 1
        name = f"i{self.number}"
        body = self.block(scope, depth, 2)
        return [f"{name} = 0", f"while {name} < {self.random.randint(1, 3)}:", f"    {name} += 1", *body]

    def branch(self, scope: Scope, depth: int) -> list[str]:
        """Choose between blocks; names that only one binds may be unbound after it."""
        before = dict(scope.names)
        lines = [f"if {self.expression(scope, BOOL, 1)}:", *self.block(scope, depth)]
        if self.random.random() < 0.6:
            then = dict(scope.names)
            scope.names = dict(before)
            lines += ["else:", *self.block(scope, depth)]
            both = {name: kind for name, kind in scope.names.items() if then.get(name) == kind}
            scope.names = {**before, **both}
        elif self.random.random() < 0.7:
            scope.names = before
        return lines

    def match(self, scope: Scope, depth: int) -> list[str]:
        """Choose by structural matching."""
        name = self.fresh(scope, INTS)
        scope.names.setdefault(name, INTS)
        before = dict(scope.names)
        subject = self.expression(scope, INTS, 1)
        lines = [f"{name} = []", f"match {subject}:", f"    case [_, *{name}]:"]
        lines += [f"    {line}" for line in self.block(scope, depth, 1)] + ["    case _:", "        pass"]
        scope.names = before
        return lines

    def attempt(self, scope: Scope, depth: int) -> list[str]:
        """Try something that fails, or not."""
        before = dict(scope.names)
        risky = self.random.choice(
            [f"{self.some(scope, INTS)}[{self.random.choice(['0', '99'])}]", f"1 // {self.expression(scope, INT, 1)}", f"{self.some(scope, DICT)}[{self.some(scope, STR)}]", f"int({self.some(scope, STR)})"]
        )
        name = self.fresh(scope, INT)
        lines = ["try:", f"    {name} = {risky}", *self.block(scope, depth, 1), "except (ValueError, LookupError, ZeroDivisionError) as error:"]
        scope.names = dict(before)
        if self.random.random() < 0.5:
            lines += [f"    {name} = {self.literal(INT)}", '    print("failed", type(error).__name__)' if "type" not in self.everything_named() else "    pass"]
            scope.names[name] = INT
        else:
            lines += self.block(scope, depth, 1)
        if self.random.random() < 0.25:
            lines += ["else:", *self.block(scope, depth, 1)]
        if self.random.random() < 0.25:
            lines += ["finally:", *self.block(scope, depth, 1)]
        scope.names = {**before, **({name: INT} if name in scope.names and lines.count(f"    {name} = {risky}") else {})}
        return lines

    # --- definitions -------------------------------------------------------------------------------------------

    def define(self, scope: Scope, depth: int) -> list[str]:
        """Define a function that may read, change and bind globals, print, and change its arguments."""
        self.number += 1
        name = self.random.choice(["clean", "helper", "compute", "add_row", "scale", "summarize", "update", "main", "load", "run"])
        if name in self.everything_named():
            name = f"{name}_{self.number}"
        parameters = [(f"a{i}", self.random.choice([INT, INTS, STR, DICT])) for i in range(self.random.randint(0, 3))]
        result = self.random.choice([INT, INTS, STR, FLOAT, BOOL, DICT])
        inner = Scope(dict(parameters), self.top if self.random.random() < 0.6 else None)
        lines, written = [], []
        if inner.outer and self.random.random() < 0.35:
            kinds = [(n, k) for n, k in self.top.names.items() if k in (INT, INTS, STR)]
            if kinds:
                written = [self.random.choice(kinds)]
                lines.append(f"    global {written[0][0]}")
        body_scope = Scope({**dict(parameters), **dict(written)}, inner.outer)
        hidden = {n for n, _ in written}
        saved, self.functions = self.functions, [f for f in self.functions if self.random.random() < 0.5]
        for _ in range(self.random.randint(1, 3)):
            maker = self.random.choice([self.mutate, self.mutate, self.local, self.augment_known, self.show, self.branch_local])
            lines += [f"    {line}" for line in maker(body_scope, 2)]
        lines.append(f"    return {self.expression(body_scope, result, 1)}")
        self.functions = saved
        signature, kinds_ = [], []
        for index, (parameter, kind) in enumerate(parameters):
            if index == len(parameters) - 1 and self.random.random() < 0.5:
                default = self.pick(self.top, kind) if self.random.random() < 0.4 else None
                signature.append(f"{parameter}={default or self.literal(kind)}")
                kinds_.append(f"{kind}?")
            else:
                signature.append(parameter)
                kinds_.append(kind)
        if any(line.strip().split(" ")[0] in self.top.names and " = " in line and line.strip().split(" ")[0] not in hidden for line in lines):
            return self.rebind(scope, depth)
        self.functions = [f for f in self.functions if f.name != name] + [Function(name, kinds_, result)]
        self.top.names.pop(name, None)
        text = [f"def {name}({', '.join(signature)}):"]
        if self.random.random() < 0.3:
            text.append('    """Do one thing."""')
        return [*([""] if self.random.random() < 0.5 else []), *text, *lines, ""]

    def local(self, scope: Scope, depth: int) -> list[str]:
        """Bind a local name that no global has."""
        kind = self.random.choice([INT, INTS, STR])
        self.number += 1
        name = f"local_{self.number}"
        value = self.expression(scope, kind, 1)
        scope.names[name] = kind
        return [f"{name} = {value}"]

    def augment_known(self, scope: Scope, depth: int) -> list[str]:
        """Change a local or declared name."""
        kinds = [(name, kind) for name, kind in scope.names.items() if kind in (INT, STR, INTS)]
        if not kinds:
            return self.local(scope, depth)
        name, kind = self.random.choice(kinds)
        return [f"{name} += {self.expression(scope, kind, 1)}"]

    def branch_local(self, scope: Scope, depth: int) -> list[str]:
        """Change something under a condition."""
        line = self.mutate_only(scope)
        return [f"if {self.expression(scope, BOOL, 1)}:", f"    {line}"]

    def mutate_only(self, scope: Scope) -> str:
        """Return a change in place of a known list, or nothing."""
        name = self.pick(scope, INTS)
        return f"{name}.append({self.expression(scope, INT, 1)})" if name else "pass"

    def define_class(self, scope: Scope, depth: int) -> list[str]:
        """Define a class with state; its methods may print and read globals."""
        if len(self.classes) > 1:
            return self.use_object(scope, depth)
        name = ["Account", "Tracker"][len(self.classes)]
        self.classes.append(name)
        read = self.pick(self.top, INT) or "3"
        shared = self.random.random() < 0.4
        lines = ["", f"class {name}:"]
        if self.random.random() < 0.4:
            lines.append('    """Keeps a history."""')
        lines.append(f"    weight = {self.some(self.top, INT)}")
        if shared:
            lines.append("    log = []")
        lines += ["", f"    def __init__(self, values={self.literal(INTS) if self.random.random() < 0.5 else '()'}):"]
        lines.append(f"        self.values = {self.random.choice(['values', 'list(values)', '[*values]']) if 'list' not in self.everything_named() else '[*values]'}")
        lines += ["        self.size = 0", "", "    def add(self, value):", f"        self.size += value * self.weight + {read}" ]
        lines.append("        self.log.append(value)" if shared else "        self.values = [*self.values, value]")
        if self.random.random() < 0.4:
            lines.append('        print("added", value, self.size)')
        held = "log" if shared else "values"
        lines += ["        return self", "", "    def __repr__(self):", f'        return f"{name}({{self.size}}, {{self.{held}}})"', ""]
        return lines

    def use_object(self, scope: Scope, depth: int) -> list[str]:
        """Make an object, or change and show one."""
        name = self.pick(scope, OBJECT)
        if not self.classes:
            return self.rebind(scope, depth)
        if name is None or self.random.random() < 0.3:
            name = self.fresh(scope, OBJECT)
            scope.names[name] = OBJECT
            argument = self.random.choice(["", self.pick(scope, INTS) or ""])
            return [f"{name} = {self.random.choice(self.classes)}({argument})"]
        e = lambda wanted: self.expression(scope, wanted, 1)  # noqa: E731
        return [
            self.random.choice(
                [
                    lambda: f"{name}.add({e(INT)})", lambda: f"print({name})", lambda: f"{name}.add({e(INT)}).add(2)",
                    lambda: f"{name}.size = {e(INT)}", lambda: f"print({name}.size, {name}.values)", lambda: f"{self.classes[0]}.weight = {e(INT)}",
                    lambda: f"print(repr({name}), {name}.weight)", lambda: f"{name}.values = {self.some(scope, INTS)}",
                ]
            )()
        ]

    def make_closure(self, scope: Scope, depth: int) -> list[str]:
        """Define a function that keeps state in a closure, a generator, or a lambda."""
        self.number += 1
        name = f"make_{self.number}"
        form = self.random.randrange(4)
        if form == 0:
            start = self.expression(scope, INT)
            self.functions.append(Function(f"tick_{self.number}", [], INT))
            return [
                f"def {name}(start):", "    def tick():", "        nonlocal start", "        start += 1", "        return start",
                "    return tick", f"tick_{self.number} = {name}({start})",
            ]
        if form == 1:
            self.functions.append(Function(f"pick_{self.number}", [INT], INT))
            return [f"pick_{self.number} = lambda v: v + {self.some(scope, INT)}"]
        if form == 2:
            self.functions.append(Function(f"pick_{self.number}", [INT], INT))
            return [f"pick_{self.number} = [lambda v, k=k: v * k + {self.some(scope, INT)} for k in range(3)][1]"]
        stream = self.fresh(scope, ITER)
        scope.names[stream] = ITER
        return [
            f"def {name}(values):", "    for value in values:", f"        yield value + {self.some(scope, INT)}",
            f"{stream} = {name}({self.some(scope, INTS)})",
        ]

    def make_iterator(self, scope: Scope, depth: int) -> list[str]:
        """Make an iterator."""
        name = self.fresh(scope, ITER)
        value = self.random.choice(
            [
                f"iter({self.some(scope, INTS)})", f"(v * 2 for v in {self.some(scope, INTS)})", f"map(abs, {self.some(scope, INTS)})",
                f"filter(None, {self.some(scope, INTS)})", f"reversed({self.some(scope, INTS)})",
                f"(v + {self.some(scope, INT)} for v in {self.some(scope, INTS)} if v != {self.some(scope, INT)})",
            ]
        )
        scope.names[name] = ITER
        return [f"{name} = {value}"]

    def use_iterator(self, scope: Scope, depth: int) -> list[str]:
        """Use up a part of an iterator, or all of it."""
        name = self.pick(scope, ITER)
        if name is None:
            return self.make_iterator(scope, depth)
        target, many = self.fresh(scope, INT), self.fresh(scope, INTS)
        form = self.random.randrange(6)
        if form == 0:
            scope.names[target] = INT
            return [f"{target} = next({name}, 0)"]
        if form == 1:
            scope.names[many] = INTS
            return [f"{many} = [*{name}, 1, 2, 3]"]
        if form == 2:
            return [f"for v in {name}:", "    if v > 2:", "        break"]
        if form == 3:
            return [f"print(next({name}, None))"]
        if form == 4:
            return [f"print(*{name})"]
        other = self.fresh(scope, ITER)
        scope.names[other] = ITER
        return [f"{other} = (v + 1 for v in {name})"]

    def bare_call(self, scope: Scope, depth: int) -> list[str]:
        """Call a function, for its effects or its result."""
        if not self.functions:
            return self.define(scope, depth)
        function = self.random.choice(self.functions)
        call = self.call(scope, function)
        form = self.random.randrange(4)
        if form == 0:
            return [call]
        if form == 1:
            return [f"print({call})"]
        if form == 2 and function.parameters == [INT]:
            name = self.fresh(scope, INTS)
            scope.names[name] = INTS
            return [f"{name} = [*map({function.name}, {self.some(scope, INTS)}), 0, 0]" if function.result == INT else call]
        name = self.fresh(scope, function.result)
        scope.names[name] = function.result
        return [f"{name} = {call}"]

    def delete(self, scope: Scope, depth: int) -> list[str]:
        """Unbind a name."""
        names = [name for name, kind in scope.names.items() if kind in (INT, STR)]
        if not names:
            return self.rebind(scope, depth)
        name = self.random.choice(names)
        del scope.names[name]
        return [f"del {name}"]

    # --- the world ---------------------------------------------------------------------------------------------

    def write_file(self, scope: Scope, depth: int) -> list[str]:
        """Write a file, a new one or one that is there."""
        self.files += 1
        name = self.random.choice([f"out_{self.files}.txt", *self.written]) if self.written else f"out_{self.files}.txt"
        self.written.append(name)
        mode = self.random.choice(["w", "w", "a"])
        text = self.expression(scope, STR)
        form = self.random.randrange(5)
        if form == 0:
            return [f'with open("{name}", "{mode}", encoding="utf-8") as handle:', f"    handle.write({text})", *self.block(scope, 2, 1)]
        if form == 1:
            self.imports.add("from pathlib import Path")
            return [f'Path("{name}").write_text({text}, encoding="utf-8")']
        if form == 2:
            self.imports.add("import json")
            return [f'with open("{name}", "{mode}") as handle:', f"    json.dump({self.expression(scope, INTS)}, handle)"]
        if form == 3:
            return [f'handle = open("{name}", "{mode}", encoding="utf-8")', f'handle.write({text} + "\\n")', *self.statement(scope, 1), "handle.close()"]
        return [f'with open("{name}", "{mode}", encoding="utf-8") as handle:', f"    print({text}, file=handle)"]

    def read_file(self, scope: Scope, depth: int) -> list[str]:
        """Read a file that was written."""
        if not self.written:
            return self.write_file(scope, depth)
        name, target = self.random.choice(self.written), self.fresh(scope, STR)
        scope.names[target] = STR
        form = self.random.randrange(3)
        if form == 0:
            return [f'with open("{name}", encoding="utf-8") as handle:', f"    {target} = handle.read()"]
        if form == 1:
            self.imports.add("from pathlib import Path")
            return [f'{target} = Path("{name}").read_text(encoding="utf-8")[:40]']
        lines = self.fresh(scope, STRS)
        scope.names[lines] = STRS
        return [f'{target} = "{name}"', f"{lines} = [line.strip() for line in open({target}, encoding='utf-8')] + ['end']"]

    def draw_random(self, scope: Scope, depth: int) -> list[str]:
        """Draw from a seeded generator, the module's or one of its own."""
        self.imports.add("import random")
        lines = []
        if not any(kind == "random" for kind in self.top.names.values()) or self.random.random() < 0.2:
            self.top.names[" seeded"] = "random"
            lines.append(f"random.seed({self.some(scope, INT)})")
        name, many = self.fresh(scope, INT), self.fresh(scope, INTS)
        form = self.random.randrange(5)
        if form == 0:
            scope.names[name] = INT
            return [*lines, f"{name} = random.randint(1, 100)"]
        if form == 1:
            scope.names[many] = INTS
            return [*lines, f"{many} = [random.randrange(50) for _ in range(4)]"]
        if form == 2 and self.pick(scope, INTS):
            return [*lines, f"random.shuffle({self.pick(scope, INTS)})"]
        if form == 3:
            return [*lines, f"print(random.random(), random.choice({self.some(scope, INTS)}))"]
        scope.names[many] = INTS
        return [*lines, f"generator = random.Random({self.some(scope, INT)})", f"{many} = generator.sample(range(20), 4)"]

    # --- numpy and pandas --------------------------------------------------------------------------------------

    def array(self, scope: Scope, depth: int) -> list[str]:
        """Make, view, change or reduce an array of five numbers."""
        self.imports.add("import numpy as np")
        name = self.pick(scope, ARRAY)
        new = self.fresh(scope, ARRAY)
        if name is None or self.random.random() < 0.2:
            scope.names[new] = ARRAY
            if self.random.random() < 0.3:
                seed = [f"np.random.seed({self.some(scope, INT).replace('-', '')})"] if not scope.of("np-random") else []
                self.top.names[" np"] = "np-random"
                draw = self.random.choice(["np.random.rand(5)", "np.random.randint(0, 9, 5)", "np.random.normal(0, 1, size=5)", "np.random.permutation(5)"])
                return [*seed, f"{new} = {draw}"]
            return [f"{new} = {self.random.choice(['np.arange(5)', 'np.zeros(5)', 'np.array([3, 1, 4, 1, 5])', 'np.linspace(0, 1, 5)'])}"]
        i = self.some(scope, INT)
        form = self.random.randrange(14)
        if form < 6:
            scope.names[new] = ARRAY
            value = [f"{name}", f"{name}[::-1]", f"{name} * 2", f"{name}.copy()", f"np.asarray({name})", f"{name}.reshape(5)"][form]
            return [f"{new} = {value}"]
        if form == 6:
            target = self.fresh(scope, FLOAT)
            scope.names[target] = FLOAT
            return [f"{target} = float({name}.{self.random.choice(['sum', 'mean', 'max'])}())"]
        return [
            [
                f"{name}[0] = {i}", f"{name}.sort()", f"{name}[1:3] = {i}", f"print({name})", f"{name} += {self.random.choice(['1', name])}",
                f"print({name}.mean().round(3), {name}.tolist())", f"{name}[{name} > 2] = 0",
            ][form - 7]
        ]

    def frame(self, scope: Scope, depth: int) -> list[str]:
        """Make, change, narrow, combine or show a frame."""
        self.imports.add("import pandas as pd")
        name = self.pick(scope, FRAME)
        new = self.fresh(scope, FRAME)
        if name is None or self.random.random() < 0.15:
            scope.names[new] = FRAME
            numbers = self.random.choice(["[1.5, 2.5, None, 0.5]", "[4, 3, 2, 1]"])
            return [f'{new} = pd.DataFrame({{"a": [3, 1, 2, 2], "b": {numbers}, "g": ["x", "y", "x", "é"]}})']
        i = self.some(scope, INT)
        derive = [
            f"{name}", f"{name}.copy()", f'{name}[{name}["a"] > {i}]', f'{name}.sort_values("a")', f"{name}.fillna(0)", f"{name}.head(3)",
            f'{name}.assign(c={name}["a"] * {i})', f"pd.concat([{name}, {name}]).head(5)", f"{name}.reset_index(drop=True)", f"{name}.drop_duplicates()",
            f'{name}.merge({name}[["g"]].drop_duplicates(), on="g")', f'{name}.query("a > 1")', f'{name}[["a", "b", "g"]]', f"{name}.dropna()", f"{name}.loc[:]",
        ]
        change = [
            f'{name}["a"] = {name}["a"] + {i}', f'{name}["c"] = {name}["a"] * 2', f'{name}.loc[0, "a"] = {i}', f'{name}.fillna(0, inplace=True)',
            f'{name}.sort_values("a", inplace=True)', f'{name}["b"] = {name}["b"].fillna({i})', f'{name}.loc[{name}["a"] > 2, "b"] = 0', f"{name}.iloc[0, 0] = {i}",
            f'{name}.insert(0, "n{self.number}", range(len({name})))', f"{name}.reset_index(drop=True, inplace=True)", f"{name}.columns = {name}.columns", f'{name}["a"] += 1',
        ]
        show = [
            f"print({name})", f"print({name}.shape, len({name}))", f'print({name}.groupby("g")["a"].sum())', f'print({name}["a"].mean())', f"print({name}.describe())",
            f'print({name}["g"].value_counts().to_dict())', f"print({name}.head(2).to_string())", f"{name}.head()", f'{name}.info()', f'print(f"{{len({name})}} rows, {{{name}.a.sum()}}")',
        ]
        self.number += 1
        draw = self.random.random()
        if draw < 0.35:
            scope.names[new] = FRAME
            return [f"{new} = {self.random.choice(derive)}"]
        if draw < 0.65:
            return [self.random.choice(change)]
        if draw < 0.9:
            return [self.random.choice(show)]
        self.files += 1
        return [f'{name}.to_csv("frame_{self.files}.csv", index=False)'] + ([f'{new} = pd.read_csv("frame_{self.files}.csv")'] if new in scope.names else [])

    def series(self, scope: Scope, depth: int) -> list[str]:
        """Take, change or show a column."""
        frame, name = self.pick(scope, FRAME), self.pick(scope, SERIES)
        if frame is None:
            return self.frame(scope, depth)
        if name is None or self.random.random() < 0.4:
            new = self.fresh(scope, SERIES)
            scope.names[new] = SERIES
            taken = ['["a"]', ".a", '["a"].copy()', f'["a"].apply(lambda v: v + {self.some(scope, INT)})']
            return [f"{new} = {frame}{self.random.choice(taken)}"]
        return [self.random.choice([f"{name}.iloc[0] = 9", f"print({name}.tolist())", f"{name} += 1", f"print({name}.sum())", f'{frame}["s"] = {name}', f"print({name}.map(str).str.cat())"])]


def program(seed: int, libraries: bool) -> str:
    """Return the program that `seed` stands for."""
    return shadow(Generator(seed, libraries).program(), random.Random(seed))
