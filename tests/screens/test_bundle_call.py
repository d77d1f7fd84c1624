"""The call for several cases finds the numbers that the call for one case finds."""

from __future__ import annotations

from opened import Seat, sit
from shift import NOW, mid_shift
from test_ticked_cases import events

from dutydesk.desk.contacts import contact, keep


def test_a_party_of_the_contacts_has_its_number_in_the_call_for_several_cases() -> None:
    shift = mid_shift(13)
    keep(shift.desk, [contact("燃气公司", "抢修值班", kind="燃气", phone="59990212")])
    numbers = [shift.case(n, 9 - n) for n in range(2)]
    for no in numbers:
        shift.linkage(no, 5, "simple", ["燃气公司", "无号单位"])
    shift.clock.set(NOW)

    async def scenario(seat: Seat) -> None:
        seat.app.desk.mark(numbers)
        await seat.press("asterisk")
        await seat.until(lambda: seat.name == "BundleCall")
        while seat.screen.one.ring.party != "燃气公司":
            await seat.press("minus")
        await seat.until(lambda: "59990212" in seat.text())
        shown = [data["party"] for _no, data in events(shift, "reveal")]
        assert "燃气公司" in shown
        while seat.screen.one.ring.party != "无号单位":
            await seat.press("minus")
        assert "没有号码" in seat.text()
        while seat.screen.one.ring.party != "燃气公司":
            await seat.press("minus")
        assert "59990212" in seat.text()

    sit(scenario, shift=shift, size=(116, 62))
