"""Drives one real kernel for the Java tests: JSON requests on stdin, one JSON answer a line on stdout.

Usage: kernel_driver.py KERNEL_JSON     (a kernel spec without placeholders other than {connection_file})
"""

import json
import queue
import sys
import time

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager


class OneSpec(KernelSpecManager):
    def __init__(self, spec):
        super().__init__()
        self.spec = spec

    def get_kernel_spec(self, kernel_name):
        return self.spec


def manager_of(spec_file):
    """A manager for the kernel this file describes, wherever kernels are installed."""
    with open(spec_file, encoding="utf-8") as file:
        spec = json.load(file)
    manager = KernelManager(kernel_name="java")
    manager.kernel_spec_manager = OneSpec(
        KernelSpec(
            argv=spec["argv"],
            env=spec.get("env", {}),
            display_name=spec["display_name"],
            language=spec["language"],
            interrupt_mode=spec["interrupt_mode"],
        )
    )
    return manager


def execute(client, request):
    outputs = []

    def keep(message):
        kind = message["msg_type"]
        if kind not in ("status", "execute_input"):
            outputs.append({"kind": kind, "content": message["content"]})

    reply = client.execute_interactive(
        request["code"],
        timeout=request["seconds"],
        output_hook=keep,
        allow_stdin=False,
        stop_on_error=False,
    )
    return {"reply": reply["content"], "outputs": outputs}


def ask(client, request):
    """Any request that is answered by one reply on the shell channel."""
    sent = getattr(client, request["call"])(*request["arguments"])
    deadline = time.monotonic() + request["seconds"]
    while (left := deadline - time.monotonic()) > 0:
        try:
            reply = client.get_shell_msg(timeout=left)
        except queue.Empty:
            break
        if reply["parent_header"].get("msg_id") == sent:
            return {"reply": reply["content"]}
    raise TimeoutError


def main():
    manager = manager_of(sys.argv[1])
    started = time.monotonic()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=90)
        answer({"ready": time.monotonic() - started, "pid": manager.provisioner.process.pid})
        for line in sys.stdin:
            request = json.loads(line)
            if request["call"] == "shutdown":
                before = time.monotonic()
                client.stop_channels()
                manager.shutdown_kernel()
                answer({"seconds": time.monotonic() - before})
                return
            try:
                answer(execute(client, request) if request["call"] == "execute" else ask(client, request))
            except TimeoutError:
                answer({"timeout": request["seconds"]})
    finally:
        client.stop_channels()
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)


def answer(value):
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main()
