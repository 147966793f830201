#: scores_by_model
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.metrics import mean_squared_error

def compare(X_train, y_train, X_test, y_test):
    results = {}
    for name, model in [("ols", LinearRegression()), ("ridge", Ridge(alpha=1.0))]:
        model.fit(X_train, y_train)
        results[name] = mean_squared_error(y_test, model.predict(X_test))
    return results
#> compare([[1.0], [2.0]], [1.0, 2.0], [[1.0]], [1.0])

#: scaler_returned_with_data
from sklearn.preprocessing import MinMaxScaler

def scaled(train, test):
    scaler = MinMaxScaler()
    return scaler.fit_transform(train), scaler.transform(test), scaler
#> scaled([[1.0], [2.0]], [[1.5]])

#: model_parameter_refit
def refit(model, X, y, extra):
    model.fit(list(X) + list(extra), y)
    return model.predict(X)
#> refit(__import__("sklearn.linear_model").linear_model.LinearRegression(), [[1.0]], [1.0, 2.0], [[2.0]])

#: proba_threshold
import numpy as np

def decide(model, X, threshold=0.5):
    p = model.predict_proba(X)[:, 1]
    return np.where(p >= threshold, 1, 0)
#> decide(__import__("sklearn.linear_model").linear_model.LogisticRegression().fit([[0.0], [1.0]], [0, 1]), [[1.0]])

#: random_search_unseeded
from sklearn.model_selection import RandomizedSearchCV
from sklearn.tree import DecisionTreeRegressor

def search(X, y):
    s = RandomizedSearchCV(DecisionTreeRegressor(random_state=0), {"max_depth": [1, 2, 3]}, n_iter=2, cv=2)
    s.fit(X, y)
    return s.best_params_
#> search([[1.0], [2.0], [3.0], [4.0]], [1, 2, 3, 4])

#: dummy_seeded_split_kfold
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.svm import SVC

def evaluate(X, y, seed=0):
    cv = StratifiedKFold(n_splits=2, shuffle=True, random_state=seed)
    return cross_val_score(SVC(), X, y, cv=cv).mean()
#> evaluate([[1.0], [2.0], [3.0], [4.0]], [0, 1, 0, 1])

#: importance_plot
import matplotlib.pyplot as plt
import numpy as np

def plot_importance(model, names, top=2):
    order = np.argsort(model.feature_importances_)[-top:]
    plt.barh([names[i] for i in order], model.feature_importances_[order])
    plt.tight_layout()
#> plot_importance(__import__("types").SimpleNamespace(feature_importances_=np.array([0.1, 0.9])), ["a", "b"])

#: vocabulary_of_vectorizer
from sklearn.feature_extraction.text import CountVectorizer

def top_terms(texts, k=1):
    vec = CountVectorizer(stop_words="english")
    counts = vec.fit_transform(texts).sum(axis=0).A1
    return sorted(zip(vec.get_feature_names_out(), counts), key=lambda t: -t[1])[:k]
#> top_terms(["apple pear apple"])

#: train_loop_history
def train(model, batches, history):
    for x, y in batches:
        loss = model.step(x, y)
        history.setdefault("loss", []).append(loss)
    return history

class Sgd:
    def __init__(self):
        self.w = 0.0

    def step(self, x, y):
        error = self.w * x - y
        self.w -= 0.1 * error * x
        return error ** 2
#> train(Sgd(), [(1.0, 2.0)], {})

#: save_model_joblib
import joblib

def save(model, path):
    joblib.dump(model, path)
    return path
#> save({"a": 1}, "m.joblib")

#: pca_components
import numpy as np
from sklearn.decomposition import PCA

def reduce(X, k=1):
    pca = PCA(n_components=k)
    return pca.fit_transform(X - X.mean(axis=0)), pca.explained_variance_ratio_
#> reduce(np.arange(6.0).reshape(3, 2))

#: standardize_in_place
import numpy as np

def standardize(X):
    X -= X.mean(axis=0)
    X /= X.std(axis=0) + 1e-9
    return X
#> standardize(np.arange(6.0).reshape(3, 2))

#: standardize_new
import numpy as np

def standardize(X):
    X = X - X.mean(axis=0)
    X /= X.std(axis=0) + 1e-9
    return X
#> standardize(np.arange(6.0).reshape(3, 2))

#: one_hot_by_hand
import numpy as np

def one_hot(y, k):
    out = np.zeros((len(y), k))
    out[np.arange(len(y)), y] = 1
    return out
#> one_hot(np.array([0, 1]), 2)

#: clip_gradients
import numpy as np

def clip(grads, limit):
    norm = np.sqrt(sum((g ** 2).sum() for g in grads))
    if norm > limit:
        for g in grads:
            g *= limit / norm
    return norm
#> clip([np.array([3.0, 4.0])], 1.0)

#: weights_copied_best
import copy

def best(model, losses):
    best_loss, best_state = float("inf"), None
    for loss in losses:
        if loss < best_loss:
            best_loss, best_state = loss, copy.deepcopy(model)
    return best_state
#> best({"w": [1]}, [2.0, 1.0])

#: image_normalised
import numpy as np

def normalise(img):
    img = img.astype(np.float32)
    img -= img.min()
    img /= max(img.max(), 1e-6)
    return img
#> normalise(np.arange(4))

#: image_padded_crop
import numpy as np

def crop(img, top, left, size):
    return np.pad(img, 1)[top : top + size, left : left + size].copy()
#> crop(np.ones((2, 2)), 0, 0, 2)

#: histogram_by_hand
import numpy as np

def histogram(img, bins=4):
    counts, edges = np.histogram(img.ravel(), bins=bins)
    return counts / counts.sum(), edges
#> histogram(np.arange(4))

#: mask_painted
import numpy as np

def paint(img, mask, value=0):
    img[mask] = value
    return img
#> paint(np.ones((2, 2)), np.eye(2, dtype=bool))

#: transposed_writes
import numpy as np

def set_first_column(m, values):
    m.T[0] = values
#> set_first_column(np.zeros((2, 2)), [1, 2])

#: astype_no_copy
import numpy as np

def zeroed(a):
    b = a.astype(float, copy=False)
    b[:] = 0
    return b
#> zeroed(np.ones(2))

#: array_of_list_copies
import numpy as np

def zeroed(a):
    b = np.array(a)
    b[:] = 0
    return b
#> zeroed(np.ones(2))

#: array_no_copy
import numpy as np

def zeroed(a):
    b = np.array(a, copy=False)
    b[:] = 0
    return b
#> zeroed(np.ones(2))

#: put_along
import numpy as np

def mark(a, index):
    np.put_along_axis(a, index, 9, axis=1)
#> mark(np.zeros((2, 2)), np.array([[0], [1]]))

#: where_out
import numpy as np

def safe_divide(a, b):
    return np.divide(a, b, out=np.zeros_like(a), where=b != 0)
#> safe_divide(np.ones(2), np.array([0.0, 2.0]))
