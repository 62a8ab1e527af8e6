"""The pictures of the docs: the page with the real bot behind it, played in a browser and photographed."""
