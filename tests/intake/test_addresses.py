"""Public addresses only, however they are wrapped."""

from __future__ import annotations

import pytest

from onrecord.errors import RefusedInput, UnsafeAddress
from onrecord.intake.addresses import checked_addresses, is_public
from onrecord.intake.options import Options


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0",
        "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::7f00:1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1",
        "2001:0:7f00:1::1", "2001:db8::1", "", "localhost", "1.2.3", "999.1.1.1",
    ],
)  # fmt: skip
def test_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_open(address: str) -> None:
    assert is_public(address)


def options(*addresses: str, allow: bool = False) -> Options:
    return Options(resolver=lambda host, port: list(addresses), allow_private=allow)


def test_a_name_is_judged_by_what_it_stands_for() -> None:
    with pytest.raises(UnsafeAddress, match=r"10\.0\.0\.7"):
        checked_addresses("harmless.example", 80, options("10.0.0.7"))


def test_one_private_address_among_public_ones_is_a_trick() -> None:
    with pytest.raises(UnsafeAddress):
        checked_addresses("harmless.example", 80, options("8.8.8.8", "127.0.0.1"))


def test_private_addresses_are_met_when_allowed() -> None:
    assert checked_addresses("x.example", 80, options("127.0.0.1", allow=True)) == ["127.0.0.1"]


def test_a_name_without_an_address_is_refused() -> None:
    with pytest.raises(RefusedInput, match="no address"):
        checked_addresses("x.example", 80, options())
