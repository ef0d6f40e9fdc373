"""Stock Jupyter over a project as its kernel gateway: a whole Jupyter server, and jupyter_client's kernel manager.

Run by StockClientsTest with LATHE_TEST_URL (the project's base address) and LATHE_TEST_TOKEN (a personal token) set.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

import requests
import websocket
from jupyter_server.gateway import managers
from jupyter_server.gateway.gateway_client import GatewayClient

URL = os.environ["LATHE_TEST_URL"]
TOKEN = os.environ["LATHE_TEST_TOKEN"]
PROJECT = os.environ["LATHE_TEST_PROJECT"]
PATIENCE = 60


def at_project(method, path, **more):
    return requests.request(method, URL + path, headers={"Authorization": f"token {TOKEN}"}, timeout=PATIENCE, **more)


def until(condition):
    end = time.monotonic() + PATIENCE
    while not (answer := condition()):
        if time.monotonic() > end:
            raise AssertionError("it did not happen in time")
        time.sleep(0.05)  # between two looks, up to the deadline
    return answer


class Socket:
    """A kernel's WebSocket in Jupyter's JSON form, as a notebook page holds it."""

    def __init__(self, url, token):
        self.session = uuid.uuid4().hex
        self.socket = websocket.create_connection(
            url.replace("http", "ws", 1) + f"/channels?session_id={self.session}", header=[f"Authorization: token {token}"], timeout=PATIENCE
        )

    def send(self, code):
        message = uuid.uuid4().hex
        self.socket.send(json.dumps({
            "channel": "shell", "metadata": {}, "parent_header": {}, "buffers": [],
            "header": {"msg_id": message, "msg_type": "execute_request", "session": self.session, "username": "", "version": "5.3"},
            "content": {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False},
        }))
        return message

    def result(self, message, until_text=None):
        """What the cell printed or answered; the name of its error, if it ended with one."""
        seen = ""
        while True:
            answer = json.loads(self.socket.recv())
            if answer["parent_header"].get("msg_id") != message:
                continue
            kind, content = answer["header"]["msg_type"], answer["content"]
            if kind == "stream":
                seen += content["text"]
            elif kind == "execute_result":
                seen += content["data"]["text/plain"]
            elif kind == "error":
                seen += content["ename"]
            if until_text and until_text in seen or kind == "status" and content["execution_state"] == "idle":
                return seen

    def execute(self, code):
        return self.result(self.send(code))

    def close(self):
        self.socket.close()


class StockServer(unittest.TestCase):
    """`jupyter server --gateway-url=…`, whose kernels all run in the project."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="lathe-gateway-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        cls.token = uuid.uuid4().hex
        cls.url = f"http://127.0.0.1:{port}"
        environment = dict(
            os.environ, JUPYTER_TOKEN=cls.token, JUPYTER_GATEWAY_AUTH_TOKEN=TOKEN, HOME=cls.folder.name,
            **{f"JUPYTER_{kind}_DIR": os.path.join(cls.folder.name, kind) for kind in ("CONFIG", "DATA", "RUNTIME")},
        )
        cls.log = open(os.path.join(cls.folder.name, "log"), "w+")
        cls.server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", f"--gateway-url={URL}", "--ServerApp.ip=127.0.0.1", f"--port={port}",
             "--ServerApp.port_retries=0", "--no-browser", "--allow-root", f"--ServerApp.root_dir={cls.folder.name}"],
            env=environment, stdout=cls.log, stderr=subprocess.STDOUT,
        )
        until(cls.answers)

    @classmethod
    def answers(cls):
        if cls.server.poll() is not None:
            cls.log.seek(0)
            raise AssertionError(cls.log.read()[-3000:])
        try:
            return requests.get(cls.url + "/api", timeout=5).ok
        except requests.ConnectionError:
            return False

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        try:
            cls.server.wait(20)
        except subprocess.TimeoutExpired:
            cls.server.kill()
            cls.server.wait()
        cls.log.close()
        cls.folder.cleanup()

    def ask(self, method, path, **more):
        return requests.request(method, self.url + path, headers={"Authorization": f"token {self.token}"}, timeout=PATIENCE, **more)

    def test_kernels_on_offer_are_the_projects(self):
        self.assertEqual(set(self.ask("GET", "/api/kernelspecs").json()["kernelspecs"]), set(at_project("GET", "/api/kernelspecs").json()["kernelspecs"]))

    def test_kernel_starts_runs_is_interrupted_restarts_and_ends(self):
        started = self.ask("POST", "/api/kernels", json={"name": "python3"})
        self.assertEqual(started.status_code, 201, started.text)
        kernel = started.json()["id"]
        path = f"/api/kernels/{kernel}"
        self.assertIn(kernel, [each["id"] for each in at_project("GET", "/api/kernels").json()])
        page = Socket(self.url + path, self.token)
        try:
            self.assertEqual(page.execute("import os; os.environ['LATHE_PROJECT']"), repr(PROJECT))

            sleeping = page.send("print('asleep', flush=True)\nimport time; time.sleep(600)")
            page.result(sleeping, until_text="asleep")
            self.assertEqual(self.ask("POST", path + "/interrupt").status_code, 204)
            self.assertEqual(page.result(sleeping), "KeyboardInterrupt")

            before = page.execute("kept = 1; os.getpid()")
            self.assertEqual(self.ask("POST", path + "/restart").status_code, 200)
            page.close()  # as a notebook page does; the new connection is there when the kernel is
            page = Socket(self.url + path, self.token)
            after = page.execute("import os; os.getpid()")
            self.assertNotEqual(before, after)
            self.assertEqual(page.execute("kept"), "NameError")
            self.assertEqual(page.execute("len('" + "x" * 3_000_000 + "')"), "3000000")
        finally:
            page.close()
        self.assertEqual(self.ask("DELETE", path).status_code, 204)
        self.assertEqual(at_project("GET", path).status_code, 404)

    def test_session_of_a_notebook_has_its_kernel_in_the_project(self):
        made = self.ask("POST", "/api/sessions", json={"path": "a.ipynb", "name": "a", "type": "notebook", "kernel": {"name": "python3"}})
        self.assertEqual(made.status_code, 201, made.text)
        kernel = made.json()["kernel"]["id"]
        self.assertEqual(at_project("GET", f"/api/kernels/{kernel}").status_code, 200)
        self.assertEqual(self.ask("DELETE", f"/api/sessions/{made.json()['id']}").status_code, 204)
        until(lambda: at_project("GET", f"/api/kernels/{kernel}").status_code == 404)


