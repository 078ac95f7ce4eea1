"""Fetching: public hosts only, at every hop and by the address that was checked; and what a page holds."""

from __future__ import annotations

import functools
import socket
from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pytest

from knockon.errors import BadFile, Unreachable
from knockon.sources.fetch import LARGEST, fetch, page_text

PUBLIC = "93.184.216.34"
HOSTS = {
    "example.org": [PUBLIC],
    "other.org": ["2606:4700::1111"],
    "inside.org": ["10.0.0.8"],
    "both.org": [PUBLIC, "192.168.1.1"],
}
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], list[httpx.Request]]:
    """A web of four names, whose one server gives the answer of the test; returns what it was asked."""

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host not in HOSTS and not host.replace(".", "").isdigit() and ":" not in host:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in HOSTS.get(host, [host])]

    def serve(answer: Answer) -> list[httpx.Request]:
        asked: list[httpx.Request] = []

        def handle(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return answer(request)

        monkeypatch.setattr(httpx, "Client", functools.partial(httpx.Client, transport=httpx.MockTransport(handle)))
        return asked

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return serve


def text(content: str = "Новина") -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/plain; charset=utf-8"}, content=content.encode())


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "inside.org",
        "both.org",
    ],
)
@pytest.mark.parametrize("form", ["http://{}/", "https://{}:8443/a?b=c"])
def test_private_hosts_are_never_asked(web: Callable[[Answer], list[httpx.Request]], host: str, form: str) -> None:
    asked = web(lambda _: text())
    with pytest.raises(Unreachable, match="private network"):
        fetch(form.format(host))
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org",
        "//example.org",
        "example.org",
        "http://",
        "http:///a",
        "data:,x",
        "",
    ],
)
def test_other_schemes_are_refused(web: Callable[[Answer], list[httpx.Request]], address: str) -> None:
    asked = web(lambda _: text())
    with pytest.raises(Unreachable, match="not an http or https address"):
        fetch(address)
    assert asked == []


@pytest.mark.parametrize("host", ["nowhere.org", "xn--\udcff.org", "a" * 70 + ".org"])
def test_a_host_that_is_not_there(web: Callable[[Answer], list[httpx.Request]], host: str) -> None:
    web(lambda _: text())
    with pytest.raises(Unreachable, match="host cannot be found"):
        fetch(f"http://{host}/")


@pytest.mark.parametrize(
    ("address", "asked_for", "host"),
    [
        ("http://example.org/a?b=c#d", f"http://{PUBLIC}/a?b=c", "example.org"),
        ("https://example.org:8443/", f"https://{PUBLIC}:8443/", "example.org:8443"),
        ("https://other.org/", "https://[2606:4700::1111]/", "other.org"),
    ],
)
def test_the_address_that_was_checked_is_the_one_asked(
    web: Callable[[Answer], list[httpx.Request]], address: str, asked_for: str, host: str
) -> None:
    asked = web(lambda _: text())
    assert fetch(address).text == "Новина"
    [request] = asked
    assert (str(request.url), request.headers["host"]) == (asked_for, host)
    assert request.extensions["sni_hostname"] == host.partition(":")[0]
    assert "authorization" not in request.headers
    assert "cookie" not in request.headers


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("http://127.0.0.1/admin", "private network"),
        ("http://inside.org/", "private network"),
        ("//10.0.0.1/", "private network"),
        ("http://[::ffff:127.0.0.1]/", "private network"),
        ("file:///etc/passwd", "not an http or https"),
        ("ftp://example.org/", "not an http or https"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_into_a_private_network_is_not_followed(
    web: Callable[[Answer], list[httpx.Request]], target: str, problem: str, status: int
) -> None:
    asked = web(lambda _: httpx.Response(status, headers={"location": target}))
    with pytest.raises(Unreachable, match=problem):
        fetch("https://example.org/")
    assert len(asked) == 1


def test_redirects_are_followed_and_the_last_address_is_told(web: Callable[[Answer], list[httpx.Request]]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        goes = {"/a": "/b", "/b": "https://other.org/c"}
        return httpx.Response(302, headers={"location": goes[request.url.path]}) if request.url.path in goes else text()

    asked = web(answer)
    assert fetch("http://example.org/a").address == "https://other.org/c"
    assert [r.headers["host"] for r in asked] == ["example.org", "example.org", "other.org"]


def test_redirects_end(web: Callable[[Answer], list[httpx.Request]]) -> None:
    asked = web(lambda _: httpx.Response(302, headers={"location": "/again"}))
    with pytest.raises(Unreachable, match="more than 5 times"):
        fetch("http://example.org/")
    assert len(asked) == 5


@pytest.mark.parametrize("status", [204, 401, 404, 500])
def test_an_answer_that_is_no_page(web: Callable[[Answer], list[httpx.Request]], status: int) -> None:
    web(lambda _: httpx.Response(status))
    with pytest.raises(Unreachable, match=f"answered {status}"):
        fetch("http://example.org/")


def test_a_line_that_breaks(web: Callable[[Answer], list[httpx.Request]]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("too slow", request=request)

    web(answer)
    with pytest.raises(Unreachable, match="ConnectTimeout"):
        fetch("http://example.org/")


@pytest.mark.parametrize(("size", "taken"), [(LARGEST, True), (LARGEST + 1, False)])
def test_a_page_has_a_largest_size(web: Callable[[Answer], list[httpx.Request]], size: int, taken: bool) -> None:
    web(lambda _: text("x" * size))
    if taken:
        assert len(fetch("http://example.org/").text) == size
    else:
        with pytest.raises(BadFile, match="larger than 2 MB"):
            fetch("http://example.org/")


SAID = "The ministry said on Tuesday that the pipeline carried more oil than in the year before, and that it would carry more."
PAGE = f"""<!doctype html><html><head><title>More oil - The Paper</title>
<meta property="article:published_time" content="2025-11-11T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/x">Subscribe now</a></nav>
<article><h1>More oil</h1>{"".join(f"<p>{n}. {SAID}</p>" for n in range(4))}<script>alert("run me")</script></article>
<footer>All rights reserved</footer></body></html>"""


def test_the_body_of_a_page() -> None:
    page = page_text(PAGE.encode(), "https://example.org/1")
    assert [f"{n}. {SAID}" in page.text for n in range(4)] == [True] * 4
    assert not any(word in page.text for word in ("Subscribe", "run me", "rights", "<p>"))
    assert (page.address, page.published) == ("https://example.org/1", date(2025, 11, 11))
    assert page.title.startswith("More oil")


def test_a_page_is_known_by_its_first_tag_whatever_it_calls_itself() -> None:
    assert "<p>" not in page_text(PAGE.encode(), "https://example.org/1", "application/octet-stream").text


@pytest.mark.parametrize(
    "data", [b"", b"<html><body></body></html>", b"<html><body><script>x()</script></body></html>"]
)
def test_a_page_without_an_article(data: bytes) -> None:
    with pytest.raises(BadFile, match="no article text"):
        page_text(data, "https://example.org/1")


def test_plain_text_stays_as_it_is() -> None:
    page = page_text("a < b & c\n\n Новина".encode(), "https://example.org/1", "text/plain")
    assert (page.text, page.title, page.published) == ("a < b & c\n\n Новина", "", None)


@pytest.mark.parametrize(
    "address",
    ["https://me:hunter2@example.org/", "https://me@example.org/", "http://[::1/", "http://example.org:99999/"],
)
def test_an_address_that_cannot_be_a_source_is_refused_before_any_lookup(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
    with pytest.raises(Unreachable) as fault:
        fetch(address)
    assert "hunter2" not in fault.value.message
