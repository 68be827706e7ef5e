"""A throw-away Elasticsearch: the real server, as its makers' own integration tests start it.

`python -m tests.servers.elasticsearch [COMMAND …]` brings the distribution into the user's cache folder, once, and runs a
command with such a server.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

from .running import folder_for_nobody, free_port, program, running, unprivileged

VERSION = "8.19.4"
REMEDY = "apt-get install maven && python -m tests.servers.elasticsearch"
START_SECONDS = 120.0
"""A virtual machine of Java on two busy cores takes its time; alone it answers after ten seconds."""
_ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
_JAVA = "-Xms1g -Xmx1g"
SMALL = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC"
"""For a server that lives for minutes, holds little and whose speed nobody measures: compiling its code as well as a server
of months wants it takes more time than all that the tests ask."""
# A setting of a module that this distribution lacks would stop the start; the disk of a test machine may be full.
_CONFIGURATION = """
cluster.name: rongqiao-test
discovery.type: single-node
xpack.security.enabled: false
http.host: 127.0.0.1
transport.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
cluster.routing.allocation.disk.threshold_enabled: false
"""


def found() -> bool:
    """Whether there is a server to ask: an address in ELASTICSEARCH_URL, or the distribution and a Java."""
    return "ELASTICSEARCH_URL" in os.environ or (_java() is not None and _distribution().exists())


def fetch() -> bool:
    """Brings the distribution into the cache folder by Maven, unless it is there. Three tries; whether it is there."""
    if _distribution().exists():
        return True
    maven = program("mvn")
    return maven is not None and any(_fetched(maven, attempt) for attempt in range(3))


def _fetched(maven: str, attempt: int) -> bool:
    time.sleep(3 * attempt)
    target = _distribution()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = [
            maven,
            "-q",
            "-B",
            "dependency:copy",
            f"-Dartifact={_ARTIFACT}",
            f"-DoutputDirectory={folder}",
        ]
        if subprocess.call(copy, cwd=folder) != 0:
            return False
        archive = Path(folder) / f"elasticsearch-{VERSION}.zip"
        shutil.unpack_archive(archive, folder)
        unpacked = Path(folder) / f"elasticsearch-{VERSION}"
        for script in (unpacked / "bin").iterdir():
            script.chmod(0o755)
        # In one step, so that a run killed midway leaves nothing that looks whole.
        unpacked.replace(target)
    return True


@contextlib.contextmanager
def server(java: str = _JAVA) -> Iterator[str]:
    """The address (ELASTICSEARCH_URL) of a server that lives as long as the context; the given one where there is one.
    `java` are options of its virtual machine."""
    given = os.environ.get("ELASTICSEARCH_URL")
    if given:
        yield given
        return
    with folder_for_nobody() as folder:
        home, http = folder / "home", free_port()
        # A copy: the unprivileged user cannot read root's cache folder, and data and logs lie beside the programs.
        shutil.copytree(_distribution(), home)
        (home / "config" / "elasticsearch.yml").write_text(
            _CONFIGURATION.format(http=http, transport=free_port()), encoding="utf-8"
        )
        _hand_over(home)
        address = f"http://127.0.0.1:{http}"
        variables = {"ES_JAVA_HOME": str(_java()), "ES_JAVA_OPTS": f"{java} -Djava.io.tmpdir={home / 'tmp'}"}
        command = [
            "env",
            *(f"{name}={value}" for name, value in variables.items()),
            str(home / "bin" / "elasticsearch"),
        ]
        with running(unprivileged(command), lambda: _healthy(address), folder / "log", seconds=START_SECONDS):
            yield address


@contextlib.contextmanager
def indexes(address: str) -> Iterator[str]:
    """What the names of indexes of its own begin with; those that were made are removed at the end, and nothing else."""
    prefix = f"rongqiaotest{uuid.uuid4().hex[:8]}"
    try:
        yield prefix
    finally:
        with urllib.request.urlopen(f"{address}/{prefix}-*/_alias", timeout=60) as answer:
            names = list(json.load(answer))
        for start in range(0, len(names), 20):
            some = ",".join(names[start : start + 20])
            remove = urllib.request.Request(f"{address}/{some}?ignore_unavailable=true", method="DELETE")
            urllib.request.urlopen(remove, timeout=60).close()


def _hand_over(home: Path) -> None:
    (home / "tmp").mkdir()
    if os.geteuid() == 0:
        for path in (home, *home.rglob("*")):
            shutil.chown(path, "nobody")


def _healthy(address: str) -> bool:
    try:
        health = f"{address}/_cluster/health?wait_for_status=yellow&timeout=1s"
        with urllib.request.urlopen(health, timeout=3) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _distribution() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "rongqiao" / f"elasticsearch-{VERSION}"


def _java() -> Path | None:
    """The home of the Java that is on the path."""
    java = program("java")
    return Path(java).resolve().parents[1] if java else None


def main(command: list[str]) -> int | str:
    """Fetches; then runs the command, if there is one, with a server at ELASTICSEARCH_URL. The exit status."""
    if not found() and not fetch():
        return f"Elasticsearch {VERSION} cannot be had: {REMEDY}"
    if not command:
        return 0
    with server() as address:
        return subprocess.call(command, env={**os.environ, "ELASTICSEARCH_URL": address})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
