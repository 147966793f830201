#: augmented_array
import numpy as np

def shift(a):
    a += 1
    return a
#> shift(np.zeros(3))

#: plus_makes_new
import numpy as np

def shift(a):
    a = a + 1
    a[0] = 9
    return a
#> shift(np.zeros(3))

#: view_slice_write
import numpy as np

def zero_head(a, n):
    head = a[:n]
    head[:] = 0
    return a.sum()
#> zero_head(np.ones(4), 2)

#: fancy_index_copy_write
import numpy as np

def zero_some(a, where):
    part = a[where]
    part[:] = 0
    return part
#> zero_some(np.ones(4), np.array([0, 2]))

#: reshape_view_write
import numpy as np

def flat_set(a):
    a.reshape(-1)[0] = -1
    return a
#> flat_set(np.ones((2, 2)))

#: ravel_then_add
import numpy as np

def bump(a):
    flat = a.ravel()
    flat += 1
    return flat
#> bump(np.ones((2, 2)))

#: flatten_then_add
import numpy as np

def bump(a):
    flat = a.flatten()
    flat += 1
    return flat
#> bump(np.ones((2, 2)))

#: transpose_write
import numpy as np

def first_column(a):
    a.T[0] = 5
#> first_column(np.ones((2, 2)))

#: out_argument
import numpy as np

def scaled(a, b, buffer):
    np.multiply(a, b, out=buffer)
    return buffer.sum()
#> scaled(np.ones(2), np.ones(2), np.zeros(2))

#: out_own_temporary
import numpy as np

def scaled(a, b):
    buffer = np.empty_like(a)
    np.multiply(a, b, out=buffer)
    np.sqrt(buffer, out=buffer)
    return buffer
#> scaled(np.ones(2), np.ones(2))

#: sort_method
import numpy as np

def median(a):
    a.sort()
    return a[len(a) // 2]
#> median(np.array([3, 1, 2]))

#: np_sort
import numpy as np

def median(a):
    b = np.sort(a)
    return b[len(b) // 2]
#> median(np.array([3, 1, 2]))

#: shuffle_argument
import numpy as np

def mix(a):
    np.random.shuffle(a)
    return a
#> mix(np.arange(20))

#: permutation_returns
import numpy as np

def mix(a, rng):
    return rng.permutation(a)
#> mix(np.arange(20), np.random.default_rng(1))

#: rng_shuffle_both
import numpy as np

def mix(a, rng):
    rng.shuffle(a)
    return a
#> mix(np.arange(20), np.random.default_rng(1))

#: local_rng
import numpy as np

def noise(n, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=n)
#> noise(3)

#: seed_and_draw
import numpy as np

def noise(n):
    np.random.seed(42)
    return np.random.randn(n)
#> noise(3)

#: errstate
import numpy as np

def safe_ratio(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(a / b)
#> safe_ratio(np.ones(2), np.array([0.0, 1.0]))

#: seterr
import numpy as np

def quiet():
    np.seterr(all="ignore")
#> quiet()

#: put_and_place
import numpy as np

def mark(a, b):
    np.put(a, [0], 7)
    np.place(b, b > 0, [0])
#> mark(np.zeros(3), np.ones(3))

#: copyto_fill_diagonal
import numpy as np

def reset(target, source, m):
    np.copyto(target, source)
    np.fill_diagonal(m, 1)
#> reset(np.zeros(3), np.ones(3), np.zeros((2, 2)))

#: asarray_alias
import numpy as np

def clean(x):
    x = np.asarray(x)
    x[np.isnan(x)] = 0
    return x
#> clean(np.array([1.0, np.nan]))

#: array_copies
import numpy as np

def clean(x):
    x = np.array(x)
    x[np.isnan(x)] = 0
    return x
#> clean(np.array([1.0, np.nan]))

#: where_and_clip
import numpy as np

def clipped(x, low, high):
    y = np.where(x < low, low, x)
    return np.clip(y, None, high)
#> clipped(np.array([1.0, 5.0]), 2, 3)

#: clip_out_self
import numpy as np

def clipped(x, low, high):
    np.clip(x, low, high, out=x)
#> clipped(np.array([1.0, 5.0]), 2, 3)

#: npz_buffer
import io
import numpy as np

def packed(a):
    sink = io.BytesIO()
    np.savez(sink, a=a)
    return sink.getvalue()
#> packed(np.ones(2))

#: save_and_load
import numpy as np

def roundtrip(a):
    np.save("a.npy", a)
    return np.load("a.npy")
#> roundtrip(np.ones(2))

#: loadtxt_lines
import numpy as np

def parse(lines):
    return np.loadtxt(lines, delimiter=",")
#> parse(["1,2", "3,4"])

#: savetxt_path
import numpy as np

def export(a, path):
    np.savetxt(path, a, fmt="%.2f")
#> export(np.ones(2), "a.txt")

#: vectorize_with_state
import numpy as np

def tally(values, counts):
    def count(v):
        counts[int(v)] = counts.get(int(v), 0) + 1
        return v
    np.vectorize(count, otypes=[float])(values)
    return counts
#> tally(np.array([1, 1, 2]), {})

#: add_at
import numpy as np

def histogram(indices, size):
    bins = np.zeros(size)
    np.add.at(bins, indices, 1)
    return bins
#> histogram(np.array([0, 0, 1]), 2)

#: broadcast_stack_list
import numpy as np

def windows(series, width):
    rows = []
    for start in range(len(series) - width + 1):
        rows.append(series[start:start + width])
    return np.stack(rows)
#> windows(np.arange(4), 2)

#: swap_rows_views
import numpy as np

def swap_rows(m, i, j):
    m[[i, j]] = m[[j, i]]
    return m
#> swap_rows(np.arange(4).reshape(2, 2), 0, 1)

#: gradient_descent
import numpy as np

def fit(X, y, w, steps=3, lr=0.1):
    for _ in range(steps):
        w -= lr * X.T @ (X @ w - y) / len(y)
    return w
#> fit(np.ones((2, 1)), np.ones(2), np.zeros(1))

#: gradient_descent_rebound
import numpy as np

def fit(X, y, w, steps=3, lr=0.1):
    for _ in range(steps):
        w = w - lr * X.T @ (X @ w - y) / len(y)
    return w
#> fit(np.ones((2, 1)), np.ones(2), np.zeros(1))
