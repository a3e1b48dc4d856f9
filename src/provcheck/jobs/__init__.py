"""One photo or many: every photo is decoded in a limited child process."""

from provcheck.jobs.enter import enter
from provcheck.jobs.examine import check, examine, in_cells, no_picture
from provcheck.jobs.exits import exit_code
from provcheck.jobs.run import containment, describe, libraries, now, today
from provcheck.readers.intake import walk

__all__ = [
    "check",
    "containment",
    "describe",
    "enter",
    "examine",
    "exit_code",
    "in_cells",
    "libraries",
    "no_picture",
    "now",
    "today",
    "walk",
]
