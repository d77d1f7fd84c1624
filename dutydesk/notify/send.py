"""Stage 5: the request itself, outside every transaction; whatever goes wrong is a reply."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from dutydesk.errors import DeskError
from dutydesk.notify.channel import Channel, Post, Reply
from dutydesk.storage import Sending

log = logging.getLogger("dutydesk.notify")


def send(channel: Channel, post: Post) -> Mapping[str, Reply]:
    """What became of each letter of a request; a fault of the channel leaves UNKNOWN."""
    try:
        replies = channel.send(post)
    except DeskError:
        # The keyring is locked or gone; its text is for `doctor`, the request was never made.
        return _all(post, Reply(Sending.FAILED, "no_secret"))
    except Exception as error:
        # Only its kind is logged: a trace could show the request with its key.
        log.error("a fault in channel %s: %s", channel.name, type(error).__name__)
        return _all(post, Reply(Sending.UNKNOWN, f"fault {type(error).__name__}"))
    unclear = Reply(Sending.UNKNOWN, "fault")
    return {letter.key: replies.get(letter.key, unclear) for letter in post.letters}


def _all(post: Post, reply: Reply) -> Mapping[str, Reply]:
    return {letter.key: reply for letter in post.letters}
