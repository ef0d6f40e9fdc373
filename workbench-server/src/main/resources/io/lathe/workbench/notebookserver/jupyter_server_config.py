"""Configuration of a project's JupyterLab. Everything that differs between servers stands in server.json beside this file."""

import json
import os
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
server = json.loads((here / "server.json").read_text(encoding="utf-8"))
sys.path.insert(0, str(here))

c = get_config()  # noqa: F821 - traitlets gives it

# Who may come in: the workbench's proxy, which has already checked the person, the origin and the method.
c.ServerApp.identity_provider_class = "lathe_identity.LatheIdentityProvider"
c.LatheIdentityProvider.secret = server["secret"]
c.LatheIdentityProvider.person = server["person"]
c.IdentityProvider.token = ""
c.ServerApp.allow_unauthenticated_access = False
# The proxy checks the host; names differ from project to project.
c.ServerApp.allow_remote_access = True
c.ServerApp.trust_xheaders = True

# Widgets send whole tables; the proxy takes 64 MiB in both directions, Tornado alone 10.
c.ServerApp.tornado_settings = {"websocket_max_message_size": 64 * 1024 * 1024}

c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = server["port"]
# Another port than the one the workbench knows would make a server that nobody finds.
c.ServerApp.port_retries = 0
c.ServerApp.base_url = server["baseUrl"]
c.ServerApp.default_url = "/lab"
c.ServerApp.root_dir = server["folder"]
c.ServerApp.allow_root = os.getuid() == 0
c.ServerApp.open_browser = False
c.ServerApp.use_redirect_file = False
c.ServerApp.quit_button = False
c.ServerApp.contents_manager_class = "lathe_uploads.LatheContentsManager"
c.FileContentsManager.delete_to_trash = False
c.LatheContentsManager.uploads = server["uploads"]
c.ServerApp.kernel_websocket_connection_class = "lathe_kernels.LatheKernelSocket"

c.LabApp.user_settings_dir = server["settings"]
c.LabApp.workspaces_dir = server["workspaces"]
# JupyterLab as it was built: nothing is fetched from the network, nothing is installed from the page.
# labconfig/page_config.json also takes away the question whether to fetch news: without the network it leads nowhere.
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.news_url = None
c.LabApp.extension_manager = "readonly"
