#: view_via_real
import numpy as np

def drop_imag(z):
    z.imag[:] = 0
    return z
#> drop_imag(np.array([1 + 2j]))

#: moveaxis_is_view
import numpy as np

def normalise_channels(img):
    chans = np.moveaxis(img, -1, 0)
    for c in chans:
        c -= c.mean()
    return img
#> normalise_channels(np.random.RandomState(0).rand(2, 2, 3))

#: split_views_written
import numpy as np

def negate_second_half(a):
    first, second = np.split(a, 2)
    second *= -1
    return a
#> negate_second_half(np.ones(4))

#: asarray_of_list_is_new
import numpy as np

def demean(values: list):
    arr = np.asarray(values, dtype=float)
    arr -= arr.mean()
    return arr
#> demean([1, 2, 3])

#: astype_copy_false
import numpy as np

def scale32(x):
    y = x.astype(np.float64, copy=False)
    y /= 255.0
    return y
#> scale32(np.ones(3))

#: fancy_index_augmented
import numpy as np

def bump(hist, idx):
    hist[idx] += 1
    return hist
#> bump(np.zeros(3), [0, 1])

#: fancy_index_copy_augmented
import numpy as np

def bumped(hist, idx):
    part = hist[[0, 2]]
    part += 1
    return part
#> bumped(np.zeros(3), 1)

#: where_tuple_write
import numpy as np

def repair(a):
    bad = np.where(np.isnan(a))
    a[bad] = np.nanmean(a)
    return a
#> repair(np.array([1.0, np.nan]))

#: cumsum_new
import numpy as np

def running(a):
    out = a.cumsum()
    out /= np.arange(1, len(a) + 1)
    return out
#> running(np.ones(3))

#: dot_out
import numpy as np

def project(a, b, buf):
    np.dot(a, b, out=buf)
    return buf
#> project(np.eye(2), np.eye(2), np.zeros((2, 2)))

#: sort_axis_copy
import numpy as np

def medians(x):
    s = np.sort(x, axis=0)
    s[0] = 0
    return s[len(s) // 2]
#> medians(np.ones((3, 2)))

#: put_mask
import numpy as np

def saturate(img):
    np.putmask(img, img > 200, 255)
#> saturate(np.array([100, 220]))

#: pad_then_write
import numpy as np

def frame(img):
    p = np.pad(img, 1)
    p[0] = 9
    return p
#> frame(np.ones((2, 2)))

#: stack_of_rows_then_write
import numpy as np

def batch(rows):
    x = np.stack(rows)
    x[0, 0] = -1
    return x
#> batch([np.ones(2), np.ones(2)])

#: vstack_accumulate
import numpy as np

def grow(acc, row):
    acc = np.vstack([acc, row])
    acc[-1] *= 2
    return acc
#> grow(np.ones((1, 2)), np.ones(2))

#: list_of_arrays_iadd
import numpy as np

def decay(weights, rate):
    for w in weights:
        w *= 1 - rate
#> decay([np.ones(2)], 0.1)

#: list_of_arrays_rebuilt
import numpy as np

def decayed(weights, rate):
    return [w * (1 - rate) for w in weights]
#> decayed([np.ones(2)], 0.1)

#: dict_of_arrays_sgd
import numpy as np

def sgd(params, grads, lr=0.1):
    for k in params:
        params[k] = params[k] - lr * grads[k]
    return params
#> sgd({"w": np.ones(2)}, {"w": np.ones(2)})

#: dict_of_arrays_sgd_inplace_values
import numpy as np

def sgd(params, grads, lr=0.1):
    for p, g in zip(params.values(), grads.values()):
        p -= lr * g
#> sgd({"w": np.ones(2)}, {"w": np.ones(2)})

#: nditer_write
import numpy as np

def double(a):
    with np.nditer(a, op_flags=["readwrite"]) as it:
        for x in it:
            x[...] = 2 * x
    return a
#> double(np.ones(3))

#: ndenumerate_read
import numpy as np

def positions(a):
    return [idx for idx, v in np.ndenumerate(a) if v > 0]
#> positions(np.eye(2))

#: meshgrid_write
import numpy as np

def grid(n):
    xx, yy = np.meshgrid(np.arange(n), np.arange(n))
    xx[0] = 5
    return xx + yy
#> grid(3)

#: sliding_window
import numpy as np

def rolling_max(x, k):
    w = np.lib.stride_tricks.sliding_window_view(x, k)
    return w.max(axis=1)
#> rolling_max(np.arange(5), 2)

#: legacy_state_saved
import numpy as np

def reproducible(n):
    state = np.random.get_state()
    np.random.seed(0)
    x = np.random.rand(n)
    np.random.set_state(state)
    return x
#> reproducible(2)

#: local_randomstate
import numpy as np

def init(shape, seed=0):
    rs = np.random.RandomState(seed)
    w = rs.randn(*shape)
    w[0] = 0
    return w
#> init((2, 2))

#: generator_default_argument
import numpy as np

RNG = np.random.default_rng(7)

def draw(n):
    return RNG.integers(0, 10, n)
#> draw(2)

#: rng_or_seed
import numpy as np

def sample(x, rng=None):
    rng = np.random.default_rng(rng)
    return rng.choice(x)
#> sample([1, 2], 3)
#> sample([1, 2])

#: matrix_row_alias_swap
import numpy as np

def swap_rows(m, i, j):
    m[[i, j]] = m[[j, i]]
#> swap_rows(np.eye(2), 0, 1)

#: gauss_elim_copy
import numpy as np

def solve(A, b):
    A = A.astype(float)
    b = b.astype(float)
    n = len(b)
    for k in range(n):
        for i in range(k + 1, n):
            f = A[i, k] / A[k, k]
            A[i] -= f * A[k]
            b[i] -= f * b[k]
    x = np.zeros(n)
    for k in reversed(range(n)):
        x[k] = (b[k] - A[k, k + 1:] @ x[k + 1:]) / A[k, k]
    return x
#> solve(np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0]))

#: gauss_elim_in_place
import numpy as np

def eliminate(A):
    n = A.shape[0]
    for k in range(n):
        for i in range(k + 1, n):
            A[i] -= A[k] * (A[i, k] / A[k, k])
    return A
#> eliminate(np.array([[2.0, 1.0], [1.0, 3.0]]))
