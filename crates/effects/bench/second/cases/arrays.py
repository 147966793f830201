#: normalise_in_place
import numpy as np

def normalise(x):
    x -= x.mean()
    x /= x.std()
    return x
#> normalise(np.array([1.0, 2.0, 3.0]))

#: normalise_new
import numpy as np

def normalise(x):
    x = x - x.mean()
    x /= x.std()
    return x
#> normalise(np.array([1.0, 2.0, 3.0]))

#: increments_count
def count(items, start):
    for _ in items:
        start += 1
    return start
#> count([1, 2], 0)

#: typed_number_increment
def step(n: int) -> int:
    n += 1
    return n
#> step(1)

#: softmax
import numpy as np

def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
#> softmax(np.array([[1.0, 2.0]]))

#: gradient_descent
import numpy as np

def fit(X, y, rate=0.1, steps=5):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w -= rate * X.T @ (X @ w - y) / len(y)
    return w
#> fit(np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))

#: update_weights_given
import numpy as np

def step(weights, gradient, rate=0.1):
    weights -= rate * gradient
#> step(np.array([1.0]), np.array([2.0]))

#: view_row_assignment
import numpy as np

def zero_row(m, i):
    row = m[i]
    row[:] = 0
#> zero_row(np.ones((2, 2)), 0)

#: row_copy_assignment
import numpy as np

def zero_row(m, i):
    row = m[i].copy()
    row[:] = 0
    return row
#> zero_row(np.ones((2, 2)), 0)

#: out_keyword
import numpy as np

def accumulate(total, part):
    np.add(total, part, out=total)
#> accumulate(np.zeros(2), np.ones(2))

#: method_sum_into_out
import numpy as np

def totals(m, result):
    m.sum(axis=0, out=result)
#> totals(np.ones((2, 2)), np.zeros(2))

#: seed_and_draw
import numpy as np

def noise(n, seed=0):
    np.random.seed(seed)
    return np.random.randn(n)
#> noise(2)

#: draw_only
import numpy as np

def jitter(x):
    return x + np.random.normal(0, 0.1, size=x.shape)
#> jitter(np.ones(2))

#: draw_with_passed_generator
import numpy as np

def jitter(x, rng):
    return x + rng.normal(0, 0.1, size=x.shape)
#> jitter(np.ones(2), np.random.default_rng(1))

#: shuffle_in_unison
import numpy as np

def shuffle(X, y):
    order = np.random.permutation(len(X))
    return X[order], y[order]
#> shuffle(np.ones((2, 2)), np.ones(2))

#: shuffle_given_list
import random

def mix(cards):
    random.shuffle(cards)
    return cards[:1]
#> mix(list(range(99)))

#: own_generator_with_default_seed
import numpy as np

def sample(n, seed=42):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 10, size=n)
#> sample(3)

#: generator_without_seed
import numpy as np

def sample(n):
    rng = np.random.default_rng()
    return rng.random(n)
#> sample(3)

#: mask_assignment
import numpy as np

def threshold(image, level):
    image[image < level] = 0
    return image
#> threshold(np.array([1, 5]), 3)

#: where_new
import numpy as np

def threshold(image, level):
    return np.where(image < level, 0, image)
#> threshold(np.array([1, 5]), 3)

#: reshape_then_assign
import numpy as np

def mark(a):
    grid = a.reshape(2, -1)
    grid[0, 0] = -1
    return grid
#> mark(np.arange(4))

#: flatten_then_assign
import numpy as np

def mark(a):
    flat = a.flatten()
    flat[0] = -1
    return flat
#> mark(np.arange(4).reshape(2, 2))

#: resize_method
import numpy as np

def grow(a):
    a.resize(4, refcheck=False)
#> grow(np.arange(2))

#: cumulative_loop
import numpy as np

def cumulate(xs):
    out = np.empty_like(xs)
    total = 0
    for i, x in enumerate(xs):
        total += x
        out[i] = total
    return out
#> cumulate(np.arange(3))

#: in_place_partition
import numpy as np

def median_of(a):
    a.partition(len(a) // 2)
    return a[len(a) // 2]
#> median_of(np.array([3, 1, 2]))

#: typed_array_augmented
import numpy as np

def shift(a: np.ndarray, by: float) -> np.ndarray:
    a += by
    return a
#> shift(np.ones(2), 1.0)

#: pad_and_convolve
import numpy as np

def smooth(signal, width=3):
    kernel = np.ones(width) / width
    padded = np.pad(signal, width // 2, mode="edge")
    return np.convolve(padded, kernel, mode="valid")
#> smooth(np.arange(5.0))

#: sort_axis_in_place
import numpy as np

def order(m):
    m.sort(axis=0)
#> order(np.array([[2], [1]]))

#: argsort_only
import numpy as np

def order(m):
    return m[np.argsort(m[:, 0])]
#> order(np.array([[2], [1]]))

#: swap_elements
def swap(a, i, j):
    a[i], a[j] = a[j], a[i]
#> swap([1, 2], 0, 1)

#: fill_diagonal_of_copy
import numpy as np

def no_self(adjacency):
    result = adjacency.astype(float)
    np.fill_diagonal(result, 0)
    return result
#> no_self(np.ones((2, 2), dtype=int))

#: save_npz
import numpy as np

def store(path, **arrays):
    np.savez(path, **arrays)
#> store("a.npz", x=np.ones(1))

#: load_npy
import numpy as np

def again(a):
    np.save("a.npy", a)
    return np.load("a.npy")
#> again(np.ones(1))

#: set_printoptions
import numpy as np

def quiet():
    np.set_printoptions(precision=2)
#> quiet()

#: broadcast_to_read
import numpy as np

def table(a, b):
    left, right = np.broadcast_arrays(a[:, None], b[None, :])
    return left * right
#> table(np.arange(2), np.arange(3))

#: moving_window_views
import numpy as np

def windows(x, n):
    return np.stack([x[i : i + n] for i in range(len(x) - n + 1)])
#> windows(np.arange(4), 2)

#: transposed_assignment
import numpy as np

def first_column(m):
    m.T[0] = 0
#> first_column(np.ones((2, 2)))

#: power_iteration
import numpy as np

def leading(A, steps=10, seed=0):
    rng = np.random.RandomState(seed)
    v = rng.rand(A.shape[0])
    for _ in range(steps):
        v = A @ v
        v /= np.linalg.norm(v)
    return v
#> leading(np.eye(2))
