#: augmented_array
import numpy as np

def f(a):
    a += 1
    return a
#> f(np.zeros(3))

#: binary_array
import numpy as np

def f(a):
    a = a + 1
    return a
#> f(np.zeros(3))

#: item_assignment
import numpy as np

def f(a):
    a[0] = 5
#> f(np.zeros(3))

#: slice_view
import numpy as np

def f(a):
    head = a[:2]
    head[:] = 1
#> f(np.zeros(3))

#: fancy_index_copies
import numpy as np

def f(a):
    picked = a[[0, 2]]
    picked[:] = 1
    return picked
#> f(np.zeros(3))

#: boolean_mask_assignment
import numpy as np

def f(a):
    a[a < 0] = 0
#> f(np.array([-1.0, 2.0]))

#: boolean_mask_copies
import numpy as np

def f(a):
    positive = a[a > 0]
    positive *= 2
    return positive
#> f(np.array([-1.0, 2.0]))

#: reshape_view
import numpy as np

def f(a):
    b = a.reshape(2, 2)
    b[0, 0] = 9
#> f(np.zeros(4))

#: ravel_view
import numpy as np

def f(a):
    a.ravel()[0] = 9
#> f(np.zeros((2, 2)))

#: flatten_copies
import numpy as np

def f(a):
    flat = a.flatten()
    flat[0] = 9
    return flat
#> f(np.zeros((2, 2)))

#: transpose_view
import numpy as np

def f(a):
    t = a.T
    t[0, 1] = 9
#> f(np.zeros((2, 2)))

#: asarray_view
import numpy as np

def f(a):
    b = np.asarray(a)
    b[0] = 9
#> f(np.zeros(2))

#: array_copies
import numpy as np

def f(a):
    b = np.array(a)
    b[0] = 9
    return b
#> f(np.zeros(2))

#: astype_copies
import numpy as np

def f(a):
    b = a.astype(int)
    b[0] = 9
    return b
#> f(np.zeros(2))

#: squeeze_view
import numpy as np

def f(a):
    np.squeeze(a)[0] = 9
#> f(np.zeros((1, 2)))

#: expand_dims_by_none
import numpy as np

def f(a):
    column = a[:, None]
    column[0] = 3
#> f(np.zeros(2))

#: out_parameter
import numpy as np

def f(a, b):
    np.add(a, 1, out=b)
#> f(np.zeros(2), np.zeros(2))

#: out_parameter_itself
import numpy as np

def f(a):
    np.exp(a, out=a)
    return a
#> f(np.zeros(2))

#: ufunc_is_new
import numpy as np

def f(a):
    return np.log1p(np.abs(a)) + np.sqrt(a)
#> f(np.zeros(2))

#: ufunc_at
import numpy as np

def f(a, index):
    np.add.at(a, index, 1)
#> f(np.zeros(2), [0, 0])

#: sort_method
import numpy as np

def f(a):
    a.sort()
#> f(np.array([2, 1]))

#: sort_function
import numpy as np

def f(a):
    return np.sort(a)[::-1]
#> f(np.array([2, 1]))

#: fill_method
import numpy as np

def f(a):
    a.fill(7)
#> f(np.zeros(2))

#: np_put
import numpy as np

def f(a):
    np.put(a, [0], 5)
#> f(np.zeros(2))

#: np_copyto
import numpy as np

def f(a, b):
    np.copyto(a, b)
#> f(np.zeros(2), np.ones(2))

#: np_fill_diagonal
import numpy as np

def f(a):
    np.fill_diagonal(a, 0)
#> f(np.ones((2, 2)))

#: np_place
import numpy as np

def f(a):
    np.place(a, a > 0, [0])
#> f(np.ones(2))

#: shape_attribute
import numpy as np

def f(a):
    a.shape = (2, 2)
#> f(np.ones(4))

#: flat_assignment
import numpy as np

def f(a):
    a.flat[0] = 3
#> f(np.zeros(4))

#: setflags
import numpy as np

def f(a):
    a.setflags(write=False)
#> f(np.zeros(4))

#: rows_are_views
import numpy as np

def f(a):
    for row in a:
        row[0] = 1
#> f(np.zeros((2, 2)))

#: unpacked_rows_are_views
import numpy as np

def f(a):
    first, second = a
    first[0] = 1
#> f(np.zeros((2, 2)))

#: stack_copies
import numpy as np

def f(a, b):
    both = np.vstack([a, b])
    both[0] = 1
    return both
#> f(np.zeros(2), np.zeros(2))

#: where_is_new
import numpy as np

