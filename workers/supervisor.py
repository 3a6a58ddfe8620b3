"""Starts broker, web, workers and scheduler together, keeps them going, and stops them cleanly."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import FrameType

from config import Config, ConfigError
from workers.broker import BrokerMissingError
from workers.programs import Program, broker_of, programs_of

READY_SECONDS = 180
STEADY_SECONDS = 30
LONGEST_PAUSE = 30
STOPPING_SECONDS = 20
PORTS_TRIED = 20
SIGN_IN = "sign-in.txt"


class StartError(Exception):
    """The desk cannot start; the message is the one sentence that is printed."""


class Child:
    """One running program, in a process group of its own, its lines prefixed with its name."""

    def __init__(self, program: Program, lock: int) -> None:
        self.program = program
        self.lock = lock
        self.failures = 0
        self.start_at = 0.0
        self.start()

    def start(self) -> None:
        """Starts the program; it dies with us, and holds the data folder's lock while it lives."""
        given = [str(os.getpid()), str(self.program.niceness)]
        leash = [sys.executable, "-m", "workers.leash", *given]
        self.is_ended = False
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            [*leash, *self.program.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**os.environ, "PYTHONUNBUFFERED": "1", **self.program.env},
            process_group=0,
            pass_fds=(self.lock,),
        )
        threading.Thread(target=self._echo, args=(self.process,), daemon=True).start()

    def is_alive(self) -> bool:
        """Whether the program itself still runs."""
        return self.process.poll() is None

    def tend(self, now: float) -> None:
        """Starts the program again after it died, after a pause that grows while it keeps dying."""
        if self.is_alive():
            return
        if self.start_at == 0.0:
            self.kill()  # whatever it left behind
            is_steady = now - self.started_at > STEADY_SECONDS
            self.failures = 0 if is_steady else self.failures + 1
            pause = min(2**self.failures, LONGEST_PAUSE)
            say(f"{self.program.name} stopped by itself and will start again in {pause} s.")
            self.start_at = now + pause
        elif now >= self.start_at:
            self.start_at = 0.0
            self.start()

    def ask_to_stop(self) -> None:
        """Lets the program finish what it is doing."""
        if self.is_alive():
            self.process.terminate()

    def stop_by(self, deadline: float) -> None:
        """Waits for the program until the deadline, then ends it and all it started."""
        try:
            self.process.wait(max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            say(f"{self.program.name} did not stop in time and was ended; nothing is lost.")
        self.kill()
        self.process.wait()

    def kill(self) -> None:
        """Ends the whole process group, once: its number may belong to others afterwards."""
        if self.is_ended:
            return
        self.is_ended = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _echo(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            print(f"{self.program.name:<9} | {line.rstrip()}", flush=True)


class Supervisor:
    """All programs of one desk, from start to stop.

    `steps` are started one after the other, each when the one before is ready, and stopped in
    reverse.
    """

    def __init__(self, steps: list[list[Program]], lock: int) -> None:
        self.steps = steps
        self.lock = lock
        self.children: list[Child] = []
        self.is_over = threading.Event()

    def run(self, ready: str) -> None:
        """Starts everything, says that it is ready, and stays until asked to stop."""
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(kind, self._stop)
        try:
            for programs in self.steps:
                self._start(programs)
            if not self.is_over.is_set():
                say(ready)
            while not self.is_over.wait(0.5):
                for child in self.children:
                    child.tend(time.monotonic())
        finally:
            self._stop_all()

    def _start(self, programs: list[Program]) -> None:
        if programs:
            say("Starting " + ", ".join(program.name for program in programs) + ".")
        started = [Child(program, self.lock) for program in programs]
        self.children += started
        deadline = time.monotonic() + READY_SECONDS
        for child in started:
            while not self.is_over.is_set() and not child.program.is_ready():
                if not child.is_alive():
                    raise StartError(f"{child.program.name} could not start; its lines say why.")
                if time.monotonic() > deadline:
                    raise StartError(f"{child.program.name} was not ready in {READY_SECONDS} s.")
                time.sleep(0.1)

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        if self.is_over.is_set():  # asked twice: at once, then
            for child in self.children:
                child.kill()
        self.is_over.set()

    def _stop_all(self) -> None:
        say("Stopping. Press Ctrl-C again to stop at once.")
        for programs in reversed(self.steps):
            group = [child for child in self.children if child.program in programs]
            for child in group:
                child.ask_to_stop()
            now = time.monotonic()
            for child in group:
                child.stop_by(now + child.program.grace)
        say("Stopped. Everything is kept.")


def say(text: str) -> None:
    """Prints lines of our own."""
    for line in text.splitlines():
        print(f"{'desk':<9} | {line}", flush=True)


def ready_text(config: Config) -> str:
    """Where to go and how to sign in."""
    sign_in = config.keys_dir / SIGN_IN
    details = sign_in.read_text(encoding="utf-8") if sign_in.exists() else ""
    return f"\nReady at {config.base_url}\n\n{details}\nPress Ctrl-C to stop."


def take_lock(folder: Path) -> int:
    """The folder's lock, which our programs share; raises StartError when a desk runs on it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + STOPPING_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode("ascii").strip()
            if _is_running(holder) or time.monotonic() > deadline:
                raise StartError(f"A desk is already running on {folder}.") from None
            time.sleep(0.2)  # its programs are still stopping
        else:
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode("ascii"), 0)
            return lock


def with_free_port(config: Config) -> Config:
    """The settings with a port nobody uses; raises StartError when the one asked for is taken."""
    if _is_free(config.host, config.port):
        return config
    if os.environ.get("SAR_PORT"):
        raise StartError(f"Port {config.port} is taken; set SAR_PORT to another.")
    for port in range(config.port + 1, config.port + PORTS_TRIED):
        if _is_free(config.host, port):
            say(f"Port {config.port} is taken, so the desk uses {port}.")
            os.environ["SAR_PORT"] = str(port)
            return replace(config, port=port, base_url=Config.from_env().base_url)
    raise StartError(f"Ports {config.port} to {port} are taken; set SAR_PORT to another.")


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _is_running(holder: str) -> bool:
    return holder.isdigit() and Path(f"/proc/{holder}").exists()


def main() -> None:
    """Runs the desk of this environment; exits 1 with one sentence when it cannot start."""
    try:
        config = Config.from_env()
        lock = take_lock(config.data_dir)
        config = with_free_port(config)
        steps = [[broker] if (broker := broker_of(config)) else [], programs_of(config)]
        Supervisor(steps, lock).run(ready_text(config))
    except (ConfigError, StartError, BrokerMissingError, PermissionError) as fault:
        say(str(fault))
        sys.exit(1)


if __name__ == "__main__":
    main()
