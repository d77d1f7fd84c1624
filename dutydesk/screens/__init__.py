"""The desk in a terminal: screens that ask through the gateway and draw what comes back."""
