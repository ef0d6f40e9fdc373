"""Predictions per second and latency: Lathe's endpoint beside a bare echo on the same web server, and beside MLServer and MLflow.

Run:  python3 benchmarks/serving.py [--rounds 3] [--seconds 3] [--connections 1,8,32] [--rows 1,32] [--only lathe-v1,echo] [--profile lathe-v1]
All serve one logistic regression of iris (4 numbers in, 3 probabilities out) with the same coefficients. Their answers are compared before anything is
timed. Server on one core, load on another; rounds are interleaved; every request is counted and must succeed. Raw results go to benchmarks/results/.
"""

import argparse
import contextlib
import csv
import hashlib
import http.server
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

from measure import environment, resident_mib, save, spread
from rig import (ENDPOINT_FLAGS, HERE, SERVER_CORE, ask, classes, flags, jar, java, load, running, say, venv, versions, wait_for)

TOKEN = "benchmark-consumer"
SERVING_TOKEN = "benchmark-endpoint"
CONSUMER = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
JSON = {"Content-Type": "application/json"}


class StandInWorkbench(http.server.BaseHTTPRequestHandler):
    """What the endpoint needs of a workbench: the route document by long poll, and the bundle."""

    protocol_version = "HTTP/1.1"
    document = bundle = b""

    def do_GET(self):
        if self.headers["Authorization"] != f"Bearer {SERVING_TOKEN}":
            self.answer(401, b"")
        elif self.path.startswith("/api/v1/bundles/"):
            self.answer(200, self.bundle)
        elif "after=0" in self.path:
            self.answer(200, self.document)
        else:
            threading.Event().wait(25)
            self.answer(304, b"")

    def answer(self, status, body):
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *parts):
        pass


