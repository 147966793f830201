use super::*;

/// Lowers a notebook cell that may use `data` and `x`, and gives its text, without the ends of lines.
#[track_caller]
fn check(code: &str, expected: &str) -> Lowered {
    let bound = BTreeSet::from(["data".to_owned(), "x".to_owned()]);
    let cx = Context {
        number: 3,
        kind: SourceKind::Notebook,
        line: 1,
        bound: &bound,
        methods: &BTreeSet::from(["report".to_owned()]),
        sql: &Sql::default(),
    };
    let lowered = lower(code, &cx);
    let text: Vec<&str> = lowered.text.lines().map(str::trim_end).collect();
    assert_eq!(text.join("\n"), expected);
    for dropped in &lowered.dropped {
        assert!(lowered.text.get(dropped.range.clone()).is_some());
    }
    lowered
}

#[test]
fn display_settings_are_blanked_at_equal_length() {
    let lowered = check("%matplotlib inline\nx = 1\n", "\nx = 1");
    assert_eq!(lowered.text.len(), "%matplotlib inline\nx = 1\n".len());
    assert_eq!(lowered.dropped[0].text, "%matplotlib inline");
    assert_eq!(lowered.dropped[0].reason, "a display setting");
}

#[test]
fn a_percent_sign_inside_a_string_is_text() {
    let code = "x = '''\n%cd data\n!ls\n'''\ny = 7 \\\n  % 2\n";
    check(code, code.trim_end());
}

#[test]
fn measuring_magics_leave_the_statement_and_its_column() {
    let lowered = check(
        "%time model = f()\n%timeit -n 3 -r2 g(x)\n",
        "model = f()\ng(x)",
    );
    assert_eq!(lowered.lines[0].shift, 6);
    assert_eq!(lowered.lines[1].shift, "%timeit -n 3 -r2 ".len() as u32);
    check("%%time\nx = 1\n", "\nx = 1");
    check(
        "\n# timed\n%%capture\n%%time\n!pip install a\nx = 1",
        "\n# timed\n\n\n\nx = 1",
    );
    check("r = %time f(1)", "r = f(1)");
}

#[test]
fn text_that_a_cell_hides_goes_elsewhere() {
    let before = "hidden, stdout_before = io.StringIO(), sys.stdout; sys.stdout = hidden";
    let lowered = check(
        "%%capture\nprint(x)",
        &format!("{before}\nprint(x)\nsys.stdout = stdout_before"),
    );
    assert_eq!(lowered.needs, ["io", "sys"]);
    check(
        "%%capture out\ny = 1\n",
        &format!(
            "{before}\ny = 1\nsys.stdout = stdout_before\nout = types.SimpleNamespace(stdout=hidden.getvalue(), stderr=\"\")"
        ),
    );
    check(
        "%%capture\nfor x in y:\n    train(x)  # loud",
        &format!("{before}\nfor x in y:\n    train(x)  # loud\nsys.stdout = stdout_before"),
    );
    check(
        "%%capture\ny = int(1)\nplt.plot(y)\nModel(y)\n",
        "\ny = int(1)\nplt.plot(y)\nModel(y)\n".trim_end(),
    );
    for loud in ["m.report()", "model.fit(x, verbose=1)", "x.info()"] {
        let text = format!("{before}\n{loud}\nsys.stdout = stdout_before");
        check(&format!("%%capture\n{loud}"), &text);
    }
    check(
        "%%capture\n!make data",
        &format!(
            "{before}\nprint(subprocess.run(\"make data\", shell=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout, end=\"\")\nsys.stdout = stdout_before"
        ),
    );
}

