#: polars_with_columns
import polars as pl

def add(df):
    return df.with_columns((pl.col("a") * 2).alias("b"))
#> add(pl.DataFrame({"a": [1]}))

#: polars_setitem
def zero(df):
    df[0, "a"] = 0
    return df
#> zero(__import__("polars").DataFrame({"a": [1]}))

#: polars_insert_column
import polars as pl

def with_id(df):
    df.insert_column(0, pl.Series("id", range(df.height)))
    return df
#> with_id(pl.DataFrame({"a": [1]}))

#: polars_rename_columns_attr
import polars as pl

def upper(df: pl.DataFrame):
    df.columns = [c.upper() for c in df.columns]
    return df
#> upper(pl.DataFrame({"a": [1]}))

#: polars_extend
import polars as pl

def grow(a, b):
    return a.extend(b)
#> grow(pl.DataFrame({"a": [1]}), pl.DataFrame({"a": [2]}))

#: polars_vstack
import polars as pl

def grow(a, b):
    return a.vstack(b)
#> grow(pl.DataFrame({"a": [1]}), pl.DataFrame({"a": [2]}))

#: polars_group_agg
import polars as pl

def totals(df):
    return df.group_by("k").agg(pl.col("v").sum()).sort("k")
#> totals(pl.DataFrame({"k": [1], "v": [2]}))

#: polars_sample_seed
import polars as pl

def pick(df, n):
    return df.sample(n, seed=1)
#> pick(pl.DataFrame({"a": [1, 2]}), 1)

#: polars_read_csv
import polars as pl

def load(path):
    return pl.read_csv(path).filter(pl.col("a") > 1)
#> load("data.csv")

#: polars_scan_collect
import polars as pl

def load(path):
    return pl.scan_csv(path).select("a").collect()
#> load("data.csv")

#: polars_write_csv
def save(df, path):
    df.write_csv(path)
#> save(__import__("polars").DataFrame({"a": [1]}), "o.csv")

#: polars_write_csv_text
def text(df):
    return df.write_csv()
#> text(__import__("polars").DataFrame({"a": [1]}))

#: polars_map_elements_side_effect
import polars as pl

def squares(df, seen):
    def f(x):
        seen.append(x)
        return x * x
    return df.select(pl.col("a").map_elements(f, return_dtype=pl.Int64))
#> squares(pl.DataFrame({"a": [1, 2]}), [])

#: sqlalchemy_query
from sqlalchemy import create_engine, text

def count():
    engine = create_engine("sqlite://")
    with engine.connect() as conn:
        return conn.execute(text("select 1")).scalar()
#> count()

#: sqlalchemy_insert_begin
from sqlalchemy import create_engine, text

def store(rows):
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        conn.execute(text("create table t (a int)"))
        conn.execute(text("insert into t values (:a)"), [{"a": r} for r in rows])
#> store([1, 2])

#: sqlalchemy_statement_only
from sqlalchemy import Column, Integer, MetaData, Table, select

def statement():
    t = Table("t", MetaData(), Column("a", Integer))
    return str(select(t).where(t.c.a > 1))
#> statement()

#: sqlalchemy_session_add
from sqlalchemy import Column, Integer, create_engine
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()

class Item(Base):
    __tablename__ = "items"
    id = Column(Integer, primary_key=True)

def add_items(n):
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as s:
        s.add_all([Item(id=i) for i in range(n)])
        s.commit()
        return s.query(Item).count()
#> add_items(2)

#: pandas_read_sql_engine
import pandas as pd
from sqlalchemy import create_engine

def roundtrip(df):
    engine = create_engine("sqlite://")
    df.to_sql("t", engine, index=False)
    return pd.read_sql("select * from t", engine)
#> roundtrip(pd.DataFrame({"a": [1]}))

#: requests_url_building
import requests

def url(base, params):
    return requests.Request("GET", base, params=params).prepare().url
#> url("http://x.y/", {"a": 1})

#: requests_get_refused
import requests

def fetch(url):
    try:
        return requests.get(url, timeout=0.2).json()
    except requests.RequestException:
        return None
