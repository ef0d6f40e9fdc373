"""A real workbench for benchmarks: its jar, the launcher's JVM options, a new data folder. Only what it starts as JupyterLab may be a stand-in."""

import contextlib
import json
import os
import pathlib
import re
import signal
import time

from measure import ROOT
from rig import LOAD_CORE, SERVER_CORE, WORKBENCH_FLAGS, ask, classes, flags, jar, java, running, say, venv, wait_for

NOTEBOOK = '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}'
CARD = {"name": "plain", "title": "Plain", "description": "For benchmarks.", "notebook": "empty.ipynb"}


def home(folder, core=LOAD_CORE):
    """A checkout for --home. Projects whose names begin with "lab" get JupyterLab, all others the plain upstream, each on one core."""
    made = folder / "home"
    (made / "templates" / "plain").mkdir(parents=True)
    (made / "templates" / "plain" / "template.json").write_text(json.dumps(CARD))
    (made / "templates" / "plain" / "empty.ipynb").write_text(NOTEBOOK)
    for module in ("serving-endpoint", "workbench-server"):
        (made / module).symlink_to(ROOT / module)
    python = made / ".build" / "python" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        "#!/bin/sh\n"
        "# What the workbench starts as JupyterLab.\n"
        "case $LATHE_PROJECT in\n"
        f"lab*) exec taskset -c {core} {venv('jupyterhub') / 'python'} \"$@\" ;;\n"
        f"*) exec taskset -c {core} {java()} -Xmx256m -XX:+UseSerialGC -cp '{classes()}' PlainUpstream \"$JUPYTER_CONFIG_DIR/server.json\" ;;\n"
        "esac\n")
    python.chmod(0o755)
    return made


class Workbench:
    """A running workbench, seen as its owner."""

    def __init__(self, process, data, started):
        self.process, self.data = process, data
        note = json.loads((data / "run" / "workbench.json").read_text())
        self.pid, self.port, self.url = note["pid"], note["port"], f"http://127.0.0.1:{note['port']}"
        self.token = (data / "run" / "operator-token").read_text().strip()
        self.start_s = time.perf_counter() - started

    def call(self, method, path, body=None):
        status, _, answer = ask(self.url + path, json.dumps(body).encode() if body is not None else None,
                                {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}, method)
        if status >= 300 or status == 0:
            raise RuntimeError(f"{method} {path} answered {status}: {answer[:500]!r}")
        return json.loads(answer) if answer else None

    def project(self, name):
        """A project with a running notebook server; how the server is reached, directly and through the workbench."""
        self.call("POST", "/api/v1/projects", {"name": name, "template": "plain"})
        self.call("POST", f"/api/v1/projects/{name}/server")
        return self.ready(name)

    def ready(self, name):
        def state():
            server = self.call("GET", f"/api/v1/projects/{name}")["server"]
            if server["state"] == "failed":
                raise RuntimeError(f"{name}'s server failed: {server}")
            return server if server["state"] == "ready" else None

        server = wait_for(f"{name}'s server", state, process=self.process)
        settings = json.loads((self.data / "run" / "servers" / server["id"] / "config" / "server.json").read_text())
        return {"id": server["id"], "pid": server["pid"], "port": settings["port"], "secret": settings["secret"], "base": settings["baseUrl"].rstrip("/")}

    def enter(self, name):
        """Host and cookie with which a browser that opened the project comes back."""
        url = self.call("POST", f"/api/v1/projects/{name}/tickets")["url"]
        host, path = re.fullmatch(r"http://([^/]+)(/.*)", url).groups()
        import http.client
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        cookies = [value.split(";")[0] for key, value in answer.getheaders() if key.lower() == "set-cookie"]
        if answer.status != 303 or not cookies:
            raise RuntimeError(f"no way into {name}: {answer.status} {answer.read()[:300]!r}")
        return host, cookies[0]


@contextlib.contextmanager
def workbench(folder, made_home, data=None, core=SERVER_CORE, options=None, port=0):
    """
    A workbench on one core; everything it started is stopped with it. One that comes back on another port must first stop the endpoint that asks at the
    old one, so give a restart the port it had, as the launcher does.
    """
    data = data or folder / "data"
    data.mkdir(exist_ok=True)
    note = data / "run" / "workbench.json"
    note.unlink(missing_ok=True)
    command = [java(), *(flags(WORKBENCH_FLAGS) if options is None else options), "-jar", jar("workbench-server"), "--data", data, "--port", str(port),
               "--serving-port", "0", "--home", made_home]
    started = time.perf_counter()
    with running("workbench", command, folder, core) as process:
        wait_for("the workbench's start", lambda: note.exists() and note.stat().st_size and answers(note), process=process)
        yield Workbench(process, data, started)


def answers(note):
    with contextlib.suppress(ValueError, KeyError):
        return ask(f"http://127.0.0.1:{json.loads(note.read_text())['port']}/api/v1/health")[0] == 200
    return False


def kill(pid):
    """As a crash would: what it started lives on."""
    os.kill(pid, signal.SIGKILL)
