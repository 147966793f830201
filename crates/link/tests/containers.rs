//! Settings that are kept together, under names of their own.

use camino::Utf8Path;
use expect_test::{Expect, expect};
use srcify_link::open_containers;
use srcify_syntax::{parse, read};

fn check(text: &str, expected: Expect) {
    let read = read(Utf8Path::new("input.py"), text.as_bytes()).expect("the text is UTF-8");
    let program = open_containers(parse(read.output).output);
    expected.assert_eq(&program.source.text);
}

#[test]
fn a_class_of_constants_becomes_its_constants() {
    check(
        "class CFG:\n    \"\"\"All settings.\"\"\"\n    # step size\n    lr = 0.1\n    rounds: int = 40  # trees\n    half = rounds / 2\n    path = \"a.csv\"\n\nprint(CFG.lr, CFG.half, CFG.path)\n",
        expect![[r#"

            # step size
            lr = 0.1
            rounds: int = 40  # trees
            half = rounds / 2
            cfg_path = "a.csv"

            print(lr, half, cfg_path)
        "#]],
    );
}

#[test]
fn a_dictionary_becomes_its_values_with_their_comments() {
    check(
        "CONFIG = {\n    # where\n    \"data\": {\"path\": \"a.csv\"},\n    \"train\": {\"lr\": 0.1,  # step\n              \"layers\": [1,\n                         2]},\n}\ndef fit(x):\n    return x * CONFIG[\"train\"][\"lr\"]\nprint(CONFIG[\"data\"][\"path\"], fit(CONFIG[\"train\"][\"layers\"][0]), CONFIG.get(\"data\")[\"path\"])\n",
        expect![[r#"
            # where
            data_path = "a.csv"
            lr = 0.1  # step
            layers = [1,
                                     2]
            def fit(x):
                return x * lr
            print(data_path, fit(layers[0]), data_path)
        "#]],
    );
}

#[test]
fn a_part_that_is_used_as_a_whole_stays_whole() {
    check(
        "config = {\"params\": {\"depth\": 3, \"seed\": 1}, \"rows\": 5}\nmodel = Model(**config[\"params\"])\nprint(config[\"params\"][\"depth\"], config[\"rows\"])\n",
        expect![[r#"
            params = {"depth": 3, "seed": 1}
            rows = 5
            model = Model(**params)
            print(params["depth"], rows)
        "#]],
    );
}

#[test]
fn a_variable_that_only_names_a_value_gives_it_its_name() {
    check(
        "CONFIG = {\"target\": \"y\", \"epochs\": 3}\ncfg = CONFIG\ncolumn = cfg[\"target\"]\nprint(column, cfg[\"epochs\"], cfg[\"target\"])\n",
        expect![[r#"
            column = "y"
            epochs = 3


            print(column, epochs, column)
        "#]],
    );
}

#[test]
fn names_that_are_taken_get_the_name_of_the_container() {
    check(
        "class CFG:\n    lr = 0.1\n    data = 3\n\ndef fit(lr):\n    return lr * CFG.lr\nprint(fit(2), CFG.data)\n",
        expect![[r"
            cfg_lr = 0.1
            cfg_data = 3

            def fit(lr):
                return lr * cfg_lr
            print(fit(2), cfg_data)
        "]],
    );
}

#[test]
fn a_namespace_and_a_dataclass_are_containers() {
    check(
        "from dataclasses import dataclass, field\nfrom types import SimpleNamespace\nargs = SimpleNamespace(lr=0.1, epochs=3)\n@dataclass\nclass Config:\n    depth: int = 3\n    names: list = field(default_factory=lambda: [\"a\", \"b\"])\ncfg = Config()\nprint(args.lr, args.epochs, cfg.depth, cfg.names)\n",
        expect![[r#"
            from dataclasses import dataclass, field
            from types import SimpleNamespace
            lr = 0.1
            epochs = 3
            depth: int = 3
            names: list = ["a", "b"]

            print(lr, epochs, depth, names)
        "#]],
    );
}

#[test]
fn a_value_of_a_class_that_is_changed_at_module_level_is_a_variable() {
    check(
        "class CFG:\n    debug = True\n    epochs = 30\nif CFG.debug:\n    CFG.epochs = 2\nprint(CFG.epochs)\n",
        expect![[r"
            debug = True
            epochs = 30
            if debug:
                epochs = 2
            print(epochs)
        "]],
    );
}

#[test]
fn other_uses_keep_the_container() {
    for text in [
        "config = {\"a\": 1}\nprint(config, config[\"a\"])\n",
        "config = {\"a\": 1}\nconfig[\"b\"] = 2\nprint(config[\"a\"])\n",
        "config = {\"a\": 1}\nprint(config[\"b\"])\n",
        "config = {\"a\": 1}\nfor key in config:\n    print(config[key])\n",
        "config = {\"a\": 1}\nprint(f\"{config['a']=}\")\n",
        "class CFG:\n    a = 1\ndef f():\n    CFG.a = 2\nf()\nprint(CFG.a)\n",
        "class CFG:\n    a = 1\n    def double(self):\n        return 2 * self.a\nprint(CFG.a)\n",
        "class CFG(Base):\n    a = 1\nprint(CFG.a)\n",
        "class CFG:\n    a = 1\nprint(vars(CFG), CFG.a)\n",
        "class CFG:\n    a = [1, 2]\n    b = [i for i in a]\nprint(CFG.a, CFG.b)\n",
        "class CFG:\n    a = 1\nc = CFG()\nc.a = 2\nprint(CFG.a, c.a)\n",
        "class Namespace:\n    def __init__(self, **more):\n        self.a = 2\nargs = Namespace(a=1)\nprint(args.a)\n",
        "from settings import dataclass\n@dataclass\nclass CFG:\n    a: int = 1\nprint(CFG.a)\n",
        "class CFG:\n    a = 1\n    b = 2\n    double = property(half)\nprint(CFG.a, CFG.double)\n",
        "class CFG:\n    a = 1\n    b = 2\n    apply = half\nc = CFG()\nprint(c.a, c.apply())\n",
        "class CFG:\n    a = [1]\nc = CFG()\nd = CFG()\nprint(c.a, d.a)\n",
        "rows = {\"x\": [1, 2]}\nframe = pd.DataFrame(rows)\n",
    ] {
        let read = read(Utf8Path::new("input.py"), text.as_bytes()).expect("the text is UTF-8");
        let program = open_containers(parse(read.output).output);
        assert_eq!(program.source.text, text);
    }
}
