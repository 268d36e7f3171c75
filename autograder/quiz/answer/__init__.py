"""What a student answers: asked, read, kept and scored."""
