"""The web server: each request is logged, meets its trouble, and gets its answer."""
