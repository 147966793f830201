#: returns_new_list
def f(xs):
    return sorted(xs)
#> f([3, 1, 2])

#: sorts_in_place
def f(xs):
    xs.sort()
    return xs
#> f([3, 1, 2])

#: alias_then_append
def f(xs):
    ys = xs
    ys.append(4)
    return len(ys)
#> f([1])

#: copy_then_append
def f(xs):
    ys = list(xs)
    ys.append(4)
    return ys
#> f([1])

#: slice_copy_then_set
def f(xs):
    ys = xs[:]
    ys[0] = 9
    return ys
#> f([1, 2])

#: slice_assignment
def f(xs, ys):
    xs[1:] = ys
#> f([1, 2, 3], [7])

#: element_of_nested_list
def f(rows):
    first = rows[0]
    first.append(1)
#> f([[0], [2]])

#: shallow_copy_shares_elements
def f(rows):
    fresh = rows.copy()
    fresh[0].append(1)
    return fresh
#> f([[0], [2]])

#: deep_copy_shares_nothing
import copy

def f(rows):
    fresh = copy.deepcopy(rows)
    fresh[0].append(1)
    return fresh
#> f([[0], [2]])

#: tuple_unpacking_alias
def f(a, b):
    x, y = a, b
    y.append(1)
#> f([], [])

#: swap_then_mutate
def f(a, b):
    a, b = b, a
    a.append(1)
#> f([], [])

#: star_target_is_new
def f(xs):
    first, *rest = xs
    rest.append(first)
    return rest
#> f([1, 2, 3])

#: star_target_elements_are_shared
def f(rows):
    first, *rest = rows
    rest[0].append(first)
#> f([1, [2], [3]])

#: conditional_alias
def f(a, b, flag):
    target = a if flag else b
    target.append(0)
#> f([], [], True)
#> f([], [], False)

#: or_alias
def f(xs):
    ys = xs or []
    ys.append(1)
    return ys
#> f([1])

#: or_alias_default_none
def f(xs=None):
    xs = xs or []
    xs.append(1)
    return xs
#> f([5])
#> f()

#: rebinding_is_no_mutation
def f(xs):
    xs = xs + [1]
    xs.append(2)
    return xs
#> f([0])

#: augmented_list
def f(xs):
    xs += [1]
    return xs
#> f([0])

#: augmented_number
def f(n):
    n += 1
    return n
#> f(1)

#: augmented_string
def f(s):
    s += "x"
    return s
#> f("a")

#: augmented_tuple
def f(t):
    t += (1,)
    return t
#> f((0,))

#: dict_value_alias
def f(d):
    xs = d["xs"]
    xs.append(1)
#> f({"xs": []})

#: dict_get_alias
def f(d):
    xs = d.get("xs", [])
    xs.append(1)
#> f({"xs": []})

#: setdefault_changes
def f(d, key):
    d.setdefault(key, []).append(1)
#> f({}, "a")

#: loop_over_values
def f(d):
    for xs in d.values():
        xs.clear()
#> f({"a": [1], "b": [2]})

#: loop_over_items
def f(d):
    for key, xs in d.items():
        xs.append(key)
#> f({"a": [1], "b": [2]})

#: loop_over_zip
def f(names, buckets):
    for name, bucket in zip(names, buckets):
        bucket.append(name)
#> f(["a"], [[]])

#: loop_over_enumerate
def f(rows):
    for i, row in enumerate(rows):
        row[0] = i
#> f([[5], [6]])

#: loop_over_index
def f(xs):
    for i in range(len(xs)):
        xs[i] *= 2
#> f([1, 2])

#: comprehension_builds_new
def f(xs):
    return [x * 2 for x in xs]
#> f([1, 2])

#: comprehension_with_mutation
def f(rows):
    return [row.pop() for row in rows]
#> f([[1], [2]])

#: list_holding_parameter
def f(xs):
    box = [xs]
    box[0].append(1)
#> f([])

#: dict_holding_parameter
def f(xs):
    box = {"it": xs}
    box["it"].append(1)
