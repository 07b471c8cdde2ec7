"""Which names and addresses only this machine answers to."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """True for a name or address that only this machine answers to.

    >>> [is_loopback(h) for h in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "news.example")]
    [True, True, True, False, False]
    """
    name = host.strip().strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str:
    """The name in a Host header, its port left off; empty where the header is no host at all.

    >>> host_name("localhost:8484"), host_name("[::1]:80"), host_name("a@b")
    ('localhost', '::1', '')
    """
    if not header or any(c in header for c in "@/\\?# \t"):
        return ""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
