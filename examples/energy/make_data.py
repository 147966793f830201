"""Write the invented readings of `data/`, the same bytes on every run."""

import csv
import math
import random
from datetime import datetime, timedelta
from pathlib import Path

HOURS = 24 * 7 * 12


def main() -> None:
    """Write twelve weeks of hourly readings, and the weather of the same hours."""
    rng = random.Random(7)
    start = datetime(2023, 1, 2)
    demand, weather = [], []
    for hour in range(HOURS):
        time = start + timedelta(hours=hour)
        celsius = 4 + 6 * math.sin((time.hour - 9) / 24 * 2 * math.pi) + hour / HOURS * 8 + rng.gauss(0, 1.5)
        wind = max(0.0, rng.gauss(5, 2))
        load = 900 + 260 * math.sin((time.hour - 7) / 24 * 2 * math.pi) - 14 * celsius
        load -= 120 if time.weekday() >= 5 else 0
        load += rng.gauss(0, 25)
        # meters fail at times, and one reports zero
        value = "" if rng.random() < 0.01 else f"{0 if rng.random() < 0.004 else load:.1f}"
        demand.append([time.isoformat(sep=" "), value, rng.choice(["north", "south"])])
        if rng.random() > 0.02:
            weather.append([time.isoformat(sep=" "), f"{celsius:.1f}", f"{wind:.1f}"])
    write("demand.csv", ["time", "megawatts", "region"], demand)
    write("weather.csv", ["time", "celsius", "wind"], weather)


def write(name: str, header: list[str], rows: list[list[str]]) -> None:
    """Write one table."""
    path = Path(__file__).parent / "data" / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
