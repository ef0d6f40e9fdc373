"""Kernel WebSockets that lose no output when a connection dies unnoticed, as it does when a laptop sleeps.

Jupyter keeps a kernel's messages from the moment it knows that a connection has ended. What it wrote before that to a connection that
was dead already is lost: up to a minute and a half of output. Here, each message is kept until the browser has answered a ping that
was sent after it; what was not confirmed is sent again to the next connection of the same session. What is kept is bounded: beyond
that, outputs are dropped, oldest first, and the cell says how many.
"""

import json
from collections import OrderedDict

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClosedError

DELIMITER = b"<IDS|MSG>"
OUTPUTS = {"stream", "display_data", "update_display_data", "execute_result"}
MOST_BYTES = 8 * 1024 * 1024
MOST_SESSIONS = 16
# Between two pings that ask how far the browser has got: what is sent again, although it had arrived, is what came in this time.
PING_SECONDS = 0.1


class Message(tuple):
    """(channel, frames as they came from the kernel), with its number on the connection that it was sent on."""

    number = 0

    def frame(self, which):
        """The frame so far behind the delimiter: 2 is the header, 3 the parent's header, both JSON."""
        frames = self[1]
        return bytes(frames[frames.index(DELIMITER) + which])

    def is_output(self):
        return json.loads(self.frame(2)).get("msg_type") in OUTPUTS

    def size(self):
        return sum(len(frame) for frame in self[1])


class Kept(list):
    """Messages in their order, of at most so many bytes. Only outputs are dropped: a lost reply would leave a cell busy for ever."""

    def __init__(self, most_bytes=MOST_BYTES):
        super().__init__()
        self.most_bytes = most_bytes
        self.bytes = 0
        self.lost = 0
        self.lost_parent = None
        self._no_outputs_before = 0

    def append(self, message):
        message = message if isinstance(message, Message) else Message(message)
        super().append(message)
        self.bytes += message.size()
        while self.bytes > self.most_bytes and self._drop_oldest_output():
            pass

    def extend(self, messages):
        for message in messages:
            self.append(message)

    def confirm(self, number):
        """The browser has everything up to this one."""
        done = 0
        while done < len(self) and self[done].number <= number:
            self.bytes -= self[done].size()
            done += 1
        del self[:done]
        self._no_outputs_before = max(0, self._no_outputs_before - done)
        if not self:
            self.lost = 0

    def _drop_oldest_output(self):
        for at in range(self._no_outputs_before, len(self)):
            if self[at].is_output():
                dropped = self.pop(at)
                self.bytes -= dropped.size()
                self.lost += 1
                self.lost_parent = self.lost_parent or json.loads(dropped.frame(3))
                self._no_outputs_before = at
                return True
        self._no_outputs_before = len(self)
        return False


class LatheKernelSocket(ZMQChannelsWebsocketConnection):
    """Jupyter's own, with a memory of what the browser may not have got."""

    # What sessions were sent while another page kept the kernel's messages flowing: Jupyter buffers nothing then.
    _left = OrderedDict()

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._number = 0
        self._sent = Kept()
        self._sending = None
        self._answers = False
        self._gone = False
        self._replaying = False
        self._restored = None
        self._ping_due = None
        self._pinged_at = 0.0

    async def _register_session(self):
        """A session that comes back while its old connection still seems alive takes that over at once.

        Waiting for the old one to close would leave two connections with one identity, of which the kernel answers the dead one.
        """
        stale = self._open_sessions.get(f"{self.kernel_id}:{self.session.session}")
        if stale is not None and isinstance(stale.connection, LatheKernelSocket):
            self.log.info("Taking over a connection of session %s", self.session.session)
            stale.connection.disconnect()
            stale.close()
        await super()._register_session()

    def connect(self):
        handler = self.websocket_handler
        jupyters = handler.on_pong

        def on_pong(data):
            jupyters(data)
            if data.isdigit():
                self._answers = True
                self._sent.confirm(int(data))

        handler.on_pong = on_pong
        buffers = self.multi_kernel_manager._kernel_buffers
        buffered = buffers[self.kernel_id] if self.kernel_id in buffers else None
        if buffered and buffered["session_key"] == self.session_key:
            self._restored = buffered["buffer"]
        self._replaying = True
        connected = super().connect()
        if connected is not None:
            connected.add_done_callback(self._end_replay)
        return connected

    def nudge(self):
        connected = super().nudge()
        # Before Jupyter's own replay, which may end the cell that the words belong to.
        connected.add_done_callback(self._begin_replay)
        return connected

    def _begin_replay(self, _):
        left = self._left.pop(self.session_key, None)
        for kept in (self._restored, left):
            if isinstance(kept, Kept) and kept.lost:
                self.write_stderr(
                    f"[Lathe] {kept.lost} outputs are missing here: nobody was connected, and more than "
                    f"{kept.most_bytes // 2**20} MiB were printed meanwhile.",
                    kept.lost_parent,
                )
        for channel, frames in left or ():
            self.handle_outgoing_message(self.channels[channel], frames)

    def _end_replay(self, _):
        self._replaying = False
        self._restored = None

    def _limit_rate(self, channel, msg, msg_list):
        # What was kept was within its bound already.
        return False if self._replaying else super()._limit_rate(channel, msg, msg_list)

    def handle_outgoing_message(self, stream, outgoing_msg):
        self._sending = list(outgoing_msg)
        try:
            super().handle_outgoing_message(stream, outgoing_msg)
        finally:
            self._sending = None

    def _on_zmq_reply(self, stream, msg_list):
        if self._sending is not None and not self._gone:
            self._number += 1
            message = Message((getattr(stream, "channel", None), self._sending))
            message.number = self._number
            self._sent.append(message)
        super()._on_zmq_reply(stream, msg_list)
        self._ask()

    def _ask(self):
        """Sends a ping behind what was just sent, or a little later when one is on its way."""
        if self._gone or self._ping_due is not None:
            return
        loop = IOLoop.current()
        wait = self._pinged_at + PING_SECONDS - loop.time()
        if wait > 0:
            self._ping_due = loop.call_later(wait, self._ping)
        else:
            self._ping()

    def _ping(self):
        self._ping_due = None
        self._pinged_at = IOLoop.current().time()
        try:
            self.websocket_handler.ping(str(self._number).encode())
        except WebSocketClosedError:
            pass  # on_close follows

    def disconnect(self):
        if self._gone:
            return
        self._gone = True
        if self._ping_due is not None:
            IOLoop.current().remove_timeout(self._ping_due)
        # A client that never answered a ping may have got everything; it is not told twice.
        kept = self._sent if self._answers else Kept()
        channels = self.channels
        super().disconnect()
        buffers = self.multi_kernel_manager._kernel_buffers
        buffered = buffers[self.kernel_id] if self.kernel_id in buffers else None
        if buffered and buffered["session_key"] == self.session_key and buffered["channels"] is channels:
            kept.extend(buffered["buffer"])
            buffered["buffer"] = kept
            self.channels = {}
        elif kept:
            self._left[self.session_key] = kept
            while len(self._left) > MOST_SESSIONS:
                self._left.popitem(last=False)
