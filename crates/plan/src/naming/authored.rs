//! Docstrings of functions and classes that the author wrote without any.

use super::decorators::decorator_summary;
use super::gives::{conversion, gives_a_value, is_lookup, looked_up, yields};
use super::words::{NAMING_NOTHING, ends_with_link, is_word};
use super::{is_verb, sentence, snake};

/// The docstring of a function of the author that has none.
pub(crate) fn function_summary(function: &srcify_syntax::ast::StmtFunctionDef) -> String {
    fitting(|most| summary_with(function, most))
}

/// The fullest text that fits on a line, of those that name so many things; else the shortest.
fn fitting(text: impl Fn(usize) -> String) -> String {
    let fits = |text: &String| text.chars().count() <= SUMMARY_LENGTH;
    let mut texts = (1..=MOST_NAMED).rev().map(&text);
    texts.find(fits).unwrap_or_else(|| text(1))
}

/// Whether there is no thing by that name: a letter, a word that links, or says how something is.
fn names_nothing(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    words.len() < 3 || LINKING.contains(&first) || NAMING_NOTHING.contains(&words)
}

/// More parameters and methods are not named.
const MOST_NAMED: usize = 3;
/// Characters of a summary that stands on one line.
const SUMMARY_LENGTH: usize = 84;

/// That docstring, with so many parameters at most.
fn summary_with(function: &srcify_syntax::ast::StmtFunctionDef, most: usize) -> String {
    let name = function.name.as_str();
    let every: Vec<&str> = own_parameters(function);
    let named = every.iter().take(most);
    let parameters: Vec<String> = named.map(|it| format!("`{it}`")).collect();
    let list = listed(&parameters);
    let words = words_of(name);
    let (first, rest) = words.split_once(' ').unwrap_or((&words, ""));
    let is_method = function.parameters.iter().next();
    let is_method = is_method.is_some_and(|it| it.name().as_str() == "self");
    let known = special_summary(name, &list);
    let known = known.or_else(|| is_method.then(|| estimator_summary(name, &parameters))?);
    let known = known.or_else(|| decorator_summary(function, &words));
    let known = known.or_else(|| summary_by_kind(function, &words, &list));
    let known = known.or_else(|| conversion(&words, &list));
    if let Some(text) = known {
        return sentence(&text);
    }
    let acts = is_verb(first) || ACTS.contains(&first);
    let text = match name {
        "main" if list.is_empty() => "Run the program".to_owned(),
        _ if is_quality(&words) && decides(function) => {
            let thing = if list.is_empty() { "it" } else { &list };
            let verb = if parameters.len() > 1 { "are" } else { "is" };
            format!("Tell whether {thing} {verb} {words}")
        }
        _ if is_test(&words) && !list.is_empty() => format!("Run the {words} on {list}"),
        _ if first == "from" && !list.is_empty() => format!("Create an instance from {list}"),
        _ if first == "to" && !rest.is_empty() => match parameters.first() {
            Some(first) => format!("Convert {first} to {rest}"),
            None => format!("Convert it to {rest}"),
        },
        _ if matches!(first, "is" | "has") && !rest.is_empty() => {
            let thing = if list.is_empty() { "it" } else { &list };
            format!("Tell whether {thing} {words}")
        }
        _ if first == "log" && !rest.is_empty() && !list.is_empty() && gives_a_value(function) => {
            format!("Return the {words} of {list}")
        }
        _ if acts || DISPLAY.contains(&first) || !gives_a_value(function) => {
            acting_summary(&words, acts, &parameters, &list)
        }
        _ if is_participle(&words) && !list.is_empty() => format!("Return {list} {words}"),
        _ if names_nothing(&words) && list.is_empty() => format!("Compute `{name}`"),
        _ if names_nothing(&words) => format!("Compute `{name}` of {list}"),
        _ if list.is_empty() && yields(function) => format!("Yield the {words}"),
        _ if yields(function) => format!("Yield the {words}, given {list}"),
        _ if list.is_empty() => format!("Return the {words}"),
        // `precision_at(n)`
        _ if ends_with_link(&words) => format!("Return the {words} {list}"),
        // Of one thing, or of arguments that are single letters; else the words have an "of" of their own.
        _ if parameters.len() == 1 && !words.contains(" of ") => {
            format!("Return the {words} of {list}")
        }
        _ => format!("Return the {words} for {list}"),
    };
    sentence(&text)
}

