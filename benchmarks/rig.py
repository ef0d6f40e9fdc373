"""The bench rig: peers and tools of pinned versions under .build/benchmarks, pinned processes, and load with exact percentiles.

Everything is made on first use and kept; deleting .build/benchmarks is always safe. Needs a JDK 25, Python 3.11, Node, and h2load (Debian: nghttp2-client),
which is unpacked from its package without root where it is not installed and apt-get is there.
"""

import contextlib
import glob
import hashlib
import json
import math
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from measure import ROOT

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = ROOT / ".build" / "benchmarks"

# The processors: servers under test on the first, load and plain upstreams on the second.
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SERVER_CORE = str(CORES[0])
LOAD_CORE = str(CORES[-1])


# Ended from outside, a benchmark still stops what it started.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def say(text):
    print(text, file=sys.stderr, flush=True)


def once(folder, recipe, make):
    """Makes a folder by a recipe (text) unless it was made by the same recipe before."""
    stamp = folder / ".made-by"
    wanted = hashlib.sha256(recipe.encode()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == wanted):
        say(f"making {folder.relative_to(ROOT)} (once)")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder)
        stamp.write_text(wanted)
    return folder


def venv(name):
    """The bin folder of a Python environment with the pinned packages of peers/<name>.txt."""
    requirements = HERE / "peers" / f"{name}.txt"

    def make(folder):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "-r", requirements], check=True)

    return once(TOOLS / name, requirements.read_text() + sys.version, make) / "bin"


def proxy_program():
    """configurable-http-proxy as its lock file pins it."""
    peers = HERE / "peers"

    def make(folder):
        for file in ("package.json", "package-lock.json"):
            shutil.copy(peers / file, folder)
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)

    return once(TOOLS / "chp", (peers / "package-lock.json").read_text(), make) / "node_modules" / ".bin" / "configurable-http-proxy"


def h2load():
    """Command and environment of the load generator."""
    found = shutil.which("h2load")
    if found:
        return found, dict(os.environ)
    packages = "nghttp2-client libev4 libc-ares2 libjansson4 libjemalloc2 libnghttp2-14 libxml2".split()

    def make(folder):
        subprocess.run(["apt-get", "download", "-qq", *packages], cwd=folder, check=True, stderr=subprocess.DEVNULL)
        for package in glob.glob(str(folder / "*.deb")):
            subprocess.run(["dpkg", "-x", package, folder], check=True)

    folder = once(TOOLS / "h2load", " ".join(packages), make)
    libraries = ":".join(glob.glob(str(folder / "usr/lib/*-linux-gnu")))
    return str(folder / "usr/bin/h2load"), dict(os.environ, LD_LIBRARY_PATH=libraries)


def jdk():
    """The folder of a JDK 25 or newer."""
    candidates = [os.environ.get("JAVA_HOME", ""), *sorted(glob.glob("/usr/lib/jvm/*"), reverse=True)]
    for folder in candidates:
        release = pathlib.Path(folder) / "release"
        if folder and release.exists() and (pathlib.Path(folder) / "bin/javac").exists():
            version = re.search(r'JAVA_VERSION="(\d+)', release.read_text())
            if version and int(version[1]) >= 25:
                return pathlib.Path(folder)
    sys.exit("No JDK 25 found: set JAVA_HOME.")


def java():
    return str(jdk() / "bin" / "java")


def jar(module):
    """A module's jar as Maven left it."""
    path = ROOT / module / "target" / f"{module}.jar"
    if not path.exists():
        sys.exit(f"{path.relative_to(ROOT)} is missing: run ./lathe up, or mvn -pl {module} -am package -DskipTests.")
    return path


def classes():
    """Class path with the programs of benchmarks/java, the endpoint (its logging is set up there) and the libraries of endpoint and workbench."""
    libraries = f"{jar('serving-endpoint').parent}/lib/*:{jar('workbench-server').parent}/lib/*"
    sources = sorted((HERE / "java").glob("*.java"))
    recipe = "".join(source.read_text() for source in sources) + libraries

    def make(folder):
        subprocess.run([jdk() / "bin" / "javac", "-d", folder, "-cp", libraries, *sources], check=True)

    return f"{once(TOOLS / 'classes', recipe, make)}:{jar('serving-endpoint')}:{libraries}"


