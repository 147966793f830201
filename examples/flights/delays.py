"""Which carriers are late, and when?"""

import json

import pandas as pd

FLIGHTS = "flights.csv"
LATE_AFTER = 15  # minutes, as the airport counts
REPORT = "late_flights.json"

flights = pd.read_csv(FLIGHTS)
print(len(flights), "flights")

# early arrivals are on time
flights["delay_min"] = flights["delay_min"].clip(lower=0)
flights["late"] = flights["delay_min"] > LATE_AFTER

by_carrier = flights.groupby("carrier")["late"].mean().sort_values(ascending=False)
for carrier, share in by_carrier.items():
    print(f"{carrier}: {share:.1%} late")

worst_hour = int(flights.groupby("hour")["delay_min"].mean().idxmax())
print("worst hour:", worst_hour)

with open(REPORT, "w") as file:
    json.dump({"late": by_carrier.round(4).to_dict(), "worst_hour": worst_hour}, file, indent=2)
