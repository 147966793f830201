#: softmax_rows_in_place
import numpy as np

def softmax_(logits):
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)
    return logits
#> softmax_(np.zeros((1, 2)))

#: conv1d_loops
import numpy as np

def conv(signal, kernel):
    n, k = len(signal), len(kernel)
    out = np.empty(n - k + 1)
    for i in range(n - k + 1):
        out[i] = np.dot(signal[i : i + k], kernel)
    return out
#> conv(np.arange(4.0), np.ones(2))

#: confusion_matrix_by_hand
import numpy as np

def confusion(y, p, k):
    m = np.zeros((k, k), dtype=int)
    for a, b in zip(y, p):
        m[a, b] += 1
    return m
#> confusion([0, 1], [0, 0], 2)

#: gradient_step_lists
def step(weights, grads, lr):
    for i in range(len(weights)):
        weights[i] -= lr * grads[i]
    return weights
#> step([1.0], [0.5], 0.1)

#: momentum_state
def momentum(params, grads, velocity, lr=0.1, mu=0.9):
    for k, g in grads.items():
        velocity[k] = mu * velocity.get(k, 0.0) - lr * g
        params[k] += velocity[k]
#> momentum({"a": 1.0}, {"a": 0.1}, {})

#: dropout_mask_random
import numpy as np

def dropout(x, p=0.5):
    mask = np.random.rand(*x.shape) > p
    return x * mask / (1 - p)
#> dropout(np.ones((2, 2)))

#: dropout_mask_rng
import numpy as np

def dropout(x, p, rng):
    return x * (rng.random(x.shape) > p)
#> dropout(np.ones((2, 2)), 0.5, np.random.default_rng(0))

#: init_weights_seeded
import numpy as np

def init(sizes, seed=0):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal((a, b)) * 0.1 for a, b in zip(sizes, sizes[1:])]
#> init([2, 3, 1])

#: batches_shuffled
import numpy as np

def batches(X, y, size, seed=None):
    order = np.random.default_rng(seed).permutation(len(X))
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        yield X[rows], y[rows]

def count(X, y):
    return sum(len(b) for b, _ in batches(X, y, 2))
#> count(np.arange(4), np.arange(4))

#: masked_mean
import numpy as np

def masked_mean(a, mask):
    a = np.ma.array(a, mask=mask)
    return a.mean()
#> masked_mean(np.ones(2), [False, True])

#: grid_relaxed
import numpy as np

def relax(u, rounds=1):
    for _ in range(rounds):
        u[1:-1, 1:-1] = 0.25 * (u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:])
    return u
#> relax(np.arange(9.0).reshape(3, 3) ** 2)

#: life_step
import numpy as np

def life(board):
    n = sum(np.roll(np.roll(board, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
    return ((n == 3) | ((board == 1) & (n == 2))).astype(int)
#> life(np.zeros((3, 3), dtype=int))

#: view_through_two_names
import numpy as np

def zero_corner(a):
    block = a[:2, :2]
    corner = block[0]
    corner[:] = 0
#> zero_corner(np.ones((3, 3)))

#: fancy_copy_written
import numpy as np

def zero_some(a, idx):
    picked = a[idx]
    picked[:] = 0
    return picked
#> zero_some(np.ones(3), [0, 1])

#: reshape_view_written
import numpy as np

def zero_first_half(a):
    halves = a.reshape(2, -1)
    halves[0] = 0
    return a
#> zero_first_half(np.ones(4))

#: swapaxes_written
import numpy as np

def fill(a):
    np.swapaxes(a, 0, 1)[0] = 7
#> fill(np.zeros((2, 3)))

#: broadcast_copy
import numpy as np

def tiled(row, n):
    out = np.tile(row, (n, 1))
    out[0] = 0
    return out
#> tiled(np.ones(2), 2)

#: atleast_2d_written
import numpy as np

def first_zero(a):
    b = np.atleast_2d(a)
    b[0, 0] = 0
    return b
#> first_zero(np.ones(2))

#: ascontiguous_array
import numpy as np

def prepared(a):
    b = np.ascontiguousarray(a, dtype=np.float64)
    b += 1
    return b
#> prepared(np.ones(2))

#: split_parts_written
import numpy as np

def zero_left(a):
    left, right = np.split(a, 2)
    left[:] = 0
    return right
#> zero_left(np.ones(4))

#: concatenate_is_new
import numpy as np

def joined(a, b):
    c = np.concatenate([a, b])
    c.sort()
    return c
#> joined(np.array([2]), np.array([1]))

#: array_appended
import numpy as np

def appended(history, value):
    return np.append(history, value)
#> appended(np.ones(2), 3)

#: structured_field_set
import numpy as np

def age_all(people):
    people["age"] += 1
#> age_all(np.array([(1,)], dtype=[("age", "i4")]))

#: scalar_item_increment
import numpy as np

def bump(counter):
    counter[0] += 1
    return int(counter[0])
#> bump(np.zeros(1, dtype=int))

#: seterr_context
import numpy as np

def safe_log(x):
    with np.errstate(divide="ignore"):
        return np.where(x > 0, np.log(x), 0)
#> safe_log(np.array([0.0, 1.0]))

#: memmap_free_bincount
import numpy as np

def shares(labels):
    counts = np.bincount(labels)
    return dict(enumerate(counts / counts.sum()))
#> shares(np.array([0, 1, 1]))

#: linalg_solution
import numpy as np

def ridge(X, y, lam):
    A = X.T @ X + lam * np.eye(X.shape[1])
    return np.linalg.solve(A, X.T @ y)
#> ridge(np.ones((2, 1)), np.ones(2), 1.0)

#: interpolate_scipy
from scipy.interpolate import interp1d

def upsample(x, y, new):
    return interp1d(x, y, kind="linear")(new)
#> upsample([0, 1], [0, 1], [0.5])

#: optimise_closure
import numpy as np
from scipy.optimize import minimize

def fit_line(x, y):
    def loss(p):
        return ((p[0] * x + p[1] - y) ** 2).sum()

    return minimize(loss, np.zeros(2)).x
#> fit_line(np.arange(3.0), np.arange(3.0))

#: optimise_with_history
import numpy as np
from scipy.optimize import minimize

def fit(x, history):
    def loss(p):
        value = ((p - x) ** 2).sum()
        history.append(value)
        return value

    return minimize(loss, np.zeros_like(x)).x
#> fit(np.ones(1), [])

#: gaussian_filtered
from scipy.ndimage import gaussian_filter

def blur(img, sigma=1):
    return gaussian_filter(img, sigma=sigma)
#> blur(__import__("numpy").ones((3, 3)))

#: chi2_printed
from scipy.stats import chi2_contingency

def test(table, alpha=0.05):
    stat, p, dof, _ = chi2_contingency(table)
    print(f"chi2={stat:.2f} p={p:.3f} dof={dof}")
    return p < alpha
#> test([[10, 20], [20, 10]])
