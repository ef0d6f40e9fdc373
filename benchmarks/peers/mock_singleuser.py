"""A single-user server that is only there, for JupyterHub: answers everything with JupyterHub's version, as the hub's own mock does."""

import http.server
import os
from urllib.parse import urlparse

import jupyterhub

url = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("X-JupyterHub-Version", jupyterhub.__version__)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *parts):
        pass


http.server.ThreadingHTTPServer((url.hostname, url.port), Handler).serve_forever()