#> fetch("http://127.0.0.1:9/")

#: requests_session_given_headers
def authorise(session, token):
    session.headers.update({"Authorization": f"Bearer {token}"})
    return session
#> authorise(__import__("requests").Session(), "t")

#: urllib_parse
from urllib.parse import urlencode, urljoin

def link(base, path, **q):
    return urljoin(base, path) + "?" + urlencode(q)
#> link("http://x/", "a", b=1)

#: urlopen_refused
from urllib.request import urlopen

def fetch(url):
    try:
        with urlopen(url, timeout=0.2) as r:
            return r.read()
    except OSError:
        return b""
#> fetch("http://127.0.0.1:9/")

#: socket_refused
import socket

def is_up(host, port):
    with socket.socket() as s:
        s.settimeout(0.2)
        return s.connect_ex((host, port)) == 0
#> is_up("127.0.0.1", 9)

#: xgb_train
import xgboost as xgb

def train(X, y):
    d = xgb.DMatrix(X, label=y)
    return xgb.train({"max_depth": 2, "verbosity": 0}, d, num_boost_round=2)
#> train(__import__("numpy").array([[0.0], [1.0]]), [0, 1])

#: xgb_classifier_given
def fit(model, X, y):
    model.fit(X, y, verbose=False)
    return model
#> fit(__import__("xgboost").XGBClassifier(n_estimators=2), __import__("numpy").array([[0.0], [1.0]]), [0, 1])

#: xgb_predict_given
import xgboost as xgb

def score(booster, X):
    return booster.predict(xgb.DMatrix(X))
#> score(xgb.train({"verbosity": 0}, xgb.DMatrix(__import__("numpy").array([[0.0], [1.0]]), label=[0, 1]), 1), __import__("numpy").array([[0.0]]))

#: xgb_save_model
import xgboost as xgb

def export(model, path):
    model.save_model(path)
#> export(xgb.XGBRegressor(n_estimators=1).fit(__import__("numpy").array([[0.0], [1.0]]), [0, 1]), "m.json")

#: lgbm_fit_local
import lightgbm as lgb

def train(X, y):
    model = lgb.LGBMRegressor(n_estimators=2, min_child_samples=1, verbose=-1)
    return model.fit(X, y).predict(X)
#> train(__import__("numpy").array([[0.0], [1.0], [2.0]]), [0.0, 1.0, 2.0])

#: lgbm_dataset_train
import lightgbm as lgb

def train(X, y, params):
    ds = lgb.Dataset(X, label=y)
    return lgb.train(params, ds, num_boost_round=2)
#> train(__import__("numpy").array([[0.0], [1.0], [2.0]]), [0.0, 1.0, 2.0], {"verbose": -1})

#: lgbm_callbacks_record
import lightgbm as lgb

def train(X, y, history):
    ds = lgb.Dataset(X, label=y)
    return lgb.train({"verbose": -1}, ds, 2, valid_sets=[ds], callbacks=[lgb.record_evaluation(history)])
#> train(__import__("numpy").array([[0.0], [1.0], [2.0]]), [0.0, 1.0, 2.0], {})

#: optuna_seeded
import optuna

def best(n):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    study.optimize(lambda t: t.suggest_float("x", -1, 1) ** 2, n_trials=n)
    return study.best_params
#> best(2)

#: optuna_given_study
def tune(study, n):
    study.optimize(lambda t: t.suggest_float("x", -1, 1) ** 2, n_trials=n)
    return study.best_value
#> tune(__import__("optuna").create_study(sampler=__import__("optuna").samplers.RandomSampler(seed=0)), 1)

#: joblib_parallel
from joblib import Parallel, delayed

def squares(xs):
    return Parallel(n_jobs=1)(delayed(pow)(x, 2) for x in xs)
#> squares([1, 2])

#: joblib_parallel_mutates
from joblib import Parallel, delayed

def fill(xs, out):
    Parallel(n_jobs=1)(delayed(out.append)(x) for x in xs)
#> fill([1, 2], [])

#: tqdm_loop
from tqdm import tqdm

