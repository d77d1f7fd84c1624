"""The read side: frozen rows that screens, command line, board and drills share."""
