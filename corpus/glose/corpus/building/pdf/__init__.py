"""PDF to text: pieces, running lines, columns, lines, paragraphs, divided words."""
