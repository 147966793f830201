#: standardise
import numpy as np

def standardise(X):
    mu = X.mean(axis=0)
    sd = X.std(axis=0)
    sd[sd == 0] = 1.0
    return (X - mu) / sd
#> standardise(np.array([[1.0, 2.0], [1.0, 4.0]]))

#: standardise_in_place
import numpy as np

def standardise_(X: np.ndarray) -> None:
    X -= X.mean(axis=0)
    X /= X.std(axis=0) + 1e-9
#> standardise_(np.array([[1.0, 2.0], [3.0, 4.0]]))

#: add_one_new
import numpy as np

def add_one(a):
    a = a + 1
    a[0] = 0
    return a
#> add_one(np.arange(3))

#: asarray_shares
import numpy as np

def zero_first(values):
    arr = np.asarray(values)
    arr[0] = 0
    return arr
#> zero_first(np.array([1, 2, 3]))
#> zero_first([1, 2, 3])

#: array_copies
import numpy as np

def zero_first(values):
    arr = np.array(values)
    arr[0] = 0
    return arr
#> zero_first(np.array([1, 2, 3]))

#: ravel_then_copy
import numpy as np

def flat_sorted(m):
    v = m.ravel().copy()
    v.sort()
    return v
#> flat_sorted(np.array([[3, 1], [2, 0]]))

#: flatten_sort
import numpy as np

def flat_sorted(m):
    v = m.flatten()
    v.sort()
    return v[::-1]
#> flat_sorted(np.array([[3, 1], [2, 0]]))

#: reshape_view_written
import numpy as np

def blank_row(img, i):
    rows = img.reshape(img.shape[0], -1)
    rows[i] = 0
    return rows.sum()
#> blank_row(np.ones((2, 2, 2)), 1)

#: row_view
import numpy as np

def scale_rows(M, factors):
    for row, f in zip(M, factors):
        row *= f
    return M
#> scale_rows(np.ones((2, 2)), [2.0, 3.0])

#: row_rebound
import numpy as np

def row_sums(M, factors):
    total = []
    for row, f in zip(M, factors):
        row = row * f
        total.append(row.sum())
    return total
#> row_sums(np.ones((2, 2)), [2.0, 3.0])

#: out_parameter
import numpy as np

def relu(x, out=None):
    return np.maximum(x, 0, out=out)
#> relu(np.array([-1.0, 1.0]), np.zeros(2))
#> relu(np.array([-1.0, 1.0]))

#: fancy_is_copy
import numpy as np

def top_k(scores, k):
    idx = np.argsort(scores)[::-1][:k]
    best = scores[idx]
    best /= best.sum()
    return idx, best
#> top_k(np.array([1.0, 3.0, 2.0]), 2)

#: bool_mask_is_copy
import numpy as np

def positives(x):
    pos = x[x > 0]
    pos += 10
    return pos
#> positives(np.array([-1, 1, 2]))

#: slice_is_view
import numpy as np

def tail_shift(x, n):
    tail = x[-n:]
    tail += 10
    return tail.sum()
#> tail_shift(np.array([1, 2, 3]), 2)

#: softmax
import numpy as np

def softmax(z):
    z = z - np.max(z)
    e = np.exp(z)
    e /= e.sum()
    return e
#> softmax(np.array([1.0, 2.0]))

#: gradient_descent
import numpy as np

def fit_linear(X, y, lr=0.1, n_iter=20):
    w = np.zeros(X.shape[1])
    b = 0.0
    history = []
    for _ in range(n_iter):
        err = X @ w + b - y
        w -= lr * X.T @ err / len(y)
        b -= lr * err.mean()
        history.append(float((err ** 2).mean()))
    return w, b, history
#> fit_linear(np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))

#: local_generator
import numpy as np

def bootstrap_mean(x, n=10, seed=0):
    rng = np.random.default_rng(seed)
    means = [rng.choice(x, size=len(x)).mean() for _ in range(n)]
    return np.percentile(means, [2.5, 97.5])
#> bootstrap_mean(np.array([1.0, 2.0, 3.0]))

#: given_generator
import numpy as np

def noisy(x, rng):
    return x + rng.normal(scale=0.1, size=x.shape)
#> noisy(np.zeros(3), np.random.default_rng(0))

#: global_draw
import numpy as np

def noisy(x):
    return x + np.random.normal(scale=0.1, size=x.shape)
#> noisy(np.zeros(3))

#: seed_then_draw
import numpy as np

def make_blob(n=10):
    np.random.seed(42)
    X = np.random.randn(n, 2)
    y = np.random.randint(0, 2, size=n)
    X[y == 1] += 2
    return X, y
#> make_blob()

#: random_state_object
import numpy as np

def permute(X, y, seed=1):
    rs = np.random.RandomState(seed)
    order = rs.permutation(len(X))
    return X[order], y[order]
