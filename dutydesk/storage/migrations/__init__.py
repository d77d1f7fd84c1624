"""The schema's revisions, one file each, played by Alembic."""