#[test]
fn shell_commands_become_subprocess_calls() {
    check(
        "!git status -s",
        r#"subprocess.run("git status -s", shell=True, check=False)"#,
    );
    check(
        "!ls *.csv | wc -l",
        r#"subprocess.run("ls *.csv | wc -l", shell=True, check=False)"#,
    );
    check(
        "!ls {data}/raw $x $HOME",
        r#"subprocess.run(f"ls {data}/raw {x} $HOME", shell=True, check=False)"#,
    );
    check(
        "!nvidia-smi",
        r#"subprocess.run("nvidia-smi", shell=True, check=False)"#,
    );
    check(
        "!awk '{print $1}' f",
        r#"subprocess.run(["awk", "{print $1}", "f"], check=False)"#,
    );
    check(
        "!echo {data['a']}",
        r#"subprocess.run("echo " + str(data['a']), shell=True, check=False)"#,
    );
    check(
        "files = !ls",
        r#"files = subprocess.run(["ls"], check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout.splitlines()"#,
    );
    check(
        "if x:\n    !rm a\n",
        "if x:\n    subprocess.run([\"rm\", \"a\"], check=False)",
    );
}

#[test]
fn escapes_of_several_lines_keep_the_lines_below() {
    let lowered = check(
        "!cp a \\\n    b\ny = 1\n",
        "subprocess.run([\"cp\", \"a\", \"b\"], check=False)\n\ny = 1",
    );
    assert_eq!(lowered.lines[2].number, 2);
}

#[test]
fn install_commands_are_requirements() {
    let lowered = check(
        "!pip install -q a==1\n%pip install b\npip install c\nif x:\n    %conda install -y d=2\n",
        "\n\n\nif x:\n    pass",
    );
    assert_eq!(lowered.requirements, ["a==1", "b", "c", "d==2"]);
    let lowered = check("%%bash\n# tools\npip install a\n", "\n\n");
    assert_eq!(lowered.requirements, ["a"]);
}

