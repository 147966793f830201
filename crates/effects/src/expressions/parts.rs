//! What attributes of results, models and arrays appear to be.

use crate::Type;

/// What principal components of tables, or of arrays, are made of.
pub(super) fn component(ty: &Type, name: &str) -> Option<Type> {
    if ty.name == "scipy.stats._stats_py.SignificanceResult" {
        // Of more than two columns it has the correlation of each with each.
        return match name {
            "statistic" | "correlation" => ty.arguments.first().cloned(),
            "pvalue" => ty.arguments.get(1).cloned(),
            _ => None,
        };
    }
    if ty.name != "statsmodels.multivariate.pca.PCA" {
        return None;
    }
    let is_table = ty.arguments.first()?.name == "pandas.Series";
    let class = match name {
        "loadings" | "factors" | "scores" | "eigenvecs" | "projection" | "coeff" if is_table => {
            "pandas.DataFrame"
        }
        "eigenvals" | "rsquare" if is_table => "pandas.Series",
        "loadings" | "factors" | "scores" | "eigenvecs" | "projection" | "coeff" | "eigenvals"
        | "rsquare" => "numpy.ndarray",
        _ => return None,
    };
    Some(Type::new(class))
}

/// What models of statsmodels estimate: numbers all.
pub(super) const ESTIMATES: &[&str] = &[
    "params",
    "bse",
    "tvalues",
    "pvalues",
    "resid",
    "fittedvalues",
    "wresid",
    "resid_pearson",
];

/// The array that an attribute appears to be: a transposed one, the values of a column, what a fit estimated.
pub(super) fn told_part(ty: &Type, name: &str) -> Option<Type> {
    let vector = |element: &str| {
        let arguments = [element, "vector"].map(Type::new).to_vec();
        Some(Type::generic("numpy.ndarray", arguments))
    };
    match (ty.name.as_str(), name) {
        ("numpy.ndarray", "T" | "real" | "imag") => Some(ty.clone()),
        ("pandas.Series", "values") if let Some(element) = ty.arguments.first() => {
            vector(&element.name)
        }
        ("pandas.Series" | "pandas.Index", "values") => vector("unknown"),
        (class, _) if class.starts_with("statsmodels.") && ESTIMATES.contains(&name) => {
            // Where several things are explained, there is a column for each; of those no data are kept.
            let is_one = ty
                .arguments
                .first()
                .is_some_and(|it| it.name == "numpy.ndarray");
            vector("number").filter(|_| is_one)
        }
        _ => None,
    }
}
