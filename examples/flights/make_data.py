"""Write `flights.csv`: 400 invented flights of an invented airport, the same on every run."""

import csv
import random
from pathlib import Path


def main() -> None:
    """Write the file beside this script."""
    draw = random.Random(7)
    with Path(__file__).with_name("flights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["carrier", "hour", "distance_km", "delay_min"])
        for _ in range(400):
            hour = draw.randint(5, 23)
            delay = max(-12, round(draw.gauss(1.4 * (hour - 8), 14)))
            writer.writerow([draw.choice(["AX", "BQ", "CY"]), hour, draw.randint(120, 3200), delay])


if __name__ == "__main__":
    main()
