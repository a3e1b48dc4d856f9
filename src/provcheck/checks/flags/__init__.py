"""Short names for what is odd about a file's metadata: pure rules over values, each with the reason for its threshold.

A flag is a pointer for a person, never a verdict. `inspect metadata` prints them; the checks word them.
"""

from provcheck.checks.flags.rules import FLAGS, flags_of
from provcheck.checks.flags.seen import Seen

__all__ = ["FLAGS", "Seen", "flags_of"]