class StockKernelManager(unittest.IsolatedAsyncioTestCase):
    """jupyter_client's asynchronous manager and client, in the form that jupyter_server gives them for gateways."""

    def setUp(self):
        GatewayClient.clear_instance()
        GatewayClient.instance(url=URL, auth_token=TOKEN)

    def tearDown(self):
        GatewayClient.clear_instance()

    async def outcome(self, client, message):
        seen = ""
        while True:
            answer = await client.get_iopub_msg(timeout=PATIENCE)
            if answer["parent_header"].get("msg_id") != message:
                continue
            kind, content = answer["msg_type"], answer["content"]
            seen += content.get("text", "") if kind == "stream" else ""
            seen += content["ename"] if kind == "error" else ""
            if kind == "status" and content["execution_state"] == "idle":
                return seen
            if seen == "asleep\n":
                return ""

    async def test_manager_starts_executes_interrupts_restarts_and_shuts_down(self):
        kernels = managers.GatewayMappingKernelManager()
        kernel = await kernels.start_kernel(kernel_name="python3")
        manager = kernels.get_kernel(kernel)
        self.assertIn(kernel, [each["id"] for each in await kernels.list_kernels()])
        self.assertTrue(await manager.is_alive())

        # GatewayKernelClient gives its WebSocket no token, although it gives one to every request.
        stock = websocket.create_connection
        managers.websocket.create_connection = lambda url, **more: stock(url, header=[f"Authorization: token {TOKEN}"], **more)
        self.addCleanup(setattr, managers.websocket, "create_connection", stock)
        client = manager.client()
        await client.start_channels()
        try:
            self.assertEqual(await self.outcome(client, client.execute("print(6 * 7)")), "42\n")
            sleeping = client.execute("print('asleep', flush=True)\nimport time; time.sleep(600)")
            await self.outcome(client, sleeping)
            await manager.interrupt_kernel()
            self.assertEqual(await self.outcome(client, sleeping), "KeyboardInterrupt")
            await self.outcome(client, client.execute("kept = 1"))
            await manager.restart_kernel()
            self.assertEqual(await self.outcome(client, client.execute("kept")), "NameError")
        finally:
            client.stop_channels()
        await kernels.shutdown_kernel(kernel)
        self.assertEqual(at_project("GET", f"/api/kernels/{kernel}").status_code, 404)

    async def test_client_without_a_token_is_refused(self):
        kernels = managers.GatewayMappingKernelManager()
        kernel = await kernels.start_kernel(kernel_name="python3")
        client = kernels.get_kernel(kernel).client()
        with self.assertRaisesRegex(websocket.WebSocketBadStatusException, "401"):
            await client.start_channels()
        await kernels.shutdown_kernel(kernel)


if __name__ == "__main__":
    unittest.main()