def total(xs):
    s = 0
    for x in tqdm(xs):
        s += x
    return s
#> total([1])

#: tqdm_disabled
from tqdm import tqdm

def total(xs):
    return sum(tqdm(xs, disable=True))
#> total([1])

#: yaml_dump_text
import yaml

def show(cfg):
    return yaml.safe_dump(cfg, sort_keys=True)
#> show({"a": 1})

#: yaml_dump_file
import yaml

def store(cfg, path):
    with open(path, "w") as f:
        yaml.safe_dump(cfg, f)
#> store({"a": 1}, "c.yaml")

#: dotenv_like
import os

def load_env(path):
    with open(path) as f:
        for line in f:
            if "=" in line:
                k, v = line.strip().split("=", 1)
                os.environ[k] = v
#> load_env("settings.ini")

#: click_echo
import click

def hello(name):
    click.echo(f"hello {name}")
#> hello("a")

#: rich_print
from rich.console import Console

def hello(name):
    Console().print(name)
#> hello("a")

#: pydantic_model
from pydantic import BaseModel

class User(BaseModel):
    name: str
    tags: list[str] = []

def tagged(user, tag):
    user.tags.append(tag)
    return user
#> tagged(User(name="a"), "x")

#: pydantic_copy
from pydantic import BaseModel

class User(BaseModel):
    name: str
    age: int = 0

def older(user):
    return user.model_copy(update={"age": user.age + 1})
#> older(User(name="a"))

#: attrs_evolve
import attr

@attr.s(auto_attribs=True)
class P:
    x: int = 0

def moved(p, dx):
    return attr.evolve(p, x=p.x + dx)
#> moved(P(), 1)

#: attrs_set
import attr

@attr.s(auto_attribs=True)
class P:
    x: int = 0

def move(p, dx):
    p.x += dx
#> move(P(), 1)

#: bs4_parse
from bs4 import BeautifulSoup

def links(html):
    soup = BeautifulSoup(html, "html.parser")
    return [a["href"] for a in soup.find_all("a")]
#> links("<a href='x'>y</a>")

#: bs4_decompose
from bs4 import BeautifulSoup

def text(html):
    soup = BeautifulSoup(html, "html.parser")
    for s in soup("script"):
        s.decompose()
    return soup.get_text()
#> text("<script>1</script>a")

#: lxml_set
from lxml import etree

def mark(node, value):
    node.set("v", value)
    return etree.tostring(node)
#> mark(etree.Element("a"), "1")

#: et_parse_string
import xml.etree.ElementTree as ET

def tags(text):
    return [e.tag for e in ET.fromstring(text).iter()]
#> tags("<a><b/></a>")

#: et_append_child
import xml.etree.ElementTree as ET

def add(root, tag):
    child = ET.SubElement(root, tag)
    child.text = "x"
    return root
#> add(ET.Element("a"), "b")

#: pil_putpixel
def dot(img):
    img.putpixel((0, 0), 255)
#> dot(__import__("PIL.Image", fromlist=["x"]).new("L", (2, 2)))

#: pil_resize_save
from PIL import Image

def thumb(path):
    img = Image.new("L", (4, 4)).resize((2, 2))
    img.save(path)
#> thumb("t.png")

#: sympy_pure
import sympy as sp

def slope(expr):
    x = sp.Symbol("x")
    return sp.diff(sp.sympify(expr), x)
#> slope("x**2")

#: openpyxl_cell
from openpyxl import Workbook

def sheet(rows):
    wb = Workbook()
    for r in rows:
        wb.active.append(r)
    return wb.active.max_row
#> sheet([[1]])

#: openpyxl_given_sheet
def header(ws, names):
    for i, n in enumerate(names, 1):
        ws.cell(row=1, column=i, value=n)
#> header(__import__("openpyxl").Workbook().active, ["a"])

#: excel_write
import pandas as pd

def export(df, path):
    with pd.ExcelWriter(path) as w:
        df.to_excel(w, sheet_name="a", index=False)
#> export(pd.DataFrame({"a": [1]}), "o.xlsx")

#: parquet_bytes
import io
import pandas as pd