#[test]
fn folders_variables_and_files_have_python_equals() {
    let lowered = check(
        "%cd data/raw\n%env A=b c\n%set_env B x\n",
        "os.chdir(\"data/raw\")\nos.environ[\"A\"] = \"b c\"\nos.environ[\"B\"] = \"x\"",
    );
    assert_eq!(lowered.needs, ["os"]);
    check("%cd ~/x", r#"os.chdir(os.path.expanduser("~/x"))"#);
    check(
        "%%writefile a/b.py\nx = \"1\\n\"",
        "pathlib.Path(\"a/b.py\").write_text(\"\"\"\\\nx = \"1\\\\n\"\n\"\"\", encoding=\"utf-8\")",
    );
    check(
        "%%bash\necho \"a\"\nls\n",
        "subprocess.run([\"bash\", \"-c\", \"\"\"\\\necho \"a\"\nls\n\"\"\"], check=True)",
    );
}

#[test]
fn what_has_no_equal_raises_with_a_warning() {
    let lowered = check(
        "%R library(stats)\n",
        r#"raise NotImplementedError("cell 3: %R …")"#,
    );
    assert_eq!(
        lowered.notes[0].message,
        "`%R …` has no Python equal: it runs R"
    );
    check(
        "%%sql\ndelete from t\n",
        "raise NotImplementedError(\"cell 3: %%sql\")\n",
    );
    check(
        "r = %sql select 1",
        r#"raise NotImplementedError("cell 3: r = %sql …")"#,
    );
}

#[test]
fn a_password_after_a_magic_is_not_shown() {
    for code in [
        "%%sql postgresql://ann:tiger9@localhost/base\ndelete from t\n",
        "r = %sql postgresql://ann:tiger9@localhost/base select 1",
        "get_ipython().magic('unknown postgresql://ann:tiger9@localhost/base')",
    ] {
        let bound = BTreeSet::new();
        let cx = Context {
            number: 1,
            kind: SourceKind::Notebook,
            line: 1,
            bound: &bound,
            methods: &BTreeSet::new(),
            sql: &Sql::default(),
        };
        let lowered = lower(code, &cx);
        assert!(!lowered.text.contains("tiger9"), "{}", lowered.text);
        assert!(!lowered.notes[0].message.contains("tiger9"));
    }
}

#[test]
fn queries_that_only_show_rows_go() {
    let lowered = check("%sql sqlite:///a.db\n%sql select * from t\n", "\n");
    assert_eq!(lowered.dropped.len(), 2);
    check(
        "%%sql\n-- all\nselect 1;\nWITH_\n",
        "raise NotImplementedError(\"cell 3: %%sql\")\n\n\n",
    );
    check("%%sql\nselect 1; show tables\n", "\n");
    check(
        "%%sql\nselect a into b from t\n",
        "raise NotImplementedError(\"cell 3: %%sql\")\n",
    );
}

#[test]
fn stored_values_are_pickles() {
    let lowered = check(
        "%store x\n%store -r data\n",
        "pathlib.Path(\"~/.ipython/profile_default/db/autorestore/x\").expanduser().write_bytes(pickle.dumps(x))\ndata = pickle.loads(pathlib.Path(\"~/.ipython/profile_default/db/autorestore/data\").expanduser().read_bytes())",
    );
    assert_eq!(lowered.needs, ["pathlib", "pickle"]);
    check("%store", "");
    check(
        "%store -r",
        r#"raise NotImplementedError("cell 3: %store …")"#,
    );
}

#[test]
fn files_of_databricks_are_calls() {
    check("%%fs rm -r /tmp/a\n", r#"dbutils.fs.rm("/tmp/a", True)"#);
    check("%%fs ls /mnt\n", "");
}

#[test]
fn the_shell_may_have_a_name() {
    check(
        "ip = get_ipython()\nip.run_line_magic('cd', 'a')\nIPython.get_ipython().magic('cd b')\n",
        "ip = get_ipython()\nos.chdir(\"a\")\nos.chdir(\"b\")",
    );
}

#[test]
fn calls_of_get_ipython_are_the_magics_they_call() {
    check(
        "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().magic('cd d'); x = 1\n",
        "\nos.chdir(\"d\"); x = 1",
    );
    check(
        "get_ipython().magic('who'); x = 1",
        "pass                      ; x = 1",
    );
    check(
        "get_ipython().system('ls -l')",
        r#"subprocess.run(["ls", "-l"], check=False)"#,
    );
    check(
        "get_ipython().run_cell_magic('time', '', 'x = 1\\ny = 2\\n')",
        "x = 1\ny = 2",
    );
}

#[test]
fn help_and_display_cells_are_dropped() {
    check("x?\nx.y??\n?print\nx = 1", "\n\n\nx = 1");
    check("%%html\n<p>\n</p>\n", "\n\n");
    check("ls\nls -l\nwhos\n", "\n\n");
}

#[test]
fn automagic_is_taken_only_where_the_line_is_no_python() {
    check(
        "cd ..\npwd = 1\ntime = 2\n",
        "os.chdir(\"..\")\npwd = 1\ntime = 2",
    );
    check("x = f(\ncat dog)\n", "x = f(\ncat dog)");
}

#[test]
fn an_indented_cell_is_dedented_as_ipython_does() {
    let lowered = check(
        "    x = 1\n    if x:\n        y = 2\n",
        "x = 1\nif x:\n    y = 2",
    );
    assert!(lowered.lines.iter().all(|line| line.shift == 4));
}

#[test]
fn prose_cells_of_databricks_are_prose() {
    assert_eq!(check("%md\n# Title", "").prose.as_deref(), Some("# Title"));
}

#[test]
fn sql_that_changes_a_database_runs_through_its_library() {
    let cells = [
        "%sql sqlite:///a.db",
        "%%sql\n-- all\ninsert into t values (1, ';');\ndelete from t",
        "rows = %sql select * from t",
        "f = rows.DataFrame()",
        "n = %sql select count(*) from t",
        "%%sql m << select 1",
        "print(m)",
        "%%sql\ndelete from t where a = :limit",
    ];
    let expected = [
        "sql_engine = sqlalchemy.create_engine(\"sqlite:///a.db\")",
        "with sql_engine.begin() as sql_connection:\n    sql_connection.exec_driver_sql(\"insert into t values (1, ';')\")\n    sql_connection.exec_driver_sql(\"delete from t\")\n",
        "rows = pandas.read_sql_query(\"select * from t\", sql_engine)",
        "f = rows",
        "n = sql_engine.connect().exec_driver_sql(\"select count(*) from t\").fetchall()",
        "raise NotImplementedError(\"cell 1: %%sql …\")",
        "print(m)",
        "raise NotImplementedError(\"cell 1: %%sql\")\n",
    ];
    check_cells(&cells, &expected);
}

#[test]
fn values_of_python_go_into_sql() {
    let cells = [
        "%sql $url",
        "%sql insert into t values (:low, ':a'::text)",
        "rows = %sql select * from t where a > :low",
        "f = rows.DataFrame()",
        "%%sql m << select * from {table}",
        "q = %sql {query}",
        "%%sql\ndelete from t where a = :unknown",
        "r = %sql select '{{table}}'",
    ];
    let expected = [
        "sql_engine = sqlalchemy.create_engine(url)",
        "raise NotImplementedError(\"cell 1: %sql …\")",
        "rows = pandas.read_sql_query(sqlalchemy.text(\"select * from t where a > :low\"), sql_engine, params={\"low\": low})",
        "f = rows",
        "m = sql_engine.connect().exec_driver_sql(f\"select * from {table}\").fetchall()",
        "q = sql_engine.connect().exec_driver_sql(str(query)).fetchall()",
        "raise NotImplementedError(\"cell 1: %%sql\")\n",
        "raise NotImplementedError(\"cell 1: r = %sql …\")",
    ];
    check_cells(&cells, &expected);
}

#[test]
fn bigquery_runs_through_its_client() {
    check(
        "%%bigquery df --project shop\nselect 1",
        "df = google.cloud.bigquery.Client(project=\"shop\").query(\"\"\"\\\nselect 1\n\"\"\").to_dataframe()",
    );
    check("%%bigquery\nselect 1", "\n");
    check(
        "%%bigquery df --params $values\nselect @a",
        "raise NotImplementedError(\"cell 3: %%bigquery …\")",
    );
}

#[test]
fn a_run_gives_nothing() {
    check(
        "result = %run other.py",
        "get_ipython().run_line_magic(\"run\", \"other.py\")\nresult = None",
    );
    check(
        "result = %run -p other.py",
        "raise NotImplementedError(\"cell 3: result = %run …\")",
    );
}

/// Lowers the cells of one input, in which `low`, `table`, `query` and `url` are bound.
#[track_caller]
fn check_cells(cells: &[&str], expected: &[&str]) {
    let mut blocks: Vec<crate::draft::Block> = Vec::new();
    for (number, text) in (1..).zip(cells) {
        let part = crate::draft::Part::Code;
        blocks.push(crate::draft::Block::new(part, number, (*text).to_owned()));
    }
    let sql = survey(&blocks);
    let bound: BTreeSet<String> = ["low", "table", "query", "url"].map(str::to_owned).into();
    let methods = BTreeSet::new();
    for (text, expected) in cells.iter().zip(expected) {
        let cx = Context {
            number: 1,
            kind: SourceKind::Notebook,
            line: 1,
            bound: &bound,
            methods: &methods,
            sql: &sql,
        };
        let lowered = lower(&spell_frames(&sql, text), &cx).text;
        assert_eq!(lowered.trim_end(), expected.trim_end());
    }
}

#[test]
fn watched_modules_are_imported() {
    check("%aimport os, os.path, -sys\n", "import os, os.path");
    let lowered = check("%aimport\n", "");
    assert_eq!(lowered.dropped[0].reason, "a setting of the notebook");
    check("%aimport -sys\n", "");
}