def f(a):
    b = np.where(a > 0, a, 0)
    b[0] = 1
    return b
#> f(np.zeros(2))

#: clip_out
import numpy as np

def f(a):
    np.clip(a, 0, 1, out=a)
#> f(np.array([2.0]))

#: nan_to_num_in_place
import numpy as np

def f(a):
    np.nan_to_num(a, copy=False)
#> f(np.array([np.nan]))

#: nan_to_num_copies
import numpy as np

def f(a):
    return np.nan_to_num(a)
#> f(np.array([np.nan]))

#: matmul
import numpy as np

def f(a, b):
    return a @ b + np.linalg.norm(a) * np.eye(len(a))
#> f(np.eye(2), np.eye(2))

#: vectorised_distance
import numpy as np

def f(points):
    delta = points[:, None, :] - points[None, :, :]
    return np.sqrt((delta ** 2).sum(axis=-1))
#> f(np.zeros((2, 2)))

#: linspace_loop
import numpy as np

def f(n):
    out = np.empty(n)
    for i, x in enumerate(np.linspace(0, 1, n)):
        out[i] = x ** 2
    return out
#> f(3)

#: global_seed
import numpy as np

def f():
    np.random.seed(0)
#> f()

#: global_draw
import numpy as np

def f(n):
    return np.random.normal(size=n)
#> f(2)

#: global_shuffle
import numpy as np

def f(a):
    np.random.shuffle(a)
#> f(np.arange(10))

#: generator_seeded
import numpy as np

def f(n):
    return np.random.default_rng(0).normal(size=n)
#> f(2)

#: generator_unseeded
import numpy as np

def f(n):
    return np.random.default_rng().normal(size=n)
#> f(2)

#: generator_argument
import numpy as np

def f(rng, n):
    return rng.normal(size=n)
#> f(np.random.default_rng(0), 2)

#: random_state_seeded
import numpy as np

def f(n):
    rng = np.random.RandomState(3)
    return rng.randint(0, 10, n), rng.permutation(n)
#> f(2)

#: generator_shuffle_argument
import numpy as np

def f(a):
    np.random.default_rng(1).shuffle(a)
#> f(np.arange(10))

#: save_and_load
import numpy as np

def f(a, path):
    np.save(path, a)
    return np.load(path)
#> f(np.zeros(2), "out.npy")

#: loadtxt
import numpy as np

def f(path):
    return np.loadtxt(path, delimiter=",", skiprows=1)
#> f("data.csv")

#: savetxt
import numpy as np

def f(path, a):
    np.savetxt(path, a)
#> f("out.txt", np.zeros(2))

#: seterr
import numpy as np

def f():
    np.seterr(all="ignore")
#> f()

#: errstate
import numpy as np

def f(a):
    with np.errstate(divide="ignore"):
        return 1 / a
#> f(np.zeros(2))

#: printoptions
import numpy as np

def f():
    np.set_printoptions(precision=3)
#> f()

#: apply_along_axis
import numpy as np

def f(a):
    return np.apply_along_axis(lambda row: row.max() - row.min(), 1, a)
#> f(np.zeros((2, 2)))

#: vectorize_with_effect
import numpy as np

def show(x):
    print(x)
    return x

def f(a):
    return np.vectorize(show)(a)
#> f(np.zeros(2))

#: structured_reduction
import numpy as np

def f(a):
    return float(a.mean()), int(a.argmax()), a.tolist()
#> f(np.zeros(2))

#: list_of_arrays
import numpy as np

def f(arrays):
    for a in arrays:
        a -= a.mean()
#> f([np.arange(2.0)])

#: dict_of_arrays
import numpy as np

def f(weights, gradients, rate):
    for name in weights:
        weights[name] -= rate * gradients[name]
#> f({"w": np.zeros(2)}, {"w": np.ones(2)}, 0.1)

#: masked_array
import numpy as np

def f(a):
    masked = np.ma.masked_invalid(a)
    return masked.mean()
#> f(np.array([1.0, np.nan]))

#: views_of_views
import numpy as np

def f(a):
    b = a[1:]
    c = b.reshape(-1, 1)
    d = c.T
    d[0, 0] = 9
#> f(np.zeros(3))

#: multiply_in_place_by_function
import numpy as np

def scale(x, k):
    x *= k
    return x

def f(a):
    return scale(a[1:], 2)
#> f(np.ones(3))

#: einsum_and_polyfit
import numpy as np

def f(x, y):
    return np.polyfit(x, y, 1), np.einsum("i,i->", x, y), np.interp(0.5, x, y)
#> f(np.arange(3.0), np.arange(3.0))
