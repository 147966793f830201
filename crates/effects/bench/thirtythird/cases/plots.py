#: hist_saved
import matplotlib.pyplot as plt

def hist(values, path="h.png"):
    fig, ax = plt.subplots(figsize=(4, 3))
    ax.hist(values, bins=3)
    ax.set_title("values")
    fig.savefig(path)
    plt.close(fig)
#> hist([1, 2, 3])

#: draw_on_given_axes
import matplotlib.pyplot as plt

def scatter(ax, x, y):
    ax.scatter(x, y, s=10)
    ax.set_xlabel("x")
    ax.legend(["p"])
#> scatter(plt.subplots()[1], [1, 2], [3, 4])

#: figure_object_only
from matplotlib.figure import Figure

def sparkline(values):
    fig = Figure(figsize=(2, 1))
    ax = fig.add_subplot()
    ax.plot(values)
    ax.axis("off")
    return fig
#> sparkline([1, 2])

#: plt_state
import matplotlib.pyplot as plt

def line(x, y, label):
    plt.figure()
    plt.plot(x, y, label=label)
    plt.grid(True)
    plt.legend()
    plt.tight_layout()
#> line([1, 2], [3, 4], "a")

#: pandas_plot
import matplotlib.pyplot as plt
import pandas as pd

def bars(df):
    ax = df.groupby("k")["v"].sum().plot(kind="bar")
    ax.set_ylabel("sum")
    plt.show()
#> bars(pd.DataFrame({"k": ["a", "b"], "v": [1, 2]}))

#: seaborn_heat
import matplotlib.pyplot as plt
import seaborn as sns
import pandas as pd

def corr_heat(df):
    corr = df.corr(numeric_only=True)
    sns.heatmap(corr, annot=True)
    plt.title("corr")
    return corr
#> corr_heat(pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]}))

#: style_set
import matplotlib.pyplot as plt
import seaborn as sns

def setup():
    sns.set_theme(style="whitegrid")
    plt.rcParams["figure.figsize"] = (6, 4)
#> setup()

#: rc_context_only
import matplotlib as mpl
from matplotlib.figure import Figure

def small_font_figure():
    with mpl.rc_context({"font.size": 6}):
        fig = Figure()
        fig.add_subplot().set_title("t")
    return fig
#> small_font_figure()
