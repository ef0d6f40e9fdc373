"""The workbench itself: start, idle memory and processor time, and taking running servers over, beside JupyterHub with configurable-http-proxy.

Run:  python3 benchmarks/control_plane.py [--rounds 3] [--idle 10] [--servers 0,10,40] [--flags]
Both on one core, rounds interleaved, a new data folder each time. --flags measures the workbench under other JVM options instead.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time

from measure import environment, resident_mib, save, spread
from rig import HERE, SERVER_CORE, WORKBENCH_FLAGS, ask, cpu_seconds, flags, load, proxy_program, running, say, venv, versions, wait_for
from serving import free_ports
from workbench import home, workbench

HUB_TOKEN = "benchmark-token-of-the-hub"
REQUESTS_S = 5


def light_home(folder):
    """As workbench.home, but whatever is started is a server of a few MiB, so that many fit."""
    made = home(folder)
    (made / ".build/python/bin/python").write_text(
        f"#!/bin/sh\nexec {sys.executable} {HERE / 'peers' / 'stand_in_server.py'} \"$JUPYTER_CONFIG_DIR/server.json\"\n")
    return made


def processor_time(pids, seconds):
    """Share of one core, in percent, that the processes use while nobody asks anything of them."""
    before = sum(map(cpu_seconds, pids))
    time.sleep(seconds)
    return 100 * (sum(map(cpu_seconds, pids)) - before) / seconds


def endpoint_of(bench):
    with contextlib.suppress(OSError, ValueError, KeyError):
        return json.loads((bench.data / "run" / "serving.json").read_text())["pid"]
    return None


def lathe(folder, idle, options=None):
    """Start, idle, activity of a new workbench."""
    with workbench(folder, light_home(folder), options=options) as bench:
        result = {"start_s": bench.start_s}
        wait_for("the endpoint", lambda: endpoint_of(bench), process=bench.process)
        time.sleep(2)
        result["idle_mib"] = resident_mib(bench.pid, descend=False)
        result["idle_cpu_percent"] = processor_time([bench.pid], idle)
        result["endpoint_idle_mib"] = resident_mib(endpoint_of(bench), descend=False)
        rate = load(f"http://127.0.0.1:{bench.port}/api/v1/projects", 8, REQUESTS_S, folder, headers={"Authorization": f"Bearer {bench.token}"})
        result |= {"api_requests_per_s": rate["requests_per_s"], "api_p99_ms": rate["p99_ms"]}
        time.sleep(1)
        result["after_activity_mib"] = resident_mib(bench.pid, descend=False)
        result["stop_s"] = timed_stop(bench.pid)
    return result


def timed_stop(pid):
    begin = time.perf_counter()
    os.kill(pid, signal.SIGTERM)
    status = pathlib.Path(f"/proc/{pid}/status")

    def ended():
        return not status.exists() or "State:\tZ" in status.read_text()

    wait_for("the stop", ended, seconds=30)
    return time.perf_counter() - begin


@contextlib.contextmanager
def hub(folder, port=None):
    """JupyterHub, which starts its proxy itself, with mock single-user servers as its own tests use them."""
    public, api, hub_port = port or free_ports(3)
    bin_folder = venv("jupyterhub")
    (folder / "jupyterhub_config.py").write_text(f"""
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{public}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.command = ["{proxy_program()}"]
c.ConfigurableHTTPProxy.auth_token = "benchmark"
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
c.ConfigurableHTTPProxy.should_start = True
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.Spawner.cmd = ["{bin_folder}/python", "{HERE / 'peers' / 'mock_singleuser.py'}"]
c.Authenticator.allow_all = True
c.JupyterHub.log_level = "WARN"
c.JupyterHub.cleanup_servers = False
c.JupyterHub.services = [{{"name": "benchmark", "api_token": "{HUB_TOKEN}"}}]
c.JupyterHub.load_roles = [{{"name": "benchmark", "scopes": ["admin:users", "admin:servers", "list:users"], "services": ["benchmark"]}}]
""")
    begin = time.perf_counter()
    command = [bin_folder / "jupyterhub", "-f", folder / "jupyterhub_config.py"]
    quiet = {"PATH": f"{bin_folder}:{os.environ['PATH']}", "JUPYTERHUB_CRYPT_KEY": "00" * 32}
    with running("hub", command, folder, SERVER_CORE, quiet) as process:
        base = f"http://127.0.0.1:{public}"
        wait_for("JupyterHub's start", lambda: ask(base + "/hub/health")[0] == 200, process=process)
        process.start_s = time.perf_counter() - begin
        process.base, process.ports = base, (public, api, hub_port)
        proxy = proxy_pid(process)
        try:
            yield process
        finally:
            # In a session of its own, and left running by a hub that leaves servers running.
            with contextlib.suppress(ProcessLookupError):
                os.kill(proxy, signal.SIGTERM)


def proxy_pid(process):
    """The hub's child that is the proxy."""
    children = [int(child) for task in pathlib.Path(f"/proc/{process.pid}/task").iterdir() for child in (task / "children").read_text().split()]
    return next(child for child in children if b"configurable-http-proxy" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes())


