"""Text that people read: Markdown, TeX formulas and aligned columns, for terminals and pages."""