#> permute(np.arange(4), np.arange(4))

#: shuffle_copy
import numpy as np

def shuffled(x, rng):
    x = x.copy()
    rng.shuffle(x)
    return x
#> shuffled(np.arange(5), np.random.default_rng(0))

#: shuffle_given
import numpy as np

def shuffle_rows(data):
    np.random.shuffle(data)
    return data[: len(data) // 2]
#> shuffle_rows(np.arange(6))

#: fill_diagonal
import numpy as np

def distance_matrix(P):
    d = np.sqrt(((P[:, None, :] - P[None, :, :]) ** 2).sum(-1))
    np.fill_diagonal(d, np.inf)
    return d
#> distance_matrix(np.array([[0.0, 0.0], [3.0, 4.0]]))

#: mask_diagonal_given
import numpy as np

def mask_self(sim):
    np.fill_diagonal(sim, -1)
    return sim.argmax(axis=1)
#> mask_self(np.ones((2, 2)))

#: where_instead_of_mask
import numpy as np

def clean(x):
    x = np.where(np.isnan(x), 0.0, x)
    x[x > 5] = 5
    return x
#> clean(np.array([np.nan, 7.0]))

#: nan_to_num_in_place
import numpy as np

def clean(x):
    np.nan_to_num(x, copy=False, nan=0.0)
    return x.mean()
#> clean(np.array([np.nan, 7.0]))

#: nan_to_num_new
import numpy as np

def clean(x):
    x = np.nan_to_num(x, nan=0.0)
    x -= x.mean()
    return x
#> clean(np.array([np.nan, 7.0]))

#: astype_then_write
import numpy as np

def to_unit(img):
    img = img.astype(np.float32)
    img /= 255.0
    img[..., 0] = 0
    return img
#> to_unit(np.ones((2, 2, 3), dtype=np.uint8))

#: transpose_copy_write
import numpy as np

def flip(m):
    t = np.ascontiguousarray(m.T)
    u = t.copy()
    u[0, :] = 0
    return u
#> flip(np.ones((2, 3)))

#: stack_then_write
import numpy as np

def pad_border(img):
    padded = np.pad(img, 1)
    padded[0, :] = 9
    padded[:, -1] = 9
    return padded
#> pad_border(np.ones((2, 2)))

#: concatenate_write
import numpy as np

def with_bias(X):
    Xb = np.hstack([np.ones((len(X), 1)), X])
    Xb[:, 1:] *= 2
    return Xb
#> with_bias(np.ones((2, 2)))

#: broadcast_assignment
import numpy as np

def one_hot(labels, n):
    out = np.zeros((len(labels), n))
    out[np.arange(len(labels)), labels] = 1
    return out
#> one_hot(np.array([0, 1]), 2)

#: moving_average
import numpy as np

def moving_average(x, w):
    c = np.cumsum(np.insert(x, 0, 0.0))
    c[w:] = c[w:] - c[:-w]
    return c[w:] / w
#> moving_average(np.array([1.0, 2.0, 3.0]), 2)

#: put_values
import numpy as np

def knock_out(weights, idx):
    np.put(weights, idx, 0)
    weights.clip(0, 1, out=weights)
#> knock_out(np.array([0.5, 2.0, 3.0]), [0])

#: errstate_scoped
import numpy as np

def safe_ratio(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        r = a / b
    r[~np.isfinite(r)] = 0
    return r
#> safe_ratio(np.array([1.0, 0.0]), np.array([0.0, 0.0]))

#: printoptions
import numpy as np

def show(m):
    np.set_printoptions(precision=3, suppress=True)
    print(m)
#> show(np.ones(2))

#: at_accumulate
import numpy as np

def histogram(idx, n):
    counts = np.zeros(n, dtype=int)
    np.add.at(counts, idx, 1)
    return counts
#> histogram(np.array([0, 1, 1]), 3)

#: accumulate_into_given
import numpy as np

def add_counts(counts, idx):
    np.add.at(counts, idx, 1)
#> add_counts(np.zeros(3, dtype=int), np.array([0, 1, 1]))

#: save_and_load
import numpy as np

def roundtrip(a, path="a.npy"):
    np.save(path, a)
    return np.load(path)
#> roundtrip(np.arange(3))

#: meshgrid_eval
import numpy as np

def surface(f, n=3):
    xs = np.linspace(-1, 1, n)
    X, Y = np.meshgrid(xs, xs)
    Z = f(X, Y)
    Z[Z < 0] = 0
    return X, Y, Z
#> surface(lambda x, y: x * y)

#: views_then_copy
import numpy as np

def crop(img, r):
    patch = img[r:-r, r:-r]
    patch = patch.copy()
    patch -= patch.min()
    return patch
#> crop(np.arange(16.0).reshape(4, 4), 1)
