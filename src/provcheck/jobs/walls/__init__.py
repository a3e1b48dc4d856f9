"""What a photo's process may still do: hardly anything. rlimits everywhere on POSIX; Landlock and seccomp where Linux has them."""

from provcheck.jobs.walls.build import Walls, build, may_open, standing

__all__ = ["Walls", "build", "may_open", "standing"]
