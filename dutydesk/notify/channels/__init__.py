"""One file per kind of channel; the registry finds whatever lies here."""
