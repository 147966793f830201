"""Write `data/customers.csv`: 600 invented customers of an invented internet provider, the same on every run."""

import csv
import math
import random
from pathlib import Path

COLUMNS = [
    "customer_id", "signup_date", "tenure", "contract", "internet", "payment", "senior", "support_calls",
    "monthly_charges", "total_charges", "churn",
]


def customer(number: int, draw: random.Random) -> dict[str, object]:
    """Invent one customer; who pays much by the month and has been here for a short time leaves more often."""
    contract = draw.choices(["Month-to-month", "One year", "Two year"], weights=[55, 24, 21])[0]
    internet = draw.choices(["Fiber optic", "DSL", "No"], weights=[44, 34, 22])[0]
    tenure = min(72, int(draw.expovariate(1 / 28)) + (12 if contract != "Month-to-month" else 0))
    monthly = round({"Fiber optic": 89.0, "DSL": 57.0, "No": 21.0}[internet] + draw.gauss(0, 8), 2)
    calls = min(9, int(draw.expovariate(0.7)))
    score = -1.6 - 0.035 * tenure + 0.014 * monthly + 0.28 * calls
    score += {"Month-to-month": 1.1, "One year": -0.3, "Two year": -1.4}[contract]
    leaves = draw.random() < 1 / (1 + math.exp(-score))
    year, month = 2024 - tenure // 12, 1 + draw.randrange(12)
    return {
        "customer_id": f"C{number:05d}",
        "signup_date": f"{year}-{month:02d}-{1 + draw.randrange(28):02d}",
        "tenure": tenure,
        # As in many exports: spelling varies, and a field may be empty.
        "contract": contract.lower() if draw.random() < 0.05 else contract,
        "internet": internet,
        "payment": draw.choice(["Electronic check", "Mailed check", "Bank transfer", "Credit card"]),
        "senior": int(draw.random() < 0.16),
        "support_calls": "" if draw.random() < 0.03 else calls,
        "monthly_charges": monthly,
        "total_charges": " " if tenure == 0 else round(monthly * tenure * draw.uniform(0.94, 1.06), 2),
        "churn": "Yes" if leaves else "No",
    }


def main() -> None:
    """Write the file beside this script."""
    draw = random.Random(20240501)
    rows = [customer(number, draw) for number in range(1, 596)]
    rows += rows[17:22]  # some lines were exported twice
    path = Path(__file__).with_name("data") / "customers.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
