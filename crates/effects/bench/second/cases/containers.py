#: merges_defaults
def options(given, defaults={"a": 1}):
    merged = dict(defaults)
    merged.update(given)
    return merged
#> options({"b": 2})

#: update_given_dict
def complete(config):
    config.setdefault("rate", 0.1)
    config.update(steps=5)
    return config
#> complete({})

#: nested_default_path
def put(tree, keys, value):
    node = tree
    for key in keys[:-1]:
        node = node.setdefault(key, {})
    node[keys[-1]] = value
#> put({}, ["a", "b"], 1)

#: flatten_recursive
def flatten(items):
    result = []
    for item in items:
        if isinstance(item, list):
            result.extend(flatten(item))
        else:
            result.append(item)
    return result
#> flatten([1, [2, [3]]])

#: deduplicate_keeping_order
def unique(xs):
    seen = set()
    return [x for x in xs if not (x in seen or seen.add(x))]
#> unique([1, 1, 2])

#: pops_until_empty
def drain(queue):
    out = []
    while queue:
        out.append(queue.pop(0))
    return out
#> drain([1, 2])

#: stack_local
def balanced(text):
    stack = []
    for c in text:
        if c == "(":
            stack.append(c)
        elif c == ")":
            if not stack:
                return False
            stack.pop()
    return not stack
#> balanced("(())")

#: tuple_with_list_inside
def touch(pair):
    pair[1].append("x")
#> touch((1, []))

#: alias_in_tuple_unpacked
def touch(a, b):
    both = (a, b)
    for it in both:
        it.clear()
#> touch([1], [2])

#: dict_of_lists_alias
def touch(xs):
    index = {"xs": xs}
    index["xs"].append(1)
#> touch([])

#: copy_then_nested_change
import copy

def shallow(config):
    new = copy.copy(config)
    new["model"]["depth"] = 5
    return new
#> shallow({"model": {"depth": 3}})

#: deepcopy_then_nested_change
import copy

def deep(config):
    new = copy.deepcopy(config)
    new["model"]["depth"] = 5
    return new
#> deep({"model": {"depth": 3}})

#: copy_then_top_level_change
import copy

def shallow(config):
    new = copy.copy(config)
    new["depth"] = 5
    return new
#> shallow({"depth": 3})

