"""A stand-in for a clipboard, an opener and a printer; what it does is its first argument."""

from __future__ import annotations

import sys
import time
from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n" + b"invented"


def main() -> int:
    """Give a picture, nothing, words, too much; keep what is handed over; fail; hang."""
    what, *rest = sys.argv[1:]
    if what == "png":
        sys.stdout.buffer.write(PNG)
    elif what == "words":
        print("no picture at all")
    elif what == "flood":
        for _turn in range(40):
            sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + b"x" * 1_000_000)
    elif what == "keep":
        Path(rest[0]).write_bytes(b"\n--\n".join(Path(name).read_bytes() for name in rest[1:]))
        print("request id is office-7")
    elif what == "fail":
        print("first words", file=sys.stderr)
        print("printer office: out of paper", file=sys.stderr)
        return 3
    elif what == "hang":
        Path(rest[0]).touch()
        time.sleep(60)
    return 0


if __name__ == "__main__":
    sys.exit(main())
