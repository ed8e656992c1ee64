"""Why a server with real data may not start. Pure.

`PRODUCTION=1` says that the data are real. Then a key anybody could guess, cookies that
travel in the clear and accounts with a public password are no warnings but the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import make_url

LEAST_KEY_LENGTH = 32
LEAST_DIFFERENT = 12
# What stands in examples and in tutorials.
_GUESSED = ("secret", "change", "example", "password", "matkhau", "dev", "test", "key")


def weak_key(key: str) -> bool:
    """True for a key that is short, monotonous or made of a word from an example."""
    plain = key.casefold()
    for word in _GUESSED:
        plain = plain.replace(word, "")
    return len(plain) < LEAST_KEY_LENGTH or len(set(plain)) < LEAST_DIFFERENT


def why_not(
    config: Mapping[str, object],
    *,
    demo_accounts: int,
    key_is_open: bool = False,
    open_file: str | None = None,
) -> str | None:
    """The sentence that ends the start in production; None when nothing is wrong.

    `key_is_open`: others than the server may read or change the file of the keys.
    `open_file`: one of the database's that they may.
    """
    if not config["PRODUCTION"]:
        return None
    return (
        _fault_of_keys(config, key_is_open)
        or _fault_of_address(config)
        or _fault_of_file(open_file)
        or _fault_of_demonstration(config, demo_accounts)
    )


def _fault_of_keys(config: Mapping[str, object], key_is_open: bool) -> str | None:
    if any(weak_key(str(key)) for key in (config["SECRET_KEY"], *_older_keys(config))):
        return (
            "PRODUCTION=1 nhưng SECRET_KEY hay SECRET_KEY_FALLBACKS quá yếu: cần ít nhất "
            f"{LEAST_KEY_LENGTH} ký tự ngẫu nhiên. Hãy bỏ biến SECRET_KEY để phần mềm tự tạo "
            "và giữ khóa trong thư mục instance."
        )
    if key_is_open:
        return (
            f"PRODUCTION=1 nhưng tệp khóa {config['SECRET_KEY_FILE']} không chỉ dành cho tài khoản "
            "chạy phần mềm: hãy chown tệp cho tài khoản ấy và chmod 600. Nếu người khác có thể đã "
            "đọc khóa, sau đó hãy chạy “key rotate” rồi “key retire”."
        )
    return None


def _fault_of_address(config: Mapping[str, object]) -> str | None:
    if not config["SESSION_COOKIE_SECURE"]:
        return (
            "PRODUCTION=1 nhưng HTTPS=0: phiên đăng nhập sẽ đi qua mạng không mã hóa. "
            "Hãy đặt máy chủ sau TLS và bỏ HTTPS=0."
        )
    if not _is_public(str(config["PUBLIC_URL"])):
        return (
            "PRODUCTION=1 nhưng PUBLIC_URL trống hoặc không bắt đầu bằng https://: phần mềm sẽ "
            "nhận mọi tên miền và dựng đường dẫn theo tên ấy. Hãy đặt PUBLIC_URL là địa chỉ mọi "
            "người gõ, ví dụ https://thidua.example.vn."
        )
    if open_database(str(config["SQLALCHEMY_DATABASE_URI"]), config):
        return (
            "PRODUCTION=1 nhưng kết nối tới PostgreSQL ở máy khác không được mã hóa và xác thực: "
            "hãy thêm ?sslmode=verify-full&sslrootcert=… vào DATABASE_URL, hoặc đặt "
            "DATABASE_PLAIN=1 nếu cơ sở dữ liệu ở mạng riêng không ai khác vào được."
        )
    return None


def _fault_of_file(file: str | None) -> str | None:
    return file and (
        f"PRODUCTION=1 nhưng tệp dữ liệu {file} không chỉ dành cho tài khoản chạy phần mềm: hãy "
        "chown tệp cho tài khoản ấy và chmod 600, cả các tệp cùng tên có đuôi -wal, -shm."
    )


def _is_public(address: str) -> bool:
    try:
        public = urlsplit(address)
    except ValueError:  # half an IPv6 address
        return False
    return public.scheme == "https" and bool(public.hostname)


def _fault_of_demonstration(config: Mapping[str, object], demo_accounts: int) -> str | None:
    if config["ALLOW_DEMO"]:
        return (
            "PRODUCTION=1 nhưng ALLOW_DEMO=1: dữ liệu trình diễn không được nạp. Hãy bỏ ALLOW_DEMO."
        )
    if demo_accounts:
        return (
            f"PRODUCTION=1 nhưng cơ sở dữ liệu có {demo_accounts} tài khoản trình diễn với mật "
            "khẩu công khai. Hãy dùng một cơ sở dữ liệu mới cho dữ liệu thật."
        )
    return None


def open_database(url: str, config: Mapping[str, object]) -> bool:
    """True when the rows would travel a network unprotected, or to whoever answers.

    A file, a socket of this machine and its own address need no TLS; `DATABASE_PLAIN` says
    that the network is nobody else's.
    """
    address = make_url(url)
    if address.get_backend_name() != "postgresql" or config["DATABASE_PLAIN"]:
        return False
    asked = {key: str(value) for key, value in address.query.items()}
    hosts = (asked.get("host") or address.host or str(config["DATABASE_HOST"])).split(",")
    mode = asked.get("sslmode") or config["DATABASE_TLS"]
    return mode not in ("verify-ca", "verify-full") and not all(map(_is_here, hosts))


def _is_here(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def too_mighty(rights: Iterable[str]) -> str | None:
    """What is said when the database's account may do more than the application needs."""
    told = ", ".join(sorted(rights))
    if not told:
        return None
    return (
        f"Tài khoản cơ sở dữ liệu có quyền thừa ({told}): phần mềm chỉ cần là chủ của một cơ sở "
        "dữ liệu. Hãy dùng một tài khoản riêng: CREATE ROLE congress LOGIN; "
        "CREATE DATABASE congress OWNER congress; xem docs/production.md."
    )


def logs_rows(account: str | None) -> str | None:
    """What is said when PostgreSQL writes rows of the application into its log."""
    if account is None:
        return None
    return (
        "Nhật ký của PostgreSQL có thể chứa dữ liệu cá nhân: người quản trị cơ sở dữ liệu hãy chạy "
        f"ALTER ROLE {account} SET log_error_verbosity = 'terse'; rồi khởi động lại phần mềm; "
        "xem docs/logs.md."
    )


def _older_keys(config: Mapping[str, object]) -> list[object]:
    found = config["SECRET_KEY_FALLBACKS"]
    return list(found) if isinstance(found, (list, tuple)) else []
