"""One case on the whole screen."""
