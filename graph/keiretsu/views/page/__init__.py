"""Pages that open offline: the view itself, the gallery, the dossier."""
