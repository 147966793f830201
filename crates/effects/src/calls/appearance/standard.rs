//! What functions of the standard library appear to give, and those of pandas that write into a text.

use super::super::Passed;
use super::super::arrays::is_passed;
use crate::Type;
use crate::expressions::elements::apparent_element;
use crate::expressions::items::is_vector;

/// What a function gives by what it is given.
pub(super) fn of_standard(path: &str, arguments: &[Passed]) -> Option<Type> {
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    let given = || arguments.first()?.value.ty.as_ref();
    let element = || apparent_element(given()?);
    match path {
        "random.choice" => element(),
        "random.choices" | "random.sample" => Some(Type::generic("list", vec![element()?])),
        "dict" | "collections.OrderedDict" if arguments.len() == 1 => {
            let pair = element().and_then(|it| pair_of(&it));
            let given = given().filter(|it| KEYED.contains(&it.name.as_str()));
            let given = given.or(pair.as_ref())?;
            let [key, value] = &given.arguments[..] else {
                return None;
            };
            let known = |it: &Type| {
                let told = Some(it.clone()).filter(|it| !it.is_vague());
                Type::or_unknown(told)
            };
            Some(Type::generic(path, vec![known(key), known(value)]))
        }
        "sum" if arguments.len() == 1 => {
            let element = element()?;
            // Of nothing, the sum is a whole number: numbers of numpy are added up to a number.
            match element.name.as_str() {
                "int" | "bool" => Some(Type::new("int")),
                "float" | "numpy.float64" | "number" => Some(Type::new("float")),
                _ => None,
            }
        }
        "math.prod" if arguments.len() == 1 => {
            let element = element()?;
            matches!(element.name.as_str(), "int" | "float").then_some(element)
        }
        // A group of two or more makes tuples; what is split by a group has it, too, or nothing in its place.
        "re.findall" | "re.split" => {
            let pattern = arguments.first()?.value.literal.as_deref()?;
            let most = usize::from(path == "re.findall");
            (groups(pattern)? <= most).then(|| Type::generic("list", vec![Type::new("str")]))
        }
        "itertools.groupby" => {
            let group = Type::generic("Iterator", vec![element()?]);
            let key = match arguments.get(1) {
                None => element()?,
                Some(_) => Type::or_unknown(None),
            };
            let pair = Type::generic("tuple", vec![key, group]);
            Some(Type::generic("Iterator", vec![pair]))
        }
        "statistics.mean"
        | "statistics.median"
        | "statistics.stdev"
        | "statistics.pstdev"
        | "statistics.variance"
        | "statistics.pvariance"
            if arguments.len() == 1 =>
        {
            let is_number = matches!(element()?.name.as_str(), "int" | "float" | "number");
            is_number.then(|| Type::new("float"))
        }
        _ => of_builtin(path, arguments).or_else(|| of_statistics(path, arguments)),
    }
}

/// A tuple of what several tuples of one length hold at each place.
fn pair_of(ty: &Type) -> Option<Type> {
    let members = ty.members();
    let is_pair = |it: &Type| it.name == "tuple" && it.repeated().is_none();
    let length = members.first()?.arguments.len();
    let are_alike = |it: &Type| is_pair(it) && it.arguments.len() == length;
    if !members.iter().all(are_alike) {
        return None;
    }
    let place = |at: usize| {
        let each = members.iter().map(|it| Some(it.arguments[at].clone()));
        let joined = each.reduce(|known, it| Type::join(known.as_ref(), it.as_ref()));
        Type::or_unknown(joined.flatten())
    };
    Some(Type::generic("tuple", (0..length).map(place).collect()))
}

/// What functions give that need no import, or little more.
fn of_builtin(path: &str, arguments: &[Passed]) -> Option<Type> {
    let given = || arguments.first()?.value.ty.as_ref();
    let element = || apparent_element(given()?);
    match path {
        "divmod" if arguments.len() == 2 => {
            let is_whole = arguments.iter().all(|it| it.value.is("int"));
            is_whole.then(|| Type::generic("tuple", vec![Type::new("int"); 2]))
        }
        "tuple" if arguments.len() == 1 => match given()? {
            it if it.name == "tuple" && !it.arguments.is_empty() => Some(it.clone()),
            _ => Some(Type::tuple_of(element()?)),
        },
        // Letters stand for letters.
        "str.maketrans" if arguments.len() == 2 => {
            Some(Type::generic("dict", vec![Type::new("int"); 2]))
        }
        _ => None,
    }
}

