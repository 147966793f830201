#: list_sum_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def total(values):
    result = 0
    for v in values:
        result += v
    return result
#> total([1, 2])

#: list_appended_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def add_item(items, item):
    items.append(item)
    return items
#> add_item([], 1)

#: dict_updated_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def merge(base, extra):
    base.update(extra)
    return base
#> merge({}, {'a': 1})

#: dict_merged_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def merge(base, extra):
    out = dict(base)
    out.update(extra)
    return out
#> merge({}, {'a': 1})

#: sorted_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def top(items, n):
    return sorted(items, reverse=True)[:n]
#> top([1, 2], 1)

#: sort_method_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def top(items, n):
    items.sort(reverse=True)
    return items[:n]
#> top([1, 2], 1)

#: frame_filter_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def adults(df, limit=18):
    mask = df["age"] >= limit
    result = df[mask]
    result = result.reset_index(drop=True)
    return result
#> adults(pd.DataFrame({'age': [3, 30]}))

#: frame_column_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def add_ratio(df):
    df["ratio"] = df["a"] / df["b"]
    return df
#> add_ratio(pd.DataFrame({'a': [1.0], 'b': [2.0]}))

#: array_scaled_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def scale(x, factor):
    x *= factor
    return x
#> scale(np.ones(2), 2)

#: array_scaled_new_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def scale(x, factor):
    return x * factor
#> scale(np.ones(2), 2)

#: number_counted_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def count_up(n, step=1):
    n += step
    return n
#> count_up(1)

#: string_built_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def banner(text, width=10):
    line = "=" * width
    text += "!"
    return f"{line}\n{text.upper()}\n{line}"
#> banner('a')

#: word_counts_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def counts(text):
    return Counter(re.findall(r"\w+", text.lower())).most_common(3)
#> counts('a b a')

#: file_lines_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def read_lines(path):
    with open(path) as f:
        return [line.strip() for line in f if line.strip()]
#> read_lines('notes.txt')

#: log_and_time_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def timed(values):
    start = time.time()
    result = sum(values)
    logging.info("took %s", time.time() - start)
    return result
#> timed([1])

#: print_progress_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def show(items):
    for i, item in enumerate(items):
        print(i, item)
    return len(items)
#> show([1])

#: random_pick_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def pick(items):
    return random.choice(items)
#> pick([1, 2])

#: seeded_noise_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def noise(n, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=n)
#> noise(2, 1)

#: save_json_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def save(data, path):
    path = Path(path)
    path.write_text(json.dumps(data))
#> save({'a': 1}, 'a.json')

#: nested_dict_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def set_nested(config, section, key, value):
    config[section][key] = value
    return config
#> set_nested({'a': {}}, 'a', 'b', 1)

#: group_default_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def group(pairs):
    groups = defaultdict(list)
    for k, v in pairs:
        groups[k].append(v)
    return dict(groups)
#> group([('a', 1)])

#: queue_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def bfs(graph, start):
    seen, queue = {start}, deque([start])
    while queue:
        node = queue.popleft()
        for other in graph.get(node, []):
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return seen
#> bfs({'a': ['b']}, 'a')

#: plot_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def plot(x, y):
    plt.figure()
    plt.plot(x, y)
    plt.title("t")
#> plot([1], [2])

#: axes_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def draw(ax, values):
    ax.hist(values, bins=2)
    ax.set_xlabel("v")
    return ax
#> draw(plt.figure().add_subplot(), [1, 2])

#: matrix_row_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def zero_row(matrix, i):
    row = matrix[i]
    row[:] = 0
    return matrix
#> zero_row(np.ones((2, 2)), 0)

#: list_of_lists_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def zero_row(grid, i):
    for j in range(len(grid[i])):
        grid[i][j] = 0
#> zero_row([[1, 2]], 0)

#: set_membership_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def unseen(items, seen):
    fresh = [i for i in items if i not in seen]
    seen.update(fresh)
    return fresh
#> unseen([1], set())

#: text_clean_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def clean(texts):
    return [re.sub(r"\s+", " ", t).strip().lower() for t in texts]
#> clean(['A  b'])

#: env_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def api_key(name="KEY"):
    return os.environ.get(name)
#> api_key()

#: dates_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def monthly(df):
    df["month"] = pd.to_datetime(df["date"]).dt.to_period("M")
    return df.groupby("month")["amount"].sum()
#> monthly(pd.DataFrame({'date': ['2024-01-02'], 'amount': [1]}))

#: predict_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def predict(model, X):
    return model.predict(X)
#> predict(__import__('sklearn.linear_model').linear_model.LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0]), [[1.0]])

#: fit_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def train(model, X, y):
    model.fit(X, y)
    return model
#> train(__import__('sklearn.linear_model').linear_model.LinearRegression(), [[1.0], [2.0]], [1.0, 2.0])

#: callback_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def apply_all(items, func):
    return [func(i) for i in items]
#> apply_all([1], abs)

#: recursive_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def flatten(nested):
    flat = []
    for item in nested:
        if isinstance(item, list):
            flat.extend(flatten(item))
        else:
            flat.append(item)
    return flat
#> flatten([1, [2]])

#: pop_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def drain(stack):
    out = []
    while stack:
        out.append(stack.pop())
    return out
#> drain([1])

#: series_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def zscore(s):
    return (s - s.mean()) / s.std()
#> zscore(pd.Series([1.0, 2.0]))

#: fillna_inplace_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def fill(df, value=0):
    df.fillna(value, inplace=True)
#> fill(pd.DataFrame({'a': [1.0, None]}))

#: conditional_print_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def check(value, verbose=False):
    ok = value > 0
    if verbose:
        print("ok" if ok else "bad")
    return ok
#> check(1)
#> check(1, True)

#: copy_then_change_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

def with_total(row):
    row = row.copy()
    row["total"] = sum(row.values())
    return row
#> with_total({'a': 1})

#: global_counter_headed
import json
import logging
import os
import random
import re
import time
from collections import defaultdict, Counter, deque
from pathlib import Path
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

CALLS = 0

def count_call():
    global CALLS
    CALLS += 1
    return CALLS
#> count_call()
