#: estimator_fit_argument
from sklearn.linear_model import LinearRegression

def f(model, X, y):
    model.fit(X, y)
    return model.score(X, y)
#> f(LinearRegression(), [[0.0], [1.0]], [0.0, 1.0])

#: estimator_fit_local
from sklearn.linear_model import LinearRegression

def f(X, y):
    model = LinearRegression()
    model.fit(X, y)
    return model.predict(X)
#> f([[0.0], [1.0]], [0.0, 1.0])

#: estimator_fit_chained
from sklearn.linear_model import LogisticRegression

def f(X, y):
    return LogisticRegression(max_iter=50).fit(X, y).coef_
#> f([[0.0], [1.0]], [0, 1])

#: estimator_predict_argument
from sklearn.linear_model import LinearRegression

def f(model, X):
    return model.predict(X)
#> f(LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0]), [[2.0]])

#: forest_unseeded
from sklearn.ensemble import RandomForestClassifier

def f(X, y):
    return RandomForestClassifier(n_estimators=2).fit(X, y)
#> f([[0.0], [1.0]], [0, 1])

#: forest_seeded
from sklearn.ensemble import RandomForestClassifier

def f(X, y):
    return RandomForestClassifier(n_estimators=2, random_state=0).fit(X, y).predict(X)
#> f([[0.0], [1.0]], [0, 1])

#: split_unseeded
from sklearn.model_selection import train_test_split

def f(X, y):
    return train_test_split(X, y)
#> f([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1])

#: split_seeded
from sklearn.model_selection import train_test_split

def f(X, y):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=1)
    return len(X_train), len(y_test)
#> f([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1])

#: scaler_fit_transform_argument
from sklearn.preprocessing import StandardScaler

def f(scaler, X):
    return scaler.fit_transform(X)
#> f(StandardScaler(), [[0.0], [1.0]])

#: scaler_transform_argument
from sklearn.preprocessing import StandardScaler

def f(scaler, X):
    return scaler.transform(X)
#> f(StandardScaler().fit([[0.0], [1.0]]), [[0.0], [1.0]])

#: scaler_column_assignment
import pandas as pd
from sklearn.preprocessing import StandardScaler

def f(df):
    df[["a"]] = StandardScaler().fit_transform(df[["a"]])
#> f(pd.DataFrame({"a": [1.0, 2.0]}))

#: pipeline_fit
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

def f(X, y):
    pipe = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression())])
    pipe.fit(X, y)
    return pipe.predict(X)
#> f([[0.0], [1.0]], [0, 1])

#: make_pipeline_on_argument
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

def f(model, X, y):
    pipe = make_pipeline(StandardScaler(), model)
    pipe.fit(X, y)
    return pipe
#> f(LinearRegression(), [[0.0], [1.0]], [0.0, 1.0])

#: clone_keeps_original
from sklearn.base import clone
from sklearn.linear_model import LinearRegression

def f(model, X, y):
    return clone(model).fit(X, y)
#> f(LinearRegression(), [[0.0], [1.0]], [0.0, 1.0])

#: cross_validation
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score

def f(model, X, y):
    return cross_val_score(model, X, y, cv=2).mean()
#> f(LinearRegression(), [[0.0], [1.0], [2.0], [3.0]], [0.0, 1.0, 2.0, 3.0])

#: grid_search
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier

def f(X, y):
    search = GridSearchCV(KNeighborsClassifier(), {"n_neighbors": [1]}, cv=2)
    search.fit(X, y)
    return search.best_params_, search.best_estimator_.predict(X)
#> f([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1])

#: metrics
from sklearn.metrics import accuracy_score, confusion_matrix, roc_auc_score

def f(y, p):
    return accuracy_score(y, p), confusion_matrix(y, p).tolist(), roc_auc_score(y, p)
#> f([0, 1], [0, 1])

#: models_in_dict
from sklearn.linear_model import LinearRegression, Ridge

def f(X, y):
    models = {"linear": LinearRegression(), "ridge": Ridge()}
    scores = {}
    for name, model in models.items():
        model.fit(X, y)
        scores[name] = model.score(X, y)
    return scores
#> f([[0.0], [1.0]], [0.0, 1.0])

