"""Rules of one case: what it is, what may be done to it, and what then is true."""