@contextlib.contextmanager
def stand_in_workbench(model, zip_bytes):
    routes = {"version": 1,
              "models": [{"name": "iris", "aliases": {"production": 1}, "versions": [{"version": 1, "bundle": model["bundle"]}]}],
              "consumers": [{"name": "benchmark", "tokenSha256": hashlib.sha256(TOKEN.encode()).hexdigest(), "models": ["iris"]}]}
    handler = type("Handler", (StandInWorkbench,), {"document": json.dumps(routes).encode(), "bundle": zip_bytes})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def trained(folder):
    """The model as Lathe's bundle and as coefficients, and the rows it was trained on."""
    table = folder / "iris.csv"
    subprocess.run([venv("mlserver") / "python", HERE / "peers" / "iris.py", table], check=True)
    done = subprocess.run([java(), "-cp", classes(), "IrisBundle", table, folder / "iris.zip"], capture_output=True, text=True, check=True)
    model = json.loads(done.stdout)
    (folder / "model.json").write_text(done.stdout)
    with open(table, newline="") as lines:
        rows = [{name: float(value) for name, value in row.items() if name != "species"} for row in csv.DictReader(lines)]
    # Rows of all three kinds, in a fixed order.
    return model, [rows[i * 50 % len(rows) + i // 3] for i in range(60)]


class Subject:
    """A server to measure: where to post, and how rows are written and probabilities read in its protocol."""

    def __init__(self, name, url, write, read, pids, headers):
        self.name, self.url, self.write, self.read, self.pids, self.headers = name, url, write, read, pids, headers


def columns_of(rows):
    return list(rows[0])


def tensor(rows):
    return [{"name": "input", "shape": [len(rows), len(rows[0])], "datatype": "FP64", "data": [list(row.values()) for row in rows]}]


def tensors(rows):
    return [{"name": name, "shape": [len(rows)], "datatype": "FP64", "data": [row[name] for row in rows]} for name in columns_of(rows)]


def folded(flat, width=3):
    return [flat[i:i + width] for i in range(0, len(flat), width)]


@contextlib.contextmanager
def lathe(stack, folder, model):
    """The endpoint as the workbench starts it; both of its protocols are subjects."""
    workbench = stack.enter_context(stand_in_workbench(model, (folder / "iris.zip").read_bytes()))
    (folder / "token").write_text(SERVING_TOKEN + "\n")
    command = [java(), *flags(ENDPOINT_FLAGS), *lathe.extra, *lathe.recording, "-jar", jar("serving-endpoint"), "--data", folder / "endpoint", "--port", "0",
               "--workbench", workbench, "--token-file", folder / "token"]
    with running("lathe", command, folder, SERVER_CORE) as process:
        port = wait_for("Lathe's start", lambda: port_in(process.log, "Serving on http://127.0.0.1:"), process=process)
        base = f"http://127.0.0.1:{port}"
        wait_for("Lathe's model", lambda: ask(base + "/v2/health/ready")[0] == 200, process=process)
        yield [
            Subject("lathe-v1", base + "/v1/models/iris:predict", lambda rows: {"instances": rows},
                    lambda answer: [p["probabilities"] for p in answer["predictions"]], [process.pid], CONSUMER),
            Subject("lathe-v2", base + "/v2/models/iris/infer", lambda rows: {"inputs": tensors(rows)},
                    lambda answer: folded(next(o["data"] for o in answer["outputs"] if o["name"] == "probabilities")), [process.pid], CONSUMER)]


lathe.extra = []
lathe.recording = []


def port_in(log, before):
    text = log.read_text(errors="replace") if log.exists() else ""
    at = text.find(before)
    digits = text[at + len(before):].split()[:1] if at >= 0 else []
    return int(digits[0].rstrip("./")) if digits else None


@contextlib.contextmanager
def echo(stack, folder, model):
    options = [*flags(ENDPOINT_FLAGS), *lathe.extra]
    with running("echo", [java(), *options, "-cp", classes(), "Echo"], folder, SERVER_CORE) as process:
        port = wait_for("the echo's start", lambda: port_in(process.log, "echo port "), process=process)
        # It answers the body that Lathe gets, so that it reads as many bytes.
        yield [Subject("echo", f"http://127.0.0.1:{port}/", lambda rows: {"instances": rows}, None, [process.pid], JSON)]


@contextlib.contextmanager
def mlserver(stack, folder, model):
    """MLServer without its worker processes: on one core they only cost. Its own default is measured as mlserver-workers where asked for."""
    with mlserver_with(stack, folder, "mlserver", 0) as subjects:
        yield subjects


@contextlib.contextmanager
def mlserver_workers(stack, folder, model):
    with mlserver_with(stack, folder, "mlserver-workers", 1) as subjects:
        yield subjects


@contextlib.contextmanager
def mlserver_with(stack, folder, name, workers):
    home = folder / name
    home.mkdir()
    bin_folder = venv("mlserver")
    subprocess.run([bin_folder / "python", HERE / "peers" / "sklearn_model.py", "joblib", folder / "model.json", home / "model.joblib"], check=True)
    ports = free_ports(3)
    (home / "settings.json").write_text(json.dumps({"host": "127.0.0.1", "http_port": ports[0], "grpc_port": ports[1], "metrics_port": ports[2],
                                                    "parallel_workers": workers, "debug": False, "metrics_endpoint": None}))
    (home / "model-settings.json").write_text(json.dumps({"name": "iris", "implementation": "mlserver_sklearn.SKLearnModel",
                                                          "parameters": {"uri": "./model.joblib"}}))
    with running(name, [bin_folder / "mlserver", "start", "."], home, SERVER_CORE, {"PATH": f"{bin_folder}:/usr/bin:/bin"}) as process:
        base = f"http://127.0.0.1:{ports[0]}"
        wait_for(f"{name}'s start", lambda: ask(base + "/v2/models/iris/ready")[0] == 200, process=process)
        yield [Subject(name, base + "/v2/models/iris/infer",
                       lambda rows: {"inputs": tensor(rows), "outputs": [{"name": "predict_proba"}]},
                       lambda answer: folded(answer["outputs"][0]["data"]), [process.pid], JSON)]


@contextlib.contextmanager
def mlflow(stack, folder, model):
    bin_folder = venv("mlflow")
    home = folder / "mlflow"
    home.mkdir()
    quiet = {"PATH": f"{bin_folder}:/usr/bin:/bin", "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true", "HOME": str(home)}
    subprocess.run([bin_folder / "python", HERE / "peers" / "sklearn_model.py", "mlflow", folder / "model.json", home / "model"],
                   check=True, env=quiet, capture_output=True)
    port, = free_ports(1)
    command = [bin_folder / "mlflow", "models", "serve", "-m", home / "model", "--env-manager", "local", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    with running("mlflow", command, home, SERVER_CORE, quiet) as process:
        base = f"http://127.0.0.1:{port}"
        wait_for("MLflow's start", lambda: ask(base + "/ping")[0] == 200, process=process)
        yield [Subject("mlflow", base + "/invocations",
                       lambda rows: {"dataframe_split": {"columns": columns_of(rows), "data": [list(row.values()) for row in rows]}},
                       lambda answer: answer["predictions"], [process.pid], JSON)]


def free_ports(count):
    import socket
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


MAKERS = {"lathe": lathe, "echo": echo, "mlserver": mlserver, "mlserver-workers": mlserver_workers, "mlflow": mlflow}


def compare(subjects, rows):
    """Everybody's probabilities for every row, equal within 1e-9, or the benchmark ends."""
    answers = {}
    for subject in subjects:
        status, _, body = ask(subject.url, json.dumps(subject.write(rows)).encode(), subject.headers)
        if status != 200:
            sys.exit(f"{subject.name} answered {status}: {body[:500]!r}")
        if subject.read:
            answers[subject.name] = subject.read(json.loads(body))
        elif json.loads(body) != subject.write(rows):
            sys.exit(f"{subject.name} echoed something else: {body[:500]!r}")
    difference = 0.0
    first = next(iter(answers.values()), [])
    for name, probabilities in answers.items():
        if len(probabilities) != len(rows):
            sys.exit(f"{name} answered {len(probabilities)} rows of {len(rows)}")
        difference = max([difference, *(abs(a - b) for one, other in zip(first, probabilities) for a, b in zip(one, other))])
    if difference > 1e-9:
        sys.exit(f"the answers differ by {difference}")
    return difference


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=int, default=3, help="of load in each round")
    options.add_argument("--warm-up", type=int, default=8, help="seconds of load before the first round, for each size of body")
    options.add_argument("--connections", default="1,8,32")
    options.add_argument("--rows", default="1,32")
    options.add_argument("--only", default="lathe,echo,mlserver,mlflow", help="of " + ", ".join(MAKERS))
    options.add_argument("--java", default="", help="more JVM options for endpoint and echo, to try them")
    options.add_argument("--profile", metavar="FILE", help="keep a flight recording of the endpoint here")
    options.add_argument("--keep", action="store_true", help="write the results; without it they are only shown")
    chosen = options.parse_args()
    lathe.extra = chosen.java.split()
    if chosen.profile:
        lathe.recording = [f"-XX:StartFlightRecording=settings=profile,filename={pathlib.Path(chosen.profile).resolve()},dumponexit=true",
                           "-XX:FlightRecorderOptions=stackdepth=96"]
    before = environment()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lathe-serving-"))
    raw = []
    try:
        with contextlib.ExitStack() as stack:
            model, rows = trained(folder)
            subjects = []
            for name in chosen.only.split(","):
                say(f"starting {name}")
                subjects += stack.enter_context(MAKERS[name](stack, folder, model))
            difference = compare(subjects, rows)
            say(f"answers to {len(rows)} rows are equal within {difference:.1e}")
            for size in map(int, chosen.rows.split(",")):
                bodies = {s.name: json.dumps(s.write(rows[:size])).encode() for s in subjects}
                for subject in subjects:
                    load(subject.url, 8, chosen.warm_up, folder, bodies[subject.name], subject.headers)
                for number in range(chosen.rounds):
                    for connections in map(int, chosen.connections.split(",")):
                        for subject in subjects:
                            result = load(subject.url, connections, chosen.seconds, folder, bodies[subject.name], subject.headers)
                            raw.append({"subject": subject.name, "rows": size, "connections": connections, "round": number + 1, **result})
                            say(f"{size} rows, {connections} connections, round {number + 1}, {subject.name}: "
                                f"{result['requests_per_s']:.0f}/s, p50 {result['p50_ms']:.2f} ms, p99 {result['p99_ms']:.2f} ms")
            memory = {s.name: resident_mib(s.pids[0]) for s in subjects}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report(chosen, before, raw, memory, difference)


def report(chosen, before, raw, memory, difference):
    keys = list(dict.fromkeys((r["rows"], r["connections"], r["subject"]) for r in raw))
    summary = []
    for rows, connections, subject in keys:
        samples = [r for r in raw if (r["rows"], r["connections"], r["subject"]) == (rows, connections, subject)]
        summary.append({"rows": rows, "connections": connections, "subject": subject,
                        **{key: spread([s[key] for s in samples]) for key in ("requests_per_s", "p50_ms", "p99_ms")}})
    rate = {(s["rows"], s["connections"], s["subject"]): s["requests_per_s"]["median"] for s in summary}
    for s in summary:
        key = (s["rows"], s["connections"])
        if (*key, "echo") in rate:
            s["share_of_echo"] = rate[(*key, s["subject"])] / rate[(*key, "echo")]
        peers = [rate[(*key, peer)] for peer in ("mlserver", "mlserver-workers", "mlflow") if (*key, peer) in rate]
        if peers:
            s["times_best_peer"] = rate[(*key, s["subject"])] / max(peers)
    if chosen.keep:
        path = save("serving", {"environment": before, "versions": versions(), "options": vars(chosen), "largest_difference": difference,
                                "resident_mib": memory, "summary": summary, "raw": raw})
        say(f"kept in {path}")
    print("| rows | connections | server | requests/s | of the echo | × best peer | p50, ms | p99, ms |\n|---|---|---|---|---|---|---|---|")
    for s in summary:
        rates, half, tail = s["requests_per_s"], s["p50_ms"], s["p99_ms"]
        share = f"{s['share_of_echo']:.0%}" if "share_of_echo" in s else "–"
        times = f"{s['times_best_peer']:.1f}" if "times_best_peer" in s else "–"
        print(f"| {s['rows']} | {s['connections']} | {s['subject']} | {rates['median']:,.0f} ({rates['low']:,.0f}–{rates['high']:,.0f}) | {share} | {times} "
              f"| {half['median']:.2f} | {tail['median']:.2f} ({tail['low']:.2f}–{tail['high']:.2f}) |")
    print("\nResident, MiB: " + ", ".join(f"{name} {mib:.0f}" for name, mib in memory.items()))


if __name__ == "__main__":
    main()