#: models_argument_in_dict
from sklearn.linear_model import LinearRegression, Ridge

def f(models, X, y):
    for name, model in models.items():
        model.fit(X, y)
#> f({"linear": LinearRegression(), "ridge": Ridge()}, [[0.0], [1.0]], [0.0, 1.0])

#: set_params
from sklearn.linear_model import Ridge

def f(model):
    model.set_params(alpha=3)
#> f(Ridge())

#: column_transformer
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

def f(df):
    prepare = ColumnTransformer([("n", StandardScaler(), ["a"]), ("c", OneHotEncoder(), ["k"])])
    return prepare.fit_transform(df)
#> f(pd.DataFrame({"a": [1.0, 2.0], "k": ["x", "y"]}))

#: kmeans_seeded
from sklearn.cluster import KMeans

def f(X):
    return KMeans(2, n_init=1, random_state=0).fit_predict(X)
#> f([[0.0], [1.0]])

#: pca
from sklearn.decomposition import PCA

def f(X):
    pca = PCA(n_components=1, svd_solver="full")
    return pca.fit_transform(X), pca.explained_variance_ratio_.sum()
#> f([[0.0, 1.0], [1.0, 0.0]])

#: count_vectorizer
from sklearn.feature_extraction.text import CountVectorizer

def f(texts):
    vectorizer = CountVectorizer()
    counts = vectorizer.fit_transform(texts)
    return counts.toarray(), vectorizer.get_feature_names_out()
#> f(["a bc", "bc de"])

#: make_data_seeded
from sklearn.datasets import make_classification

def f():
    return make_classification(n_samples=20, random_state=0)
#> f()

#: make_data_unseeded
from sklearn.datasets import make_blobs

def f():
    return make_blobs(n_samples=4)
#> f()

#: custom_transformer
from sklearn.base import BaseEstimator, TransformerMixin

class Adder(BaseEstimator, TransformerMixin):
    def __init__(self, n=1):
        self.n = n

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        return [[x + self.n for x in row] for row in X]

def f(X):
    return Adder(2).fit(X).transform(X)
#> f([[0.0], [1.0]])

#: custom_transformer_state
from sklearn.base import BaseEstimator, TransformerMixin

