"""A certificate authority for one office network, and the server's certificate under it.

Browsers give a page the camera and offline storage only over HTTPS they trust. A hall's
network has no public name, so it gets its own authority, installed once on each phone.
The authority may vouch for private addresses only (name constraints, RFC 5280 4.2.1.10):
whoever steals its key cannot pose as a site of the internet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LIFE = timedelta(days=5 * 365)
# Apple's devices refuse longer ones, also from an authority the owner installed.
SERVER_LIFE = timedelta(days=397)
RENEW_BEFORE = timedelta(days=30)
# Phones whose clock is behind must not find the certificate "not yet valid".
CLOCK_SLACK = timedelta(days=2)
PRIVATE_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8")
PRIVATE_NAMES = ("local", "lan", "localhost")


@dataclass(frozen=True)
class KeyPair:
    """A certificate with its private key, both PEM."""

    certificate: bytes
    key: bytes


def new_authority(name: str, addresses: Sequence[str], now: datetime) -> KeyPair:
    """A new authority for the private networks and these addresses (IP addresses or names)."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        _builder(subject, subject, key, now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(_permitted(addresses), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _pair(certificate, key)


def issue(authority: KeyPair, addresses: Sequence[str], now: datetime) -> KeyPair:
    """A server certificate for these addresses, the first one being its name."""
    parent = x509.load_pem_x509_certificate(authority.certificate)
    signer = serialization.load_pem_private_key(authority.key, password=None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is not one of ours")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, addresses[0])])
    certificate = (
        _builder(subject, parent.subject, key, now, SERVER_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_names(addresses)), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )
    return _pair(certificate, key)


def serves(certificate: bytes, addresses: Sequence[str], now: datetime) -> bool:
    """True when the certificate names all the addresses and does not run out soon."""
    loaded = x509.load_pem_x509_certificate(certificate)
    names = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(_names(addresses)) <= set(names) and _lasts(loaded, now)


def covers(authority: bytes, addresses: Sequence[str], now: datetime) -> bool:
    """True when the authority may vouch for all the addresses and does not run out soon."""
    loaded = x509.load_pem_x509_certificate(authority)
    constraints = loaded.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = constraints.permitted_subtrees or []
    return _lasts(loaded, now) and all(
        any(_within(name, subtree) for subtree in permitted) for name in _names(addresses)
    )


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of the certificate as phones show it: "A1:B2:…"."""
    digest = x509.load_pem_x509_certificate(certificate).fingerprint(hashes.SHA256())
    return digest.hex(":").upper()


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now - CLOCK_SLACK + life)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _names(addresses: Sequence[str]) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = []
    for address in addresses:
        try:
            names.append(x509.IPAddress(ip_address(address)))
        except ValueError:
            names.append(x509.DNSName(address))
    return names


def _permitted(addresses: Sequence[str]) -> list[x509.GeneralName]:
    networks = [x509.IPAddress(ip_network(network)) for network in PRIVATE_NETWORKS]
    permitted: list[x509.GeneralName] = [*networks, *map(x509.DNSName, PRIVATE_NAMES)]
    for name in _names(addresses):
        if not any(_within(name, subtree) for subtree in permitted):
            is_ip = isinstance(name, x509.IPAddress)
            permitted.append(x509.IPAddress(ip_network(name.value)) if is_ip else name)
    return permitted


def _within(name: x509.GeneralName, subtree: x509.GeneralName) -> bool:
    if isinstance(name, x509.DNSName) and isinstance(subtree, x509.DNSName):
        return name.value == subtree.value or name.value.endswith(f".{subtree.value}")
    if isinstance(name, x509.IPAddress) and isinstance(subtree, x509.IPAddress):
        network = subtree.value
        return isinstance(network, IPv4Network | IPv6Network) and name.value in network
    return False


def _lasts(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - RENEW_BEFORE


def _pair(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> KeyPair:
    return KeyPair(
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
