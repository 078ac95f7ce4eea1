"""The suite stands on what tests/conftest.py promises: no network, no user's home, and a browser that draws."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page


def test_no_test_reaches_the_network() -> None:
    with pytest.raises(httpx.ConnectError, match=r"a test asked for example\.org"):
        httpx.get("https://example.org/")
    with pytest.raises(OSError, match="unreachable"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))


def test_this_machine_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        assert caller.getpeername() == server.getsockname()


def test_no_test_sees_the_user() -> None:
    assert not {name for name in os.environ if name.startswith("KNOCKON_")} - {"KNOCKON_DATA"}
    assert Path.home().name.startswith("home")


@pytest.mark.browser
def test_the_browser_draws_cyrillic_and_runs_scripts(page: Page, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    sheet.write_text("<meta charset=utf-8><p id=a>Тенгиз</p><script>document.title = 'ran'</script>", encoding="utf-8")
    page.goto(sheet.as_uri())
    assert page.title() == "ran"
    assert page.inner_text("#a") == "Тенгиз"
    width = page.evaluate("document.getElementById('a').getBoundingClientRect().width")
    assert width > 0
