from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from congress_app.formats import certificates

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
ADDRESSES = ("192.168.1.20", "may-chu.local", "localhost")


def verify(
    authority: certificates.KeyPair, server: certificates.KeyPair, address: str, at: datetime = NOW
) -> None:
    """As a browser does: chain, time, names, constraints."""
    store = Store([x509.load_pem_x509_certificate(authority.certificate)])
    policy = PolicyBuilder().store(store).time(at)
    try:
        subject: x509.GeneralName = x509.IPAddress(ip_address(address))
    except ValueError:
        subject = x509.DNSName(address)
    policy.build_server_verifier(subject).verify(
        x509.load_pem_x509_certificate(server.certificate), []
    )


def test_a_browser_with_the_authority_trusts_the_server_by_every_address() -> None:
    authority = certificates.new_authority("Mạng nội bộ", ADDRESSES, NOW)
    server = certificates.issue(authority, ADDRESSES, NOW)
    for address in ADDRESSES:
        verify(authority, server, address)


def test_a_phone_a_day_behind_trusts_it_too() -> None:
    authority = certificates.new_authority("Mạng nội bộ", ADDRESSES, NOW)
    server = certificates.issue(authority, ADDRESSES, NOW)
    verify(authority, server, ADDRESSES[0], NOW - timedelta(days=1))


def test_another_address_or_another_authority_is_not_trusted() -> None:
    authority = certificates.new_authority("Mạng nội bộ", ADDRESSES, NOW)
    stranger = certificates.new_authority("Mạng nội bộ", ADDRESSES, NOW)
    server = certificates.issue(authority, ADDRESSES, NOW)
    with pytest.raises(VerificationError):
        verify(authority, server, "192.168.1.21")
    with pytest.raises(VerificationError):
        verify(stranger, server, ADDRESSES[0])


def test_a_stolen_authority_cannot_pose_as_a_site_of_the_internet() -> None:
    authority = certificates.new_authority("Mạng nội bộ", ADDRESSES, NOW)
    for outside in ("baohiemxahoi.gov.vn", "203.0.113.7"):
        forged = certificates.issue(authority, [outside], NOW)
        with pytest.raises(VerificationError):
            verify(authority, forged, outside)
        assert not certificates.covers(authority.certificate, [outside], NOW)


def test_an_address_outside_the_private_networks_is_allowed_when_it_is_the_machines_own() -> None:
    authority = certificates.new_authority("Mạng nội bộ", ["203.0.113.7", "hoi-truong"], NOW)
    server = certificates.issue(authority, ["203.0.113.7", "hoi-truong"], NOW)
    verify(authority, server, "203.0.113.7")
    verify(authority, server, "hoi-truong")
    loaded = x509.load_pem_x509_certificate(authority.certificate)
    constraints = loaded.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    permitted = constraints.value.permitted_subtrees or []
    assert x509.IPAddress(ip_network("203.0.113.7/32")) in permitted


def test_a_certificate_is_kept_until_an_address_is_new_or_its_time_runs_out() -> None:
    authority = certificates.new_authority("Mạng nội bộ", ADDRESSES, NOW)
    server = certificates.issue(authority, ADDRESSES, NOW)
    assert certificates.serves(server.certificate, ADDRESSES[:1], NOW)
    assert not certificates.serves(server.certificate, [*ADDRESSES, "10.1.1.1"], NOW)
    assert certificates.covers(authority.certificate, [*ADDRESSES, "10.1.1.1"], NOW)
    late = NOW + certificates.SERVER_LIFE - certificates.RENEW_BEFORE
    assert not certificates.serves(server.certificate, ADDRESSES, late)
    assert certificates.covers(authority.certificate, ADDRESSES, late)
    assert not certificates.covers(
        authority.certificate, ADDRESSES, NOW + certificates.AUTHORITY_LIFE
    )


def test_apple_accepts_its_life_and_use() -> None:
    authority = certificates.new_authority("Mạng nội bộ", ADDRESSES, NOW)
    server = x509.load_pem_x509_certificate(
        certificates.issue(authority, ADDRESSES, NOW).certificate
    )
    life = server.not_valid_after_utc - server.not_valid_before_utc
    use = server.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert life < timedelta(days=398)
    assert list(use) == [ExtendedKeyUsageOID.SERVER_AUTH]


def test_keys_are_elliptic_and_the_fingerprint_reads_as_phones_show_it() -> None:
    authority = certificates.new_authority("Mạng nội bộ", ADDRESSES, NOW)
    assert isinstance(
        x509.load_pem_x509_certificate(authority.certificate).public_key(),
        ec.EllipticCurvePublicKey,
    )
    print_of = certificates.fingerprint(authority.certificate)
    assert len(print_of.split(":")) == 32
    assert print_of == print_of.upper()
