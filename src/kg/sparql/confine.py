"""Take rights away from the process that runs outside queries, as far as the host allows."""

import contextlib
import ctypes
import os
import re
import signal
import sys
from typing import Final

LINUX: Final = sys.platform == "linux"

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_STATUS: Final = "/proc/self/status"


def die_with_parent(parent: int) -> None:
    """Have the kernel end this process when the server is gone."""
    if not LINUX:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:  # it went before we could ask
        raise SystemExit(0)


def leave_network() -> bool:
    """Move to an empty network namespace; tell whether the host allowed it."""
    if not LINUX:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def limit_memory(more: int) -> bool:
    """Allow `more` bytes of memory beyond what is in use; tell whether the host enforces it."""
    in_use = _private_bytes() if LINUX else 0
    if not in_use:
        return False
    import resource  # exists on Unix only

    resource.setrlimit(resource.RLIMIT_DATA, (in_use + more, in_use + more))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return True


def forbid_files() -> None:
    """Forbid to write files: pipes stay open, disks stay as they are."""
    if not LINUX:
        return
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def peak_bytes() -> int:
    """Give the largest memory this process has used, or 0 where the system does not tell."""
    if not LINUX:
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _private_bytes() -> int:
    """Give the private memory of this process, or 0 where the system does not tell."""
    try:
        status = os.open(_STATUS, os.O_RDONLY)  # pathlib would cost every worker 8 ms of its start
    except OSError:
        return 0
    try:
        found = re.search(rb"^VmData:\s*(\d+) kB$", os.read(status, 1 << 16), re.MULTILINE)
    finally:
        os.close(status)
    return int(found.group(1)) * 1024 if found else 0


def yield_to_others(thread: int, niceness: int) -> None:
    """Lower the priority of a worker's thread, so that short queries of others run before it."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, thread, niceness)
