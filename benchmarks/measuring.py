"""What a command takes, by the operating system's own accounting of the finished process.

    python -S -E benchmarks/measuring.py OUTPUT COMMAND [ARGUMENT ...]

The command's output goes to the file OUTPUT, what it took to standard output, as JSON. Peak memory
counts what the process had before it became the command, so it is started from this small one.
"""

import json
import os
import subprocess
import sys
import time

#: Libraries that compute in several threads are to take one.
ONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def measured(output: str, command: list[str]) -> dict[str, float]:
    """Run a command; return CPU seconds, seconds, peak memory in MB, and the exit code."""
    began = time.perf_counter()
    with open(output, "w") as stream:  # noqa: PTH123 - pathlib would cost memory here
        started = subprocess.Popen(command, stdout=stream, env={**os.environ, **ONE})
        _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.perf_counter() - began,
        "memory": usage.ru_maxrss / unit,
        "exit": started.returncode,
    }


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], sys.argv[2:])))