#> f([])

#: tuple_holding_parameter
def f(xs):
    pair = (xs, 1)
    pair[0].append(1)
#> f([])

#: list_box_itself_changes
def f(xs):
    box = [xs]
    box.append(1)
    return box
#> f([])

#: returned_alias_changed_by_helper
def same(xs):
    return xs

def f(xs):
    same(xs).append(1)
#> f([])

#: returned_copy_changed
def fresh(xs):
    return list(xs)

def f(xs):
    fresh(xs).append(1)
#> f([])

#: helper_mutates_second
def push(item, xs):
    xs.append(item)

def f(a, b):
    push(a, b)
#> f([1], [])

#: helper_by_keyword
def push(item, xs):
    xs.append(item)

def f(a, b):
    push(xs=a, item=b)
#> f([1], [])

#: helper_by_star
def push(item, xs):
    xs.append(item)

def f(*args):
    push(*args)
#> f([1], [])

#: helper_by_double_star
def push(item, xs):
    xs.append(item)

def f(item, xs):
    options = {"item": item, "xs": xs}
    push(**options)
#> f(1, [])

#: varargs_elements
def f(*rows):
    for row in rows:
        row.append(0)
#> f([1], [2])

#: kwargs_are_fresh
def f(**options):
    options["extra"] = 1
    return options
#> f(a=1)

#: three_deep
def a(xs):
    xs.append(1)

def b(xs):
    a(xs)

def c(xs):
    b(xs)

def f(xs):
    c(xs)
#> f([])

#: only_on_one_path
def f(xs, flag):
    if flag:
        xs = list(xs)
    xs.append(1)
    return xs
#> f([], True)
#> f([], False)

#: copied_on_all_paths
def f(xs, flag):
    if flag:
        xs = list(xs)
    else:
        xs = [0] + xs
    xs.append(1)
    return xs
#> f([], True)
#> f([], False)

#: walrus_alias
def f(xs):
    if (ys := xs) is not None:
        ys.append(1)
#> f([])

#: set_operations_are_new
def f(a, b):
    return a | b, a & b, a - b
#> f({1}, {2})

#: set_update
def f(a, b):
    a.update(b)
#> f({1}, {2})

#: set_augmented_or
def f(a, b):
    a |= b
    return a
#> f({1}, {2})

#: dict_merge_is_new
def f(a, b):
    return {**a, **b}
#> f({"x": 1}, {"y": 2})

#: dict_or_is_new
def f(a, b):
    c = a | b
    c["z"] = 1
    return c
#> f({"x": 1}, {"y": 2})

#: dict_augmented_or
def f(a, b):
    a |= b
#> f({"x": 1}, {"y": 2})

#: delete_key
def f(d):
    del d["a"]
#> f({"a": 1})

#: pop_key
def f(d):
    return d.pop("a", None)
#> f({"a": 1})

#: delete_local_name
def f(xs):
    ys = xs
    del ys
    return len(xs)
#> f([1])

#: reversed_reads
def f(xs):
    return list(reversed(xs))
#> f([1, 2])

#: reverse_in_place
def f(xs):
    xs.reverse()
#> f([1, 2])

#: bytearray_changes
def f(data):
    data[0] = 65
    return bytes(data)
#> f(bytearray(b"xyz"))

#: memoryview_writes_through
def f(data):
    view = memoryview(data)
    view[0] = 65
#> f(bytearray(b"xyz"))

#: deque_appendleft
from collections import deque

def f(queue):
    queue.appendleft(0)
#> f(deque([1]))

#: counter_update
from collections import Counter

def f(counts, words):
    counts.update(words)
#> f(Counter(), ["a", "b"])

#: counter_is_new
from collections import Counter

def f(words):
    counts = Counter(words)
    counts["extra"] += 1
    return counts.most_common(2)
#> f(["a", "b", "a"])

#: defaultdict_grouping
from collections import defaultdict

def f(pairs):
    groups = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
#> f([("a", 1), ("b", 2), ("a", 3)])

