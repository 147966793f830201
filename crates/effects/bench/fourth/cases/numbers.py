#: typed_array_plus_equals
import numpy as np

def shift(x: np.ndarray, by: float) -> np.ndarray:
    x -= by
    return x
#> shift(np.array([1.0, 2.0]), 1.0)

#: plus_equals_on_fresh
import numpy as np

def shift(x, by):
    y = np.array(x, dtype=float)
    y += by
    return y
#> shift(np.array([1.0, 2.0]), 1.0)

#: asarray_then_changed
import numpy as np

def relu(x):
    x = np.asarray(x)
    x[x < 0] = 0
    return x
#> relu(np.array([-1.0, 2.0]))

#: ravel_then_changed
import numpy as np

def zero_ends(matrix):
    flat = matrix.ravel()
    flat[0] = flat[-1] = 0
    return matrix
#> zero_ends(np.ones((2, 2)))

#: flatten_then_changed
import numpy as np

def zero_ends(matrix):
    flat = matrix.flatten()
    flat[0] = flat[-1] = 0
    return flat
#> zero_ends(np.ones((2, 2)))

#: diagonal_filled
import numpy as np

def no_self_loops(adjacency):
    np.fill_diagonal(adjacency, 0)
    return adjacency.sum(axis=1)
#> no_self_loops(np.ones((3, 3)))

#: ufunc_at_counts
import numpy as np

def count(indices, size):
    out = np.zeros(size, dtype=int)
    np.add.at(out, indices, 1)
    return out
#> count(np.array([0, 0, 1]), 3)

#: out_parameter_given
import numpy as np

def scale_into(source, factor, target):
    np.multiply(source, factor, out=target)
#> scale_into(np.ones(2), 2.0, np.zeros(2))

#: rng_passed_in
import numpy as np

def noise(rng: np.random.Generator, n: int):
    return rng.normal(size=n)
#> noise(np.random.default_rng(0), 3)

#: rng_optional
import numpy as np

def noise(n, rng=None):
    rng = rng or np.random.default_rng(7)
    return rng.normal(size=n)
#> noise(3)
#> noise(3, np.random.default_rng(1))

#: check_random_state
import numpy as np
from sklearn.utils import check_random_state

def subsample(x, n, seed):
    rng = check_random_state(seed)
    return x[rng.permutation(len(x))[:n]]
#> subsample(np.arange(4), 2, 3)

#: permutation_of_global
import numpy as np

def shuffled(x):
    order = np.random.permutation(len(x))
    return x[order]
#> shuffled(np.arange(4))

#: shuffle_of_copy
import random

def shuffled(items):
    items = list(items)
    random.shuffle(items)
    return items
#> shuffled([1, 2, 3])

#: random_sample_seeded_instance
import random

def pick(items, k, seed=0):
    return random.Random(seed).sample(items, k)
#> pick([1, 2, 3], 2)

#: einsum_rows
import numpy as np

def cosine(a, b):
    num = np.einsum("ij,ij->i", a, b)
    return num / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))
#> cosine(np.ones((2, 2)), np.ones((2, 2)))

#: save_to_buffer
import io
import numpy as np

