"""Becomes another program that is stopped when the supervisor dies, however it dies."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Takes the supervisor's process id, a niceness and a command; never returns."""
    parent, niceness, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):
        sys.exit("The supervisor is gone already.")
    os.nice(int(niceness))
    os.execvp(command[0], command)  # noqa: S606  # no shell is what we want


if __name__ == "__main__":
    main()
