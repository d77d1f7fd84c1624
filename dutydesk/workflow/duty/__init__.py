"""Who is at the desk and when: planned hours, posts, roster, handover."""
