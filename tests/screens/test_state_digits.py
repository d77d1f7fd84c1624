"""A state's digits never change: what a finger has learnt stays true."""

from __future__ import annotations

import pytest

from dutydesk.config.procedures import load

DIGITS = {
    "received": (
        "accept refuse merge withdraw call note attach contact_citizen request_verification"
    ),
    "refused": "note contact_citizen write_back",
    "merged": "split note",
    "withdrawn": "note write_back",
    "to_dispatch": "dispatch merge withdraw call note attach contact_citizen urge supervise",
    "at_station": (
        "file_result mark_done urge return_to_desk request_linkage call supervise withdraw merge"
    ),
    "to_coordinate": (
        "convene call record_instruction report_to_head request_instruction reclassify "
        "submit_to_head merge withdraw"
    ),
    "awaiting_response": (
        "confirm_response call reschedule invite release submit_to_head urge merge withdraw"
    ),
    "coordinating": (
        "record_outcome confirm_response call reschedule invite release submit_to_head merge "
        "withdraw"
    ),
    "disposing": (
        "file_result mark_done urge confirm_response report_result submit_to_head call supervise "
        "withdraw"
    ),
    "reviewing": (
        "close return_for_rework report_result attach call note contact_citizen "
        "request_verification supervise"
    ),
    "at_head": (
        "record_head_result submit_to_street file_result mark_done report_result call urge note "
        "withdraw"
    ),
    "at_street": (
        "record_street_result file_result mark_done report_result call urge note attach withdraw"
    ),
    "closed": "write_back reopen contact_citizen note attach",
}
"""The acts behind 1 to 9 in each state; a new act takes a free digit, none moves."""


def test_the_digits_of_every_state_are_those_of_the_table() -> None:
    states = load("xinchenglu").states
    assert {name: " ".join(state.keys) for name, state in states.items()} == DIGITS


@pytest.mark.parametrize("state", DIGITS)
def test_no_state_has_more_acts_than_digits(state: str) -> None:
    assert len(DIGITS[state].split()) <= 9
