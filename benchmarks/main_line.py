"""The main line timed: warm `up`, project start to Lab ready, publish to first served prediction, memory of each process.

Run:  .build/python/bin/python benchmarks/main_line.py [--rounds 3] [--fresh-clone]
Each round uses a new data folder and `./lathe demo --json`; --fresh-clone also times set-up and demo in a new clone with the machine's warm package caches.
"""

import argparse
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from measure import ROOT, environment, resident_mib, save, spread


def lathe(checkout, *arguments):
    """Runs ./lathe; its standard output as lines. Stops the benchmark when it fails."""
    done = subprocess.run([str(checkout / "lathe"), *arguments], stdout=subprocess.PIPE, text=True, timeout=1800)
    if done.returncode != 0:
        sys.exit(f"./lathe {' '.join(arguments)} ended with {done.returncode}")
    return done.stdout.splitlines()


def timed(checkout, *arguments):
    begin = time.perf_counter()
    lines = lathe(checkout, *arguments)
    return time.perf_counter() - begin, lines


def memory(checkout, data):
    """Resident MiB of workbench, endpoint and notebook server; the demo ends its kernel, whose memory kernel_start.py measures."""
    status = json.loads("\n".join(lathe(checkout, "status", "--json", "--data", data)))
    result = {"workbench": resident_mib(status["workbench"]["pid"], descend=False), "serving": resident_mib(status["serving"]["pid"], descend=False)}
    for server in status["servers"]:
        result["jupyterlab"] = resident_mib(server["pid"], descend=False)
    return result


def publish_to_prediction(data, prediction):
    """Seconds from the bundle's arrival to the endpoint serving it, and then to the first answer."""
    with sqlite3.connect(f"file:{data}/lathe.db?mode=ro", uri=True) as database:
        (milliseconds,) = database.execute("SELECT updated_at - created_at FROM publication ORDER BY created_at LIMIT 1").fetchone()
    return milliseconds / 1000 + prediction["seconds"]


def one_round(checkout):
    data = tempfile.mkdtemp(prefix="lathe-line-")
    try:
        up, _ = timed(checkout, "up", "--data", data, "--port", "0", "--serving-port", "0")
        lathe(checkout, "down", "--data", data)
        warm, _ = timed(checkout, "up", "--data", data)
        steps = {step["step"]: step for step in map(json.loads, lathe(checkout, "demo", "--json", "--data", data))}
        result = {"up_new_data_s": up, "up_again_s": warm}
        result |= {f"demo_{name}_s": step["seconds"] for name, step in steps.items()}
        result["publish_to_first_prediction_s"] = publish_to_prediction(data, steps["prediction"])
        result |= {f"{name}_mib": mib for name, mib in memory(checkout, data).items()}
        return result
    finally:
        subprocess.run([str(checkout / "lathe"), "down", "--data", data], stdout=subprocess.DEVNULL)
        shutil.rmtree(data, ignore_errors=True)


def fresh_clone():
    """Seconds of set-up and of the whole demo in a new clone."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lathe-clone-"))
    try:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "lathe")], check=True)
        clone = folder / "lathe"
        seconds, lines = timed(clone, "demo", "--json", "--port", "0", "--serving-port", "0")
        subprocess.run([str(clone / "lathe"), "down"], stdout=subprocess.DEVNULL)
        return {"demo_s": seconds, "steps": {s["step"]: s["seconds"] for s in map(json.loads, lines)}}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--fresh-clone", action="store_true")
    chosen = options.parse_args()
    lathe(ROOT, "up", "--data", (warm := tempfile.mkdtemp(prefix="lathe-warm-")), "--port", "0", "--serving-port", "0")
    lathe(ROOT, "down", "--data", warm)
    shutil.rmtree(warm, ignore_errors=True)
    raw = []
    for number in range(chosen.rounds):
        raw.append(one_round(ROOT))
        print(f"round {number + 1}: " + json.dumps({k: round(v, 2) for k, v in raw[-1].items()}), file=sys.stderr)
    summary = {key: spread([r[key] for r in raw]) for key in raw[0]}
    result = {"environment": environment(), "rounds": chosen.rounds, "summary": summary, "raw": raw}
    if chosen.fresh_clone:
        result["fresh_clone"] = fresh_clone()
        print("fresh clone: " + json.dumps(result["fresh_clone"]))
    save("main-line", result)
    for key, row in summary.items():
        print(f"{key:<32}{row['median']:>10.2f}  ({row['low']:.2f}–{row['high']:.2f})")


if __name__ == "__main__":
    main()
