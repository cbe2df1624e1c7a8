"""What a notebook calls: each public name, from its parts below."""
