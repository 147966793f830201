//! What is known about the names of small programs. One line per bound name, parameter and function.
#![expect(
    clippy::needless_raw_string_hashes,
    reason = "programs and tables hold quotes"
)]

use std::fmt::Write as _;

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_semantics::{Environment, Semantics, resolve};
use srcify_syntax::ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Parameter, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, parse, read};

struct Lines<'a> {
    program: &'a Program,
    semantics: &'a Semantics,
    text: String,
}

impl Lines<'_> {
    fn push(&mut self, name: &str, range: TextRange) {
        let ty = self.semantics.type_at(range);
        let ty = ty.map_or_else(|| "-".to_owned(), ToString::to_string);
        writeln!(self.text, "{name}: {ty}").expect("strings take all");
    }
}

impl<'a> SourceOrderVisitor<'a> for Lines<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        walk_stmt(self, statement);
        if let Stmt::FunctionDef(function) = statement {
            let ty = self.semantics.return_type(function.range());
            let ty = ty.map_or_else(|| "-".to_owned(), ToString::to_string);
            writeln!(self.text, "def {}: {ty}", function.name).expect("strings take all");
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression
            && name.ctx.is_store()
        {
            self.push(self.program.text(name.range()), name.range());
        }
        walk_expr(self, expression);
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        self.push(&format!("({})", parameter.name), parameter.name.range());
    }
}

fn program(python: &str) -> Program {
    let source = read(Utf8Path::new("script.py"), python.as_bytes()).expect("it is Python");
    parse(source.output).output
}

fn table(python: &str, environment: &Environment) -> String {
    let program = program(python);
    let semantics = resolve(&program, environment);
    let mut lines = Lines {
        program: &program,
        semantics: &semantics,
        text: String::new(),
    };
    for unit in program.units() {
        lines.visit_stmt(program.statement(unit.id));
    }
    lines.text
}

fn check(python: &str, expected: Expect) {
    expected.assert_eq(&table(python, &Environment::default()));
}

