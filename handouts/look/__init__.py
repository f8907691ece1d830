"""What every output shares: look values, the closed vocabulary, fonts, the room that a text takes."""
