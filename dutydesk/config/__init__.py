"""What is set rather than coded: settings, procedures, calendars and layouts as data files."""