/// What a function does that acts, or gives nothing.
fn acting_summary(words: &str, acts: bool, parameters: &[String], list: &str) -> String {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let told = if acts || DISPLAY.contains(&first) {
        with_article(first, rest)
    } else {
        words.to_owned()
    };
    match list.is_empty() {
        true if words.contains(' ') => told,
        true if acts => format!("{words} it"),
        true => format!("Run the {words}"),
        false if is_lookup(first) && rest.is_empty() && parameters.len() > 1 => {
            looked_up(first, parameters, list)
        }
        false if matches!(words, "run" | "start") => format!("{told} it, given {list}"),
        false if words.contains(' ') || !acts => format!("{told}, given {list}"),
        false => format!("{words} {list}"),
    }
}

/// What properties, other ways to make an object, and commands are.
fn summary_by_kind(
    function: &srcify_syntax::ast::StmtFunctionDef,
    words: &str,
    list: &str,
) -> Option<String> {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let is = |decorator: &str| is_decorated(function, decorator);
    Some(match first {
        // What a call gives is entered by `with`.
        _ if is("contextmanager") && !is_verb(first) => {
            let given = if list.is_empty() { "" } else { ", given " };
            format!("Run a block within the {words}{given}{list}")
        }
        _ if is("setter") => format!("Set the {words}"),
        "is" | "has" if is("property") && !rest.is_empty() => format!("Whether it {words}"),
        _ if is("property") => format!("The {words}"),
        "of" if is("classmethod") && !list.is_empty() => format!("Create an instance from {list}"),
        "cmd" | "command" if !rest.is_empty() => {
            format!("Run the command `{}`", rest.replace(' ', "-"))
        }
        _ => return None,
    })
}

/// The words of a function's name.
fn words_of(name: &str) -> String {
    // A number tells two functions apart, and says nothing.
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let plain = plain
        .strip_suffix('_')
        .filter(|_| plain != name)
        .unwrap_or(name);
    spelled(&snake(plain.trim_matches('_')).replace('_', " "))
}

/// Words with which no name of a thing begins: `with_lockdown`.
const LINKING: &[&str] = &[
    "after", "at", "before", "by", "for", "in", "of", "on", "to", "under", "with", "without",
];

/// Whether words call a test of something: `adf test`.
fn is_test(words: &str) -> bool {
    let (first, last) = words.split_once(' ').unwrap_or((words, ""));
    last == "test" && !is_verb(first) && !ACTS.contains(&first)
}

/// Whether a word says what was done to something: `weighted`.
fn is_participle(word: &str) -> bool {
    const NOUNS: &[&str] = &["bed", "breed", "feed", "need", "seed", "speed", "weed"];
    word.len() > 4 && word.ends_with("ed") && is_word(word) && !NOUNS.contains(&word)
}

/// Whether a word says how something is: `valid`.
fn is_quality(word: &str) -> bool {
    const QUALITIES: &[&str] = &[
        "alike",
        "close",
        "correct",
        "different",
        "empty",
        "equal",
        "even",
        "invalid",
        "leap",
        "missing",
        "odd",
        "prime",
        "similar",
        "valid",
    ];
    QUALITIES.contains(&word)
}

/// Whether a function gives back the answer to a question, by all of its returns.
fn decides(function: &srcify_syntax::ast::StmtFunctionDef) -> bool {
    use srcify_syntax::ast::{Expr, Stmt, UnaryOp, visitor::Visitor, visitor::walk_stmt};
    struct Returns(Vec<bool>);
    impl<'a> Visitor<'a> for Returns {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Return(it) => self.0.push(it.value.as_deref().is_some_and(is_answer)),
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, statement),
            }
        }
    }
    fn is_answer(value: &Expr) -> bool {
        match value {
            Expr::Compare(_) | Expr::BooleanLiteral(_) => true,
            Expr::BoolOp(it) => it.values.iter().any(is_answer),
            Expr::UnaryOp(it) => it.op == UnaryOp::Not,
            Expr::Call(call) => {
                let name = call.func.as_name_expr();
                name.is_some_and(|it| matches!(it.id.as_str(), "all" | "any" | "bool"))
            }
            _ => false,
        }
    }
    let mut returns = Returns(Vec::new());
    returns.visit_body(&function.body);
    !returns.0.is_empty() && returns.0.iter().all(|it| *it)
}

