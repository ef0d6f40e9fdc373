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


def resident_mib(pid, descend=True):
    """Resident memory of a process, with all its descendants unless told otherwise, in MiB. A process that has just ended counts nothing."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        children = [int(child) for task in pathlib.Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except FileNotFoundError:
        return 0.0
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0) / 1024
    return own + (sum(resident_mib(child) for child in children) if descend else 0)
