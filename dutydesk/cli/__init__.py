"""The command line: arguments become acts and questions, answers become text or JSON."""
