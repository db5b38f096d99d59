"""Updates by USB: what laptops tell each other through a folder or a file, and who is believed."""
