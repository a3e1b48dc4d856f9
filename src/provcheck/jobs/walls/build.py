"""All walls together: made ready once by the parent of the photos' processes, shut behind each of them."""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from zoneinfo import TZPATH

from provcheck.config import Settings
from provcheck.jobs.walls import landlock, limits, seccomp
from provcheck.jobs.walls.kernel import PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, prctl

NEIGHBOURS = ("PIL", "numpy", "timezonefinder")  # their folders, where a package lies outside of this Python's own


@dataclass(frozen=True, slots=True)
class Walls:
    """What this system can hold. `ruleset` is an open Landlock ruleset, or None."""

    ruleset: int | None
    seccomp: bool

    def shut(self, settings: Settings, parent: int) -> None:
        """Shut this process in, for good. `parent` is the process that must not be outlived. Linux and other POSIX systems.

        Raises OSError where a wall that stood at `build` cannot be shut: the photo is then not decoded.
        """
        limits.apply(settings)
        if not sys.platform.startswith("linux"):
            return
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)
        prctl(PR_SET_DUMPABLE, 0)  # another process of the same user cannot look into this one
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        if self.ruleset is not None:
            landlock.enter(self.ruleset)
            os.close(self.ruleset)
        if self.seccomp:
            seccomp.enter(may_open=self.ruleset is not None)


def build() -> Walls:
    """Find out what holds here, and make it ready."""
    return Walls(landlock.ruleset(code_folders()) if landlock.available() else None, seccomp.available())


def may_open() -> bool:
    """Whether a photo's process can open any file. seccomp cannot tell one path from another: without Landlock it refuses all."""
    return landlock.available() or not seccomp.available()


def standing() -> tuple[str, ...]:
    """The walls of this system, in words, for doctor and for a report's `run` part."""
    names = list(limits.names())
    if landlock.available():
        names.append(f"no file opened but provcheck's own code (Landlock {landlock.version()})")
    if seccomp.available():
        opened = "" if may_open() else "no file opened, "
        names.append(f"{opened}no network, no program, no process, no signal (seccomp)")
    return tuple(names)


def code_folders() -> tuple[Path, ...]:
    """Where Python code and time zones lie: modules that a photo makes a decoder import, and nothing of the user's."""
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    packages = [Path(str(import_module(name).__file__)).parent for name in ("provcheck", *NEIGHBOURS) if name in sys.modules]
    return tuple(sorted({*map(Path, paths), *packages, *map(Path, TZPATH)}))
