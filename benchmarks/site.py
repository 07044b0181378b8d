"""A web server on this machine that shows packages as an LMS does: in a frame, below a SCORM 1.2 run-time."""

from __future__ import annotations

import mimetypes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

if TYPE_CHECKING:
    from benchmarks.package import Package

API = Path(__file__).with_name("api.js").read_bytes()
LMS_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>LMS</title>
<style>html,body,iframe{{margin:0;border:0;width:100%;height:100%;display:block}}</style>
<script src="/api.js"></script><iframe name="content" title="Content" src="/{name}/{page}"></iframe></html>
"""


class Site:
    """Serves named packages from memory, without compression, for as long as the ``with`` block lasts."""

    def __init__(self, packages: dict[str, Package]) -> None:
        self.files: dict[str, bytes] = {"/api.js": API}
        for name, package in packages.items():
            with ZipFile(package.path) as opened:
                self.files |= {f"/{name}/{file}": opened.read(file) for file in opened.namelist()}
            self.files[f"/{name}.html"] = LMS_PAGE.format(name=name, page=package.launch_page()).encode()
        files = self.files

        class Handler(BaseHTTPRequestHandler):
            """Answers with a file of ours or 404."""

            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                """One file."""
                path = unquote(urlsplit(self.path).path)
                body = files.get(path)
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Type", mimetypes.guess_type(path)[0] or "application/octet-stream")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self) -> Self:
        """Start to serve."""
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and free the port."""
        self.server.shutdown()
        self.server.server_close()

    def address(self, name: str) -> str:
        """Where the LMS shows the package ``name``."""
        return f"http://127.0.0.1:{self.server.server_address[1]}/{name}.html"
