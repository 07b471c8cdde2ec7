"""Which internet addresses we go to: public ones, unless told otherwise."""

from __future__ import annotations

import ipaddress
import socket

from onrecord.errors import RefusedInput, UnsafeAddress
from onrecord.intake.options import Options

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_CLOSED = tuple(map(ipaddress.ip_network, (
    "192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "fec0::/10", "5f00::/16", "100::/64", "3fff::/20",
    "2001:db8::/32",
)))  # fmt: skip
"""Special ranges that Python's ``is_global`` judges differently from version to version."""


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses the system gives for a host name, in its order. Raises RefusedInput when there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RefusedInput(f"the host '{host}' cannot be found: {reason}", origin=host) from None
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def checked_addresses(host: str, port: int, options: Options) -> list[str]:
    """The addresses of a host, resolved now, every one of them public.

    Raises UnsafeAddress when one is not (a name with a public and a private address is a trick), unless
    ``allow_private``; RefusedInput when there is none. Connect to what comes back:
    asking again may give another answer.
    """
    found = (options.resolver or system_resolver)(host, port)
    if not found:
        raise RefusedInput(f"the host '{host}' has no address", origin=host)
    for address in found:
        if not options.allow_private and not is_public(address):
            raise UnsafeAddress(
                f"a public address was expected, '{host}' stands for {address}: --allow-private goes there", origin=host
            )
    return found


def is_public(text: str) -> bool:
    """True for an address of the open internet, and for one that wraps an IPv4 address only if that is one too.

    >>> is_public("93.184.216.34"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("2002:7f00:1::")
    (True, False, False, False)
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_open(address.ipv4_mapped)
        if address in _NAT64:
            return _is_open(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        return _is_open(address) and all(_is_open(inner) for inner in _wrapped(address))
    return _is_open(address)


def _is_open(address: _Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address.version == net.version and address in net for net in _CLOSED)


def _wrapped(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that a 6to4, Teredo or IPv4-compatible address leads to."""
    inner = [address.sixtofour] if address.sixtofour is not None else []
    if address.teredo is not None:
        inner += address.teredo
    if address in _COMPATIBLE:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return inner
