"""Who stands behind a network address."""

from __future__ import annotations

import pytest

from congress_app.kernel.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.2", "10.0.0.2"),
        ("test", "test"),
        ("", ""),
    ],
)
def test_of_ipv6_the_64_is_one_caller(address: str, network: str) -> None:
    assert network_of(address) == network
