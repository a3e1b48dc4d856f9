"""seccomp: a list of the system calls that decoding takes; every other one is refused. Linux: userspace-api/seccomp_filter.rst."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from dataclasses import dataclass
from functools import cache
from typing import Final

from provcheck.jobs.walls.kernel import PR_SET_SECCOMP, holds, on_linux, prctl

FILTER: Final = 2  # SECCOMP_MODE_FILTER
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JSET|K, BPF_RET|K
NUMBER, ARCH, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
CLONE_THREAD: Final = 0x00010000
CLONE3: Final = 435


@dataclass(frozen=True, slots=True)
class _Machine:
    """An architecture's audit number and its column in the table below."""

    audit: int
    column: int


MACHINES: Final = {"x86_64": _Machine(0xC000003E, 0), "aarch64": _Machine(0xC00000B7, 1)}
NONE: Final = -1  # the architecture has no such call

# Name, number on x86_64, number on aarch64, from Linux' own headers. Whatever is not here is refused: sockets, exec, fork, kill,
# ptrace, mounts, io_uring, bpf, keys, changes of user, changes of the file system, ioctl.
FREELY: Final = """
read 0 63, write 1 64, readv 19 65, writev 20 66, pread64 17 67, close 3 57, lseek 8 62, fadvise64 221 223,
fstat 5 80, stat 4 -1, lstat 6 -1, newfstatat 262 79, statx 332 291, access 21 -1, faccessat 269 48, faccessat2 439 439,
readlink 89 -1, readlinkat 267 78, getdents64 217 61, getcwd 79 17, dup 32 23, dup2 33 -1, dup3 292 24, pipe2 293 59,
poll 7 -1, ppoll 271 73, select 23 -1, pselect6 270 72, epoll_create1 291 20, epoll_ctl 233 21, epoll_wait 232 -1,
epoll_pwait 281 22, eventfd2 290 19, mmap 9 222, munmap 11 215, mprotect 10 226, mremap 25 216, brk 12 214, madvise 28 233,
futex 202 98, set_robust_list 273 99, rseq 334 293, membarrier 324 283, set_tid_address 218 96,
rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, sigaltstack 131 132, restart_syscall 219 128,
sched_yield 24 124, sched_getaffinity 204 123, sched_getparam 143 121, sched_getscheduler 145 120,
nanosleep 35 101, clock_nanosleep 230 115, clock_gettime 228 113, clock_getres 229 114, gettimeofday 96 169, time 201 -1,
times 100 153, getrusage 98 165, getrandom 318 278, getpid 39 172, gettid 186 178, getppid 110 173, getuid 102 174,
geteuid 107 175, getgid 104 176, getegid 108 177, uname 63 160, sysinfo 99 179, getcpu 309 168, exit 60 93, exit_group 231 94
"""
OPENING: Final = "open 2 -1, openat 257 56"  # only where Landlock says which files
CLONE: Final = "clone 56 220"
# Calls with one argument (its place, its permitted values): descriptors' own flags and not their owners; signals to this process
# alone, which abort() sends; limits read and never set
FCNTL: Final = ("fcntl 72 25", 1, (1, 2, 3, 1030))  # F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC
TGKILL: Final = ("tgkill 234 131", 0)
PRLIMIT: Final = ("prlimit64 302 261", 2, (0,))

Code = list[tuple[int, int, int, int]]  # BPF instructions: code, jump if true, jump if false, constant


@cache
def available() -> bool:
    """Whether the kernel takes the filter, and the table knows its architecture."""
    return on_linux() and platform.machine() in MACHINES and holds(lambda: enter(may_open=True))


def enter(*, may_open: bool) -> None:
    """For this thread and all that it starts, for good. no_new_privs must be set."""
    code = b"".join(struct.pack("HBBI", *step) for step in program(MACHINES[platform.machine()], os.getpid(), may_open=may_open))
    held = ctypes.create_string_buffer(code, len(code))
    header = ctypes.create_string_buffer(struct.pack("HP", len(code) // 8, ctypes.addressof(held)))
    prctl(PR_SET_SECCOMP, FILTER, header)


def program(machine: _Machine, process: int, *, may_open: bool) -> Code:
    """The filter: another architecture's calls kill, unlisted ones get EPERM, and clone3 ENOSYS, so that libc takes clone."""
    code: Code = [(LOAD, 0, 0, ARCH), (EQUAL, 1, 0, machine.audit), (RETURN, 0, 0, KILL), (LOAD, 0, 0, NUMBER)]
    for number in _numbers(FREELY + ("," + OPENING if may_open else ""), machine):
        code += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    for call, place, values in (FCNTL, (*TGKILL, (process,)), PRLIMIT):
        code += _only(_numbers(call, machine)[0], place, values)
    thread: Code = [(LOAD, 0, 0, ARGUMENTS), (ANY_BIT, 0, 1, CLONE_THREAD), (RETURN, 0, 0, ALLOW), _refusal(errno.EPERM)]
    code += [(EQUAL, 0, len(thread), _numbers(CLONE, machine)[0]), *thread]
    return [*code, (EQUAL, 0, 1, CLONE3), _refusal(errno.ENOSYS), _refusal(errno.EPERM)]


def _only(number: int, place: int, values: tuple[int, ...]) -> Code:
    """The call `number`, if the 64 bits of its argument at `place` are one of `values`."""
    low = ARGUMENTS + 8 * place  # little-endian, as both architectures are
    block: Code = [(LOAD, 0, 0, low + 4), (EQUAL, 1, 0, 0), _refusal(errno.EPERM), (LOAD, 0, 0, low)]
    for value in values:
        block += [(EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW)]
    block.append(_refusal(errno.EPERM))
    return [(EQUAL, 0, len(block), number), *block]


def _refusal(number: int) -> tuple[int, int, int, int]:
    return (RETURN, 0, 0, ERRNO | number)


def _numbers(table: str, machine: _Machine) -> list[int]:
    rows = [row.split() for row in table.split(",")]
    numbers = [int(row[1 + machine.column]) for row in rows]
    return [number for number in numbers if number != NONE]
