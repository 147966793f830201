//! What exists only in Colab, on Kaggle or in Databricks.

mod common;

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_link::leave_hosts;
use srcify_syntax::{parse, read};

fn check(text: &str, expected: Expect) {
    let read = read(Utf8Path::new("input.py"), text.as_bytes()).expect("the text is UTF-8");
    let left = leave_hosts(parse(read.output).output);
    expected.assert_eq(&common::shown(&left));
}

#[test]
fn mounts_and_downloads_go_with_their_imports() {
    check(
        "from google.colab import drive, files\ndrive.mount('/content/drive')\nif x:\n    drive.mount('/x')\nopen('/content/drive/a.csv')\nfiles.download('a.csv')\n",
        expect![[r"
            if x:
                pass
            open('/content/drive/a.csv')
            left out: drive.mount('/content/drive'): it exists only in Colab
            left out: drive.mount('/x'): it exists only in Colab
            left out: files.download('a.csv'): it hands a file to the browser
            2:1: the package finds no mounted drive outside of Colab
            4:5: the package finds no mounted drive outside of Colab
        "]],
    );
}

#[test]
fn uploads_asked_for_by_name_lie_in_the_folder() {
    check(
        "from google.colab import files\nup = files.upload()\nprint(up['a.csv'], len(up['b.csv']))\n",
        expect![[r#"
            import pathlib
            up = {"a.csv": pathlib.Path("a.csv").read_bytes(), "b.csv": pathlib.Path("b.csv").read_bytes()}
            print(up['a.csv'], len(up['b.csv']))
            2:1: the files that Colab asked for come from the folder
        "#]],
    );
    check(
        "from google.colab import files\nup = files.upload()\nprint(list(up))\n",
        expect![[r#"
            raise NotImplementedError("files.upload() asks for files in the browser")
            print(list(up))
            2:28: `files.upload` asks for files in the browser, which a package cannot
        "#]],
    );
}

#[test]
fn secrets_come_from_the_environment() {
    check(
        "import os\nfrom google.colab import userdata\nos.environ['KEY'] = userdata.get('KEY')\ntoken = userdata.get('hf-token')\n",
        expect![[r#"
            import os
            token = os.environ["HF_TOKEN"]
            left out: os.environ['KEY'] = userdata.get('KEY'): the environment holds the secret already
            4:1: the secret comes from the environment variable `HF_TOKEN`
        "#]],
    );
    check(
        "from kaggle_secrets import UserSecretsClient\nclient = UserSecretsClient()\na = client.get_secret('A')\nb = UserSecretsClient().get_secret(label='B')\n",
        expect![[r#"
            import os
            a = os.environ["A"]
            b = os.environ["B"]
            left out: client = UserSecretsClient(): it exists only on Kaggle
            3:1: the secret comes from the environment variable `A`
            4:1: the secret comes from the environment variable `B`
        "#]],
    );
}

#[test]
fn what_asks_whether_it_is_colab_still_asks() {
    check(
        "try:\n    import google.colab\n    is_colab = True\nexcept ImportError:\n    is_colab = False\nfrom google.colab import widgets\nwidgets.Grid(2, 2)\n",
        expect![[r"
            try:
                import google.colab
                is_colab = True
            except ImportError:
                is_colab = False
            from google.colab import widgets
            widgets.Grid(2, 2)
            6:1: `google.colab.widgets` exists only where the notebook ran
        "]],
    );
}

#[test]
fn widgets_of_databricks_are_variables() {
    check(
        "# Databricks notebook source\ndbutils.widgets.text('path', '/mnt/a.csv', 'Where')\ndbutils.widgets.dropdown('class', 'a', ['a', 'b'])\npath = dbutils.widgets.get('path')\nprint(path, int(dbutils.widgets.get('class')), dbutils.widgets.get('unknown'))\ndf = spark.table('t')\ndbutils.notebook.exit('done')\n",
        expect![[r"
            # Databricks notebook source
            from databricks.sdk.runtime import dbutils
            from pyspark.sql import SparkSession
            spark = SparkSession.builder.getOrCreate()
            path = '/mnt/a.csv'  # Where
            class_widget = 'a'
            print(path, int(class_widget), dbutils.widgets.get('unknown'))
            df = spark.table('t')
            left out: dbutils.notebook.exit('done'): it ends the notebook
            5:32: `dbutils.widgets.get` exists only in Databricks
        "]],
    );
}

#[test]
fn bars_of_notebooks_are_bars_of_terminals_elsewhere() {
    check(
        "from tqdm.notebook import tqdm, trange\nfrom tqdm.notebook import tqdm as bar\nfor i in bar(range(3)):\n    print(i)\n",
        expect![[r"
            from tqdm.auto import tqdm; from tqdm.auto import trange
            from tqdm.auto import tqdm as bar
            for i in bar(range(3)):
                print(i)
        "]],
    );
}

#[test]
fn a_file_beside_the_input_is_looked_for_in_the_folder_of_work() {
    check(
        "from dotenv import load_dotenv, find_dotenv, dotenv_values\nload_dotenv()\nload_dotenv(find_dotenv())\nload_dotenv(override=True,)\nx = dotenv_values('.env')\n",
        expect![[r"
            from dotenv import load_dotenv, find_dotenv, dotenv_values
            import dotenv
            load_dotenv(dotenv_path=dotenv.find_dotenv(usecwd=True))
            load_dotenv(find_dotenv(usecwd=True))
            load_dotenv(override=True,dotenv_path=dotenv.find_dotenv(usecwd=True))
            x = dotenv_values('.env')
        "]],
    );
}