def flags(source):
    """The JVM options that a Java source file of the product gives to what it starts: the string literals that look like options."""
    text = "\n".join(line for line in (ROOT / source).read_text().splitlines() if not line.strip().startswith(("//", "*", "/*")))
    found = re.findall(r'"(-(?:X|D|-enable|-sun)[^"\s]*)"', text)
    if not any(flag.startswith("-Xmx") for flag in found):
        sys.exit(f"{source} names no JVM options any more; mend benchmarks/rig.py")
    return found


WORKBENCH_FLAGS = "launcher/src/main/java/io/lathe/launcher/workbench/WorkbenchCommandLine.java"
ENDPOINT_FLAGS = "workbench-server/src/main/java/io/lathe/workbench/serving/EndpointCommand.java"


@contextlib.contextmanager
def running(name, command, folder, core=None, environment=None):
    """A process with its output in <folder>/<name>.log, on one core if told, stopped at the end with all its children."""
    pinned = ["taskset", "-c", core] if core else []
    log = folder / f"{name}.log"
    with open(log, "ab") as output:
        process = subprocess.Popen([*pinned, *map(str, command)], stdout=output, stderr=subprocess.STDOUT, cwd=folder,
                                   env=dict(os.environ, **(environment or {})), start_new_session=True)
    process.log = log
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(15)


def wait_for(what, condition, seconds=90, process=None):
    """Asks until the answer is true; returns it. Ends the benchmark, with the process's last words, when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        if process is not None and process.poll() is not None:
            break
        time.sleep(0.01)
    tail = process.log.read_text(errors="replace")[-2000:] if process is not None else ""
    sys.exit(f"{what} did not happen\n{tail}")


def ask(url, body=None, headers=None, method=None, timeout=60):
    """Status, headers and bytes of an answer; status 0 when nobody answers."""
    request = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0, {}, b""


def load(url, connections, seconds, folder, body=None, headers=None, core=LOAD_CORE):
    """Closed-loop load over kept connections for some seconds: requests/s and exact percentiles (every request is logged). Ends the benchmark on any answer but 2xx."""
    program, environment = h2load()
    log = folder / "requests.tsv"
    log.unlink(missing_ok=True)
    command = ["taskset", "-c", core, program, "--h1", "-t", "1", "-c", str(connections), "-D", str(seconds), "--log-file", str(log)]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    if body is not None:
        content = folder / "body"
        content.write_bytes(body)
        command += ["-d", str(content)]
    begin = time.perf_counter()
    done = subprocess.run([*command, url], env=environment, capture_output=True, text=True, timeout=seconds + 60)
    elapsed = time.perf_counter() - begin
    if done.returncode != 0 or not log.exists():
        sys.exit(f"h2load failed on {url}: {done.stdout[-1000:]} {done.stderr[-1000:]}")
    times, wrong, first, last = [], 0, math.inf, 0
    for line in log.read_text().splitlines():
        at, status, micros = line.split("\t")[:3]
        if status == "200" or status == "204":
            times.append(int(micros))
            first = min(first, int(at))
            last = max(last, int(at) + int(micros))
        else:
            wrong += 1
    if wrong or not times:
        sys.exit(f"{url}: {wrong} of {wrong + len(times)} answers were no success")
    times.sort()
    return {"requests_per_s": len(times) / ((last - first) / 1e6), "requests": len(times), "elapsed_s": elapsed,
            "p50_ms": percentile(times, 50) / 1000, "p99_ms": percentile(times, 99) / 1000, "p999_ms": percentile(times, 99.9) / 1000, "max_ms": times[-1] / 1000}


def percentile(ordered, share):
    """Nearest rank."""
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]


def cpu_seconds(pid):
    """Processor time of one process, user and system, in seconds."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def versions():
    """Versions of everything that is measured or measures."""
    def first_line(*command, environment=None):
        try:
            done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=30)
            return (done.stdout or done.stderr).strip().splitlines()[0]
        except (OSError, IndexError):
            return "absent"

    pins = {}
    for name in ("mlserver", "mlflow", "jupyterhub"):
        for line in (HERE / "peers" / f"{name}.txt").read_text().splitlines():
            package, _, version = line.partition("==")
            if package in ("mlserver", "mlflow", "jupyterhub", "scikit-learn", "uvicorn"):
                pins[f"{package} ({name})" if package != name else package] = version
    lock = json.loads((HERE / "peers" / "package-lock.json").read_text())
    program, environment = h2load()
    return {"java": first_line(java(), "-version"), "python": sys.version.split()[0], "node": first_line("node", "--version"),
            "h2load": first_line(program, "--version", environment=environment),
            "configurable-http-proxy": lock["packages"]["node_modules/configurable-http-proxy"]["version"], **pins}