#: counts_with_get
def tally(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts
#> tally(["a", "b", "a"])

#: counter_argument_updated
from collections import Counter

def add(counter, words):
    counter.update(words)
    return counter.most_common(1)
#> add(Counter(), ["a"])

#: defaultdict_read_of_missing
from collections import defaultdict

def peek(table: defaultdict, key):
    return table[key]
#> peek(defaultdict(list), "a")

#: defaultdict_local
from collections import defaultdict

def group(pairs):
    groups = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
#> group([("a", 1)])

#: deque_rotated
from collections import deque

def turn(d):
    d.rotate(1)
#> turn(deque([1, 2]))

#: ordered_dict_moved
from collections import OrderedDict

def touch(cache, key):
    cache.move_to_end(key)
    return cache[key]
#> touch(OrderedDict(a=1, b=2), "a")

#: heap_given
import heapq

def push_all(heap, items):
    for item in items:
        heapq.heappush(heap, item)
#> push_all([], [2, 1])

#: heap_own
import heapq

def smallest(items, n):
    heap = list(items)
    heapq.heapify(heap)
    return [heapq.heappop(heap) for _ in range(n)]
#> smallest([3, 1, 2], 2)

#: slice_deleted
def trim(xs, n):
    del xs[n:]
#> trim([1, 2, 3], 1)

#: sorted_in_place_with_key
def by_length(words):
    words.sort(key=len, reverse=True)
    return words
#> by_length(["a", "bb"])

#: list_multiplied_in_place
def repeat(xs):
    xs *= 2
#> repeat([1])

#: set_difference_update
def remove(a, b):
    a -= b
    return a
#> remove({1, 2}, {1})

#: typed_list_concatenated
def longer(xs: list[int]) -> list[int]:
    return xs + [1]
#> longer([0])

#: typed_list_augmented
def longer(xs: list[int]) -> list[int]:
    xs += [1]
    return xs
#> longer([0])

#: zip_to_dict
def pair(keys, values):
    return dict(zip(keys, values))
#> pair(["a"], [1])

#: dict_inverted
def invert(mapping):
    return {value: key for key, value in mapping.items()}
#> invert({"a": 1})

#: sorted_items
def ranking(scores):
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
#> ranking({"a": 1, "b": 2})

#: next_of_argument
def header(rows):
    return next(rows)
#> header(iter([1, 2]))

#: next_of_own_iterator
def first(items, default=None):
    return next(iter(items), default)
#> first([1])

#: next_with_condition
def first_even(numbers):
    return next((n for n in numbers if n % 2 == 0), None)
#> first_even([1, 2])

#: loop_changes_elements
def scale(points, factor):
    for point in points:
        point["x"] *= factor
#> scale([{"x": 1}], 2)

#: loop_rebinds_element
def scaled(points, factor):
    out = []
    for point in points:
        point = dict(point, x=point["x"] * factor)
        out.append(point)
    return out
#> scaled([{"x": 1}], 2)

#: enumerate_writes_back
def square_all(xs):
    for i, x in enumerate(xs):
        xs[i] = x * x
#> square_all([1, 2])

#: matrix_by_rows
def identity(n):
    rows = [[0] * n for _ in range(n)]
    for i in range(n):
        rows[i][i] = 1
    return rows
#> identity(2)

#: bytearray_given
def patch(buffer):
    buffer[0] = 255
#> patch(bytearray(b"ab"))

#: array_module
import array

def push(a):
    a.append(3)
#> push(array.array("i", [1]))

#: chain_map_writes_first
from collections import ChainMap

def override(base, extra):
    scope = ChainMap(extra, base)
    scope["x"] = 1
    return scope
#> override({}, {})

#: itertools_chain_reads
import itertools

def all_items(*groups):
    return list(itertools.chain(*groups))
#> all_items([1], [2])

#: itertools_accumulate
from itertools import accumulate

def drawdown(values):
    peaks = accumulate(values, max)
    return [peak - value for peak, value in zip(peaks, values)]
#> drawdown([3, 1, 2])

#: functools_reduce_merge
from functools import reduce

def merge(dicts):
    return reduce(lambda a, b: {**a, **b}, dicts, {})
#> merge([{"a": 1}, {"b": 2}])

#: functools_reduce_update
from functools import reduce

def merge(dicts):
    def join(a, b):
        a.update(b)
        return a
    return reduce(join, dicts)
#> merge([{"a": 1}, {"b": 2}])

#: string_builder
def render(rows):
    parts = []
    for row in rows:
        parts.append(",".join(map(str, row)))
    return "\n".join(parts)
#> render([[1, 2]])

#: string_augmented
def repeat(text, n):
    result = ""
    for _ in range(n):
        result += text
    return result
#> repeat("a", 2)

#: parameter_string_augmented
def suffix(name, ext=".csv"):
    if not name.endswith(ext):
        name += ext
    return name
#> suffix("a")

#: swap_variables_then_change
def change_larger(a, b):
    if len(a) < len(b):
        a, b = b, a
    a.append(0)
#> change_larger([1], [1, 2])
#> change_larger([1, 2], [1])

#: reverse_slice_new
def palindrome(s):
    return s == s[::-1]
#> palindrome("aba")

#: list_copied_by_unpacking
def with_total(row):
    new = [*row]
    new.append(sum(row))
    return new
#> with_total([1, 2])

#: dict_copied_by_unpacking
def with_name(record, name):
    new = {**record, "name": name}
    new["tags"].append(name)
    return new
#> with_name({"tags": []}, "x")

#: frozen_set_built
def vocabulary(docs):
    words = set()
    for doc in docs:
        words |= set(doc.split())
    return frozenset(words)
#> vocabulary(["a b"])

#: popitem_given
def last(mapping):
    return mapping.popitem()
#> last({"a": 1})

#: dictionary_get_with_list_default
def add_to(groups, key, value):
    found = groups.get(key, [])
    found.append(value)
    groups[key] = found
#> add_to({"a": []}, "a", 1)

#: remove_if_present
def discard(names, name):
    if name in names:
        names.remove(name)
    return names
#> discard(["a"], "a")
