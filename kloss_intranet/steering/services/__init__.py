"""What the steering group does with questions in preparation and their dossiers."""
