"""The only way into a project's JupyterLab: a header that the workbench's proxy adds."""

import hmac

from jupyter_server.auth import IdentityProvider, User
from traitlets import Unicode


class LatheIdentityProvider(IdentityProvider):
    """Knows one person, by one secret.

    A page's request is not marked as authenticated by a token: Jupyter then keeps its own checks of Origin and XSRF, and JupyterLab
    has no token to write into its pages. A program's request is, where the proxy says so: programs have neither cookie nor origin.
    """

    secret = Unicode(config=True, help="256 random bits as text; shared with the proxy, never shown to a browser.")
    person = Unicode("owner", config=True, help="Name shown in the page's corner.")

    HEADER = "Lathe-Server-Secret"
    CLIENT = "Lathe-Server-Client"

    def get_user(self, handler):
        return User(username=self.person) if self._is_from_proxy(handler) else None

    def is_token_authenticated(self, handler):
        return self._is_from_proxy(handler) and handler.request.headers.get_list(self.CLIENT) == ["program"]

    def _is_from_proxy(self, handler):
        given = handler.request.headers.get_list(self.HEADER)
        if len(given) != 1 or not self.secret:
            return False
        return hmac.compare_digest(given[0].encode("utf-8"), self.secret.encode("utf-8"))

    @property
    def login_available(self):
        return False

    @property
    def logout_available(self):
        return False
