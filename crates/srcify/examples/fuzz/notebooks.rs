//! Notebooks of every version, with what is odd in them where it is odd in real ones.

use crate::random::Random;

/// A notebook of the paragraphs of some code.
pub fn notebook(random: &mut Random, code: &str) -> String {
    let cells: Vec<String> = code
        .split("\n\n")
        .map(|paragraph| cell(random, paragraph))
        .collect();
    let cells = format!("[{}]", cells.join(", "));
    let metadata = random.pick(&[
        "{}",
        "null",
        r#"{"language_info": {"name": "python", "version": "3.11"}}"#,
        r#"{"kernelspec": {"name": "python2", "language": "python"}}"#,
        r#"{"kernelspec": {"name": "ir", "display_name": "R"}}"#,
        r#"{"papermill": {"parameters": {"x": 1}}, "jupytext": {"cell_markers": "\"\"\""}}"#,
        r#"{"a": [[[[[[[[{"b": {}}]]]]]]]]}"#,
    ]);
    let minor = random.pick(&["0", "2", "4", "5", "99", "-1", "\"4\"", "null", "1e9"]);
    let text = match random.below(8) {
        0 => format!(
            r#"{{"metadata": {metadata}, "nbformat": 3, "nbformat_minor": {minor}, "worksheets": [{{"cells": {cells}}}]}}"#
        ),
        1 => format!(
            r#"{{"nbformat": 2, "worksheets": [{{"cells": {cells}}}, {{"cells": []}}, {{}}]}}"#
        ),
        2 => format!(r#"{{"cells": {cells}}}"#),
        3 => format!(r#"{{"cells": [], "cells": {cells}, "nbformat": 4, "nbformat": 3}}"#),
        _ => format!(
            r#"{{"cells": {cells}, "metadata": {metadata}, "nbformat": 4, "nbformat_minor": {minor}}}"#
        ),
    };
    if random.once_in(10) {
        return text.replace(", ", ",\n \t").replace(": ", " :\r\n");
    }
    text
}

fn cell(random: &mut Random, paragraph: &str) -> String {
    let kind = random.pick(&[
        "code", "code", "code", "code", "markdown", "raw", "heading", "", "Code",
    ]);
    let count = random.pick(&["null", "1", "2", "3", "\"x\"", "-1", "1.5", "[]"]);
    let key = random.pick(&["source", "source", "source", "source", "input", "Source"]);
    let source = source(random, paragraph);
    let metadata = random.pick(&[
        "{}",
        "null",
        r#"{"tags": ["parameters"]}"#,
        r#"{"tags": ["srcify:drop", 1]}"#,
        r#"{"tags": "hide"}"#,
        r#"{"language": "bash"}"#,
        r#"{"vscode": {"languageId": "r"}}"#,
        r#"{"cellView": "form"}"#,
        r#"{"slideshow": {"slide_type": "skip"}, "collapsed": true}"#,
    ]);
    let more = random.pick(&[
        "",
        r#", "id": "a""#,
        r#", "outputs": []"#,
        r#", "outputs": [{"output_type": "stream", "text": ["a\n", 1]}]"#,
        r#", "outputs": [{"data": {"image/png": "iVBOR\u0000w0K=="}, "output_type": "display_data"}]"#,
        r#", "outputs": {"a": "]}\"\\"}"#,
        r#", "attachments": {"a.png": {"image/png": "x"}}"#,
        r#", "language": "python", "level": 2"#,
        r#", "prompt_number": 7"#,
        r#", "source": "y = 2""#,
    ]);
    match random.below(20) {
        0 => "null".to_owned(),
        1 => format!(r#"{{"{key}": {source}}}"#),
        _ => format!(
            r#"{{"cell_type": "{kind}", "execution_count": {count}, "metadata": {metadata}, "{key}": {source}{more}}}"#
        ),
    }
}

/// A source in one of the forms that it has in files.
fn source(random: &mut Random, paragraph: &str) -> String {
    let text = |part: &str| serde_json::to_string(part).unwrap_or_default();
    match random.below(10) {
        0..=3 => text(paragraph),
        4..=6 => {
            let lines: Vec<String> = paragraph.split_inclusive('\n').map(text).collect();
            format!("[{}]", lines.join(", "))
        }
        7 => {
            let lines: Vec<String> = paragraph.lines().map(text).collect();
            format!("[{}, null]", lines.join(", "))
        }
        8 => text(&paragraph.replace('\n', "\r\n")),
        _ => {
            let mut escaped = String::new();
            for character in paragraph.chars() {
                escaped.push_str(&format!("\\u{:04x}", u32::from(character) & 0xffff));
            }
            format!("\"{escaped}\\ud800\"")
        }
    }
}
