"""Documents of word processors and books to text: packages of XML, and RTF."""
