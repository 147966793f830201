#: train_and_score
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

def train_and_score(X, y):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=0, stratify=y)
    clf = LogisticRegression(max_iter=200)
    clf.fit(X_train, y_train)
    acc = accuracy_score(y_test, clf.predict(X_test))
    print("accuracy: %.3f" % acc)
    return clf, acc
#> train_and_score([[0.0], [1.0], [0.1], [0.9]], [0, 1, 0, 1])

#: scale_with_given_scaler
from sklearn.preprocessing import StandardScaler

def scale(train, test, scaler):
    train_s = scaler.fit_transform(train)
    test_s = scaler.transform(test)
    return train_s, test_s
#> scale([[0.0], [1.0]], [[2.0]], StandardScaler())

#: scale_fresh
from sklearn.preprocessing import MinMaxScaler

def scale(train, test):
    scaler = MinMaxScaler()
    return scaler.fit_transform(train), scaler.transform(test)
#> scale([[0.0], [1.0]], [[2.0]])

#: clone_before_fit
from sklearn.base import clone
from sklearn.linear_model import Ridge

def fit_all(model, datasets):
    fitted = []
    for X, y in datasets:
        m = clone(model)
        m.fit(X, y)
        fitted.append(m)
    return fitted
#> fit_all(Ridge(), [([[0.0], [1.0]], [0.0, 1.0])])

#: fit_given
from sklearn.linear_model import Ridge

def rmse(model, X, y):
    model.fit(X, y)
    pred = model.predict(X)
    return sum((p - t) ** 2 for p, t in zip(pred, y)) ** 0.5
#> rmse(Ridge(), [[0.0], [1.0]], [0.0, 1.0])

#: cross_val
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import cross_val_score

def cv(model, X, y):
    scores = cross_val_score(model, X, y, cv=2, scoring="accuracy")
    return scores.mean(), scores.std()
#> cv(RandomForestClassifier(n_estimators=2, random_state=0), [[0], [1], [0], [1]], [0, 1, 0, 1])

#: grid_search
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeClassifier

def tune(X, y):
    grid = GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": [1, 2]}, cv=2)
    grid.fit(X, y)
    params = dict(grid.best_params_)
    params["score"] = grid.best_score_
    return params
#> tune([[0], [1], [0], [1]], [0, 1, 0, 1])

#: pipeline
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
import pandas as pd

def build(numeric, categorical):
    num = Pipeline([("imp", SimpleImputer()), ("sc", StandardScaler())])
    pre = ColumnTransformer([("n", num, numeric), ("c", OneHotEncoder(handle_unknown="ignore"), categorical)])
    return Pipeline([("pre", pre), ("clf", LogisticRegression())])

def run(df, target):
    pipe = build(["a"], ["c"])
    pipe.fit(df.drop(columns=target), df[target])
    return pipe.score(df.drop(columns=target), df[target])
#> run(pd.DataFrame({"a": [1.0, 2.0], "c": ["x", "y"], "t": [0, 1]}), "t")

#: forest_unseeded
from sklearn.ensemble import RandomForestRegressor

def importances(X, y, names):
    rf = RandomForestRegressor(n_estimators=3)
    rf.fit(X, y)
    return sorted(zip(rf.feature_importances_, names), reverse=True)
#> importances([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]], [0.0, 1.0, 2.0], ["a", "b"])

#: forest_seeded
from sklearn.ensemble import RandomForestRegressor

def importances(X, y, names, seed=0):
    rf = RandomForestRegressor(n_estimators=3, random_state=seed).fit(X, y)
    return dict(zip(names, rf.feature_importances_))
#> importances([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]], [0.0, 1.0, 2.0], ["a", "b"])

#: kfold_manual
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold

def oof_predict(X, y, n=2):
    oof = np.zeros(len(y))
    for tr, va in KFold(n_splits=n, shuffle=True, random_state=1).split(X):
        model = LinearRegression()
        model.fit(X[tr], y[tr])
        oof[va] = model.predict(X[va])
    return oof
#> oof_predict(np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0.0, 1.0, 2.0, 3.0]))

#: kmeans_elbow
from sklearn.cluster import KMeans
import matplotlib.pyplot as plt
import numpy as np

def elbow(X, ks):
    inertias = []
    for k in ks:
        inertias.append(KMeans(n_clusters=k, n_init=1, random_state=0).fit(X).inertia_)
    plt.plot(ks, inertias, marker="o")
    plt.xlabel("k")
    plt.show()
    return inertias
#> elbow(np.array([[0.0], [1.0], [5.0]]), [1, 2])

#: pca_project
from sklearn.decomposition import PCA
import numpy as np

def project(X, n=1):
    pca = PCA(n_components=n)
    Z = pca.fit_transform(X)
    Z[:, 0] *= -1
    return Z, pca.explained_variance_ratio_
#> project(np.array([[0.0, 1.0], [1.0, 3.0], [2.0, 4.0]]))

#: label_encode
from sklearn.preprocessing import LabelEncoder
import pandas as pd

def label_encode(df, cols):
    encoders = {}
    for c in cols:
        le = LabelEncoder()
        df[c] = le.fit_transform(df[c])
        encoders[c] = le
    return df, encoders
#> label_encode(pd.DataFrame({"c": ["a", "b"]}), ["c"])

#: label_encode_copy
from sklearn.preprocessing import LabelEncoder
import pandas as pd

