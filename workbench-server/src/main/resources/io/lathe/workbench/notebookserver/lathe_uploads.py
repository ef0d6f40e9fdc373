"""Files that are sent in pieces appear when they are whole.

Jupyter writes the pieces into the file itself, so an upload that breaks off leaves a file that looks finished, and two uploads of one
name run into each other. Here the pieces are gathered aside and put in place by the last one.
"""

import base64
import datetime
import os
import shutil
import tempfile
import time

from anyio.to_thread import run_sync
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado import web
from traitlets import Unicode

# A client that has sent nothing for so long has given up, and another may begin.
SILENCE_SECONDS = 30
MOST_UPLOADS = 200


class Upload:
    """One file on its way."""

    def __init__(self, folder):
        handle, self.file = tempfile.mkstemp(dir=folder, prefix="upload-")
        os.close(handle)
        self.next = 1
        self.heard = time.monotonic()

    def is_silent(self):
        return time.monotonic() - self.heard > SILENCE_SECONDS

    def discard(self):
        try:
            os.unlink(self.file)
        except FileNotFoundError:
            pass


class LatheContentsManager(AsyncLargeFileManager):
    """Jupyter's own for files, but for uploads in pieces."""

    uploads = Unicode(config=True, help="Folder for what has not all come yet; it goes with the server.")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._uploads = {}

    async def save(self, model, path=""):
        chunk = model.get("chunk")
        if chunk is None:
            return await super().save(model, path)
        path = path.strip("/")
        if model.get("type") != "file":
            raise web.HTTPError(400, f"Only a file can be sent in pieces; the type of '{path}' is '{model.get('type')}'.")
        content = decoded(model, path)
        os_path = self._get_os_path(path)
        if os.path.isdir(os_path):
            raise web.HTTPError(400, f"There is a folder '{path}'; choose another name for the file.")
        if os.path.islink(os_path):
            os_path = os.path.join(os.path.dirname(os_path), os.readlink(os_path))
        upload = self._upload(chunk, os_path, path, model)
        # Whoever comes in between is not the one who sends the next piece.
        upload.next, following = None, (upload.next or 0) + 1
        try:
            await run_sync(append, upload.file, content)
            if chunk == -1:
                await run_sync(put_in_place, upload.file, os_path)
        except OSError as e:
            self._forget(os_path)
            raise web.HTTPError(
                507 if e.errno == 28 else 500, f"'{path}' could not be written: {e.strerror}. Upload it again."
            ) from e
        except BaseException:
            self._forget(os_path)
            raise
        if chunk != -1:
            upload.next = following
            upload.heard = time.monotonic()
            return unfinished(path, os.path.getsize(upload.file))
        self._uploads.pop(os_path, None)
        saved = await self.get(path, content=False)
        self.run_post_save_hooks(model=saved, os_path=os_path)
        self.emit(data={"action": "save", "path": path})
        return saved

    def _upload(self, chunk, os_path, path, model):
        upload = self._uploads.get(os_path)
        if chunk == 1:
            if upload is not None and not upload.is_silent():
                raise web.HTTPError(
                    409,
                    f"'{path}' is being uploaded already. Wait until that has ended, or, if it was given up, "
                    f"{SILENCE_SECONDS} seconds.",
                )
            self.run_pre_save_hooks(model=model, path=path)
            self._forget(os_path)
            for other in [at for at, old in self._uploads.items() if old.is_silent()]:
                if len(self._uploads) >= MOST_UPLOADS:
                    self._forget(other)
            if len(self._uploads) >= MOST_UPLOADS:
                raise web.HTTPError(429, f"{MOST_UPLOADS} files are being uploaded; wait, then send '{path}' again.")
            self._uploads[os_path] = Upload(self.uploads)
            return self._uploads[os_path]
        if upload is None or (chunk != upload.next and (chunk != -1 or upload.next is None)):
            self._forget(os_path)
            raise web.HTTPError(
                409, f"Piece {chunk} of '{path}' does not follow what has come. Nothing was saved; upload it again."
            )
        return upload

    def _forget(self, os_path):
        upload = self._uploads.pop(os_path, None)
        if upload is not None:
            upload.discard()


def decoded(model, path):
    if "content" not in model or model.get("format") not in {"text", "base64"}:
        raise web.HTTPError(400, f"A piece of '{path}' needs content, and 'text' or 'base64' as its format.")
    try:
        if model["format"] == "text":
            return model["content"].encode("utf-8")
        return base64.b64decode(model["content"].encode("ascii"), validate=True)
    except Exception as e:
        raise web.HTTPError(400, f"A piece of '{path}' is not {model['format']}: {e}. Upload it again.") from e


def append(file, content):
    with open(file, "ab") as f:
        f.write(content)


def put_in_place(file, os_path):
    if os.path.exists(os_path):
        shutil.copymode(os_path, file)
    else:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(file, 0o666 & ~mask)
    # Beside its place first, so that the last step is whole or not at all also where that is another file system.
    beside = os.path.join(os.path.dirname(os_path), f".{os.path.basename(file)}")
    try:
        shutil.move(file, beside)
        os.replace(beside, os_path)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise


def unfinished(path, size):
    now = datetime.datetime.now(datetime.timezone.utc)
    return {
        "name": path.rsplit("/", 1)[-1],
        "path": path,
        "type": "file",
        "created": now,
        "last_modified": now,
        "size": size,
        "writable": True,
        "content": None,
        "format": None,
        "mimetype": None,
        "hash": None,
        "hash_algorithm": None,
    }
