"""Pictures from words and from pictures: commands, forms, menus, replies."""
