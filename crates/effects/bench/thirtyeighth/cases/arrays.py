#: plus_equals_scalar
def steps_left(n, done):
    left = n
    left -= done
    n += 1
    return left / n
#> steps_left(5, 2)

#: plus_equals_array
import numpy as np

def shift(a, by):
    a += by
    return a
#> shift(np.array([1.0, 2.0]), 1.0)

#: plus_equals_fresh
import numpy as np

def standardise(x):
    x = np.asarray(x, dtype=float) - np.mean(x)
    x /= x.std() + 1e-9
    return x
#> standardise(np.array([1.0, 2.0]))

#: asarray_shares
import numpy as np

def zero_negatives(values):
    arr = np.asarray(values)
    arr[arr < 0] = 0
    return arr
#> zero_negatives(np.array([-1.0, 2.0]))

#: array_copies
import numpy as np

def zero_negatives(values):
    arr = np.array(values)
    arr[arr < 0] = 0
    return arr
#> zero_negatives(np.array([-1.0, 2.0]))

#: view_reversed
import numpy as np

def ramp(a):
    tail = a[::-1][:2]
    tail[:] = 0
#> ramp(np.array([-1.0, 2.0, 3.0]))

#: fancy_index_copy
import numpy as np

def picked(a, idx):
    part = a[[0, 2]]
    part[:] = 0
    more = a[a > 1]
    more *= 2
    return part, more
#> picked(np.array([-1.0, 2.0, 3.0]), [0])

#: transpose_write
import numpy as np

def clear_first_column(m):
    t = m.T
    t[0] = 0
#> clear_first_column(np.ones((2, 2)))

#: ravel_vs_flatten
import numpy as np

def flat_sorted(m):
    v = m.flatten()
    v.sort()
    return v
#> flat_sorted(np.array([[3, 1], [2, 0]]))

#: ravel_sort
import numpy as np

def flat_sorted(m):
    v = m.ravel()
    v.sort()
    return v
#> flat_sorted(np.array([[3, 1], [2, 0]]))

#: sorted_pair
def median(values):
    values = sorted(values)
    mid = len(values) // 2
    if len(values) % 2:
        return values[mid]
    return (values[mid - 1] + values[mid]) / 2
#> median([3, 1, 2])

#: sort_method
def median(values):
    values.sort()
    return values[len(values) // 2]
#> median([3, 1, 2])

#: sort_copy_slice
def trimmed(values, k):
    v = values[:]
    v.sort()
    del v[:k]
    return v
#> trimmed([3, 1, 2], 1)

#: out_argument
import numpy as np

def rectify(x, buf=None):
    return np.maximum(x, 0, out=buf)
#> rectify(np.array([2.0]), np.zeros(1))

#: out_local
import numpy as np

def rectify(x):
    buf = np.empty_like(x)
    np.maximum(x, 0, out=buf)
    np.multiply(buf, 2, out=buf)
    return buf
#> rectify(np.array([-1.0]))

#: fill_diag
import numpy as np

def no_self(d):
    np.fill_diagonal(d, np.inf)
    return d.argmin(axis=1)
#> no_self(np.ones((2, 2)))

#: fill_diag_of_product
import numpy as np

def no_self(x):
    d = np.abs(x[:, None] - x[None, :])
    np.fill_diagonal(d, np.inf)
    return d.argmin(axis=1)
#> no_self(np.array([1.0, 3.0]))

#: shuffle_with_generator
import numpy as np

def shuffled(x, rng):
    rng.shuffle(x)
    return x
#> shuffled(np.arange(9), np.random.default_rng(0))

#: permutation_with_seed
import numpy as np

def shuffled(x, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.permutation(x)
    x[0] = -1
    return x
#> shuffled(np.arange(9))

#: broadcast_where
import numpy as np

def impute(x):
    m = np.nanmean(x, axis=0)
    x = np.where(np.isnan(x), m, x)
    x[:, 0] = 1
    return x
#> impute(np.array([[1.0, np.nan], [2.0, 3.0]]))

#: gradient_descent
import numpy as np

def fit(X, y, lr=0.1, steps=3):
    w = np.zeros(X.shape[1])
    history = []
    for _ in range(steps):
        err = X @ w - y
        w -= lr * X.T @ err / len(y)
        history.append(float((err ** 2).mean()))
    return w, history
#> fit(np.ones((2, 2)), np.ones(2))

#: gradient_from_start
import numpy as np

def fit(X, y, w, lr=0.1):
    for _ in range(2):
        w -= lr * X.T @ (X @ w - y)
    return w
#> fit(np.ones((2, 2)), np.ones(2), np.zeros(2))

#: gradient_from_start_rebound
import numpy as np

def fit(X, y, w, lr=0.1):
    for _ in range(2):
        w = w - lr * X.T @ (X @ w - y)
    w[0] = 0
    return w
#> fit(np.ones((2, 2)), np.ones(2), np.zeros(2))

#: setflags
import numpy as np

def freeze(a):
    a.setflags(write=False)
    return a
#> freeze(np.ones(2))

#: reshape_then_write
import numpy as np

def blocks(a):
    b = a.reshape(-1, 2)
    b[0] = 0
    return b
#> blocks(np.ones(4))

#: astype_then_write
import numpy as np

def codes(a):
    b = a.astype("int64")
    b[b > 1] = 1
    return b
#> codes(np.ones(4))

#: stack_then_write
import numpy as np

def bordered(a, b):
    both = np.vstack([a, b])
    both[0, 0] = 0
    c = np.concatenate((a, b))
    c += 1
    return both, c
#> bordered(np.ones(4), np.ones(4))

#: matrix_power_loop
import numpy as np

def power(m, n):
    out = np.eye(len(m))
    base = m.copy()
    while n:
        if n & 1:
            out = out @ base
        base = base @ base
        n >>= 1
    return out
#> power(np.ones((2, 2)), 3)

#: swap_rows
def swap(m, i, j):
    m[i], m[j] = m[j], m[i]
#> swap([[1], [2]], 0, 1)

#: swap_names
def ordered(lo, hi):
    if lo > hi:
        lo, hi = hi, lo
    hi += 1
    return lo, hi
#> ordered(3, 2)

#: split_views
import numpy as np

def zero_second_half(a):
    left, right = np.split(a, 2)
    right[:] = 0
    return left
#> zero_second_half(np.ones(4))

#: atleast_view
import numpy as np

def as_rows(x):
    x = np.atleast_2d(x)
    x = x / np.linalg.norm(x, axis=1, keepdims=True)
    x *= 2
    return x
#> as_rows(np.ones(4))

#: masked_mean
import numpy as np

def masked(a, bad):
    m = np.ma.masked_equal(a, bad)
    return m.mean()
#> masked(np.array([1.0, -9.0]), -9.0)

#: nested_list_row
def zero_row(grid, i):
    row = grid[i]
    for j in range(len(row)):
        row[j] = 0
#> zero_row([[1, 2]], 0)

#: nested_list_row_copy
def zero_row(grid, i):
    grid = [list(r) for r in grid]
    row = grid[i]
    for j in range(len(row)):
        row[j] = 0
    return grid
#> zero_row([[1, 2]], 0)

#: list_of_element_list
def first_parts(pairs):
    parts = list(pairs[0])
    parts.append(0)
    inner = [list(p) for p in pairs]
    inner[0].pop()
    return parts, inner
#> first_parts([[1, 2], [3, 4]])

#: shallow_copy_inner
def add_total(rows):
    rows = list(rows)
    for r in rows:
        r.append(sum(r))
    return rows
#> add_total([[1, 2], [3, 4]])
