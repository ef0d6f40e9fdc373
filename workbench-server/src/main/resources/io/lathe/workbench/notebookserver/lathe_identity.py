"""The only way into a project's JupyterLab: a header that the workbench's proxy adds."""

import hmac

from jupyter_server.auth import IdentityProvider, User
from traitlets import Unicode


class LatheIdentityProvider(IdentityProvider):
    """Knows one person, by one secret.

    A request is not marked as authenticated by a token: Jupyter then keeps its own checks of Origin and XSRF, and JupyterLab has no
    token to write into its pages.
    """

    secret = Unicode(config=True, help="256 random bits as text; shared with the proxy, never shown to a browser.")
    person = Unicode("owner", config=True, help="Name shown in the page's corner.")

    HEADER = "Lathe-Server-Secret"

    def get_user(self, handler):
        given = handler.request.headers.get_list(self.HEADER)
        if len(given) != 1 or not self.secret:
            return None
        if not hmac.compare_digest(given[0].encode("utf-8"), self.secret.encode("utf-8")):
            return None
        return User(username=self.person)

    @property
    def login_available(self):
        return False

    @property
    def logout_available(self):
        return False
