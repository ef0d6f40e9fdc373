#!/usr/bin/env python3
"""Stands in for JupyterLab: reads the same server.json, answers its status, and misbehaves as the file 'behave' says."""

import hmac
import http.server
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

server = json.loads((Path(os.environ["JUPYTER_CONFIG_DIR"]) / "server.json").read_text())
folder = Path(server["folder"])


def behaves(how):
    try:
        return how in (folder / "behave").read_text().split()
    except FileNotFoundError:
        return False


class Status(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        while behaves("deaf"):
            time.sleep(0.05)
        known = hmac.compare_digest(self.headers.get("Lathe-Server-Secret", ""), server["secret"])
        ours = self.path.split("?")[0] == server["baseUrl"] + "api/status"
        self.send_response(200 if known and ours else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


def drain(*_):
    (folder / "drained").touch()
    os._exit(0)


signal.signal(signal.SIGTERM, signal.SIG_IGN if behaves("stubborn") else drain)
if behaves("exit"):
    print("\033[31mconfiguration is broken\033[0m", flush=True)
    sys.exit(3)
if behaves("lose-port-once") and not (folder / "lost").exists():
    (folder / "lost").touch()
    print("ERROR: the Jupyter server could not be started because port 1 is not available.", flush=True)
    sys.exit(1)
if behaves("children"):
    subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(15, 1); time.sleep(600)"], start_new_session=True)
http.server.ThreadingHTTPServer(("127.0.0.1", server["port"]), Status).serve_forever()