#: defaultdict_read_inserts
from collections import defaultdict

def f(groups):
    return groups["missing"]
#> f(defaultdict(list))

#: heap_push
import heapq

def f(heap, item):
    heapq.heappush(heap, item)
#> f([1, 5], 3)

#: heap_nlargest
import heapq

def f(xs):
    return heapq.nlargest(2, xs)
#> f([1, 5, 3])

#: bisect_insort
import bisect

def f(xs, x):
    bisect.insort(xs, x)
#> f([1, 5], 3)

#: bisect_reads
import bisect

def f(xs, x):
    return bisect.bisect_left(xs, x)
#> f([1, 5], 3)

#: chain_of_aliases_in_loop
def f(head, items):
    node = head
    for item in items:
        node["next"] = {"value": item}
        node = node["next"]
    return head
#> f({"value": 0}, [1, 2])

#: walks_a_linked_dict
def f(head):
    total = 0
    node = head
    while node:
        total += node["value"]
        node = node.get("next")
    return total
#> f({"value": 1, "next": {"value": 2}})

#: matrix_transposed_by_zip
def f(rows):
    return [list(column) for column in zip(*rows)]
#> f([[1, 2], [3, 4]])

#: inner_rows_shared_by_filter
def f(rows):
    kept = list(filter(lambda row: row, rows))
    kept[0].append(9)
#> f([[1], []])

#: sorted_shares_elements
def f(rows):
    best = sorted(rows, key=len)[-1]
    best.append(9)
#> f([[1], [1, 2]])

#: max_shares_elements
def f(rows):
    max(rows, key=len).append(9)
#> f([[1], [1, 2]])

#: dict_fromkeys_shares_value
def f(keys, value):
    table = dict.fromkeys(keys, value)
    table["a"].append(1)
#> f(["a", "b"], [])

#: string_methods
def f(text):
    return text.strip().lower().replace(" ", "_").split("_")
#> f("Ab c")

#: join_reads
def f(words):
    return ", ".join(sorted(set(words)))
#> f(["b", "a"])

#: namedtuple_replace
from collections import namedtuple

Point = namedtuple("Point", "x y")

def f(point):
    return point._replace(x=9)
#> f(Point(1, 2))

#: namedtuple_holds_list
from collections import namedtuple

Batch = namedtuple("Batch", "rows size")

def f(batch):
    batch.rows.append(1)
#> f(Batch([], 0))

#: match_capture
def f(command):
    match command:
        case {"items": items}:
            items.append(1)
        case [first, *rest]:
            first.append(2)
        case _:
            pass
#> f({"items": []})
#> f([[], 1])

#: match_star_is_new
def f(values):
    match values:
        case [first, *rest]:
            rest.append(first)
            return rest
#> f([1, 2])

#: try_finally_mutates
def f(xs):
    try:
        return xs[0]
    finally:
        xs.clear()
#> f([1])

#: nested_dict_path
def f(config):
    config["model"]["params"]["depth"] = 3
#> f({"model": {"params": {}}})

#: dict_comprehension_copy_one_level
def f(config):
    fresh = {key: dict(value) for key, value in config.items()}
    fresh["a"]["x"] = 2
    return fresh
#> f({"a": {"x": 1}})

#: dict_comprehension_shares_values
def f(config):
    fresh = {key: value for key, value in config.items()}
    fresh["a"]["x"] = 2
    return fresh
#> f({"a": {"x": 1}})

#: list_multiplication_shares
def f(row):
    grid = [row] * 3
    grid[1].append(0)
#> f([])

#: list_concatenation_shares_elements
def f(a, b):
    both = a + b
    both[0].append(1)
#> f([[1]], [[2]])

#: extend_shares_elements
def f(rows):
    out = []
    out.extend(rows)
    out[0].append(1)
#> f([[1]])

#: insert_at
def f(xs, x):
    xs.insert(0, x)
#> f([2], 1)

#: remove_while_looping
def f(xs):
    for x in list(xs):
        if x < 0:
            xs.remove(x)
#> f([1, -1])
