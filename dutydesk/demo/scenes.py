"""The cases of the invented street, in every state: all that is told here is invented."""

from __future__ import annotations

from dutydesk.demo.community import COMMUNITY
from dutydesk.demo.linkage import LINKAGE
from dutydesk.demo.steps import Story

STORIES: tuple[Story, ...] = (*COMMUNITY, *LINKAGE)
"""Every story, in the order in which steps of one instant are played."""
