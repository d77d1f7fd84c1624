"""Secrets in one encrypted file: a passphrase opens it (scrypt), AES-GCM seals every value.

The names stand in clear and are sealed against change; a value is never written in clear.
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Final, NoReturn

from dutydesk.errors import OutsideError
from dutydesk.i18n import _

SHAPE: Final = "dutydesk-secrets-1"
"""Names the whole way of sealing: scrypt (N 2^15, r 8, p 1) and AES-256-GCM."""
N, R, P = 2**15, 8, 1
SALT, NONCE, KEY = 16, 12, 32
SHORTEST = 8
"""House: characters that a new passphrase has at least."""
LARGEST = 1_000_000


class Vault:
    """One file of secrets; `passphrase` is asked only when a value is read or written."""

    def __init__(self, file: Path, passphrase: Callable[[bool], str]) -> None:
        """`passphrase` is given whether the file is made anew; it raises OutsideError for none."""
        self.file = file
        self._passphrase = passphrase
        self._seen: tuple[tuple[int, int, int], dict[str, str]] | None = None
        self._lock = Lock()

    def names(self) -> tuple[str, ...]:
        """The names that are kept, without opening anything; none where there is no file.

        Raises OutsideError for a file that others may read, or that is none of ours.
        """
        return tuple(self._document().get("names", ())) if self.file.exists() else ()

    def get(self, name: str) -> str | None:
        """The value of a name, None where it is not kept. Raises OutsideError."""
        if name not in self.names():
            return None
        with self._lock:
            return self._opened(self._passphrase(False)).get(name)

    def put(self, name: str, value: str) -> None:
        """Keep a value; the file is whole before it takes the old one's place."""
        self._change(lambda kept: {**kept, name: value})

    def delete(self, name: str) -> bool:
        """Take a value out; False where it was not kept."""
        if name not in self.names():
            return False
        self._change(lambda kept: {key: kept[key] for key in kept if key != name})
        return True

    def _change(self, made: Callable[[dict[str, str]], dict[str, str]]) -> None:
        with self._lock:
            new = not self.file.exists()
            phrase = self._passphrase(new)
            if new and len(phrase) < SHORTEST:
                raise OutsideError(_("口令至少 {count} 个字符").format(count=SHORTEST))
            self._seen = None
            self._write(_sealed(made({} if new else self._opened(phrase)), phrase))

    def _opened(self, phrase: str) -> dict[str, str]:
        """Every value. The key is made once for each state of the file."""
        if not self.file.exists():
            return {}
        found = self.file.stat()
        mark = (found.st_mtime_ns, found.st_size, found.st_ino)
        if self._seen is None or self._seen[0] != mark:
            self._seen = (mark, self._unsealed(self._document(), phrase))
        return dict(self._seen[1])

    def _unsealed(self, document: Mapping[str, Any], phrase: str) -> dict[str, str]:
        aead, invalid = _cipher()
        try:
            salt, nonce, box = (b64decode(document[name]) for name in ("salt", "nonce", "box"))
            key = _key(phrase, salt)
            clear = aead(key).decrypt(nonce, box, _header(salt, document["names"]))
        except invalid:
            said = _("打不开加密的密钥文件 {file}：口令不对，或文件被改动过")
            raise OutsideError(said.format(file=self.file)) from None
        except (KeyError, TypeError, ValueError):
            self._none_of_ours()
        kept: dict[str, str] = json.loads(clear)
        return kept

    def _document(self) -> dict[str, Any]:
        """The file as it is read: names and what is sealed."""
        try:
            if os.name == "posix" and self.file.stat().st_mode & 0o077:
                said = _("加密的密钥文件 {file} 别人也能读；先运行 chmod 600 {file}")
                raise OutsideError(said.format(file=self.file))
            raw = self.file.read_bytes()[: LARGEST + 1]
        except OSError as error:
            raise self._fault(error) from error
        try:
            found = json.loads(raw)
        except (ValueError, RecursionError):
            self._none_of_ours()
        if not isinstance(found, dict) or found.get("shape") != SHAPE or len(raw) > LARGEST:
            self._none_of_ours()
        return found

    def _write(self, document: Mapping[str, Any]) -> None:
        part = self.file.with_name(f".{self.file.name}.{secrets.token_hex(4)}.part")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            out = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(out, "w", encoding="utf-8") as file:
                json.dump(document, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, self.file)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise self._fault(error) from error

    def _fault(self, error: OSError) -> OutsideError:
        said = _("加密的密钥文件 {file} 读写不了：{why}")
        return OutsideError(said.format(file=self.file, why=error.strerror or type(error).__name__))

    def _none_of_ours(self) -> NoReturn:
        said = _("{file} 不是完好的密钥文件；移开它，再用 dutydesk secret set 重新存入")
        raise OutsideError(said.format(file=self.file))


def _sealed(kept: Mapping[str, str], phrase: str) -> dict[str, Any]:
    """The document of these values under a salt and a nonce of its own."""
    aead, _invalid = _cipher()
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    names = sorted(kept)
    clear = json.dumps(dict(kept), ensure_ascii=False).encode()
    box = aead(_key(phrase, salt)).encrypt(nonce, clear, _header(salt, names))
    parts = {"salt": salt, "nonce": nonce, "box": box}
    written = {name: b64encode(value).decode() for name, value in parts.items()}
    return {"shape": SHAPE, "names": names, **written}


def _header(salt: bytes, names: object) -> bytes:
    """What stands in clear and must not be changed."""
    return json.dumps([SHAPE, salt.hex(), names], ensure_ascii=False).encode()


def _key(phrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # slow import

    return Scrypt(salt=salt, length=KEY, n=N, r=R, p=P).derive(phrase.encode())


def _cipher() -> tuple[Any, type[Exception]]:
    """AES-GCM and what it raises where the key does not fit. Raises OutsideError without it."""
    try:
        from cryptography.exceptions import InvalidTag  # slow import
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # slow import
    except ImportError:
        raise OutsideError(
            _(
                "加密的密钥文件要用 Python 的 cryptography 包，这台机器没有；"
                "装 dutydesk[vault]，或改用系统密钥环、环境变量"
            )
        ) from None
    return AESGCM, InvalidTag
