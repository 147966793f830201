//! Verbs of transformers.

/// What a transformer does, by its class: `StandardScaler.fit_transform` scales.
pub(super) fn verb_of_transformer(name: &str) -> Option<&'static str> {
    let mut parts = name.rsplit('.');
    let (method, class) = (parts.next()?, parts.next()?);
    let ends = |endings: &[&str]| endings.iter().any(|it| class.ends_with(it));
    let verb = match method {
        "fit_resample" => "resample",
        "fit_predict" if ends(OUTLIER_CLASSES) => "detect",
        "fit_predict" => "cluster",
        _ if ends(&[
            "Scaler",
            "PowerTransformer",
            "QuantileTransformer",
            "Normalizer",
        ]) =>
        {
            "scale"
        }
        _ if ends(&["Encoder", "LabelBinarizer", "Binarizer", "Discretizer"]) => "encode",
        _ if ends(&["Imputer"]) => "impute",
        _ if ends(&["Vectorizer", "TfidfTransformer"]) => "vectorize",
        _ if ends(PROJECTING_CLASSES) => "project",
        _ => return None,
    };
    Some(verb)
}

const OUTLIER_CLASSES: &[&str] = &[
    "IsolationForest",
    "LocalOutlierFactor",
    "OneClassSVM",
    "EllipticEnvelope",
];

const PROJECTING_CLASSES: &[&str] = &[
    "PCA",
    "TruncatedSVD",
    "NMF",
    "FastICA",
    "TSNE",
    "UMAP",
    "Isomap",
    "MDS",
    "LocallyLinearEmbedding",
    "SpectralEmbedding",
    "LinearDiscriminantAnalysis",
];
