"""What every benchmark needs: where it ran, the median with its spread, and a place for raw results."""

import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def environment():
    """The facts about the machine that a reader needs to compare two results."""
    memory = next(line for line in pathlib.Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return {"cores": os.cpu_count(), "memory_gib": round(int(memory.split()[1]) / 2**20), "system": platform.platform(), "commit": commit,
            "load_before": os.getloadavg()[0]}


def spread(values):
    """Median with the lowest and highest value: the samples are too few for anything finer."""
    return {"median": statistics.median(values), "low": min(values), "high": max(values), "n": len(values)}


def save(what, result):
    """Keeps a result as benchmarks/results/<date>-<what>.json and returns its path."""
    path = ROOT / "benchmarks" / "results" / f"{datetime.date.today()}-{what}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(result, indent=1) + "\n")
    return path
