"""Late entries 补录: a whole night from a short list, each line its own act at its own time.

`playing` and `saying` load no toolkit: `dutydesk enter` uses them as the screen does.
"""
