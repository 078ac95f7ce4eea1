"""What text does a web page hold? Fetches one public page and takes its body out.

Refuses addresses inside a private network (also after a redirect, and when a public name points there), other schemes, and
pages that are too large. A page is text from outside: nothing of it is executed.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from knockon.errors import BadFile, Unreachable

__all__ = ["Page", "fetch", "page_text"]

LARGEST = 2_000_000
_HOPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched page: the address that answered, its text, its title, and the day in its metadata, if any."""

    address: str
    text: str
    title: str
    published: date | None


def fetch(address: str, *, timeout: float = 20.0) -> Page:
    """Get one page over HTTP(S). Every hop's host must resolve to public addresses only, and is connected to by that address."""
    import httpx

    here = address
    for _ in range(_HOPS):
        host, ip = _public(here)
        parts = urlsplit(here)
        netloc = f"[{ip}]" if ":" in ip else ip
        if parts.port:
            netloc += f":{parts.port}"
        try:
            with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client:
                request = client.build_request(
                    "GET",
                    parts._replace(netloc=netloc, fragment="").geturl(),
                    headers={
                        "Host": parts.netloc.rpartition("@")[2],
                        "User-Agent": "knockon",
                        "Accept": "text/html,text/plain",
                    },
                    extensions={"sni_hostname": host},
                )
                answer = client.send(request, stream=True)
                if answer.has_redirect_location:
                    here = urljoin(here, answer.headers["location"])
                    continue
                if answer.status_code != 200:
                    raise Unreachable(here, f"answered {answer.status_code}")
                data = _body(answer.iter_bytes(), here)
                return page_text(data, here, answer.headers.get("content-type", ""))
        except httpx.HTTPError as fault:
            raise Unreachable(here, f"could not be fetched ({fault.__class__.__name__}: {fault})") from None
    raise Unreachable(address, f"redirects more than {_HOPS} times")


def _body(chunks: object, where: str) -> bytes:
    data = bytearray()
    for chunk in chunks:  # type: ignore[attr-defined]
        data += chunk
        if len(data) > LARGEST:
            raise BadFile(
                where, f"is larger than {LARGEST // 1_000_000} MB", "save the article's text to a file and give that"
            )
    return bytes(data)


def _public(address: str) -> tuple[str, str]:
    """Host and one public IP of an address; an error for anything that leads elsewhere."""
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError as fault:
        raise Unreachable(address, f"is not an address ({fault})") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreachable(address, "is not an http or https address")
    if parts.username is not None:
        raise Unreachable(
            parts.hostname,
            "was given with a user name or password",
            "an address becomes a source: leave secrets out of it",
        )
    try:
        found = {info[4][0] for info in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as fault:
        raise Unreachable(address, f"its host cannot be found ({fault})") from None
    for ip in sorted(map(str, found)):
        if not _is_public(ip):
            raise Unreachable(
                address,
                f"leads into a private network ({ip})",
                "only public pages are fetched; save the text to a file",
            )
    return parts.hostname, min(map(str, found))


#: addresses that carry an IPv4 address inside, which may be a private one
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _is_public(text: str) -> bool:
    ip = ipaddress.ip_address(text.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and (ip in _NAT64 or ip.sixtofour or ip.teredo):
        return False
    return ip.is_global and not ip.is_multicast


def page_text(data: bytes, address: str, kind: str = "text/html") -> Page:
    """The body of a page; plain text stays as it is.

    >>> page_text("Новина".encode(), "https://example.org", "text/plain; charset=utf-8").text
    'Новина'
    """
    from knockon.sources.dispatch.clean import decode

    if "html" not in kind and b"<html" not in data[:2000].lower():
        return Page(address=address, text=decode(data, address)[0], title="", published=None)
    import trafilatura

    found = trafilatura.bare_extraction(
        data, url=address, with_metadata=True, include_comments=False, include_tables=False
    )
    text = getattr(found, "text", None)
    if not text:
        raise BadFile(
            address, "has no article text that could be found", "save the article's text to a file and give that"
        )
    printed = getattr(found, "date", None)
    return Page(
        address=address,
        text=text,
        title=getattr(found, "title", "") or "",
        published=date.fromisoformat(printed) if printed else None,
    )
