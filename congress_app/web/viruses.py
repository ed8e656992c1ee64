"""Every file that is sent is shown to the server's virus scanner before anything reads it.

`CLAMD` names the socket of ClamAV's daemon (a path, or host:port); without it nothing is
asked. A scanner that does not answer lets nothing through: what was not looked at would be
handed out to others later.
"""

from __future__ import annotations

import logging
import socket
import struct
from itertools import chain
from typing import IO

from flask import Flask, Response, current_app, request
from werkzeug.utils import secure_filename

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.web.errors import answer
from congress_app.web.texts import say

log = logging.getLogger(__name__)

_SECONDS = 30
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096
_AGAIN_SECONDS = 60

_AWAY = Sentence(
    N_(
        "Máy chủ chưa quét được mã độc trong tệp nên chưa nhận. Hãy thử lại sau ít phút; nếu vẫn "
        "vậy, báo quản trị viên: chương trình quét không trả lời."
    )
)


def init_app(app: Flask) -> None:
    """Look at files once it is known who sends them: strangers get no work done here."""
    app.before_request(_look)


def _look() -> Response | None:
    address = str(current_app.config["CLAMD"])
    if not address or request.mimetype != "multipart/form-data":
        return None
    for file in chain.from_iterable(request.files.listvalues()):
        try:
            found = finding(file.stream, address)
        except OSError as error:
            log.error("the virus scanner does not answer: %s", type(error).__name__)
            response = answer(503, "scanner_away", say(_AWAY))
            response.headers["Retry-After"] = str(_AGAIN_SECONDS)
            return response
        if found is not None:
            log.warning("a file was refused: %s", secure_filename(found))
            raise RuleViolation(
                "infected_file",
                Sentence(
                    N_(
                        "Tệp {file} có mã độc ({name}) nên không được nhận. Hãy quét máy đang "
                        "dùng rồi gửi tệp sạch."
                    ),
                    file=file.filename or "",
                    name=found,
                ),
            )
    return None


def finding(stream: IO[bytes], address: str) -> str | None:
    """The name of what ClamAV finds in the stream, None when it is clean; at its begin again.

    Raises OSError when the daemon is away, too slow, or says anything else than the two.
    """
    with _connected(address) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        while chunk := stream.read(_CHUNK):
            scanner.sendall(struct.pack("!I", len(chunk)) + chunk)
        scanner.sendall(struct.pack("!I", 0))
        stream.seek(0)
        told = _told(scanner)
    if told == "OK":
        return None
    name, _, word = told.rpartition(" ")
    if word != "FOUND":
        raise OSError(f"the virus scanner answers {told!r}")
    return name


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(_SECONDS)
        try:
            scanner.connect(address)
        except OSError:
            scanner.close()
            raise
        return scanner
    host, _, port = address.rpartition(":")
    if not port.isdecimal():
        raise OSError(f"CLAMD={address}: host:port or a path is wanted")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)


def _told(scanner: socket.socket) -> str:
    """The answer without "stream: " before it."""
    data = b""
    while not data.endswith(b"\0") and len(data) < _LONGEST_ANSWER:
        part = scanner.recv(_LONGEST_ANSWER)
        if not part:
            break
        data += part
    return data.rstrip(b"\0").decode("utf-8", "replace").removeprefix("stream: ")
