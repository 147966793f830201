//! What the code of packages says that are made from scripts with functions and classes of their own.

use srcify_testing::Sandbox;

/// The files of the package that a script becomes.
fn code_of(input: &str) -> Vec<(String, String)> {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("made.py", input);
    let outcome = sandbox.run(&["convert", "made.py", "-o", "out", "--no-lock"]);
    assert_eq!(outcome.status, Some(0), "{outcome:?}");
    let files = sandbox.files().into_iter();
    files
        .filter_map(|(path, content)| {
            let path = path.as_str().strip_prefix("out/src/made/")?.to_owned();
            Some((path, String::from_utf8_lossy(&content).into_owned()))
        })
        .collect()
}

/// Says that some file of the package holds each of `parts`.
#[track_caller]
fn says(input: &str, parts: &[&str]) {
    let code = code_of(input);
    for part in parts {
        assert!(
            code.iter().any(|(_, text)| text.contains(part)),
            "no `{part}`: {code:#?}"
        );
    }
}

#[track_caller]
fn never_says(input: &str, parts: &[&str]) {
    let code = code_of(input);
    for part in parts {
        let found = code.iter().find(|(_, text)| text.contains(part));
        assert!(found.is_none(), "`{part}`: {found:#?}");
    }
}

#[test]
fn types_with_a_name_stand_at_the_head_of_modules() {
    let input = "from typing import Callable, Dict, List, Optional, Tuple\n\n\nclass Node:\n    def __init__(self, at: int):\n        self.at = at\n\n\nPlace = Tuple[int, int]\nGrid = List[List[int]]\nNodes = List[Node]\nVisit = Callable[[Node], None]\nIndex = Dict[str, \"Node\"]\nFound = Optional[Node]\n\n\nclass Board:\n    def __init__(self, size: Place):\n        self.rows, self.cols = size\n\n    def blank(self) -> Grid:\n        return [[0] * self.cols for _ in range(self.rows)]\n\n\ndef each(nodes: Nodes, visit: Visit) -> None:\n    for node in nodes:\n        visit(node)\n\n\ndef index(nodes: Nodes) -> Index:\n    return {str(node.at): node for node in nodes}\n\n\ndef first(nodes: Nodes) -> Found:\n    return nodes[0] if nodes else None\n\n\nnodes = [Node(3)]\neach(nodes, lambda it: print(it.at))\nprint(Board((2, 3)).blank(), len(index(nodes)), first([]))\n";
    says(
        input,
        &[
            "\nPlace = tuple[int, int]\n",
            "\nGrid = list[list[int]]\n",
            "\nNodes = list[Node]\n",
            "\nVisit = Callable[[Node], None]\n",
            "\nIndex = dict[str, \"Node\"]\n",
            "\nFound = Node | None\n",
            "\nclass Board:\n",
            "    def blank(self) -> Grid:\n",
            "\ndef first(nodes: Nodes) -> Found:\n",
        ],
    );
    // What the program looks at stays the object that it was.
    says(
        &format!("{input}print(Place)\n"),
        &["Place = Tuple[int, int]\n", "\nGrid = list[list[int]]\n"],
    );
    // An entry of a table is no type.
    never_says(
        "import sys\n\nsizes = [[1, 2], [3, 4]]\nlist = {1: 2}\nsize = list[1]\n\n\ndef area():\n    return size * 2\n\n\nprint(area(), sizes, sys.argv)\n",
        &["\nsize = list[1]\n"],
    );
}