def label_encode(data, cols):
    df = data.copy()
    le = LabelEncoder()
    for c in cols:
        df[c] = le.fit_transform(df[c].astype(str))
    return df
#> label_encode(pd.DataFrame({"c": ["a", "b"]}), ["c"])

#: custom_transformer
from sklearn.base import BaseEstimator, TransformerMixin
import pandas as pd

class RatioAdder(BaseEstimator, TransformerMixin):
    def __init__(self, num, den):
        self.num = num
        self.den = den

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        X = X.copy()
        X["ratio"] = X[self.num] / X[self.den]
        return X

def add_ratio(df):
    return RatioAdder("a", "b").fit_transform(df)
#> add_ratio(pd.DataFrame({"a": [1.0], "b": [2.0]}))

#: partial_fit_stream
from sklearn.linear_model import SGDRegressor
import numpy as np

def stream(model, batches):
    for X, y in batches:
        model.partial_fit(X, y)
    return model.coef_.copy()
#> stream(SGDRegressor(random_state=0), [(np.array([[0.0], [1.0]]), np.array([0.0, 1.0]))])

#: tfidf_top_terms
from sklearn.feature_extraction.text import TfidfVectorizer

def top_terms(docs, n=2):
    vec = TfidfVectorizer(stop_words=None)
    m = vec.fit_transform(docs)
    scores = m.sum(axis=0).A1
    order = scores.argsort()[::-1][:n]
    names = vec.get_feature_names_out()
    return [names[i] for i in order]
#> top_terms(["big cat", "big dog"])

#: confusion_plot
from sklearn.metrics import confusion_matrix
import matplotlib.pyplot as plt

def plot_cm(y, p, ax=None):
    cm = confusion_matrix(y, p)
    if ax is None:
        fig, ax = plt.subplots()
    ax.imshow(cm)
    for i in range(cm.shape[0]):
        for j in range(cm.shape[1]):
            ax.text(j, i, cm[i, j], ha="center")
    return cm
#> plot_cm([0, 1], [0, 1])

#: joblib_dump
import joblib
from sklearn.linear_model import LinearRegression

def persist(X, y, path="m.joblib"):
    model = LinearRegression().fit(X, y)
    joblib.dump(model, path)
    return path
#> persist([[0.0], [1.0]], [0.0, 1.0])

#: pickle_bytes
import pickle

def clone_by_pickle(obj):
    blob = pickle.dumps(obj)
    return len(blob)
#> clone_by_pickle({"a": [1]})

#: ols_summary
import numpy as np
import statsmodels.api as sm

def ols(x, y):
    X = sm.add_constant(x)
    res = sm.OLS(y, X).fit()
    return res.params, res.rsquared
#> ols(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.1, 2.1]))

#: ols_formula_print
import pandas as pd
import statsmodels.formula.api as smf

def fit_formula(df):
    res = smf.ols("y ~ x", data=df).fit()
    print(res.summary().tables[1])
    return res.pvalues["x"]
#> fit_formula(pd.DataFrame({"x": [0.0, 1.0, 2.0, 3.0], "y": [0.0, 1.1, 2.1, 2.9]}))

#: ttest
from scipy import stats

def compare(a, b, alpha=0.05):
    t, p = stats.ttest_ind(a, b, equal_var=False)
    return {"t": float(t), "p": float(p), "significant": bool(p < alpha)}
#> compare([1.0, 2.0, 3.0], [2.0, 3.0, 5.0])

#: curve_fit
import numpy as np
from scipy.optimize import curve_fit

def fit_exp(t, y):
    def model(t, a, b):
        return a * np.exp(b * t)
    popt, pcov = curve_fit(model, t, y, p0=(1.0, 0.1))
    return popt, np.sqrt(np.diag(pcov))
#> fit_exp(np.array([0.0, 1.0, 2.0]), np.array([1.0, 1.5, 2.2]))

#: minimise_with_trace
from scipy.optimize import minimize

def minimise(x0):
    trace = []
    def f(x):
        trace.append(x.copy())
        return float(((x - 1) ** 2).sum())
    res = minimize(f, x0, method="Nelder-Mead", options={"maxiter": 5})
    return res.x, len(trace)
#> minimise([0.0, 0.0])

#: minimise_callback_prints
from scipy.optimize import minimize

def minimise(x0):
    return minimize(lambda x: (x[0] - 1) ** 2, x0, callback=lambda x: print(x), options={"maxiter": 2}).fun
#> minimise([0.0])

#: interpolate
import numpy as np
from scipy.interpolate import interp1d

def resample(x, y, n):
    f = interp1d(x, y)
    xn = np.linspace(x[0], x[-1], n)
    return xn, f(xn)
#> resample([0.0, 1.0], [0.0, 2.0], 3)

#: sparse_matrix
from scipy import sparse

def adjacency(edges, n):
    A = sparse.lil_matrix((n, n))
    for i, j in edges:
        A[i, j] = 1
        A[j, i] = 1
    return A.tocsr()
#> adjacency([(0, 1)], 2)

#: smote_like
import numpy as np
from sklearn.utils import resample, shuffle

def oversample(X, y):
    Xm, ym = resample(X[y == 1], y[y == 1], n_samples=2, random_state=0)
    Xn = np.vstack([X, Xm])
    yn = np.concatenate([y, ym])
    return shuffle(Xn, yn, random_state=0)
#> oversample(np.array([[0.0], [1.0]]), np.array([0, 1]))