def payload(df):
    buf = io.BytesIO()
    df.to_parquet(buf)
    return buf.getvalue()
#> payload(pd.DataFrame({"a": [1]}))

#: pickle_frame
import pandas as pd

def cache(df, path):
    df.to_pickle(path)
    return pd.read_pickle(path)
#> cache(pd.DataFrame({"a": [1]}), "f.pkl")

#: html_table
def html(df):
    return df.to_html(index=False)
#> html(__import__("pandas").DataFrame({"a": [1]}))

#: info_to_buffer
import io

def info(df):
    buf = io.StringIO()
    df.info(buf=buf)
    return buf.getvalue()
#> info(__import__("pandas").DataFrame({"a": [1]}))

#: info_printed
def info(df):
    df.info()
#> info(__import__("pandas").DataFrame({"a": [1]}))

#: pprint_out
from pprint import pprint

def show(cfg):
    pprint(cfg)
#> show({"a": 1})

#: traceback_text
import traceback

def describe(err):
    return "".join(traceback.format_exception_only(type(err), err))
#> describe(ValueError("a"))

#: traceback_print
import traceback

def attempt(fn):
    try:
        fn()
    except Exception:
        traceback.print_exc()
#> attempt(lambda: 1 / 0)

#: logger_by_name
import logging

def warn_all(rows):
    log = logging.getLogger(__name__)
    for r in rows:
        log.warning("bad %s", r)
#> warn_all([1])

#: logger_add_handler
import logging

def to_file(name, path):
    log = logging.getLogger(name)
    log.addHandler(logging.FileHandler(path))
    return log
#> to_file("zz", "x.log")

#: logging_disable
import logging

def quiet():
    logging.disable(logging.CRITICAL)
#> quiet()

#: timeit_call
import timeit

def speed():
    return timeit.timeit("1 + 1", number=2)
#> speed()

#: shelve_read
import shelve

def save(path, key, value):
    with shelve.open(path) as db:
        db[key] = value
#> save("s", "a", 1)

#: mmap_like_seek
def tail(fh, n):
    fh.seek(0, 2)
    size = fh.tell()
    fh.seek(max(0, size - n))
    return fh.read()
#> tail(open("notes.txt"), 3)

#: file_given_iterated
def longest(fh):
    return max(fh, key=len)
#> longest(open("notes.txt"))

#: file_given_closed
def finish(fh):
    fh.close()
#> finish(open("notes.txt"))

#: csv_writer_path
import csv

def export(path, rows):
    with open(path, "w", newline="") as f:
        w = csv.DictWriter(f, fieldnames=list(rows[0]))
        w.writeheader()
        w.writerows(rows)
#> export("o.csv", [{"a": 1}])

#: json_lines_read
import json

def records(path):
    with open(path) as f:
        return [json.loads(line) for line in f]
#> records("data.json")

#: tar_add
import tarfile

def pack(out, names):
    with tarfile.open(out, "w:gz") as t:
        for n in names:
            t.add(n)
#> pack("o.tgz", ["notes.txt"])

#: make_archive
import shutil

def pack(folder):
    return shutil.make_archive("bundle", "zip", folder, "data.csv")
#> pack(".")

#: stat_mtime
import os

def is_newer(a, b):
    return os.path.getmtime(a) > os.path.getmtime(b)
#> is_newer("notes.txt", "data.csv")

#: disk_usage
import shutil

def free(path):
    return shutil.disk_usage(path).free
#> free(".")

#: which_tool
import shutil

def has(tool):
    return shutil.which(tool) is not None
#> has("sh")

#: platform_name
import platform

def host():
    return platform.system()
#> host()

#: sys_version_only
import sys

def is_new():
    return sys.version_info >= (3, 10)
#> is_new()

#: expanduser
import os

def home_file(name):
    return os.path.join(os.path.expanduser("~"), name)
#> home_file("a")

#: path_resolve
from pathlib import Path

def absolute(p):
    return Path(p).resolve()
#> absolute("notes.txt")

#: cwd
from pathlib import Path

def here():
    return Path.cwd().name
#> here()
