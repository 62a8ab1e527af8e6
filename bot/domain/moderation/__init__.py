"""What moderators decide: limits and grants, blocks, their server's rules; and the record of who did what."""