def peer(folder, idle):
    authorized = {"Authorization": f"token {HUB_TOKEN}"}
    with hub(folder) as process:
        result = {"start_s": process.start_s}
        proxy = proxy_pid(process)
        time.sleep(2)
        result["idle_mib"] = resident_mib(process.pid, descend=False)
        result["proxy_idle_mib"] = resident_mib(proxy, descend=False)
        result["idle_cpu_percent"] = processor_time([process.pid, proxy], idle)
        rate = load(process.base + "/hub/api/users", 8, REQUESTS_S, folder, headers=authorized)
        result |= {"api_requests_per_s": rate["requests_per_s"], "api_p99_ms": rate["p99_ms"]}
        time.sleep(1)
        result["after_activity_mib"] = resident_mib(process.pid, descend=False)
        result["proxy_after_activity_mib"] = resident_mib(proxy, descend=False)
        result["stop_s"] = timed_stop(process.pid)
    return result


def adoption_by_lathe(folder, servers):
    """Seconds from a new start after kill -9 until it answers, and until all servers that ran on are ready in its eyes."""
    made, data = light_home(folder), folder / "data"
    names = [f"server{number}" for number in range(servers)]
    left = []
    try:
        with workbench(folder, made, data) as bench:
            for name in names:
                bench.call("POST", "/api/v1/projects", {"name": name, "template": "plain"})
                bench.call("POST", f"/api/v1/projects/{name}/server")
            left = [bench.ready(name)["pid"] for name in names]
            wait_for("the endpoint", lambda: endpoint_of(bench), process=bench.process)
            port = bench.port
            os.kill(bench.pid, signal.SIGKILL)
            bench.process.wait()
        begin = time.perf_counter()
        with workbench(folder, made, data, port=port) as bench:
            def adopted():
                return all(server["state"] == "ready" for server in found(bench)) and len(found(bench)) == servers

            wait_for("the adoption", adopted, process=bench.process)
            seconds = time.perf_counter() - begin
            if sorted(server["pid"] for server in found(bench)) != sorted(left):
                sys.exit("other servers run than before")
            return {"answers_s": bench.start_s, "adopted_s": seconds}
    finally:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def found(bench):
    return bench.call("GET", "/api/v1/status")["servers"]


