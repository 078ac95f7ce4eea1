"""What every test stands on: a clean environment, no network, a real browser, and the real data where there is some."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
IN_CI = os.environ.get("CI") == "true"
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",  # a container's root may not have one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # A browser that calls home would be a request that the brief did not make.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A machine under load is slow now and then; that is no finding about a rule.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# In CI the same examples every time: a red run must be about the change that it ran on.
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "here")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the user's ledger, settings, language or terminal."""
    for name in [name for name in os.environ if name.startswith("KNOCKON_") and name != "KNOCKON_DATA"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test sees a machine without a network: only this machine's own addresses answer."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def is_here(host: object) -> bool:
        return host in (None, "", "localhost", "::1", b"localhost") or str(host).startswith("127.")

    def connect_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not is_here(address[0]):
            raise OSError(101, f"Network is unreachable: a test asked for {address[0]}")
        connect(self, address)

    def look_up_here(host: Any, *args: Any, **options: Any) -> Any:
        if not is_here(host) and not str(host).replace(".", "").isdigit() and ":" not in str(host):
            raise socket.gaierror(socket.EAI_NONAME, f"Name or service not known: a test asked for {host}")
        return look_up(host, *args, **options)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_here)


@pytest.fixture(scope="session")
def example() -> Path:
    """The first report that knockon was asked to answer."""
    return ROOT / "examples" / "2025-11-11-moscow.bg.txt"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real lists and trackers; they are too large to ship."""
    named = os.environ.get("KNOCKON_DATA")
    if not named:
        pytest.skip("KNOCKON_DATA names no folder of real data")
    folder = Path(named)
    assert folder.is_dir(), f"KNOCKON_DATA names {folder}, which is no folder"
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium. In CI its absence is a failure, so that no page goes unseen for long."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is not installed (Debian package: chromium)"
        if IN_CI:
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page of a desktop's size, with scripts on; set its viewport for a phone."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
