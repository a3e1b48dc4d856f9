"""Chromium without a window, driven over its DevTools pipe: JSON messages ended by NUL, no package needed."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",  # containers and CI run as root, where Chromium refuses its sandbox; only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
HIGH = 10  # first descriptor that is surely neither 3 nor 4, which the protocol uses


class Chromium:
    """One browser process. Ends it and removes its profile when the block is left."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.last = 0
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Chromium:
        self.profile = tempfile.TemporaryDirectory(prefix="provcheck-chromium-", ignore_cleanup_errors=True)
        theirs_in, ours_out = (fcntl.fcntl(fd, fcntl.F_DUPFD, HIGH) for fd in os.pipe())
        ours_in, theirs_out = (fcntl.fcntl(fd, fcntl.F_DUPFD, HIGH) for fd in os.pipe())

        def wire() -> None:
            os.dup2(theirs_in, 3)
            os.dup2(theirs_out, 4)

        command = [self.program, *FLAGS, f"--user-data-dir={self.profile.name}", "about:blank"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, preexec_fn=wire, pass_fds=(3, 4))
        os.close(theirs_in)
        os.close(theirs_out)
        self.out, self.inward = os.fdopen(ours_out, "wb"), os.fdopen(ours_in, "rb")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.out.close()
        self.inward.close()
        self.profile.cleanup()

    def send(self, method: str, session: str | None = None, /, **params: Any) -> dict[str, Any]:
        """One command and its result; what arrives meanwhile is kept in `events`."""
        self.last += 1
        message = {"id": self.last, "method": method, "params": params} | ({"sessionId": session} if session else {})
        self.out.write(json.dumps(message).encode() + b"\0")
        self.out.flush()
        while (reply := self.receive()).get("id") != self.last:
            self.events.append(reply)
        if "error" in reply:
            raise RuntimeError(f"{method}: {reply['error']['message']}")
        result: dict[str, Any] = reply["result"]
        return result

    def wait_for(self, method: str, session: str) -> None:
        while not any(event.get("method") == method and event.get("sessionId") == session for event in self.events):
            self.events.append(self.receive())

    def receive(self) -> dict[str, Any]:
        buffer = bytearray()
        while (byte := self.inward.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("Chromium closed its pipe")
            buffer += byte
        message: dict[str, Any] = json.loads(buffer)
        return message

    @contextmanager
    def page(
        self, file: Path, width: int = 1280, height: int = 900, scheme: str = "light", zoom: float = 1, medium: str = "screen"
    ) -> Iterator[Page]:
        """`file` opened in a tab of its own. `zoom` narrows the layout as the browser's zoom does."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable", session)
        self.send("Emulation.setEmulatedMedia", session, media=medium, features=[{"name": "prefers-color-scheme", "value": scheme}])
        size = {"width": int(width / zoom), "height": int(height / zoom), "deviceScaleFactor": zoom, "mobile": False}
        self.send("Emulation.setDeviceMetricsOverride", session, **size)
        self.send("Page.navigate", session, url=file.as_uri())
        self.wait_for("Page.loadEventFired", session)
        try:
            yield Page(self, session)
        finally:
            self.send("Target.closeTarget", targetId=target)


class Page:
    """One open tab."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self.browser, self.session = browser, session

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression, awaited."""
        reply = self.browser.send("Runtime.evaluate", self.session, expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in reply:
            raise RuntimeError(str(reply["exceptionDetails"]))
        return reply["result"].get("value")

    def events(self, *methods: str) -> list[dict[str, Any]]:
        self.run("1")  # whatever was under way has arrived when this answers
        mine = [event for event in self.browser.events if event.get("sessionId") == self.session]
        return [event["params"] for event in mine if event["method"] in methods]

    def press(self, key: str) -> None:
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.browser.send(
                "Input.dispatchKeyEvent",
                self.session,
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                **(text if kind == "keyDown" else {}),
            )

    def screenshot(self, whole: bool = True) -> bytes:
        return base64.b64decode(self.browser.send("Page.captureScreenshot", self.session, captureBeyondViewport=whole)["data"])

    def pdf(self) -> bytes:
        """A4 as the page's own style asks for it."""
        reply = self.browser.send("Page.printToPDF", self.session, preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(reply["data"])
