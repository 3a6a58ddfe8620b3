"""A desk of toy programs under the real supervisor: `python -m tests.integration.supervised_main`.

Takes the data folder, the file in which programs note their process ids, and what the second
program does: `works`, `fails`, or `stays` (deaf to being asked to stop, with a child of its own).
"""

import sys
from pathlib import Path

from workers.programs import Program
from workers.supervisor import StartError, Supervisor, say, take_lock

NOTE = "import os,sys,time,signal,subprocess; open(sys.argv[1],'a').write(f'{os.getpid()}\\n');"
WHAT = {
    "works": NOTE + "print('at work', flush=True); time.sleep(60)",
    "fails": NOTE + "print('no such thing', flush=True); sys.exit(3)",
    "stays": NOTE
    + "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    + f"subprocess.Popen([sys.executable, '-c', {NOTE + 'time.sleep(60)'!r}, sys.argv[1]]);"
    + "time.sleep(60)",
}


def main() -> None:
    folder, notes, what = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

    def program(name: str, code: str) -> Program:
        command = [sys.executable, "-c", code, notes]
        return Program(name, command, lambda: Path(notes).exists() and what != "fails", grace=1.0)

    try:
        lock = take_lock(folder)
        steps = [[program("first", WHAT["works"])], [program("second", WHAT[what])]]
        if what == "fails":
            steps = steps[1:]
        Supervisor(steps, lock).run("Ready")
    except StartError as fault:
        say(str(fault))
        sys.exit(1)


if __name__ == "__main__":
    main()
