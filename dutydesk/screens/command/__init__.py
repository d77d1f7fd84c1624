"""Everything by words: the command bar, the palette, and finding a case.

Nothing is imported here: the command line reads late entries by the same grammar, and its modules
(`verbs`, `parsing`, `recognise`, `looking`, `several`) load no toolkit.
"""