/// The parameters that a function is about: those that must be given, where there are any, and never `**kwargs`.
fn own_parameters(function: &srcify_syntax::ast::StmtFunctionDef) -> Vec<&str> {
    let parameters = &function.parameters;
    let named = |is_wanted: fn(&srcify_syntax::ast::ParameterWithDefault) -> bool| -> Vec<&str> {
        let plain = parameters.iter_non_variadic_params();
        let names = plain
            .filter(|it| is_wanted(it))
            .map(|it| it.parameter.name.as_str());
        names.filter(|it| !matches!(*it, "self" | "cls")).collect()
    };
    let must_be_given = named(|it| it.default.is_none());
    if !must_be_given.is_empty() {
        return must_be_given;
    }
    match named(|_| true) {
        names if names.is_empty() => parameters
            .vararg
            .iter()
            .map(|it| it.name.as_str())
            .collect(),
        names => names,
    }
}

fn listed(parameters: &[String]) -> String {
    match parameters.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// A verb and its object: "add an edge", "plot the results"; as it is where it is no plain noun.
fn with_article(verb: &str, object: &str) -> String {
    const MASS: &[&str] = &[
        "coverage",
        "data",
        "distance",
        "importance",
        "information",
        "metadata",
        "noise",
        "performance",
        "text",
    ];
    let words: Vec<&str> = object.split(' ').collect();
    let last = words.last().copied().unwrap_or_default();
    let is_plain = words.iter().all(|it| is_word(it) && !JOINTS.contains(it)) && words.len() < 4;
    // "Fit model", "get score": what would be a verb alone is the object here.
    if !is_plain || (words.len() > 1 && is_verb(words[0])) {
        return format!("{verb} {object}").trim_end().to_owned();
    }
    let is_plural = last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("us");
    let article = match verb {
        // "Group mask" may be a mask of groups.
        "group" | "log" | "score" | "sample" => return format!("{verb} {object}"),
        _ if !MAKING.contains(&verb) || is_plural || MASS.contains(&last) => "the",
        _ if object.starts_with(['a', 'e', 'i', 'o', 'u']) => "an",
        _ => "a",
    };
    format!("{verb} {article} {object}")
}

/// Verbs whose object is new, or one of several.
const MAKING: &[&str] = &[
    "add", "append", "build", "create", "define", "delete", "generate", "insert", "make", "open",
    "register", "remove", "render", "send", "simulate", "start",
];

/// Words after which a name goes on with something else.
const JOINTS: &[&str] = &[
    "all",
    "and",
    "any",
    "are",
    "as",
    "at",
    "best",
    "by",
    "each",
    "every",
    "everything",
    "for",
    "from",
    "in",
    "into",
    "is",
    "it",
    "like",
    "many",
    "more",
    "most",
    "new",
    "next",
    "not",
    "of",
    "off",
    "on",
    "one",
    "only",
    "or",
    "out",
    "over",
    "per",
    "plus",
    "so",
    "than",
    "that",
    "then",
    "this",
    "to",
    "two",
    "until",
    "up",
    "using",
    "via",
    "vs",
    "when",
    "where",
    "with",
    "without",
];

/// Verbs that names of functions begin with, beside those of steps.
const ACTS: &[&str] = &[
    "abort",
    "annotate",
    "append",
    "clear",
    "clone",
    "combine",
    "compress",
    "concatenate",
    "configure",
    "crop",
    "decode",
    "delete",
    "demean",
    "download",
    "ensure",
    "execute",
    "expand",
    "fetch",
    "flatten",
    "handle",
    "highlight",
    "insert",
    "inspect",
    "integrate",
    "interpolate",
    "invoke",
    "learn",
    "lemmatize",
    "maximize",
    "minimize",
    "notify",
    "post",
    "process",
    "publish",
    "recommend",
    "register",
    "relate",
    "render",
    "reset",
    "resolve",
    "rotate",
    "save",
    "schedule",
    "send",
    "shrink",
    "shuffle",
    "simulate",
    "solve",
    "swap",
    "tokenize",
    "untransform",
    "upload",
    "validate",
    "verify",
    "wrap",
];

/// What the methods do that estimators have.
fn estimator_summary(name: &str, parameters: &[String]) -> Option<String> {
    let first = parameters.first()?;
    let list = listed(parameters);
    Some(match name {
        "fit" => format!("Learn from {list}"),
        "partial_fit" => format!("Go on learning from {list}"),
        "fit_transform" => format!("Learn from {list}, and transform {first}"),
        "fit_predict" => format!("Learn from {list}, and predict for {first}"),
        "predict" => format!("Return the predictions for {first}"),
        "predict_proba" => format!("Return the predicted probabilities for {first}"),
        "inverse_transform" => format!("Undo the transformation of {first}"),
        "forward" => format!("Compute the output for {list}"),
        "score" => format!("Measure how good the predictions are on {list}"),
        _ => return None,
    })
}

/// What methods do that Python calls itself.
fn special_summary(name: &str, list: &str) -> Option<String> {
    Some(match name {
        "connect" if list.is_empty() => "Open a connection".to_owned(),
        "connect" => format!("Open a connection, given {list}"),
        "__init__" if list.is_empty() => "Set up an instance".to_owned(),
        "__init__" => format!("Set up an instance from {list}"),
        "__new__" if list.is_empty() => "Make an instance".to_owned(),
        "__new__" => format!("Make an instance, given {list}"),
        "__post_init__" => "Complete an instance whose fields are set".to_owned(),
        "__repr__" | "__str__" => "Describe it in a line of text".to_owned(),
        "__len__" => "Count what is in it".to_owned(),
        "__call__" => format!("Apply it to {list}"),
        "__getitem__" => format!("Return the item at {list}"),
        "__setitem__" => "Replace an item".to_owned(),
        "__contains__" => format!("Tell whether {list} is in it"),
        "__iter__" => "Go through its items".to_owned(),
        "__next__" => "Return the next item".to_owned(),
        "__iadd__" => format!("Add {list} to it in place"),
        "__add__" | "__radd__" => format!("Return the sum with {list}"),
        "__sub__" | "__rsub__" => format!("Return the difference to {list}"),
        "__mul__" | "__rmul__" | "__matmul__" => format!("Return the product with {list}"),
        "__truediv__" | "__floordiv__" => format!("Return the quotient by {list}"),
        "__neg__" => "Return it with the other sign".to_owned(),
        "__getattr__" => format!("Return the attribute {list} that it has not"),
        "__format__" => format!("Describe it as {list} says"),
        "__delitem__" => format!("Remove the item at {list}"),
        "__del__" => "Clean up when it goes".to_owned(),
        "__enter__" => "Begin the block that it guards".to_owned(),
        "__exit__" => "End the block that it guards".to_owned(),
        "__init_subclass__" => "Set up a class that is derived from it".to_owned(),
        "__eq__" => format!("Tell whether it equals {list}"),
        "__hash__" => "Return the same number for what is equal".to_owned(),
        "__lt__" | "__le__" => format!("Tell whether it comes before {list}"),
        "__gt__" | "__ge__" => format!("Tell whether it comes after {list}"),
        "__bool__" => "Tell whether there is anything in it".to_owned(),
        _ => return None,
    })
}

/// Whether one of a function's decorators is called so: `property`, `cached_property`, `size.setter`.
fn is_decorated(function: &srcify_syntax::ast::StmtFunctionDef, name: &str) -> bool {
    use srcify_syntax::ast::Expr;
    function.decorator_list.iter().any(|it| {
        let own = match &it.expression {
            Expr::Name(own) => own.id.as_str(),
            Expr::Attribute(own) => own.attr.as_str(),
            _ => "",
        };
        own == name || own.strip_prefix("cached_") == Some(name)
    })
}

/// Words of a name, those in full that analysts abbreviate.
fn spelled(words: &str) -> String {
    let full = words.split(' ').map(|word| match word {
        "avg" => "average",
        "coef" | "coefs" => "coefficients",
        "feats" => "features",
        "fun" | "func" | "fn" => "function",
        "idx" => "index",
        "img" => "image",
        "imgs" => "images",
        "params" => "parameters",
        "prob" => "probability",
        "proba" | "probs" => "probabilities",
        "pred" | "preds" => "predictions",
        "val" => "value",
        "vals" => "values",
        "vec" => "vector",
        "vecs" => "vectors",
        other => other,
    });
    let words = &full.collect::<Vec<_>>().join(" ");
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let verb = match first {
        "calc" => "calculate",
        "eval" => "evaluate",
        "gen" => "generate",
        "init" => "initialize",
        "prep" => "prepare",
        "preproc" => "preprocess",
        "setup" => "set up",
        "viz" => "visualize",
        _ => return words.to_owned(),
    };
    format!("{verb} {rest}").trim_end().to_owned()
}

const DISPLAY: &[&str] = &[
    "plot",
    "print",
    "show",
    "display",
    "draw",
    "visualize",
    "log",
];

/// The docstring of a class of the author that has none.
pub(crate) fn class_summary(class: &srcify_syntax::ast::StmtClassDef) -> String {
    fitting(|most| class_with(class, most))
}

/// That docstring, with so many methods at most.
fn class_with(class: &srcify_syntax::ast::StmtClassDef, most: usize) -> String {
    let name = class.name.as_str();
    let words = snake(name).replace('_', " ");
    let methods: Vec<String> = class
        .body
        .iter()
        .filter_map(|member| member.as_function_def_stmt())
        .filter(|method| !is_decorated(method, "property") && !is_decorated(method, "setter"))
        .map(|method| method.name.to_string())
        .filter(|method| !method.starts_with('_'))
        .take(most)
        .map(|method| format!("`{method}`"))
        .collect();
    if name.ends_with("Error") || name.ends_with("Exception") {
        return format!("Raised for {}.", with_indefinite(&words));
    }
    let kind = class.bases().iter().find_map(kind_of_base);
    let subject = match kind {
        Some(kind) => format!("The {kind} `{name}`"),
        // One letter is no word.
        None if name.len() < 3 => format!("The class `{name}`"),
        None if name.chars().all(|it| it.is_ascii_uppercase()) => {
            capitalized(&with_indefinite(name))
        }
        None if words.ends_with('s') && !words.ends_with("ss") => capitalized(&words),
        None => capitalized(&with_indefinite(&words)),
    };
    let words = if most < MOST_NAMED {
        "methods such as"
    } else {
        "the methods"
    };
    match methods.split_last() {
        // What the kind promises needs no words.
        _ if kind.is_some() => format!("{subject}."),
        Some((last, first)) if !first.is_empty() => {
            format!("{subject} with {words} {} and {last}.", first.join(", "))
        }
        Some((last, _)) if most == 1 => format!("{subject} with {words} {last}."),
        Some((last, _)) => format!("{subject} with the method {last}."),
        None => format!("{subject}."),
    }
}

/// `an api error`, `an MLP`: letters are spoken one by one.
fn with_indefinite(words: &str) -> String {
    const VOWELS: &str = "aeiouAEFHILMNORSX";
    let article = if words.starts_with(|it| VOWELS.contains(it)) {
        "an"
    } else {
        "a"
    };
    format!("{article} {words}")
}

/// What the instances of a class are, by its base.
fn kind_of_base(base: &srcify_syntax::ast::Expr) -> Option<&'static str> {
    use srcify_syntax::ast::Expr;
    let name = match base {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return None,
    };
    match name {
        "Dataset" | "IterableDataset" => Some("dataset"),
        "Module" | "LightningModule" => Some("network"),
        "BaseEstimator" | "ClassifierMixin" | "RegressorMixin" => Some("estimator"),
        "TransformerMixin" => Some("transformer"),
        "Enum" | "IntEnum" | "StrEnum" | "Flag" => Some("enumeration"),
        _ if name.ends_with("Error") || name.ends_with("Exception") => Some("exception"),
        _ => None,
    }
}

