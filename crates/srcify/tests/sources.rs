//! Data that libraries download themselves: each gets a class of `io/`, for nothing but it knows where they are.

use srcify_testing::Sandbox;

const INPUT: &str = "\
import seaborn as sns
from sklearn.datasets import fetch_california_housing, fetch_openml

first = '2020-01-01'
housing = fetch_california_housing(as_frame=True)
print(housing.frame.shape)
X, y = fetch_openml('titanic', version=1, as_frame=True, return_X_y=True)
print(X.isna().sum())
tips = sns.load_dataset('tips')
print(tips.groupby('day')['tip'].mean())
";

/// The text of the files of one layer of the package that a script becomes.
fn layer(text: &str, layer: &str) -> String {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("orders.py", text);
    let outcome = sandbox.run(&["convert", "orders.py", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let folder = format!("out/src/orders/{layer}/");
    let files = sandbox.files();
    let texts = files
        .iter()
        .filter(|(path, _)| path.as_str().starts_with(&folder));
    texts
        .map(|(_, content)| String::from_utf8_lossy(content))
        .collect()
}

#[test]
fn what_a_library_downloads_is_fetched_in_io() {
    let io = layer(INPUT, "io");
    for part in [
        "class CaliforniaHousingSource:",
        "def fetch(self) -> Bunch:",
        "class TitanicSource:",
        "def fetch(self) -> tuple[pd.DataFrame, pd.Series]:",
        "= fetch_openml(\n",
        "class TipsSource:",
        "def fetch(self) -> pd.DataFrame:",
    ] {
        assert!(io.contains(part), "{part} is missing in\n{io}");
    }
    let application = layer(INPUT, "application");
    assert!(!application.contains("fetch_openml"), "{application}");
    assert!(
        application.contains("TitanicSource().fetch()"),
        "{application}"
    );
}

#[test]
fn a_source_takes_what_its_call_uses() {
    let text = "\
from pandas_datareader.data import DataReader
import sys
start = sys.platform
m2 = DataReader('M2SL', 'fred', start=start)
print(m2)
";
    let io = layer(text, "io");
    assert!(
        io.contains("def fetch(self, start: str) -> pd.DataFrame:"),
        "{io}"
    );
    assert!(
        io.contains("DataReader(\"M2SL\", \"fred\", start=start)"),
        "{io}"
    );
}

#[test]
fn what_keeps_a_connection_is_no_source() {
    let text = "\
import ftplib
client = ftplib.FTP('example.org')
print(client.getwelcome())
";
    let io = layer(text, "io");
    assert!(!io.contains("def fetch("), "{io}");
}

#[test]
fn imports_that_act_come_along_though_nothing_reads_them() {
    let text = "\
import pandas as pd
import hvplot.pandas
from sklearn.experimental import enable_iterative_imputer
from sklearn.experimental import enable_halving_search_cv
from sklearn.impute import IterativeImputer
table = pd.DataFrame({'a': [1.0, None], 'b': [2.0, 3.0]})
filled = IterativeImputer(random_state=0).fit_transform(table)
print(filled)
";
    let domain = layer(text, "domain");
    let enabling = "from sklearn.experimental import enable_iterative_imputer\n";
    assert!(domain.contains(enabling), "{domain}");
    assert!(domain.contains("import hvplot.pandas\n"), "{domain}");
    assert!(!domain.contains("enable_halving_search_cv"), "{domain}");
}

#[test]
fn a_file_that_a_library_finds_is_read_in_io() {
    let text = "\
import geopandas as gpd
import pandas as pd
from libpysal import examples

counties = gpd.read_file(examples.get_path('sids2.shp')).to_crs(5070)
print(counties.shape)
rows = pd.DataFrame({'a': [1, 2]})
rows.to_csv(examples.new_path(rows), sep=examples.separator)
";
    let application = layer(text, "application");
    assert!(
        application.contains("CountiesFile(examples.get_path(\"sids2.shp\")).read()"),
        "{application}"
    );
    // The table is looked at before the path is found, and would be after it.
    assert!(application.contains("rows.to_csv("), "{application}");
    let io = layer(text, "io");
    assert!(io.contains("def read(self) -> gpd.GeoDataFrame:"), "{io}");
    assert!(!io.contains("libpysal"), "{io}");
}

#[test]
fn data_of_a_tutorial_are_fetched_in_io() {
    let text = "\
import xarray as xr
import tensorflow_datasets as tfds

rasm = xr.tutorial.open_dataset('rasm').load()
print(rasm)
digits, info = tfds.load('mnist', with_info=True)
print(info)
";
    let io = layer(text, "io");
    for part in [
        "class RasmSource:",
        "def fetch(self) -> xr.Dataset:",
        "class MnistSource:",
    ] {
        assert!(io.contains(part), "{part} is missing in\n{io}");
    }
}

#[test]
fn files_that_a_loop_opens_for_one_statement_are_read_and_written_in_io() {
    let text = "\
import json
import sys

rows = []
for name in sys.argv[1:]:
    with open(name) as handle:
        text = handle.read()
    text = text.replace('a', 'b')
    with open(name, 'w') as handle:
        handle.write(text)
    with open(name + '.json') as handle:
        rows.append(json.load(handle))
    with open(name + '.log') as log:
        first = log.readline()
        rows.append(first)
    with open(name + '.txt') as other:
        rest = other.read()
    print(other.closed, rest)
print(len(rows))
";
    let application = layer(text, "application");
    for part in [
        "text = NameFile(Path(name)).read()",
        "NameFile(Path(name)).write(text)",
        "rows.append(RowsFile(Path(name + \".json\")).read())",
        "with open(name + \".log\") as log:",
        "with open(name + \".txt\") as other:",
    ] {
        assert!(
            application.contains(part),
            "{part} is missing in\n{application}"
        );
    }
    let io = layer(text, "io");
    for part in [
        "def read(self) -> str:",
        "def write(self, text: str) -> None:",
        "return handle.read()",
    ] {
        assert!(io.contains(part), "{part} is missing in\n{io}");
    }
}

#[test]
fn an_image_that_is_shown_is_read_in_io() {
    let text = "\
from IPython.display import Image, display

display(Image(filename='causal_model.png'))
";
    let application = layer(text, "application");
    assert!(application.contains(").read())"), "{application}");
    assert!(!application.contains("Image(filename"), "{application}");
    let io = layer(text, "io");
    assert!(io.contains("def read(self) -> Image:"), "{io}");
}
