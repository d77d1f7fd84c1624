"""The pure rules of the desk: standard library only, no clock, no input or output, no texts."""
