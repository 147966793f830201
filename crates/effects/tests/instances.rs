//! What single objects hold: each what its own methods set to it, copies what was copied.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../bench/score.rs"]
mod score;

/// Which parameters `f` changes.
fn check(python: &str, changes: &[&str]) {
    let facts = &score::graph_of(python).functions["f"];
    let found: Vec<&str> = facts.mutates.iter().map(String::as_str).collect();
    assert_eq!(found, changes, "{python}");
}

const BOX: &str = "import copy\nclass Box:\n    def __init__(self, items):\n        self.items = items\n        self.table = {}\n    def grow(self, other):\n        self.items.extend(other.items)\n        return self\n    def put(self, item):\n        self.items.append(item)\n        self.table[0] = item\n    def take(self, other):\n        self.items = other.items\n";

#[test]
fn an_object_holds_what_it_was_given_and_not_what_others_were() {
    let with = |body: &str| {
        format!(
            "{BOX}def f(a, b):\n    {}\nf(Box([1]), Box([2]))\n",
            body.replace('\n', "\n    ")
        )
    };
    check(&with("a.grow(b)"), &["a"]);
    check(&with("a.items.append(len(b.items))"), &["a"]);
    check(&with("b.grow(a)\nreturn a"), &["b"]);
    // What the one takes from the other, both have.
    check(&with("a.take(b)\na.items.append(1)"), &["a", "b"]);
    check(&with("for it in (a, b):\n    it.put(1)"), &["a", "b"]);
    check(&with("put = [a.put, b.put][0]\nput(1)"), &["a", "b"]);
    let shared = format!("{BOX}def f(a, b):\n    a.grow(b)\nrows = []\nf(Box(rows), Box(rows))\n");
    check(&shared, &["a", "b"]);
    // What all objects of a class share is none of theirs: it is state of the program.
    let shared = "class Box:\n    items = []\n    def grow(self, other):\n        self.items.extend(other.items)\ndef f(a, b):\n    a.grow(b)\nf(Box(), Box())\n";
    check(shared, &[]);
    let effects = &score::graph_of(shared).functions["f"].effects;
    assert_eq!(effects.to_string(), "global-state");
    let set = format!(
        "{BOX}def f(a, b):\n    setattr(a, 'items', b.items)\n    a.items.append(1)\nf(Box([1]), Box([2]))\n"
    );
    check(&set, &["a", "b"]);
}

#[test]
fn what_an_attribute_holds_is_what_was_put_in() {
    let with = |body: &str, given: &str| {
        format!(
            "{BOX}def f(given):\n    box = Box([])\n    {}\nf({given})\n",
            body.replace('\n', "\n    ")
        )
    };
    check(
        &with("box.put(given)\nbox.table[0].append(1)", "[]"),
        &["given"],
    );
    check(
        &with("box.put(given.copy())\nbox.table[0].append(1)", "[]"),
        &[],
    );
    check(
        &with("box.put(dict(given))\nbox.table[0]['a'] = 1", "{}"),
        &[],
    );
    check(
        &with(
            "inner = []\nbox.put(inner)\ninner.append(given)\nbox.table[0][0].append(1)",
            "[]",
        ),
        &["given"],
    );
    check(
        &with(
            "items = box.items\nitems.append(given)\nbox.items[0].append(1)",
            "[]",
        ),
        &["given"],
    );
}

#[test]
fn a_deep_copy_has_lists_of_its_own() {
    let with = |class: &str, body: &str| {
        format!(
            "{BOX}{class}def f(given):\n    twin = copy.deepcopy(given)\n    {}\n    return twin\nf(Box([1]))\n",
            body.replace('\n', "\n    ")
        )
    };
    check(&with("", "twin.table['a'] = 1\ntwin.put(1)"), &[]);
    check(
        &with("", "twin.take(given)\ntwin.items.append(1)"),
        &["given"],
    );
    check(
        &with("", "twin.table = given.table\ntwin.table['a'] = 1"),
        &["given"],
    );
    let shallow = with("", "twin.table['a'] = 1").replace("deepcopy", "copy");
    check(&shallow, &["given"]);
    // Who says how it is copied may keep what it likes.
    let by_hand = "    def __deepcopy__(self, memo):\n        return Box(self.items)\n";
    check(&with(by_hand, "twin.items.append(1)"), &["given"]);
}

#[test]
fn figures_are_only_looked_at_by_what_gets() {
    let with = |body: &str| {
        format!(
            "import matplotlib.pyplot as plt\ndef f(ax):\n    for it in ax.patches:\n        {body}\n"
        )
    };
    check(&with("print(it.get_height(), it.get_x())"), &[]);
    check(&with("it.set_height(1)"), &["ax"]);
}

#[test]
fn objects_that_a_function_is_given_have_parts_of_their_own() {
    let with = |body: &str| {
        format!(
            "{BOX}def f(a: Box, b: Box):\n    {}\n",
            body.replace('\n', "\n    ")
        )
    };
    check(&with("a.grow(b)"), &["a"]);
    check(&with("a.items[0].append(len(b.items))"), &["a"]);
    check(&with("c = Box(a.items[:])\nc.items.append(1)"), &[]);
    check(&with("c = Box([])\nc.grow(a)\nc.items.append(b)"), &[]);
    check(&with("c = Box(a.items)\nc.items.append(1)"), &["a"]);
    check(&with("a.take(b)\na.items.append(1)"), &["a", "b"]);
    check(&with("a.put(b)\na.items[0].items.append(1)"), &["a", "b"]);
    check(&with("for it in (a, b):\n    it.put(1)"), &["a", "b"]);
    check(&with("c = a if b else b\nc.items.append(1)"), &["a", "b"]);
}

#[test]
fn what_is_filled_again_from_a_copy_is_as_it_was() {
    let with = |start: &str, end: &str| {
        format!(
            "def f(d):\n    {start}\n    try:\n        return len(d)\n    finally:\n        {end}\n"
        )
    };
    let filled = "d.clear()\n        d.update(old)";
    check(
        &with("old = dict(d)\n    d.update(x=1)\n    d['y'] = 2", filled),
        &[],
    );
    check(
        &with("old = d[:]\n    d.append(1)\n    d.sort()", "d[:] = old"),
        &[],
    );
    check(&with("d.depth += 1", "d.depth -= 1"), &[]);
    // Parts are not copied, and what is not emptied keeps what was put into it.
    check(&with("old = dict(d)\n    d['x']['y'] = 1", filled), &["d"]);
    check(
        &with("old = dict(d)\n    d['x'] = 1", "d.update(old)"),
        &["d"],
    );
    check(&with("d.depth += 2", "d.depth -= 1"), &["d"]);
}