def to_bytes(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()
#> to_bytes(np.ones(2))

#: load_from_buffer
import io
import numpy as np

def from_text(text):
    return np.loadtxt(io.StringIO(text), delimiter=",")
#> from_text("1,2\n3,4")

#: image_channel_swapped
import numpy as np

def swap_channels(image):
    image[..., [0, 2]] = image[..., [2, 0]]
    return image
#> swap_channels(np.arange(12).reshape(2, 2, 3))

#: image_flipped
import numpy as np

def flipped(image):
    return image[:, ::-1].astype(np.float32) / 255.0
#> flipped(np.arange(12).reshape(2, 2, 3))

#: flipped_view_changed
import numpy as np

def first_of_flipped(image):
    view = image[:, ::-1]
    view[0, 0] = 0
    return view
#> first_of_flipped(np.ones((2, 2)))

#: moving_average_state
class Ema:
    def __init__(self, beta):
        self.beta = beta
        self.value = None

    def update(self, x):
        self.value = x if self.value is None else self.beta * self.value + (1 - self.beta) * x
        return self.value

def smooth(xs, beta=0.9):
    ema = Ema(beta)
    return [ema.update(x) for x in xs]
#> smooth([1.0, 2.0])

#: optimizer_step_on_dict
def sgd(params, grads, lr=0.1):
    for key in params:
        params[key] -= lr * grads[key]
#> sgd({"w": 1.0}, {"w": 0.5})

#: optimizer_step_functional
def sgd(params, grads, lr=0.1):
    return {key: value - lr * grads[key] for key, value in params.items()}
#> sgd({"w": 1.0}, {"w": 0.5})

#: layer_forward_caches
import numpy as np

class Linear:
    def __init__(self, n, m):
        self.w = np.zeros((n, m))
        self.x = None

    def forward(self, x):
        self.x = x
        return x @ self.w

    def backward(self, grad):
        self.dw = self.x.T @ grad
        return grad @ self.w.T

def run(layer, x):
    return layer.forward(x)
#> run(Linear(2, 1), np.ones((1, 2)))

#: network_forward_pure
import numpy as np

def forward(x, weights, biases):
    for w, b in zip(weights, biases):
        x = np.maximum(x @ w + b, 0)
    return x
#> forward(np.ones((1, 2)), [np.ones((2, 2))], [np.zeros(2)])

#: network_forward_in_place
import numpy as np

def forward(x, weights):
    h = x
    for w in weights:
        h *= w
    return h
#> forward(np.ones(2), [np.full(2, 2.0)])

#: partition_out_of_place
import numpy as np

def top_k(scores, k):
    order = np.argpartition(-scores, k)[:k]
    return order[np.argsort(-scores[order])]
#> top_k(np.array([1, 3, 2]), 2)

#: sort_on_axis_argument
import numpy as np

def medians(data):
    data.sort(axis=0)
    return data[len(data) // 2]
#> medians(np.array([[3, 1], [2, 5], [1, 1]]))

#: integral_by_scipy
from scipy import integrate

def area(f, a, b):
    value, _ = integrate.quad(f, a, b)
    return value
#> area(lambda x: x, 0, 1)

#: odeint_solution
import numpy as np
from scipy.integrate import solve_ivp

def decay(rate, t):
    solution = solve_ivp(lambda t, y: -rate * y, (0, t), [1.0], t_eval=np.linspace(0, t, 5))
    return solution.y[0]
#> decay(0.5, 1.0)

#: ab_test
import numpy as np
from scipy import stats

def ab(a, b, alpha=0.05):
    t, p = stats.ttest_ind(a, b, equal_var=False)
    lift = (np.mean(b) - np.mean(a)) / np.mean(a)
    return {"t": t, "p": p, "lift": lift, "significant": bool(p < alpha)}
#> ab([1.0, 2.0, 3.0], [2.0, 3.0, 5.0])

#: bootstrap_ci_global
import numpy as np

def ci(data, n=10):
    means = [np.random.choice(data, size=len(data), replace=True).mean() for _ in range(n)]
    return np.percentile(means, [2.5, 97.5])
#> ci(np.array([1.0, 2.0]))

#: distances_scipy
from scipy.spatial.distance import cdist
import numpy as np

def nearest(points, centers):
    return cdist(points, centers).argmin(axis=1)
#> nearest(np.ones((2, 2)), np.zeros((1, 2)))

#: kmeans_by_hand
import numpy as np

def kmeans(points, k, steps=3, seed=0):
    rng = np.random.default_rng(seed)
    centers = points[rng.choice(len(points), k, replace=False)]
    for _ in range(steps):
        labels = np.linalg.norm(points[:, None] - centers[None], axis=2).argmin(axis=1)
        for j in range(k):
            if (labels == j).any():
                centers[j] = points[labels == j].mean(axis=0)
    return labels, centers
#> kmeans(np.arange(8.0).reshape(4, 2), 2)
