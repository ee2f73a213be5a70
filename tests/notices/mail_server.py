"""A mail server for tests: takes mail, or is as bad as asked. One connection at a time is enough for it."""

import socketserver
import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer:
    """`mails`: what it has taken. `mood`: good | hangs | refuses_recipient | later | half (takes it, then cuts)."""

    def __init__(self):
        self.mails: list[EmailMessage] = []
        self.mood, self.connections = "good", 0
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk, bind_and_activate=True)
        self._server.daemon_threads, self._server.owner = True, self

    def settings(self) -> dict:
        host, port = self._server.server_address
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": host, "EMAIL_PORT": port,
            "EMAIL_USE_TLS": False, "EMAIL_TIMEOUT": 0.5, "KANAME_MAIL": True, "ORIGIN": "https://office.example",
        }  # fmt: skip

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        owner = self.server.owner
        owner.connections += 1
        if owner.mood == "hangs":
            time.sleep(1.5)
            return
        self.say("220 here")
        while line := self.rfile.readline().strip().upper():
            if line.startswith(b"RCPT") and owner.mood == "refuses_recipient":
                self.say("550 no such person")
            elif line.startswith(b"RCPT") and owner.mood == "later":
                self.say("451 come back")
            elif line == b"DATA":
                self.say("354 go on")
                body = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    body += part
                owner.mails.append(message_from_bytes(body, policy=policy.default))
                if owner.mood == "half":
                    return  # it has the mail, and never says so
                self.say("250 taken")
            elif line.startswith(b"QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 yes")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
