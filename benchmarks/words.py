"""Generated reports in every language, searched for what none may say: banned words, a finding without limit, an unearned grade.

python benchmarks/words.py --reports 10000 [--first 0] [--minutes 10]     # stops after so many minutes, and says where to go on
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.report.generated import faults

from provcheck.report.catalogue import LANGUAGES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first report")
    parser.add_argument("--minutes", type=float, default=1e9)
    given = parser.parse_args()
    end, found, seed = time.monotonic() + given.minutes * 60, 0, given.first
    while seed < given.reports and time.monotonic() < end:
        for fault in faults(seed, LANGUAGES):
            found += 1
            print(fault, flush=True)
        seed += 1
        if seed % 100 == 0:
            print(f"{seed} done, {time.process_time():.0f} s CPU", file=sys.stderr, flush=True)
    print(
        f"reports {given.first} to {seed - 1} in {len(LANGUAGES)} languages: {found} faults, {time.process_time():.0f} s CPU",
        flush=True,
    )
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