/// Whether a statistic of scipy gives a number for each column, where it is given several: its `axis` is 0 by default.
/// Source: the documentation of each.
pub(super) fn goes_by_columns(path: &str) -> bool {
    let name = ["scipy.stats.distributions.", "scipy.stats."]
        .iter()
        .find_map(|it| path.strip_prefix(it));
    let statistics = ["entropy", "gmean", "hmean", "kurtosis", "sem", "skew"];
    name.is_some_and(|it| statistics.contains(&it))
}

/// What statistics of scipy give, of one column or of several.
fn of_statistics(path: &str, arguments: &[Passed]) -> Option<Type> {
    if arguments.len() != 1 {
        return None;
    }
    match path {
        _ if goes_by_columns(path) => {
            let given = arguments[0].value.ty.as_ref()?;
            let is_one =
                matches!(given.name.as_str(), "pandas.Series" | "list") || is_vector(given);
            is_one.then(|| Type::new("numpy.float64"))
        }
        "scipy.stats.boxcox" => {
            let parts = ["numpy.ndarray", "numpy.float64"].map(Type::new);
            Some(Type::generic("tuple", parts.to_vec()))
        }
        "scipy.stats.spearmanr" => {
            // Of two columns it is a number, of more a matrix.
            let kinds = ["numpy.float64", "numpy.ndarray"].map(Type::new);
            let each = Type::join(Some(&kinds[0]), Some(&kinds[1]))?;
            let class = "scipy.stats._stats_py.SignificanceResult";
            Some(Type::generic(class, vec![each; 2]))
        }
        _ => None,
    }
}

/// Classes with keys and values.
const KEYED: &[&str] = &[
    "dict",
    "collections.Counter",
    "collections.OrderedDict",
    "collections.defaultdict",
];

/// How many groups a pattern has; `None` where it is not certain.
fn groups(pattern: &str) -> Option<usize> {
    // A bracket behind a backslash, or in a set, is none.
    let mut count = 0;
    let mut is_in_set = false;
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '[' => is_in_set = true,
            ']' => is_in_set = false,
            '(' if !is_in_set && letters.peek() != Some(&'?') => count += 1,
            // It may have a name.
            '(' if !is_in_set && pattern.contains("(?P<") => return None,
            _ => {}
        }
    }
    Some(count)
}

/// What is taken out of a column of texts by a pattern, as a column, where there is one group.
pub(super) fn extracted(class: &str, method: &str, arguments: &[Passed]) -> Option<Type> {
    let is_meant = class.ends_with(".StringMethods") && method == "extract";
    let pattern = arguments.first().filter(|_| is_meant)?;
    let expand = arguments
        .iter()
        .find(|it| it.name.as_deref() == Some("expand"))?;
    let is_flat = expand.value.literal.as_deref() == Some("False");
    let count = groups(pattern.value.literal.as_deref()?)?;
    (is_flat && count == 1).then(|| Type::new("pandas.Series"))
}

/// What methods give that write into a text where nothing is named to write into, and nothing else where something is.
pub(super) fn written(class: &str, method: &str, arguments: &[Passed]) -> Option<Type> {
    let at = match method {
        "to_csv" | "to_json" => "path_or_buf",
        "to_string" | "to_markdown" | "to_html" | "to_latex" => "buf",
        _ => return None,
    };
    let is_data = ["pandas.DataFrame", "pandas.Series"].contains(&class);
    let is_free = arguments.iter().all(|it| it.is_keyword) && !is_passed(arguments, &[at]);
    let is_path = |it: &Passed| {
        let is_meant = !it.is_keyword || it.name.as_deref() == Some(at);
        let is_open = it.is_unpacked || it.value.is("None");
        is_meant && !is_open && it.value.apparent().is_some()
    };
    let has_path = arguments.first().is_some_and(is_path);
    let given = if is_free { "str" } else { "None" };
    (is_data && (is_free || has_path)).then(|| Type::new(given))
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn groups_of_patterns() {
        assert_eq!(groups(r"\w+"), Some(0));
        assert_eq!(groups(r"(\d+)-(\d+)"), Some(2));
        assert_eq!(groups(r"\((\d+)\)"), Some(1));
        assert_eq!(groups(r"(?:a|b)+"), Some(0));
        assert_eq!(groups(r"[(]x"), Some(0));
        assert_eq!(groups(r"(?P<year>\d+)"), None);
    }
}
