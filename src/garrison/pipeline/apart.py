"""Apart: a part of a long question answered by a second program beside this one, as two threads would wait in turn.

The other program is a fresh Python that imports this package, so that nothing of the first is copied (locks, threads,
open files) and it works where programs cannot be forked. Whatever goes wrong with it, the first does all by itself.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import IO, Any, TypeVar

from garrison.estimation.timeline import processors

logger = logging.getLogger("garrison.apart")

Answer = TypeVar("Answer")
# What the other program does: import what it may be asked for, and answer the question that comes in on the line that
# the answer is awaited on.
_PROGRAM = "import garrison.pipeline.world; from garrison.pipeline.apart import _answer; _answer()"


def possible() -> bool:
    """Whether there is a processor for another program, and a Python to run it."""
    return processors() > 1 and bool(sys.executable) and not getattr(sys, "frozen", False)


class Other:
    """Another program, which has begun or has not; it is asked at most once."""

    def __init__(self) -> None:
        # It works on one processor; more threads would be in the way of the first program.
        paths = os.pathsep.join(each for each in sys.path if each)
        surroundings = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._program: subprocess.Popen[bytes] | None = None
        try:
            self._program = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-c", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=surroundings,
            )
        except OSError as error:
            logger.info("no other program can be started: %s", error)

    def ask(self, ask: Callable[..., Answer], *given: Any) -> Callable[[], Answer | None]:
        """Let it work on ``ask(*given)``; what is given has the answer, ``None`` where it came to nothing.

        Args:
            ask: a function of a module.
            given: what can be pickled.
        """
        program = self._program
        if program is None:
            return lambda: None
        assert program.stdin is not None
        # A long question waits in the pipe until the other program has begun.
        Thread(target=_ask, args=(program.stdin, pickle.dumps((ask, given))), daemon=True).start()
        program.stdin = None

        def answer() -> Answer | None:
            found, trouble = program.communicate()
            if program.returncode:
                logger.info("the other program failed: %s", trouble.decode("utf-8", "replace"))
                return None
            given: Answer = pickle.loads(found)  # noqa: S301 (written by our own program)
            return given

        return answer

    def end(self) -> None:
        """End it, if it has not ended."""
        if self._program is not None:
            if self._program.poll() is None:
                self._program.kill()
            self._program.communicate()


@contextmanager
def beginning() -> Iterator[Other]:
    """Another program that begins, to be asked something soon; it ends with the block."""
    other = Other()
    try:
        yield other
    finally:
        other.end()


def _ask(pipe: IO[bytes], question: bytes) -> None:
    try:
        with pipe:
            pipe.write(question)
    except OSError:
        logger.info("the other program does not listen")


def _answer() -> None:
    ask, given = pickle.load(sys.stdin.buffer)  # noqa: S301 (written by our own program)
    # The answer alone goes out where it is awaited.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with out:
        pickle.dump(ask(*given), out, protocol=pickle.HIGHEST_PROTOCOL)
