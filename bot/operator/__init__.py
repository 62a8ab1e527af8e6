"""What `spark-bot` does for its operator beside running: check, status, backup, restore, privacy, previews."""