def adoption_by_hub(folder, servers):
    authorized = {"Authorization": f"token {HUB_TOKEN}", "Content-Type": "application/json"}
    names = [f"user{number}" for number in range(servers)]

    def ready(process):
        users = json.loads(ask(process.base + "/hub/api/users?state=ready", headers=authorized)[2] or b"[]")
        return len(users) == servers

    left = []
    try:
        with hub(folder) as process:
            ports = process.ports
            for name in names:
                for path in (f"/hub/api/users/{name}", f"/hub/api/users/{name}/server"):
                    status = ask(process.base + path, b"{}", authorized, "POST")[0]
                    if status not in (201, 202):
                        sys.exit(f"JupyterHub answered {status} to {path}")
            wait_for("the hub's servers", lambda: ready(process), process=process)
            proxy = proxy_pid(process)
            left = mock_servers(process.pid)
            os.kill(process.pid, signal.SIGKILL)
            os.kill(proxy, signal.SIGKILL)
            process.wait()
        begin = time.perf_counter()
        with hub(folder, ports) as process:
            wait_for("the hub's adoption", lambda: ready(process), process=process)
            return {"answers_s": process.start_s, "adopted_s": time.perf_counter() - begin}
    finally:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def mock_servers(pid):
    """The single-user servers below the hub; each runs in a session of its own."""
    children = [int(child) for task in pathlib.Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    return [child for child in children if b"mock_singleuser" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes()]


def variants():
    """JVM options to compare: the launcher's, and each other choice."""
    now = flags(WORKBENCH_FLAGS)
    plain = [flag for flag in now if flag not in ("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders")]
    return {"launcher's": now,
            "Serial": [*plain, "-XX:+UseSerialGC"],
            "Serial, compact headers": [*plain, "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"],
            "G1": [*plain, "-XX:+UseG1GC"],
            "G1, compact headers": [*plain, "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders"],
            "Serial, compact, C1 only": [*plain, "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1"],
            "Serial, compact, class archive": [*plain, "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+AutoCreateSharedArchive",
                                               f"-XX:SharedArchiveFile={tempfile.gettempdir()}/lathe-bench-{os.getpid()}.jsa"]}


def in_folder(measure, *arguments):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lathe-control-"))
    try:
        return measure(folder, *arguments)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--idle", type=int, default=10, help="seconds over which idle processor time is taken")
    options.add_argument("--servers", default="0,10,40", help="running servers to take over")
    options.add_argument("--flags", action="store_true", help="compare JVM options of the workbench instead")
    options.add_argument("--keep", action="store_true", help="write the results; without it they are only shown")
    chosen = options.parse_args()
    before = environment()
    raw = []

    def note(what, subject, number, result):
        raw.append({"what": what, "subject": subject, "round": number + 1, **result})
        say(f"{what}, round {number + 1}, {subject}: " + ", ".join(f"{key} {value:,.2f}" for key, value in result.items()))

    if chosen.flags:
        for number in range(chosen.rounds):
            for name, jvm in variants().items():
                note("workbench under JVM options", name, number, in_folder(lathe, chosen.idle, jvm))
    else:
        for number in range(chosen.rounds):
            note("start and idle", "lathe", number, in_folder(lathe, chosen.idle))
            note("start and idle", "jupyterhub", number, in_folder(peer, chosen.idle))
            for servers in map(int, chosen.servers.split(",")):
                note(f"adoption of {servers} servers", "lathe", number, in_folder(adoption_by_lathe, servers))
                if servers <= 10:
                    note(f"adoption of {servers} servers", "jupyterhub", number, in_folder(adoption_by_hub, servers))
    summary = []
    for what, subject in dict.fromkeys((r["what"], r["subject"]) for r in raw):
        samples = [r for r in raw if (r["what"], r["subject"]) == (what, subject)]
        summary.append({"what": what, "subject": subject,
                        **{key: spread([s[key] for s in samples]) for key in samples[0] if key not in ("what", "subject", "round")}})
    if chosen.keep:
        say(f"kept in {save('jvm-flags' if chosen.flags else 'control-plane', {'environment': before, 'versions': versions(), 'options': vars(chosen), 'summary': summary, 'raw': raw})}")
    print("| what | subject | figure | median (lowest–highest) |\n|---|---|---|---|")
    for s in summary:
        for key, figure in s.items():
            if isinstance(figure, dict):
                print(f"| {s['what']} | {s['subject']} | {key} | {figure['median']:,.2f} ({figure['low']:,.2f}–{figure['high']:,.2f}) |")


if __name__ == "__main__":
    main()
