"""Kernel start, first result, round trip and resident memory: Lathe's Java kernel beside stock JJava and ipykernel.

Run with the private environment:  .build/python/bin/python benchmarks/kernel_start.py [--rounds 10]
Rounds are interleaved (ours, JJava, ipykernel, ours, …), each with a fresh kernel; nothing is dropped. Raw results go to benchmarks/results/.
"""

import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from measure import environment, resident_mib, save, spread

DEADLINE = 120


def stock_jjava(folder, java):
    """The kernel spec as JJava ships it: the launcher starts the kernel in a second JVM."""
    jars = pathlib.Path(sys.prefix) / "share/jupyter/lathe/jjava"
    if not (jars / "jjava-launcher.jar").exists():
        jars = next(p.parent for p in pathlib.Path(sys.prefix).rglob("jjava-launcher.jar"))
    spec = folder / "jjava"
    spec.mkdir()
    argv = [java, "-jar", str(jars / "jjava-launcher.jar"), str(jars / "jjava.jar"), "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "JJava", "language": "java", "interrupt_mode": "message"}))


def ask(client, code):
    """Milliseconds from sending code to its reply; raises when the cell fails."""
    begin = time.perf_counter()
    reply = client.execute_interactive(code, timeout=DEADLINE, allow_stdin=False, output_hook=lambda message: None)
    if reply["content"]["status"] != "ok":
        raise RuntimeError(f"{code!r} failed: {reply['content']}")
    return (time.perf_counter() - begin) * 1000


def one_kernel(name, specs):
    manager = KernelManager(kernel_name=name, kernel_spec_manager=specs)
    begin = time.perf_counter()
    manager.start_kernel(env=dict(os.environ), stderr=open(os.devnull, "w"), stdout=open(os.devnull, "w"))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=DEADLINE)
        ready = (time.perf_counter() - begin) * 1000
        ask(client, "1+1")
        first = (time.perf_counter() - begin) * 1000
        trips = sorted(ask(client, "1+1") for _ in range(20))
        return {"ready_ms": ready, "first_result_ms": first, "round_trip_ms": trips[len(trips) // 2],
                "resident_mib": resident_mib(manager.provisioner.pid)}
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=10)
    rounds = options.parse_args().rounds
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lathe-kernels-"))
    try:
        ours = KernelSpecManager().get_kernel_spec("java")
        stock_jjava(folder, ours.argv[0])
        specs = KernelSpecManager(kernel_dirs=[str(folder), *KernelSpecManager().kernel_dirs])
        kernels = {"lathe": "java", "jjava 1.0a8": "jjava", "ipykernel": "python3"}
        raw = {label: [] for label in kernels}
        for number in range(rounds):
            for label, name in kernels.items():
                result = one_kernel(name, specs)
                raw[label].append(result)
                print(f"round {number + 1} {label}: " + ", ".join(f"{k} {v:.0f}" for k, v in result.items()), file=sys.stderr)
    finally:
        shutil.rmtree(folder)
    summary = {label: {key: spread([r[key] for r in results]) for key in results[0]} for label, results in raw.items()}
    save("kernel-start", {"environment": environment(), "rounds": rounds, "summary": summary, "raw": raw})
    print(f"{'kernel':<14}{'ready ms':>22}{'first result ms':>22}{'round trip ms':>22}{'resident MiB':>22}")
    for label, row in summary.items():
        print(f"{label:<14}" + "".join(f"{row[k]['median']:>10.0f} ({row[k]['low']:.0f}–{row[k]['high']:.0f})".rjust(22) for k in row))


if __name__ == "__main__":
    main()