fn capitalized(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::{class_summary, function_summary};

    #[test]
    fn summaries_of_classes_say_what_they_are() {
        let summary = |code: &str| {
            let snippet = srcify_syntax::snippet(code);
            let class = snippet.statements()[0].as_class_def_stmt();
            class_summary(class.expect("it is a class"))
        };
        assert_eq!(summary("class MLP: pass"), "An MLP.");
        assert_eq!(summary("class Order: pass"), "An order.");
        assert_eq!(summary("class Orders: pass"), "Orders.");
        assert_eq!(
            summary("class ParseError(ValueError): pass"),
            "Raised for a parse error."
        );
        assert_eq!(
            summary("class OutOfStock(Exception): pass"),
            "The exception `OutOfStock`."
        );
    }

    fn summary(code: &str) -> String {
        let snippet = srcify_syntax::snippet(code);
        let function = snippet.statements()[0].as_function_def_stmt();
        function_summary(function.expect("it is a function"))
    }

    #[test]
    fn abbreviations_are_spelled_out_and_objects_have_an_article() {
        assert_eq!(
            summary("def max_val(tree): return tree[0]"),
            "Return the max value of `tree`."
        );
        assert_eq!(
            summary("def object_to_int(column): return column"),
            "Convert object to int, given `column`."
        );
        assert_eq!(
            summary("def distance_to_center(point): return abs(point)"),
            "Return the distance to center of `point`."
        );
        assert_eq!(
            summary("def fit_model(q): return q"),
            "Fit the model, given `q`."
        );
        assert_eq!(
            summary("def adf_test(series): print(series)"),
            "Run the adf test on `series`."
        );
    }

    #[test]
    fn summaries_of_functions_say_what_their_names_say() {
        assert_eq!(
            summary("def precision_at(n): return n / 2"),
            "Return the precision at `n`."
        );
        assert_eq!(
            summary("def log_returns(p): return p.diff()"),
            "Return the log returns of `p`."
        );
        assert_eq!(summary("def prep(df): return df"), "Prepare `df`.");
        assert_eq!(
            summary("def is_late(day): return day > 3"),
            "Tell whether `day` is late."
        );
        assert_eq!(
            summary("def seed_everything(seed): pass"),
            "Seed everything, given `seed`."
        );
        assert_eq!(
            summary("def age_band(age): return age // 10"),
            "Return the age band of `age`."
        );
        let property = "@property\ndef unit_price(self): return self.price / self.units";
        assert_eq!(summary(property), "The unit price.");
        let property = "@property\ndef is_late(self): return self.days > 3";
        assert_eq!(summary(property), "Whether it is late.");
        assert_eq!(
            summary("def cmd_add(store, options): store.append(options.title)"),
            "Run the command `add`."
        );
        let setter = "@price.setter\ndef price(self, value): self._price = value";
        assert_eq!(summary(setter), "Set the price.");
        assert_eq!(
            summary("@classmethod\ndef from_row(cls, row): return cls(*row)"),
            "Create an instance from `row`."
        );
        assert_eq!(
            summary("def to_celsius(degrees): return (degrees - 32) / 1.8"),
            "Convert `degrees` to celsius."
        );
        assert_eq!(summary("def pipeline(): pass"), "Run the pipeline.");
        assert_eq!(
            summary("def valid(row): return len(row) == 3 and row[1].isdigit()"),
            "Tell whether `row` is valid."
        );
        assert_eq!(
            summary("def weighted(points): return sum(points)"),
            "Return `points` weighted."
        );
        assert_eq!(
            summary("def with_lockdown(day): return day"),
            "Compute `with_lockdown` of `day`."
        );
        assert_eq!(
            summary("def recommend(user): return [user]"),
            "Recommend `user`."
        );
        assert_eq!(
            summary("def __getitem__(self, key): return 1"),
            "Return the item at `key`."
        );
    }
}
