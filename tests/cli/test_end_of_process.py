"""The process ends at once, and as any other does: nothing that waits for its end is left out."""

from __future__ import annotations

import subprocess
import sys

import pytest

RUN = "sys.argv = ['sqlwright', *sys.argv[1:]]; from sqlwright.__main__ import run; run()"


def ended(before: str, *arguments: str) -> tuple[int, str, str]:
    """The exit code and both outputs of a process that does something and then runs a command."""
    program = f"import atexit, sys, threading; {before}; {RUN}"
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    print(ran.returncode, repr(ran.stdout), repr(ran.stderr))
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize(("arguments", "code"), [(("--version",), 0), (("generat",), 2)])
def test_what_is_registered_for_the_end_is_done_and_written(
    arguments: tuple[str, ...], code: int
) -> None:
    at_end = "atexit.register(print, 'at the end', end='')"
    found, out, err = ended(at_end, *arguments)
    assert found == code
    assert out.endswith("at the end")
    assert "sqlwright" in out + err


def test_threads_are_waited_for() -> None:
    work = "lambda: (threading.main_thread().join(), print('done'))"
    code, out, _ = ended(f"threading.Thread(target={work}).start()", "--version")
    assert (code, out.splitlines()[-1]) == (0, "done")


@pytest.mark.parametrize(
    "arguments", [("--version",), ("--help",), ("check", "--help"), ("explain", "second-statement")]
)
def test_output_that_cannot_be_written_is_reported(arguments: tuple[str, ...]) -> None:
    code, _, err = ended("sys.stdout = open('/dev/full', 'w')", *arguments)
    assert code == 1
    assert (
        err == "error[cannot-write]: cannot write the output: No space left on device\n\n1 error\n"
    )


def test_a_command_that_is_stopped_before_it_has_begun() -> None:
    stop = "from sqlwright import byte_code; from signal import SIGINT, raise_signal"
    before = f"{stop}; byte_code.offered = lambda: raise_signal(SIGINT)"
    assert ended(before, "--version") == (130, "", "stopped\n")
