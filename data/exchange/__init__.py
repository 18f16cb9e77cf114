"""Incidents out to other tools and in from them; ``export.py`` and ``load.py`` are the two doors."""
