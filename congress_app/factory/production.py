"""Why a server with real data may not start. Pure.

`PRODUCTION=1` says that the data are real. Then a key anybody could guess, cookies that
travel in the clear and accounts with a public password are no warnings but the end.
"""

from __future__ import annotations

from collections.abc import Mapping

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


def why_not(config: Mapping[str, object], *, demo_accounts: int) -> str | None:
    """The sentence that ends the start in production; None when nothing is wrong."""
    if not config["PRODUCTION"]:
        return None
    if any(weak_key(str(key)) for key in (config["SECRET_KEY"], *_older_keys(config))):
        return (
            "PRODUCTION=1 nhưng SECRET_KEY hay SECRET_KEY_FALLBACKS quá yếu: cần ít nhất "
            f"{LEAST_KEY_LENGTH} ký tự ngẫu nhiên. Hãy bỏ biến SECRET_KEY để phần mềm tự tạo "
            "và giữ khóa trong thư mục instance."
        )
    if not config["SESSION_COOKIE_SECURE"]:
        return (
            "PRODUCTION=1 nhưng HTTPS=0: phiên đăng nhập sẽ đi qua mạng không mã hóa. "
            "Hãy đặt máy chủ sau TLS và bỏ HTTPS=0."
        )
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


def _older_keys(config: Mapping[str, object]) -> list[object]:
    found = config["SECRET_KEY_FALLBACKS"]
    return list(found) if isinstance(found, (list, tuple)) else []
