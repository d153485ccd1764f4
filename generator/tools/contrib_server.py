"""Keep a PostgreSQL with contrib running, from the system's packages, until Ctrl-C.

    python -m generator.tools.contrib_server

The tests that need one start their own; they take this one where SQLWRIGHT_CONTRIB_POSTGRES is
set to its URI, which saves the start.
"""

from __future__ import annotations

import signal
import sys

from .servers import contrib_programs, installed_server


def main() -> int:
    programs = contrib_programs()
    if programs is None:
        print("no PostgreSQL with contrib is installed; on Debian: apt install postgresql")
        return 1
    end = {signal.SIGINT, signal.SIGTERM}
    with installed_server(programs) as uri:
        signal.pthread_sigmask(signal.SIG_BLOCK, end)
        print(
            f"{programs} runs until Ctrl-C\n  export SQLWRIGHT_CONTRIB_POSTGRES='{uri}'", flush=True
        )
        signal.sigwait(end)
    return 0


if __name__ == "__main__":
    sys.exit(main())