#[test]
fn local_modules_are_imported() {
    let mut environment = Environment::default();
    let text = "import pandas as pd\ndef load() -> pd.DataFrame: ...\nclass Shop: ...\n";
    environment
        .modules
        .insert("store.io".to_owned(), text.to_owned());
    environment
        .modules
        .insert("store".to_owned(), "LIMIT = 3\n".to_owned());
    let python =
        "from store.io import Shop, load\nimport store\na = load()\nb = Shop()\nc = store.LIMIT\n";
    expect![[r#"
        a: pandas.DataFrame
        b: store.io.Shop
        c: int
    "#]]
    .assert_eq(&table(python, &environment));
}

#[test]
fn own_stubs_win_over_embedded_ones() {
    let mut environment = Environment::default();
    environment.stubs.insert(
        "requests-stubs/__init__.pyi".into(),
        "def get(url: str) -> int: ...\n".to_owned(),
    );
    let python = "import requests\na = requests.get('x')\n";
    expect![[r#"
        a: int
    "#]]
    .assert_eq(&table(python, &environment));
}

#[test]
fn too_deep_nesting_is_unknown_and_no_crash() {
    let python = format!("x = 1{}\n", " + 1".repeat(2000));
    let program = program(&python);
    let semantics = resolve(&program, &Environment::default());
    // The reader refuses such a line, so that there may be no statement to ask about.
    let known = program
        .units()
        .iter()
        .filter_map(|unit| semantics.type_at(unit.range));
    assert_eq!(known.count(), 0);
}

#[test]
fn annotations_are_python_or_none() {
    use srcify_semantics::Type;
    let frame = Type::Class {
        name: "pandas.DataFrame".to_owned(),
        arguments: vec![],
    };
    let list = |item: Type| Type::Class {
        name: "list".to_owned(),
        arguments: vec![item],
    };
    let private = Type::Class {
        name: "csv._reader".to_owned(),
        arguments: vec![],
    };
    let annotation = |ty: Type| ty.annotation().unwrap_or_else(|| "-".to_owned());
    assert_eq!(annotation(list(frame.clone())), "list[pandas.DataFrame]");
    assert_eq!(annotation(list(Type::Unknown)), "-");
    assert_eq!(annotation(private), "-");
    assert_eq!(annotation(Type::Tuple(vec![])), "tuple[()]");
    assert_eq!(
        annotation(Type::join([Type::None, frame])),
        "pandas.DataFrame | None"
    );
}

#[test]
fn literals_are_widened() {
    check(
        r#"
a = 3
b = 'x'
c = True
d = 2.5
e = b'x'
f = None
g = 1 + 2j
"#,
        expect![[r#"
            a: int
            b: str
            c: bool
            d: float
            e: bytes
            f: None
            g: complex
        "#]],
    );
}

#[test]
fn containers_carry_their_items() {
    check(
        r#"
a = [1, 2]
b = {'x': 1.0}
c = {1, 2}
d = (1, 'x')
e = ()
f = [(1, 'a')]
"#,
        expect![[r#"
            a: list[int]
            b: dict[str, float]
            c: set[int]
            d: tuple[int, str]
            e: tuple[()]
            f: list[tuple[int, str]]
        "#]],
    );
}

#[test]
fn an_empty_list_has_unknown_items() {
    check(
        r#"
a = []
b = {}
"#,
        expect![[r#"
            a: list[?]
            b: dict[?, ?]
        "#]],
    );
}

#[test]
fn float_arithmetic_is_float() {
    check(
        r#"
a = 1 / 2
b = 3 * 2.0
c = sum([1.0, 2.0])
d = round(2.5)
e = abs(-1)
"#,
        expect![[r#"
            a: float
            b: float
            c: float
            d: int
            e: int
        "#]],
    );
}

#[test]
fn a_rebound_name_has_a_type_at_each_place() {
    check(
        r#"
x = 1
y = x
x = 'a'
z = x
"#,
        expect![[r#"
            x: int
            y: int
            x: str
            z: str
        "#]],
    );
}

#[test]
fn branches_join() {
    check(
        r#"
import random
if random.random() > 0.5:
    x = 1
else:
    x = 'a'
y = x
"#,
        expect![[r#"
            x: int
            x: str
            y: int | str
        "#]],
    );
}

#[test]
fn maybe_none() {
    check(
        r#"
import random
x = 1 if random.random() > 0.5 else None
"#,
        expect![[r#"
            x: int | None
        "#]],
    );
}

#[test]
fn loops_carry_types_around() {
    check(
        r#"
x = 0
for i in range(3):
    x = x + 0.5
y = x
"#,
        expect![[r#"
            x: int
            i: int
            x: float
            y: float
        "#]],
    );
}

#[test]
fn for_targets_take_the_items() {
    check(
        r#"
for k, v in {'a': 1}.items():
    w = v
for i, s in enumerate(['a']):
    pass
for a, b in zip([1], ['x']):
    pass
"#,
        expect![[r#"
            k: str
            v: int
            w: int
            i: int
            s: str
            a: int
            b: str
        "#]],
    );
}

#[test]
fn comprehensions_and_generators() {
    check(
        r#"
a = [str(i) for i in range(3)]
b = {k: len(k) for k in ['x']}
c = {i for i in (1, 2)}
d = (i for i in [1])
"#,
        expect![[r#"
            a: list[str]
            i: int
            b: dict[str, int]
            k: str
            c: set[int]
            i: int
            d: collections.abc.Generator[int, None, None]
            i: int
        "#]],
    );
}

#[test]
fn a_lambda_is_a_function() {
    check(
        r#"
f = lambda x: x
g = print
"#,
        expect![[r#"
            f: <function>
            (x): ?
            g: <function>
        "#]],
    );
}

#[test]
fn modules_and_classes_are_themselves() {
    check(
        r#"
import json
class A: pass
x = json
y = A
z = A()
w = int
"#,
        expect![[r#"
            x: <module json>
            y: type[A]
            z: A
            w: type[int]
        "#]],
    );
}

#[test]
fn own_classes_have_bare_names() {
    check(
        r#"
class Outer:
    class Inner: pass
x = Outer.Inner()
"#,
        expect![[r#"
            x: Outer.Inner
        "#]],
    );
}

#[test]
fn enum_members_are_their_enum() {
    check(
        r#"
from enum import Enum
class Color(Enum):
    RED = 1
x = Color.RED
"#,
        expect![[r#"
            RED: int
            x: Color
        "#]],
    );
}

#[test]
fn a_dataclass_has_typed_fields() {
    check(
        r#"
from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: str
p = P(1, 'a')
q = p.y
"#,
        expect![[r#"
            x: int
            y: str
            p: P
            q: str
        "#]],
    );
}

#[test]
fn the_standard_library_is_known() {
    check(
        r#"
from pathlib import Path
import json, os, re, datetime, collections
a = Path('x') / 'y'
b = Path('x').read_text()
c = os.path.join('a', 'b')
d = datetime.datetime.now()
e = d - d
f = re.match('a', 'b')
g = json.loads('1')
h = collections.Counter(['a'])
i = collections.defaultdict(list)
j = os.environ.get('X')
"#,
        expect![[r#"
            a: pathlib.Path
            b: str
            c: str
            d: datetime.datetime
            e: datetime.timedelta
            f: re.Match[str] | None
            g: ?
            h: collections.Counter[str]
            i: collections.defaultdict[?, ?]
            j: str | None
        "#]],
    );
}

#[test]
fn files_have_public_classes() {
    check(
        r#"
import csv
with open('a') as f:
    text = f.read()
with open('a', 'rb') as g:
    data = g.read()
r = csv.reader([])
"#,
        expect![[r#"
            f: io.TextIOWrapper
            text: str
            g: io.BufferedReader
            data: bytes
            r: _csv.Reader
        "#]],
    );
}

#[test]
fn futures_have_public_classes() {
    check(
        r#"
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor() as pool:
    f = pool.submit(len, 'a')
"#,
        expect![[r#"
            pool: concurrent.futures.ThreadPoolExecutor
            f: concurrent.futures.Future[int]
        "#]],
    );
}

#[test]
fn except_names_are_exceptions() {
    check(
        r#"
try:
    pass
except ValueError as error:
    e = error
"#,
        expect![[r#"
            e: ?
        "#]],
    );
}

#[test]
fn returns_join() {
    check(
        r#"
def f(a: int):
    if a:
        return a
    return None
def g(a: str):
    return a.upper()
def h():
    print(1)
"#,
        expect![[r#"
            (a): int
            def f: int | None
            (a): str
            def g: str
            def h: None
        "#]],
    );
}

#[test]
fn an_end_that_is_reached_returns_none() {
    check(
        r#"
def f(a: int):
    if a:
        return 1
def g(a: int):
    while True:
        if a:
            return 'x'
def h(a: int):
    try:
        return 1
    except ValueError:
        raise
"#,
        expect![[r#"
            (a): int
            def f: int | None
            (a): int
            def g: str
            (a): int
            def h: int
        "#]],
    );
}

#[test]
fn generators_are_iterators() {
    check(
        r#"
def f():
    yield 1
async def g():
    yield 'a'
def h():
    x = yield 1
"#,
        expect![[r#"
            def f: collections.abc.Iterator[int]
            def g: collections.abc.AsyncIterator[str]
            x: ?
            def h: ?
        "#]],
    );
}

#[test]
fn returns_of_inner_functions_are_their_own() {
    check(
        r#"
def f():
    def g():
        return 'a'
    return 1
"#,
        expect![[r#"
            def g: str
            def f: int
        "#]],
    );
}

#[test]
fn an_annotation_is_the_return() {
    check(
        r#"
def f(a, b: float) -> list[int]:
    return a
x = f(1, 2)
"#,
        expect![[r#"
            (a): ?
            (b): float
            def f: list[int]
            x: list[int]
        "#]],
    );
}

#[test]
fn parameters_without_annotation_are_unknown() {
    check(
        r#"
def f(a, b=3, *args, **kwargs):
    c = a
    return c
"#,
        expect![[r#"
            (a): ?
            (b): ?
            (args): tuple[?, ...]
            (kwargs): dict[str, ?]
            c: ?
            def f: ?
        "#]],
    );
}

#[test]
fn unknown_modules_stay_unknown() {
    check(
        r#"
import no_such_library as lib
x = lib.read()
y = x.z
from no_such_library import thing
t = thing()
"#,
        expect![[r#"
            x: ?
            y: ?
            t: ?
        "#]],
    );
}

#[test]
fn undefined_names_stay_unknown() {
    check(
        r#"
x = undefined
y = undefined()
"#,
        expect![[r#"
            x: ?
            y: ?
        "#]],
    );
}

#[test]
fn unknown_in_a_branch_makes_the_join_unknown() {
    check(
        r#"
import random, no_such_library
x = 1 if random.random() else no_such_library.f()
"#,
        expect![[r#"
            x: ?
        "#]],
    );
}

#[test]
fn frames_are_read() {
    check(
        r#"
import pandas as pd
a = pd.read_csv('a.csv')
b = pd.read_csv('a.csv', chunksize=10)
c = pd.read_excel('a.xlsx')
d = pd.read_excel('a.xlsx', sheet_name=None)
e = pd.DataFrame({'a': [1]})
f = pd.read_parquet('x')
"#,
        expect![[r#"
            a: pandas.DataFrame
            b: ?
            c: pandas.DataFrame
            d: dict[?, pandas.DataFrame]
            e: pandas.DataFrame
            f: pandas.DataFrame
        "#]],
    );
}

#[test]
fn columns_are_series() {
    check(
        r#"
import pandas as pd
df = pd.read_csv('a.csv')
a = df['x']
b = df[['x', 'y']]
c = df.x
d = df[df['x'] > 1]
e = df.loc[df['x'] > 1, 'y']
f = df.iloc[0]
g = df.iloc[:, 0:2]
h = df.columns
i = df.shape
"#,
        expect![[r#"
            df: pandas.DataFrame
            a: pandas.Series
            b: pandas.DataFrame
            c: pandas.Series
            d: pandas.DataFrame
            e: pandas.Series
            f: pandas.Series
            g: pandas.DataFrame
            h: pandas.Index
            i: tuple[int, int]
        "#]],
    );
}

#[test]
fn frames_stay_frames_along_a_chain() {
    check(
        r#"
import pandas as pd
df = pd.read_csv('a.csv')
df = df.dropna().rename(columns={'a': 'b'})
df = df.sort_values('b').reset_index(drop=True)
n = df.drop(columns=['b'], inplace=True)
m = df.merge(df, on='b')
t = df.T
"#,
        expect![[r#"
            df: pandas.DataFrame
            df: pandas.DataFrame
            df: pandas.DataFrame
            n: None
            m: pandas.DataFrame
            t: pandas.DataFrame
        "#]],
    );
}

#[test]
fn series_arithmetic_gives_series() {
    check(
        r#"
import pandas as pd
df = pd.read_csv('a.csv')
a = df['x'] + 1
b = 1 - df['x']
c = df['x'] * df['y']
d = ~(df['x'] > 1) & (df['y'] < 2)
e = df['x'].astype(int)
"#,
        expect![[r#"
            df: pandas.DataFrame
            a: pandas.Series
            b: pandas.Series
            c: pandas.Series
            d: pandas.Series
            e: pandas.Series
        "#]],
    );
}

#[test]
fn accessors_give_series() {
    check(
        r#"
import pandas as pd
df = pd.read_csv('a.csv')
a = df['x'].str.lower().str.strip()
b = df['t'].dt.year
c = df['x'].str.split(',', expand=True)
d = pd.to_datetime(df['t'])
"#,
        expect![[r#"
            df: pandas.DataFrame
            a: pandas.Series
            b: pandas.Series
            c: pandas.DataFrame
            d: pandas.Series
        "#]],
    );
}

#[test]
fn groups() {
    check(
        r#"
import pandas as pd
df = pd.read_csv('a.csv')
a = df.groupby('x')
b = a['y'].mean()
c = a[['y']].sum()
d = df.groupby('x').agg({'y': 'sum'})
for name, part in df.groupby('x'):
    p = part
"#,
        expect![[r#"
            df: pandas.DataFrame
            a: pandas.core.groupby.DataFrameGroupBy
            b: pandas.Series
            c: pandas.DataFrame
            d: pandas.DataFrame
            name: ?
            part: pandas.DataFrame
            p: pandas.DataFrame
        "#]],
    );
}

#[test]
fn reductions_of_series() {
    check(
        r#"
import pandas as pd
s = pd.Series([1])
a = s.mean()
b = s.max()
c = s.nunique()
d = s.value_counts()
e = s.tolist()
f = s.quantile(0.5)
g = s.quantile([0.1, 0.9])
"#,
        expect![[r#"
            s: pandas.Series
            a: float
            b: ?
            c: int
            d: pandas.Series
            e: list[?]
            f: float
            g: pandas.Series
        "#]],
    );
}

#[test]
fn frames_are_joined() {
    check(
        r#"
import pandas as pd
a = pd.concat([pd.DataFrame(), pd.DataFrame()])
b = pd.concat([pd.Series(), pd.Series()], axis=1)
c = pd.get_dummies(a)
d = pd.merge(a, a)
"#,
        expect![[r#"
            a: pandas.DataFrame
            b: pandas.DataFrame
            c: pandas.DataFrame
            d: pandas.DataFrame
        "#]],
    );
}

#[test]
fn rows_of_frames() {
    check(
        r#"
import pandas as pd
df = pd.DataFrame()
for i, row in df.iterrows():
    r = row
for col in ['a', 'b']:
    s = df[col]
"#,
        expect![[r#"
            df: pandas.DataFrame
            i: ?
            row: pandas.Series
            r: pandas.Series
            col: str
            s: pandas.Series
        "#]],
    );
}

#[test]
fn arrays_are_made() {
    check(
        r#"
import numpy as np
a = np.zeros(3)
b = np.array([1, 2])
c = np.linspace(0, 1, 5)
d, s = np.linspace(0, 1, 5, retstep=True)
e = np.where(a > 1, a, 0)
f = np.concatenate([a, b])
"#,
        expect![[r#"
            a: numpy.ndarray
            b: numpy.ndarray
            c: numpy.ndarray
            d: numpy.ndarray
            s: ?
            e: numpy.ndarray
            f: numpy.ndarray
        "#]],
    );
}

#[test]
fn array_operations() {
    check(
        r#"
import numpy as np
a = np.zeros((2, 2))
b = a * 2 + 1
c = a > 0
d = a[0]
e = a[:, 0]
f = a.T.reshape(-1)
g = a.mean()
h = a.mean(axis=0)
i = np.sqrt(a)
j = a.shape
k = np.log(2.0)
"#,
        expect![[r#"
            a: numpy.ndarray
            b: numpy.ndarray
            c: numpy.ndarray
            d: ?
            e: numpy.ndarray
            f: numpy.ndarray
            g: numpy.floating
            h: ?
            i: numpy.ndarray
            j: tuple[int, ...]
            k: numpy.floating
        "#]],
    );
}

#[test]
fn random_numbers() {
    check(
        r#"
import numpy as np
rng = np.random.default_rng(0)
a = rng.normal(size=3)
b = np.random.rand(3)
c = np.random.normal(0, 1, 100)
d = np.random.randint(0, 10)
np.random.seed(1)
"#,
        expect![[r#"
            rng: numpy.random.Generator
            a: numpy.ndarray
            b: numpy.ndarray
            c: numpy.ndarray
            d: int
        "#]],
    );
}

#[test]
fn splits_keep_what_is_split() {
    check(
        r#"
import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv('a.csv')
X = df.drop(columns='y')
y = df['y']
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=1)
train, test = train_test_split(df)
u, v = train_test_split(undefined)
"#,
        expect![[r#"
            df: pandas.DataFrame
            X: pandas.DataFrame
            y: pandas.Series
            X_train: pandas.DataFrame
            X_test: pandas.DataFrame
            y_train: pandas.Series
            y_test: pandas.Series
            train: pandas.DataFrame
            test: pandas.DataFrame
            u: ?
            v: ?
        "#]],
    );
}

#[test]
fn estimators_fit_and_predict() {
    check(
        r#"
from sklearn.linear_model import LogisticRegression
from sklearn.ensemble import RandomForestRegressor
m = LogisticRegression().fit([[1]], [0])
p = m.predict([[1]])
q = m.predict_proba([[1]])[:, 1]
s = m.score([[1]], [0])
r = RandomForestRegressor(n_estimators=10)
f = r.feature_importances_
"#,
        expect![[r#"
            m: sklearn.linear_model.LogisticRegression
            p: numpy.ndarray
            q: numpy.ndarray
            s: float
            r: sklearn.ensemble.RandomForestRegressor
            f: numpy.ndarray
        "#]],
    );
}

#[test]
fn metrics() {
    check(
        r#"
from sklearn.metrics import accuracy_score, confusion_matrix, classification_report, roc_curve, f1_score, mean_squared_error
a = accuracy_score([1], [1])
b = confusion_matrix([1], [1])
c = classification_report([1], [1])
d = classification_report([1], [1], output_dict=True)
fpr, tpr, thresholds = roc_curve([1], [1])
e = f1_score([1], [1], average='macro')
f = f1_score([1], [1], average=None)
g = mean_squared_error([1], [1])
"#,
        expect![[r#"
            a: float
            b: numpy.ndarray
            c: str
            d: dict[str, ?]
            fpr: numpy.ndarray
            tpr: numpy.ndarray
            thresholds: numpy.ndarray
            e: float
            f: numpy.ndarray
            g: float
        "#]],
    );
}

#[test]
fn pipelines_and_searches() {
    check(
        r#"
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler, OneHotEncoder
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.svm import SVC
a = Pipeline([('s', StandardScaler())])
b = make_pipeline(StandardScaler(), SVC())
c = GridSearchCV(SVC(), {'C': [1]}, cv=3).fit([[1]], [0])
d = c.best_score_
e = c.best_estimator_
f = cross_val_score(b, [[1]], [0]).mean()
g = StandardScaler().fit_transform([[1]])
h = OneHotEncoder().fit_transform([[1]])
i = StandardScaler().set_output(transform='pandas').fit_transform([[1]])
"#,
        expect![[r#"
            a: sklearn.pipeline.Pipeline
            b: sklearn.pipeline.Pipeline
            c: sklearn.model_selection.GridSearchCV
            d: float
            e: ?
            f: numpy.floating
            g: numpy.ndarray
            h: ?
            i: ?
        "#]],
    );
}

#[test]
fn data_sets() {
    check(
        r#"
from sklearn.datasets import load_iris, make_blobs
a = load_iris()
X, y = load_iris(return_X_y=True)
u, v = make_blobs(100)
d = a.data
"#,
        expect![[r#"
            a: sklearn.utils.Bunch
            X: numpy.ndarray
            y: numpy.ndarray
            u: numpy.ndarray
            v: numpy.ndarray
            d: ?
        "#]],
    );
}

#[test]
fn figures() {
    check(
        r#"
import matplotlib.pyplot as plt
fig, ax = plt.subplots()
fig2, axes = plt.subplots(2, 2, figsize=(8, 8))
fig3, row = plt.subplots(1, 3)
f = plt.figure()
g = plt.gca()
n = 2
fig4, some = plt.subplots(n)
"#,
        expect![[r#"
            fig: matplotlib.figure.Figure
            ax: matplotlib.axes.Axes
            fig2: matplotlib.figure.Figure
            axes: numpy.ndarray
            fig3: matplotlib.figure.Figure
            row: numpy.ndarray
            f: matplotlib.figure.Figure
            g: matplotlib.axes.Axes
            n: int
            fig4: matplotlib.figure.Figure
            some: numpy.ndarray
        "#]],
    );
}

#[test]
fn responses() {
    check(
        r#"
import requests
r = requests.get('https://example.org')
a = r.json()
b = r.text
c = r.status_code
"#,
        expect![[r#"
            r: requests.Response
            a: ?
            b: str
            c: int
        "#]],
    );
}

#[test]
fn linear_models_of_statsmodels() {
    check(
        r#"
import statsmodels.api as sm
import statsmodels.formula.api as smf
import pandas as pd
X = sm.add_constant(pd.DataFrame())
m = sm.OLS([1], X).fit()
r = m.rsquared
n = smf.ols('y ~ x', X)
"#,
        expect![[r#"
            X: pandas.DataFrame
            m: statsmodels.regression.linear_model.RegressionResultsWrapper
            r: float
            n: statsmodels.regression.linear_model.OLS
        "#]],
    );
}

#[test]
fn what_joblib_loads_is_unknown() {
    check(
        r#"
import joblib
m = joblib.load('m.joblib')
n = joblib.cpu_count()
"#,
        expect![[r#"
            m: ?
            n: int
        "#]],
    );
}

#[test]
fn scipy_tests_are_unknown() {
    check(
        r#"
from scipy import stats
t, p = stats.ttest_ind([1], [2])
d = stats.norm
"#,
        expect![[r#"
            t: ?
            p: ?
            d: scipy.stats.rv_continuous
        "#]],
    );
}

#[test]
fn progress_bars_pass_items_on() {
    check(
        r#"
from tqdm import tqdm
for i in tqdm(['a']):
    x = i
"#,
        expect![[r#"
            i: str
            x: str
        "#]],
    );
}

#[test]
fn walrus_with_star_and_chained_targets() {
    check(
        r#"
if (n := len('a')) > 1:
    pass
a, *b = [1, 2]
c = d = []
x: int = 3
x += 1
"#,
        expect![[r#"
            n: int
            a: int
            b: list[int]
            c: list[?]
            d: list[?]
            x: int
            x: int
        "#]],
    );
}

#[test]
fn deleted_names_are_unknown() {
    check(
        r#"
x = 1
del x
y = x
"#,
        expect![[r#"
            x: int
            y: ?
        "#]],
    );
}

#[test]
fn globals_in_functions() {
    check(
        r#"
x = 1
def f():
    y = x
    global z
    z = 'a'
    return y
"#,
        expect![[r#"
            x: int
            y: int
            z: str
            def f: int
        "#]],
    );
}

#[test]
fn methods_return_self_types() {
    check(
        r#"
class A:
    def __init__(self):
        self.n = 1
    def m(self) -> 'A':
        return self
a = A().m().m()
"#,
        expect![[r#"
            (self): ?
            def __init__: None
            (self): ?
            def m: A
            a: A
        "#]],
    );
}

#[test]
fn coroutines() {
    check(
        r#"
import asyncio
async def f() -> int:
    return 1
async def g():
    x = await f()
    return x
"#,
        expect![[r#"
            def f: int
            x: int
            def g: int
        "#]],
    );
}

#[test]
fn match_statements() {
    check(
        r#"
def f(x: int):
    match x:
        case 1:
            return 'a'
        case _:
            return 'b'
"#,
        expect![[r#"
            (x): int
            def f: str
        "#]],
    );
}

#[test]
fn a_script_that_does_not_parse_has_no_types() {
    check(
        r#"
a = 1
b = (
c = 'x'
d = = 2
"#,
        expect![""],
    );
}

#[test]
fn long_unions_are_unknown() {
    check(
        r#"
def f(n: int):
    if n == 0: return 1
    if n == 1: return 'a'
    if n == 2: return b'a'
    if n == 3: return [1]
    if n == 4: return {1}
    if n == 5: return {1: 2}
    if n == 6: return 1j
    return 1.5
"#,
        expect![[r#"
            (n): int
            def f: ?
        "#]],
    );
}

#[test]
fn strings_with_brackets_do_not_confuse() {
    check(
        r#"
x = [' ] | "']
y = {'a]': (1, ['b[', '\\'])}
"#,
        expect![[r#"
            x: list[str]
            y: dict[str, tuple[int, list[str]]]
        "#]],
    );
}

#[test]
fn narrowing() {
    check(
        r#"
def f(x: int | None):
    if x is None:
        return 0
    y = x
    return y
"#,
        expect![[r#"
            (x): int | None
            y: int
            def f: int
        "#]],
    );
}
