# %% [markdown]
# # How much stock do we need?
# A small simulation of daily orders.

# %%
import numpy as np

DAYS = 365
MEAN_ORDERS = 40
SERVICE_LEVEL = 0.95

rng = np.random.default_rng(2024)

# %% [markdown]
# ## Simulate the orders

# %%
# more on weekends
weekday = np.arange(DAYS) % 7
rate = np.where(weekday >= 5, MEAN_ORDERS * 1.5, MEAN_ORDERS)
orders = rng.poisson(rate)
print("orders in the year:", orders.sum())

# %% [markdown]
# ## Choose the stock

# %%
def stock_for(level, daily_orders):
    """Smallest stock that serves the share `level` of the days."""
    return int(np.ceil(np.quantile(daily_orders, level)))


stock = stock_for(SERVICE_LEVEL, orders)
short = (orders > stock).mean()
print(f"stock of {stock}: short on {short:.1%} of the days")