class Mean(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.mean_ = sum(row[0] for row in X) / len(X)
        return self

    def transform(self, X):
        return [[row[0] - self.mean_] for row in X]

def f(step, X):
    step.fit(X)
#> f(Mean(), [[0.0], [1.0]])

#: plot_current_figure
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

def f(xs):
    plt.plot(xs)
    plt.title("a")
#> f([1, 2])

#: plot_on_axes_argument
import matplotlib
matplotlib.use("Agg")
from matplotlib.figure import Figure

def f(ax, xs):
    ax.plot(xs)
    ax.set_xlabel("x")
#> f(Figure().add_subplot(), [1, 2])

#: plot_and_save
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

def f(xs, path):
    fig, ax = plt.subplots()
    ax.plot(xs)
    fig.savefig(path)
#> f([1, 2], "out.png")

#: figure_object_only
import matplotlib
matplotlib.use("Agg")
from matplotlib.figure import Figure

def f(xs):
    fig = Figure()
    ax = fig.add_subplot()
    ax.bar(range(len(xs)), xs)
    return fig
#> f([1, 2])

#: plot_show
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

def f(xs):
    plt.hist(xs)
    plt.show()
#> f([1, 2])

#: pandas_plot
import matplotlib
matplotlib.use("Agg")
import pandas as pd

def f(df):
    df.plot()
#> f(pd.DataFrame({"a": [1, 2]}))

#: rc_params
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

def f():
    plt.rcParams["figure.dpi"] = 77
#> f()

#: style_use
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

def f():
    plt.style.use("ggplot")
#> f()

#: seaborn_plot
import matplotlib
matplotlib.use("Agg")
import pandas as pd
import seaborn as sns

def f(df):
    return sns.scatterplot(data=df, x="a", y="b")
#> f(pd.DataFrame({"a": [1, 2], "b": [2, 1]}))

#: frame_after_plot
import matplotlib
matplotlib.use("Agg")
import pandas as pd
import matplotlib.pyplot as plt

def f(df):
    plt.plot(df["a"])
    df["b"] = df["a"] * 2
#> f(pd.DataFrame({"a": [1, 2]}))

#: scipy_test
from scipy import stats

def f(a, b):
    return stats.ttest_ind(a, b).pvalue
#> f([1.0, 2.0, 3.0], [2.0, 3.0, 5.0])

#: scipy_minimize
from scipy.optimize import minimize

def loss(w):
    return (w[0] - 1) ** 2

def f(start):
    return minimize(loss, start).x
#> f([0.0])

#: scipy_minimize_with_trace
from scipy.optimize import minimize

def f(start, trace):
    def loss(w):
        trace.append(float(w[0]))
        return (w[0] - 1) ** 2

    return minimize(loss, start).x
#> f([0.0], [])

#: scipy_curve_fit
import numpy as np
from scipy.optimize import curve_fit

def line(x, a, b):
    return a * x + b

def f(x, y):
    popt, _ = curve_fit(line, x, y)
    return popt
#> f(np.arange(3.0), np.array([0.0, 1.0, 2.0]))

#: scipy_random_variates
from scipy import stats

def f(n):
    return stats.norm.rvs(size=n)
#> f(2)

#: scipy_random_variates_seeded
from scipy import stats

def f(n):
    return stats.norm.rvs(size=n, random_state=0)
#> f(2)

#: scipy_sparse
from scipy import sparse

def f(rows):
    return sparse.csr_matrix(rows).dot(sparse.eye(2)).toarray()
#> f([[1, 0], [0, 1]])

#: statsmodels_ols
import numpy as np
import statsmodels.api as sm

def f(x, y):
    result = sm.OLS(y, sm.add_constant(x)).fit()
    return result.params, result.rsquared
#> f(np.arange(4.0), np.array([0.0, 1.0, 2.0, 4.0]))

#: statsmodels_formula
import pandas as pd
import statsmodels.formula.api as smf

def f(df):
    return smf.ols("y ~ x", data=df).fit().params["x"]
#> f(pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": [0.0, 1.0, 2.5]}))

#: statsmodels_summary_printed
import numpy as np
import statsmodels.api as sm

def f(x, y):
    print(sm.OLS(y, x).fit().summary())
#> f(np.arange(1.0, 5.0), np.array([0.0, 1.0, 2.0, 4.0]))

#: networkx_graph
import networkx as nx

def f(graph, edges):
    graph.add_edges_from(edges)
    return nx.shortest_path(graph, 1, 3)
#> f(nx.Graph(), [(1, 2), (2, 3)])

#: networkx_local_graph
import networkx as nx

def f(edges):
    graph = nx.Graph()
    graph.add_edges_from(edges)
    return graph.number_of_nodes()
#> f([(1, 2)])

#: report_dict_built
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error

def evaluate(model, X, y):
    return {"mse": mean_squared_error(y, model.predict(X)), "n": len(y)}

def f(df):
    X, y = df[["a"]], df["y"]
    model = LinearRegression().fit(X, y)
    return pd.DataFrame([evaluate(model, X, y)])
#> f(pd.DataFrame({"a": [0.0, 1.0], "y": [0.0, 1.0]}))

#: training_loop_by_hand
import numpy as np

def f(w, X, y, epochs):
    history = []
    for epoch in range(epochs):
        error = X @ w - y
        w -= 0.1 * X.T @ error / len(y)
        history.append(float((error ** 2).mean()))
        if epoch % 10 == 0:
            print(epoch, history[-1])
    return w, history
#> f(np.zeros(1), np.ones((2, 1)), np.ones(2), 2)

#: bootstrap_with_generator
import numpy as np

def f(values, rng, n):
    return [rng.choice(values, len(values)).mean() for _ in range(n)]
#> f(np.arange(4.0), np.random.default_rng(0), 2)

#: joblib_model_saved
import joblib
from sklearn.linear_model import LinearRegression

def f(X, y, path):
    model = LinearRegression().fit(X, y)
    joblib.dump(model, path)
    return path
#> f([[0.0], [1.0]], [0.0, 1.0], "model.joblib")
