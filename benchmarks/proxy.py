"""What the workbench's proxy adds, beside none and beside configurable-http-proxy, in the same run and in front of the same upstreams.

Run:  python3 benchmarks/proxy.py [--rounds 3] [--seconds 3] [--connections 1,8,32] [--size-mb 1024] [--only direct,lathe,chp]
The upstreams are notebook servers of a real workbench: JupyterLab, and a plain server that does next to nothing. Lathe is reached as a browser reaches it:
project host, cookie, origin. Proxies on one core, load and upstreams on another. Answers are compared before anything is timed.
"""

import argparse
import contextlib
import os
import pathlib
import shutil
import socket
import struct
import sys
import tempfile
import time

from measure import environment, resident_mib, save, spread
from rig import LOAD_CORE, SERVER_CORE, cpu_seconds, load, percentile, proxy_program, running, say, versions, wait_for
from workbench import home, workbench

MESSAGE = 64 << 10
MOST_BODY_BYTES = 512 << 20


class Way:
    """One way to an upstream: its address, the headers it needs, and the proxy's process, if any."""

    def __init__(self, name, port, host, headers, pid, base):
        self.name, self.port, self.host, self.headers, self.pid, self.base = name, port, host, headers, pid, base

    def connect(self):
        made = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def head(self, method, path, more=None):
        lines = [f"{method} {self.base}{path} HTTP/1.1", f"Host: {self.host}"]
        lines += [f"{name}: {value}" for name, value in {**self.headers, "Origin": f"http://{self.host}", **(more or {})}.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def rate(self, path, connections, seconds, folder):
        return load(f"http://127.0.0.1:{self.port}{self.base}{path}", connections, seconds, folder, headers={":authority": self.host, **self.headers})

    def get(self, path):
        with self.connect() as peer:
            peer.sendall(self.head("GET", path, {"Connection": "close"}))
            reader = peer.makefile("rb")
            status, _ = headers_of(reader)
            return status, reader.read()


def headers_of(reader):
    """Status and headers of an answer; the reader stands at its body."""
    line = reader.readline().split()
    if len(line) < 2:
        raise ConnectionError("no answer")
    headers = {}
    for raw in iter(reader.readline, b"\r\n"):
        if not raw:
            raise ConnectionError("the answer's headers end early")
        name, _, value = raw.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return int(line[1]), headers


def download(way, size):
    """Seconds for an answer of so many bytes."""
    with way.connect() as peer:
        begin = time.perf_counter()
        peer.sendall(way.head("GET", f"/bytes?n={size}"))
        reader = peer.makefile("rb", buffering=1 << 20)
        status, headers = headers_of(reader)
        buffer = memoryview(bytearray(1 << 20))
        left = size
        while left:
            read = reader.readinto1(buffer[:min(left, len(buffer))])
            if not read:
                raise ConnectionError(f"{way.name}: {left} of {size} bytes are missing")
            left -= read
        if status != 200 or headers.get("content-length") not in (None, str(size)):
            raise RuntimeError(f"{way.name}: download answered {status} {headers}")
        return time.perf_counter() - begin


def upload(way, size):
    """Seconds until the upstream has counted so many bytes, in bodies no larger than Jupyter and the workbench take."""
    block = bytes(1 << 20)
    with way.connect() as peer:
        reader = peer.makefile("rb")
        begin = time.perf_counter()
        left = size
        while left:
            body = min(left, MOST_BODY_BYTES)
            peer.sendall(way.head("POST", "/sink", {"Content-Length": str(body), "Content-Type": "application/octet-stream"}))
            for _ in range(body // len(block)):
                peer.sendall(block)
            status, headers = headers_of(reader)
            counted = reader.read(int(headers["content-length"])) if "content-length" in headers else chunk(reader)
            if status != 200 or counted != str(body).encode():
                raise RuntimeError(f"{way.name}: upload answered {status} {counted!r}")
            left -= body
        return time.perf_counter() - begin


def chunk(reader):
    """An answer of one chunk, to its end."""
    body = reader.read(int(reader.readline(), 16))
    for _ in range(3):
        reader.readline()
    return body


@contextlib.contextmanager
def websocket(way):
    with way.connect() as peer:
        peer.sendall(way.head("GET", "/echo", {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
                                                "Sec-WebSocket-Key": "bGF0aGUtYmVuY2htYXJrcw=="}))
        reader = peer.makefile("rb", buffering=256 << 10)
        status, _ = headers_of(reader)
        if status != 101:
            raise RuntimeError(f"{way.name}: the upgrade was answered {status}")
        yield peer, reader


def frame(payload):
    """A client's binary frame; its mask is zero, which leaves the payload as it is."""
    size = len(payload)
    length = struct.pack("!BQ", 0xFF, size) if size > 0xFFFF else struct.pack("!BH", 0xFE, size) if size > 125 else struct.pack("!B", 0x80 | size)
    return b"\x82" + length + bytes(4) + payload


def message(reader):
    """The next message of the server, put together from its frames; pings are passed over."""
    whole = b""
    while True:
        first, second = reader.read(2)
        size = second & 0x7F
        if size == 126:
            size, = struct.unpack("!H", reader.read(2))
        elif size == 127:
            size, = struct.unpack("!Q", reader.read(8))
        payload = reader.read(size)
        if first & 0x0F == 8:
            raise ConnectionError(f"closed: {payload!r}")
        if first & 0x0F < 8:
            whole += payload
            if first & 0x80:
                return whole


def echoes(way, seconds):
    """Round trips of 64 KiB, one after the other over one WebSocket."""
    payload = os.urandom(MESSAGE)
    packed = frame(payload)
    times = []
    with websocket(way) as (peer, reader):
        end = time.perf_counter() + seconds
        while (begin := time.perf_counter()) < end:
            peer.sendall(packed)
            if message(reader) != payload:
                raise RuntimeError(f"{way.name}: another message came back")
            times.append((time.perf_counter() - begin) * 1000)
    times.sort()
    return {"round_trips_per_s": len(times) / seconds, "p50_ms": percentile(times, 50), "p99_ms": percentile(times, 99)}


def forget_peak(pid):
    pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_mib(pid):
    """Highest resident memory since the peak was forgotten."""
    return next(int(line.split()[1]) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")) / 1024


def transfer(way, direction, size):
    if way.pid:
        forget_peak(way.pid)
    before, spent = (resident_mib(way.pid, descend=False), cpu_seconds(way.pid)) if way.pid else (0, 0)
    seconds = (download if direction == "down" else upload)(way, size)
    result = {"mb_per_s": size / 1e6 / seconds}
    if way.pid:
        result |= {"resident_before_mib": before, "peak_mib": peak_mib(way.pid), "proxy_cpu_s": cpu_seconds(way.pid) - spent}
    return result


@contextlib.contextmanager
def ways(bench, folder, upstream, name, only):
    """The three ways to one upstream."""
    host, cookie = bench.enter(name)
    secret = {"Lathe-Server-Secret": upstream["secret"]}
    own = f"127.0.0.1:{upstream['port']}"
    found = {"direct": Way("direct", upstream["port"], own, secret, None, upstream["base"]),
             "lathe": Way("lathe", bench.port, host, {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}, bench.pid, upstream["base"])}
    with contextlib.ExitStack() as stack:
        if "chp" in only:
            with socket.socket() as one, socket.socket() as two:
                one.bind(("127.0.0.1", 0))
                two.bind(("127.0.0.1", 0))
                port, api = one.getsockname()[1], two.getsockname()[1]
            command = [proxy_program(), "--ip", "127.0.0.1", "--port", str(port), "--api-ip", "127.0.0.1", "--api-port", str(api),
                       "--default-target", f"http://{own}", "--log-level", "error"]
            process = stack.enter_context(running(f"chp-{name}", command, folder, SERVER_CORE, {"CONFIGPROXY_AUTH_TOKEN": "benchmark"}))
            found["chp"] = Way("chp", port, f"127.0.0.1:{port}", secret, process.pid, upstream["base"])
            wait_for("the other proxy's start", lambda: listens(port), process=process)
        yield [found[each] for each in only]


def listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def same(all_ways, path):
    """Ends the benchmark when the ways do not answer alike."""
    answers = {way.name: way.get(path) for way in all_ways}
    if any(status != 200 for status, _ in answers.values()) or len({body for _, body in answers.values()}) != 1:
        sys.exit(f"{path} is answered differently: { {name: (status, len(body), body[:80]) for name, (status, body) in answers.items()} }")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=int, default=3, help="of load in each round")
    options.add_argument("--warm-up", type=int, default=6, help="seconds of load on each way before the first round")
    options.add_argument("--connections", default="1,8,32")
    options.add_argument("--size-mb", type=int, default=1024, help="MiB of one upload or download")
    options.add_argument("--only", default="direct,lathe,chp")
    options.add_argument("--java", help="JVM options of the workbench in the place of the launcher's, to try them")
    options.add_argument("--profile", metavar="FILE", help="keep a flight recording of the workbench here")
    options.add_argument("--keep", action="store_true", help="write the results; without it they are only shown")
    chosen = options.parse_args()
    only = chosen.only.split(",")
    before = environment()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lathe-proxy-"))
    raw = []

    def note(what, way, number, result):
        raw.append({"what": what, "way": way.name, "round": number + 1, **result})
        say(f"{what}, round {number + 1}, {way.name}: " + ", ".join(f"{key} {value:,.2f}" for key, value in result.items()))

    from rig import WORKBENCH_FLAGS, flags
    jvm = chosen.java.split() if chosen.java is not None else flags(WORKBENCH_FLAGS)
    if chosen.profile:
        jvm = [*jvm, f"-XX:StartFlightRecording=settings=profile,filename={pathlib.Path(chosen.profile).resolve()},dumponexit=true",
               "-XX:FlightRecorderOptions=stackdepth=96"]
    try:
        with workbench(folder, home(folder), options=jvm) as bench:
            os.sched_setaffinity(0, {int(LOAD_CORE)})  # the client of sockets and transfers is this process
            plain, lab = bench.project("plain"), bench.project("lab")
            with ways(bench, folder, plain, "plain", only) as to_plain, ways(bench, folder, lab, "lab", only) as to_lab:
                same(to_plain, "/small")
                same(to_plain, f"/bytes?n={1 << 20}")
                for way in to_lab:
                    if way.get("/api/status")[0] != 200:
                        sys.exit(f"{way.name}: JupyterLab's status is not 200")
                for way in to_plain:
                    way.rate("/small", 8, chosen.warm_up, folder)
                    echoes(way, chosen.warm_up / 2)
                for number in range(chosen.rounds):
                    for connections in map(int, chosen.connections.split(",")):
                        for way in to_plain:
                            note(f"small GET, plain, {connections} connections", way, number, way.rate("/small", connections, chosen.seconds, folder))
                    for way in to_lab:
                        note("status of JupyterLab, 8 connections", way, number, way.rate("/api/status", 8, chosen.seconds, folder))
                    for way in to_plain:
                        note("64 KiB WebSocket echo", way, number, echoes(way, chosen.seconds))
                    for direction in ("down", "up"):
                        for way in to_plain:
                            note(f"{chosen.size_mb} MiB {direction}", way, number, transfer(way, direction, chosen.size_mb << 20))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report(chosen, before, raw)


def report(chosen, before, raw):
    summary = []
    for what, way in dict.fromkeys((r["what"], r["way"]) for r in raw):
        samples = [r for r in raw if (r["what"], r["way"]) == (what, way)]
        summary.append({"what": what, "way": way,
                        **{key: spread([s[key] for s in samples]) for key in samples[0] if key not in ("what", "way", "round")}})
    direct = {s["what"]: s for s in summary if s["way"] == "direct"}
    for s in summary:
        if s["what"] in direct and s["way"] != "direct":
            for key in ("p50_ms", "p99_ms"):
                if key in s:
                    s["added_" + key] = s[key]["median"] - direct[s["what"]][key]["median"]
    if chosen.keep:
        say(f"kept in {save('proxy', {'environment': before, 'versions': versions(), 'options': vars(chosen), 'summary': summary, 'raw': raw})}")
    print("| what | way | per second | p50, ms | p99, ms | peak resident, MiB |\n|---|---|---|---|---|---|")
    for s in summary:
        rate = next(s[key] for key in ("requests_per_s", "round_trips_per_s", "mb_per_s") if key in s)
        unit = "MB/s" if "mb_per_s" in s else ""

        def time_of(key):
            if key not in s:
                return "–"
            added = f" (+{s['added_' + key]:.2f})" if "added_" + key in s else ""
            return f"{s[key]['median']:.2f}{added}"

        peak = f"{s['resident_before_mib']['median']:.0f} → {s['peak_mib']['high']:.0f}" if "peak_mib" in s else "–"
        print(f"| {s['what']} | {s['way']} | {rate['median']:,.0f} ({rate['low']:,.0f}–{rate['high']:,.0f}) {unit} | {time_of('p50_ms')} | {time_of('p99_ms')} | {peak} |")


if __name__ == "__main__":
    main()
